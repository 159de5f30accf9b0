"""Sounds that are no words: what they are made of, and how long they last."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.audio.level import voiced_edges
from harness.audio.sounds import BURSTS, LEAST, cough

MAKERS = {"cough": cough, **BURSTS}


@pytest.mark.parametrize("name", MAKERS)
def test_a_sound_lasts_at_least_what_it_is_said_to_and_under_a_second(name: str) -> None:
    make: Callable[[np.random.Generator], Samples] = MAKERS[name]
    for seed in range(20):
        sound = make(np.random.default_rng(seed))
        onset, end = voiced_edges(sound)
        assert LEAST <= (end - onset) / RATE < 1.0
        assert sound.dtype == np.dtype(np.float32)
        assert onset < RATE // 50
        assert 0.05 < float(np.abs(sound).max()) <= 1.0


@pytest.mark.parametrize("name", MAKERS)
def test_a_sound_is_the_same_for_the_same_numbers_and_another_for_others(name: str) -> None:
    first, again, other = (MAKERS[name](np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("name", MAKERS)
def test_a_sound_is_heard_through_a_telephone(name: str) -> None:
    sound = MAKERS[name](np.random.default_rng(3))
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    assert power[(hertz > 300) & (hertz < 3400)].sum() > 0.2 * power.sum()
