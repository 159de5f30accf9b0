"""What a benchmark gives: figures, each beside what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: what, how much, what is asked of it, and whether it is met (None: nothing is asked)."""

    what: str
    measured: str
    asked: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one benchmark, and what a reader must know to read them."""

    title: str
    figures: Sequence[Figure]
    notes: str = ""

    def markdown(self) -> str:
        """The section as Markdown."""
        mark = {True: "met", False: "**missed**", None: ""}
        lines = [f"## {self.title}", "", "| what | measured | asked | |", "|---|---|---|---|"]
        lines += [f"| {f.what} | {f.measured} | {f.asked} | {mark[f.met]} |" for f in self.figures]
        return "\n".join([*lines, "", *([self.notes, ""] if self.notes else [])])


def at_most(what: str, value: float, limit: float, unit: str = "", digits: int = 3) -> Figure:
    """A figure that should be no more than a limit."""
    return Figure(what, f"{value:.{digits}g} {unit}".strip(), f"≤ {limit:g} {unit}".strip(), value <= limit)


def at_least(what: str, value: float, limit: float, unit: str = "", digits: int = 3) -> Figure:
    """A figure that should be no less than a limit."""
    return Figure(what, f"{value:.{digits}g} {unit}".strip(), f"≥ {limit:g} {unit}".strip(), value >= limit)
