"""Speech-like sound with known edges, and callers and agents of a few lines, for tests of the engine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harness.audio import RATE, Samples
from harness.call.acts import Act
from harness.call.line import Arrived, Frame
from harness.speech import Speech, Word


def tone(seconds: float, level: float = 0.1) -> Samples:
    """A tone that begins and ends at once, and wavers as a voice does."""
    t = np.arange(int(seconds * RATE)) / RATE
    return (level * np.cos(2 * np.pi * 300 * t) * (1 + 0.5 * np.sin(2 * np.pi * 4 * t))).astype(np.float32)


def spoken(seconds: float, words: str = "one two", lead: int = 800, language: str = "en-US") -> Speech:
    """A line of so many seconds with `lead` samples of silence on either side, its words of equal length."""
    sound = tone(seconds)
    silence = np.zeros(lead, np.float32)
    named = words.split()
    step = len(sound) // len(named)
    placed = tuple(Word(w, lead + i * step, lead + (i + 1) * step) for i, w in enumerate(named))
    whole = np.concatenate([silence, sound, silence])
    return Speech(whole, words, language, placed, lead, lead + len(sound), "tone")


class Acts:
    """A caller that does what it was given, in order."""

    def __init__(self, *acts: Act) -> None:
        self._left = list(acts)

    def next_act(self) -> Act | None:
        return self._left.pop(0) if self._left else None


class Timetable:
    """An agent that sends what it was told to at the samples it was told."""

    def __init__(self, *arrivals: Arrived) -> None:
        self._left = sorted(arrivals, key=lambda arrival: arrival.at)
        self.heard: list[Frame] = []

    def step(self, said: Frame) -> Sequence[Arrived]:
        self.heard.append(said)
        until = (said.number + 2) * 320
        due = [a for a in self._left if a.at < until]
        self._left = self._left[len(due) :]
        return due
