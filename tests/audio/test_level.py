"""Levels: P.56 against the standard written out sample by sample, and edges that were planted."""

import math

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.audio.level import Level, active_level, at_level, dbov, short_rms, voiced_edges
from tests.audio.sounds import hiss, silence, talk, tone


def _active(envelope: list[float], threshold: float, hangover: int) -> int:
    """Samples for which a threshold was reached, or was so no longer ago than the hangover."""
    active, since = 0, hangover
    for q in envelope:
        since = 0 if q >= threshold else since + 1
        active += since <= hangover
    return active


def by_the_standard(sound: Samples) -> Level:
    """P.56's method B, a sample at a time."""
    keep, hangover = math.exp(-1.0 / (RATE * 0.03)), math.ceil(0.2 * RATE)
    envelope = []
    p = q = 0.0
    for size in np.abs(sound.astype(np.float64)).tolist():
        p = keep * p + (1.0 - keep) * size
        q = keep * q + (1.0 - keep) * p
        envelope.append(q)
    thresholds = 2.0 ** np.arange(-15, 0)
    active = np.array([_active(envelope, threshold, hangover) for threshold in thresholds.tolist()])
    energy = np.sum(sound.astype(np.float64) ** 2)
    levels = 10.0 * np.log10(energy / np.maximum(active, 1))
    above = levels - 20.0 * np.log10(thresholds)
    j = int(np.argmax(above <= 15.9))
    share = (above[j - 1] - 15.9) / (above[j - 1] - above[j])
    level = float(levels[j - 1] + share * (levels[j] - levels[j - 1]))
    return Level(level, float(energy / len(sound) / 10.0 ** (level / 10.0)))


@pytest.mark.parametrize("pause", [0.0, 0.7, 2.0])
def test_the_active_level_is_the_standards(pause: float) -> None:
    sound = np.concatenate([silence(0.4), talk(1.0), silence(pause), talk(0.6, seed=1)]) + hiss(2.0 + pause, -75.0)
    found, true = active_level(sound), by_the_standard(sound)
    assert found.dbov == pytest.approx(true.dbov, abs=0.01)
    assert found.activity == pytest.approx(true.activity, abs=0.002)


def test_bursts_of_known_level_are_active_for_their_time_and_the_hangover() -> None:
    burst = hiss(2.0, -26.0)
    found = active_level(np.concatenate([silence(2.0), burst] * 3 + [silence(2.0)]))
    # Six seconds of sound, three hangovers of 0.2 s, and the envelope's own decay.
    assert 6.6 / 14.0 < found.activity < 7.3 / 14.0
    assert found.dbov == pytest.approx(-26.0 + 10.0 * np.log10(6.0 / 14.0 / found.activity), abs=0.01)


def test_a_continuous_sound_has_its_rms_level_and_is_always_active() -> None:
    assert active_level(tone(1000.0, 5.0, -3.0103)).dbov == pytest.approx(-3.01, abs=0.05)
    assert active_level(hiss(5.0, -40.0)).activity == pytest.approx(1.0, abs=0.02)


def test_silence_around_speech_changes_the_rms_level_and_not_the_active_level() -> None:
    line = np.concatenate([talk(3.0), silence(0.5)])
    padded = np.concatenate([silence(10.0), line, silence(10.0)])
    assert active_level(padded).dbov == pytest.approx(active_level(line).dbov, abs=0.01)
    assert dbov(padded) < dbov(line) - 8.0


def test_twice_the_sound_is_6_db_louder() -> None:
    line = talk(3.0)
    assert active_level(2.0 * line).dbov - active_level(line).dbov == pytest.approx(6.02, abs=0.001)


def test_silence_is_at_minus_100_dbov_and_never_active() -> None:
    assert active_level(silence(2.0)) == Level(-100.0, 0.0)
    assert active_level(silence(0.0)) == Level(-100.0, 0.0)
    assert dbov(silence(0.0)) == dbov(silence(1.0)) == -100.0


def test_a_click_has_a_level_though_no_threshold_comes_near_it() -> None:
    click = silence(1.0)
    click[8000] = 1.0
    assert -45.0 < active_level(click).dbov < -30.0


def test_full_scale_is_a_square_wave() -> None:
    assert dbov(np.ones(RATE, np.float32)) == pytest.approx(0.0, abs=1e-6)


def test_edges_are_the_very_samples_where_a_sound_begins_and_ends() -> None:
    sound = silence(1.0)
    sound[5000:9001] = 0.1
    assert voiced_edges(sound) == (5000, 9001)


def test_edges_ignore_what_lies_30_db_below_the_active_level() -> None:
    sound = np.concatenate([hiss(1.0, -65.0), hiss(2.0, -26.0, seed=1), hiss(1.0, -65.0, seed=2)])
    onset, end = voiced_edges(sound)
    assert abs(onset - RATE) <= 2
    assert abs(end - 3 * RATE) <= 2


def test_edges_hold_what_lies_less_than_30_db_below() -> None:
    sound = np.concatenate([hiss(1.0, -50.0), hiss(2.0, -26.0, seed=1)])
    assert voiced_edges(sound)[0] <= 16


def test_edges_are_set_against_a_level_that_is_given() -> None:
    sound = np.concatenate([hiss(1.0, -50.0), hiss(2.0, -26.0, seed=1)])
    onset, _ = voiced_edges(sound, dbov=-10.0)
    assert abs(onset - RATE) <= 16
    assert voiced_edges(sound, dbov=30.0) == (0, 0)


def test_nothing_voiced_has_no_edges() -> None:
    assert voiced_edges(silence(1.0)) == (0, 0)
    assert voiced_edges(silence(0.0)) == (0, 0)


def test_a_sound_that_fills_its_samples_has_their_ends_for_edges() -> None:
    assert voiced_edges(np.full(8000, 0.1, np.float32)) == (0, 8000)
    assert voiced_edges(np.full(16, 0.1, np.float32)) == (0, 16)


def test_the_running_rms_is_that_of_each_stretch_by_its_last_sample() -> None:
    sound = hiss(0.02, -20.0)
    padded = np.concatenate([np.zeros(31), sound.astype(np.float64), np.zeros(31)])
    true = [np.sqrt(np.mean(padded[i : i + 32] ** 2)) for i in range(len(sound) + 31)]
    assert short_rms(sound, 32) == pytest.approx(true, abs=1e-9)


def test_a_voice_is_brought_to_the_level_asked_for() -> None:
    for wanted in (-26.0, -35.0, -20.0):
        assert active_level(at_level(talk(4.0), wanted)).dbov == pytest.approx(wanted, abs=0.01)


def test_a_sound_that_would_clip_is_brought_to_full_scale_instead() -> None:
    spiky = hiss(2.0, -50.0)
    spiky[1000] = 0.9
    raised = at_level(spiky, -20.0)
    assert float(np.abs(raised).max()) == pytest.approx(1.0, abs=1e-6)
    assert active_level(raised).dbov < -40.0


def test_silence_stays_silence_at_any_level() -> None:
    assert not at_level(silence(1.0)).any()
