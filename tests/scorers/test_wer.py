from __future__ import annotations

import pytest

from harness.scorers.wer import understood, wer
from harness.text.normalising import VERSION
from harness.timeline import HeardAs
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored


def heard(seconds: float, text: str, *, final: bool = True) -> HeardAs:
    return HeardAs(at(seconds), text, final)


def test_errors_are_counted_over_the_words_that_were_due() -> None:
    talk = call(
        [Said(2.0, 4.0, "I need an appointment on Monday morning please"), Said(8.0, 9.0, "yes that is right")],
        [(0.5, 1.5)],
        [heard(4.5, "I need an ointment Monday morning please"), heard(9.5, "yes that is right now")],
    )
    found = scored(wer(talk, SCENARIO))
    assert found.n == 12
    assert found.value == pytest.approx(3 / 12)
    assert f"normaliser {VERSION}" in str(found.detail)
    assert str(found.detail).startswith("1 substituted, 1 missed, 1 from nowhere")
    assert [span.start for span in found.spans] == [2.0, 8.0]
    assert "heard 'ointment' for 'appointment'" in found.spans[0].note


def test_a_turn_heard_as_nothing_is_all_deletions() -> None:
    talk = call(
        [Said(2.0, 4.0, "one two three four five"), Said(8.0, 9.0, "alpha beta gamma delta")],
        [],
        [heard(9.5, "alpha beta gamma delta")],
    )
    found = scored(wer(talk, SCENARIO))
    assert found.value == pytest.approx(5 / 9)


def test_an_agent_that_heard_only_silence_has_all_deletions() -> None:
    talk = call([Said(2.0, 4.0, "alpha beta gamma")], [], [heard(4.5, "")])
    assert scored(wer(talk, SCENARIO)).value == 1.0


def test_words_heard_in_silence_are_insertions() -> None:
    talk = call([Said(2.0, 4.0, "alpha beta")], [], [heard(1.0, "thank you for watching"), heard(4.5, "alpha beta")])
    found = scored(wer(talk, SCENARIO))
    assert found.value == pytest.approx(4 / 2)
    assert "heard 'thank' from nowhere" in found.spans[0].note


def test_an_agent_that_tells_no_transcript_is_not_measured() -> None:
    said = [Said(2.0, 4.0)]
    assert reason(wer(call(said), SCENARIO)) == "the agent told no transcript"
    partial = call(said, [], [heard(3.0, "I would", final=False)])
    assert reason(wer(partial, SCENARIO)) == "the agent told only partial transcripts"


def test_a_line_that_was_cut_short_counts_to_its_last_whole_word() -> None:
    cut = Said(2.0, 4.0, "I would like to book a table for nine people", played=4)
    talk = call([cut], [], [heard(4.5, "I would like to")])
    found = scored(wer(talk, SCENARIO))
    assert (found.value, found.n) == (0.0, 4)


def test_of_a_cut_line_without_word_times_nothing_is_due() -> None:
    cut = Said(2.0, 4.0, "I would like to book a table", played=3, timed=False)
    talk = call([cut, Said(6.0, 7.0, "alpha beta")], [], [heard(4.5, "I would like"), heard(7.5, "alpha beta")])
    found = scored(wer(talk, SCENARIO))
    assert found.value == 0.0
    assert found.n == 5


def test_murmurs_and_fillers_are_right_if_there_and_no_error_if_not() -> None:
    said = [Said(2.0, 4.0, "um I want a table"), Said(6.0, 6.4, "mm-hmm yes", "backchannel")]
    without = scored(wer(call(said, [], [heard(4.5, "I want a table")]), SCENARIO))
    with_them = scored(wer(call(said, [], [heard(4.5, "um I want a table"), heard(6.6, "mhm yes")]), SCENARIO))
    assert (without.value, without.n) == (0.0, 4)
    assert (with_them.value, with_them.n) == (0.0, 7)


def test_of_a_murmured_yes_and_an_answered_yes_one_yes_heard_is_the_answer() -> None:
    said = [Said(2.0, 2.3, "yes", "backchannel"), Said(6.0, 7.0, "yes")]
    found = scored(wer(call(said, [], [heard(7.3, "yes")]), SCENARIO))
    assert (found.value, found.n) == (0.0, 1)


def test_words_are_aligned_over_the_whole_call_and_not_turn_by_turn() -> None:
    said = [Said(2.0, 4.0, "alpha beta gamma"), Said(6.0, 7.0, "delta epsilon")]
    late = call(said, [], [heard(7.5, "alpha beta gamma delta epsilon")])
    assert scored(wer(late, SCENARIO)).value == 0.0


def test_thirty_six_is_36_whoever_writes_it_down() -> None:
    said = [Said(2.0, 4.0, "There are thirty six of us, on March 13, at three pm, it's $1,250.50")]
    told = heard(
        4.5, "there are 36 of us on march thirteenth at 3 p.m. it is twelve hundred fifty dollars and fifty cents"
    )
    assert scored(wer(call(said, [], [told]), SCENARIO)).value == 0.0


def test_vowel_signs_of_hindi_are_compared() -> None:
    said = [Said(2.0, 4.0, "मेरा नाम आशा है", language="hi")]
    right = call(said, [], [heard(4.5, "मेरा नाम आशा है।")])
    wrong = call(said, [], [heard(4.5, "मेरी नाम आश है")])
    assert scored(wer(right, SCENARIO)).value == 0.0
    assert scored(wer(wrong, SCENARIO)).value == pytest.approx(2 / 4)


def test_of_a_script_without_spaces_each_character_is_a_word() -> None:
    said = [Said(2.0, 4.0, "我要订位", language="zh")]
    assert scored(wer(call(said, [], [heard(4.5, "我要定位")]), SCENARIO)).value == pytest.approx(1 / 4)


def test_a_line_that_switches_language_is_compared_in_both() -> None:
    said = [Said(2.0, 4.0, "thirty six लोग please", language="en-IN+hi")]
    assert scored(wer(call(said, [], [heard(4.5, "36 लोग, please")]), SCENARIO)).value == 0.0


def test_a_caller_that_said_nothing_leaves_nothing_to_divide_by() -> None:
    talk = call([], [], [heard(4.5, "hello there")])
    assert reason(wer(talk, SCENARIO)) == "the caller said no word that was due; 2 were heard"


def test_fewer_than_ten_words_are_few() -> None:
    few = call([Said(2.0, 4.0, "alpha beta")], [], [heard(4.5, "alpha beta")])
    enough = call([Said(2.0, 4.0, "alpha beta " * 5)], [], [heard(4.5, "alpha beta " * 5)])
    assert scored(wer(few, SCENARIO)).few
    assert not scored(wer(enough, SCENARIO)).few


def test_a_report_can_show_each_word_with_its_time() -> None:
    talk = call([Said(2.0, 4.0, "alpha beta gamma delta")], [], [heard(4.5, "alpha better delta")])
    found = understood(talk)
    assert found is not None
    assert sorted(op.kind for op in found.ops) == ["delete", "equal", "equal", "substitute"]
    assert [(word.text, word.start, word.end) for word in found.due] == [
        ("alpha", at(2.0), at(2.5)),
        ("beta", at(2.5), at(3.0)),
        ("gamma", at(3.0), at(3.5)),
        ("delta", at(3.5), at(4.0)),
    ]


def test_a_flood_of_transcripts_is_scored_as_what_it_is() -> None:
    flood = [heard(3.0 + k / 1000, "noise " * 200) for k in range(200)]
    said = [Said(2.0, 4.0, "um alpha beta gamma " * 20)]
    found = scored(wer(call(said, [], flood), SCENARIO))
    assert found.n == 60
    assert found.value >= (40_000 - 60) / 60
