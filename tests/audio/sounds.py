"""Sounds whose truth is known, for tests of sound."""

import numpy as np

from harness.audio import RATE, Samples


def tone(hertz: float, seconds: float, level: float = -20.0) -> Samples:
    """A sine at an RMS level in dBov."""
    t = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(np.sqrt(2.0) * 10.0 ** (level / 20.0) * np.sin(2.0 * np.pi * hertz * t), np.float32)


def hiss(seconds: float, level: float, seed: int = 0) -> Samples:
    """White noise at an RMS level in dBov."""
    noise = np.random.default_rng(seed).normal(size=round(seconds * RATE))
    return np.asarray(noise * 10.0 ** (level / 20.0) / np.sqrt(np.mean(noise**2)), np.float32)


def silence(seconds: float) -> Samples:
    """Nothing."""
    return np.zeros(round(seconds * RATE), np.float32)


def talk(seconds: float, seed: int = 0, pitch: float = 120.0) -> Samples:
    """What is shaped like speech: harmonics of a gliding pitch under three formants, in syllables."""
    draw = np.random.default_rng(seed)
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    phase = 2.0 * np.pi * np.cumsum(pitch * (1.0 + 0.15 * np.sin(2.0 * np.pi * 0.7 * t + draw.uniform(0, 6)))) / RATE
    voice = np.zeros(count)
    for harmonic in range(1, 33):
        f = harmonic * pitch
        gain = sum(g / (1.0 + ((f - c) / 130.0) ** 2) for c, g in ((550.0, 1.0), (1500.0, 0.4), (2500.0, 0.25)))
        voice += (gain + 0.05) / harmonic**0.3 * np.sin(harmonic * phase)
    syllables = np.repeat(draw.uniform(0.15, 1.0, count * 4 // RATE + 2), RATE // 4)[:count]
    shape = syllables * np.sin(np.pi * ((t * 4.0) % 1.0)) ** 0.7
    sound = voice * shape
    return np.asarray(0.1 * sound / np.sqrt(np.mean(sound**2)), np.float32)
