"""Lost packets: as many, in bursts as long, as was asked for; and the gaps filled as receivers do."""

import numpy as np
import pytest

from harness.audio import FRAME, RATE, Samples
from harness.audio.level import dbov
from harness.effects.packet_loss import Concealment, PacketLoss, packet_loss
from harness.errors import BadInput
from tests.audio.sounds import silence, talk, tone
from tests.effects.lines import setting, through

LONG = 20_000


def ran(loss: float, burst: float, seed: int = 1, frames: int = LONG) -> PacketLoss:
    effect = packet_loss(setting(seed), loss=loss, burst=burst)
    assert isinstance(effect, PacketLoss)
    frame = silence(0.02)
    for _ in range(frames):
        effect(frame)
    return effect


@pytest.mark.parametrize(("loss", "burst"), [(0.02, 0.06), (0.05, 0.08), (0.2, 0.1), (0.1, 0.02)])
def test_the_share_and_the_bursts_are_those_asked_for_within_their_chance(loss: float, burst: float) -> None:
    effect = ran(loss, burst)
    length = burst / 0.02
    memory = 1.0 - 1.0 / length - loss / (1.0 - loss) / length  # of one packet's fate on the next
    spread = np.sqrt(loss * (1.0 - loss) * (1.0 + memory) / (1.0 - memory) / LONG)
    assert abs(effect.loss - loss) < 3.0 * spread
    gaps = LONG * loss / length
    assert abs(effect.mean_burst - burst) <= 3.0 * 0.02 * np.sqrt(length * (length - 1.0) / gaps) + 1e-3 * burst + 0.001
    assert len(effect.lost) == round(effect.loss * LONG)


def test_gaps_are_bursts_and_not_single_packets_strewn_about() -> None:
    effect = ran(0.05, 0.1)
    runs = np.split(np.array(effect.lost), np.flatnonzero(np.diff(effect.lost) > 1) + 1)
    assert len(runs) == effect.bursts
    assert max(len(run) for run in runs) > 10
    assert np.mean([len(run) for run in runs]) == pytest.approx(5.0, abs=0.8)


def test_nothing_is_lost_at_none_and_everything_at_all() -> None:
    assert ran(0.0, 0.06, frames=500).lost == []
    assert ran(1.0, 0.06, frames=500).lost == list(range(500))


def test_the_same_seed_loses_the_same_packets_and_another_others() -> None:
    assert ran(0.1, 0.06, seed=5, frames=500).lost == ran(0.1, 0.06, seed=5, frames=500).lost
    assert ran(0.1, 0.06, seed=5, frames=500).lost != ran(0.1, 0.06, seed=6, frames=500).lost


def test_a_packet_that_comes_is_untouched_but_for_the_5_ms_that_join_it_on() -> None:
    sound = talk(10.0)
    effect = packet_loss(setting(3), loss=0.15)
    assert isinstance(effect, PacketLoss)
    sent = through(sound, effect)
    lost = set(effect.lost)
    assert lost
    for number in range(len(sound) // FRAME):
        came, was = sent[number * FRAME : (number + 1) * FRAME], sound[number * FRAME : (number + 1) * FRAME]
        if number in lost:
            assert not np.array_equal(came, was)
        elif number - 1 in lost:
            assert np.array_equal(came[80:], was[80:])
        else:
            assert np.array_equal(came, was)


def test_a_steady_voice_goes_on_at_its_pitch_through_a_short_gap() -> None:
    voice = tone(200.0, 0.2)
    hidden = Concealment()
    for at in range(0, 5 * FRAME, FRAME):
        hidden.pass_on(voice[at : at + FRAME])
    filled, true = hidden.fill(), voice[5 * FRAME : 6 * FRAME]
    assert filled[:160] == pytest.approx(true[:160], abs=0.01)
    joined = hidden.pass_on(voice[6 * FRAME : 7 * FRAME])
    whole = np.concatenate([voice[: 5 * FRAME], filled, joined])
    assert np.abs(np.diff(whole)).max() < 1.3 * np.abs(np.diff(voice)).max()  # no clicks


def test_what_fills_a_gap_fades_after_10_ms_and_is_gone_after_60() -> None:
    voice = tone(200.0, 0.2, -20.0)
    hidden = Concealment()
    for at in range(0, 5 * FRAME, FRAME):
        hidden.pass_on(voice[at : at + FRAME])
    filled = np.concatenate([hidden.fill() for _ in range(6)])
    assert dbov(filled[:160]) == pytest.approx(-20.0, abs=0.3)
    levels = [dbov(filled[at : at + 160]) for at in range(0, 960, 160)]
    assert levels == sorted(levels, reverse=True)
    assert levels[-1] < -30.0
    assert not filled[RATE * 60 // 1000 :].any()


def test_the_first_packet_after_a_long_gap_rises_out_of_silence() -> None:
    hidden = Concealment()
    hidden.pass_on(tone(200.0, 0.02))
    gap = np.concatenate([hidden.fill() for _ in range(5)])
    loud = np.full(FRAME, 0.3, np.float32)
    joined = hidden.pass_on(loud)
    assert np.abs(np.diff(np.concatenate([gap[-1:], joined]))).max() < 0.3 / 40
    assert np.array_equal(joined[80:], loud[80:])


def test_a_gap_before_anything_came_is_silent() -> None:
    assert not Concealment().fill().any()


def test_what_goes_in_is_left_as_it_was() -> None:
    sound: Samples = talk(2.0)
    before = sound.copy()
    through(sound, packet_loss(setting(), loss=0.3))
    assert np.array_equal(sound, before)


@pytest.mark.parametrize(
    ("loss", "burst", "why"),
    [(1.2, 0.06, "more packets lost"), (0.1, 0.01, "shorter than a packet"), (0.8, 0.04, "needs longer bursts, 80ms")],
)
def test_what_no_channel_can_do_is_refused(loss: float, burst: float, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        packet_loss(setting(), loss=loss, burst=burst)
