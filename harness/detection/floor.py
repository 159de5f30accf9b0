"""The noise under a track: comfort noise, a line's hiss, a room. None of it is speech, and it moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.detection.energy import SECOND, Powers, runs, smoothed

_HOP = 5
_HOPS = SECOND // _HOP
"""Hops of 10 ms in a second: noise is judged on these."""

_SMOOTH = 5
_STILL = 25
_RANGE = 10.0**0.6
"""The 50 ms powers of noise stay within 6 dB for a quarter of a second; nothing said does, but a long hiss or hum."""

_BELOW_SPEECH = 10.0**-0.8
"""What is less than 8 dB below speech is no floor to hear speech over."""

_AROUND = 5
"""Noise found in a second stands for the five seconds before and after it."""

_ALIKE = 10.0**-0.3
"""Noise is the same noise within 3 dB."""

_ALL_BUT = 0.9
"""A second of which nine tenths hold still is noise, or a tone, however loud it is."""

_ROUND_ABOUT = 10
_QUIET = 10.0**-4
_OFTEN = 0.25
"""Within ten seconds either way there is one of which a quarter is 40 dB below speech: else a room is heard."""

_SELDOM = 0.9
_LISTENING = 0.2
"""The room's level is what half a second of it exceeds a tenth of the time, in the fifth quietest of the seconds."""

_MOVING = 0.95
_PEAK_TO_ACTIVE = 10.0**-0.2
"""Roughly: a twentieth of what moves is louder than speech's active level and 2 dB."""


@dataclass(frozen=True, slots=True)
class _Hops:
    """10 ms hops, whole seconds of them: raw powers, powers over 50 ms, and what lies away from digital silence."""

    raw: Powers
    powers: Powers
    sounding: NDArray[np.bool_]

    def least(self) -> Powers:
        """The quietest that sounds in each second; infinite where nothing does."""
        return np.asarray(np.where(self.sounding, self.powers, np.inf).reshape(-1, _HOPS).min(axis=1))


def noise_floor(blocks: Powers) -> tuple[Powers, float]:
    """The power of the noise under each second of a track, and roughly that of the speech above it.

    The noise is 0 where the track is digitally silent or noise is too low to be found; the speech is
    0 where nothing moves.
    """
    hops = _hops(blocks)
    mean, still = _still(hops)
    covered = _covered(still)
    moving = hops.powers[hops.sounding & ~covered]
    speech = float(np.quantile(moving, _MOVING)) * _PEAK_TO_ACTIVE if len(moving) >= _HOP else 0.0
    quiet = np.where(still, mean, np.inf).reshape(-1, _HOPS).min(axis=1)
    floor = _steady(hops, quiet, speech)
    noise = (covered & hops.sounding).reshape(-1, _HOPS).sum(axis=1) >= _ALL_BUT * _HOPS
    floor = np.where(np.isinf(floor) & noise, quiet, floor)
    floor = np.where(np.isinf(floor), _restless(hops, speech), floor)
    return floor, speech


def _steady(hops: _Hops, quiet: Powers, speech: float) -> Powers:
    """Noise that holds still, in each second; infinite where there is none.

    A floor is a stretch that holds still with nothing that sounds nearby much below it: speech in
    digital silence has quieter moments than its steady ones, speech in noise has none below the noise.
    """
    least = _nearby_least(hops.least(), 1)
    likely = (quiet <= speech * _BELOW_SPEECH) & (least >= quiet / _RANGE)
    floor = _steadiest(np.where(likely, quiet, np.inf))
    return np.where(least >= floor / _RANGE, floor, np.inf)


def _restless(hops: _Hops, speech: float) -> Powers:
    """Noise that never holds still, such as a room full of people: what it seldom exceeds; 0 where there is none.

    It is there where nothing is ever quiet, speech or no speech, and heard while nobody speaks over it.
    """
    silent = np.quantile(hops.powers.reshape(-1, _HOPS), _OFTEN, axis=1)
    never_quiet = _nearby_least(silent, _ROUND_ABOUT) > speech * _QUIET
    upper = np.quantile(hops.raw.reshape(-1, _HOPS // 2), _SELDOM, axis=1).reshape(-1, 2).min(axis=1)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(upper, _ROUND_ABOUT, mode="edge"), 2 * _ROUND_ABOUT + 1)
    level = np.quantile(around, _LISTENING, axis=1)
    return np.where(never_quiet & (level <= speech * _BELOW_SPEECH), level, 0.0)


def under(floor: Powers, blocks: int) -> Powers:
    """The floor of every block, from that of every second."""
    return np.repeat(floor, SECOND)[:blocks]


def _hops(blocks: Powers) -> _Hops:
    spare = max(-len(blocks) % SECOND, SECOND - len(blocks))
    raw = np.concatenate([blocks, np.zeros(spare)]).reshape(-1, _HOP).mean(axis=1)
    reach = _SMOOTH // 2 + 1
    silence = np.lib.stride_tricks.sliding_window_view(np.pad(raw == 0.0, reach), 2 * reach + 1)
    return _Hops(raw, smoothed(raw, _SMOOTH), np.asarray(~silence.any(axis=1)))


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


def _steadiest(found: Powers) -> Powers:
    """For every second the least noise around it that is much like what was found nearest to it, within five seconds.

    The noise may change with what the agent plays; where it doesn't, its least is the best estimate.
    """
    around = np.lib.stride_tricks.sliding_window_view(np.pad(found, _AROUND, constant_values=np.inf), 2 * _AROUND + 1)
    nearest = around[:, _AROUND]
    for away in range(1, _AROUND + 1):
        beside = np.minimum(around[:, _AROUND - away], around[:, _AROUND + away])
        nearest = np.where(np.isinf(nearest), beside, nearest)
    return np.asarray(np.where(around >= nearest[:, None] * _ALIKE, around, np.inf).min(axis=1))


def _nearby_least(values: Powers, seconds: int) -> Powers:
    padded = np.pad(values, seconds, constant_values=np.inf)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 2 * seconds + 1).min(axis=1))
