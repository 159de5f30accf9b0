"""A plant that was rung: what was measured, and what the agent itself knows that it did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from harness.audio import FRAME, Samples, samples
from harness.audio.level import active_level
from harness.call.line import Agent, Arrived, Audio, Frame, Withdrawn
from harness.conversation import Conversation
from harness.scenario import MURMURS
from harness.score import Outcome
from harness.selftest.dialogues import voiced_spurts
from harness.selftest.plants import Plant
from harness.timeline import AgentState, Interrupted, LineSaid, Murmured, Starved

Stretch = tuple[int, int]

EDGE = samples(0.005)

STUMP = samples(0.1)
"""Sound between silences that is shorter than this holds nothing that a voice can be told by."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something that the agent said, by its own log. ending: `finished`, or how else it came to an end."""

    start: int
    end: int
    ending: str


class Watched:
    """An agent, and all that it sends."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.sent: list[Arrived] = []

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear a frame, and keep what is answered."""
        given = self.agent.step(said)
        self.sent += given
        return given

    @property
    def log(self) -> list[tuple[str, int]]:
        """What the agent did, and at which sample; nothing where it keeps no log."""
        return [(entry.what, entry.at) for entry in getattr(self.agent, "log", ())]


def sound_of(sent: Iterable[Arrived]) -> Samples:
    """What the agent's sound comes to for who plays it one piece behind the other, on the agent's own clock.

    Told from what it sent alone, so that what a call's own playout made of it can be held against this.
    """
    placed: list[tuple[int, Samples]] = []
    behind = 0
    for given in sent:
        if isinstance(given.what, Audio):
            start = max(given.at, behind)
            behind = start + len(given.what.samples)
            placed.append((start, given.what.samples))
        elif isinstance(given.what, Withdrawn):
            placed = [(start, sound[: max(0, given.at - start)]) for start, sound in placed]
            behind = min(behind, given.at)
    track = np.zeros(behind + FRAME, np.float32)
    for start, sound in placed:
        track[start : start + len(sound)] = sound
    return track


def spurts_of(track: Samples) -> tuple[Stretch, ...]:
    """The spurts of a track without noise, by the letter of the edge rule."""
    level = active_level(track).dbov if len(track) and track.any() else None
    return () if level is None else voiced_spurts(track, level)


@dataclass(frozen=True, slots=True, eq=False)
class Rung:
    """One plant's call. log: the agent's own, (what, sample). spurts: its speech, from what it sent.

    over: the sample at which the call had ended.
    """

    plant: Plant
    shell: str
    conversation: Conversation
    scores: dict[str, Outcome]
    log: Sequence[tuple[str, int]]
    spurts: tuple[Stretch, ...]
    over: int

    def logged(self, *what: str) -> list[int]:
        """The samples at which the agent did something."""
        return [at for name, at in self.log if name in what]

    @property
    def agent_states(self) -> list[AgentState]:
        """What the agent told of what it did, as it reached the caller."""
        told = (event for event in self.conversation.recording.events if isinstance(event, AgentState))
        return [event for event in told if "planted" in event.attrs and "sample" in event.attrs]

    @property
    def starved(self) -> list[Starved]:
        """Where the agent's sound ran dry inside an utterance."""
        return [event for event in self.conversation.recording.events if isinstance(event, Starved)]

    @property
    def lines(self) -> list[LineSaid]:
        """What the caller said, murmurs left out."""
        said = (event for event in self.conversation.recording.events if isinstance(event, LineSaid))
        return [line for line in said if line.kind not in MURMURS]

    @property
    def utterances(self) -> list[Utterance]:
        """What the agent said, in order."""
        found: list[Utterance] = []
        began: int | None = None
        for what, at in sorted(self.log, key=lambda entry: entry[1]):
            if what == "audible":
                began = at
            elif what in ("finished", "stopped", "hung up") and began is not None:
                found.append(Utterance(began, at, what))
                began = None
        return found

    @property
    def cut_in(self) -> Interrupted | None:
        """The one interruption of the script; None where its plan was missed."""
        return next((e for e in self.conversation.recording.events if isinstance(e, Interrupted)), None)

    @property
    def murmur(self) -> Murmured | None:
        """The one murmur of the script; None where its plan was missed."""
        return next((e for e in self.conversation.recording.events if isinstance(e, Murmured)), None)

    def voiced_before(self, at: int) -> int:
        """One past the last voiced sample before an instant: in a pause, where the pause began."""
        return max((min(end, at) for start, end in self.spurts if start < at), default=0)

    @property
    def resolution(self) -> float:
        """Seconds of what the instrument itself says that its edges are sure to."""
        return self.conversation.resolution
