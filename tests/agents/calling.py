"""Calls to an agent of this process through the real engine, a real voice, and a recogniser of known lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from harness.audio import FRAME, RATE, Samples
from harness.audio import samples as to_samples
from harness.call.acts import Act, CutIn, PressKeys, SayIt, StaySilent
from harness.call.call import Call
from harness.call.line import Agent
from harness.call.world import Effect
from harness.recording import Recording
from harness.run.simulated import simulate
from harness.scenario import Manners
from harness.speech import Speech
from harness.timeline import Event, LineSaid
from harness.voices import voice_for

HOP = RATE // 100
Kind = TypeVar("Kind", bound=Event)


@cache
def voice(text: str, language: str) -> Speech:
    """Pico, each text once."""
    return voice_for("pico")(text, language)


@cache
def british(text: str) -> Speech:
    """A caller that doesn't sound like the agent."""
    return voice_for("pico", accent="en-GB")(text, "en-GB")


@dataclass(frozen=True)
class Known:
    """A recogniser for a handful of lines: it knows them by how their loudness goes, and hears "" in all else."""

    lines: tuple[str, ...]

    def __call__(self, samples: Samples) -> str:
        heard = envelope(samples)
        likeness = {line: alike(heard, envelope(british(line).samples)) for line in self.lines}
        best = max(likeness, key=lambda line: likeness[line], default="")
        return best if likeness.get(best, 0.0) > 0.7 else ""


def envelope(samples: Samples) -> NDArray[np.float64]:
    whole = samples[: len(samples) // HOP * HOP].reshape(-1, HOP).astype(np.float64)
    power: NDArray[np.float64] = np.sqrt((whole**2).mean(axis=1))
    return power


def alike(heard: NDArray[np.float64], known: NDArray[np.float64]) -> float:
    """The best correlation of two envelopes over all alignments; what one has and the other lacks counts against it."""
    best = float(np.correlate(heard, known, "full").max())
    size = float(np.sqrt((heard @ heard) * (known @ known)))
    return best / size if size else 0.0


class Script:
    """A caller's acts, in order; which of its lines a recogniser must know."""

    def __init__(self, *steps: str | Act) -> None:
        self.acts = [SayIt(i, british(step)) if isinstance(step, str) else step for i, step in enumerate(steps)]
        self._left = list(self.acts)

    def next_act(self) -> Act | None:
        return self._left.pop(0) if self._left else None

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(act.speech.text for act in self.acts if isinstance(act, SayIt | CutIn))


def cut_in(after: float, text: str, kind: str = "correction") -> CutIn:
    return CutIn(0, british(text), to_samples(after), kind)


def silent(seconds: float) -> StaySilent:
    return StaySilent(0, to_samples(seconds))


def press(keys: str) -> PressKeys:
    return PressKeys(0, keys)


def ring(
    agent: Agent, script: Script, *, limit: float = 120.0, first: str = "agent", world: Sequence[Effect] = ()
) -> Recording:
    """The call, from its first frame to its last."""
    who: Literal["agent", "caller"] = "caller" if first == "caller" else "agent"
    call = Call(script, manners=Manners(), seed=1, limit=limit, first=who, effects=world)
    simulate(call, agent)
    return call.recording({})


def those(recording: Recording, kind: type[Kind]) -> list[Kind]:
    """The events of a kind."""
    return [event for event in recording.events if isinstance(event, kind)]


def line_ends(recording: Recording) -> list[int]:
    return [event.end for event in those(recording, LineSaid)]


def onsets(track: Samples, gap: float = 0.5) -> list[int]:
    """Where sound begins after at least `gap` seconds of digital silence."""
    sounding = np.flatnonzero(np.abs(track) > 1e-3)
    if not len(sounding):
        return []
    breaks = np.flatnonzero(np.diff(sounding) > gap * RATE)
    return [int(sounding[0]), *(int(sounding[i + 1]) for i in breaks)]


def frames(sound: Samples) -> Sequence[Samples]:
    """A sound as the frames it comes in."""
    padded = np.concatenate([sound, np.zeros(-len(sound) % FRAME, np.float32)])
    return list(padded.reshape(-1, FRAME))
