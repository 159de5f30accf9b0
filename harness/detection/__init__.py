"""Where speech is in a whole track, found with look-ahead: Silero says *that* it is speech, energy says *where*.

A spurt begins and ends on its voiced edges: the first and last sample whose 2 ms RMS is at or above
the active speech level of the whole track less 30 dB. Where the track's own noise lies too near that
threshold, the edge is where the sound leaves the noise, and the resolution says how much less sure
that is. A constant offset is no sound: all of this is of the track without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.audio.level import EDGE_WINDOW, SILENCE
from harness.detection.bleed import RULE, Rule, bleed
from harness.detection.energy import BLOCK
from harness.detection.gate import BRIDGED, Gate, gate
from harness.detection.offset import without_offset
from harness.detection.silero import Silero

__all__ = ["BRIDGED", "Detected", "spurts"]

_SNR = (0.0, 8.0, 14.0, 24.0, 34.0, 37.0)
_SURE = (0.3, 0.16, 0.14, 0.08, 0.01, EDGE_WINDOW / RATE)
"""How far above the noise speech is, in dB, and how sure its edges then are, in s: measured on planted dialogues."""


_ANEW = 3
_LOUDER = 3.0
"""dB by which what is no speech must have raised the level for the rest to be looked at anew."""

Stretches: TypeAlias = tuple[tuple[int, int], ...]


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
    heard, other = without_offset(heard), None if other is None else without_offset(other)
    faint = None if other is None else bleed(heard, other, rule)
    found = gate(heard) if faint is None else gate(heard, faint.blocks)
    kept, windows = found.stretches, 0
    if veto:
        found, kept, windows = _spoken(heard, found, None if faint is None else faint.blocks)
    under = found.floor if faint is None else max(found.floor, faint.level)
    resolution = float(np.interp(found.level - under, _SNR, _SURE))
    bled = SILENCE if faint is None else faint.gain
    return Detected(kept, resolution, found.floor, found.level, windows, bled)


def _spoken(heard: Samples, found: Gate, foreign: NDArray[np.bool_] | None) -> tuple[Gate, Stretches, int]:
    """What of a track is speech, as Silero has it, and the gate that it was found by.

    A sound louder than all the speech raises the level that speech is found by: where what is no speech did so, it is
    taken away and the rest looked at anew.
    """
    windows = 0
    for left in reversed(range(_ANEW)):
        silero = Silero(heard, found.level, found.sounds)
        spoken = [silero.spoken(start, end) for start, end in found.stretches]
        windows += silero.windows
        others = np.zeros(len(found.sounds), bool) if foreign is None else foreign.copy()
        for (start, end), said in zip(found.stretches, spoken, strict=True):
            if said is None:
                others[start // BLOCK : -(-end // BLOCK)] = True
        anew = gate(heard, others) if None in spoken else found
        if not left or anew.level > found.level - _LOUDER:
            break
        found, foreign = anew, others
    return found, tuple(said for said in spoken if said is not None), windows
