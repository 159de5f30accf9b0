"""Sound in its one inner form: mono float32 in [-1, 1], 16 kHz, in frames of 20 ms.

Positions are whole samples on one clock; seconds are computed from them, never added up.
"""

from mmap import mmap
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples in a second."""

FRAME = 320
"""Samples in a frame: 20 ms."""

Samples: TypeAlias = NDArray[np.float32]
"""Mono sound, shape (n,), in [-1, 1], at RATE."""

_FULL = np.float32(32767.0)


def seconds(samples: int) -> float:
    """The instant of a sample, in seconds: computed afresh from the count each time."""
    return samples / RATE


def samples(seconds: float) -> int:
    """The sample nearest to an instant given in seconds."""
    return round(seconds * RATE)


def on_grid(sound: Samples) -> Samples:
    """A sound as 16-bit PCM holds it: round(clip(x) * 32767) / 32767."""
    scaled = np.asarray(sound * _FULL)
    np.rint(scaled, out=scaled)
    np.minimum(scaled, _FULL, out=scaled)
    np.maximum(scaled, -_FULL, out=scaled)
    scaled /= _FULL
    return scaled


def silent_track(length: int) -> Samples:
    """`length` samples of silence, to be written to: memory is taken only where something is written.

    A track is made for the longest call there may be. From the heap, all of it would be cleared anew for each call.
    """
    return np.frombuffer(mmap(-1, max(1, length) * 4), np.float32)[:length]
