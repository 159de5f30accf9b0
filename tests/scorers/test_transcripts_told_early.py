from __future__ import annotations

import pytest

from harness.scenario import Entity
from harness.scorers.cer import cer
from harness.scorers.entity_accuracy import entity_accuracy
from harness.scorers.mixed_error_rate import mixed_error_rate
from harness.scorers.wer import wer
from harness.timeline import HeardAs
from tests.scorers.calls import SCENARIO, Said, at, call, scored, with_truth

LINES = [Said(1.0, 3.0, "alpha beta on the twelfth of March"), Said(6.0, 8.0, "I am Asha Rao")]
SAID = " ".join(line.text for line in LINES)


def told(*transcripts: tuple[float, str]) -> list[HeardAs]:
    return [HeardAs(at(seconds), text) for seconds, text in transcripts]


def test_a_transcript_told_before_the_line_began_is_no_hearing() -> None:
    found = scored(wer(call(LINES, [], told((0.2, SAID))), SCENARIO))
    assert found.value == pytest.approx(2.0)
    assert str(found.detail).startswith("0 substituted, 11 missed, 11 from nowhere")


def test_of_a_transcript_of_all_lines_told_after_the_first_only_the_first_was_heard() -> None:
    found = scored(wer(call(LINES, [], told((4.0, SAID))), SCENARIO))
    assert found.value == pytest.approx(8 / 11)
    truth = with_truth(entities=(Entity("date", "2026-03-12"), Entity("name", "Asha Rao")))
    facts = entity_accuracy(call(LINES, [], told((4.0, SAID))), truth)
    assert (scored(facts["date"]).value, scored(facts["name"]).value) == (1.0, 0.0)


def test_a_transcript_told_late_or_for_both_lines_at_once_is_right() -> None:
    assert scored(wer(call(LINES, [], told((8.5, SAID))), SCENARIO)).value == 0.0
    assert scored(cer(call(LINES, [], told((8.5, SAID))), SCENARIO)).value == 0.0


def test_a_line_that_is_still_being_said_may_be_told() -> None:
    talk = call(LINES, [], told((2.5, LINES[0].text), (8.5, LINES[1].text)))
    assert scored(wer(talk, SCENARIO)).value == 0.0


def test_characters_and_mixed_words_told_early_are_errors_too() -> None:
    early = told((0.2, SAID))
    assert scored(cer(call(LINES, [], early), SCENARIO)).value == pytest.approx(2.0)
    mixed = [Said(1.0, 3.0, "alpha beta"), Said(6.0, 8.0, "धन्यवाद", language="hi")]
    found = scored(mixed_error_rate(call(mixed, [], told((0.2, "alpha beta धन्यवाद"))), SCENARIO))
    assert found.value == pytest.approx(2.0)
    whole = call(mixed, [], told((3.5, "alpha beta"), (8.5, "धन्यवाद")))
    assert scored(mixed_error_rate(whole, SCENARIO)).value == 0.0


def test_a_made_up_word_before_the_call_does_not_take_the_place_of_the_one_that_was_heard() -> None:
    talk = call(LINES, [], told((0.2, "rao"), (3.5, LINES[0].text), (8.5, LINES[1].text)))
    assert scored(wer(talk, SCENARIO)).value == pytest.approx(1 / 11)
