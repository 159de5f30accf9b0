"""One score over a whole run, as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.reporting.reasons import Cell, measured


@dataclass(frozen=True, slots=True)
class Total:
    """One score over the whole run: its cells by name (`p50`, `max`; one of a single value has no name).

    why: what kept it from being measured.
    """

    score: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    why: str | None = None

    def __str__(self) -> str:
        """What was measured, without the score's name: `p50 1.212 s · max 1.254 s (n 100)`."""
        if self.why is not None:
            return f"not measured: {self.why}"
        over = max(cell["n"] for cell in self.cells.values())
        few = ", few" if any(cell.get("few") for cell in self.cells.values()) else ""
        return " · ".join(f"{name} {measured(cell)}".strip() for name, cell in self.cells.items()) + f" (n {over}{few})"
