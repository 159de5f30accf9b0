"""G.711: 16-bit samples ↔ µ-law and A-law bytes, by tables made from the standard's formula.

Each code is an interval of magnitudes with a level inside it. On a boundary a negative sample goes
to the smaller magnitude, as in the ITU's own reference program: magnitude is x, or -x - 1.

Source: ITU-T G.711 (11/1988), tables 1 and 2; ties as in ITU-T G.191, `ulaw_compress`, `alaw_compress`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Law: TypeAlias = Literal["mulaw", "alaw"]
Bytes: TypeAlias = NDArray[np.uint8]
Integers: TypeAlias = NDArray[np.int16]

_INVERTED = {"mulaw": 0x7F, "alaw": 0x55}
"""The bits of the magnitude that go on the wire inverted; the sign bit is 1 for positive samples."""


def mulaw_encode(integers: Integers) -> Bytes:
    """16-bit samples as µ-law bytes, of the same shape."""
    return _encoding("mulaw")[integers.view(np.uint16)]


def mulaw_decode(codes: Bytes) -> Integers:
    """µ-law bytes as 16-bit samples, of the same shape."""
    return _decoding("mulaw")[codes]


def alaw_encode(integers: Integers) -> Bytes:
    """16-bit samples as A-law bytes, of the same shape."""
    return _encoding("alaw")[integers.view(np.uint16)]


def alaw_decode(codes: Bytes) -> Integers:
    """A-law bytes as 16-bit samples, of the same shape."""
    return _decoding("alaw")[codes]


@cache
def through(law: Law) -> Integers:
    """What each 16-bit sample comes back as, shape (65536,), indexed by the sample as uint16."""
    return _decoding(law)[_encoding(law)]


def _intervals(law: Law) -> tuple[NDArray[Any], NDArray[Any]]:
    """The least magnitude and the level of each of 128 intervals, in 16-bit units.

    Eight segments of sixteen steps. µ-law: every segment's step is twice the one before, levels
    (33 + 2j) * 2^s - 33 in units of 4. A-law: the first two share a step, levels 2j + 1 and then
    (33 + 2j) * 2^(s - 1), in units of 8.
    """
    segment, step = np.divmod(np.arange(128), 16)
    if law == "mulaw":
        least = ((32 + 2 * step) << segment) - 33
        return 4 * np.maximum(least, 0), 4 * (((33 + 2 * step) << segment) - 33)
    scale = np.maximum(segment - 1, 0)
    lead = np.where(segment == 0, 0, 32)
    return 8 * ((lead + 2 * step) << scale), 8 * ((lead + 2 * step + 1) << scale)


@cache
def _decoding(law: Law) -> Integers:
    _, levels = _intervals(law)
    wire = np.arange(256)
    sizes = levels[(wire ^ _INVERTED[law]) & 0x7F]
    return np.asarray(np.where(wire & 0x80, sizes, -sizes), np.int16)


@cache
def _encoding(law: Law) -> Bytes:
    least, _ = _intervals(law)
    samples = np.arange(65536).astype(np.uint16).view(np.int16).astype(np.int64)
    sizes = np.where(samples < 0, -samples - 1, samples)
    interval = np.searchsorted(least, sizes, side="right") - 1
    return np.asarray(np.where(samples < 0, 0x00, 0x80) | (interval ^ _INVERTED[law]), np.uint8)
