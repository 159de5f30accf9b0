from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from harness.handoff import Packet
from harness.scenario import Entity, HandoffTruth, Scenario
from harness.scorers.handoff_decision import handoff_decision
from harness.scorers.handoff_fields import compared, handoff_fields
from harness.timeline import AgentSaid, AgentState, Event, HandedOff, HeardAs, KeysPressed, ToolCalled
from tests.scorers.calls import Said, at, call, reason, scored, with_truth

DECLARED = AgentState(0, {"handoff": ["in-band"]})
ENTITIES = (
    Entity("date", "2026-03-13", was=("2026-03-12",)),
    Entity("name", "Asha Rao"),
    Entity("phone", "+1 415 555 0123"),
)
LINES = [
    Said(2.0, 4.0, "I'd like an appointment on the twelfth of March, I am Asha Rao"),
    Said(6.0, 8.0, "Sorry, not the twelfth, the thirteenth"),
    Said(10.0, 13.0, "My number is four one five five five five oh one two three, and my dog is called Rex"),
]
RIGHT = {"date": "March 13", "name": "asha rao", "phone": "4155550123"}


def handed(packet: Any, seconds: float = 20.0) -> HandedOff:
    return HandedOff(at(seconds), "front desk", packet)


def required(**truth: Any) -> Scenario:
    critical = truth.pop("critical", ("date",))
    return with_truth(handoff=HandoffTruth("required", critical=critical), entities=ENTITIES, **truth)


def verdicts(entities: Mapping[str, str], *events: Event, **truth: Any) -> dict[str, str]:
    talk = call(LINES, [], events)
    found = compared(Packet(entities=entities), required(**truth).truth, talk)
    return {field.field: field.verdict for field in found}


@pytest.mark.parametrize(
    ("decision", "happened", "value", "detail"),
    [
        ("required", True, 1, "correct"),
        ("required", False, 0, "missed"),
        ("allowed", True, 1, "correct"),
        ("allowed", False, 1, "contained"),
        ("forbidden", True, 0, "unnecessary"),
        ("forbidden", False, 1, "contained"),
    ],
)
def test_a_decision_is_right_or_wrong_by_what_had_to_happen(
    decision: Any, happened: bool, value: int, detail: str
) -> None:
    talk = call(LINES, [], [DECLARED, *([handed({})] if happened else [])])
    found = scored(handoff_decision(talk, with_truth(handoff=HandoffTruth(decision))))
    assert (found.value, found.detail, found.unit) == (value, detail, "ratio")


@pytest.mark.parametrize("decision", ["required", "allowed", "forbidden"])
def test_a_silent_black_box_neither_passes_forbidden_nor_fails_required(decision: Any) -> None:
    found = handoff_decision(call(LINES), with_truth(handoff=HandoffTruth(decision)))
    assert reason(found) == "the agent declared no channel to hand over by, and proved none"


def test_a_handoff_that_came_proves_its_channel() -> None:
    found = handoff_decision(call(LINES, [], [handed({})]), with_truth(handoff=HandoffTruth("required")))
    assert scored(found).detail == "correct"


def test_an_absence_on_a_channel_that_nobody_watches_is_not_known() -> None:
    state = AgentState(0, {"handoff": ["in-band", "webhook"]})
    found = handoff_decision(call(LINES, [], [state]), with_truth(handoff=HandoffTruth("required")))
    assert reason(found) == "the agent may hand over by webhook, where we don't see it"


def test_a_scenario_that_says_nothing_of_a_handoff_judges_none() -> None:
    assert "doesn't say" in reason(handoff_decision(call(LINES, [], [DECLARED]), with_truth()))


def test_every_field_that_is_handed_over_right_counts() -> None:
    talk = call(LINES, [], [DECLARED, handed({"entities": RIGHT})])
    found = handoff_fields(talk, required())
    for part in ("precision", "recall", "f1", "completeness"):
        assert scored(found[part]).value == 1.0
    assert scored(found["recall"]).n == 3
    assert scored(found["recall"]).few


def test_fields_are_right_wrong_stale_invented_or_missing() -> None:
    assert verdicts(RIGHT) == {"date": "right", "name": "right", "phone": "right"}
    assert verdicts({**RIGHT, "date": "the twelfth of March"})["date"] == "stale"
    assert verdicts({**RIGHT, "date": "July 4"})["date"] == "invented"
    assert verdicts({**RIGHT, "name": "Rex"})["name"] == "wrong"
    assert verdicts({"date": "2026-03-13", "name": "Asha Rao"})["phone"] == "missing"
    assert verdicts({**RIGHT, "phone": " "})["phone"] == "missing"


def test_a_value_that_the_agent_misheard_is_wrong_and_not_invented() -> None:
    misheard = HeardAs(at(4.5), "I am Usher Row")
    assert verdicts({**RIGHT, "name": "Usher Row"}, misheard)["name"] == "wrong"
    assert verdicts({**RIGHT, "name": "Usher Row"})["name"] == "invented"


def test_a_value_that_the_agent_alone_said_is_wrong_and_not_invented() -> None:
    said = AgentSaid(at(5.0), "Monday the ninth of March. And your name?")
    assert verdicts({**RIGHT, "date": "2026-03-09"}, said)["date"] == "wrong"
    assert verdicts({**RIGHT, "date": "2026-03-09"})["date"] == "invented"
    assert verdicts({**RIGHT, "policy": "AX-9931"}, AgentSaid(at(5.0), "Policy AX 9931."))["policy"] == "invented"


def test_a_fact_that_nobody_gave_is_invented_and_one_that_the_call_holds_is_supported() -> None:
    found = verdicts({**RIGHT, "policy": "AX-9931", "pet": "Rex"})
    assert found["policy"] == "invented"
    assert found["pet"] == "supported"
    from_tool = ToolCalled(at(15.0), "look_up", {"name": "Asha Rao"}, {"policies": [{"id": "AX-9931"}]})
    assert verdicts({**RIGHT, "policy": "AX-9931"}, from_tool)["policy"] == "supported"
    own_argument = ToolCalled(at(15.0), "look_up", {"policy": "AX-9931"}, {"found": False})
    assert verdicts({**RIGHT, "policy": "AX-9931"}, own_argument)["policy"] == "invented"
    keyed = KeysPressed(at(15.0), 0, "99314", at(15.0), at(15.0))
    assert verdicts({**RIGHT, "account": "99314"}, keyed)["account"] == "supported"


def test_precision_recall_f1_and_completeness_have_their_own_denominators() -> None:
    packet = {"entities": {"date": "the twelfth of March", "name": "Asha Rao", "policy": "AX-9931"}}
    talk = call(LINES, [], [DECLARED, handed(packet)])
    found = handoff_fields(talk, required(critical=("date", "name")))
    assert scored(found["precision"]).value == pytest.approx(1 / 3)
    assert scored(found["recall"]).value == pytest.approx(1 / 3)
    assert scored(found["f1"]).value == pytest.approx(1 / 3)
    assert scored(found["completeness"]).value == pytest.approx(1 / 2)
    detail = str(scored(found["recall"]).detail)
    assert "stale: date 'the twelfth of March' (due '2026-03-13')" in detail
    assert "missing: phone" in detail
    assert "invented: policy 'AX-9931'" in detail


def test_each_field_says_where_the_caller_said_it() -> None:
    talk = call(LINES, [], [DECLARED, handed({"entities": {}})])
    found = {f.field: f for f in compared(Packet(), required().truth, talk)}
    words = LINES[1].text.split()
    step = (at(8.0) - at(6.0)) // len(words)
    assert found["date"].said == (at(6.0) + step * words.index("thirteenth"), at(6.0) + step * len(words))
    words = LINES[2].text.split()
    step = (at(13.0) - at(10.0)) // len(words)
    assert found["phone"].said == (at(10.0) + step * words.index("four"), at(10.0) + step * (words.index("three,") + 1))
    assert found["date"].critical
    assert not found["name"].critical
    spans = scored(handoff_fields(talk, required())["recall"]).spans
    assert [span.start for span in spans] == pytest.approx([7.666, 3.692, 10.474], abs=0.01)


def test_without_instants_of_its_words_the_whole_line_is_where_it_was_said() -> None:
    line = Said(2.0, 4.0, "the thirteenth of March, please", timed=False)
    truth = with_truth(entities=(Entity("date", "2026-03-13"),)).truth
    assert compared(Packet(), truth, call([line]))[0].said == (at(2.0), at(4.0))


def test_words_of_a_line_that_were_never_played_are_no_evidence() -> None:
    cut = Said(2.0, 4.0, "my number is 4155550123", played=2)
    truth = with_truth(entities=(Entity("phone", "4155550123"),)).truth
    assert compared(Packet(), truth, call([cut]))[0].said is None


def test_reason_tone_urgency_and_next_action_are_fields_too() -> None:
    truth = {"reason": "book an appointment", "tone": "angry", "urgency": "high", "next_action": "call the caller back"}
    right: dict[str, Any] = {
        "reason": "Appointment booking",
        "tone": "Angry",
        "urgency": "high",
        "next_action": "Call back today",
    }
    wrong: dict[str, Any] = {"reason": "billing question", "tone": "calm", "urgency": "low"}
    talk = call(LINES)
    found = compared(Packet(entities=RIGHT, **right), required(**truth).truth, talk)
    assert {f.verdict for f in found} == {"right"}
    found = compared(Packet(entities=RIGHT, **wrong), required(**truth).truth, talk)
    assert [f.verdict for f in found[:4]] == ["wrong", "wrong", "wrong", "missing"]


def test_a_flipped_negation_is_an_error() -> None:
    truth = with_truth(next_action="cancel the order", entities=(Entity("fault", "no hot water"),)).truth
    talk = call([Said(2.0, 4.0, "there is no hot water")])
    kept = compared(Packet(next_action="Cancel the order.", entities={"fault": "No hot water"}), truth, talk)
    flipped = compared(Packet(next_action="Do not cancel the order", entities={"fault": "hot water"}), truth, talk)
    assert [f.verdict for f in kept] == ["right", "right"]
    assert [f.verdict for f in flipped] == ["wrong", "wrong"]


def test_accepted_variants_of_a_value_are_right() -> None:
    truth = with_truth(entities=(Entity("city", "Bengaluru", accepted=("Bangalore",)),)).truth
    found = compared(Packet(entities={"City": "Bangalore"}), truth, call())
    assert found[0].verdict == "right"


def test_where_a_human_had_to_be_brought_in_and_was_not_everything_is_missing() -> None:
    found = handoff_fields(call(LINES, [], [DECLARED]), required())
    assert scored(found["recall"]).value == 0.0
    assert scored(found["f1"]).value == 0.0
    assert scored(found["completeness"]).value == 0.0
    assert reason(found["precision"]) == "nothing was handed over"


def test_an_empty_packet_hands_over_nothing() -> None:
    empty: list[Any] = [None, {}, "", 17, [], {"entities": None}, {"entities": "none"}]
    for packet in empty:
        found = handoff_fields(call(LINES, [], [handed(packet)]), required())
        assert scored(found["recall"]).value == 0.0


def test_where_nothing_had_to_be_handed_over_an_absent_packet_is_not_measured() -> None:
    scenario = with_truth(handoff=HandoffTruth("forbidden"), entities=ENTITIES)
    assert reason(handoff_fields(call(LINES, [], [DECLARED]), scenario)["recall"]).startswith("nothing was handed over")
    assert reason(handoff_fields(call(LINES), scenario)["recall"]).startswith("the agent declared no channel")


def test_what_the_truth_does_not_state_is_not_measured() -> None:
    talk = call(LINES, [], [handed({"entities": RIGHT})])
    assert "names no field" in reason(handoff_fields(talk, with_truth())["recall"])
    uncritical = with_truth(handoff=HandoffTruth("required"), entities=ENTITIES)
    assert "no critical field" in reason(handoff_fields(talk, uncritical)["completeness"])


def test_the_last_packet_that_was_sent_is_the_one_inherited() -> None:
    first, second = handed({"entities": {}}, 18.0), handed({"entities": RIGHT}, 20.0)
    assert scored(handoff_fields(call(LINES, [], [first, second]), required())["recall"]).value == 1.0


def test_names_of_fields_may_be_written_in_any_way() -> None:
    truth = with_truth(entities=(Entity("appointment_date", "2026-03-13"),)).truth
    for name in ("appointmentDate", "Appointment Date", "appointment-date", "APPOINTMENT_DATE"):
        assert compared(Packet(entities={name: "13 March 2026"}), truth, call())[0].verdict == "right"
