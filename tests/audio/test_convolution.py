"""Convolution a block at a time is convolution, whatever the lengths; a band's power is the mean of its stretches'."""

from __future__ import annotations

import numpy as np
import pytest

from harness.audio import RATE
from harness.audio.convolution import Blocks, band_powers


def noise(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(count)


@pytest.mark.parametrize(
    ("long", "short"),
    [(1, 1), (1, 5), (9, 1), (7, 565), (100, 100), (5000, 1), (5000, 2), (20_000, 512), (30_000, 4001)],
)
def test_whatever_the_lengths_it_is_the_convolution(long: int, short: int) -> None:
    sound, other = noise(long), noise(short, 2)
    found = Blocks(sound).convolved(other)
    assert found.shape == (long + short - 1,)
    assert np.allclose(found, np.convolve(sound, other), rtol=0.0, atol=1e-9)


def test_what_was_convolved_before_makes_no_difference() -> None:
    sound = noise(20_000)
    blocks = Blocks(sound)
    for short in (300, 300, 700, 12_000, 300):
        other = noise(short, short)
        assert np.array_equal(blocks.convolved(other), Blocks(sound).convolved(other))


def test_a_tone_has_its_power_in_its_band_whatever_it_rests_on() -> None:
    tone = np.sin(2.0 * np.pi * 1000.0 * np.arange(RATE) / RATE) + 5.0
    powers = band_powers(tone, 512)
    assert powers.shape == (257,)
    assert powers.argmax() == 1000 * 512 // RATE
    beyond = np.delete(powers, slice(30, 35))
    assert beyond.max() <= 1e-6 * powers.max()


def test_the_power_of_noise_is_alike_in_every_band_and_four_times_that_of_half_as_much() -> None:
    sound = noise(40 * RATE)
    powers = band_powers(sound, 512)
    inner = powers[2:-2]
    assert inner.max() <= 1.2 * inner.min()
    assert np.allclose(powers, 4.0 * band_powers(0.5 * sound, 512))


def test_a_part_counts_by_its_length() -> None:
    loud, none = noise(512 * 1500), np.zeros(512 * 1500)
    assert np.allclose(
        band_powers(np.concatenate([loud, none]), 512).sum(), band_powers(loud, 512).sum() / 2, rtol=1e-2
    )


@pytest.mark.parametrize("count", [1, 2, 3, 511, 512, 513])
def test_a_sound_of_a_stretch_or_less_has_powers_too(count: int) -> None:
    powers = band_powers(noise(count), 512)
    assert powers.shape == (257,)
    assert np.isfinite(powers).all()
    assert (powers >= 0.0).all()
