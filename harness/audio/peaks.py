"""Waveform peaks: how far sound swings in each slice of time, which is all that a drawing shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harness.audio import RATE, Samples

SLICE = RATE // 100
"""10 ms: the samples that one peak stands for."""


def peaks(tracks: Sequence[Samples] | Samples, slice_: int = SLICE) -> Samples:
    """The least and greatest sample of every slice, planar: shape (tracks, 2, slices), float32.

    `[t, 0]` are track t's minima and `[t, 1]` its maxima; slice i covers samples from i * slice_
    on. The last slice may be shorter. The tracks are of equal length, or the rows of one array.
    """
    length = len(tracks[0]) if len(tracks) else 0
    drawn = np.zeros((len(tracks), 2, -(-length // slice_)), np.float32)
    whole = length // slice_
    for swings, track in zip(drawn, tracks, strict=True):
        slices = track[: whole * slice_].reshape(whole, slice_)
        swings[0, :whole] = slices.min(axis=1)
        swings[1, :whole] = slices.max(axis=1)
        if whole * slice_ < length:
            rest = track[whole * slice_ :]
            swings[:, whole] = rest.min(), rest.max()
    return drawn
