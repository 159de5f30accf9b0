"""What a caller does, made ready for the engine: lines are sound already, times are samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from harness.speech import Speech
from harness.timeline import Event


@dataclass(frozen=True, slots=True)
class SayIt:
    """Say a line when the agent's turn has ended, after a breath.

    held: the caller keeps the floor behind it; its next line goes on with the same turn.
    """

    step: int
    speech: Speech
    held: bool = False


@dataclass(frozen=True, slots=True)
class GoOn:
    """Speak `gap` samples after the caller's own last sound, whatever the agent does.

    kind: `say` for a line that goes on with a turn that was held, `filler` for a sound between two
    such lines. held: the floor is kept behind it.
    """

    step: int
    speech: Speech
    gap: int
    kind: str = "say"
    held: bool = False


@dataclass(frozen=True, slots=True)
class AddOn:
    """Take another turn `gap` samples after the caller's own last line, unless the agent has begun."""

    step: int
    speech: Speech
    gap: int


@dataclass(frozen=True, slots=True)
class CutIn:
    """Sound over the agent's next turn, at an instant of it.

    kind: one of the interruptions, which wants the floor, or a murmur, which doesn't. The first
    voiced sample falls `after` the turn's onset; or, where they are given, at the `share` (0 to 1)
    of the turn, or where the agent has said the `phrase`.
    """

    step: int
    speech: Speech
    after: int
    kind: str
    share: float | None = None
    phrase: str | None = None


@dataclass(frozen=True, slots=True)
class InSilence:
    """Sound where nobody speaks, `after` samples behind the end of the act before."""

    step: int
    speech: Speech
    after: int
    kind: str


@dataclass(frozen=True, slots=True)
class StaySilent:
    """Say nothing for so many samples: once the agent's turn has ended, or as a `hold`, at once."""

    step: int
    samples: int
    kind: Literal["silence", "hold"] = "silence"


@dataclass(frozen=True, slots=True)
class PressKeys:
    """Press keys when the agent's turn has ended, after a breath."""

    step: int
    keys: str


Act: TypeAlias = SayIt | GoOn | AddOn | CutIn | InSilence | StaySilent | PressKeys


@dataclass(frozen=True, slots=True)
class LetTalk:
    """Leave the floor to the agent once its turn has ended, and wait for its next one as long as patience lasts."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """No act yet: the caller listens on, or makes up its mind. It is asked again in the next frame."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Hang up, once the agent's turn has ended.

    failed: at once, since our own caller can't go on, which says nothing about the agent.
    """

    why: str
    failed: bool = False


Decision: TypeAlias = Act | LetTalk | Undecided | Leave | None
"""What a caller answers when it is asked what comes next; None says that there is no more."""

Planned: TypeAlias = CutIn | InSilence
"""The acts that a control call can leave out: nothing else of the call rests on them."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Something the caller does again and again over the agent's speech, about every so many samples.

    kind: an interruption, or a murmur. speeches: said in turn. step: of its first event; the next has the next.
    """

    kind: str
    every: int
    speeches: tuple[Speech, ...]
    step: int


class Caller(Protocol):
    """Who decides what comes next."""

    def next_act(self) -> Decision:
        """The next act, asked for when the one before is done; None when there is no more."""
        ...


@runtime_checkable
class Improviser(Caller, Protocol):
    """A caller that makes up its mind in the call, by what it hears. It may take its time: the frames go on."""

    def witness(self, event: Event) -> None:
        """Something happened, as the timeline has it."""
        ...

    def overhears(self, text: str) -> None:
        """What a recogniser made of the agent's turn that has ended, where the agent told no words of it."""
        ...

    def wants_line(self, at: int) -> None:
        """It is the caller's to speak from sample `at` on: what it says later is late, and that is not the agent's."""
        ...
