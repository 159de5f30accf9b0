"""What else there is to a reply's timing: its substance, its worth, a reprompt, and the end of the call."""

from __future__ import annotations

import pytest

from harness.score import Limit, Verdict
from harness.scorers.dead_air import dead_air
from harness.scorers.premature_replies import premature_replies
from harness.scorers.response_latency import response_latency
from harness.scorers.silence_reprompt import silence_reprompt
from harness.scorers.speech_after_hangup import speech_after_hangup
from harness.scorers.substantive_latency import substantive_latency
from harness.scorers.turn_taking_curve import curve, turn_taking_curve
from harness.scorers.unanswered_turns import unanswered_turns
from harness.timeline import AgentSaid, HungUp, Party, StayedSilent, ToolCalled
from tests.scorers.calls import SCENARIO, Said, at, call, frames, reason, scored


@pytest.mark.parametrize(
    ("latency", "worth"),
    [(-0.6, 0.0), (-0.5, 0.0), (0.0, 0.5), (0.25, 0.75), (0.5, 1.0), (2.0, 1.0), (2.75, 0.5), (3.5, 0.0), (9.0, 0.0)],
)
def test_a_reply_is_worth_most_between_half_a_second_and_two(latency: float, worth: float) -> None:
    assert curve(latency) == pytest.approx(worth)


@pytest.mark.parametrize(("latency", "worth"), [(0.0, 0.5), (3.0, 1.0), (4.0, 0.5), (5.0, 0.0)])
def test_a_turn_with_tools_may_take_longer(latency: float, worth: float) -> None:
    assert curve(latency, tools=True) == pytest.approx(worth)


def test_the_curve_is_the_mean_over_turns_and_an_unanswered_turn_is_nothing() -> None:
    lines = [Said(1.0, 2.0), Said(10.0, 11.0), Said(20.0, 21.0), Said(30.0, 31.0)]
    spurts = [(3.0, 5.0), (13.75, 15.0), (24.0, 26.0)]
    tool = ToolCalled(at(21.5), "look_up")
    found = scored(turn_taking_curve(call(lines, spurts, [tool], seconds=40.0), SCENARIO))
    assert found.values == pytest.approx((1.0, 0.5, 1.0, 0.0))
    assert found.value == pytest.approx(2.5 / 4)
    assert found.n == 4


def test_what_has_no_timing_is_left_out_of_the_curve() -> None:
    late = [0.0] * frames(9.0)
    late[frames(2.5)] = 90.0
    spoiled = call([Said(1.0, 2.0)], [(3.0, 4.0)], lateness=late)
    assert "1 left out" in reason(turn_taking_curve(spoiled, SCENARIO))
    assert reason(turn_taking_curve(call([], [(1.0, 2.0)]), SCENARIO)) == "the caller said nothing"


def test_a_hold_is_not_the_substance_of_a_reply() -> None:
    told = [AgentSaid(at(2.6), "One moment please."), AgentSaid(at(5.9), "Your order left on Monday.")]
    talk = call([Said(1.0, 2.0)], [(2.7, 3.7), (6.0, 8.0)], told)
    assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(0.7)
    found = scored(substantive_latency(talk, SCENARIO)["max"])
    assert found.value == pytest.approx(4.0)
    assert (found.spans[0].start, found.spans[0].end) == pytest.approx((2.0, 6.0))


def test_a_reply_that_says_something_at_once_has_the_same_latency_twice() -> None:
    told = [AgentSaid(at(2.6), "Your order left on Monday.")]
    talk = call([Said(1.0, 2.0)], [(2.7, 3.7), (4.1, 5.0)], told)
    assert scored(substantive_latency(talk, SCENARIO)["p50"]).value == pytest.approx(0.7)


def test_a_turn_that_got_nothing_but_a_hold_ranks_above_every_latency() -> None:
    told = [AgentSaid(at(2.6), "Let me check that for you.")]
    talk = call([Said(1.0, 2.0), Said(10.0, 11.0)], [(2.7, 3.7)], told, seconds=11.5)
    found = scored(substantive_latency(talk, SCENARIO)["max"])
    assert found.censored
    assert found.value == pytest.approx(8.0)
    assert Limit.parse("<= 10s").judge(found) is Verdict.FAIL


def test_a_premature_reply_does_not_lower_the_substantive_latency() -> None:
    told = [AgentSaid(at(1.4), "Your order left on Monday."), AgentSaid(at(11.6), "It is due tomorrow.")]
    talk = call([Said(1.0, 3.0), Said(10.0, 11.0)], [(1.5, 4.0), (11.7, 13.0)], told)
    found = substantive_latency(talk, SCENARIO)
    assert scored(found["p50"]).value == pytest.approx(0.7)
    assert scored(found["max"]).censored


def test_a_reply_whose_words_nobody_knows_has_no_substance_that_could_be_timed() -> None:
    talk = call([Said(1.0, 2.0)], [(2.7, 3.7)])
    assert "1 whose words nobody knows" in reason(substantive_latency(talk, SCENARIO)["p50"])


@pytest.mark.parametrize("told_at", [5.9, 6.5])
def test_a_hold_that_was_not_told_is_not_the_substance_that_was_told_behind_a_silence(told_at: float) -> None:
    told = [AgentSaid(at(told_at), "Your order left on Monday.")]
    talk = call([Said(1.0, 2.0)], [(2.7, 3.7), (6.0, 8.0)], told, texts={0: "Your order left on Monday."})
    assert "1 whose words nobody knows" in reason(substantive_latency(talk, SCENARIO)["max"])


def test_words_that_are_told_while_the_speech_goes_on_are_its_own() -> None:
    told = [AgentSaid(at(7.9), "Your order left on Monday.")]
    talk = call([Said(1.0, 2.0)], [(2.7, 3.7), (4.1, 8.0)], told, texts={0: "Your order left on Monday."})
    assert scored(substantive_latency(talk, SCENARIO)["max"]).value == pytest.approx(0.7)


def test_a_reprompt_is_timed_from_what_was_heard_last() -> None:
    quiet = StayedSilent(at(4.5), 1, at(16.0))
    talk = call([Said(1.0, 2.0), Said(17.0, 18.0)], [(2.5, 4.0), (10.5, 12.0), (14.0, 15.0)], [quiet])
    found = scored(silence_reprompt(talk, SCENARIO)["p50"])
    assert found.value == pytest.approx(6.5)
    assert found.n == 1


def test_an_agent_that_waits_the_silence_out_is_censored_at_its_end() -> None:
    quiet = StayedSilent(at(4.5), 1, at(14.0))
    talk = call([Said(1.0, 2.0), Said(14.1, 15.0)], [(2.5, 4.0), (15.5, 17.0)], [quiet])
    found = scored(silence_reprompt(talk, SCENARIO)["max"])
    assert found.censored
    assert found.value == pytest.approx(10.0)


def test_a_pause_inside_the_agents_turn_is_no_reprompt() -> None:
    quiet = StayedSilent(at(4.2), 1, at(14.0))
    talk = call([Said(1.0, 2.0)], [(2.5, 4.0), (4.5, 6.0), (11.0, 12.0)], [quiet], seconds=15.0)
    assert scored(silence_reprompt(talk, SCENARIO)["p50"]).value == pytest.approx(5.0)


def test_a_hold_is_no_silence_that_wants_a_reprompt() -> None:
    asked = StayedSilent(at(2.0), 1, at(12.0), "hold")
    talk = call([Said(1.0, 2.0, "One moment please"), Said(12.5, 13.0)], [(13.5, 15.0)], [asked])
    assert reason(silence_reprompt(talk, SCENARIO)["p50"]) == "the caller never stayed silent on purpose"


def test_an_agent_that_is_asked_to_hold_owes_nothing_meanwhile() -> None:
    lines = [Said(1.0, 2.0, "One moment please"), Said(14.0, 15.0)]
    asked = StayedSilent(at(2.0), 1, at(14.0), "hold")
    held = call(lines, [(0.1, 0.8), (15.5, 17.0)], [asked])
    assert scored(dead_air(held, SCENARIO)["count"]).value == 0
    assert scored(unanswered_turns(held, SCENARIO)).value == 0
    assert "1 on hold" in str(scored(response_latency(held, SCENARIO)["max"]).detail)
    ignored = call(lines, [(0.1, 0.8), (15.5, 17.0)])
    assert scored(dead_air(ignored, SCENARIO)["count"]).value == 1
    assert scored(unanswered_turns(ignored, SCENARIO)).value == 1


def test_an_agent_that_says_it_will_wait_has_discharged_the_hold() -> None:
    asked = StayedSilent(at(2.0), 1, at(8.0), "hold")
    talk = call([Said(1.0, 2.0), Said(14.0, 15.0)], [(0.1, 0.8), (2.6, 3.0), (15.5, 17.0)], [asked])
    assert scored(dead_air(talk, SCENARIO)["count"]).value == 0


def test_a_reply_into_the_callers_own_pause_is_premature() -> None:
    lines = [Said(1.0, 2.0, "I would like", held=True), Said(3.5, 4.5, "a table")]
    early = scored(premature_replies(call(lines, [(2.8, 6.0)]), SCENARIO))
    assert (early.value, early.n) == (1, 1)
    assert early.values == pytest.approx((-1.7,))
    in_time = call(lines, [(5.2, 6.0)])
    assert scored(premature_replies(in_time, SCENARIO)).value == 0
    assert scored(response_latency(in_time, SCENARIO)["max"]).value == pytest.approx(0.7)


@pytest.mark.parametrize("party", list(Party))
def test_speech_after_either_side_hung_up_is_heard_by_nobody(party: Party) -> None:
    over = HungUp(at(5.0), party)
    talk = call([Said(1.0, 2.0)], [(2.5, 4.0), (4.8, 5.3), (5.6, 5.8)], [over], seconds=6.0)
    found = scored(speech_after_hangup(talk, SCENARIO))
    assert found.value == pytest.approx(0.5)
    assert [(span.start, span.end) for span in found.spans] == [pytest.approx((5.0, 5.3)), pytest.approx((5.6, 5.8))]


def test_silence_after_the_call_is_no_speech_and_an_unrecorded_end_shows_nothing() -> None:
    over = HungUp(at(5.0), Party.CALLER)
    quiet = call([Said(1.0, 2.0)], [(2.5, 4.0)], [over], seconds=6.0)
    assert scored(speech_after_hangup(quiet, SCENARIO)).value == 0.0
    short = call([Said(1.0, 2.0)], [(2.5, 4.0)], seconds=5.0, hung_up=Party.AGENT)
    assert "nothing was recorded" in reason(speech_after_hangup(short, SCENARIO))
    assert reason(speech_after_hangup(call([], [(1.0, 2.0)]), SCENARIO)) == "nobody hung up"


def test_speech_that_goes_on_behind_a_pause_is_no_reprompt() -> None:
    quiet = StayedSilent(at(4.7), 1, at(20.0))
    talk = call([Said(1.0, 2.0)], [(2.5, 4.0), (4.7, 8.0)], [quiet], seconds=21.0)
    found = scored(silence_reprompt(talk, SCENARIO)["max"])
    assert found.censored
    assert found.value == pytest.approx(12.0)


def test_an_agent_that_was_left_too_little_time_has_not_failed_to_speak_again() -> None:
    quiet = StayedSilent(at(4.7), 1, at(14.0))
    talk = call([Said(1.0, 2.0), Said(14.5, 15.0)], [(2.5, 4.0), (4.6, 13.5)], [quiet])
    assert "nearly through" in reason(silence_reprompt(talk, SCENARIO)["max"])
