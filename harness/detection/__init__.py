"""Where speech is in a whole track, found with look-ahead: Silero says *that* it is speech, energy says *where*.

A spurt begins and ends on its voiced edges: the first and last sample whose 2 ms RMS is at or above
the active speech level of the whole track less 30 dB. Where the track's own noise lies too near that
threshold, the edge is where the sound leaves the noise, and the resolution says how much less sure
that is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from harness.audio import RATE, Samples
from harness.audio.level import EDGE_WINDOW, SILENCE
from harness.detection.bleed import RULE, Rule, bleed
from harness.detection.gate import BRIDGED, gate
from harness.detection.silero import Silero

__all__ = ["BRIDGED", "Detected", "spurts"]

_SNR = (0.0, 8.0, 14.0, 24.0, 34.0, 37.0)
_SURE = (0.3, 0.16, 0.14, 0.08, 0.01, EDGE_WINDOW / RATE)
"""How far above the noise speech is, in dB, and how sure its edges then are, in s: measured on planted dialogues."""


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found in a track.

    spurts: (first voiced sample, one past the last), in order, silences under 250 ms bridged.
    resolution: nine edges in ten lie within so many seconds of where they are without the noise.
    floor: the noise under the speech, dBov, -100 for digital silence. level: the active speech level,
    dBov, -100 where nothing sounds. windows: how many of Silero's 32 ms windows were run. bled: how
    much fainter the other party is on this track than on its own, dB, -100 where it isn't heard.
    """

    spurts: tuple[tuple[int, int], ...]
    resolution: float
    floor: float
    level: float
    windows: int = 0
    bled: float = SILENCE


def spurts(heard: Samples, *, veto: bool = True, other: Samples | None = None, rule: Rule = RULE) -> Detected:
    """The spurts of speech in a track of any length; none in silence, noise, tones, clicks or music.

    Without `veto` whatever sounds and is no steady noise counts as speech: a hundred times cheaper,
    right where a track is known to hold nothing else. other: the channel whose party is faintly on
    this one too; what it explains is no speech of this track's.
    """
    faint = None if other is None else bleed(heard, other, rule)
    found = gate(heard) if faint is None else gate(heard, faint.blocks)
    under = found.floor if faint is None else max(found.floor, faint.level)
    resolution = float(np.interp(found.level - under, _SNR, _SURE))
    bled = SILENCE if faint is None else faint.gain
    if not veto:
        return Detected(found.stretches, resolution, found.floor, found.level, bled=bled)
    silero = Silero(heard, found.level, found.sounds)
    spoken = [silero.spoken(start, end) for start, end in found.stretches]
    kept = tuple(spurt for spurt in spoken if spurt is not None)
    return Detected(kept, resolution, found.floor, found.level, silero.windows, bled)
