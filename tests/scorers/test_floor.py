"""Who takes the floor from whom: cut-ins of the agent's, speech over the caller, echoes, anchors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from harness.conversation import Conversation
from harness.scenario import Backchannel, Effect, Interrupt, Piece, Say
from harness.scorers.agent_interrupts import agent_interrupts
from harness.scorers.anchor_lag import anchor_lag
from harness.scorers.echo_interruption import coherence, echo_interruption
from harness.scorers.premature_replies import premature_replies
from harness.scorers.talk_over import talk_over
from harness.timeline import AgentSaid, AudioWithdrawn, Event, ReplyEnded
from tests.scorers.calls import SCENARIO, Said, at, call, frames, reason, scored

LINE = (Piece("Wait", "en-US"),)


def shares(talk: Conversation) -> tuple[float, float, float]:
    found = agent_interrupts(talk, SCENARIO)
    values = [scored(found[part]).value for part in ("rate", "premature_endpoint", "overlap")]
    return values[0], values[1], values[2]


def test_an_agent_that_waits_for_the_end_of_the_turn_interrupts_nobody() -> None:
    talk = call([Said(1.0, 3.0), Said(6.0, 7.0)], [(3.5, 5.0), (7.5, 9.0)])
    assert shares(talk) == (0.0, 0.0, 0.0)


def test_an_onset_over_the_callers_speech_is_a_true_overlap() -> None:
    talk = call([Said(1.0, 4.0), Said(8.0, 9.0)], [(2.5, 6.0), (9.5, 11.0)])
    assert shares(talk) == (0.5, 0.0, 0.5)
    found = scored(agent_interrupts(talk, SCENARIO)["overlap"])
    assert (found.n, found.spans[0].start) == (2, 2.5)


@pytest.mark.parametrize("onset", [2.6, 3.45, 3.7])
def test_an_onset_in_the_callers_pause_is_a_premature_endpoint(onset: float) -> None:
    lines = [Said(1.0, 2.0, "I would like", held=True), Said(3.5, 4.5, "a table for two")]
    assert shares(call(lines, [(onset, 6.5)])) == (1.0, 1.0, 0.0)


def test_a_filler_in_the_callers_pause_is_no_end_of_its_turn() -> None:
    lines = [
        Said(1.0, 2.0, "I would like", held=True),
        Said(2.3, 2.7, "um", "filler"),
        Said(4.0, 5.0, "a table for two"),
    ]
    assert shares(call(lines, [(3.2, 6.5)])) == (1.0, 1.0, 0.0)
    assert shares(call(lines, [(5.5, 6.5)])) == (0.0, 0.0, 0.0)


def test_collisions_and_the_agents_own_murmurs_are_apart() -> None:
    assert shares(call([Said(1.0, 4.0)], [(1.25, 2.0), (4.5, 6.0)])) == (0.0, 0.0, 0.0)
    assert shares(call([Said(1.0, 4.0)], [(2.0, 2.6), (4.5, 6.0)])) == (0.0, 0.0, 0.0)


def test_speech_that_was_running_when_the_turn_began_is_no_cut_in() -> None:
    cut_in = Said(2.0, 6.0, "Wait", "stop_request")
    assert shares(call([cut_in], [(0.5, 2.5), (3.3, 5.0)])) == (0.0, 0.0, 0.0)
    assert shares(call([cut_in], [(0.5, 1.8), (2.35, 5.0)])) == (0.0, 0.0, 0.0)


def test_a_new_cut_in_after_a_second_of_silence_interrupts_the_caller() -> None:
    cut_in = Said(2.0, 6.0, "Wait", "stop_request")
    assert shares(call([cut_in], [(0.5, 2.5), (3.6, 5.0)])) == (1.0, 0.0, 1.0)


def test_who_begins_at_the_very_end_of_a_turn_has_not_cut_in() -> None:
    assert shares(call([Said(1.0, 4.0)], [(3.93, 6.0)])) == (0.0, 0.0, 0.0)
    assert shares(call([Said(1.0, 4.0)], [(3.85, 6.0)])) == (1.0, 0.0, 1.0)


def test_a_turn_in_which_we_were_late_says_nothing_of_the_agent() -> None:
    late = [0.0] * frames(8.0)
    late[frames(2.0)] = 80.0
    talk = call([Said(1.0, 4.0)], [(2.5, 6.0)], lateness=late)
    assert "harness was late" in reason(agent_interrupts(talk, SCENARIO)["rate"])


def test_talk_over_is_the_share_of_the_callers_speech_behind_the_grace_of_a_cut_in() -> None:
    found = scored(talk_over(call([Said(1.0, 5.0)], [(3.0, 6.0)]), SCENARIO))
    assert found.value == pytest.approx((2.0 - 0.6) / 4.0)
    assert (found.spans[0].start, found.spans[0].end) == pytest.approx((3.6, 5.0))


def test_the_callers_own_cut_in_has_the_same_grace() -> None:
    prompt = call([Said(2.0, 4.0, kind="correction")], [(0.5, 2.55), (4.5, 6.0)])
    assert scored(talk_over(prompt, SCENARIO)).value == 0.0
    deaf = call([Said(2.0, 4.0, kind="correction")], [(0.5, 2.4), (2.8, 7.0)])
    assert scored(talk_over(deaf, SCENARIO)).value == pytest.approx((4.0 - 2.8) / 2.0)


def test_backchannels_of_either_party_talk_over_nobody() -> None:
    murmurs = call([Said(1.0, 3.0), Said(5.0, 5.4, "mm-hmm", "backchannel")], [(1.5, 2.4), (3.5, 8.0)])
    assert scored(talk_over(murmurs, SCENARIO)).value == 0.0


def test_the_last_words_of_a_speech_behind_a_breath_are_no_murmur() -> None:
    late = call([Said(2.0, 5.0, kind="correction")], [(0.5, 3.5), (3.77, 4.2), (6.0, 7.0)])
    assert scored(talk_over(late, SCENARIO)).value == pytest.approx((3.5 - 2.6 + 4.2 - 3.77) / 3.0)


def test_the_first_words_of_a_cut_in_behind_which_it_breathes_are_no_murmur() -> None:
    talk = call([Said(1.0, 6.0)], [(3.0, 3.5), (3.8, 7.0)])
    assert shares(talk) == (1.0, 0.0, 1.0)


def test_nor_are_they_where_it_goes_on_when_the_caller_has_just_finished() -> None:
    """An agent that tells where its utterances end hadn't ended this one; of another nobody knows."""
    spurts = [(3.0, 3.8), (4.1, 7.0)]
    assert shares(call([Said(1.0, 4.0)], spurts, [ReplyEnded(at(7.0))])) == (1.0, 0.0, 1.0)
    assert shares(call([Said(1.0, 4.0)], spurts, [ReplyEnded(at(3.8)), ReplyEnded(at(7.0))])) == (0.0, 0.0, 0.0)
    assert shares(call([Said(1.0, 4.0)], spurts)) == (0.0, 0.0, 0.0)


def test_what_the_agent_took_back_was_no_murmur() -> None:
    taken_back = [AudioWithdrawn(at(3.6), at(1.0))]
    assert shares(call([Said(1.0, 6.0)], [(3.0, 3.6), (6.5, 8.0)], taken_back)) == (1.0, 0.0, 1.0)
    nothing_left = [AudioWithdrawn(at(3.6), 0)]
    assert shares(call([Said(1.0, 6.0)], [(3.0, 3.6), (6.5, 8.0)], nothing_left)) == (1.0, 0.0, 1.0)
    assert shares(call([Said(1.0, 6.0)], [(3.0, 3.6), (6.5, 8.0)])) == (0.0, 0.0, 0.0)


def test_the_callers_pause_is_none_of_its_speech() -> None:
    lines = [Said(1.0, 2.0, "I would like", held=True), Said(4.0, 6.0, "a table")]
    found = scored(talk_over(call(lines, [(2.5, 7.0)]), SCENARIO))
    assert found.value == pytest.approx((2.0 - 0.6) / 3.0)


def test_the_lag_of_an_anchor_is_from_the_agents_onset_to_when_it_was_known() -> None:
    lines = [
        Said(2.0, 3.0, "Wait", "stop_request", step=0, knowable=0.62),
        Said(7.0, 7.4, "mm-hmm", "backchannel", step=1, knowable=5.08),
    ]
    scenario = replace(SCENARIO, steps=(Interrupt(LINE, 1.5), Backchannel(LINE, 2.0)))
    found = anchor_lag(call(lines, [(0.5, 2.5), (5.0, 9.0)]), scenario)
    assert scored(found["p50"]).value == pytest.approx(0.08)
    assert scored(found["max"]).value == pytest.approx(0.12)


def test_what_is_not_anchored_to_an_onset_has_no_such_lag() -> None:
    lines = [Said(2.0, 3.0, "Wait", "stop_request", step=0)]
    talk = call(lines, [(0.5, 2.5)])
    assert "none of 1" in reason(anchor_lag(talk, replace(SCENARIO, steps=(Say(LINE),)))["max"])
    assert "nothing was anchored" in reason(anchor_lag(call([Said(1.0, 2.0)]), SCENARIO)["max"])


CLEARED = AudioWithdrawn(at(3.0), at(2.0))


def echoing(
    spurts: list[tuple[float, float]],
    delay: float,
    gain: float,
    said: list[Said] | None = None,
    events: Sequence[Event] = (CLEARED,),
) -> Conversation:
    """A call whose line returns the agent's voice, as noise, so much later and softer."""
    talk = call(said or [], spurts, events, seconds=9.0)
    noise = np.random.default_rng(5).normal(0.0, 0.1, at(9.0)).astype(np.float32)
    heard = np.zeros_like(noise)
    for start, end in spurts:
        heard[at(start) : at(end)] = noise[at(start) : at(end)]
    sent = np.zeros_like(noise)
    for line in said or []:
        sent[at(line.start) : at(line.end)] = noise[::-1][at(line.start) : at(line.end)]
    sent[at(delay) :] += gain * heard[: len(heard) - at(delay)]
    return replace(talk, recording=replace(talk.recording, heard=heard, sent=sent))


@pytest.mark.parametrize("delay", [0.05, 0.4])
def test_an_agent_that_stops_for_its_own_echo_is_found(delay: float) -> None:
    found = scored(echo_interruption(echoing([(0.5, 3.0), (5.0, 8.0)], delay, 0.05), SCENARIO))
    assert (found.value, found.n) == (1, 1)
    assert found.spans[0].end == pytest.approx(3.0)


def test_a_stop_for_the_caller_is_none_for_an_echo() -> None:
    lines = [Said(2.2, 3.5, "Wait", "stop_request")]
    talk = echoing([(0.5, 3.0), (5.0, 8.0)], 0.1, 0.05, lines)
    assert scored(echo_interruption(talk, SCENARIO)).value == 0


@pytest.mark.parametrize("delay", [0.02, 0.4])
def test_an_echo_is_found_however_early_in_the_call_or_soon_after_the_caller(delay: float) -> None:
    at_once = echoing([(0.1, 0.8), (5.0, 8.0)], delay, 0.05, events=[AudioWithdrawn(at(0.8), at(1.0))])
    assert scored(echo_interruption(at_once, SCENARIO)).value == 1
    behind = echoing([(2.2, 3.0), (5.0, 8.0)], delay, 0.05, [Said(0.5, 2.1)])
    assert scored(echo_interruption(behind, SCENARIO)).value == 1


def test_a_late_yield_is_no_stop_for_an_echo() -> None:
    lines = [Said(0.6, 1.6, "Wait", "stop_request")]
    assert scored(echo_interruption(echoing([(0.5, 3.0), (5.0, 8.0)], 0.1, 0.05, lines), SCENARIO)).n == 0
    spurts = [(0.1, 5.0), (6.0, 8.0)]
    later = echoing(spurts, 0.1, 0.05, lines, [AudioWithdrawn(at(5.0), at(2.0))])
    assert scored(echo_interruption(later, SCENARIO)).value == 1


def test_what_the_agent_takes_back_when_the_caller_begins_it_had_not_stopped_for_its_echo() -> None:
    lines = [Said(3.2, 4.5, "Wait", "stop_request")]
    talk = echoing([(0.5, 3.0), (5.0, 8.0)], 0.1, 0.05, lines, [AudioWithdrawn(at(3.4), at(1.0))])
    assert scored(echo_interruption(talk, SCENARIO)).value == 0


def test_a_pause_between_two_words_is_no_stop_for_an_echo() -> None:
    text = [AgentSaid(at(0.4), " ".join(["abcde"] * 29))]
    pausing = echoing([(0.5, 3.0), (3.9, 8.0)], 0.1, 0.05, events=text)
    assert scored(echo_interruption(pausing, SCENARIO)).n == 0
    stopping = echoing([(0.5, 3.0), (4.1, 8.0)], 0.1, 0.05, events=text)
    assert scored(echo_interruption(stopping, SCENARIO)).value == 1


def test_who_sends_in_real_time_has_nothing_left_to_take_back_and_stops_nonetheless() -> None:
    spurts = [(0.5, 3.0), (5.0, 8.0)]
    in_a_word = echoing(spurts, 0.1, 0.05, events=[AudioWithdrawn(at(3.01), 0)])
    assert scored(echo_interruption(in_a_word, SCENARIO)).value == 1
    in_a_pause = [AudioWithdrawn(at(3.2), 0)]
    assert scored(echo_interruption(echoing(spurts, 0.1, 0.05, events=in_a_pause), SCENARIO)).value == 0
    told = [AgentSaid(at(0.4), "a" * 70), *in_a_pause]
    assert scored(echo_interruption(echoing(spurts[:1], 0.1, 0.05, events=told), SCENARIO)).value == 1
    said = [AgentSaid(at(0.4), "a" * 40), *in_a_pause]
    assert scored(echo_interruption(echoing(spurts[:1], 0.1, 0.05, events=said), SCENARIO)).value == 0


def test_one_stop_behind_a_pause_is_one() -> None:
    talk = echoing([(0.5, 2.7), (2.985, 3.0), (5.0, 8.0)], 0.1, 0.05)
    assert scored(echo_interruption(talk, SCENARIO)).value == 1


def test_an_echo_that_noise_covers_is_not_measured() -> None:
    talk = echoing([(0.5, 3.0), (5.0, 8.0)], 0.1, 0.01)
    street = np.random.default_rng(6).normal(0.0, 0.1, at(9.0)).astype(np.float32)
    noisy = replace(talk, recording=replace(talk.recording, sent=talk.recording.sent + street))
    scenario = replace(SCENARIO, world=(Effect("echo", {"loss": 40.0, "delay": 0.1}),))
    assert reason(echo_interruption(noisy, scenario)) == "the line's echo is lost in what else was sent"


def test_a_line_that_returns_nothing_of_the_agents_has_no_echo() -> None:
    assert (
        reason(echo_interruption(echoing([(0.5, 3.0), (5.0, 8.0)], 0.1, 0.0), SCENARIO)) == "the line returned no echo"
    )
    late = echoing([(0.5, 3.0), (5.0, 8.0)], 1.2, 0.05)
    assert reason(echo_interruption(late, SCENARIO)) == "the line returned no echo"
    talk = echoing([(0.5, 3.0), (5.0, 8.0)], 0.1, 0.0)
    street = np.random.default_rng(6).normal(0.0, 0.1, at(9.0)).astype(np.float32)
    noisy = replace(talk, recording=replace(talk.recording, sent=street))
    assert reason(echo_interruption(noisy, SCENARIO)) == "the line returned no echo"


def test_coherence_is_one_for_a_filtered_copy_and_next_to_nothing_for_another_sound() -> None:
    draw = np.random.default_rng(7)
    one, other = (draw.normal(0.0, 0.1, at(1.0)).astype(np.float32) for _ in range(2))
    filtered = np.convolve(one, np.array([0.5, 0.3, -0.2], np.float32), "same").astype(np.float32)
    assert coherence(one, filtered) > 0.95
    assert coherence(one, other) < 0.1
    assert coherence(one, np.zeros_like(one)) == 0.0


def test_the_end_of_an_utterance_is_no_stop_for_an_echo() -> None:
    talk = echoing([(0.5, 3.0), (5.0, 8.0)], 0.1, 0.05)
    ended = replace(talk, recording=replace(talk.recording, events=(ReplyEnded(at(3.0)),)))
    assert scored(echo_interruption(ended, SCENARIO)).value == 0


PIECES = [(2.0, 2.9), (3.2, 4.1), (4.75, 5.65), (6.5, 7.4)]


@pytest.mark.parametrize("ended", [True, False])
def test_speech_in_pieces_over_the_caller_is_no_row_of_murmurs_whatever_it_calls_them(ended: bool) -> None:
    ends = [ReplyEnded(at(end), f"r{end}") for _, end in PIECES] if ended else []
    talk = call([Said(1.0, 9.0)], [*PIECES, (9.7, 11.0)], ends)
    assert shares(talk) == (1.0, 0.0, 1.0)
    assert scored(talk_over(talk, SCENARIO)).value == pytest.approx((4 * 0.9 - 0.6) / 8.0)
    assert scored(premature_replies(talk, SCENARIO)).value == 1


def test_two_short_murmurs_together_are_murmurs_and_so_are_those_that_are_apart() -> None:
    for murmurs in ([(2.0, 2.3), (3.0, 3.4)], [(2.0, 2.9), (4.0, 4.9), (6.0, 6.9)]):
        assert shares(call([Said(1.0, 9.0)], [*murmurs, (9.7, 11.0)])) == (0.0, 0.0, 0.0)
