"""Seeded draws, nearest-rank percentiles, intervals."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Number = TypeVar("Number", bound=float)


def seed_from(*parts: object) -> int:
    """A seed of 63 bits from anything that prints: the same parts give the same seed everywhere."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def generator(seed: int, purpose: str) -> np.random.Generator:
    """The one generator that a call uses for one purpose.

    A generator a purpose, so that a new effect doesn't reshuffle the caller's pauses.
    """
    return np.random.default_rng(seed_from(seed, purpose))


def nearest_rank(values: Sequence[Number], share: float) -> Number:
    """The nearest-rank percentile: the least value that at least `share` of the values don't exceed.

    values: at least one, of any order; share in (0, 1].
    """
    return sorted(values)[rank_of(len(values), share) - 1]


def rank_of(count: int, share: float) -> int:
    """The nearest rank, from 1: the least whole number that is at least share × count.

    In whole ten-thousandths, since 0.07 × 100 is more than 7 in binary.
    """
    return max(1, -(-count * round(share * 10_000) // 10_000))


@dataclass(frozen=True, slots=True)
class Interval:
    """A value, and where it may lie: `share` of resamplings fall between low and high, both included.

    Any of the three is inf where what never came ranks there.
    """

    value: float
    low: float
    high: float
    share: float = 0.95


def percentile_over_calls(
    calls: Sequence[Sequence[float]], share: float, seed: int, *, draws: int = 2000, confidence: float = 0.95
) -> Interval:
    """A nearest-rank percentile of all the calls' values, with an interval by resampling calls.

    calls: each call's values, at least one among them all; inf for what ranks above everything.
    Calls are drawn with replacement, whole: a call's turns are alike, and to draw turns would take
    them for independent. The same seed gives the same interval.

    Source: cluster bootstrap, percentile method (Davison and Hinkley 1997, 3.8 and 5.3).
    """
    calls = [call for call in calls if len(call)]
    values = np.array([value for call in calls for value in call])
    owner = np.repeat(np.arange(len(calls)), [len(call) for call in calls])
    order = np.argsort(values, kind="stable")
    values, owner = values[order], owner[order]
    random = generator(seed, "intervals")
    found = np.empty(draws)
    for i in range(draws):
        times = np.bincount(random.integers(len(calls), size=len(calls)), minlength=len(calls))
        reached = np.cumsum(times[owner])
        rank = rank_of(int(reached[-1]), share)
        found[i] = values[np.searchsorted(reached, rank)]
    ranked = np.sort(found).tolist()
    tail = (1.0 - confidence) / 2.0
    return Interval(
        float(nearest_rank(values.tolist(), share)),
        float(nearest_rank(ranked, tail)),
        float(nearest_rank(ranked, 1.0 - tail)),
        confidence,
    )
