"""What was planted beside what was measured: one row a score of a plant's, and whether it is right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from harness.score import Outcome, Score, Unscored
from harness.selftest.rung import Rung

Value: TypeAlias = float | str | None
"""A number in the score's unit, a verdict by its name, or None where a timing never came to an end."""

TOLERANCE = {"simulated": 0.020, "live": 0.040}
"""Seconds that a timing may be off what was planted; of a share, so many hundredths."""

EXACT = 1e-6
"""What is worked out twice in floating point may differ by so much."""

SHARE = "share"
"""The unit of a share that must be exact; a table names what it was, not each of its values."""

UNKNOWN = "not measured"
"""The verdict on what nothing can be said of: to measure it is as wrong as to measure it wrongly."""

LATE = "harness was late"


@dataclass(frozen=True, slots=True)
class Row:
    """One score of one plant.

    right: None where our own lateness kept it from being measured: never right by default. verdict:
    whether it is a name or a count instead of seconds. resolution: seconds that the call's edges are
    sure to. unit: `s`, or `ratio` of a share, or `share` of one that must be exact.
    """

    plant: int
    agent: str
    kind: str
    score: str
    shell: str
    planted: Value
    measured: Value
    right: bool | None
    verdict: bool
    note: str = ""
    resolution: float = 0.0
    unit: str = "s"

    def to_json(self) -> dict[str, Any]:
        """The row as plain data."""
        row: dict[str, Any] = {"plant": self.plant, "agent": self.agent, "kind": self.kind, "score": self.score}
        row |= {"shell": self.shell, "planted": self.planted, "measured": self.measured, "right": self.right}
        return row | ({"note": self.note} if self.note else {})


def timing(
    rung: Rung, score: str, planted: float | None, measured: float | None, note: str = "", unit: str = "s"
) -> Row:
    """A row of seconds, or of a share: right within the tolerance, or the resolution that the instrument states."""
    if planted is None or measured is None:
        right = planted is None and measured is None
    else:
        right = abs(measured - planted) <= max(TOLERANCE[rung.shell], rung.resolution)
    return replace(_row(rung, score, planted, measured, right, False, note), unit=unit)


def verdict(rung: Rung, score: str, planted: float | str, measured: float | str, note: str = "") -> Row:
    """A row of what is so or isn't: a name, or a count that must be exact."""
    return _row(rung, score, planted, measured, planted == measured, True, note)


def exact(rung: Rung, score: str, planted: float | str | None, note: str = "") -> Row:
    """A row of a share or a count that must be exact; of a score that nothing can be said of, planted is None."""
    outcome = rung.scores.get(score)
    if late(outcome):
        return unmeasured(rung, score, UNKNOWN if planted is None else planted, told(outcome))
    due = UNKNOWN if planted is None else planted
    measured: float | str = outcome.value if isinstance(outcome, Score) else UNKNOWN
    if isinstance(due, int | float) and isinstance(measured, int | float) and abs(due - measured) < EXACT:
        measured = due
    return replace(verdict(rung, score, due, measured, note or told(outcome)), unit=SHARE)


def unmeasured(rung: Rung, score: str, planted: Value, why: str) -> Row:
    """A row that our own lateness spoiled."""
    return _row(rung, score, planted, None, None, isinstance(planted, str), why)


def _row(
    rung: Rung, score: str, planted: Value, measured: Value, right: bool | None, is_verdict: bool, note: str
) -> Row:
    plant = rung.plant
    row = Row(plant.number, plant.agent, plant.kind, score, rung.shell, planted, measured, right, is_verdict, note)
    return replace(row, resolution=rung.resolution)


def late(outcome: Outcome | None) -> str | None:
    """Why our own lateness kept a score from being measured; None where it didn't."""
    told = outcome.reason if isinstance(outcome, Unscored) else outcome.detail if isinstance(outcome, Score) else None
    return told if told and LATE in told else None


def told(outcome: Outcome | None) -> str:
    """What an outcome says beside its value, for a row's note."""
    if isinstance(outcome, Unscored):
        return outcome.reason
    return (outcome.detail or "") if isinstance(outcome, Score) else "no such score"
