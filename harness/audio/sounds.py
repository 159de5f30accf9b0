"""Sounds of a caller that are no words, made from seeded numbers: coughs, and what falls shut or over in its room."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples

Numbers = NDArray[np.float64]

LEAST = 0.25
"""Seconds that every one of these sounds lasts at least."""


def cough(draw: np.random.Generator) -> Samples:
    """Two coughs: each a burst of breath that the throat colours, with a voiced end; about 0.6 s."""
    return np.concatenate([_one_cough(draw), np.float32(draw.uniform(0.5, 0.8)) * _one_cough(draw)])


def door(draw: np.random.Generator) -> Samples:
    """A door that falls shut: the latch, then its body, then what rattles; about 0.4 s."""
    t = _time(0.4)
    body = sum(
        weight * np.sin(2 * np.pi * draw.uniform(0.9, 1.1) * hertz * t) * np.exp(-t / fade)
        for hertz, weight, fade in ((140, 1.0, 0.09), (230, 0.8, 0.08), (410, 0.5, 0.06))
    )
    rattle = _shaped(draw, len(t), 300.0, 2500.0) * np.exp(-t / 0.1)
    return _sound(_attack(body + 0.8 * rattle, 0.002))


def clatter(draw: np.random.Generator) -> Samples:
    """Something that falls and bounces: knocks that come faster and fainter; about 0.7 s."""
    whole = np.zeros(int(0.7 * RATE))
    at, gap, strength = 0.0, 0.16, 1.0
    while at < 0.55:
        knock = _shaped(draw, int(0.12 * RATE), 500.0, 3400.0) * np.exp(-_time(0.12) / 0.025)
        start = int(at * RATE)
        whole[start : start + len(knock)] += strength * knock
        at, gap, strength = at + gap * draw.uniform(0.85, 1.15), gap * 0.75, strength * 0.8
    return _sound(whole)


def horn(draw: np.random.Generator) -> Samples:
    """A car's horn outside: two reeds, a third apart; about 0.5 s."""
    t = _time(0.5)
    first = draw.uniform(380, 440)
    reeds = sum(np.sin(2 * np.pi * k * f * t) / k for f in (first, first * 1.26) for k in range(1, 7))
    fade = np.minimum(1.0, (t[-1] - t) / 0.03)
    return _sound(_attack(reeds * fade, 0.02))


BURSTS: Mapping[str, Callable[[np.random.Generator], Samples]] = {"door": door, "clatter": clatter, "horn": horn}
"""The bursts of noise there are."""


def _one_cough(draw: np.random.Generator) -> Samples:
    t = _time(0.3)
    breath = _shaped(draw, len(t), 350.0, 3000.0) * np.exp(-t / 0.07)
    pitch = draw.uniform(140, 220)
    voiced = sum(np.sin(2 * np.pi * k * pitch * t) / k for k in range(1, 9)) * np.exp(-(((t - 0.12) / 0.05) ** 2))
    return _sound(_attack(breath + 0.15 * voiced, 0.004))


def _time(seconds: float) -> Numbers:
    return np.arange(int(seconds * RATE)) / RATE


def _shaped(draw: np.random.Generator, count: int, low: float, high: float) -> Numbers:
    """Noise between two frequencies, of RMS 1."""
    spectrum = np.fft.rfft(draw.normal(size=count))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= 1.0 / (1.0 + (low / np.maximum(hertz, 1.0)) ** 4) / (1.0 + (hertz / high) ** 4)
    noise = np.fft.irfft(spectrum, count)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def _attack(sound: Numbers, seconds: float) -> Numbers:
    return np.asarray(sound * np.minimum(1.0, np.arange(len(sound)) / RATE / seconds))


def _sound(numbers: Numbers) -> Samples:
    return np.asarray(0.3 * numbers / np.abs(numbers).max(), np.float32)
