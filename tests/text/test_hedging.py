from __future__ import annotations

import pytest

from harness.text.hedging import hedges, leaves_open, lists_facts

GIVEN = (
    "I would like to book an appointment on the twelfth of March at three pm",
    "I restarted the router, get me a human please, I want my money back",
)


@pytest.mark.parametrize(
    ("meant", "said"),
    [
        ("book an appointment", "Caller wants to schedule an appointment with Dr. Smith on Friday the 13th of March"),
        (
            "book an appointment",
            "Customer requires assistance with scheduling an appointment; requested escalation to a live agent due to "
            "dissatisfaction with automated service.",
        ),
        ("cancel an appointment", "cancel the booked appointment"),
        ("cancel an appointment", "cancel a booking for an appointment"),
        ("refund", "refund of order 3179, complaint"),
        ("call the caller back", "Call the customer back; verify the account and confirm the date."),
    ],
)
def test_a_text_that_says_it_in_more_words_commits_itself(meant: str, said: str) -> None:
    assert not hedges(meant, said, GIVEN)


@pytest.mark.parametrize(
    ("meant", "said"),
    [
        ("book an appointment", "book cancel move reschedule refund"),
        ("book an appointment", "cancel the booked appointment"),
        ("book an appointment", "book or cancel an appointment"),
        ("book an appointment", "book an appointment or a refund"),
        ("refund", "refund complaint billing delivery"),
        ("refund", "refund or replacement"),
        (
            "book an appointment",
            "appointment book pizza weather horoscope insurance mortgage loan garden flights hotels",
        ),
        ("call the caller back", "call caller back send engineer refund order open ticket cancel escalate decide"),
    ],
)
def test_a_text_that_lists_what_it_may_be_hedges(meant: str, said: str) -> None:
    assert hedges(meant, said, GIVEN)


def test_what_the_caller_spoke_of_may_be_named_beside_the_reason() -> None:
    assert hedges("refund", "refund, billing complaint")
    assert not hedges("refund", "refund, billing complaint", ["I want to complain about my bill"])


@pytest.mark.parametrize(
    ("value", "lists"),
    [
        ("complete or intermittent", True),
        ("complete/intermittent", True),
        ("intermittent since Monday", False),
        ("intermittent", False),
    ],
)
def test_one_fact_is_no_list(value: str, lists: bool) -> None:
    assert lists_facts("intermittent", value) is lists
    assert lists_facts("no internet", "no internet slow internet no telephone no heating")


@pytest.mark.parametrize(
    ("value", "kind", "is_open"),
    [
        *((value, "date", True) for value in ("12/13 March", "12 or 13 March", "March 12-13", "before March 13")),
        *((value, "date", True) for value in ("any day except the 13th of March", "anything but March 13")),
        *((value, "date", False) for value in ("March 13, 2026", "13/03/2026", "2026-03-13", "March 13 15:00")),
        *((value, "date", False) for value in ("not the 12th but the 13th of March", "the day after tomorrow")),
        *((value, "time", True) for value in ("between 3 and 4", "3-4 pm", "after 3 pm")),
        *((value, "time", False) for value in ("3 PM", "ten to 3 pm", "a quarter after 3", "zehn vor drei")),
        ("before Asha", "name", False),
    ],
)
def test_a_bound_or_a_span_leaves_the_day_or_the_hour_open(value: str, kind: str, is_open: bool) -> None:
    assert leaves_open(value, kind) is is_open
