"""From one sample rate to another: whole sounds, and streams whose state lasts across frames.

Always soxr at HQ (stop band below -140 dB); soxr is imported when it is first needed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from harness.audio import Samples


def resample(samples: Samples, from_rate: int, to_rate: int) -> Samples:
    """A whole sound, shape (n,) or (n, channels), at another rate; delays nothing.

    The length is n * to_rate / from_rate, rounded.
    """
    if from_rate == to_rate:
        return samples
    import soxr

    return np.asarray(soxr.resample(samples, from_rate, to_rate, quality="HQ"), np.float32)


class Resampler:
    """A stream at another rate: what is fed in frames comes out as the whole sound would.

    What `feed` gives lags what it was fed by the filter's length; `finish` gives the rest, so that
    no tail is lost. The lengths of all that is given add up to that of the whole sound.
    """

    def __init__(self, from_rate: int, to_rate: int) -> None:
        self._stream: Any = None
        if from_rate != to_rate:
            import soxr

            self._stream = soxr.ResampleStream(from_rate, to_rate, 1, dtype="float32", quality="HQ")

    def feed(self, samples: Samples) -> Samples:
        """Take in the next stretch, of any length, and give what is ready (perhaps nothing)."""
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples), np.float32)

    def finish(self) -> Samples:
        """The tail that was still in the filter. Nothing is fed after it."""
        if self._stream is None:
            return np.zeros(0, np.float32)
        return np.asarray(self._stream.resample_chunk(np.zeros(0, np.float32), last=True), np.float32)
