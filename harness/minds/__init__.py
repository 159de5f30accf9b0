"""What decides for a caller that improvises: asked in words, it answers with the next steps of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from harness.scenario import Step

Moment: TypeAlias = Literal["your turn", "the agent is speaking"]
"""When a mind is asked: it is the caller's to speak; or the agent has said something, and is still speaking."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a mind is asked.

    so_far: the call so far, a line each, each behind who said it. problem: why the answer that it gave before
    can't be used; None where this is the first time.
    """

    moment: Moment
    so_far: tuple[str, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What the caller does next.

    steps: of a scenario, in order, as a script would have them. Without any it listens; or, where
    `hang_up` says so, it has had what it wanted and hangs up, behind the steps.
    """

    steps: tuple[Step, ...] = ()
    hang_up: bool = False


class Mind(Protocol):
    """Decides what the caller does next."""

    def __call__(self, question: Question) -> Move:
        """The next move.

        Raises BadInput where its own answer can't be used (it's asked once more), CallVoid where it has none.
        """
        ...
