from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness.audio.files import write_wav
from harness.errors import BadInput
from harness.scenario import Scenario
from harness.scenario.places import shipped
from harness.scenario.saved import from_json, load, save, to_json
from harness.scenario.suite import read_suite
from tests.scenario.writing import read

EVERYTHING = """
scenario: Everything a scenario can say
tags: [a, b]
language: en-IN
first: caller
seed: 3
repeat: 1
caller: {voice: {engine: espeak, variant: f3, rate: 150}, manners: {breath: 0.3s, hesitation: 0.1s, patience: 9s}}
world: {line: {codec: mulaw, loss: 2%, burst: 80ms}}
script:
  - say: Hello.
  - say: [Thanks, {hi: धन्यवाद}, {audio: thanks.wav, text: Thanks}]
  - interrupt: {after: 1.2s, kind: stop_request, say: "Stop."}
  - backchannel: {say: mm-hmm}
  - silence: 4s
  - press: "12#"
truth:
  reason: book
  tone: calm
  urgency: low
  next_action: nothing
  entities: {date: {value: 2026-03-13, was: 2026-03-12, accepted: [13 March], type: date}}
  handoff: {decision: allowed, to: front desk, within: 1 turn, critical: date}
  outcome: {book_appointment: {date: 2026-03-13}, nothing_else: {}}
expect: {wer: "<= 15%", handoff_decision: pass, response_latency.max: "<= 2500ms"}
matrix: {world.line.loss: [1%]}
"""


@pytest.fixture
def everything(tmp_path: Path) -> Scenario:
    write_wav(tmp_path / "thanks.wav", (np.sin(np.arange(16000) / 5) / 4).astype(np.float32))
    return read(tmp_path, EVERYTHING)


def test_a_saved_scenario_comes_back_equal(everything: Scenario, tmp_path: Path) -> None:
    assert from_json(json.loads(json.dumps(to_json(everything)))) == everything
    save(everything, tmp_path)
    assert load(tmp_path) == everything


def test_every_shipped_scenario_comes_back_equal() -> None:
    for scenario in read_suite([shipped()]).scenarios:
        assert from_json(json.loads(json.dumps(to_json(scenario)))) == scenario


def changed(plain: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The plain data with another value behind a path; None takes it away."""
    first, _, rest = path.partition("/")
    inside: Any = plain[int(first)] if isinstance(plain, list) else plain.get(first)
    copy: Any = list(plain) if isinstance(plain, list) else dict(plain)
    key: Any = int(first) if isinstance(plain, list) else first
    if rest:
        copy[key] = changed(inside, rest, value)
    elif value is None:
        del copy[key]
    else:
        copy[key] = value
    return copy  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        ("id", None, "scenario.id", "should be there"),
        ("id", 3, "scenario.id", "should be of type str"),
        ("seed", "3", "scenario.seed", "should be of type int"),
        ("seed", True, "scenario.seed", "should be of type int"),
        ("colour", "red", "scenario.colour", "should be one of"),
        ("first", "nobody", "scenario.first", "should be one of"),
        ("tags", "a", "scenario.tags", "should be a list"),
        ("steps/0/step", "sing", "scenario.steps[0]", "should be a step"),
        ("steps/4/seconds", "4s", "scenario.steps[4].seconds", "should be a number"),
        ("expect/0/limit", "15%", "scenario.expect[0].limit", "not a limit"),
        ("persona/manners", [], "scenario.persona.manners", "should be an object"),
        ("truth/handoff/decision", "maybe", "scenario.truth.handoff.decision", "should be one of"),
    ],
)
def test_what_no_scenario_is_saved_as_is_refused_with_the_path(
    everything: Scenario, path: str, value: Any, where: str, why: str
) -> None:
    with pytest.raises(BadInput) as caught:
        from_json(changed(to_json(everything), path, value), file="scenario.json")
    assert (caught.value.file, caught.value.value) == ("scenario.json", where)
    assert why in caught.value.problem


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b"null", b"[" * 100_000])
def test_a_file_that_holds_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "scenario.json").write_bytes(content)
    with pytest.raises(BadInput) as caught:
        load(tmp_path)
    assert caught.value.file == str(tmp_path / "scenario.json")


def test_a_folder_without_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load(tmp_path)
    assert caught.value.file == str(tmp_path / "scenario.json")
