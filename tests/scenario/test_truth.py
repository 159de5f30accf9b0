from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import BadInput
from harness.scenario import Entity, MessageTruth, Promises, Scenario
from harness.scenario.saved import from_json, to_json
from harness.scenario.suite import read_suite

SCENARIO = """scenario: Truths
script:
  - say: I restarted the router on the thirteenth of March.
  - say: I want a person.
truth:
  entities:
    date: {value: 2026-03-13, critical: true}
  tried: restarted the router
  promises: {may: [call back], must_not: full refund}
  message: {channel: whatsapp, within: 60s, language: en-GB, facts: date}
  handoff: {decision: required, cue: {2: human}}
"""


def read(folder: Path, text: str) -> Scenario:
    path = folder / "truths.yaml"
    path.write_text(text, encoding="utf-8")
    return read_suite([path]).scenarios[0]


def test_what_was_tried_promised_messaged_and_cued_is_read_and_saved(tmp_path: Path) -> None:
    scenario = read(tmp_path, SCENARIO)
    truth = scenario.truth
    assert truth.entities == (Entity("date", "2026-03-13", critical=True),)
    assert truth.tried == ("restarted the router",)
    assert truth.promises == Promises(("call back",), ("full refund",))
    assert truth.message == MessageTruth("whatsapp", 60.0, "en-GB", ("date",))
    assert truth.handoff is not None
    assert truth.handoff.cue == {"2": "human"}
    assert from_json(to_json(scenario)) == scenario


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("{2: human}", "{3: human}", 11, "no such step to be a cue"),
        ("{2: human}", "{0: human}", 11, "no such step to be a cue"),
        ("{2: human}", "{two: human}", 11, "no such step to be a cue"),
        ("{2: human}", "{2: boredom}", 11, "not a cue"),
        ("facts: date", "facts: [time]", 10, "no such entity for the message to hold"),
        ("whatsapp", "pigeon", 10, "not a channel"),
        ("within: 60s", "within: soon", 10, ""),
        ("critical: true", "critical: maybe", 7, "not a yes or no"),
        ("may:", "might:", 9, "no such key in the promises"),
    ],
)
def test_a_truth_that_cannot_be_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, problem: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, SCENARIO.replace(old, new))
    assert caught.value.line == line
    assert problem in caught.value.problem
