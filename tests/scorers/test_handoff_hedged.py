from __future__ import annotations

from typing import Any

import pytest

from harness.conversation import Conversation
from harness.handoff import read_packet
from harness.scenario import Entity, HandoffTruth
from harness.scorers.first_ten_seconds import first_ten_seconds
from harness.scorers.handoff_fields import compared, handoff_fields
from harness.scorers.handoff_receipt import handoff_receipt
from harness.scorers.handoff_summary_quality import handoff_summary_quality
from harness.timeline import HandedOff, ToolCalled
from tests.scorers.calls import Said, at, call, reason, scored, with_truth

LINES = [
    Said(1.0, 4.0, "I would like to book an appointment on the thirteenth of March at three pm"),
    Said(6.0, 9.0, "I am Asha Rao, my order is 3179 and the outage is intermittent"),
]
SCENARIO = with_truth(
    reason="book an appointment",
    next_action="call the caller back",
    entities=(
        Entity("date", "2026-03-13", critical=True),
        Entity("time", "15:00"),
        Entity("name", "Asha Rao"),
        Entity("order", "3179", type="code"),
        Entity("extent", "intermittent", type="text"),
    ),
    handoff=HandoffTruth("required"),
)


def rung(packet: Any, receipt: str | None = "T-1") -> Conversation:
    return call(LINES, [(4.5, 5.5)], [HandedOff(at(10.0), "desk", packet, receipt)])


def verdict(field: str, packet: Any) -> str:
    found = read_packet(packet)
    assert found is not None
    return next(one.verdict for one in compared(found, SCENARIO.truth, rung(packet)) if one.field == field)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "book cancel move reschedule refund complaint order fault appointment message subscription"),
        ("reason", "cancel the booked appointment"),
        ("next_action", "call caller back send engineer refund order open ticket cancel escalate decide"),
        ("date", "12/13 March"),
        ("date", "any day except the 13th of March"),
        ("date", "before March 13"),
        ("time", "after 3 pm"),
        ("extent", "complete or intermittent"),
    ],
)
def test_what_names_all_that_it_may_be_is_wrong(field: str, value: str) -> None:
    assert verdict(field, {field: value}) == "wrong"


def test_a_hedged_reason_has_the_fewest_points() -> None:
    found = handoff_summary_quality(rung({"reason": "book or cancel an appointment"}), SCENARIO)
    assert scored(found["reason"]).value == 1.0


@pytest.mark.parametrize(
    ("field", "summary"),
    [
        ("date", "Appointment on the 13th or the 14th of March."),
        ("date", "Any day except March 13 will do."),
        ("time", "They come at 3 pm or 4 pm."),
        ("order", "It is about order 3179 or 3180."),
        ("name", "Asha Rao or John Smith called."),
        ("extent", "The outage is complete or intermittent."),
        ("reason", "They want to book or cancel an appointment."),
    ],
)
def test_a_summary_that_offers_alternatives_does_not_tell_the_fact(field: str, summary: str) -> None:
    assert verdict(field, {"summary": summary}) in ("wrong", "missing")


@pytest.mark.parametrize(
    ("field", "summary"),
    [
        ("date", "Appointment on March 13 at 3 pm. Call or text the caller."),
        ("name", "Asha Rao called on Monday or Friday."),
        ("reason", "They want to book an appointment by phone or mail."),
    ],
)
def test_an_or_of_something_else_leaves_the_fact_as_it_is(field: str, summary: str) -> None:
    assert verdict(field, {"summary": summary}) == "right"


@pytest.mark.parametrize("value", ["unknown", "N/A", "null", "not provided", "-", "NOT_PROVIDED", "<unknown>"])
def test_a_value_that_says_that_there_is_none_is_missing_and_not_invented(value: str) -> None:
    packet = {"reason": value, "entities": {"date": value, "name": "Asha Rao", "email": value}}
    assert verdict("date", packet) == verdict("reason", packet) == "missing"
    assert scored(handoff_fields(rung(packet), SCENARIO)["precision"]).value == 1.0
    told_twice = {"date": [value, "2026-03-13"]}
    assert verdict("date", told_twice) == "right"


def test_none_is_right_where_none_is_what_the_caller_said() -> None:
    truth = with_truth(entities=(Entity("allergies", "none"),), handoff=HandoffTruth("required"))
    talk = call(LINES, [], [HandedOff(at(10.0), "desk", {"allergies": "none"})])
    assert scored(handoff_fields(talk, truth)["recall"]).value == 1.0


@pytest.mark.parametrize("name", ["Ms. Asha Rao", "Dr Asha Rao", "Rao, Asha", "\uff21sha \uff32ao"])
def test_a_title_an_order_or_a_type_does_not_make_a_name_another(name: str) -> None:
    assert verdict("name", {"name": name}) == "right"
    assert verdict("name", {"name": "Dr Asha Mehta"}) == "invented"


@pytest.mark.parametrize("receipt", ["N/A", "unknown", "null", "rejected", " ", "failure"])
def test_what_says_that_nobody_took_over_is_no_receipt(receipt: str) -> None:
    assert scored(handoff_receipt(rung({}, receipt), SCENARIO)).value == 0.0


def test_intent_is_not_captured_by_words_that_list_every_reason() -> None:
    def intent(text: str, *tools: ToolCalled) -> Any:
        talk = call(LINES, [(4.5, 5.5), (9.5, 10.5)], tools, texts={0: text, 1: "Thank you."})
        return first_ten_seconds(talk, SCENARIO)["intent"]

    assert scored(intent("Sure, let me book an appointment for you.")).value == 1.0
    assert scored(intent("Sure.", ToolCalled(at(5.0), "book_appointment", {}))).value == 1.0
    assert "nothing it said or did" in reason(intent("Do you want to book, move or cancel an appointment?"))
    assert "nothing it said or did" in reason(intent("An appointment to book, a refund, a complaint, a delivery?"))
