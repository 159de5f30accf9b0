from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from bench.packets import DAMAGES, Planted, call_of, drawn
from harness.conversation import Conversation
from harness.scenario import Entity, HandoffTruth, Scenario
from harness.scorers._human_leg import Taking, asked_again, human_leg
from harness.scorers.repeated_questions import repeated_questions
from harness.timeline import HandedOff, KeysPressed
from tests.scorers.calls import Said, at, call, scored, with_truth

FACTS = (
    Entity("date", "2026-03-13", was=("2026-03-12",), critical=True),
    Entity("order", "9266", type="code", critical=True),
    Entity("name", "Asha Rao"),
)
LINES = (
    Said(2.0, 4.0, "I want to move my order to the twelfth of March, I am Asha Rao"),
    Said(6.0, 8.0, "Sorry, not the twelfth, the thirteenth of March"),
    Said(10.0, 13.0, "My order is nine two six six"),
)
GOOD = {"date": "2026-03-13", "order": "9266", "name": "Asha Rao"}


def required(decision: Any = "required", facts: tuple[Entity, ...] = FACTS, **truth: Any) -> Scenario:
    return with_truth(handoff=HandoffTruth(decision), entities=facts, reason="move the order", **truth)


def handed(packet: Any, *events: Any, lines: tuple[Said, ...] = LINES) -> Conversation:
    return call(lines, [], [HandedOff(at(14.0), "orders", packet), *events])


def leg(packet: Any, scenario: Scenario | None = None, *events: Any) -> Taking:
    found = human_leg(handed(packet, *events), scenario or required())
    assert found is not None
    return found


def asked(found: Taking) -> dict[str, str]:
    return {question.field: question.why for question in found.questions}


def whole(**changed: Any) -> dict[str, Any]:
    """A packet that has all of it, but for what is changed; None takes an entity away."""
    entities = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return {"reason": "move the order", "entities": entities}


def test_who_inherits_all_of_it_asks_nothing_and_reads_it_back() -> None:
    found = leg(whole())
    assert asked(found) == {}
    assert [field.field for field in found.known] == ["reason", "date", "order"]
    assert found.to == "orders"


@pytest.mark.parametrize(
    ("packet", "why"),
    [
        (whole(date=None), {"date": "missing"}),
        (whole(date="2026-03-12"), {"date": "stale"}),
        (whole(order="7777"), {"order": "invented"}),
        (whole(date=["2026-03-12", "2026-03-13"]), {"date": "contradicted"}),
        (whole(policy="ZX-88317"), {"policy": "invented"}),
        ({"entities": GOOD}, {"reason": "nobody knows why they call"}),
        ({"reason": "refund", "entities": GOOD}, {"reason": "wrong"}),
        (None, {"reason": "nobody knows why they call", "date": "missing", "order": "missing"}),
    ],
)
def test_each_field_that_is_not_right_is_asked_for_and_nothing_else(packet: Any, why: dict[str, str]) -> None:
    found = leg(packet)
    assert asked(found) == why
    assert {field.field for field in found.known} == {"reason", "date", "order"} - set(why)


def test_a_fact_that_is_not_critical_is_only_asked_for_where_none_is() -> None:
    assert asked(leg(whole(name=None))) == {}
    plain = tuple(replace(fact, critical=False) for fact in FACTS)
    assert asked(leg(whole(name=None), required(facts=plain))) == {"name": "missing"}


def test_what_is_misjudged_is_noted_and_not_asked() -> None:
    found = leg({**whole(), "tone": "calm"}, required(tone="angry", urgency="high"))
    assert asked(found) == {}
    assert [(field.field, field.verdict) for field in found.noted] == [("tone", "wrong"), ("urgency", "missing")]


def test_no_human_took_over_or_none_should_have() -> None:
    assert human_leg(call(LINES), required()) is None
    assert human_leg(handed(None), required("forbidden")) is None
    assert human_leg(handed(None), required("allowed")) is not None


def test_what_the_caller_had_not_said_is_asked_for_the_first_time() -> None:
    quiet = human_leg(handed(None, lines=LINES[:2]), required())
    assert quiet is not None
    assert [(question.field, question.again) for question in quiet.questions] == [
        ("reason", True),
        ("date", True),
        ("order", False),
    ]
    keys = KeysPressed(at(12.0), 2, "9266", at(12.0), at(12.0))
    pressed = human_leg(handed(None, keys, lines=LINES[:2]), required())
    assert [question.field for question in asked_again(pressed)] == ["reason", "date", "order"]


def test_of_all_that_a_packet_makes_up_a_human_reads_only_the_first() -> None:
    found = leg(whole(**{f"policy{i}": f"ZX-88{i:03}" for i in range(50)}))
    assert len(found.questions) == 6
    assert asked_again(found) == ()


@pytest.mark.parametrize("kind", ["none", "lose", "stale", "swap", "invent a value", "invent a field", "contradict"])
def test_each_planted_damage_of_an_entity_is_exactly_its_questions(kind: str) -> None:
    random = Random(kind)
    for number in range(12):
        planted = _none_critical(drawn(random, number))
        damage = DAMAGES[kind](kind, planted, random)
        found = human_leg(call_of(planted, damage), planted.scenario)
        assert found is not None
        why = {"contradict": "contradicted"}.get(kind)
        assert asked(found) == {name: why or verdict for name, verdict in damage.fields.items()}
        assert {question.field for question in asked_again(found)} == set(damage.fields) - {"policy"}


def _none_critical(planted: Planted) -> Planted:
    truth = planted.scenario.truth
    facts = tuple(replace(fact, critical=False) for fact in truth.entities)
    return replace(planted, scenario=replace(planted.scenario, truth=replace(truth, entities=facts)))


def test_the_humans_questions_are_repeated_questions_with_where_the_caller_had_said_it() -> None:
    right = scored(repeated_questions(handed(whole()), required()))
    assert (right.value, right.n, right.detail) == (0.0, 4, "the human had to ask for nothing again")
    lost = scored(repeated_questions(handed(whole(date="2026-03-12", order=None)), required()))
    assert (lost.value, lost.detail) == (2.0, "the human had to ask again: date, order")
    date, order = lost.spans
    assert 6.0 <= date.start < date.end <= 8.0
    assert date.note == "said here, and asked again by the human: date stale"
    assert 10.0 <= order.start < order.end <= 13.0


def test_the_agents_own_questions_and_the_humans_are_told_apart() -> None:
    turns = [(13.2, 13.9)]
    events = [HandedOff(at(14.0), "orders", whole(date=None))]
    both = call(LINES, turns, events, texts={0: "What is your order number?"})
    found = scored(repeated_questions(both, required()))
    assert (found.value, found.detail) == (2.0, "order again; the human had to ask again: date")


def test_a_truth_of_a_reason_alone_is_something_to_ask_for_once_a_human_took_over() -> None:
    alone = with_truth(handoff=HandoffTruth("required"), reason="move the order")
    assert scored(repeated_questions(handed(None), alone)).value == 1.0
    assert scored(repeated_questions(handed({"reason": "move the order"}), alone)).value == 0.0
