"""A call's stages, opening and languages, from an agent whose figures are planted."""

from __future__ import annotations

from pathlib import Path

from harness.run.desk import Order, opened
from harness.run.placing import place
from harness.run.targets import read_target
from harness.scenario.suite import read_suite
from harness.score import Outcome, Score, Verdict

CALL = """\
scenario: Somebody asks where an order is
caller:
  voice: {engine: pico}
script:
  - say: Hello, where is my order?
  - say: It is four four seven one.
truth: {reason: order status, entities: {order: {value: "4471", type: code}}}
budget: {stt: 300ms, llm_first_token: 800ms}
opening: {ai_disclosure: required}
expect: {reply_language: ">= 90%"}
"""


def scores(folder: Path, agent: str) -> tuple[dict[str, Outcome], dict[str, Verdict]]:
    """The scores of a call with the demo agent, and what came of its limits."""
    path = folder / "call.yaml"
    path.write_text(CALL, encoding="utf-8")
    (scenario,) = read_suite([path]).scenarios
    with opened(Order(read_target(agent), folder / "calls")) as desk:
        card = place(scenario, desk)
    return dict(card.scores), {held.score: held.verdict for held in card.expect}


def value(outcome: Outcome) -> float:
    assert isinstance(outcome, Score), outcome
    return outcome.value


def test_what_stages_are_planted_to_take_is_what_is_measured_and_breaks_their_budget(tmp_path: Path) -> None:
    found, held = scores(tmp_path, "demo?stt=420ms&think=700ms")
    assert value(found["stage.stt"]) == 420
    assert value(found["stage.llm_first_token"]) == 700
    assert abs(value(found["stage.unattributed"])) < 60
    assert (held["stage.stt"], held["stage.llm_first_token"]) == (Verdict.FAIL, Verdict.PASS)


def test_an_agent_that_does_not_disclose_what_it_is_fails_and_one_that_does_passes(tmp_path: Path) -> None:
    found, held = scores(tmp_path, "demo?no_ai_disclosure=true")
    assert value(found["first_ten_seconds.ai_disclosure"]) == 0.0
    assert held["first_ten_seconds.ai_disclosure"] is Verdict.FAIL
    _, held = scores(tmp_path, "demo")
    assert held["first_ten_seconds.ai_disclosure"] is Verdict.PASS
    assert held["reply_language"] is Verdict.PASS


def test_of_a_mute_agent_no_limit_of_these_passes(tmp_path: Path) -> None:
    _, held = scores(tmp_path, "demo?mute=true")
    assert held["stage.stt"] is Verdict.NOT_MEASURED
    assert held["stage.llm_first_token"] is Verdict.NOT_MEASURED
