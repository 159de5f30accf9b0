from __future__ import annotations

from dataclasses import replace

import pytest

from harness.score import Limit, Verdict
from harness.scorers.dead_air import dead_air
from harness.scorers.greeting_latency import greeting_latency
from harness.scorers.premature_replies import premature_replies
from harness.scorers.response_latency import response_latency
from harness.scorers.unanswered_turns import unanswered_turns
from harness.timeline import AudioWithdrawn, Party, ReplyEnded, Starved, ToolCalled
from tests.scorers.calls import RESOLUTION, SCENARIO, Said, at, call, frames, reason, scored


def test_latency_runs_from_the_end_of_the_callers_last_voiced_sample_to_the_replys_first() -> None:
    talk = call(
        [Said(2.0, 4.0), Said(7.0, 8.0), Said(12.0, 12.5)],
        [(0.5, 1.5), (4.7, 6.0), (8.2, 11.0), (14.0, 15.0)],
    )
    found = response_latency(talk, SCENARIO)
    assert scored(found["p50"]).value == pytest.approx(0.7)
    assert scored(found["max"]).value == pytest.approx(1.5)
    assert scored(found["p50"]).values == pytest.approx((0.7, 0.2, 1.5))
    assert scored(found["p50"]).n == 3
    assert scored(found["p50"]).resolution == RESOLUTION
    decides = scored(found["max"]).spans[0]
    assert (decides.start, decides.end) == pytest.approx((12.5, 14.0))


def test_latency_is_not_taken_from_the_callers_start() -> None:
    one = call([Said(2.0, 3.0)], [(0.5, 1.5), (3.6, 5.0)])
    longer = call([Said(2.0, 7.0)], [(0.5, 1.5), (7.6, 9.0)])
    assert scored(response_latency(one, SCENARIO)["max"]).value == pytest.approx(0.6)
    assert scored(response_latency(longer, SCENARIO)["max"]).value == pytest.approx(0.6)


def test_a_latency_just_below_nought_is_kept_as_it_is() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (3.95, 6.0)])
    found = scored(response_latency(talk, SCENARIO)["p50"])
    assert found.value == pytest.approx(-0.05)
    assert not found.censored
    assert scored(premature_replies(talk, SCENARIO)).value == 0


def test_a_premature_reply_ranks_above_every_latency_and_passes_no_limit_from_above() -> None:
    talk = call([Said(2.0, 4.0), Said(7.0, 8.0)], [(0.5, 1.5), (4.4, 6.0), (7.5, 9.0)])
    found = response_latency(talk, SCENARIO)
    assert scored(found["p50"]).value == pytest.approx(0.4)
    worst = scored(found["max"])
    assert worst.censored
    assert worst.values[0] == pytest.approx(0.4)
    assert worst.values[1] is None
    assert "premature" in str(worst.detail)
    assert worst.spans[0].note == "a premature reply (-0.50 s)"
    assert Limit.parse("<= 1.5s").judge(worst) is Verdict.FAIL
    early = scored(premature_replies(talk, SCENARIO))
    assert (early.value, early.n) == (1, 2)
    assert early.values == pytest.approx((-0.5,))


def test_a_lone_premature_reply_fails_a_limit_although_its_latency_is_negative() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (3.0, 6.0)])
    found = scored(response_latency(talk, SCENARIO)["p50"])
    assert Limit.parse("<= 3s").judge(found) is Verdict.FAIL


def test_an_unanswered_turn_ranks_above_every_latency() -> None:
    talk = call([Said(2.0, 4.0), Said(7.0, 8.0), Said(20.0, 21.0)], [(0.5, 1.5), (4.4, 6.0), (21.3, 23.0)])
    found = response_latency(talk, SCENARIO)
    worst = scored(found["max"])
    assert worst.censored
    assert worst.value == pytest.approx(12.0)
    assert worst.values[::2] == pytest.approx((0.4, 0.3))
    assert worst.values[1] is None
    assert scored(found["p50"]).value == pytest.approx(0.4)
    assert scored(unanswered_turns(talk, SCENARIO)).value == 1


def test_a_percentile_that_falls_on_the_unanswered_is_censored() -> None:
    talk = call([Said(2.0, 3.0), Said(8.0, 9.0), Said(15.0, 16.0)], [(0.5, 1.5), (3.5, 4.0)], seconds=30.0)
    assert scored(response_latency(talk, SCENARIO)["p50"]).censored
    assert scored(unanswered_turns(talk, SCENARIO)).values == pytest.approx((6.0, 14.0))


def test_the_agents_murmur_inside_the_callers_turn_is_no_reply() -> None:
    talk = call([Said(2.0, 6.0)], [(0.5, 1.5), (3.0, 3.9), (6.5, 8.0)])
    assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(0.5)
    assert scored(premature_replies(talk, SCENARIO)).value == 0


def test_a_spurt_of_more_than_a_second_inside_the_callers_turn_is_a_premature_reply() -> None:
    talk = call([Said(2.0, 6.0)], [(0.5, 1.5), (3.0, 4.1), (6.5, 8.0)])
    assert scored(premature_replies(talk, SCENARIO)).value == 1


def test_speech_still_running_from_before_is_not_the_reply() -> None:
    talk = call([Said(2.0, 4.0, kind="correction")], [(0.5, 2.6), (4.9, 6.0)])
    assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(0.9)


def test_speech_that_goes_on_after_a_pause_where_the_caller_stopped_is_not_the_reply() -> None:
    talk = call([Said(2.0, 4.0, kind="correction")], [(0.5, 3.8), (4.2, 8.0)], seconds=8.5)
    found = response_latency(talk, SCENARIO)
    assert "overlapped" in reason(found["p50"])
    assert scored(unanswered_turns(talk, SCENARIO)).value == 0


def test_what_follows_a_withdrawal_within_a_spurt_is_a_reply_of_its_own() -> None:
    talk = call(
        [Said(2.0, 3.0, kind="stop_request")],
        [(0.5, 5.0)],
        [AudioWithdrawn(at(3.4), 16_000)],
    )
    assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(0.4)


def test_an_utterance_that_ends_after_the_caller_and_the_next_that_begins_at_once_are_two() -> None:
    talk = call([Said(2.0, 3.0, kind="clarify")], [(0.5, 6.0)], [ReplyEnded(at(4.0), "greeting")])
    assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(1.0)


def test_onsets_within_300_ms_are_a_collision_and_nobodys_fault() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (2.25, 3.6), (4.8, 6.0)])
    found = response_latency(talk, SCENARIO)
    assert scored(found["max"]).value == pytest.approx(0.8)
    assert scored(premature_replies(talk, SCENARIO)).value == 0
    only = call([Said(2.0, 4.0)], [(0.5, 1.0), (1.8, 4.6)], seconds=5.0)
    assert "collision" in reason(response_latency(only, SCENARIO)["max"])


def test_what_the_agent_says_over_a_caller_that_began_in_its_pause_is_a_premature_reply() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.9), (2.4, 3.6), (4.5, 6.0)])
    assert scored(premature_replies(talk, SCENARIO)).values == pytest.approx((-1.6,))


def test_a_starved_utterance_is_one_speech_however_long_it_was_dry() -> None:
    spurts = [(0.5, 2.2), (4.6, 6.0)]
    dry = Starved(at(2.2), at(2.4), "r1")
    line = [Said(2.0, 4.0, kind="correction")]
    assert "overlapped" in reason(response_latency(call(line, spurts, [dry]), SCENARIO)["max"])
    assert scored(response_latency(call(line, spurts), SCENARIO)["max"]).value == pytest.approx(0.6)


def test_a_speech_that_goes_on_behind_the_callers_turn_is_no_murmur_where_the_agent_ends_it_there() -> None:
    lines, spurts = [Said(2.0, 6.0)], [(0.5, 1.5), (5.0, 5.7), (6.1, 9.0)]
    unnamed = call(lines, spurts, seconds=14.0)
    murmured = call(lines, spurts, [ReplyEnded(at(1.5)), ReplyEnded(at(5.7)), ReplyEnded(at(9.0))], seconds=14.0)
    cut_in = call(lines, spurts, [ReplyEnded(at(1.5)), ReplyEnded(at(9.0))], seconds=14.0)
    for talk in (unnamed, murmured):
        assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(0.1)
    assert scored(response_latency(cut_in, SCENARIO)["max"]).values == (None,)


def test_a_backchannel_of_the_callers_is_no_turn() -> None:
    talk = call([Said(2.0, 3.0), Said(5.0, 5.4, "mm-hmm", "backchannel")], [(0.5, 1.5), (3.5, 8.0)])
    assert scored(response_latency(talk, SCENARIO)["p50"]).n == 1
    assert scored(unanswered_turns(talk, SCENARIO)).n == 1


def test_p95_and_p90_are_nearest_rank() -> None:
    lines = [Said(10.0 * k, 10.0 * k + 2.0) for k in range(1, 21)]
    spurts = [(line.end + 0.05 * (k + 1), line.end + 4.0) for k, line in enumerate(lines)]
    found = response_latency(call(lines, spurts), SCENARIO)
    assert scored(found["p90"]).value == pytest.approx(0.90)
    assert scored(found["p95"]).value == pytest.approx(0.95)
    assert scored(found["max"]).value == pytest.approx(1.00)


def test_turns_with_tools_are_broken_down_but_all_turns_count() -> None:
    talk = call(
        [Said(2.0, 4.0), Said(7.0, 8.0)],
        [(0.5, 1.5), (4.4, 6.0), (10.0, 12.0)],
        [ToolCalled(at(8.6), "find_order")],
    )
    found = scored(response_latency(talk, SCENARIO)["p50"])
    assert found.n == 2
    assert "with tools p50 2.00 s of 1" in str(found.detail)


def test_a_turn_in_which_our_frames_were_late_is_left_out_and_said_to_be() -> None:
    late = [0.0] * frames(15.0)
    late[frames(4.2)] = 41.0
    talk = call([Said(2.0, 4.0), Said(7.0, 8.0)], [(0.5, 1.5), (4.4, 6.0), (8.9, 12.0)], lateness=late)
    found = scored(response_latency(talk, SCENARIO)["p50"])
    assert found.values == pytest.approx((0.9,))
    assert "1 left out: harness was late" in str(found.detail)


def test_where_lateness_spoiled_every_turn_the_score_says_so() -> None:
    late = [11.0] * frames(15.0)
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (4.4, 6.0)], lateness=late)
    assert reason(response_latency(talk, SCENARIO)["p50"]).startswith("harness was late: p99 11 ms")
    assert reason(premature_replies(talk, SCENARIO)).startswith("harness was late")
    assert reason(greeting_latency(talk, SCENARIO)).startswith("harness was late")


def test_lateness_outside_a_turns_window_spoils_nothing() -> None:
    late = [0.0] * frames(15.0)
    late[frames(10.0)] = 200.0
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (4.4, 6.0)], lateness=late)
    assert scored(response_latency(talk, SCENARIO)["p50"]).value == pytest.approx(0.4)


def test_a_call_in_which_the_caller_said_nothing_has_no_latency() -> None:
    talk = call([], [(0.5, 1.5)])
    assert reason(response_latency(talk, SCENARIO)["p50"]) == "the caller said nothing"
    assert reason(unanswered_turns(talk, SCENARIO)) == "the caller said nothing"
    assert reason(premature_replies(talk, SCENARIO)) == "the caller said nothing"


def test_a_caller_that_waits_less_than_a_second_and_a_half_was_not_left_unanswered() -> None:
    talk = call([Said(2.0, 4.0), Said(5.4, 6.0)], [(0.5, 1.5), (6.5, 8.0)])
    assert scored(unanswered_turns(talk, SCENARIO)).value == 0
    assert scored(response_latency(talk, SCENARIO)["p50"]).n == 1


def test_the_last_turn_counts_when_the_call_ends_on_it() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5)], seconds=16.0, hung_up=Party.CALLER)
    found = scored(unanswered_turns(talk, SCENARIO))
    assert found.value == 1
    assert found.values == pytest.approx((12.0,))


def test_a_goodbye_answered_by_hanging_up_is_answered() -> None:
    bye = Said(2.0, 4.0, "Thanks, bye.")
    by_agent = call([bye], [(0.5, 1.5)], seconds=7.0, hung_up=Party.AGENT)
    by_caller = call([bye], [(0.5, 1.5)], seconds=7.0, hung_up=Party.CALLER)
    no_goodbye = call([Said(2.0, 4.0)], [(0.5, 1.5)], seconds=7.0, hung_up=Party.AGENT)
    assert scored(unanswered_turns(by_agent, SCENARIO)).value == 0
    assert scored(unanswered_turns(by_caller, SCENARIO)).value == 1
    assert scored(unanswered_turns(no_goodbye, SCENARIO)).value == 1


def test_speech_after_the_call_was_over_answers_nothing() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (8.2, 8.8)], seconds=8.0, hung_up=Party.CALLER)
    assert scored(unanswered_turns(talk, SCENARIO)).value == 1


def test_the_greeting_is_timed_from_the_connection_and_not_pooled_with_the_turns() -> None:
    talk = call([Said(4.0, 5.0)], [(1.3, 3.0), (5.2, 6.0)])
    assert scored(greeting_latency(talk, SCENARIO)).value == pytest.approx(1.3)
    assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(0.2)


def test_an_agent_that_never_greets_passes_no_limit_on_its_greeting() -> None:
    silent = call([], [], seconds=12.0)
    late = call([Said(12.0, 13.0)], [(13.5, 15.0)])
    for talk in (silent, late):
        found = scored(greeting_latency(talk, SCENARIO))
        assert found.censored
        assert found.value == pytest.approx(12.0)
        assert Limit.parse("<= 60s").judge(found) is Verdict.FAIL


def test_where_the_caller_speaks_first_no_greeting_is_due() -> None:
    talk = call([Said(0.2, 1.0)], [(1.5, 3.0)])
    scenario = replace(SCENARIO, first="caller")
    assert reason(greeting_latency(talk, scenario)) == "the caller speaks first: no greeting was due"


def test_what_follows_a_turn_that_began_in_silence_is_its_reply_though_the_agent_calls_it_the_same() -> None:
    dry = [Starved(at(2.0), at(7.5), "r")]
    talk = call([Said(2.6, 5.0)], [(0.5, 2.0), (9.5, 11.0)], dry)
    assert scored(response_latency(talk, SCENARIO)["max"]).value == pytest.approx(4.5)
    assert scored(dead_air(talk, SCENARIO)["longest"]).value == pytest.approx(4.5)
    soon = call([Said(2.5, 5.0)], [(0.5, 2.0), (9.5, 11.0)], dry)
    assert "overlapped" in reason(response_latency(soon, SCENARIO)["max"])
