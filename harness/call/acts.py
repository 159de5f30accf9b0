"""What a caller does, made ready for the engine: lines are sound already, times are samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from harness.speech import Speech


@dataclass(frozen=True, slots=True)
class SayIt:
    """Say a line when the agent's turn has ended, after a breath."""

    step: int
    speech: Speech


@dataclass(frozen=True, slots=True)
class CutIn:
    """Speak over the agent's next turn: the first voiced sample falls `after` its onset.

    kind: one of the interruptions, which wants the floor, or `backchannel`, which doesn't.
    """

    step: int
    speech: Speech
    after: int
    kind: str


@dataclass(frozen=True, slots=True)
class StaySilent:
    """Say nothing for so many samples once the agent's turn has ended."""

    step: int
    samples: int


@dataclass(frozen=True, slots=True)
class PressKeys:
    """Press keys when the agent's turn has ended, after a breath."""

    step: int
    keys: str


Act: TypeAlias = SayIt | CutIn | StaySilent | PressKeys


class Caller(Protocol):
    """Who decides what comes next."""

    def next_act(self) -> Act | None:
        """The next act, asked for when the one before is done; None when there is no more."""
        ...
