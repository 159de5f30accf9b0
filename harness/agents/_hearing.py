"""The agent's ear: where the caller speaks, by energy over a floor that adapts; causal, and a few µs a frame."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from harness.audio import FRAME, Samples
from harness.call.line import Frame

SILENCE = -75.0
"""dBov below which all frames are alike: digital silence must not teach the ear a floor it never leaves."""

LEAST = -48.0
"""dBov that speech must reach on the quietest line."""

ABOVE = 1.5
"""dB that speech must stand above what the line's own noise seldom passes."""

RISEN = 2.0
"""dB over its mean that risen noise is taken to pass seldom, until more is known of it."""

WARIER = 3.0
WARIEST = 9.0
"""dB by which sounds without words raise what speech must reach, and by how much at most."""

_NOTHING = FRAME * 10.0 ** (SILENCE / 10.0)
_PREROLL = 15
_AFTER = 12
_BLOCK = 25
_SETTLE = 15


class Ear:
    """Follows the caller's sound.

    since: the sample at which the stretch of speech that is being heard began, None while there is
    none. last: one past its last voiced sample; voiced: how many of its frames were; loud: whether
    the frame just heard was. Both edges lie on the grid of frames.
    """

    def __init__(self) -> None:
        self.since: int | None = None
        self.loud = False
        self.last = 0
        self.voiced = 0
        self._history = 0
        self._recent: deque[Samples] = deque(maxlen=_PREROLL)
        self._stretch: list[Samples] = []
        self._seldom = SILENCE
        self._wary = 0.0
        self._threshold = LEAST
        self._heard = 0
        self._number = 0
        self._least = self._sum = 0.0
        self._leasts: deque[float] = deque((SILENCE, SILENCE, SILENCE), maxlen=3)

    def hear(self, said: Frame) -> None:
        """Hear the next frame."""
        frame = said.samples
        power = float(np.dot(frame, frame))
        level = 10.0 * math.log10(power / FRAME) if power > _NOTHING else SILENCE
        self._heard += 1
        self._number = said.number + 1
        self.loud = loud = level > self._threshold
        self._history = history = (self._history << 1 | loud) & 0x3F
        if self.since is None:
            self._recent.append(frame)
            self._learn(level)
            if loud and history.bit_count() >= 4:
                self._begin(said.number, history)
        else:
            self._stretch.append(frame)
            if loud:
                self.voiced += 1
                if history & 6:
                    self.last = (said.number + 1) * FRAME
            self._watch(level)

    def sound(self) -> Samples:
        """The stretch so far, from a little before its beginning to a little after its end."""
        beyond = (self._number * FRAME - self.last) // FRAME - _AFTER
        heard = self._stretch[:-beyond] if beyond > 0 else self._stretch
        return np.concatenate(heard) if heard else np.zeros(0, np.float32)

    def forget(self) -> None:
        """The stretch is over."""
        self.since = None
        self._stretch = []
        self._history = 0

    def held(self, *, words: bool) -> None:
        """Learn whether what was taken for speech held words: where it didn't, listen less keenly, but never deaf."""
        self._wary = max(0.0, min(self._wary + (-WARIER if words else WARIER), WARIEST))
        self._set_seldom(self._seldom)

    def _begin(self, number: int, history: int) -> None:
        back = history.bit_length()
        self.since = (number + 1 - back) * FRAME
        self.last = (number + 1) * FRAME
        self.voiced = history.bit_count()
        self._stretch = list(self._recent)
        self._recent.clear()

    def _learn(self, level: float) -> None:
        """Follow the level that nine frames of noise in ten don't pass."""
        if self._heard <= _SETTLE:
            # The first frames set the floor outright, so that a call that opens in a café is not one long onset.
            self._set_seldom(level if self._heard == 1 else max(self._seldom, level))
            self._history = 0
        elif level > SILENCE or self._seldom > SILENCE:
            self._set_seldom(self._seldom + (0.45 if level > self._seldom else -0.05))
        self._watch(level)

    def _watch(self, level: float) -> None:
        """Speech has dips: a level that 1.5 s never fell below is noise that has risen, to about its mean."""
        if level < self._least:
            self._least = level
        self._sum += level
        if self._heard % _BLOCK:
            return
        mean, self._sum = self._sum / _BLOCK, 0.0
        self._leasts.append(self._least)
        self._least = 0.0
        if min(self._leasts) > self._seldom:
            self._set_seldom(mean + RISEN)

    def _set_seldom(self, level: float) -> None:
        self._seldom = max(level, SILENCE)
        self._threshold = max(LEAST, self._seldom + ABOVE) + self._wary
