"""The telephone's band: 300-3400 Hz at 8 kHz, by two linear-phase filters.

Down, a band-pass at 16 kHz of which every second sample is kept; up, a low-pass between the
samples. The whole is 3 dB down at 300 and 3400 Hz, over 30 dB at 100 Hz and from 3.6 kHz on, and
delays every frequency alike, so that an edge moves by a whole number of samples.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from harness.audio import FRAME, RATE, Samples

Numbers = NDArray[np.float64]
"""In double precision: how a product is split over threads must not show in a 16-bit sample."""

NARROW = FRAME // 2
"""Samples of a frame at 8 kHz."""

_BAND_TAPS, _BAND_SHAPE = 121, 2.5
_BETWEEN_TAPS, _BETWEEN_SHAPE = 41, 4.5
_LOW, _HIGH, _BETWEEN = 258.0, 3470.0, 3660.0
"""Where the filters are at half amplitude; together they are 3 dB down at 300 and 3400 Hz."""

_BLOCK, _OVERLAP = 2048, 96

DELAY = (_BAND_TAPS - 1) // 2 + (_BETWEEN_TAPS - 1) // 2
"""By how many samples at 16 kHz the band delays: 80, 5 ms."""


class Down:
    """A stream of frames of 320 samples as frames of 160 at 8 kHz, band-limited."""

    def __init__(self) -> None:
        self._taps = _band()
        self._tail = len(self._taps) - 1
        self._held = np.zeros(self._tail + FRAME)
        self._windows = np.lib.stride_tricks.sliding_window_view(self._held, len(self._taps))[::2]

    def feed(self, frame: Samples) -> Numbers:
        """The next 160 samples."""
        held = self._held
        held[: self._tail] = held[FRAME:]
        held[self._tail :] = frame
        narrow: Numbers = np.dot(self._windows, self._taps)
        return narrow


class Up:
    """A stream of frames of 160 samples at 8 kHz as frames of 320 at 16 kHz."""

    def __init__(self) -> None:
        self._phases = _between()
        self._tail = len(self._phases) - 1
        self._held = np.zeros(self._tail + NARROW)
        self._windows = np.lib.stride_tricks.sliding_window_view(self._held, len(self._phases))

    def feed(self, frame: NDArray[np.floating]) -> Samples:
        """The next 320 samples."""
        held = self._held
        held[: self._tail] = held[NARROW:]
        held[self._tail :] = frame
        wide: Samples = np.dot(self._windows, self._phases).astype(np.float32).reshape(FRAME)
        return wide


def limited(sound: Samples) -> Samples:
    """A whole sound through the band, as long as it was and as late as the stream makes it.

    By overlapping blocks in the frequency domain, the even and odd samples apart as the streams
    have them: half a minute takes 12 ms, so that levels can be set anew for every call.
    """
    if not len(sound):
        return sound
    even, odd, first, second = _spectra()
    fresh = _BLOCK - _OVERLAP
    blocks = -(-len(sound) // (2 * fresh))
    held = np.zeros((_OVERLAP + blocks * fresh, 2))
    held.reshape(-1)[2 * _OVERLAP : 2 * _OVERLAP + len(sound)] = sound
    cut = np.lib.stride_tricks.sliding_window_view(held, _BLOCK, axis=0)[::fresh]
    narrow = np.fft.rfft(cut[:, 0]) * even + np.fft.rfft(cut[:, 1]) * odd
    wide = np.empty((blocks, fresh, 2), np.float32)
    wide[:, :, 0] = np.fft.irfft(narrow * first)[:, _OVERLAP:]
    wide[:, :, 1] = np.fft.irfft(narrow * second)[:, _OVERLAP:]
    return wide.reshape(-1)[: len(sound)]


@cache
def _spectra() -> tuple[NDArray[np.complex128], ...]:
    """How a block's even and odd samples make the narrow one, and that the two phases of the wide one."""
    late = np.zeros(_BLOCK)
    late[1 : 1 + _BAND_TAPS // 2] = _band()[1::2]
    first, second = _between()[::-1].T
    return tuple(np.fft.rfft(taps, _BLOCK) for taps in (_band()[0::2], late, first, second))


@cache
def _band() -> Numbers:
    """The band-pass at 16 kHz: symmetric, of gain 1 at 1 kHz."""
    taps = _sinc(_BAND_TAPS, _HIGH, _BAND_SHAPE) - _sinc(_BAND_TAPS, _LOW, _BAND_SHAPE)
    at = np.arange(_BAND_TAPS) - (_BAND_TAPS - 1) / 2
    gain = float(np.sum(taps * np.cos(2.0 * np.pi * 1000.0 / RATE * at)))
    return np.asarray(taps / gain)


@cache
def _between() -> Numbers:
    """The low-pass at 16 kHz split in its two phases, for samples oldest first: shape (21, 2)."""
    taps = _sinc(_BETWEEN_TAPS, _BETWEEN, _BETWEEN_SHAPE)
    phases = np.append(2.0 * taps / taps.sum(), 0.0).reshape(-1, 2)
    return np.ascontiguousarray(phases[::-1])


def _sinc(taps: int, cut: float, shape: float) -> Numbers:
    """A low-pass of half amplitude at `cut` Hz: a sinc in a Kaiser window."""
    at = np.arange(taps) - (taps - 1) / 2
    return np.asarray(2.0 * cut / RATE * np.sinc(2.0 * cut / RATE * at) * np.kaiser(taps, shape))
