from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.conversation import Conversation
from harness.scorers.language_relapse import language_relapse
from harness.scorers.language_switch_lag import language_switch_lag
from harness.scorers.reply_language import reply_language
from harness.timeline import AgentSaid
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored

TEXTS = {
    "en": "Of course, which day would you like to have it on?",
    "es": "Claro que sí, ¿para qué día quiere la cita?",
    "hi": "ज़रूर, आप किस दिन के लिए चाहते हैं?",
    "hi-Latn": "Haan ji, aap kis din ke liye chahte hain?",
    "??": "Ok 7.",
}


def spoken(callers: Sequence[str], agents: Sequence[str], greeting: str = "en") -> Conversation:
    """A turn of 1 s every 5 s in each of these languages, each answered 1 s later in one of those."""
    lines = [Said(3 + 5 * i, 4 + 5 * i, f"line {i}", language=tag) for i, tag in enumerate(callers)]
    heard = [(0.5, 2.0), *((5.0 + 5 * i, 7.0 + 5 * i) for i in range(len(agents)))]
    return call(lines, heard, texts=dict(enumerate(TEXTS[tag] for tag in [greeting, *agents])))


def test_the_share_of_replies_in_the_callers_language() -> None:
    found = scored(reply_language(spoken(["es"] * 4, ["es", "en", "es", "es"], "es"), SCENARIO))
    assert (found.value, found.n) == (0.75, 4)
    assert [(span.start, span.note) for span in found.spans] == [(10.0, "en to es")]


def test_the_callers_current_language_is_that_of_the_line_that_is_answered() -> None:
    talk = spoken(["en-IN", "hi", "en-IN"], ["en", "hi", "en"])
    assert scored(reply_language(talk, SCENARIO)).value == 1.0
    assert scored(reply_language(spoken(["en", "hi", "en"], ["en"] * 3), SCENARIO)).value == pytest.approx(2 / 3)


def test_romanised_hindi_answers_hindi_and_either_answers_a_mixture() -> None:
    talk = spoken(["hi", "en+hi", "en+hi"], ["hi-Latn", "en", "hi"], "hi")
    assert scored(reply_language(talk, SCENARIO)).value == 1.0


def test_a_reply_that_shows_no_language_is_left_out_and_counted() -> None:
    found = scored(reply_language(spoken(["en"] * 3, ["en", "??", "en"]), SCENARIO))
    assert (found.value, found.n, found.detail) == (1.0, 2, "2 of 2, 1 unsure")
    assert reason(reply_language(spoken(["en"] * 3, ["??", "??", "en"]), SCENARIO)).startswith("of 3 replies 2 show")


def test_where_the_text_shows_too_little_the_agents_own_word_counts_and_nowhere_else() -> None:
    short = call([Said(3, 4)], [(5, 6)], [AgentSaid(at(5), "Ok 7.", language="en")], texts={0: "Ok 7."})
    assert scored(reply_language(short, SCENARIO)).value == 1.0
    lied = call(
        [Said(3, 4, language="es")], [(5, 6)], [AgentSaid(at(5), TEXTS["en"], language="es")], texts={0: TEXTS["en"]}
    )
    assert scored(reply_language(lied, SCENARIO)).value == 0.0


@pytest.mark.parametrize(
    ("agents", "turns", "seconds"),
    [(["en", "es", "es"], 0, 1.0), (["en", "en", "es"], 1, 6.0)],
    ids=["at once", "one reply late"],
)
def test_the_lag_of_a_switch_in_replies_and_in_seconds(agents: list[str], turns: int, seconds: float) -> None:
    found = language_switch_lag(spoken(["en", "es", "es"], agents), SCENARIO)
    assert scored(found["turns"]).value == turns
    assert scored(found["seconds"]).value == pytest.approx(seconds)


def test_an_agent_that_never_follows_is_censored() -> None:
    found = language_switch_lag(spoken(["en", "es", "es"], ["en"] * 3), SCENARIO)
    turns, seconds = scored(found["turns"]), scored(found["seconds"])
    assert (turns.value, turns.censored, turns.values) == (2, True, (None,))
    assert seconds.value == pytest.approx(6.0)
    assert seconds.censored


def test_the_worst_of_several_switches_counts_and_a_return_is_one_too() -> None:
    talk = spoken(["en", "es", "en", "en"], ["en", "es", "es", "en"])
    turns = scored(language_switch_lag(talk, SCENARIO)["turns"])
    assert (turns.value, turns.values, turns.n) == (1, (0.0, 1.0), 2)


def test_to_begin_in_another_language_than_the_greetings_is_a_switch() -> None:
    turns = scored(language_switch_lag(spoken(["es", "es"], ["en", "es"]), SCENARIO)["turns"])
    assert turns.value == 1


def test_without_a_switch_there_is_no_lag() -> None:
    assert reason(language_switch_lag(spoken(["en"], ["en"]), SCENARIO)["turns"]).startswith(
        "the caller never switched"
    )


def test_a_switch_whose_answer_nobody_is_sure_of_is_left_out() -> None:
    talk = spoken(["en", "es", "es", "en"], ["en", "??", "es", "en"])
    turns = scored(language_switch_lag(talk, SCENARIO)["turns"])
    assert (turns.n, turns.value) == (1, 0)
    assert turns.detail == "1 switches left out: language unsure"


def test_to_fall_back_after_following_is_a_relapse() -> None:
    found = scored(language_relapse(spoken(["es"] * 4, ["en", "es", "en", "es"]), SCENARIO))
    assert (found.value, found.n) == (1, 2)
    assert found.spans[0].start == 15.0


def test_to_follow_the_caller_back_is_no_relapse() -> None:
    assert scored(language_relapse(spoken(["es", "es", "en", "en"], ["es", "es", "en", "en"]), SCENARIO)).value == 0


def test_who_never_followed_cannot_relapse() -> None:
    never = reason(language_relapse(spoken(["es"] * 3, ["en"] * 3), SCENARIO))
    assert never == "the agent never answered in the caller's language"


def test_an_agent_whose_words_nobody_knows_is_unscored() -> None:
    silent = call([Said(3, 4), Said(8, 9)], [(0.5, 2), (5, 7), (10, 12)])
    outcomes = [reply_language(silent, SCENARIO), language_relapse(silent, SCENARIO)]
    outcomes += language_switch_lag(silent, SCENARIO).values()
    assert {reason(one) for one in outcomes} == {"nobody knows what the agent said"}
    assert reason(reply_language(call([Said(3, 4)]), SCENARIO)) == "the agent answered nothing"
    assert reason(reply_language(call(), SCENARIO)) == "the caller said nothing"


def test_to_be_late_after_a_switch_is_a_lag_and_no_relapse() -> None:
    found = scored(language_relapse(spoken(["es", "es", "en", "en"], ["es", "es", "es", "en"], "es"), SCENARIO))
    assert (found.value, found.n) == (0, 1)
