from __future__ import annotations

from typing import Any

import pytest

from harness.conversation import Conversation
from harness.scenario import Entity, HandoffTruth, MessageTruth
from harness.scorers.confirmation import confirmation
from harness.scorers.post_call_message import post_call_message
from harness.scorers.task_success import task_success
from harness.timeline import MessageSent, Party, ToolCalled
from tests.scorers.calls import Said, at, call, reason, scored, with_truth

LINES = [
    Said(1.0, 4.0, "I would like to book an appointment on the thirteenth of March at three pm"),
    Said(6.0, 9.0, "I am Asha Rao and my order is 3179"),
]
SCENARIO = with_truth(
    entities=(
        Entity("date", "2026-03-13", critical=True),
        Entity("time", "15:00", critical=True),
        Entity("name", "Asha Rao", critical=True),
        Entity("order", "3179", type="code"),
    ),
    message=MessageTruth("whatsapp", 5.0, "en", ("date",)),
    handoff=HandoffTruth("forbidden"),
    outcome={"book": {"date": "2026-03-13"}},
)


def done(date: Any, result: Any = None) -> float:
    tool = ToolCalled(at(10.0), "book", {"date": date}, result)
    return scored(task_success(call(LINES, [], [tool]), SCENARIO)).value


@pytest.mark.parametrize(
    "result",
    [
        *("error: slot taken", "Failed.", "could not book", '{"error": "taken"}', '{"success": false}', "Timed out"),
        *({"status": "failed"}, {"status": 500}, {"status_code": "404"}, {"success": "false"}, {"errors": ["taken"]}),
        *(False, {"result": "not found"}),
    ],
)
def test_a_tool_call_whose_result_says_that_it_failed_did_nothing(result: Any) -> None:
    assert done("2026-03-13", result) == 0.0


@pytest.mark.parametrize(
    "result",
    [
        *(None, "ok", "booked", "12345", {"status": "confirmed"}, {"status": 200}, {"error": None}, {"errors": []}),
        *({"code": "451"}, '{"ok": true}', "[" * 4000, {"success": True, "error": ""}),
    ],
)
def test_a_tool_call_whose_result_says_nothing_of_the_kind_was_done(result: Any) -> None:
    assert done("2026-03-13", result) == 1.0


@pytest.mark.parametrize("date", ["any day except March 13", "12/13 March", "before March 13", "March 13 or 14"])
def test_a_day_that_is_left_open_is_not_the_one_that_was_due(date: str) -> None:
    assert done(date) == 0.0


def confirmed(text: str) -> float:
    talk = call(LINES, [(0.2, 0.8), (4.5, 5.5), (9.5, 15.0)], texts={0: "Hello.", 1: "Your name?", 2: text})
    return scored(confirmation(talk, SCENARIO)).value


def test_a_fact_is_read_back_where_it_is_said_as_it_is() -> None:
    assert confirmed("So that's March 13 at 3 pm for Asha Rao?") == 1.0
    assert confirmed("Not the 12th, so March 13. At 3 pm. Asha Rao.") == 1.0


def test_who_denies_or_lists_what_it_may_be_reads_nothing_back() -> None:
    assert confirmed("So not March 13, not 3 pm, and you are not Asha Rao?") == 0.0
    assert confirmed("March 11, March 12, March 13 or March 14, at 2 pm, 3 pm, 4 pm or 5 pm, Asha Rao?") < 0.5
    assert confirmed("Asha Rao, March 13 or March 14, at 3 pm?") < 1.0
    assert confirmed("We have March 11, March 12 and March 13, Asha Rao, at 3 pm") == pytest.approx(2 / 3)


def test_what_was_told_but_cannot_have_been_said_confirms_nothing() -> None:
    told = "So let me read it all back to you: that is March 13 at 3 pm for Asha Rao, is everything right?"
    talk = call(LINES, [(0.2, 0.8), (4.5, 5.5), (9.5, 9.8)], texts={0: "Hello.", 1: "Your name?", 2: told})
    assert reason(confirmation(talk, SCENARIO)) == "nobody knows all of what the agent said"


def sent(text: str) -> Conversation:
    message = MessageSent(at(12.1), "whatsapp", None, text)
    texts = {0: "Hello.", 1: "Your name?", 2: "Your reference is AB1234. The office is on 415 555 0999."}
    agent = [(0.2, 0.8), (4.5, 5.5), (9.5, 11.5)]
    return call(LINES, agent, [message], seconds=12.0, hung_up=Party.CALLER, texts=texts)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Your appointment is on March 13 at 3 pm, order 3179. Thank you for the call.", True),
        ("Your appointment is on March 13 at 3 pm. The reference AB1234 is for you.", True),
        ("Your appointment is not on March 13, we have moved it for you.", False),
        ("Your appointment is on March 13 or March 14, as you like. Thank you for the call.", False),
        ("Your order 9999 will wait for you on March 13. Thank you for the call.", False),
    ],
)
def test_a_message_says_what_is_so_and_nothing_in_its_place(text: str, right: bool) -> None:
    assert scored(post_call_message(sent(text), SCENARIO)).value == float(right)
