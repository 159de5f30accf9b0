"""The ratio that was sent, against one that was planted."""

import numpy as np
import pytest

from harness.audio import FRAME, Samples
from harness.audio.level import active_level
from harness.audio.snr import achieved_snr
from tests.audio.sounds import hiss, silence, talk

CLEAN = np.concatenate([silence(1.0), talk(3.0), silence(2.0)])


@pytest.mark.parametrize("snr", [25.0, 10.0, 0.0, -5.0])
def test_a_planted_ratio_is_recovered(snr: float) -> None:
    noise = hiss(6.0, active_level(CLEAN).dbov - snr)
    assert achieved_snr(CLEAN, CLEAN + noise, lambda sound: sound) == pytest.approx(snr, abs=0.01)


def test_what_the_band_does_to_speech_is_no_noise() -> None:
    def late(sound: Samples) -> Samples:
        return np.asarray(0.5 * np.roll(sound, 80), np.float32)

    noise = hiss(6.0, active_level(CLEAN).dbov - 6.0206 - 10.0)
    assert achieved_snr(CLEAN, late(CLEAN) + noise, late) == pytest.approx(10.0, abs=0.01)


def test_frames_that_never_came_are_left_out() -> None:
    noise = hiss(6.0, active_level(CLEAN).dbov - 10.0)
    sent = CLEAN + noise
    sent[100 * FRAME : 103 * FRAME] = 1.0
    assert achieved_snr(CLEAN, sent, lambda sound: sound, [100, 101, 102]) == pytest.approx(10.0, abs=0.1)
    loud = achieved_snr(CLEAN, sent, lambda sound: sound)
    assert loud is not None
    assert loud < 5.0


def test_without_noise_or_without_speech_there_is_no_ratio() -> None:
    assert achieved_snr(CLEAN, CLEAN, lambda sound: sound) is None
    assert achieved_snr(silence(1.0), hiss(1.0, -30.0), lambda sound: sound) is None
