"""Sounds that want no floor: who goes on, who stops, who goes on again, and who loses the thread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.conversation import Conversation
from harness.scorers.resumed_after_false_stop import resumed_after_false_stop
from harness.scorers.selectivity import selectivity
from harness.scorers.stall_after_backchannel import stall_after_backchannel
from harness.scorers.yield_delay import yield_delay
from harness.scorers.yield_rate import yield_rate
from harness.timeline import AgentSaid, AudioWithdrawn, Controlled, MissedByPlan, ReplyEnded
from tests.scorers.calls import SCENARIO, Said, at, call, frames, reason, scored

MURMUR = Said(4.0, 4.4, "mm-hmm", "backchannel")
ASKS = Said(1.0, 2.0)
LONG = " ".join(["Your appointment is on the twelfth of March at three"] * 4)


def share(talk: Conversation) -> float:
    return scored(selectivity(talk, SCENARIO)).value


def control(seconds: float, left: float, following: float | None = None) -> Controlled:
    return Controlled(at(seconds), 0, at(left), None if following is None else at(following))


def test_a_right_hold_counts_by_what_the_agent_then_says() -> None:
    found = scored(selectivity(call([ASKS, MURMUR], [(2.5, 7.0)]), SCENARIO))
    assert (found.value, found.n, found.few) == (1.0, 1, True)
    assert "backchannel 1 of 1" in str(found.detail)


def test_a_denominator_holds_the_right_ones_too_and_by_kind() -> None:
    sounds = [
        Said(4.0, 4.4, "mm-hmm", "backchannel"),
        Said(14.0, 14.3, "", "cough"),
        Said(24.0, 24.4, "yeah", "backchannel"),
    ]
    lines = [Said(1.0, 2.0), Said(11.0, 12.0), Said(21.0, 22.0)]
    withdrawn = AudioWithdrawn(at(14.5), at(3.0))
    talk = call([*lines, *sounds], [(2.5, 7.0), (12.5, 14.5), (22.5, 27.0)], [withdrawn], seconds=30.0)
    found = scored(selectivity(talk, SCENARIO))
    assert found.value == pytest.approx(2 / 3)
    assert "backchannel 2 of 2, cough 0 of 1" in str(found.detail)
    assert found.spans[0].note.startswith("cough: stopped after 0.50 s")
    assert found.values == (1.0, 0.0, 1.0)


def test_a_stop_in_a_pause_into_which_a_murmur_fell_is_known_from_a_control_call() -> None:
    broken_off = call([ASKS, MURMUR], [(2.5, 3.95)], [control(4.0, 4.6)], seconds=12.0)
    assert share(broken_off) == 0.0
    assert scored(resumed_after_false_stop(broken_off, SCENARIO)).value == 0.0
    finished = call([ASKS, MURMUR], [(2.5, 3.95)], [control(4.0, 0.0)], seconds=12.0)
    assert share(finished) == 1.0


def test_a_natural_end_behind_a_murmur_is_no_false_stop() -> None:
    ended = call([ASKS, MURMUR], [(2.5, 4.6)], [ReplyEnded(at(4.6))], seconds=9.0)
    assert "1 not eligible" in reason(selectivity(ended, SCENARIO))
    shown = call([ASKS, MURMUR], [(2.5, 4.6)], [control(4.0, 0.6)], seconds=9.0)
    assert "1 not eligible (left alone it went on for 0.6 s)" in reason(selectivity(shown, SCENARIO))


def test_an_agent_that_does_not_go_on_after_a_pause_in_which_the_caller_murmured_stopped_for_it() -> None:
    paused = [(2.5, 3.98)]
    assert share(call([ASKS, MURMUR], paused, [control(4.0, 3.0)], seconds=9.0)) == 0.0
    alone = call([ASKS, MURMUR], paused, [control(4.0, 0.0)], seconds=9.0)
    assert share(alone) == 1.0
    briefly = call([ASKS, MURMUR], paused, [control(4.0, 0.6)], seconds=9.0)
    assert "1 not eligible (left alone it went on for 0.6 s)" in reason(selectivity(briefly, SCENARIO))


def test_a_stop_that_nothing_explains_is_undecided() -> None:
    talk = call([ASKS, MURMUR], [(2.5, 4.6)], seconds=9.0)
    assert "1 undecided (stopped after 0.60 s: nothing shows" in reason(selectivity(talk, SCENARIO))


def test_holds_do_not_flatter_an_agent_of_whose_stops_nobody_knows_the_reason() -> None:
    lines = [Said(1.0, 2.0), Said(11.0, 12.0), Said(21.0, 22.0)]
    sounds = [Said(t, t + 0.4, "mm-hmm", "backchannel") for t in (4.0, 14.0, 24.0)]
    talk = call([*lines, *sounds], [(2.5, 7.0), (12.5, 14.5), (22.5, 24.5)], seconds=30.0)
    assert reason(selectivity(talk, SCENARIO)).startswith("more stops that nothing explains")
    once = call([*lines[:2], *sounds[:2]], [(2.5, 7.0), (12.5, 14.5)], seconds=20.0)
    assert share(once) == 1.0
    assert "1 undecided" in str(scored(selectivity(once, SCENARIO)).detail)


@pytest.mark.parametrize(("left", "counts"), [(2.1, True), (2.0, False)])
def test_a_control_call_shows_whether_there_was_anything_to_stop(left: float, counts: bool) -> None:
    talk = call([ASKS, MURMUR], [(2.5, 4.6)], [control(4.0, left)], seconds=9.0)
    if counts:
        assert share(talk) == 0.0
    else:
        assert "1 not eligible" in reason(selectivity(talk, SCENARIO))


def test_a_control_call_makes_a_short_hold_eligible_or_not() -> None:
    assert share(call([ASKS, MURMUR], [(2.5, 5.8)], [control(4.0, 3.0)], seconds=9.0)) == 1.0
    assert "left alone it went on for 1.8 s" in reason(
        selectivity(call([ASKS, MURMUR], [(2.5, 5.8)], [control(4.0, 1.8)], seconds=9.0), SCENARIO)
    )
    alone = call([ASKS, MURMUR], [(2.5, 5.8)], seconds=9.0)
    assert "1 undecided" in reason(selectivity(alone, SCENARIO))


def test_the_agents_own_text_shows_what_was_left() -> None:
    assert share(call([ASKS, MURMUR], [(2.5, 4.6)], [AgentSaid(at(2.4), LONG)], seconds=9.0)) == 0.0
    short = call([ASKS, MURMUR], [(2.5, 4.6)], [AgentSaid(at(2.4), "Your appointment is booked")], seconds=9.0)
    assert "its text had been said" in reason(selectivity(short, SCENARIO))


def test_a_stop_after_a_second_is_not_for_the_sound() -> None:
    assert share(call([ASKS, MURMUR], [(2.5, 5.1)], [control(4.0, 5.0)], seconds=9.0)) == 1.0
    assert share(call([ASKS, MURMUR], [(2.5, 4.9)], [control(4.0, 5.0)], seconds=9.0)) == 0.0


def test_a_silence_of_less_than_600_ms_is_no_stop() -> None:
    dropped = AudioWithdrawn(at(4.6), at(4.0))
    assert share(call([ASKS, MURMUR], [(2.5, 4.6), (5.1, 9.0)], [dropped])) == 1.0
    assert share(call([ASKS, MURMUR], [(2.5, 4.6), (5.3, 9.0)], [dropped])) == 0.0


def test_a_deaf_agent_that_pauses_does_not_stop() -> None:
    assert share(call([ASKS, MURMUR], [(2.5, 4.3), (4.8, 8.0)])) == 1.0


def test_sentences_that_end_one_after_the_other_are_one_speech_to_hold() -> None:
    ends = [ReplyEnded(at(4.6)), ReplyEnded(at(7.0))]
    assert share(call([ASKS, MURMUR], [(2.5, 4.6), (4.9, 7.0)], ends)) == 1.0


def test_a_sound_while_the_agent_owes_nothing_is_to_be_left_unanswered() -> None:
    cough = Said(6.0, 6.3, "", "cough")
    lines = [ASKS, cough, Said(12.0, 13.0)]
    quiet = call(lines, [(2.5, 4.0), (13.5, 15.0)])
    assert share(quiet) == 1.0
    assert share(call(lines, [(2.5, 4.0), (7.5, 9.0), (13.5, 15.0)])) == 0.0
    assert share(call(lines, [(2.5, 4.0), (8.1, 9.0), (13.5, 15.0)])) == 1.0


def test_an_agent_that_had_begun_to_speak_anyway_did_not_start_for_the_sound() -> None:
    lines = [ASKS, Said(6.0, 6.3, "", "cough")]
    talk = call(lines, [(2.5, 4.0), (7.5, 9.0)], [control(6.0, 0.0, 1.6)])
    assert "left alone it had begun to speak as well" in reason(selectivity(talk, SCENARIO))
    later = call(lines, [(2.5, 4.0), (7.5, 9.0)], [control(6.0, 0.0, 5.0)])
    assert share(later) == 0.0


def test_a_sound_while_the_agent_owes_the_turn_decides_nothing() -> None:
    lines = [ASKS, Said(2.6, 2.9, "", "cough")]
    assert "the agent owed the turn" in reason(selectivity(call(lines, [(4.0, 6.0)]), SCENARIO))
    greeting = call([Said(0.5, 0.8, "", "cough")], [(1.5, 3.0)])
    assert "the agent owed the turn" in reason(selectivity(greeting, SCENARIO))
    first = replace(SCENARIO, first="caller")
    assert scored(selectivity(call([Said(0.5, 0.8, "", "cough")], [], seconds=6.0), first)).value == 1.0


def test_a_hold_does_not_discharge_what_the_agent_owes() -> None:
    lines = [ASKS, Said(6.0, 6.3, "", "cough")]
    told = AgentSaid(at(2.4), "One moment please.")
    assert "the agent owed the turn" in reason(selectivity(call(lines, [(2.5, 3.5), (9.0, 11.0)], [told]), SCENARIO))


def test_a_filler_in_the_callers_own_turn_is_not_its_end() -> None:
    lines = [Said(1.0, 2.0, "I would like", held=True), Said(2.3, 2.7, "um", "filler"), Said(3.9, 5.0, "a table")]
    assert share(call(lines, [(5.5, 7.0)])) == 1.0
    assert share(call(lines, [(3.2, 7.0)])) == 0.0


def test_a_window_ends_where_the_caller_does_something_else() -> None:
    lines = [ASKS, MURMUR, Said(4.6, 6.0, "Wait", "stop_request")]
    talk = call(lines, [(2.5, 5.0)], [control(4.0, 8.0)], seconds=9.0)
    assert "the caller went on at once" in reason(selectivity(talk, SCENARIO))
    near_its_end = call(lines, [(2.5, 4.2)], [control(4.0, 0.2)], seconds=9.0)
    assert "1 not eligible" in reason(selectivity(near_its_end, SCENARIO))


def test_our_own_lateness_and_missed_plans_are_not_the_agents_failure() -> None:
    late = [0.0] * frames(9.0)
    late[frames(4.2)] = 70.0
    talk = call([ASKS, MURMUR], [(2.5, 4.6)], [control(4.0, 5.0)], seconds=9.0, lateness=late)
    assert "harness was late" in reason(selectivity(talk, SCENARIO))
    never = MissedByPlan(at(3.0), 1, "cough", "the agent's turn ended 0.4 s before the instant")
    assert "1 missed by plan" in reason(selectivity(call([], [(0.5, 2.0)], [never]), SCENARIO))
    assert "made no sound" in reason(selectivity(call([], [(0.5, 2.0)]), SCENARIO))


def test_who_goes_on_within_two_seconds_of_a_false_stop_has_kept_the_thread() -> None:
    dropped = AudioWithdrawn(at(4.5), at(4.0))
    back = call([ASKS, MURMUR], [(2.5, 4.5), (6.4, 9.0)], [dropped])
    assert scored(resumed_after_false_stop(back, SCENARIO)).values == pytest.approx((1.9,))
    assert scored(resumed_after_false_stop(back, SCENARIO)).value == 1.0
    late = call([ASKS, MURMUR], [(2.5, 4.5), (6.6, 9.0)], [dropped])
    assert scored(resumed_after_false_stop(late, SCENARIO)).value == 0.0
    never = call([ASKS, MURMUR], [(2.5, 4.5)], [dropped], seconds=12.0)
    assert scored(resumed_after_false_stop(never, SCENARIO)).values == (None,)


def test_a_false_stop_that_was_not_waited_out_and_none_at_all_score_nothing() -> None:
    dropped = AudioWithdrawn(at(4.5), at(4.0))
    cut = call([ASKS, MURMUR, Said(6.0, 7.0)], [(2.5, 4.5), (7.5, 9.0)], [dropped])
    assert "none of which was waited out" in reason(resumed_after_false_stop(cut, SCENARIO))
    held = call([ASKS, MURMUR], [(2.5, 8.0)])
    assert reason(resumed_after_false_stop(held, SCENARIO)) == "the agent never stopped wrongly"


def test_an_agent_that_holds_and_then_loses_the_rest_has_stalled() -> None:
    stalled = call([ASKS, MURMUR], [(2.5, 5.4)], [control(4.0, 6.0)], seconds=14.0)
    found = scored(stall_after_backchannel(stalled, SCENARIO))
    assert found.value == 1.0
    assert (found.spans[0].start, found.spans[0].end) == pytest.approx((5.4, 14.0))
    assert share(stalled) == 1.0


def test_who_had_said_everything_has_not_stalled() -> None:
    done = call([ASKS, MURMUR], [(2.5, 6.4)], [control(4.0, 2.5)], seconds=18.0)
    assert scored(stall_after_backchannel(done, SCENARIO)).value == 0.0
    on = call([ASKS, MURMUR], [(2.5, 6.4), (9.0, 12.0)], [control(4.0, 8.0)], seconds=18.0)
    assert scored(stall_after_backchannel(on, SCENARIO)).value == 0.0


def test_a_silence_that_nothing_shows_to_be_owed_is_no_stall() -> None:
    unknown = call([ASKS, MURMUR], [(2.5, 6.4)], seconds=18.0)
    assert "none of which shows" in reason(stall_after_backchannel(unknown, SCENARIO))
    broken = call([ASKS, MURMUR, Said(9.0, 10.0)], [(2.5, 6.4), (10.5, 12.0)], [control(4.0, 9.0)])
    assert "none of which shows" in reason(stall_after_backchannel(broken, SCENARIO))
    assert "went on through no sound" in reason(stall_after_backchannel(call([ASKS], [(2.5, 4.0)]), SCENARIO))


CUT_IN = Said(4.0, 6.0, "Sorry, not the twelfth", "correction")


@pytest.mark.parametrize(("left", "proved"), [(1.6, True), (1.5, False)])
def test_a_control_call_proves_a_yield_with_a_second_or_more_left(left: float, proved: bool) -> None:
    talk = call([ASKS, CUT_IN], [(2.5, 4.6), (6.8, 8.0)], [control(4.0, left)])
    found = yield_delay(talk, SCENARIO)["max"]
    if proved:
        assert scored(found).value == pytest.approx(0.6)
        assert "left alone it went on for 1.0 s more" in scored(found).spans[0].note
        assert scored(yield_rate(talk, SCENARIO)).value == 1.0
    else:
        assert "1 ended on its own" in reason(found)


def test_a_control_call_weighs_more_than_a_text_and_less_than_a_withdrawal() -> None:
    text = AgentSaid(at(2.4), LONG)
    told = call([ASKS, CUT_IN], [(2.5, 4.6), (6.8, 8.0)], [text, control(4.0, 0.7)])
    assert "1 ended on its own" in reason(yield_delay(told, SCENARIO)["max"])
    dropped = call([ASKS, CUT_IN], [(2.5, 4.6), (6.8, 8.0)], [AudioWithdrawn(at(4.6), at(1.0)), control(4.0, 0.7)])
    assert scored(yield_delay(dropped, SCENARIO)["max"]).value == pytest.approx(0.6)


def test_a_failure_to_yield_is_one_whatever_a_control_call_shows() -> None:
    deaf = call([ASKS, CUT_IN], [(2.5, 9.0)], [control(4.0, 5.0)])
    assert scored(yield_delay(deaf, SCENARIO)["max"]).censored
