from __future__ import annotations

import pytest

from harness.score import Limit, Verdict
from harness.scorers.response_latency import response_latency
from harness.scorers.yield_delay import yield_delay
from harness.scorers.yield_rate import yield_rate
from harness.timeline import AgentSaid, AudioWithdrawn, Event, HungUp, MissedByPlan, Party, ReplyEnded, Starved
from tests.scorers.calls import SCENARIO, Said, at, call, frames, reason, scored

CUT_IN = Said(2.0, 4.0, "Sorry, not the twelfth, the thirteenth", "correction")


def cleared(seconds: float, dropped: float = 1.0) -> AudioWithdrawn:
    return AudioWithdrawn(at(seconds), at(dropped))


def test_the_delay_runs_from_the_callers_onset_to_the_end_of_the_speech_that_was_running() -> None:
    talk = call([CUT_IN], [(0.5, 2.5), (4.8, 6.0)], [cleared(2.5)])
    found = yield_delay(talk, SCENARIO)
    assert scored(found["p50"]).value == pytest.approx(0.5)
    assert scored(found["max"]).value == pytest.approx(0.5)
    assert scored(found["max"]).n == 1
    assert scored(yield_rate(talk, SCENARIO)).value == 1.0


def test_an_agent_that_bursts_ahead_and_clears_is_timed_at_the_clear() -> None:
    talk = call([CUT_IN], [(0.5, 2.7), (4.8, 6.0)], [cleared(2.7, 6.0)])
    assert scored(yield_delay(talk, SCENARIO)["max"]).value == pytest.approx(0.7)


def test_a_clear_that_withdrew_nothing_proves_nothing() -> None:
    talk = call([CUT_IN], [(0.5, 2.7)], [AudioWithdrawn(at(2.7), 0)])
    assert "unproved" in reason(yield_delay(talk, SCENARIO)["max"])


def test_a_pause_inside_speech_is_no_yield() -> None:
    deaf = call([CUT_IN], [(0.5, 2.4), (2.8, 4.1), (4.5, 7.0)])
    found = scored(yield_delay(deaf, SCENARIO)["max"])
    assert found.censored
    assert found.value == 3.0
    assert found.values == (None,)
    assert Limit.parse("<= 5s").judge(found) is Verdict.FAIL
    assert scored(yield_rate(deaf, SCENARIO)).value == 0.0


def test_a_pause_where_the_caller_stopped_is_no_yield() -> None:
    deaf = call([CUT_IN], [(0.5, 3.9), (4.4, 7.0)])
    assert scored(yield_delay(deaf, SCENARIO)["max"]).censored


@pytest.mark.parametrize(("pause", "goes_on"), [(0.60, True), (0.61, False)])
def test_speech_that_resumes_within_600_ms_is_the_same_speech(pause: float, goes_on: bool) -> None:
    talk = call([CUT_IN], [(0.5, 4.2), (4.2 + pause, 7.0)])
    found = yield_delay(talk, SCENARIO)["max"]
    if goes_on:
        assert scored(found).censored
    else:
        assert "unproved" in reason(found)


@pytest.mark.parametrize(("pause", "goes_on"), [(0.98, True), (1.0, False)])
def test_speech_that_resumes_before_a_second_while_the_caller_speaks_is_the_same_speech(
    pause: float, goes_on: bool
) -> None:
    talk = call([CUT_IN], [(0.5, 2.5), (2.5 + pause, 7.0)])
    found = yield_delay(talk, SCENARIO)["max"]
    if goes_on:
        assert scored(found).censored
    else:
        assert "unproved" in reason(found)


@pytest.mark.parametrize("ending", [cleared(2.5), ReplyEnded(at(2.5), "r1")])
def test_who_talks_on_over_the_caller_within_a_second_has_not_yielded_whatever_was_withdrawn(ending: Event) -> None:
    other = call([CUT_IN], [(0.5, 2.5), (2.9, 9.0)], [ending])
    assert scored(yield_delay(other, SCENARIO)["max"]).censored


@pytest.mark.parametrize("ending", [cleared(4.2), ReplyEnded(at(4.2), "r1")])
def test_a_new_utterance_within_600_ms_of_the_callers_silence_is_not_the_same_speech(ending: Event) -> None:
    other = call([CUT_IN], [(0.5, 4.2), (4.6, 9.0)], [ending])
    running_on = call([CUT_IN], [(0.5, 4.2), (4.6, 9.0)])
    assert scored(yield_delay(running_on, SCENARIO)["max"]).censored
    found = yield_delay(other, SCENARIO)["max"]
    if isinstance(ending, AudioWithdrawn):
        assert scored(found).value == pytest.approx(2.2)
    else:
        assert "1 ended on its own" in reason(found)


def test_utterances_that_follow_each_other_without_a_silence_over_the_caller_are_no_yield() -> None:
    talk = call([CUT_IN], [(0.5, 9.0)], [ReplyEnded(at(2.5), "sentence 1"), ReplyEnded(at(3.5), "sentence 2")])
    assert scored(yield_delay(talk, SCENARIO)["max"]).censored


def test_an_agent_that_withdraws_and_talks_on_without_a_silence_over_the_caller_did_not_yield() -> None:
    once = call([CUT_IN], [(0.5, 9.0)], [cleared(2.3, 3.0)])
    often = call([CUT_IN], [(0.5, 9.0)], [cleared(2.1 + 0.5 * k, 3.0) for k in range(4)])
    assert scored(yield_delay(once, SCENARIO)["max"]).censored
    assert scored(yield_delay(often, SCENARIO)["max"]).censored


@pytest.mark.parametrize("resumes", [3.2, 3.7])
def test_a_pause_between_two_utterances_is_no_yield_though_the_text_goes_on(resumes: float) -> None:
    cut_in = Said(2.0, 2.9, "No", "correction")
    text = AgentSaid(at(0.4), " ".join(["You would like an appointment on the twelfth of March"] * 4))
    ends = [ReplyEnded(at(2.8)), ReplyEnded(at(9.0))]
    deaf = call([cut_in], [(0.5, 2.8), (resumes, 9.0)], [text, *ends])
    assert "1 unproved (0.80 s)" in reason(yield_delay(deaf, SCENARIO)["max"])
    quiet = call([cut_in], [(0.5, 2.8), (4.2, 6.0)], [text, *ends, AgentSaid(at(4.2), "Not the twelfth, then.")])
    assert scored(yield_delay(quiet, SCENARIO)["max"]).value == pytest.approx(0.8)


def test_a_text_that_is_not_for_saying_proves_nothing() -> None:
    shown = AgentSaid(at(0.4), " ".join(["You would like an appointment on the twelfth of March"] * 4), spoken=False)
    talk = call([CUT_IN], [(0.5, 2.6), (4.8, 6.0)], [AgentSaid(at(0.4), "You would like an appointment"), shown])
    assert "1 ended on its own" in reason(yield_delay(talk, SCENARIO)["max"])


def test_network_jitter_is_no_yield() -> None:
    spurts = [(0.5, 2.3), (4.6, 7.0)]
    dry = Starved(at(2.3), at(2.3), "r1")
    assert scored(yield_delay(call([CUT_IN], spurts, [dry]), SCENARIO)["max"]).censored
    assert "unproved" in reason(yield_delay(call([CUT_IN], spurts), SCENARIO)["max"])


def test_an_unnamed_utterance_that_goes_on_behind_the_callers_turn_is_its_answer() -> None:
    dry = Starved(at(2.3), at(2.3))
    talk = call([CUT_IN], [(0.5, 2.3), (4.6, 7.0)], [dry])
    assert "1 unproved (0.30 s)" in reason(yield_delay(talk, SCENARIO)["max"])


def test_a_natural_end_is_no_yield() -> None:
    ended = call([CUT_IN], [(0.5, 2.6), (4.8, 6.0)], [ReplyEnded(at(2.7), "r1")])
    assert "1 ended on its own" in reason(yield_delay(ended, SCENARIO)["max"])
    assert "1 ended on its own" in reason(yield_rate(ended, SCENARIO))


def test_a_text_that_had_a_second_or_more_left_proves_the_yield() -> None:
    text = "You would like an appointment on the twelfth of March at three in the afternoon with doctor Mehta, correct"
    talk = call([CUT_IN], [(0.5, 2.6), (4.8, 6.0)], [AgentSaid(at(0.4), text)])
    assert scored(yield_delay(talk, SCENARIO)["max"]).value == pytest.approx(0.6)


def test_a_text_that_had_been_said_shows_a_natural_end() -> None:
    talk = call([CUT_IN], [(0.5, 2.6), (4.8, 6.0)], [AgentSaid(at(0.4), "You would like an appointment")])
    assert "1 ended on its own" in reason(yield_delay(talk, SCENARIO)["max"])


@pytest.mark.parametrize(
    "again",
    [
        pytest.param([AgentSaid(at(0.5), "You would like an appointment")] * 4, id="told four times"),
        pytest.param([AgentSaid(at(0.6), "You would like an"), AgentSaid(at(0.7), "You would")], id="told in parts"),
    ],
)
def test_a_text_that_is_told_again_is_not_more_to_say(again: list[AgentSaid]) -> None:
    told = [AgentSaid(at(0.4), "You would like an appointment"), *again]
    talk = call([CUT_IN], [(0.5, 2.6), (4.8, 6.0)], told)
    assert "1 ended on its own" in reason(yield_delay(talk, SCENARIO)["max"])


def test_a_text_that_grows_as_it_is_told_is_one_text() -> None:
    whole = "You would like an appointment on the twelfth of March at three in the afternoon with doctor Mehta, correct"
    parts = [AgentSaid(at(0.4 + i / 100), " ".join(whole.split()[: i + 1])) for i in range(len(whole.split()))]
    talk = call([CUT_IN], [(0.5, 2.6), (4.8, 6.0)], parts)
    assert scored(yield_delay(talk, SCENARIO)["max"]).value == pytest.approx(0.6)


def test_what_is_told_once_the_caller_has_cut_in_proves_no_yield() -> None:
    """It may be the next utterance: the one that was running may have ended by itself."""
    later = "You would like an appointment on the twelfth of March at three in the afternoon with doctor Mehta, correct"
    talk = call([CUT_IN], [(0.5, 2.6), (4.8, 6.0)], [AgentSaid(at(2.2), later)])
    assert "1 unproved" in reason(yield_delay(talk, SCENARIO)["max"])


def test_the_agents_own_pace_sharpens_what_its_text_had_left() -> None:
    """90 letters in 9 s elsewhere: 40 letters take 4 s here, and 2.1 s of them were said."""
    letters = " ".join(["abcde"] * 8)
    told = [AgentSaid(at(0.4), letters), AgentSaid(at(5.0), " ".join(["abcde"] * 18))]
    spurts = [(0.5, 2.6), (5.0, 14.0)]
    talk = call([CUT_IN], spurts, told)
    assert scored(yield_delay(talk, SCENARIO)["max"]).value == pytest.approx(0.6)
    alone = call([CUT_IN], [(0.5, 2.6)], told[:1])
    assert "1 unproved" in reason(yield_delay(alone, SCENARIO)["max"])


def test_a_turn_that_the_agent_broke_off_is_no_measure_of_its_pace() -> None:
    """90 letters told and 1.5 s of them said: nobody speaks so fast."""
    told = [AgentSaid(at(0.4), " ".join(["abcde"] * 14)), AgentSaid(at(5.0), " ".join(["abcde"] * 18))]
    talk = call([CUT_IN], [(0.5, 2.6), (5.0, 6.5)], told)
    assert scored(yield_delay(talk, SCENARIO)["max"]).value == pytest.approx(0.6)


def test_words_told_only_when_they_were_cut_show_nothing() -> None:
    talk = call([CUT_IN], [(0.5, 2.6)], [AgentSaid(at(2.6), "You would like", interrupted=True)], seconds=6.0)
    assert "1 unproved" in reason(yield_delay(talk, SCENARIO)["max"])


def test_a_score_that_would_rest_on_more_unproved_than_proved_events_is_not_measured() -> None:
    cut_ins = [Said(10.0 * k + 2.0, 10.0 * k + 4.0, "Wait", "stop_request") for k in range(3)]
    spurts = [(10.0 * k + 0.5, 10.0 * k + 2.5) for k in range(3)]
    one = call(cut_ins, spurts, [cleared(2.5)])
    two = call(cut_ins, spurts, [cleared(2.5), cleared(12.5)])
    assert reason(yield_delay(one, SCENARIO)["p50"]).startswith(
        "more yields unproved than proved: 1 proved, 2 unproved"
    )
    assert reason(yield_rate(one, SCENARIO)).startswith("more yields unproved than proved")
    assert scored(yield_delay(two, SCENARIO)["p50"]).n == 2
    assert "1 unproved (0.50 s)" in str(scored(yield_delay(two, SCENARIO)["p50"]).detail)


def test_a_failure_to_yield_ranks_above_every_yield() -> None:
    cut_ins = [Said(20.0 * k + 2.0, 20.0 * k + 4.0, "Wait", "stop_request") for k in range(3)]
    spurts = [(0.5, 2.4), (20.5, 22.9), (40.5, 49.0)]
    talk = call(cut_ins, spurts, [cleared(2.4), cleared(22.9)])
    found = yield_delay(talk, SCENARIO)
    assert scored(found["p50"]).value == pytest.approx(0.9)
    assert scored(found["max"]).censored
    assert scored(found["max"]).value == 3.0


def test_the_rate_counts_yields_within_two_seconds_inclusive_over_yields_and_failures() -> None:
    delays = [0.5, 2.0, 2.1, 3.0]
    cut_ins = [Said(20.0 * k + 2.0, 20.0 * k + 4.0, "Wait", "stop_request") for k in range(5)]
    spurts = [(20.0 * k + 0.5, 20.0 * k + 2.0 + delay) for k, delay in enumerate(delays)] + [(80.5, 90.0)]
    talk = call(cut_ins, spurts, [cleared(20.0 * k + 2.0 + delay) for k, delay in enumerate(delays)])
    found = scored(yield_rate(talk, SCENARIO))
    assert found.value == pytest.approx(2 / 5)
    assert found.n == 5
    assert found.few
    assert str(found.detail).startswith("2 of 5 yielded within 2 s")
    assert scored(yield_delay(talk, SCENARIO)["max"]).values[:4] == pytest.approx(delays)


def test_an_interruption_that_never_happened_scores_nothing() -> None:
    never = MissedByPlan(at(3.0), 1, "correction", "the agent's turn ended 0.4 s before the instant")
    assert reason(yield_rate(call([], [(0.5, 2.0)]), SCENARIO)) == "the caller never interrupted"
    assert "1 missed by plan" in reason(yield_rate(call([], [(0.5, 2.0)], [never]), SCENARIO))


def test_an_interruption_in_a_pause_of_the_agents_speech_is_over_that_speech() -> None:
    talk = call([CUT_IN], [(0.5, 1.9), (2.45, 7.0)])
    assert scored(yield_delay(talk, SCENARIO)["max"]).censored


def test_an_interruption_into_silence_is_no_interruption_of_speech() -> None:
    talk = call([CUT_IN], [(0.2, 1.0), (4.8, 6.0)])
    assert "the agent wasn't speaking" in reason(yield_delay(talk, SCENARIO)["max"])


def test_a_collision_counts_for_neither() -> None:
    talk = call([CUT_IN], [(1.8, 2.4), (4.8, 6.0)], [cleared(2.4)])
    assert "a collision" in reason(yield_delay(talk, SCENARIO)["max"])


def test_an_agent_that_hangs_up_did_not_yield() -> None:
    talk = call([CUT_IN], [(0.5, 2.6)], seconds=2.6, hung_up=Party.AGENT)
    assert "the call was over" in reason(yield_delay(talk, SCENARIO)["max"])


def test_what_the_agent_says_after_the_call_was_over_decides_nothing() -> None:
    over = HungUp(at(4.5), Party.CALLER)
    talk = call([CUT_IN], [(0.5, 5.4)], [over], seconds=5.5)
    assert "the call was over before it was decided" in reason(yield_delay(talk, SCENARIO)["max"])
    later = HungUp(at(5.2), Party.CALLER)
    assert scored(yield_delay(call([CUT_IN], [(0.5, 5.4)], [later], seconds=5.5), SCENARIO)["max"]).censored


def test_a_backchannel_is_no_true_interruption() -> None:
    talk = call([Said(2.0, 2.4, "mm-hmm", "backchannel")], [(0.5, 6.0)])
    assert reason(yield_delay(talk, SCENARIO)["max"]) == "the caller never interrupted"


def test_our_own_lateness_is_not_the_agents_delay() -> None:
    late = [0.0] * frames(6.0)
    late[frames(2.2)] = 60.0
    talk = call([CUT_IN], [(0.5, 2.5)], [cleared(2.5)], lateness=late)
    assert "harness was late" in reason(yield_delay(talk, SCENARIO)["max"])


STOP = Said(2.0, 2.4, "Stop.", "stop_request")
STORY = "Your appointment is on the twelfth of March at four in the afternoon with Doctor Miller in the second room"


def test_what_is_taken_back_and_sent_again_at_once_is_no_yield() -> None:
    for agent in ([(0.5, 9.0)], [(0.5, 2.6), (2.9, 9.0)]):
        again = [AudioWithdrawn(at(2.6), at(6.0), None, resent=True)]
        talk = call([STOP], agent, again)
        assert scored(yield_delay(talk, SCENARIO)["max"]).censored
        assert scored(yield_rate(talk, SCENARIO)).value == 0.0
        assert "overlapped" in reason(response_latency(talk, SCENARIO)["max"])


def test_a_stop_in_a_pause_that_took_nothing_back_is_no_yield_by_the_text_alone() -> None:
    events = [AgentSaid(at(0.4), STORY), AudioWithdrawn(at(2.65), 0)]
    paused = call([STOP], [(0.5, 2.6), (2.95, 7.0)], events)
    assert "1 unproved (0.60 s)" in reason(yield_delay(paused, SCENARIO)["max"])
    stopped = call([STOP], [(0.5, 2.6), (4.5, 7.0)], events)
    assert scored(yield_delay(stopped, SCENARIO)["max"]).value == pytest.approx(0.6)


@pytest.mark.parametrize(("new", "proved"), [([], False), ([AgentSaid(at(3.7), "As you wish, I stop.")], True)])
def test_the_end_of_an_utterance_is_no_yield_where_the_next_was_told_before(new: list[Event], proved: bool) -> None:
    events = [AgentSaid(at(0.4), STORY), ReplyEnded(at(2.6), "one"), ReplyEnded(at(7.0), "two"), *new]
    found = yield_delay(call([STOP], [(0.5, 2.6), (3.8, 7.0)], events), SCENARIO)["max"]
    if proved:
        assert scored(found).value == pytest.approx(0.6)
    else:
        assert "1 unproved" in reason(found)
