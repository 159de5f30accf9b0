"""An agent file: what may stand in it, and what is refused with its line."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from harness.errors import BadInput
from harness.run.agent_file import Tool, agent_file, read_agent_file, schema
from harness.run.targets import read_target
from tests.scenario.writing import write

WHOLE = """\
agent: Riverside desk
target: pcm+ws://127.0.0.1:8080/talk
headers: {Authorization: "Bearer ${RIVERSIDE_KEY}", X-Tenant: riverside}
handoff: [tool, webhook]
messages: [whatsapp]
tools:
  book: {returns: {id: B1, ok: true, seats: 2, at: "15:00"}}
  transfer:
    packet: {reason: args.why, entities.date: args.slots.0.day, tone: args.mood}
intake: {port: 0, after: 2s, packet: {reason: data.why}}
"""


def refused(folder: Path, text: str) -> BadInput:
    path = write(folder, text, "desk.yaml")
    with pytest.raises(BadInput) as caught:
        read_agent_file(path)
    assert caught.value.file == str(path)
    return caught.value


def test_a_whole_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIVERSIDE_KEY", "s3cret")
    found = read_agent_file(write(tmp_path, WHOLE))
    assert found.target == read_target("pcm+ws://127.0.0.1:8080/talk")
    assert found.headers == {"Authorization": "Bearer s3cret", "X-Tenant": "riverside"}
    assert (found.handoff, found.messages) == (("tool", "webhook"), ("whatsapp",))
    assert found.tools["book"] == Tool({"id": "B1", "ok": True, "seats": 2, "at": "15:00"})
    assert found.tools["transfer"].packet == {
        "reason": "args.why",
        "entities.date": "args.slots.0.day",
        "tone": "args.mood",
    }
    assert (found.port, found.after, found.packet) == (0, 2.0, {"reason": "data.why"})


def test_a_secret_is_in_no_description_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIVERSIDE_KEY", "s3cret")
    found = read_agent_file(write(tmp_path, WHOLE))
    assert "s3cret" not in repr(found)
    assert "s3cret" not in str(found.to_json())


def test_a_file_holds_to_its_schema() -> None:
    good = {
        "agent": "desk",
        "target": "demo",
        "handoff": ["tool"],
        "tools": {"transfer": {"packet": {"reason": "why"}}},
        "intake": {"port": 8090, "after": "2s"},
    }
    checker = import_module("jsonschema").Draft202012Validator(schema())
    assert checker.is_valid(good)
    wrong = ({**good, "hand_off": []}, {**good, "handoff": ["mail"]}, {"agent": "desk"})
    assert not any(map(checker.is_valid, wrong))


@pytest.mark.parametrize(
    ("line", "at", "problem", "nearest"),
    [
        ("hand_off: [tool]", 3, "hand_off", "handoff"),
        ("handoff: [tools]", 3, "tools", "tool"),
        ("handoff: [tool]", 3, "needs the tool's packet", None),
        ("target: demo", 3, "target", None),
        ("tools: {transfer: {packet: {reasn: why}}}", 3, "no such field of a packet", "reason"),
        ("tools: {transfer: {packet: {entities.: why}}}", 3, "no such field of a packet", "entities.NAME"),
        ("intake: {after: 2s}", 3, "port", None),
        ("intake: {port: 99999}", 3, "between 0 and 65535", None),
        ("intake: {port: 0, after: 2}", 3, "2", None),
        ("headers: {X-Api-Key: abc123}", 3, "a secret doesn't stand in a file", None),
        ("headers: {Authorization: 'Bearer ${NO_SUCH_VARIABLE_HERE}'}", 3, "environment doesn't have", None),
        ("headers: {'X Y': a}", 3, "not a header's name", None),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, line: str, at: int, problem: str, nearest: str | None
) -> None:
    said = refused(tmp_path, f"agent: desk\ntarget: demo\n{line}\n")
    assert said.line == at
    assert problem in str(said)
    assert said.nearest == nearest


def test_a_secret_that_is_refused_is_not_printed(tmp_path: Path) -> None:
    assert "abc123" not in str(refused(tmp_path, "agent: desk\ntarget: demo\nheaders: {X-Api-Key: abc123}\n"))


def test_a_target_that_is_none_is_refused_with_its_line_and_the_nearest(tmp_path: Path) -> None:
    said = refused(tmp_path, "agent: desk\ntarget: dem\n")
    assert (said.line, said.nearest) == (2, "demo")


@pytest.mark.parametrize("text", ["", "- agent\n", "agent\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    refused(tmp_path, text)


def test_a_name_means_a_file_in_the_folder_agents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "agents", "agent: Desk\ntarget: demo?think=1s\n", "desk.yaml")
    monkeypatch.chdir(tmp_path)
    found = agent_file("desk")
    assert found is not None
    assert found.target.text == "demo?think=1s"
    assert agent_file("demo") is None
    assert agent_file("agents/desk.yaml") == found
    write(tmp_path / "agents", "agent: Desk\ntarget: demo\n", "demo.yaml")
    with pytest.raises(BadInput, match="a built-in agent has this name too"):
        agent_file("demo")
