"""The noise under a track: comfort noise, a line's hiss, a room. None of it is speech, and it moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.detection.energy import SECOND, Powers, runs, smoothed

_HOP = 5
_HOPS = SECOND // _HOP
"""Hops of 10 ms in a second: noise is judged on these."""

_STILL = 25
_SMOOTH = 3
_RANGE = 10.0**0.6
"""Noise stays within 6 dB for a quarter of a second; nothing that is said does, but a long fricative or a hum."""

_BELOW_SPEECH = 10.0**-0.8
_AROUND = 5
"""Noise found in a second stands for the five seconds before and after it."""

_STEADY = 0.9
_MOVING = 0.95
_PEAK_TO_ACTIVE = 10.0**-0.2


@dataclass(frozen=True, slots=True)
class _Hops:
    """Powers of 10 ms hops, whole seconds of them. sounding: neither digital silence nor next to it."""

    powers: Powers
    sounding: NDArray[np.bool_]

    def least(self) -> Powers:
        """The quietest sounding hop within a second of each second; infinite where none sounds."""
        quiet = np.where(self.sounding, self.powers, np.inf).reshape(-1, _HOPS).min(axis=1)
        return _nearby_least(quiet, 1)


def noise_floor(blocks: Powers) -> tuple[Powers, float]:
    """The power of the noise under each second of a track, and roughly that of the speech above it.

    The noise is 0 where the track is digitally silent or noise is too low to be found; the speech is
    0 where nothing moves.

    A floor is a stretch that holds still, with nothing that sounds nearby much below it: speech in
    digital silence has quieter moments than its steady ones, speech in noise has none below the noise.
    A second that holds still all through is noise (or a tone) however loud it is.
    """
    hops = _hops(blocks)
    mean, still = _still(hops)
    covered = _covered(still)
    moving = hops.powers[hops.sounding & ~covered]
    speech = float(np.quantile(moving, _MOVING)) * _PEAK_TO_ACTIVE if len(moving) >= _HOP else 0.0
    quiet = np.where(still, mean, np.inf).reshape(-1, _HOPS).min(axis=1)
    least = hops.least()
    likely = (quiet <= speech * _BELOW_SPEECH) & (least >= quiet / _RANGE)
    floor = _nearby_least(np.where(likely, quiet, np.inf), _AROUND)
    floor = np.where(least >= floor / _RANGE, floor, np.inf)
    steady = (covered & hops.sounding).reshape(-1, _HOPS).sum(axis=1) >= _STEADY * _HOPS
    floor = np.where(np.isinf(floor) & steady, quiet, floor)
    return np.where(np.isinf(floor), 0.0, floor), speech


def under(floor: Powers, blocks: int) -> Powers:
    """The floor of every block, from that of every second."""
    return np.repeat(floor, SECOND)[:blocks]


def _hops(blocks: Powers) -> _Hops:
    spare = -len(blocks) % SECOND
    powers = np.concatenate([blocks, np.zeros(spare)]).reshape(-1, _HOP).mean(axis=1)
    sounds = ~_painted_around(powers == 0.0)
    return _Hops(smoothed(powers, _SMOOTH), sounds)


def _painted_around(x):
    k=_SMOOTH//2+1
    p=np.pad(x,k)
    return np.lib.stride_tricks.sliding_window_view(p,2*k+1).any(axis=1)


def _still(hops: _Hops) -> tuple[Powers, NDArray[np.bool_]]:
    """For every hop: the mean power of the quarter second that starts with it, and whether that holds still."""
    if len(hops.powers) < _STILL:
        return hops.powers, np.zeros(len(hops.powers), bool)
    total = np.concatenate([[0.0], np.cumsum(hops.powers)])
    mean = np.full(len(hops.powers), np.inf)
    mean[: 1 - _STILL] = np.maximum(total[_STILL:] - total[:-_STILL], 0.0) / _STILL
    top = _running(np.where(hops.sounding, hops.powers, np.inf), np.maximum)
    bottom = _running(np.where(hops.sounding, hops.powers, 0.0), np.minimum)
    return mean, (top <= bottom * _RANGE) & np.isfinite(mean)


def _running(values: Powers, extreme: np.ufunc) -> Powers:
    """The extreme of the quarter second from each hop on, doubling the span each time."""
    span, done = 1, values.copy()
    while span < _STILL:
        step = min(span, _STILL - span)
        done[:-step] = extreme(done[:-step], done[step:])
        span += step
    return done


def _covered(still: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The hops that lie in some quarter second that holds still."""
    covered = np.zeros(len(still), bool)
    for start, end in zip(*runs(still), strict=True):
        covered[start : end + _STILL - 1] = True
    return covered


def _nearby_least(values: Powers, seconds: int) -> Powers:
    padded = np.pad(values, seconds, constant_values=np.inf)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 2 * seconds + 1).min(axis=1))
