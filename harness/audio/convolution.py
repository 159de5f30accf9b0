"""Long sound against short: convolution a block at a time, and the mean power of a sound's bands.

What scipy.signal has of both takes a second and a half to import, and transforms a track anew for
everything that is looked for in it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Sound = NDArray[np.floating[Any]]


class Blocks:
    """A sound cut into blocks, to be convolved with shorter ones: each block is transformed once a size.

    Source: overlap-add (Oppenheim and Schafer), with the block size as scipy.signal.oaconvolve chooses it.
    """

    def __init__(self, sound: _Sound) -> None:
        self._sound = sound
        self._size: tuple[int, int] = (0, 0)
        self._spectra: NDArray[np.complexfloating[Any, Any]] = np.zeros((0, 0), np.complex128)

    def convolved(self, other: _Sound) -> NDArray[np.float64]:
        """The whole convolution: len(sound) + len(other) - 1 samples. Neither may be empty."""
        from scipy.fft import irfft, rfft

        whole = len(self._sound) + len(other) - 1
        block, step = _sizes(len(self._sound), len(other))
        if self._size != (block, step):
            count = -(-len(self._sound) // step)
            padded = np.zeros(count * step, self._sound.dtype)
            padded[: len(self._sound)] = self._sound
            self._spectra, self._size = rfft(padded.reshape(count, step), block), (block, step)
        parts = irfft(self._spectra * rfft(other, block), block)
        tail = len(other) - 1
        joined = np.zeros((len(parts) + 1) * step + max(0, tail - step), np.float64)
        rows = joined[: len(parts) * step].reshape(len(parts), step)
        rows += parts[:, :step]
        # A tail is no longer than a step, unless there is one block and nothing behind it.
        if len(parts) == 1:
            joined[step : step + tail] += parts[0, step : step + tail]
        else:
            joined[step : (len(parts) + 1) * step].reshape(len(parts), step)[:, :tail] += parts[:, step : step + tail]
        return joined[:whole]


def band_powers(sound: _Sound, bands: int) -> NDArray[np.float64]:
    """The mean power in each of `bands` / 2 + 1 bands up to half the rate, up to one factor for all.

    Shape (bands // 2 + 1,). A sound shorter than `bands` samples is one stretch.

    Source: Welch (1967): stretches of `bands` samples that overlap by half, without their mean, under a Hann window.
    """
    from scipy.fft import rfft

    length = min(bands, len(sound))
    window = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(length) / length)
    stretches = np.lib.stride_tricks.sliding_window_view(sound, length)[:: length - length // 2]
    total = np.zeros(bands // 2 + 1)
    for first in range(0, len(stretches), _AT_ONCE):
        some = stretches[first : first + _AT_ONCE].astype(np.float64)
        spectra = rfft((some - some.mean(axis=1, keepdims=True)) * window, bands)
        total += (spectra.real**2 + spectra.imag**2).sum(axis=0)
    total[1 : (bands + 1) // 2] *= 2.0
    return np.asarray(total / len(stretches))


_AT_ONCE = 1024
"""Stretches that are transformed together: enough to be quick, few enough to be small."""


def _sizes(long: int, short: int) -> tuple[int, int]:
    """How long the blocks are that cost least, and how much of the long sound each holds."""
    from scipy.fft import next_fast_len
    from scipy.special import lambertw

    whole = next_fast_len(long + short - 1, real=True), long
    if short == 1 or 2 * short >= long:
        return whole
    overlap = short - 1
    block = next_fast_len(math.ceil(-overlap * lambertw(-1.0 / (2.0 * math.e * overlap), k=-1).real))
    return whole if block >= long else (block, block - overlap)
