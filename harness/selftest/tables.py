"""All rows together: how far each timing was off, and how often each verdict was right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.selftest.rows import SHARE, TOLERANCE, Row, Value
from harness.statistics import nearest_rank


@dataclass(frozen=True, slots=True)
class Timing:
    """How a score's seconds compare with what was planted.

    bias: the mean of measured less planted. p95, worst: of its size. asked: what p95 may be.
    """

    score: str
    shell: str
    unit: str
    n: int
    bias: float
    p95: float
    worst: float
    asked: float

    @property
    def right(self) -> bool:
        """Whether 95 in 100 lie within what is asked."""
        return self.p95 <= self.asked

    def to_json(self) -> dict[str, Any]:
        """As plain data, in its unit."""
        return {
            "unit": self.unit,
            "n": self.n,
            "bias": self.bias,
            "p95_error": self.p95,
            "worst_error": self.worst,
            "asked": self.asked,
            "right": self.right,
        }


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One verdict of a score. planted, measured: how often it was so and was said to be; both: at once."""

    score: str
    shell: str
    label: str
    planted: int
    measured: int
    both: int

    @property
    def precision(self) -> float | None:
        """Of those that were said to be, the share that were; None where none was."""
        return self.both / self.measured if self.measured else None

    @property
    def recall(self) -> float | None:
        """Of those that were, the share that were said to be; None where none was."""
        return self.both / self.planted if self.planted else None

    @property
    def right(self) -> bool:
        """Whether none was missed and none invented."""
        return self.planted == self.measured == self.both

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "planted": self.planted,
            "measured": self.measured,
            "both": self.both,
            "precision": self.precision,
            "recall": self.recall,
            "right": self.right,
        }


def timings(rows: Sequence[Row]) -> Iterator[Timing]:
    """Each timing of each shell. One that came to an end in one of the two only is off without bound."""
    for score, shell in sorted({(row.score, row.shell) for row in rows if not row.verdict}):
        of = [r for r in rows if (r.score, r.shell, r.verdict) == (score, shell, False) and r.right is not None]
        errors = [
            row.measured - row.planted
            for row in of
            if isinstance(row.planted, int | float) and isinstance(row.measured, int | float)
        ]
        if not errors:
            continue
        sizes = [abs(error) for error in errors]
        bias, p95 = sum(errors) / len(errors), nearest_rank(sizes, 0.95)
        yield Timing(score, shell, of[0].unit, len(errors), bias, p95, max(sizes), TOLERANCE[shell])


def verdicts(rows: Sequence[Row]) -> Iterator[Verdicts]:
    """Each verdict of each score. A timing that never came to an end is a verdict, too."""
    known = [(r.score, r.shell, *_labels(r)) for r in rows if r.right is not None and r.shell in TOLERANCE]
    for score, shell in sorted({(score, shell) for score, shell, _, _ in known}):
        of = [(planted, measured) for s, h, planted, measured in known if (s, h) == (score, shell)]
        for label in sorted({label for pair in of for label in pair}):
            planted = sum(p == label for p, _ in of)
            measured = sum(m == label for _, m in of)
            yield Verdicts(score, shell, label, planted, measured, sum(p == m == label for p, m in of))


def _labels(row: Row) -> tuple[str, str]:
    return _label(row, row.planted), _label(row, row.measured)


def _label(row: Row, value: Value) -> str:
    if row.unit == SHARE and isinstance(value, int | float):
        return _kind_of_share(row, value)
    if row.verdict:
        return f"{value:g}" if isinstance(value, int | float) else str(value)
    return "never" if value is None else "came"


def _kind_of_share(row: Row, value: float) -> str:
    """A share by what it is of: nothing, one, or what lies elsewhere, where measured must be what was planted."""
    if value in (0, 1):
        return f"{value:g}"
    return "other" if value == row.planted or not isinstance(row.planted, int | float) else "other, and wrong"
