"""What a withdrawal took back: whether a listener would have missed it, and whether it is sent again at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from harness.audio import RATE, Samples, on_grid
from harness.audio import samples as to_samples
from harness.timeline import AudioWithdrawn, Event

AUDIBLE = 10 ** (-52 / 20)
"""Samples that stay below this say nothing: taking them back withdraws nothing."""

AT_ONCE = to_samples(0.6)
"""Speech that resumes within this is the same speech, where it is the same sound."""

_FAINT = 10 ** (-25 / 20)
"""What stays so far below the loudest syllable is no speech of the same speaker."""

_SYLLABLE = RATE // 20
_BEFORE = 10 * RATE

_ENOUGH = RATE // 10
"""So much of a sound, to the last bit, is no coincidence."""

_AROUND = RATE // 5
_AHEAD = RATE
"""Who goes on may begin a little before where it was stopped, or leave something out."""

_BIT = 1.5 / 32767


def missed(gone: Samples, heard: Samples) -> bool:
    """Whether there was speech in what was taken back, next to what was heard before: hiss is none."""
    return _loudest(gone) >= _FAINT * _loudest(heard[-_BEFORE:])


def _loudest(sound: Samples) -> float:
    """RMS of the loudest of its stretches of 50 ms."""
    if not len(sound):
        return 0.0
    width = min(_SYLLABLE, len(sound))
    stretches = sound[: len(sound) // width * width].reshape(-1, width)
    return float(np.sqrt(np.einsum("ij,ij->i", stretches, stretches).max() / width))


class TakenBack:
    """Follows what comes behind a withdrawal."""

    def __init__(self) -> None:
        self._event: AudioWithdrawn | None = None
        self._sound: Samples = np.zeros(0, np.float32)
        self._coming: list[Samples] = []
        self._resent: list[AudioWithdrawn] = []

    def withdrawn(self, event: AudioWithdrawn, heard: Samples, gone: Samples) -> None:
        """Take a withdrawal: what was heard up to it, and what would have been heard from there."""
        if event.samples:
            self._event = event
            self._sound = np.concatenate([heard[-_AROUND:], gone[: _AHEAD + _ENOUGH]])
            self._coming = []

    def arrived(self, start: int, samples: Samples) -> None:
        """Take what will be heard from sample `start` on."""
        if self._event is None:
            return
        if not self._coming:
            sounding = np.flatnonzero(np.abs(samples) > AUDIBLE)
            if not len(sounding):
                return
            start, samples = start + int(sounding[0]), samples[sounding[0] :]
            if start - self._event.at > AT_ONCE:
                self._event = None
                return
        self._coming.append(on_grid(samples[:_ENOUGH]))
        if sum(map(len, self._coming)) >= _ENOUGH:
            if _holds(self._sound, np.concatenate(self._coming)[:_ENOUGH]):
                self._resent.append(self._event)
            self._event = None

    def marked(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """The events, with what was sent again at once marked so."""
        return tuple(
            replace(event, resent=True)
            if isinstance(event, AudioWithdrawn) and any(event is one for one in self._resent)
            else event
            for event in events
        )


def _holds(sound: Samples, part: Samples) -> bool:
    """Whether a sound holds a part, to the bit."""
    at = np.arange(len(sound) - len(part) + 1)
    for offset in range(0, len(part), 97):
        at = at[np.abs(sound[at + offset] - part[offset]) <= _BIT]
        if not len(at):
            return False
    return any(bool((np.abs(sound[i : i + len(part)] - part) <= _BIT).all()) for i in at.tolist())
