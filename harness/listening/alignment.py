"""Where lines whose clean sound is known lie in a track that somebody else recorded, and by how much its clock drifts.

A line is found by normalised cross-correlation, and only where one place stands out. Where the
track's clock ran faster or slower than ours, every stretch of a line lies a little further from
where it should: a straight line through these shifts is the drift, and the line's edges follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.audio.convolution import Blocks, band_powers

_CLEAR = 1.5
"""The right place matches half as well again as any other: a voice is like itself elsewhere, too."""

_SELDOM = 0.9999
"""What one place in ten thousand matches by is chance, however few places a line is looked for at."""

_BESIDE = RATE // 20
"""Peaks within 50 ms of the best are its own: pitch periods and formants."""

_STRETCH = RATE // 2
"""Half a second of speech is shifted by 8 samples in it at 1000 ppm: it still matches as a whole."""

_REACH = 40
"""How far from where its line was found a stretch may lie, in samples: 2.5 ms."""

_TRUSTED = 3
_MOST_PPM = 1000.0
"""Clocks that anything records by are within a tenth of a percent of each other."""

_SLIP = 10
"""Samples by which half a second's place may slip against the one before it, at twice any clock's drift."""

_BANDS = 512
_RANGE = 1e-4
"""Sounds are made flat over bands of 31 Hz, those 40 dB below the strongest left as faint as they are."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in a track: where its first sample lies, and how well it matches there (1 is itself)."""

    at: float
    match: float


@dataclass(frozen=True, slots=True)
class Drift:
    """How much longer the track's seconds are than ours, in ppm: positive where its clock counted more samples.

    residual: what the straight line leaves of the shifts, RMS, in samples. sure: standard error, ppm.
    """

    ppm: float
    sure: float
    residual: float
    stretches: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The lines' places, None where none stands out, and the drift, None where too little shows it."""

    placed: tuple[Placed | None, ...]
    drift: Drift | None

    def position(self, line: int, sample: float) -> int:
        """Where a sample of a line lies in the track, drift and all."""
        placed = self.placed[line]
        assert placed is not None
        return round(placed.at + sample * (1.0 + (self.drift.ppm * 1e-6 if self.drift else 0.0)))


def align(track: Samples, lines: Sequence[Samples]) -> Alignment:
    """Place lines, in the order they were said, in a track.

    What stands out on the whole track is placed first, the rest between its neighbours: words that
    are said twice are found twice.
    """
    flat = _flattening(track)
    even, lines = _Track(flat(track)), [flat(line) for line in lines]
    rough = _in_order([_place(even, line) for line in lines])
    for number, line in enumerate(lines):
        if rough[number] is None:
            rough[number] = _place(even, line, _free(rough, lines, number, len(even.samples)))
    there = [(number, placed) for number, placed in enumerate(rough) if placed is not None]
    shifts = {number: _shifts(even.samples, lines[number], placed) for number, placed in there}
    drift = _drift(list(shifts.values()))
    slope = drift.ppm * 1e-6 if drift else 0.0
    return Alignment(
        tuple(
            None if placed is None else Placed(_fitted(placed, shifts[number], slope), placed.match)
            for number, placed in enumerate(rough)
        ),
        drift,
    )


class _Track:
    """What lines are looked for in, with what is the same for each of them."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self._blocks = Blocks(samples.astype(np.float64))
        self._energy = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])

    def matches(self, line: Samples) -> NDArray[np.float64]:
        """The line against every stretch of its length, over the sizes of both: 1 where it is itself."""
        energy = float(np.square(line, dtype=np.float64).sum())
        product = self._blocks.convolved(line[::-1].astype(np.float64))[len(line) - 1 : len(self.samples)]
        sizes = self._energy[len(line) :] - self._energy[: -len(line)]
        # Where next to nothing sounds, nothing matches: not the rounding of a sum either.
        least = 1e-6 * float(sizes.max()) + np.finfo(float).tiny
        return np.asarray(product / np.sqrt(np.maximum(sizes, least) * energy))


def _flattening(track: Samples) -> Callable[[Samples], Samples]:
    """What makes the track's long-term spectrum flat: where noise is strong it then weighs little, and peaks are sharp.

    Source: the generalised cross-correlation of Knapp and Carter (1976), with the track's own
    spectrum for that of the noise.
    """
    power = band_powers(track, _BANDS)
    gain = 1.0 / np.sqrt(np.maximum(power, _RANGE * float(power.max()) + np.finfo(float).tiny))
    response = np.fft.fftshift(np.fft.irfft(gain)) * np.hanning(_BANDS)
    response /= np.sqrt(np.square(response).sum())

    def flat(sound: Samples) -> Samples:
        first = (len(response) - 1) // 2
        return Blocks(sound).convolved(response)[first : first + len(sound)].astype(np.float32)

    return flat


def _in_order(placed: list[Placed | None]) -> list[Placed | None]:
    """The places that agree with the order the lines were said in, those that match best first."""
    kept: list[Placed | None] = [None] * len(placed)
    found = [(one.match, number, one) for number, one in enumerate(placed) if one is not None]
    for _, number, one in sorted(found, key=lambda row: row[0], reverse=True):
        before = max((other.at for other in kept[:number] if other), default=-1.0)
        behind = min((other.at for other in kept[number:] if other), default=float("inf"))
        if before < one.at < behind:
            kept[number] = one
    return kept


def _free(placed: Sequence[Placed | None], lines: Sequence[Samples], number: int, length: int) -> tuple[int, int]:
    """The first sample that a line may begin at, its neighbours being where they are, and one past the last."""
    there = [(i, round(one.at)) for i, one in enumerate(placed) if one]
    first = max((at + len(lines[i]) for i, at in there if i < number), default=0)
    last = min((at for i, at in there if i > number), default=length)
    return first, last - len(lines[number]) + 1


def _place(track: _Track, line: Samples, free: tuple[int, int] | None = None) -> Placed | None:
    """Where a line stands out: as a whole, or as half seconds that lie nearly where they should."""
    if len(line) > len(track.samples) or not line.any():
        return None
    return _standing_out(track.matches(line), free) or _standing_out(_in_stretches(track, line), free)


def _standing_out(match: NDArray[np.float64], free: tuple[int, int] | None) -> Placed | None:
    """The best place there is, or among the free ones, if it's clearly better than others and than chance."""
    first, last = free or (0, len(match))
    here = match[first:last]
    if not len(here):
        return None
    best = int(here.argmax())
    others = np.concatenate([here[: max(0, best - _BESIDE)], here[best + _BESIDE :]])
    chance = float(np.quantile(match, _SELDOM))
    rival = max(float(others.max(initial=0.0)), chance, 0.0)
    if here[best] <= _CLEAR * rival:
        return None
    return Placed(first + best + _between(here, best), float(here[best]))


def _in_stretches(track: _Track, line: Samples) -> NDArray[np.float64]:
    """The mean match of a line's half seconds, each where it matches best near where it should lie."""
    from scipy.ndimage import maximum_filter1d

    length = len(track.samples) - len(line) + 1
    total = np.zeros(length)
    starts = range(0, max(1, len(line) - _STRETCH + 1), _STRETCH)
    for number, start in enumerate(starts):
        piece = line[start : start + _STRETCH]
        if piece.any():
            match = track.matches(piece)
            total += maximum_filter1d(match, 2 * _SLIP * number + 1)[start : start + length]
    return np.asarray(total / len(starts))


def _between(values: NDArray[np.float64], best: int) -> float:
    """How far from a peak's sample its top lies: a parabola through it and its neighbours."""
    if not 0 < best < len(values) - 1:
        return 0.0
    before, top, after = values[best - 1 : best + 2]
    bend = before - 2.0 * top + after
    return float(0.5 * (before - after) / bend) if bend < 0.0 else 0.0


def _shifts(track: Samples, line: Samples, placed: Placed) -> NDArray[np.float64]:
    """(middle, shift, weight) of each half second of a line that stands where it was found: shape (n, 3)."""
    rows: list[tuple[float, float, float]] = []
    at = round(placed.at)
    for start in range(0, len(line) - _STRETCH + 1, _STRETCH):
        piece = line[start : start + _STRETCH]
        first = at + start - _REACH
        around = track[max(0, first) : at + start + _STRETCH + _REACH]
        if first < 0 or len(around) < _STRETCH + 2 * _REACH or not piece.any():
            continue
        match = _Track(around).matches(piece)
        best = int(match.argmax())
        if match[best] >= placed.match / 2.0 and 0 < best < len(match) - 1:
            shift = best - _REACH + _between(match, best)
            rows.append((start + _STRETCH / 2, shift, float(match[best]) ** 2))
    return np.array(rows).reshape(-1, 3)


def _drift(lines: Iterable[NDArray[np.float64]]) -> Drift | None:
    """One slope through the shifts of all lines, each about its own middle; what strays is left out.

    None where fewer than three stretches lie in lines of two or more.
    """
    kept = [line for line in lines if len(line) >= 2]
    slope, residual = 0.0, _REACH / 1.0
    for _ in range(4):
        kept = [near for near in (_near(line, slope, residual) for line in kept) if len(near) >= 2]
        count = sum(map(len, kept))
        if count < _TRUSTED:
            return None
        about = [_centred(line) for line in kept]
        x, y, w = (np.concatenate([line[:, i] for line in about]) for i in range(3))
        slope = float((w * x * y).sum() / (w * x * x).sum())
        residual = float(np.sqrt((w * (y - slope * x) ** 2).sum() / w.sum()))
    free = max(1, count - len(kept) - 1)
    sure = residual * np.sqrt(count / free) / np.sqrt((w * x * x).sum() / w.mean())
    if abs(slope) * 1e6 > _MOST_PPM:
        return None
    return Drift(slope * 1e6, float(sure) * 1e6, residual, count)


def _centred(line: NDArray[np.float64]) -> NDArray[np.float64]:
    middle = np.average(line[:, :2], axis=0, weights=line[:, 2])
    return np.column_stack([line[:, :2] - middle, line[:, 2]])


def _near(line: NDArray[np.float64], slope: float, residual: float) -> NDArray[np.float64]:
    """The stretches within three residuals, and a sample, of the straight line through their middle one."""
    off = line[:, 1] - slope * line[:, 0]
    return line[np.abs(off - np.median(off)) <= 3.0 * residual + 1.0]


def _fitted(placed: Placed, shifts: NDArray[np.float64], slope: float) -> float:
    """Where a line begins: where it was found, corrected by what its stretches say once the drift is taken off."""
    if not len(shifts):
        return placed.at
    off = shifts[:, 1] - slope * shifts[:, 0]
    return round(placed.at) + float(np.median(off))
