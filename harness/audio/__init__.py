"""Sound in its one inner form: mono float32 in [-1, 1], 16 kHz, in frames of 20 ms.

Positions are whole samples on one clock; seconds are computed from them, never added up.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples in a second."""

FRAME = 320
"""Samples in a frame: 20 ms."""

Samples: TypeAlias = NDArray[np.float32]
"""Mono sound, shape (n,), in [-1, 1], at RATE."""


def seconds(samples: int) -> float:
    """The instant of a sample, in seconds: computed afresh from the count each time."""
    return samples / RATE


def samples(seconds: float) -> int:
    """The sample nearest to an instant given in seconds."""
    return round(seconds * RATE)


def on_grid(sound: Samples) -> Samples:
    """A sound as 16-bit PCM holds it: round(clip(x) * 32767) / 32767."""
    return (np.round(np.clip(sound, -1.0, 1.0) * 32767.0) / 32767.0).astype(np.float32)
