"""Where a track sounds above its own noise, and where that starts and stops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.audio.level import EDGE_BELOW_ACTIVE, SILENCE, active_level, short_rms
from harness.detection.energy import BLOCK, SECOND, Powers, block_powers, bridged, low_powers, runs, smoothed
from harness.detection.floor import noise_floor, under

BRIDGED = RATE // 4
"""Silences shorter than 250 ms are inside a spurt."""

SNAP = 10.0**0.7
"""The edge rule holds where its threshold lies 7 dB or more above the noise: then no noise crosses it."""

_WIDE, _WIDE_ABOVE = 5, 10.0**0.4
_LOW, _LOW_ABOVE = 10, 10.0**0.45
"""Over noise, a block sounds whose 10 ms are 4 dB above the noise, or whose 20 ms below 1 kHz are 4.5 dB above it."""

_CLEARLY_ABOVE = 10.0**0.6
"""2 ms that are 6 dB above the noise are none of it."""

_SHORTEST = RATE * 3 // 100
"""What is over in 30 ms is a click."""

_SYLLABLE = SECOND // 20
_LOUD = 10.0**1.5
"""What never comes within 15 dB of the active level is somebody else, far from this microphone."""

_TAIL = RATE * 35 // 100
"""How much silence behind a stretch counts for its active level: the hangover, and the envelope's fall."""

_VOICED = 10.0 ** (-EDGE_BELOW_ACTIVE / 10.0)
_APART = BRIDGED // BLOCK - 3
"""Blocks between stretches that may turn out to be 250 ms apart, to the sample."""

_CHUNK = 1 << 14


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """What energy says of a track.

    stretches: (first, one past the last) sample, silences under 250 ms bridged. sounds: which 2 ms
    blocks sound. level: active speech level, dBov. floor: the noise under what sounds, dBov.
    """

    stretches: tuple[tuple[int, int], ...]
    sounds: NDArray[np.bool_]
    level: float
    floor: float


@dataclass(frozen=True, slots=True, eq=False)
class _Track:
    """A track as powers of 2 ms blocks, the noise under each, and the same below 1 kHz where noise asks for it."""

    samples: Samples
    blocks: Powers
    floor: Powers
    low: tuple[Powers, Powers] | None


def gate(heard: Samples, foreign: NDArray[np.bool_] | None = None) -> Gate:
    """The stretches of a track that sound, of any length; none in silence, or in nothing but steady noise.

    foreign: 2 ms blocks that sound of somebody else, and so don't count.

    The active level needs to know what sounds, and what sounds needs the level: a rough level of the
    loudest that moves finds what sounds well enough to measure it, then the rule is applied.
    """
    blocks = block_powers(heard)
    floor, speech = noise_floor(blocks)
    track = _Track(heard, blocks, under(floor, len(blocks)), None)
    nothing = Gate((), np.zeros(len(blocks), bool), SILENCE, _dbov(float(floor.mean())))
    if speech <= 0.0:
        return nothing
    own = np.ones(len(blocks), bool) if foreign is None else ~foreign
    rule = speech * _VOICED
    track = _with_low(track, rule)
    sounds = _sounding(track, rule) & own
    if not sounds.any():
        return nothing
    noise = float(track.floor[sounds].mean())
    level = _level(heard, *bridged(*runs(sounds), _APART))
    rule = 10.0 ** (level / 10.0) * _VOICED
    track = _with_low(track, rule)
    sounds = _sounding(track, rule) & own
    return Gate(_edges(track, *bridged(*runs(sounds), _APART), rule), sounds, level, _dbov(noise))


def _dbov(power: float) -> float:
    return max(SILENCE, 10.0 * float(np.log10(power))) if power > 0.0 else SILENCE


def _with_low(track: _Track, rule: float) -> _Track:
    """The track with its low band, where noise buries the rule somewhere."""
    if track.low is not None or not (track.floor * SNAP > rule).any():
        return track
    powers = low_powers(track.samples)
    floor, _ = noise_floor(powers)
    return _Track(track.samples, track.blocks, track.floor, (powers, under(floor, len(powers))))


def _sounding(track: _Track, rule: float) -> NDArray[np.bool_]:
    """The blocks that sound: by the edge rule where it holds, by what rises above the noise elsewhere."""
    snapped = track.floor * SNAP <= rule
    by_rule = track.blocks >= rule
    by_rule[_straddling(track, rule, snapped)] = True
    if track.low is None:
        return by_rule
    above = smoothed(track.blocks, _WIDE) >= np.maximum(rule, track.floor * _WIDE_ABOVE)
    low, low_floor = track.low
    above |= (low_floor > 0.0) & (smoothed(low, _LOW) >= np.maximum(rule, low_floor * _LOW_ABOVE))
    starts, ends = runs(above & ~snapped)
    clear = track.blocks >= np.maximum(rule, track.floor * _CLEARLY_ABOVE)
    starts, ends = _tightened(starts, ends, clear)
    return np.where(snapped, by_rule, _painted(starts, ends, len(above)))


def _tightened(
    starts: NDArray[np.intp], ends: NDArray[np.intp], clear: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Runs of a smoothed power, less what the smoothing spread them by: in to the first block that is clearly above."""
    at = np.arange(len(clear))
    following = np.minimum.accumulate(np.where(clear, at, len(clear))[::-1])[::-1]
    before = np.maximum.accumulate(np.where(clear, at, -1))
    ins, outs = following[starts], before[ends - 1] + 1
    starts = np.where(ins - starts <= _LOW // 2, ins, starts)
    ends = np.where(ends - outs <= _LOW // 2, outs, ends)
    return starts, np.maximum(ends, starts + 1)


def _painted(starts: NDArray[np.intp], ends: NDArray[np.intp], length: int) -> NDArray[np.bool_]:
    turns = np.zeros(length + 1, np.int64)
    np.add.at(turns, starts, 1)
    np.add.at(turns, ends, -1)
    return np.cumsum(turns)[:length] > 0


def _straddling(track: _Track, rule: float, snapped: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Blocks that are voiced only by 2 ms that begin in one of them and end in the next."""
    one, two = track.blocks[:-1], track.blocks[1:]
    maybe = np.flatnonzero((one + two >= rule) & (one < rule) & (two < rule) & snapped[1:])
    maybe = maybe[(maybe + 2) * BLOCK <= len(track.samples)]
    if not len(maybe):
        return maybe
    pairs = np.lib.stride_tricks.sliding_window_view(track.samples, 2 * BLOCK)[::BLOCK]
    voiced = np.zeros(len(maybe), bool)
    for first in range(0, len(maybe), _CHUNK):
        some = slice(first, first + _CHUNK)
        total = np.cumsum(np.square(pairs[maybe[some]], dtype=np.float64), axis=1)
        voiced[some] = (total[:, BLOCK:] - total[:, :-BLOCK]).max(axis=1) >= rule * BLOCK
    either = maybe[voiced]
    return np.concatenate([either, either + 1])


def _level(track: Samples, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> float:
    """The active level of what sounds, with silence for all else: P.56 would count steady noise as speech."""
    parts: list[Samples] = []
    following = np.append(starts[1:], ends[-1] + _TAIL)
    for start, end, then in zip(starts * BLOCK, ends * BLOCK, following * BLOCK, strict=True):
        parts += [track[start:end], np.zeros(min(then - end, _TAIL), np.float32)]
    return active_level(np.concatenate(parts)).dbov


def _edges(track: _Track, starts: NDArray[np.intp], ends: NDArray[np.intp], rule: float) -> tuple[tuple[int, int], ...]:
    """The stretches to the sample, by the rule; where noise buries it, to the block."""
    heard, snapped = track.samples, track.floor * SNAP <= rule
    first = [_first(heard, int(a), rule) if snapped[a] else int(a) * BLOCK for a in starts]
    last = [_last(heard, int(b), rule) if snapped[b - 1] else min(int(b) * BLOCK, len(heard)) for b in ends]
    exact = bridged(np.array(first), np.array(last), BRIDGED)
    long = [(int(a), int(b)) for a, b in zip(*exact, strict=True) if b - a >= _SHORTEST]
    loud = np.flatnonzero(smoothed(track.blocks, _SYLLABLE) >= rule * _LOUD)
    return tuple((a, b) for a, b in long if np.searchsorted(loud, a // BLOCK) < np.searchsorted(loud, -(-b // BLOCK)))


def _first(heard: Samples, block: int, rule: float) -> int:
    """The first sample with which 2 ms end that are voiced, where `block` is the first that is."""
    begin = max(0, (block - 1) * BLOCK)
    around = heard[begin : (block + 2) * BLOCK]
    ending = np.square(short_rms(around, BLOCK))[: len(around)]
    if begin:
        ending[: BLOCK - 1] = 0.0
    found = np.flatnonzero(ending >= rule)
    return begin + int(found[0]) if len(found) else block * BLOCK


def _last(heard: Samples, block: int, rule: float) -> int:
    """One past the last sample with which 2 ms begin that are voiced, where `block` is one past the last that is."""
    begin = max(0, (block - 2) * BLOCK)
    around = heard[begin : (block + 1) * BLOCK]
    starting = np.square(short_rms(around, BLOCK))[BLOCK - 1 :]
    if begin + len(around) < len(heard):
        starting = starting[: 1 - BLOCK]
    found = np.flatnonzero(starting >= rule)
    return begin + int(found[-1]) + 1 if len(found) else min(block * BLOCK, len(heard))
