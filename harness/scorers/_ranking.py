"""Percentiles of timings of which some rank above every other: what never came, or came too soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.score import Score, Span
from harness.statistics import nearest_rank

SHARES = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99, "max": 1.0}


@dataclass(frozen=True, slots=True)
class Reading:
    """One timing in seconds, and where it was taken.

    value: None where it ranks above every other; `bound` is then what it is known to be at least,
    and `why` says what it was.
    """

    value: float | None
    span: Span
    bound: float = 0.0
    why: str | None = None


def ranked(readings: Sequence[Reading], share: float, resolution: float, detail: str | None) -> Score:
    """A nearest-rank percentile of the readings, of which there is at least one.

    Where it falls on one that ranks above all, the score is censored at the greatest known value.
    The reading that decides is the first span.
    """
    order = sorted(readings, key=lambda r: (r.value is None, r.bound if r.value is None else r.value))
    chosen = order[nearest_rank(range(len(order)), share)]
    known = [reading.value for reading in readings if reading.value is not None]
    value = chosen.value
    notes = [chosen.why if value is None else None, detail]
    return Score(
        max([chosen.bound, *known, 0.0]) if value is None else value,
        "s",
        len(readings),
        spans=(chosen.span, *(reading.span for reading in readings if reading is not chosen)),
        resolution=resolution,
        detail="; ".join(note for note in notes if note) or None,
        censored=value is None,
        values=tuple(reading.value for reading in readings),
    )
