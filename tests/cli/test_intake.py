"""A whole live run of an agent that hands over and writes by HTTP, from its file to its scorecard."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Said, vahness
from tests.scenario.writing import write

SCENARIO = """\
scenario: Caller wants a refund
first: caller
caller: {manners: {patience: 3s}}
script:
  - say: I want my money back.
truth:
  reason: refund
  entities: {order: {value: "1234", critical: true}}
  handoff: {decision: required, to: orders}
  message: {channel: whatsapp, within: 4s}
expect:
  handoff_decision: pass
  handoff_destination: pass
  handoff_receipt: pass
  handoff_fields.completeness: "== 100%"
  post_call_message: pass
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def file(port: int, intake: str) -> str:
    return (
        f"agent: Outside\ntarget: python:tests.run.outside:outside?port={port}\n"
        "handoff: [webhook]\nmessages: [whatsapp]\ntools: {look_up: {returns: {status: paid}}}\n" + intake
    )


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path]:
    folder, port = tmp_path_factory.mktemp("intake"), free_port()
    intake = f"intake: {{port: {port}, after: 2s, packet: {{reason: data.why, entities: data.facts}}}}\n"
    agent, scenario = write(folder, file(port, intake), "outside.yaml"), write(folder, SCENARIO, "refund.yaml")
    said = vahness("run", scenario, "--agent", agent, "--live", "--reports", folder, "--run", "one", "--json")
    return said, folder / "one"


def row(said: Said) -> Any:
    (only,) = said.document["calls"]
    return only


def test_what_was_posted_is_scored_as_what_is_told_on_the_line(finished: tuple[Said, Path]) -> None:
    said, _ = finished
    assert (row(said)["verdict"], said.code) == ("pass", 0), row(said)["expect"]
    assert row(said)["scores"]["handoff_decision"]["detail"] == "correct"


def test_a_tool_at_the_intake_is_on_the_time_line_with_what_it_returned(finished: tuple[Said, Path]) -> None:
    _, run = finished
    lines = (run / "calls" / "refund-0" / "timeline.jsonl").read_text().splitlines()
    events = [json.loads(line) for line in lines]
    (called,) = [event for event in events if event["type"] == "ToolCalled"]
    assert (called["name"], called["arguments"], called["result"]) == ("look_up", {"order": "1234"}, {"status": "paid"})
    assert 8000 <= called["at"] <= 16000
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_the_run_keeps_what_came_in_and_what_the_file_declared(finished: tuple[Said, Path]) -> None:
    _, run = finished
    kept = [json.loads(line) for line in (run / "intake.jsonl").read_text().splitlines()]
    assert [entry["type"] for entry in kept] == ["tool.call", "handoff", "message"]
    assert json.loads((run / "run.json").read_text())["agent_file"]["handoff"] == ["webhook"]


def test_scored_again_the_call_stands_as_it_stood(finished: tuple[Said, Path]) -> None:
    said, run = finished
    again = vahness("score", run, "--json")
    assert row(again)["scores"] == row(said)["scores"]


def test_the_agent_is_named_by_its_file_in_what_is_kept(finished: tuple[Said, Path]) -> None:
    said, run = finished
    kept = json.loads((run / "run.json").read_text())
    assert (row(said)["agent"], kept["agent"]) == ("Outside", "Outside")
    assert kept["agent_file"]["target"].startswith("python:tests.run.outside:outside")


def test_a_live_agent_file_places_one_call_at_a_time_unless_more_are_asked_for(tmp_path: Path) -> None:
    agent = write(tmp_path, file(1, "intake: {port: 0}\n"), "outside.yaml")
    scenario = write(tmp_path, SCENARIO, "refund.yaml")
    said = vahness("run", scenario, "--agent", agent, "--live", "--workers", 2, "--reports", tmp_path / "reports")
    assert (said.code, said.out) == (2, "")
    assert "--workers 1" in said.err


def test_a_webhook_without_a_port_is_refused_before_any_call(tmp_path: Path) -> None:
    agent, scenario = write(tmp_path, file(1, ""), "outside.yaml"), write(tmp_path, SCENARIO, "refund.yaml")
    said = vahness("run", scenario, "--agent", agent, "--live", "--reports", tmp_path / "reports")
    assert (said.code, said.out) == (2, "")
    assert "a webhook needs a port to come to" in said.err
    assert not (tmp_path / "reports").exists()


def test_an_agent_that_would_tell_by_webhook_is_not_measured_in_simulated_time(tmp_path: Path) -> None:
    scenario = write(tmp_path, SCENARIO, "refund.yaml")
    text = "agent: Silent\ntarget: 'faulty?fault=silent'\nhandoff: [webhook]\nintake: {port: 0}\n"
    agent = write(tmp_path, text, "silent.yaml")
    said = vahness("run", scenario, "--agent", agent, "--reports", tmp_path, "--run", "one", "--json")
    assert row(said)["verdict"] == "not_measured"
    assert "webhook, where we don't see it" in row(said)["scores"]["handoff_decision"]["unscored"]
