from __future__ import annotations

import pytest

from harness.scorers.brevity import brevity
from tests.scorers.calls import SCENARIO, Said, call, reason, scored

LINES = [Said(4.0, 5.0), Said(10.0, 11.0), Said(20.0, 21.0)]
SPURTS = [(0.5, 3.5), (5.5, 7.5), (8.0, 9.0), (11.5, 19.5), (21.5, 22.5)]
TEXTS = {
    0: "Hello, this is the assistant of Dr. Mehta. How can I help?",
    1: "Which day? And what time?",
    2: "Done.",
    3: "Goodbye.",
}


def test_words_and_seconds_are_the_mean_over_the_agents_turns() -> None:
    found = brevity(call(LINES, SPURTS, texts=TEXTS), SCENARIO)
    assert scored(found["words"]).values == (12.0, 5.0, 1.0, 1.0)
    assert scored(found["words"]).value == pytest.approx(19 / 4)
    assert scored(found["seconds"]).value == pytest.approx((3.0 + 3.0 + 8.0 + 1.0) / 4)
    assert scored(found["seconds"]).n == 4


def test_of_the_first_three_turns_the_wordiest_counts() -> None:
    found = scored(brevity(call(LINES, SPURTS, texts=TEXTS), SCENARIO)["first_three"])
    assert (found.value, found.n, found.unit) == (12, 3, "words")


def test_a_monologue_goes_on_over_pauses_of_less_than_a_second() -> None:
    found = scored(brevity(call(LINES, SPURTS), SCENARIO)["monologue"])
    assert found.value == pytest.approx(8.0)
    paused = brevity(call([], [(0.5, 5.0), (5.9, 12.0), (13.0, 14.0)]), SCENARIO)["monologue"]
    assert scored(paused).value == pytest.approx(11.5)
    assert (scored(paused).spans[0].start, scored(paused).spans[0].end) == (0.5, 12.0)


def test_questions_are_counted_by_their_marks() -> None:
    assert scored(brevity(call(LINES, SPURTS, texts=TEXTS), SCENARIO)["questions"]).value == pytest.approx(3 / 4)
    bare = dict.fromkeys(range(4), "how can I help")
    assert "no punctuation" in reason(brevity(call(LINES, SPURTS, texts=bare), SCENARIO)["questions"])


def test_where_nobody_knows_the_words_only_the_seconds_are_scored() -> None:
    found = brevity(call(LINES, SPURTS), SCENARIO)
    assert reason(found["words"]) == "nobody knows what the agent said"
    assert reason(found["questions"]) == "nobody knows what the agent said"
    assert "first three turns" in reason(found["first_three"])
    assert scored(found["seconds"]).n == 4


def test_a_first_turn_without_words_leaves_the_first_three_unknown() -> None:
    known = {1: TEXTS[1], 2: TEXTS[2], 3: TEXTS[3]}
    found = brevity(call(LINES, SPURTS, texts=known), SCENARIO)
    assert "first three turns" in reason(found["first_three"])
    assert scored(found["words"]).n == 3


def test_an_agent_that_never_spoke_is_not_brief() -> None:
    found = brevity(call(LINES), SCENARIO)
    assert {reason(outcome) for outcome in found.values()} == {"the agent never spoke"}
