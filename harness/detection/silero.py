"""Silero's say-so: whether a stretch that sounds is speech, and which part of it.

It is asked sparingly: from just before the stretch until it is sure, then a few windows at the end.
Only where it says no is the whole stretch asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.audio.level import SPEECH
from harness.detection.energy import BLOCK, runs
from harness.detection.say_so import model

WINDOW = 512
"""Samples that Silero hears at a time: 32 ms."""

_SPEECH = 0.5
_SURE = 3
_CERTAIN = 0.75
"""Speech is three windows in a row above a half, one of them above three quarters: all words have these, no music."""

_MAYBE = 0.25
"""A stretch is speech from the first window that may be, to the last: a hum is that much, a bang or a hiss is not."""

_CONTEXT = 3
_GROUP = 6
_SLACK = RATE // 5
"""Silero says so up to 0.15 s late; what sounds for longer than 0.2 s before that, or after it, is something else."""

_KEYS = ((697, 770, 852, 941), (1209, 1336, 1477, 1633))
_KEY_SHARE = 0.8
_AROUND_KEY = 2

_PAUSE = RATE // 50
_LOUDEST = 1000.0


def is_key(window: Samples) -> bool:
    """Whether a window is a dialled key: Silero takes some of them for vowels.

    Nearly all of its power lies around one of the four low tones and one of the four high ones, and
    neither is much louder than the other. Source: ITU-T Q.23.
    """
    taper, low_bins, high_bins = _key_bins(len(window))
    power = np.abs(np.fft.rfft(window * taper)) ** 2
    low, high = float(power[low_bins].sum(axis=1).max()), float(power[high_bins].sum(axis=1).max())
    return low + high >= _KEY_SHARE * float(power.sum()) and 0.1 * low < high < 10.0 * low


@cache
def _key_bins(length: int) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """What a window of a length is tapered by, and the bins around each low tone and each high one: shape (4, 5)."""
    around = np.arange(-_AROUND_KEY, _AROUND_KEY + 1)
    low, high = (np.array([around + round(tone * length / RATE) for tone in tones]) for tones in _KEYS)
    return np.hanning(length), low, high


class Silero:
    """Silero's ear on one track, which it hears at the level of speech whatever the track's is.

    heard: the track. level: its active speech level, dBov. sounds: which 2 ms blocks sound. windows:
    how many windows were run so far.
    """

    def __init__(self, heard: Samples, level: float, sounds: NDArray[np.bool_]) -> None:
        self._heard = heard
        self._gain = np.float32(min(10.0 ** ((SPEECH - level) / 20.0), _LOUDEST))
        self._sounds = sounds
        self.windows = 0

    def spoken(self, start: int, end: int) -> tuple[int, int] | None:
        """The part of a stretch that is speech, or None: a bang before it and a beep behind it are left out."""
        begun = self._begun(start, end)
        if begun is None:
            return None
        first, sure = begun
        last = self._last(sure, end)
        onset = start if first - start <= _SLACK else self._after_pause(start, first)
        stop = end if end - last <= _SLACK else self._before_pause(last, end)
        return onset, stop

    def _begun(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the first window begins that may be speech, and where those end that made it sure of speech.

        What only may be, with no more of it for a while behind it, is none: noise that sets in startles Silero.
        """
        row, certain, first, maybe, likeliest = 0, False, None, start, 0.0
        for at, likely in self._asked(start - _CONTEXT * WINDOW, end):
            if likely > _MAYBE and at + WINDOW > start:
                first, maybe = at if first is None else first, at
            likeliest = max(likely, likeliest) if first is not None else 0.0
            if likeliest <= _SPEECH and at - maybe > _SLACK:
                first = None
            row = row + 1 if likely > _SPEECH else 0
            certain = row > 0 and (certain or likely > _CERTAIN)
            if row >= _SURE and certain and first is not None:
                return first, at + WINDOW
        return None

    def _last(self, sure: int, end: int) -> int:
        """One past the last window of speech, asked for from the end of the stretch backwards."""
        high = end
        while high > sure + _SLACK:
            low = max(sure, high - _GROUP * WINDOW)
            asked = self._asked(low - _CONTEXT * WINDOW, high)
            speech = [at + WINDOW for at, likely in asked if likely > _MAYBE and at >= low]
            if speech:
                return speech[-1]
            high = low
        return high

    def _asked(self, start: int, end: int) -> Iterator[tuple[int, float]]:
        """(first sample, probability of speech) of every window from `start` until all before `end` was heard."""
        says = model()
        says.reset()
        for at in range(max(start, 0), end, WINDOW):
            window = self._heard[at : at + WINDOW] * self._gain
            if len(window) < WINDOW:
                window = np.pad(window, (0, WINDOW - len(window)))
            self.windows += 1
            likely = says.hear(window)
            yield at, 0.0 if likely > _MAYBE and is_key(window) else likely

    def _after_pause(self, start: int, first: int) -> int:
        """Where sound sets in again after its last pause before Silero heard speech; there, where it never paused."""
        block = start // BLOCK
        begins, ends = runs(~self._sounds[block : first // BLOCK + WINDOW // BLOCK])
        pauses = ends[(ends - begins) * BLOCK >= _PAUSE]
        onset = (block + int(pauses[-1])) * BLOCK if len(pauses) else start
        return onset if first - onset <= _SLACK else first

    def _before_pause(self, last: int, end: int) -> int:
        """Where sound first pauses after Silero last heard speech; there, where it doesn't."""
        block = max(0, last - WINDOW) // BLOCK
        begins, ends = runs(~self._sounds[block : -(-end // BLOCK)])
        pauses = begins[(ends - begins) * BLOCK >= _PAUSE]
        stop = (block + int(pauses[0])) * BLOCK if len(pauses) else end
        return stop if stop - last <= _SLACK else last
