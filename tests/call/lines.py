"""Speech-like sound with known edges, and callers and agents of a few lines, for tests of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from harness.audio import RATE, Samples
from harness.call.acts import Act, Rate
from harness.call.call import Call
from harness.call.line import Agent, Arrived, Audio, Frame, Telling
from harness.call.overhearing import Ears
from harness.recording import Recording
from harness.run.simulated import simulate
from harness.scenario import Manners
from harness.speech import Speech, Word
from harness.timeline import Event

Kind = TypeVar("Kind", bound=Event)


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


MANNERS = Manners(breath=0.4, patience=3.0)


def rung(
    agent: Agent,
    *acts: Act,
    manners: Manners = MANNERS,
    first: str = "agent",
    limit: float = 60.0,
    rates: Sequence[Rate] = (),
    seed: int = 1,
    ears: Ears | None = None,
) -> Recording:
    """A call with an agent, and what was heard of it."""
    call = Call(
        Acts(*acts),
        manners=manners,
        seed=seed,
        first="agent" if first == "agent" else "caller",
        limit=limit,
        rates=rates,
        ears=ears,
    )
    simulate(call, agent)
    return call.recording({})


def of(recording: Recording, kind: type[Kind]) -> list[Kind]:
    """The events of one kind, in order."""
    return [event for event in recording.events if isinstance(event, kind)]


def speech(at: int, seconds: float) -> Arrived:
    """Speech of the agent's that arrives all at once."""
    return Arrived(at, Audio(tone(seconds), f"r{at}", True))


def streamed(at: int, seconds: float) -> list[Arrived]:
    """Speech of the agent's that arrives as it is spoken, so that nobody knows where it will end."""
    sound, end = tone(seconds), int(seconds * RATE)
    return [Arrived(at + i, Audio(sound[i : i + 320], f"r{at}", i + 320 >= end)) for i in range(0, end, 320)]


def told(at: int, text: str) -> Arrived:
    """The agent's own word for what it says."""
    return Arrived(at, Telling("agent.text", {"text": text}))
