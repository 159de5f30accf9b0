from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from harness.scenario import Cough, NoiseBurst, Press, Scenario, Silence, Step
from harness.scenario.places import shipped
from harness.scenario.suite import Suite, read_suite


@pytest.fixture(scope="module")
def suite() -> Suite:
    return read_suite([shipped()])


def test_the_shipped_suite_is_a_demo_of_24_to_40_calls(suite: Suite) -> None:
    assert 24 <= len(suite.scenarios) <= 40
    assert len({one.file for one in suite.scenarios}) >= 24
    assert len({one.id for one in suite.scenarios}) == len(suite.scenarios)


def test_every_shipped_scenario_says_what_is_so_and_what_is_expected(suite: Suite) -> None:
    for one in suite.scenarios:
        assert one.truth.handoff is not None, one.id
        assert one.truth.reason, one.id
        assert len(one.expect) > 3, one.id
        required = one.truth.handoff.decision == "required"
        assert required or one.truth.outcome, one.id
        assert {"task_success", "handoff_decision"} & {expected.score for expected in one.expect}, one.id


def test_the_shipped_suite_rings_every_desk(suite: Suite) -> None:
    tools = {tool for one in suite.scenarios for tool in one.truth.outcome or ()}
    assert tools >= {"book_appointment", "move_appointment", "order_status", "open_ticket", "take_message"}


def test_the_shipped_suite_has_every_kind_of_situation(suite: Suite) -> None:
    steps = {type(step) for one in suite.scenarios for step in one.steps}
    assert steps == set(get_args(Step))
    effects = {effect.name for one in suite.scenarios for effect in one.world}
    assert effects >= {"noise", "telephone", "packet_loss"}
    decisions = Counter(one.truth.handoff.decision for one in suite.scenarios if one.truth.handoff)
    assert decisions["required"] >= 3
    assert decisions["forbidden"] >= 3
    assert {one.truth.tone for one in suite.scenarios} >= {"calm", "angry"}


def languages(scenario: Scenario) -> set[str]:
    lines = (getattr(step, "line", ()) for step in scenario.steps)
    return {piece.language.partition("-")[0] for line in lines for piece in line}


def test_the_shipped_callers_have_four_accents_of_english_and_switch_to_hindi_and_spanish(suite: Suite) -> None:
    accents = {one.persona.voice.options.get("accent", one.language) for one in suite.scenarios}
    assert accents >= {"en-US", "en-GB", "en-gb-scotland", "en-029", "hi"}
    assert {"en", "hi"} in [languages(one) for one in suite.scenarios]
    assert {"en", "es"} in [languages(one) for one in suite.scenarios]
    assert any(
        len({piece.language for piece in step.line}) > 1
        for one in suite.scenarios
        for step in one.steps
        if not isinstance(step, Silence | Press | Cough | NoiseBurst)
    )


def test_every_shipped_persona_calls(suite: Suite) -> None:
    named = {path.stem for path in (shipped() / "personas").glob("*.yaml")}
    assert named == {one.persona.name for one in suite.scenarios} - {None}
    assert 8 <= len(named) <= 12


def test_what_is_corrected_was_said_before(suite: Suite) -> None:
    corrected = [entity for one in suite.scenarios for entity in one.truth.entities if entity.was]
    assert corrected
    assert all(entity.value not in entity.was for entity in corrected)
