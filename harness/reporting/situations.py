"""Recognition told apart by what the calls were like, and what noise does to it on the same lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.reporting.reasons import Cell, Row
from harness.reporting.total import Total
from harness.score import Score

SCORES = ("wer", "cer", "entity_accuracy.all")
AXES = ("language", "accent", "noise", "line")
FEWEST = 10
"""Errors on clean lines below which a ratio to them says nothing."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """Errors, or what was right, and what was due: they add up over calls."""

    amount: float = 0.0
    due: int = 0

    def __add__(self, other: _Pool) -> _Pool:
        return _Pool(self.amount + other.amount, self.due + other.due)

    @property
    def cell(self) -> Cell:
        """The share, as a score's cell."""
        return Score(self.amount / self.due, "ratio", self.due, few=self.due < 10).to_json()


def apart(rows: Sequence[Row]) -> Iterator[Total]:
    """Each score of recognition by language, accent, noise and line, where the run has several; then the ratio."""
    for axis in AXES:
        for score in SCORES:
            pools: dict[str, _Pool] = {}
            for row in rows:
                value = row.get("situation", {}).get(axis)
                if value is not None and (pool := _pool(row, score)) is not None:
                    pools[value] = pools.get(value, _Pool()) + pool
            if len(pools) > 1:
                yield Total(score, {name: pool.cell for name, pool in sorted(pools.items())}, axis=axis)
    yield from _noise_ratio(rows)


def _pool(row: Row, score: str) -> _Pool | None:
    cell: Mapping[str, float] = row["scores"].get(score, {})
    return _Pool(cell["value"] * cell["n"], int(cell["n"])) if "value" in cell and cell["n"] else None


def _noise_ratio(rows: Sequence[Row]) -> Iterator[Total]:
    """wer under each noise ÷ wer without any, over the same lines: 2 at most is good at 10 dB.

    A call is compared with the one that differs from it by its noise alone: the same scenario and
    repeat on the same line, and the same point of every axis that isn't of the world.
    """
    clean: dict[tuple[object, ...], _Pool] = {}
    noisy: dict[str, dict[tuple[object, ...], _Pool]] = {}
    for row in rows:
        situation, pool = row.get("situation", {}), _pool(row, "wer")
        if pool is None or "noise" not in situation:
            continue
        if situation["noise"] == "none":
            clean[_same(row)] = pool
        else:
            noisy.setdefault(situation["noise"], {})[_same(row)] = pool
    cells: dict[str, Cell] = {}
    too_few = 0
    for noise, pools in sorted(noisy.items()):
        both = pools.keys() & clean.keys()
        under, without = (sum((of[key] for key in both), _Pool()) for of in (pools, clean))
        if both and without.amount < FEWEST:
            too_few += 1
        elif both:
            ratio = (under.amount / under.due) / (without.amount / without.due)
            cells[noise] = Score(ratio, "", under.due).to_json()
    if cells:
        yield Total("noise_ratio", cells)
    elif too_few:
        yield Total("noise_ratio", why=f"fewer than {FEWEST} errors without noise on the lines that are compared")


def _same(row: Row) -> tuple[object, ...]:
    """What two calls have in common that differ by their noise alone."""
    axes = tuple(sorted((axis, value) for axis, value in row["condition"].items() if axis.partition(".")[0] != "world"))
    situation = row["situation"]
    return row["file"], row["repeat"], axes, *(situation.get(axis) for axis in AXES if axis != "noise")
