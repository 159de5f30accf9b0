"""How loud sound is: plain level, the active speech level of ITU-T P.56, and where speech is voiced.

Levels are in dBov: re the RMS of a full-scale square wave, 1.0, as P.56 and G.191 have it (a
full-scale sine is at -3.01 dBov).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.audio import FRAME, RATE, Samples

SILENCE = -100.0
"""The level, in dBov, that stands for no sound at all."""

SPEECH = -26.0
"""The active level, in dBov, at which voices are delivered (P.56's nominal speech level)."""

EDGE_WINDOW = RATE // 500
"""2 ms: the window whose level decides whether a sample is voiced."""

EDGE_BELOW_ACTIVE = 30.0
"""A voiced edge is the first or last window at or above the active speech level less this many dB."""

_TIME_CONSTANT = 0.03
_HANGOVER = 0.2
_MARGIN = 15.9
_STEP = 8
"""The envelope moves at 5 Hz, so it is followed on means over 0.5 ms: sixteen times cheaper, within 0.01 dB."""

_THRESHOLDS = 2.0 ** np.arange(-20, 0)
"""P.56's powers of two, carried below its fifteen so that very quiet speech has a level too."""


_TRIES, _CLOSE = 6, 0.01


@dataclass(frozen=True, slots=True)
class Level:
    """How loud speech is while it is there, and for how much of the time it is.

    dbov: active speech level in dB re full-scale RMS 1.0, -100 for silence. activity: 0 to 1.
    """

    dbov: float
    activity: float


def dbov(samples: Samples) -> float:
    """The plain RMS level of a stretch in dBov; -100 where there is nothing."""
    if not len(samples):
        return SILENCE
    return _decibels(_energy(samples) / len(samples))


def active_level(samples: Samples) -> Level:
    """The active speech level and the activity of a stretch, by method B.

    The envelope is |x| smoothed twice with 30 ms; at each threshold the time it stays above, with
    200 ms hangover, gives a level; the one that lies 15.9 dB above its own threshold is the answer,
    interpolated between the two thresholds around it. A sound so short that no threshold comes
    within the margin has the level at the highest it reaches.

    Source: ITU-T P.56 (12/2011), 7.2; interpolation as in ITU-T G.191 `speech_voltmeter`.
    """
    energy = _energy(samples)
    if energy <= len(samples) * 10.0 ** (SILENCE / 10.0):
        return Level(SILENCE, 0.0)
    envelope = _envelope(samples)
    hangover = round(_HANGOVER * RATE / _STEP)
    below: tuple[float, float] | None = None  # level and its distance from its own threshold
    for threshold in _THRESHOLDS:
        active = min(_active(envelope >= threshold, hangover) * _STEP, len(samples))
        if not active:
            break
        level = _decibels(energy / active)
        above = level - 2.0 * _decibels(threshold)
        if above <= _MARGIN:
            if below is not None:
                share = (below[1] - _MARGIN) / (below[1] - above)
                level = below[0] + share * (level - below[0])
            return _answer(level, energy, len(samples))
        below = (level, above)
    return _answer(_decibels(energy / len(samples)) if below is None else below[0], energy, len(samples))


def short_rms(samples: Samples, window: int) -> NDArray[np.float64]:
    """The RMS of every stretch of `window` samples, with silence before and after the sound.

    Shape (len(samples) + window - 1,): value i is of the stretch that *ends* with sample i, so the
    first len(samples) values look back from each sample, and those from window - 1 on look ahead.
    """
    rms: NDArray[np.float64] = np.sqrt(_short_power(samples, window))
    return rms


def voiced_edges(samples: Samples, dbov: float | None = None) -> tuple[int, int]:
    """The first voiced sample and one past the last; (0, 0) where nothing is voiced.

    A sample is voiced whose 2 ms are at or above the active speech level less 30 dB: the 2 ms that
    end with it for the first, those that start with it for the last, so that a sound cut out of
    silence has its very edges. dbov: the active level, where it is known; measured where not.
    """
    active = active_level(samples).dbov if dbov is None else dbov
    if active <= SILENCE or not len(samples):
        return 0, 0
    voiced = _short_power(samples, EDGE_WINDOW) >= 10.0 ** ((active - EDGE_BELOW_ACTIVE) / 10.0)
    if not voiced.any():
        return 0, 0
    onset = int(voiced.argmax())
    end = len(voiced) - int(voiced[::-1].argmax()) - (EDGE_WINDOW - 1)
    return min(onset, len(samples) - 1), max(end, onset + 1)


def at_level(samples: Samples, dbov: float = SPEECH) -> Samples:
    """The sound at an active speech level, to 0.01 dB; lower where its peak would pass full scale.

    Silence is given back as it is.
    """
    if active_level(samples).dbov <= SILENCE:
        return samples
    gain = 1.0
    # P.56's thresholds stay where they are as the sound grows, which moves its level by a tenth of a dB or two.
    for _ in range(_TRIES):
        missing = dbov - active_level(np.asarray(samples * gain, np.float32)).dbov
        if abs(missing) < _CLOSE:
            break
        gain *= 10.0 ** (missing / 20.0)
    peak = float(np.abs(samples).max())
    return np.asarray(samples * min(gain, 1.0 / peak), np.float32)


def _decibels(power: float) -> float:
    return SILENCE if power <= 0.0 else max(SILENCE, 10.0 * float(np.log10(power)))


def _energy(samples: Samples) -> float:
    """The sum of squares, over frames first: quick, exact to 1e-6, and the same on any number of threads."""
    whole = len(samples) // FRAME * FRAME
    frames, rest = samples[:whole].reshape(-1, FRAME), samples[whole:]
    energy = np.einsum("ij,ij->i", frames, frames).sum(dtype=np.float64) + np.square(rest).sum(dtype=np.float64)
    return float(energy)


def _answer(level: float, energy: float, count: int) -> Level:
    """The level to a millionth of a dB: how a sum was split over threads never shows in a gain."""
    return Level(round(level, 6), min(1.0, round(energy / count / 10.0 ** (level / 10.0), 6)))


def _envelope(samples: Samples) -> NDArray[np.float64]:
    spare = -len(samples) % _STEP
    sizes = np.abs(np.concatenate([samples, np.zeros(spare, np.float32)]) if spare else samples)
    means = sizes.reshape(-1, _STEP).mean(axis=1).astype(np.float64)
    keep = float(np.exp(-_STEP / (RATE * _TIME_CONSTANT)))
    return _decayed(_decayed(means * (1.0 - keep), keep) * (1.0 - keep), keep)


def _decayed(x: NDArray[np.float64], keep: float) -> NDArray[np.float64]:
    """y[i] = keep * y[i-1] + x[i], a block at a time: scipy.signal takes a second to import."""
    width = 64
    powers = keep ** np.arange(width + 1)
    lags = np.subtract.outer(np.arange(width), np.arange(width))
    block = np.where(lags >= 0, powers[np.maximum(lags, 0)], 0.0)
    if len(x) <= width:
        return np.asarray(block[: len(x), : len(x)] @ x)
    # Stacked, so that each product is too small to be split over threads, which costs more than it saves.
    stack = min(32, -(-len(x) // width))
    padded = np.concatenate([x, np.zeros(-len(x) % (stack * width))])
    y = (padded.reshape(-1, stack, width) @ block.T).reshape(-1, width)
    carried = _decayed(np.ascontiguousarray(y[:, -1]), float(powers[width]))
    y[1:] += carried[:-1, None] * powers[1:]
    return np.asarray(y.reshape(-1)[: len(x)])


def _active(above: NDArray[np.bool_], hangover: int) -> int:
    """How many steps are above, or follow one that is within the hangover."""
    turns = np.flatnonzero(above[1:] != above[:-1]) + 1
    first = 0 if above[0] else 1
    downs = turns[first::2]
    ups = np.append(turns[first + 1 :: 2], len(above))[: len(downs)]
    return int(np.count_nonzero(above) + np.minimum(ups - downs, hangover).sum())


def _short_power(samples: Samples, window: int) -> NDArray[np.float64]:
    total = np.zeros(len(samples) + 2 * window - 1)
    np.cumsum(np.square(samples, dtype=np.float64), out=total[window : window + len(samples)])
    total[window + len(samples) :] = total[window + len(samples) - 1]
    power: NDArray[np.float64] = np.maximum(total[window:] - total[:-window], 0.0) / window
    return power
