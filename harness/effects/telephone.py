"""The telephone: 300-3400 Hz, 8 kHz, and a codec's steps."""

from __future__ import annotations

from typing import Annotated, Literal, cast

import numpy as np

from harness.audio import FRAME, Samples
from harness.audio.g711 import through
from harness.call.world import Effect, Setting, effect
from harness.effects._band import DELAY, Down, Up, limited
from harness.errors import BadInput
from harness.text.quantities import OneOf

CODECS = ("mulaw", "alaw", "none")

_SETTLED = 3
"""Frames of silence after which the filters, shorter than one frame, hold nothing any more."""


@effect("line")
def telephone(_setting: Setting, *, codec: Annotated[str, OneOf("a codec", lambda: CODECS)] = "mulaw") -> Effect:
    """The caller is on a telephone: band-limited to 300-3400 Hz, at 8 kHz, in the codec's steps.

    codec: mulaw or alaw (ITU-T G.711), or none for the band alone

    Delays by 80 samples. Raises BadInput for another codec.
    """
    if codec not in CODECS:
        raise BadInput("no such codec", value=codec, known=CODECS)
    return Telephone(codec)


class Telephone:
    """The line of one call."""

    delay = DELAY

    def __init__(self, codec: str) -> None:
        self._down, self._up = Down(), Up()
        self._silent = 0
        self._steps = None if codec == "none" else _steps(cast(Literal["mulaw", "alaw"], codec))
        self._hush: Samples | None = None
        silence = np.zeros(FRAME, np.float32)
        for _ in range(_SETTLED):
            self(silence)
        # A-law has no level at zero: an idle line lies at its least one.
        self._hush = self(silence)

    def __call__(self, frame: Samples) -> Samples:
        """The next 320 samples, as they come out of the line."""
        self._silent = 0 if np.dot(frame, frame) else self._silent + 1
        if self._silent > _SETTLED and self._hush is not None:
            return self._hush
        narrow = self._down.feed(frame)
        if self._steps is None:
            return self._up.feed(narrow)
        # In place, to the nearest 16-bit sample counted from the least: numpy's own clip takes as long as the filter.
        narrow *= 32767.0
        narrow += 32768.5
        np.maximum(narrow, 0.0, out=narrow)
        np.minimum(narrow, 65535.0, out=narrow)
        return self._up.feed(self._steps.take(narrow.astype(np.uint16)))

    def band(self, sound: Samples) -> Samples:
        """The sound band-limited, without the codec."""
        return limited(sound)


def _steps(law: Literal["mulaw", "alaw"]) -> Samples:
    """What the codec makes of each 16-bit sample, from the least to the greatest, as sound."""
    levels = through(law).astype(np.float32) / np.float32(32767.0)
    return np.concatenate([levels[32768:], levels[:32768]])
