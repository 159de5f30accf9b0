from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.entities import KINDS, Kind, canonical, kind_of, meanings, said_in, same
from harness.text.meaning import agrees
from harness.text.phrases import hold_prefix, is_goodbye, is_hold


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        ("date", "the thirteenth of March", "2026-03-13"),
        ("date", "March 13", "2026-03-13"),
        ("date", "Friday, March 13th, 2026", "2026-03-13"),
        ("date", "13/03/2026", "2026-03-13"),
        ("date", "13 de marzo", "2026-03-13"),
        ("date", "13 मार्च", "2026-03-13"),
        ("date", "twenty first of June twenty twenty seven", "2027-06-21"),
        ("date", "2026-03-13T15:00:00", "2026-03-13"),
        ("date", "3/4/2026", "2026-03-04 or 2026-04-03"),
        ("time", "three pm", "15:00"),
        ("time", "3:00 p.m.", "15:00"),
        ("time", "half past three in the afternoon", "15:30"),
        ("time", "quarter to four pm", "15:45"),
        ("time", "ten past five pm", "17:10"),
        ("time", "noon", "12:00"),
        ("time", "12 am", "00:00"),
        ("time", "09:30", "09:30"),
        ("time", "fifteen hundred", "15:00"),
        ("time", "2026-03-13T15:00:00", "15:00"),
        ("time", "three o'clock", "03:00 or 15:00"),
        ("phone", "(415) 555-0123", "4155550123"),
        ("phone", "four one five, double five five, oh one two three", "4155550123"),
        ("amount", "twelve hundred fifty dollars and fifty cents", "1250.5 dollars"),
        ("amount", "$1,250.50", "1250.5 dollars"),
        ("number", "thirty six", "36"),
        ("number", "36.0", "36"),
        ("code", "A B dash one two three four", "AB1234"),
        ("code", "order number 4471", "4471"),
        ("code", "double four seven one", "4471"),
        ("name", "ASHA  Rao", "asharao"),
        ("name", "A S H A Rao", "asharao"),
        ("email", "asha dot rao at example dot com", "asha.rao@example.com"),
        ("flag", "True", "yes"),
    ],
)
def test_a_fact_has_one_form_however_it_was_said(kind: Kind, value: str, form: str) -> None:
    assert canonical(value, kind, 2026) == form


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("date", "the twelfth of March", "2026-03-13"),
        ("date", "March 13 2025", "2026-03-13"),
        ("date", "the 13th", "2026-03-13"),
        ("time", "three am", "15:00"),
        ("time", "3:30", "15:00"),
        ("phone", "415 555 0124", "+1 415 555 0123"),
        ("amount", "five pounds", "$5"),
        ("number", "thirty", "36"),
        ("code", "AB1234", "AB1243"),
        ("name", "Usher Row", "Asha Rao"),
        ("flag", "no", "yes"),
        ("text", "hot water", "no hot water"),
        ("text", "do not call back", "call back"),
    ],
)
def test_different_facts_are_not_the_same(kind: Kind, one: str, other: str) -> None:
    assert not same(one, other, kind)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("date", "March 13", "2026-03-13"),
        ("time", "three o'clock", "15:00"),
        ("phone", "+1 (415) 555-0123", "415 555 0123"),
        ("amount", "1250.50", "$1,250.50"),
        ("text", "Intermittent", "intermittent"),
        ("date", "the 24th", "the 24th"),
    ],
)
def test_what_a_value_leaves_open_is_not_held_against_it(kind: Kind, one: str, other: str) -> None:
    assert same(one, other, kind)


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("date", "2026-03-13", "date"),
        ("appointmentDate", "March 13", "date"),
        ("new_time", "15:00", "time"),
        ("phone", "5550142", "phone"),
        ("callback_number", "4155550123", "phone"),
        ("order", "4417", "code"),
        ("orderNumber", "A4417", "code"),
        ("amount", "250", "amount"),
        ("guests", "four", "number"),
        ("name", "Asha Rao", "name"),
        ("fault", "no internet", "text"),
        ("day", "Friday", "text"),
        ("confirmed", "yes", "flag"),
    ],
)
def test_a_facts_kind_follows_from_its_name_and_its_form(name: str, value: str, kind: str) -> None:
    assert kind_of(name, value) == kind


def test_a_declared_kind_wins() -> None:
    assert kind_of("order", "4417", "number") == "number"


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Sorry, not the twelfth, the thirteenth.", "2026-03-13", "date"),
        ("on March 13 please", "2026-03-13", "date"),
        ("could I come at three pm", "15:00", "time"),
        ("it's four four seven one", "4471", "code"),
        ("call me on 415 555 0123", "+1 415 555 0123", "phone"),
        ("I am Asha Rao, from Pune", "Asha Rao", "name"),
        ("a table for four", "4", "number"),
        ("I paid forty dollars", "$40", "amount"),
        ("write to asha dot rao at example dot com", "asha.rao@example.com", "email"),
    ],
)
def test_a_fact_is_found_where_it_was_said(text: str, value: str, kind: Kind) -> None:
    assert said_in(text, value, kind)
    assert not said_in("I would like to know something else", value, kind)


@given(st.text(max_size=20) | st.from_regex(r"[0-9 :/\-.$a-z]{0,16}", fullmatch=True), st.sampled_from(KINDS))
def test_any_text_can_be_asked_for_its_meaning(value: str, kind: Kind) -> None:
    found = meanings(value, kind)
    assert isinstance(canonical(value, kind), str)
    if found:
        assert same(value, value, kind)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_date_is_the_same_day_in_every_form(day: date) -> None:
    spoken = f"the {day.day} of {day:%B} {day.year}"
    assert same(spoken, day.isoformat(), "date")
    assert same(f"{day:%B} {day.day}", day.isoformat(), "date")


def test_a_free_text_agrees_by_its_content_and_never_against_a_not() -> None:
    assert agrees("book an appointment", "Caller wants to schedule an appointment")
    assert agrees("refund", "refund of order 3179")
    assert not agrees("book an appointment", "billing question")
    assert not agrees("cancel the order", "do not cancel the order")


def test_a_hold_says_nothing_and_a_goodbye_takes_leave() -> None:
    assert is_hold("Hmm, let me see.")
    assert is_hold("Okay, one moment please.")
    assert is_hold("एक मिनट", "hi")
    assert not is_hold("Okay, sure.")
    assert not is_hold("One moment. Your order has shipped.")
    assert 0.2 < hold_prefix("One moment. Your order has shipped today.") < 0.5
    assert is_goodbye("No, that's all. Thanks, bye!")
    assert is_goodbye("adiós", "es")
    assert not is_goodbye("Yes, three pm is fine.")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("12 March or 13 March", "date"),
        ("2026-03-12 2026-03-13", "date"),
        ("the 12th of March, the 13th of March", "date"),
        ("3pm 4pm 5pm", "time"),
        ("14:00 or 15:00", "time"),
    ],
)
def test_a_value_that_names_several_is_none_of_them(value: str, kind: Kind) -> None:
    right = "2026-03-13" if kind == "date" else "15:00"
    assert not same(value, right, kind)
    assert same(value, value, kind)


@pytest.mark.parametrize(
    ("value", "right", "kind"),
    [
        ("Friday, March 13, 2026", "2026-03-13", "date"),
        ("half past ten in the morning", "10:30", "time"),
        ("2026-03-13 at 3 pm", "15:00", "time"),
        ("2026-03-13 at 3 pm", "2026-03-13", "date"),
    ],
)
def test_a_value_in_several_words_is_one_value(value: str, right: str, kind: Kind) -> None:
    assert same(value, right, kind)


def test_two_telephone_numbers_of_one_length_are_not_the_same() -> None:
    assert not same("4155550124", "4155550123", "phone")
    assert same("+1 415 555 0123", "4155550123", "phone")


@pytest.mark.parametrize(
    "text",
    [
        "The date is the third of May.",
        "on March 13",
        "it was three dollars",
        "the order is order 48615",
        "order number 1530",
    ],
)
def test_the_number_of_a_day_of_money_or_of_an_order_is_no_time(text: str) -> None:
    assert not any(said_in(text, f"{hour:02}:{minute}", "time") for hour in range(24) for minute in ("00", "30"))
    assert said_in(f"{text} at five", "17:00", "time")


@pytest.mark.parametrize("value", ["5123", "59927", "1234567"])
def test_a_number_of_any_length_is_found_as_it_is_written_and_figure_by_figure(value: str) -> None:
    assert said_in(f"it is {value}", value, "number")
    assert said_in(f"it is {' '.join(value)}", value, "amount")
    assert not said_in(f"it is {value}0", value, "number")
