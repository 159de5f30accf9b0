"""A run repeats to the byte, keeps what is finished, and can be scored again from what it kept."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from socket import socket

import numpy as np
import pytest

from harness.audio.files import write_flac
from harness.errors import BadInput
from harness.run.folder import open_run
from harness.run.rescoring import rescore
from harness.run.suite import Finished, Plan, run_suite
from harness.scenario.suite import read_suite
from harness.score import Score, Unscored

PLAIN = """
scenario: Says hello and goodbye
caller: {voice: {engine: pico}, manners: {breath: 0.5s, patience: 3s}}
script:
  - say: hello there
  - say: goodbye
expect:
  response_latency.max: "<= 1s"
"""
NOISY = """
scenario: Is cut into from a bad line
caller: {voice: {engine: pico}, manners: {breath: 0.5s, hesitation: 0.2s, patience: 3s}}
world:
  noise: {bed: car, snr: 15dB}
  line: {codec: mulaw, loss: 3%, burst: 60ms}
script:
  - say: hello there
  - interrupt: {after: 1s, kind: correction, say: wait a moment please}
"""
AGENT = "planted?delay=700ms&pace=burst"


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    (folder / "plain.yaml").write_text(PLAIN)
    (folder / "noisy.yaml").write_text(NOISY)
    return folder


def ring(scenarios: Path, reports: Path, name: str, workers: int = 1, agent: str = AGENT) -> Finished:
    suite = read_suite([scenarios], seed=5)
    plan = Plan(suite=suite, agent=agent, seed=5, reports=reports, name=name, workers=workers)
    return run_suite(plan, lambda _card, _done, _total: None)


@pytest.fixture(scope="module")
def first(scenarios: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    return ring(scenarios, tmp_path_factory.mktemp("reports"), "first")


def copied(finished: Finished, to: Path) -> Path:
    """A copy of a run, to be broken."""
    return Path(shutil.copytree(finished.folder, to / "copy"))


def kept(finished: Finished) -> dict[str, bytes]:
    """Every file of a run's calls, and its rows in order of call."""
    files = {
        str(path.relative_to(finished.folder)): path.read_bytes()
        for path in sorted((finished.folder / "calls").rglob("*"))
        if path.is_file()
    }
    rows = json.dumps(open_run(finished.folder).rows()).encode()
    return {**files, "rows": rows}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_seed_gives_the_same_bytes_however_many_workers(
    first: Finished, scenarios: Path, tmp_path: Path, workers: int
) -> None:
    assert kept(ring(scenarios, tmp_path, "again", workers)) == kept(first)


def test_another_seed_gives_another_call(first: Finished, scenarios: Path, tmp_path: Path) -> None:
    suite = read_suite([scenarios / "noisy.yaml"], seed=6)
    other = run_suite(Plan(suite=suite, agent=AGENT, seed=6, reports=tmp_path), lambda _c, _d, _t: None)
    one, two = (next(folder.glob("calls/noisy*/call.wav")).read_bytes() for folder in (first.folder, other.folder))
    assert one != two


def test_a_planted_delay_is_measured_and_judged(first: Finished) -> None:
    (card,) = [card for card in first.cards if card.call.startswith("plain")]
    latency = card.scores["response_latency.max"]
    assert isinstance(latency, Score)
    assert abs(latency.value - 0.7) <= 0.005
    assert [judged.verdict.value for judged in card.expect] == ["pass"]
    assert first.exit_code() == 0


def test_a_calls_folder_holds_all_that_another_day_needs(first: Finished) -> None:
    for card in first.cards:
        names = {path.name for path in (first.folder / "calls" / card.call).iterdir()}
        whole = {"call.wav", "clean.flac", "timeline.jsonl", "scenario.json", "conversation.json", "peaks.npy"}
        assert names == whole


def test_what_the_world_did_is_measured_on_what_was_sent(first: Finished) -> None:
    timeline = next(first.folder.glob("calls/noisy*/timeline.jsonl")).read_text().splitlines()
    made = json.loads(timeline[0])
    assert abs(made["achieved_snr"] - 15.0) <= 0.5
    assert 0.0 <= made["achieved_loss"] <= 0.3


def test_scoring_again_gives_the_same_rows_and_places_no_call(first: Finished) -> None:
    before = kept(first)
    again = rescore(first.folder, lambda _card, _done, _total: None)
    assert kept(first) == before
    assert [card.to_json() for card in again.cards] == [card.to_json() for card in first.cards]


def test_one_call_can_be_scored_again_alone(first: Finished) -> None:
    (alone,) = rescore(first.folder / "calls" / first.cards[0].call / "call.wav", lambda _c, _d, _t: None).cards
    assert alone.to_json() == first.cards[0].to_json()


def test_a_recording_with_a_part_missing_is_refused_by_name(first: Finished, tmp_path: Path) -> None:
    call = tmp_path / "call"
    call.mkdir()
    (call / "call.wav").write_bytes((first.folder / "calls" / first.cards[0].call / "call.wav").read_bytes())
    with pytest.raises(BadInput, match=r"clean\.flac"):
        rescore(call, lambda _c, _d, _t: None)


BREAKAGES: list[tuple[str, bytes]] = [
    ("timeline.jsonl", b"\xff\xfe\x00"),
    ("timeline.jsonl", b'{"at": "x", "type": "ReplyEnded"}\n'),
    ("timeline.jsonl", b'{"at": -1, "type": "ReplyEnded"}\n'),
    ("timeline.jsonl", b'{"at": 5, "type": "AgentSaid", "text": null}\n'),
    ("timeline.jsonl", b'{"at": 5, "type": "Told", "text": ' + b"[" * 100_000 + b"}\n"),
    ("lateness.npy", b"junk"),
    ("lateness.npy", b""),
]


@pytest.mark.parametrize(("part", "junk"), BREAKAGES)
def test_a_recording_that_cannot_be_read_is_refused_by_name_and_nothing_is_written(
    part: str, junk: bytes, first: Finished, tmp_path: Path
) -> None:
    broken = copied(first, tmp_path)
    (next((broken / "calls").iterdir()) / part).write_bytes(junk)
    with pytest.raises(BadInput, match=re.escape(part)):
        rescore(broken, lambda _card, _done, _total: None)
    assert (broken / "calls.jsonl").read_bytes() == (first.folder / "calls.jsonl").read_bytes()


def test_tracks_that_are_not_of_one_call_are_refused(first: Finished, tmp_path: Path) -> None:
    broken = copied(first, tmp_path)
    write_flac(next((broken / "calls").iterdir()) / "clean.flac", np.zeros(100, np.float32))
    with pytest.raises(BadInput, match="aren't of one call"):
        rescore(broken, lambda _card, _done, _total: None)


def test_a_run_without_a_call_has_nothing_to_score(first: Finished, tmp_path: Path) -> None:
    empty = copied(first, tmp_path)
    (empty / "calls.jsonl").write_text("")
    with pytest.raises(BadInput, match="holds no call"):
        rescore(empty, lambda _card, _done, _total: None)


def test_gates_that_are_none_are_refused_before_anything_is_scored(first: Finished, tmp_path: Path) -> None:
    broken = copied(first, tmp_path)
    described = json.loads((broken / "run.json").read_text())
    (broken / "run.json").write_text(json.dumps({**described, "gates": [{"score": "wer"}]}))
    with pytest.raises(BadInput, match=r"run\.json: not the gates"):
        rescore(broken, lambda _card, _done, _total: None)


@pytest.mark.parametrize("fault", ["silent", "hang_up=300ms", "flood", "garbage", "turns=0"])
def test_whatever_the_agent_does_is_a_scored_call(scenarios: Path, tmp_path: Path, fault: str) -> None:
    suite = read_suite([scenarios / "plain.yaml"], seed=1)
    plan = Plan(suite=suite, agent=f"planted?delay=700ms&{fault}", reports=tmp_path)
    (card,) = run_suite(plan, lambda _c, _d, _t: None).cards
    assert card.status == "scored", card.why
    latency = card.scores["response_latency.max"]
    assert isinstance(latency, Unscored) or latency.censored or fault in ("garbage", "hang_up=300ms"), latency


def test_an_agent_that_takes_no_call_is_scored_and_found_wanting(scenarios: Path, tmp_path: Path) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        finished = ring(scenarios, tmp_path, "nobody", agent=f"pcm+ws://127.0.0.1:{taken.getsockname()[1]}/")
    assert {(card.status, card.never_taken) for card in finished.cards} == {("scored", True)}
    assert finished.exit_code() == 1
    unasked = replace(finished, cards=tuple(replace(card, expect=()) for card in finished.cards), gates=())
    assert unasked.exit_code() == 1


def test_our_own_failing_voids_the_call_and_the_run_goes_on(scenarios: Path, tmp_path: Path) -> None:
    """An agent whose recogniser is gone: the part that failed is one the harness handed it."""
    (tmp_path / "void_agent.py").write_text(
        "from harness.errors import CallVoid\n"
        "class Fails:\n"
        "    def step(self, said):\n"
        "        raise CallVoid('the recogniser is gone')\n"
        "def make():\n"
        "    return Fails()\n"
    )
    import sys

    sys.path.insert(0, str(tmp_path))
    try:
        finished = ring(scenarios, tmp_path, "void", agent="python:void_agent:make")
    finally:
        sys.path.remove(str(tmp_path))
    assert {card.status for card in finished.cards} == {"void"}
    assert {card.why for card in finished.cards} == {"the recogniser is gone"}
    assert finished.exit_code() == 2


def test_a_worker_that_dies_voids_its_calls_and_the_rest_is_kept(scenarios: Path, tmp_path: Path) -> None:
    (tmp_path / "deadly_agent.py").write_text(
        "import os\nclass Dies:\n    def step(self, said):\n        os._exit(1)\ndef make():\n    return Dies()\n"
    )
    import sys

    sys.path.insert(0, str(tmp_path))
    try:
        finished = ring(scenarios, tmp_path, "dead", workers=2, agent="python:deadly_agent:make")
    finally:
        sys.path.remove(str(tmp_path))
    assert [card.status for card in finished.cards] == ["void", "void"]
    assert len(open_run(finished.folder).rows()) == 2


def test_a_plan_that_cannot_be_carried_out_writes_nothing(scenarios: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such option"):
        ring(scenarios, tmp_path / "reports", "x", agent="planted?delya=1s")
    assert not (tmp_path / "reports").exists()
