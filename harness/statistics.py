"""Seeded draws, nearest-rank percentiles, intervals."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np


def seed_from(*parts: object) -> int:
    """A seed of 63 bits from anything that prints: the same parts give the same seed everywhere."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def generator(seed: int, purpose: str) -> np.random.Generator:
    """The one generator that a call uses for one purpose.

    A generator a purpose, so that a new effect doesn't reshuffle the caller's pauses.
    """
    return np.random.default_rng(seed_from(seed, purpose))


def nearest_rank(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the least value that at least `share` of the values don't exceed.

    values: at least one, of any order; share in (0, 1].
    """
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * round(share * 10_000) // 10_000) - 1)]
