from datetime import date

import pytest

from harness.agents._names import name_in
from harness.agents._reading import (
    amounts,
    corrects,
    dates,
    digit_runs,
    meant,
    mentions,
    says_no,
    says_yes,
    times,
    words_of,
)

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hi, I'd like an appointment on the twelfth of March.", "2026-03-12"),
        ("March 13th at 3 p.m.", "2026-03-13"),
        ("the 12th", "2026-03-12"),
        ("on the thirty first of May", "2026-05-31"),
        ("twenty second of April", "2026-04-22"),
        ("13 March", "2026-03-13"),
        ("not the 12th, the 13th.", "2026-03-13"),
        ("Sorry, not the twelve, the thirteen.", "2026-03-13"),
        ("the fifteen summer April", "2026-04-15"),
        ("the first of February", "2027-02-01"),
        ("the thirteenth, not the twelfth", "2026-03-13"),
        ("not the twelfth", None),
        ("I may come, I may not", None),
        ("I have two questions", None),
        ("one second please", None),
        ("the thirtieth of February", None),
    ],
)
def test_a_day_is_read_as_the_next_such_date(text: str, value: str | None) -> None:
    assert meant(dates(words_of(text), TODAY)) == value


def test_a_day_without_its_month_corrects_within_the_month_of_the_date_it_corrects() -> None:
    assert meant(dates(words_of("no, the thirteenth"), TODAY, old="2026-05-12")) == "2026-05-13"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 3:30", "15:30"),
        ("three p.m.", "15:00"),
        ("At three t. M..", "15:00"),
        ("Free p. m. please", "15:00"),
        ("half past ten in the morning", "10:30"),
        ("half ten", "10:30"),
        ("quarter to four", "15:45"),
        ("ten past nine", "09:10"),
        ("ten thirty", "10:30"),
        ("10.30", "10:30"),
        ("eleven o'clock", "11:00"),
        ("nine a.m.", "09:00"),
        ("twelve a.m.", "00:00"),
        ("noon", "12:00"),
        ("at eight in the evening", "20:00"),
        ("Two in the afternoon.", "14:00"),
        ("Good afternoon, at ten please", "10:00"),
        ("the order is four four one seven", None),
    ],
)
def test_a_time_that_says_it_is_one_is_read_unasked(text: str, value: str | None) -> None:
    assert meant(times(words_of(text), asked=False)) == value


def test_a_bare_number_is_a_time_only_where_one_was_asked_for() -> None:
    assert meant(times(words_of("Let's say two."), asked=True)) == "14:00"
    assert meant(times(words_of("Let's say two."), asked=False)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("My order number is four four one seven.", "4417"),
        ("4417", "4417"),
        ("4-4-1-7", "4417"),
        ("4,417", "4417"),
        ("double four one seven", "4417"),
        ("forty-four seventeen", "4417"),
        ("oh seven seven double one, two three four, nine", "077112349"),
        ("it's four for one seven", "4417"),
        ("four or four one seven", "4417"),
        ("73r5", "7305"),
        ("No, not 4417, 4418", "4418"),
    ],
)
def test_a_number_is_read_digit_by_digit(text: str, value: str) -> None:
    assert meant(digit_runs(words_of(text))) == value


def test_what_sounds_like_a_digit_is_one_where_a_number_was_asked_for() -> None:
    heard = words_of("A two six four.")
    assert meant(digit_runs(heard, asked=True)) == "8264"
    assert meant(digit_runs(heard, asked=False)) == "264"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a refund of two hundred and fifty dollars", "250"),
        ("$250.50", "250"),
        ("$1,250", "1250"),
        ("a hundred euros", "100"),
        ("thirty six pounds", "36"),
        ("one thousand two hundred dollars", "1200"),
        ("order 4417", None),
    ],
)
def test_a_sum_of_money_is_read_in_whole_units(text: str, value: str | None) -> None:
    assert meant(amounts(words_of(text))) == value


@pytest.mark.parametrize("text", ["Yes, that's right.", "Yeah", "That is correct", "Okay, go ahead", "sure"])
def test_agreement_is_heard(text: str) -> None:
    assert says_yes(words_of(text))
    assert not says_no(words_of(text))


@pytest.mark.parametrize("text", ["No.", "Um, no thanks", "No, that's right", "That's not right", "Nope"])
def test_disagreement_is_heard_even_with_a_right_in_it(text: str) -> None:
    assert says_no(words_of(text))
    assert not says_yes(words_of(text))


@pytest.mark.parametrize("text", ["Sorry, the thirteenth", "No, I said three", "I meant Tuesday", "make it four"])
def test_a_correction_is_heard(text: str) -> None:
    assert corrects(words_of(text))


def test_an_answer_is_no_correction() -> None:
    assert not corrects(words_of("the thirteenth of March please"))


def test_a_long_word_counts_where_the_recogniser_all_but_got_it() -> None:
    assert mentions(words_of("I'd like an apointment"), "appointment")
    assert not mentions(words_of("I'd like an apple"), "appointment")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Asha Rao.", "Asha Rao"),
        ("My name is Asherello.", "Asha Rao"),
        ("Asher Row", "Asha Rao"),
        ("It's Yoon Stewart", "Ewan Stewart"),
        ("Uh, Gwendolyn Fairfax please.", "Gwendolyn Fairfax"),
        ("A-S-H-A", "Asha"),
        ("Yes, that's right.", None),
        ("Mm-hmm.", None),
    ],
)
def test_a_name_that_was_asked_for_is_read_and_a_customer_known_by_its_sound(text: str, name: str | None) -> None:
    assert name_in(words_of(text), asked=True) == name


def test_unasked_only_my_name_is_opens_any_name() -> None:
    assert name_in(words_of("my name is Gwendolyn Fairfax"), asked=False) == "Gwendolyn Fairfax"
    assert name_in(words_of("an appointment for Asha Rao"), asked=False) == "Asha Rao"
    assert name_in(words_of("this is absolutely ridiculous"), asked=False) is None
    assert name_in(words_of("an appointment for three p.m."), asked=False) is None
