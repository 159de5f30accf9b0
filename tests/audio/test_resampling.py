"""Resampling: frames give what the whole gives, tails and all."""

import numpy as np
import pytest

from harness.audio import RATE
from harness.audio.resampling import Resampler, resample
from tests.audio.sounds import hiss, talk


@pytest.mark.parametrize(("from_rate", "to_rate"), [(16000, 8000), (8000, 16000), (16000, 24000), (22050, 16000)])
@pytest.mark.parametrize("frame", [160, 320, 1001])
def test_a_stream_gives_what_the_whole_sound_gives_with_its_tail(from_rate: int, to_rate: int, frame: int) -> None:
    sound = hiss(1.0, -20.0)
    stream = Resampler(from_rate, to_rate)
    parts = [stream.feed(sound[i : i + frame]) for i in range(0, len(sound), frame)]
    streamed = np.concatenate([*parts, stream.finish()])
    whole = resample(sound, from_rate, to_rate)
    assert len(streamed) == len(whole) == round(len(sound) * to_rate / from_rate)
    assert np.abs(streamed - whole).max() < 1e-6
    assert len(np.concatenate(parts)) < len(whole)  # the tail is what `finish` gives


def test_what_lies_above_the_new_band_is_not_folded_into_it() -> None:
    t = np.arange(48000) / 48000
    high = (0.5 * np.sin(2 * np.pi * 10_000.0 * t)).astype(np.float32)
    assert np.abs(resample(high, 48000, RATE)[200:-200]).max() < 1e-5


def test_there_and_back_is_the_same_sound() -> None:
    sound = talk(1.0)
    back = resample(resample(sound, 16000, 48000), 48000, 16000)
    assert np.abs(back - sound).max() < 1e-3


def test_the_same_rate_changes_nothing() -> None:
    sound = talk(0.5)
    stream = Resampler(RATE, RATE)
    assert np.array_equal(resample(sound, RATE, RATE), sound)
    assert np.array_equal(np.concatenate([stream.feed(sound), stream.finish()]), sound)


def test_channels_are_resampled_apart() -> None:
    stereo = np.stack([talk(0.5), np.zeros(RATE // 2, np.float32)], axis=1)
    both = resample(stereo, 16000, 8000)
    assert both.shape == (RATE // 4, 2)
    assert not both[:, 1].any()
