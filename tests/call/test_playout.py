"""What the agent sends is heard at real time, and what it withdraws is not heard."""

from __future__ import annotations

import numpy as np
import pytest

from harness.audio import Samples, on_grid
from harness.call.playout import BACKLOG, Playout
from harness.timeline import AudioWithdrawn, Event, MarkPlayed, ProtocolBroken, ReplyEnded, Starved
from tests.call.lines import tone


def playout() -> tuple[Playout, list[Event]]:
    events: list[Event] = []
    return Playout(200 * 16000, events.append), events


def test_a_burst_is_heard_end_to_end_from_the_sample_it_arrived() -> None:
    line, _ = playout()
    first, second = tone(1.0), tone(0.5)
    line.arrive(1003, first, "r", False)
    line.arrive(1004, second, "r", True)
    assert not line.heard[:1003].any()
    np.testing.assert_array_equal(line.heard[1003:17003], on_grid(first))
    np.testing.assert_array_equal(line.heard[17003:25003], on_grid(second))


def test_a_withdrawal_takes_back_only_what_was_not_heard() -> None:
    line, events = playout()
    line.arrive(0, tone(2.0), "r", True)
    line.settle(16000)
    line.withdraw(16001, None)
    assert line.heard[:16001].any()
    assert not line.heard[16001:].any()
    assert events == [AudioWithdrawn(16001, 15999, None)]


def test_silence_that_is_taken_back_is_nothing_withdrawn() -> None:
    line, events = playout()
    line.arrive(0, np.concatenate([tone(1.0), np.full(16000, 0.001, np.float32)]), "r", True)
    line.withdraw(8000, None)
    line.arrive(8000, np.concatenate([tone(1.0), np.zeros(16000, np.float32)]), "s", True)
    line.withdraw(8000 + 16000, None)
    assert events == [AudioWithdrawn(8000, 8000, None), AudioWithdrawn(24000, 0, None)]
    assert not line.heard[24000:].any()


def test_late_audio_of_a_withdrawn_reply_is_dropped_and_a_new_reply_is_heard() -> None:
    line, _ = playout()
    line.arrive(0, tone(1.0), "old", False)
    line.withdraw(8000, None)
    line.arrive(9000, tone(1.0), "old", False)
    line.arrive(9500, tone(0.1), "new", True)
    assert not line.heard[8000:9500].any()
    assert line.heard[9500:11100].any()
    assert not line.heard[11100:].any()


def test_withdrawing_one_reply_moves_the_next_one_up() -> None:
    line, events = playout()
    kept = tone(0.5)
    line.arrive(0, tone(1.0), "a", True)
    line.arrive(0, kept, "b", True)
    line.withdraw(8000, "a")
    np.testing.assert_array_equal(line.heard[8000:16000], on_grid(kept))
    assert not line.heard[16000:].any()
    line.settle(16000)
    assert ReplyEnded(16000, "b") in events
    assert not any(isinstance(e, ReplyEnded) and e.reply == "a" for e in events)


def test_a_mark_comes_back_when_the_audio_before_it_has_played() -> None:
    line, events = playout()
    line.arrive(0, tone(1.0), None, False)
    line.mark(0, "m")
    line.settle(15999)
    assert line.take_marks() == ()
    line.settle(16000)
    assert line.take_marks() == (("m", False),)
    assert line.take_marks() == ()
    assert events == [MarkPlayed(16000, "m")]


def test_marks_behind_withdrawn_audio_return_as_withdrawn() -> None:
    line, _ = playout()
    line.arrive(0, tone(1.0), None, False)
    line.mark(0, "m")
    line.withdraw(4000, None)
    assert line.take_marks() == (("m", True),)


def test_a_reply_that_runs_dry_is_starved_where_the_agent_tells_ends() -> None:
    line, _ = playout()
    line.arrive(0, tone(0.5), "r", False)
    line.arrive(12000, tone(0.5), "r", True)
    assert line.starvation() == [Starved(8000, 4000, "r")]


def test_an_empty_buffer_without_ends_is_silence_never_starvation() -> None:
    line, _ = playout()
    line.arrive(0, tone(0.5), None, False)
    line.arrive(12000, tone(0.5), None, False)
    assert line.starvation() == []


def test_silence_between_two_ended_replies_is_no_starvation() -> None:
    line, _ = playout()
    line.arrive(0, tone(0.5), None, True)
    line.arrive(12000, tone(0.5), None, True)
    assert line.starvation() == []


def test_a_flood_is_cut_and_told_of() -> None:
    line, events = playout()
    for _ in range(3):
        line.arrive(0, np.full(BACKLOG // 2, 0.1, np.float32), None, False)
    assert [type(e) for e in events] == [ProtocolBroken]
    assert not line.heard[BACKLOG:].any()


def test_a_reply_that_runs_past_the_end_of_the_call_is_no_flood() -> None:
    line, events = playout()
    line.arrive(199 * 16000, np.full(3 * 16000, 0.1, np.float32), None, False)
    assert events == []
    assert line.heard[199 * 16000 :].all()


def voice(seconds: float, seed: int = 1) -> Samples:
    """A sound that is like no other, as a voice is."""
    return (tone(seconds) * np.random.default_rng(seed).uniform(0.5, 1.0, round(seconds * 16000))).astype(np.float32)


def sent_again(pause: float, sound: Samples, *, chunk: int, before: int = 0) -> bool:
    """Whether a withdrawal counts as sent again: `pause` s later, and from `before` samples earlier on."""
    line, events = playout()
    whole = voice(3.0)
    line.arrive(0, whole, "r", True)
    line.withdraw(16000, None)
    again, start = (
        (whole[16000 - before :] if sound is whole or not len(sound) else sound),
        16000 + round(pause * 16000),
    )
    for i in range(0, len(again), chunk):
        line.arrive(start + i, again[i : i + chunk], "s", False)
    (withdrawn,) = line.marked(events)
    assert isinstance(withdrawn, AudioWithdrawn)
    assert withdrawn.samples == 32000
    return withdrawn.resent


SAME: Samples = np.zeros(0, np.float32)


@pytest.mark.parametrize("chunk", [80, 320, 48000])
@pytest.mark.parametrize(("pause", "before"), [(0.0, 0), (0.3, 0), (0.59, 0), (0.0, 1000)])
def test_what_is_taken_back_and_sent_again_at_once_was_not_taken_back(chunk: int, pause: float, before: int) -> None:
    assert sent_again(pause, SAME, chunk=chunk, before=before)


@pytest.mark.parametrize("chunk", [80, 320, 48000])
def test_another_sound_or_the_same_after_a_while_leaves_a_withdrawal_what_it_is(chunk: int) -> None:
    assert not sent_again(0.0, voice(2.0, seed=2), chunk=chunk)
    assert not sent_again(0.0, np.concatenate([np.zeros(16000, np.float32), voice(1.0)]), chunk=chunk)
    assert not sent_again(0.7, SAME, chunk=chunk)


def test_hiss_that_is_taken_back_is_nothing_withdrawn() -> None:
    line, events = playout()
    hiss = np.random.default_rng(1).normal(0, 0.004, 80000).astype(np.float32)
    line.arrive(0, np.concatenate([tone(1.0), hiss]), "r", True)
    line.withdraw(18000, None)
    assert events == [AudioWithdrawn(18000, 0, None)]


def test_the_name_of_a_withdrawn_reply_that_had_ended_may_be_used_again() -> None:
    line, events = playout()
    for at in (0, 16000):
        line.arrive(at, tone(1.0), "answer", True)
        line.withdraw(at + 8000, None)
    line.arrive(32000, tone(0.5), "answer", True)
    line.settle(50000)
    assert line.heard[16000:24000].any()
    assert line.heard[32000:40000].any()
    assert [event for event in events if isinstance(event, ReplyEnded)] == [ReplyEnded(40000, "answer")]


def test_audio_that_comes_late_of_a_withdrawn_reply_that_had_not_ended_is_dropped_under_its_name() -> None:
    line, _ = playout()
    line.arrive(0, tone(1.0), "answer", True)
    line.withdraw(20000, "answer")
    line.arrive(32000, tone(0.5), "answer", False)
    line.withdraw(33000, None)
    line.arrive(40000, tone(0.5), "answer", True)
    assert line.heard[32000:33000].any()
    assert not line.heard[33000:].any()
