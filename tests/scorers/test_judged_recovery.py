"""A judge says whether an answer addresses what was said into the agent's speech, only where words leave it open."""

from __future__ import annotations

import pytest

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import NO_JUDGE, Judge, Limit, Verdict
from harness.scorers.interruption_recovery import interruption_recovery
from harness.scorers.judged_recovery import judged_recovery
from harness.scorers.recovery_parts import recovery_parts
from harness.timeline import AudioWithdrawn
from tests.judges.planted import Gives, fails, unasked
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored
from tests.scorers.test_interruption_recovery import ASKS, BOOKING, OLD, interrupted, three_times

HOURS = Said(6.0, 8.0, "Actually, what are your opening hours?", "topic_switch")


def left_open() -> Conversation:
    return interrupted("From nine to five.", line=HOURS)


@pytest.mark.parametrize("points", [0.0, 1.0])
def test_where_words_leave_it_open_the_judge_decides_and_says_who_it_was(points: float) -> None:
    judge = Gives(points)
    found = judged_recovery(left_open(), SCENARIO, judge=judge)
    assert [scored(found[part]).value for part in ("recovered", "addressed")] == [points, points]
    assert str(scored(found["addressed"]).detail).endswith("; left to a judge: 1 by planted")
    assert "planted judged: Because. It quotes 'From nine to five.'" in scored(found["recovered"]).spans[0].note


def test_the_judge_sees_what_was_said_around_the_interruption_and_what_was_not_said_apart() -> None:
    judge = Gives(1.0)
    judged_recovery(left_open(), SCENARIO, judge=judge)
    (question,) = judge.asked
    assert question.judged.text == "From nine to five."
    beside = {exhibit.name: exhibit.text for exhibit in question.beside}
    assert beside["what the caller cut in with"] == HOURS.text
    assert OLD.startswith(beside["what the agent had been saying"])
    assert [OLD.endswith(exhibit.text) for exhibit in question.known] == [True]


def test_the_rule_s_own_scores_are_the_same_whoever_judges() -> None:
    talk = left_open()
    judged_recovery(talk, SCENARIO, judge=Gives(1.0))
    assert "can't be told" in reason(interruption_recovery(talk, SCENARIO))
    assert "its words don't show" in reason(recovery_parts(talk, SCENARIO)["addressed"])


@pytest.mark.parametrize(
    ("talk", "scenario", "points"),
    [
        (interrupted(), BOOKING, 1.0),
        (interrupted("The twelfth of March it is, then."), BOOKING, 0.0),
        (interrupted(OLD[60:], line=HOURS), SCENARIO, 0.0),
        (interrupted("You are booked to see doctor Mehta.", line=HOURS), SCENARIO, 0.0),
    ],
)
def test_what_the_rule_has_found_stands_and_nobody_is_asked(
    talk: Conversation, scenario: Scenario, points: float
) -> None:
    found = judged_recovery(talk, scenario, judge=unasked)
    assert scored(found["addressed"]).value == points
    assert str(scored(found["addressed"]).detail).endswith("nothing was left to a judge")


def test_a_judge_who_finds_it_addressed_heals_no_other_part() -> None:
    late = interrupted("From nine to five.", line=HOURS, latency=3.6)
    found = judged_recovery(late, SCENARIO, judge=Gives(1.0))
    assert (scored(found["addressed"]).value, scored(found["recovered"]).value) == (1.0, 0.0)


def test_an_answer_whose_words_nobody_knows_is_left_to_no_judge() -> None:
    proof = AudioWithdrawn(at(6.4), at(3.0))
    mute = call([ASKS, HOURS], [(1.6, 6.4), (8.7, 10.0)], [proof], seconds=20.0)
    assert reason(judged_recovery(mute, SCENARIO, judge=unasked)["addressed"]) == "nobody knows the answer's words"


@pytest.mark.parametrize("judge", [None, fails])
def test_without_a_judgement_nothing_is_measured_and_no_limit_passes(judge: Judge | None) -> None:
    found = judged_recovery(left_open(), SCENARIO, judge=judge)
    assert {reason(outcome) for outcome in found.values()} == {
        NO_JUDGE.reason if judge is None else "no judgement: out of order"
    }
    assert Limit.parse(">= 0%").judge(found["recovered"]) is Verdict.NOT_MEASURED


def test_without_a_judge_nothing_is_measured_even_where_the_rule_knows() -> None:
    assert reason(judged_recovery(interrupted(), BOOKING)["addressed"]) == NO_JUDGE.reason


def test_of_several_interruptions_only_those_left_open_are_asked_about_and_one_failure_spoils_all() -> None:
    talk = three_times(["Your parrot?", "Doctor Mehta on the twelfth.", "Goodness me."])
    judge = Gives(0.0)
    found = scored(judged_recovery(talk, SCENARIO, judge=judge)["addressed"])
    assert [question.judged.text for question in judge.asked] == ["Goodness me."]
    assert found.value == pytest.approx(1 / 3)
    assert reason(judged_recovery(talk, SCENARIO, judge=fails)["addressed"]) == "no judgement: out of order"
