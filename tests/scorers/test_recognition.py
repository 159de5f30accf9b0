"""What the agent heard: by characters, over mixed languages, and fact by fact."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.conversation import Conversation
from harness.scenario import Entity
from harness.scorers.cer import cer
from harness.scorers.entity_accuracy import PARTS, entity_accuracy
from harness.scorers.mixed_error_rate import mixed_error_rate
from harness.scorers.wer import wer
from harness.timeline import HeardAs
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored, with_truth


def talk(*pairs: tuple[str, str | None], language: str = "en-US", kind: str = "say") -> Conversation:
    """Lines of the caller's, each with what was heard of it; None where nothing was."""
    lines = [Said(2 + 5 * i, 4 + 5 * i, said, language=language, kind=kind) for i, (said, _) in enumerate(pairs)]
    heard = [HeardAs(at(4.5 + 5 * i), text) for i, (_, text) in enumerate(pairs) if text is not None]
    return call(lines, [(4.8 + 5 * i, 6.0 + 5 * i) for i in range(len(pairs))], heard)


def test_characters_are_counted_as_a_reader_does() -> None:
    found = scored(cer(talk(("कीमत", "कामत"), language="hi"), SCENARIO))
    assert found.n == 3
    assert found.value == pytest.approx(1 / 3)
    assert scored(wer(talk(("कीमत", "कामत"), language="hi"), SCENARIO)).value == 1.0


def test_a_line_heard_as_nothing_is_all_characters_missed() -> None:
    found = scored(cer(talk(("abcd", "abcd"), ("efgh", None)), SCENARIO))
    assert found.n == 9
    assert found.value == pytest.approx(5 / 9)


def test_scripts_without_spaces_have_no_spaces_to_be_right_in() -> None:
    found = scored(cer(talk(("我要预约", "我要预月"), language="zh"), SCENARIO))
    assert (found.n, found.value) == (4, 0.25)


def test_a_murmur_counts_by_characters_only_where_it_was_heard() -> None:
    lines = [Said(2, 4, "yes that is right"), Said(5.2, 5.5, "mm-hmm", kind="backchannel")]
    missed = call(lines, [(4.8, 7)], [HeardAs(at(4.5), "yes that is right")])
    assert scored(cer(missed, SCENARIO)).value == 0.0


def mixed_call(heard: str) -> Conversation:
    return talk(("मेरा order कहाँ है", heard), language="hi+en")


def test_a_loan_word_is_right_in_either_script() -> None:
    assert scored(mixed_error_rate(mixed_call("मेरा ऑर्डर कहाँ है"), SCENARIO)).value == 0.0
    found = scored(mixed_error_rate(mixed_call("मेरा घर कहाँ है"), SCENARIO))
    assert (found.n, found.value) == (4, 0.25)


def test_what_the_truth_accepts_is_right() -> None:
    truth = with_truth(entities=(Entity("place", "दिल्ली", accepted=("delhi",)),))
    told = talk(("मुझे दिल्ली जाना है please", "मुझे delhi जाना है please"), language="hi+en")
    assert scored(mixed_error_rate(told, truth)).value == 0.0
    assert scored(mixed_error_rate(told, SCENARIO)).value == pytest.approx(1 / 5)


def test_a_caller_of_one_language_is_the_word_error_rates() -> None:
    assert reason(mixed_error_rate(talk(("yes", "yes")), SCENARIO)) == "the caller spoke one language only (en)"


FACTS = with_truth(
    entities=(
        Entity("date", "2026-03-13", was=("2026-03-12",)),
        Entity("time", "15:00"),
        Entity("name", "Asha Rao"),
        Entity("order", "4471", type="code"),
    )
)


def accuracy(pairs: Sequence[tuple[str, str | None]], part: str = "all", language: str = "en-US") -> tuple[int, float]:
    found = scored(entity_accuracy(talk(*pairs, language=language), FACTS)[part])
    return found.n, found.value


def test_a_fact_is_right_in_whichever_form_it_was_heard() -> None:
    assert accuracy([("Three pm on the twelfth of March", "3 p.m. on March 12th")]) == (2, 1.0)
    assert accuracy([("It is four four seven one", "it's 4471")], "code") == (1, 1.0)
    assert accuracy([("doce de marzo", "12 de marzo")], "date", "es") == (1, 1.0)


def test_facts_heard_wrong_are_named_with_their_line() -> None:
    found = scored(
        entity_accuracy(talk(("I am Asha Rao", "I am Asher Row"), ("at three pm", "at three pm")), FACTS)["all"]
    )
    assert (found.n, found.value) == (2, 0.5)
    assert [(span.start, span.note) for span in found.spans] == [(2.0, "name 'Asha Rao' not in 'i am asher row'")]


def test_a_fact_of_a_line_that_was_not_heard_is_wrong() -> None:
    assert accuracy([("hello there", "hello there"), ("at three pm", None)], "time") == (1, 0.0)


def test_a_flipped_negation_is_an_error_on_both_days() -> None:
    said = "Sorry, not the twelfth, the thirteenth."
    assert accuracy([(said, "Sorry, not the twelfth, the thirteenth.")], "date") == (2, 1.0)
    assert accuracy([(said, "Sorry, the twelfth, not the thirteenth.")], "date") == (2, 0.0)
    assert accuracy([(said, "Sorry, the twelfth, the thirteenth.")], "date") == (2, 0.5)


def test_what_was_heard_for_another_line_makes_no_fact_right() -> None:
    pairs = [("at three pm please", "at tree p please"), ("no I will come at four pm", "no I will come at three pm")]
    assert accuracy(pairs, "time") == (1, 0.0)


def test_a_line_that_was_cut_short_is_due_only_as_far_as_it_was_played() -> None:
    lines = [Said(2, 4, "I would like it at three pm", played=4)]
    cut = call(lines, [(4.8, 6)], [HeardAs(at(4.5), "I would like it")])
    assert reason(entity_accuracy(cut, FACTS)["time"]) == "the caller said no fact of the truth of type time"


def test_types_that_the_caller_never_said_are_unscored() -> None:
    found = entity_accuracy(talk(("at three pm", "at three pm")), FACTS)
    assert set(found) == set(PARTS)
    assert reason(found["email"]) == "the caller said no fact of the truth of type email"


def test_without_a_transcript_nothing_is_measured() -> None:
    silent = talk(("at three pm", None), language="hi+en")
    outcomes = [cer(silent, FACTS), mixed_error_rate(silent, FACTS), *entity_accuracy(silent, FACTS).values()]
    assert {reason(one) for one in outcomes} == {"the agent told no transcript"}
