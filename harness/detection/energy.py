"""A track as powers over 2 ms blocks: what everything that listens to energy works on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.audio.level import EDGE_WINDOW

Powers = NDArray[np.float64]
"""Mean squares of stretches of sound, shape (n,)."""

BLOCK = EDGE_WINDOW
"""Samples in a block: 2 ms, the window of the edge rule."""

SECOND = RATE // BLOCK
"""Blocks in a second."""

_LOW = 8
"""Means over 8 samples leave the band below 1 kHz, and an eighth of white noise's power."""


def block_powers(track: Samples) -> Powers:
    """The mean square of every 2 ms of a track; a rest shorter than that counts as a block with silence behind it."""
    whole = len(track) // BLOCK * BLOCK
    blocks, rest = track[:whole].reshape(-1, BLOCK), track[whole:]
    powers = np.einsum("ij,ij->i", blocks, blocks).astype(np.float64)
    if len(rest):
        powers = np.append(powers, np.square(rest, dtype=np.float64).sum())
    return np.asarray(powers / BLOCK)


def low_powers(track: Samples) -> Powers:
    """The same of the band below 1 kHz, where the voice is strongest and hiss is weakest."""
    spare = -len(track) % BLOCK
    whole = np.concatenate([track, np.zeros(spare, np.float32)]) if spare else track
    return block_powers_of(whole.reshape(-1, _LOW).mean(axis=1), BLOCK // _LOW)


def block_powers_of(sound: Samples, size: int) -> Powers:
    """Mean squares of blocks of another size; the sound is a whole number of them."""
    blocks = sound.reshape(-1, size)
    return np.asarray(np.einsum("ij,ij->i", blocks, blocks).astype(np.float64) / size)


def smoothed(powers: Powers, width: int) -> Powers:
    """The mean over `width` blocks around each block; fewer at the ends of the track."""
    total = np.concatenate([[0.0], np.cumsum(powers)])
    centre = np.arange(len(powers))
    low = np.maximum(centre - width // 2, 0)
    high = np.minimum(centre + width - width // 2, len(powers))
    return np.asarray(np.maximum(total[high] - total[low], 0.0) / (high - low))


def runs(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where a mask is true: starts, and ends one past the last."""
    turns = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    return turns[::2], turns[1::2]


def bridged(
    starts: NDArray[np.intp], ends: NDArray[np.intp], silence: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Stretches in order, joined where what lies between two is shorter than `silence`."""
    if not len(starts):
        return starts, ends
    apart = np.flatnonzero(starts[1:] - ends[:-1] >= silence)
    return starts[np.append(0, apart + 1)], ends[np.append(apart, len(ends) - 1)]
