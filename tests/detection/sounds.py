"""Sounds that an agent's line may hold: what people say, and what is no speech."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.speech import Speech
from harness.voices import voice_for

Sound = NDArray[np.float64]

TALKERS = (("pico", "en-US"), ("pico", "en-GB"), ("espeak", "en-us"), ("espeak", "en-gb-scotland"))
SENTENCE = "Your appointment is on Friday, at half past three."


@cache
def said(text: str, engine: str = "pico", accent: str = "en-US") -> Speech:
    return voice_for(engine, accent=accent)(text, "en")


def track(seconds: float, *placed: tuple[int, Samples]) -> Samples:
    """Digital silence with sounds in it, each from its sample on."""
    whole = np.zeros(round(seconds * RATE), np.float32)
    for at, sound in placed:
        whole[at : at + len(sound)] += sound[: len(whole) - at]
    return whole


def at_rms(sound: Sound, dbov: float) -> Samples:
    return np.asarray(sound * 10.0 ** (dbov / 20.0) / np.sqrt((sound**2).mean()), np.float32)


def hiss(seconds: float, dbov: float, seed: int = 1) -> Samples:
    return at_rms(np.random.default_rng(seed).standard_normal(round(seconds * RATE)), dbov)


def rumble(seconds: float, dbov: float, seed: int = 1) -> Samples:
    """Pink noise from 50 Hz on."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(round(seconds * RATE)))
    hertz = np.fft.rfftfreq(round(seconds * RATE), 1 / RATE)
    spectrum[hertz < 50] = 0.0
    return at_rms(np.fft.irfft(spectrum / np.sqrt(np.maximum(hertz, 50)), round(seconds * RATE)), dbov)


def room(seconds: float, dbov: float) -> Samples:
    """Eight people talking at once, none of them to us."""
    crowd = np.zeros(round(seconds * RATE))
    for number in range(8):
        talker = said(SENTENCE, *TALKERS[number % 4]).samples
        crowd += np.resize(np.roll(talker, number * 7919), len(crowd))
    return at_rms(crowd, dbov)


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE)) / RATE


def _tone(hertz: float, seconds: float) -> Sound:
    return np.sin(2 * np.pi * hertz * _time(seconds))


def keys(pressed: str = "159#") -> Samples:
    """Dialled keys, 100 ms each with 100 ms between."""
    tones = {"1": (697, 1209), "5": (770, 1336), "9": (852, 1477), "#": (941, 1477)}
    each = [np.append(sum(_tone(hertz, 0.1) for hertz in tones[key]), np.zeros(RATE // 10)) for key in pressed]
    return at_rms(np.concatenate(each), -26.0)


def music() -> Samples:
    """Six seconds of a plucked tune over a chord."""
    draw = np.random.default_rng(3)
    tune = np.concatenate([0.3 * sum(_tone(110 * 2 ** (step / 12), 1.0) for step in (0, 4, 7))] * 6)
    for beat in range(20):
        hertz = 220 * 2 ** (draw.choice([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
        note = sum(_tone(hertz * k, 0.5) / k for k in range(1, 7)) * np.exp(-4 * _time(0.5))
        tune[beat * RATE // 4 :][: len(note)] += note
    return at_rms(tune, -26.0)


def typing() -> Samples:
    """Twelve key strokes in a second and a half."""
    draw = np.random.default_rng(4)
    strokes = np.zeros(RATE * 2)
    for number in range(12):
        strokes[number * 2080 + draw.integers(500) :][:240] += draw.standard_normal(240) * np.exp(-np.arange(240) / 60)
    return at_rms(strokes, -30.0)


def bang() -> Samples:
    draw = np.random.default_rng(5)
    return at_rms(draw.standard_normal(RATE // 5) * np.exp(-np.arange(RATE // 5) / 700), -26.0)


def ringing() -> Samples:
    return at_rms(_tone(440, 2.0) + _tone(480, 2.0), -26.0)


NO_SPEECH: dict[str, Callable[[], Samples]] = {
    "keys": keys,
    "music": music,
    "typing": typing,
    "a bang": bang,
    "ringing": ringing,
    "a burst of hiss": lambda: hiss(0.5, -26.0),
    "hiss that swells": lambda: at_rms(hiss(3.0, 0.0) * (1.0 + np.sin(8 * np.pi * _time(3.0))), -26.0),
}
