"""What can go wrong with us: one tree, so that one `except VahnessError` holds everything we raise.

What goes wrong with the *agent* is never an exception: it is an event on the timeline,
and it is scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class VahnessError(Exception):
    """Anything this package raises on purpose."""


class BadInput(VahnessError):
    """What somebody wrote can't be used: says where, what, and the nearest thing that could.

    Printed as `file:line: problem: 'value' (did you mean 'nearest'?)`; the command exits 2.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: object | None = None,
        line: int | None = None,
        value: object | None = None,
        known: Iterable[str] = (),
    ) -> None:
        self.problem = problem
        self.file = None if file is None else str(file)
        self.line = line
        self.value = value
        near = get_close_matches(str(value), list(known), n=1, cutoff=0.5) if value is not None else []
        self.nearest = near[0] if near else None
        super().__init__(str(self))

    def __str__(self) -> str:
        where = "" if self.file is None else f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        what = "" if self.value is None else f": {str(self.value)!r}"
        cure = "" if self.nearest is None else f" (did you mean {self.nearest!r}?)"
        return f"{where}{self.problem}{what}{cure}"


class PartMissing(VahnessError):
    """A part that this needs isn't installed; the message says how to get it."""


class NotBuilt(VahnessError):
    """A command, option or word that the design names and this version doesn't have yet."""


class CallVoid(VahnessError):
    """Our side failed, so the call says nothing about the agent: counted, never scored."""
