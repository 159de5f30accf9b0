"""One score over a whole run, as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.reporting.reasons import Cell, measured


@dataclass(frozen=True, slots=True)
class Total:
    """One score over the whole run: its cells by name (`p50`, `max`; one of a single value has no name).

    axis: what tells its cells apart (`noise`), where that is what the calls were like. why: what kept it
    from being measured.
    """

    score: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    why: str | None = None
    axis: str | None = None

    @property
    def name(self) -> str:
        """The score, and what it is told apart by: `wer by noise`."""
        return f"{self.score} by {self.axis}" if self.axis else self.score

    def __str__(self) -> str:
        """What was measured, without the score's name: `p50 1.212 s · max 1.254 s (n 100)`.

        Cells that rest on different numbers say so each: `en-GB 7.2 % (n 360) · en-IN 0.0 % (n 5, few)`; those
        of different calls that rest on as many say that too: `cafe 10.0 % · car 20.0 % (n 100 each)`.
        """
        if self.why is not None:
            return f"not measured: {self.why}"
        told = [(f"{name} {measured(cell)}".strip(), _over(cell)) for name, cell in self.cells.items()]
        if len({over for _, over in told}) == 1:
            each = " each" if len(told) > 1 and _OF_ALL.isdisjoint(self.cells) else ""
            over = [_over(cell, each) for cell in self.cells.values()][:1]
            return " · ".join(said for said, _ in told) + "".join(over)
        return " · ".join(said + over for said, over in told)


_OF_ALL = frozenset(("p50", "p95", "max"))
"""Names of cells that rest on the same things, not each on its own."""


def _over(cell: Cell, each: str = "") -> str:
    return f" (n {cell['n']}{each}{', few' if cell.get('few') else ''})"
