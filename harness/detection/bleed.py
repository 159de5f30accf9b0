"""What of a track is the other party, heard faintly through this one's microphone or line.

Two things are supposed, both so wherever each party has a microphone or a line of its own: a party
is louder on its own channel than on the other, and what bleeds over is a copy of it, weaker by a
ratio that holds through the recording and late by no more than a room, or the line's echo, makes
it. The ratio is read from the recording itself; what lies well above it isn't bleed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.audio.level import SILENCE
from harness.detection.energy import BLOCK, SECOND, Powers, block_powers, smoothed


@dataclass(frozen=True, slots=True)
class Rule:
    """The numbers that bleed is judged by; verdicts hardly depend on them.

    window: seconds over which power is taken, a pitch period or two. tail: seconds for which a
    room or a line goes on giving what was said. share: the quantile of the ratios, taken where the
    other is the louder, that is bleed alone: below it even where both often speak at once. above:
    dB by which one moment of bleed may exceed that ratio. enough: seconds of loud speech that the
    ratio is read from; less may all have been said over this party. faint: dB above which a ratio
    is no bleed's: then the two only ever spoke at once.
    """

    window: float = 0.02
    tail: float = 0.1
    share: float = 0.25
    above: float = 10.0
    enough: float = 1.0
    faint: float = -12.0


RULE = Rule()

_LATEST = 0.5
"""The echo of a line comes back within half a second."""

_ENOUGH = 60 * RATE
"""A minute shows it."""

_STANDS_OUT = 6.0
"""Of the eight thousand delays tried, chance brings none to six standard deviations."""


@dataclass(frozen=True, slots=True, eq=False)
class Bleed:
    """The other party on a track.

    blocks: which 2 ms of it the other explains. gain: the ratio of the copy to its source, dB;
    -100 where there is none to be heard. level: what this track's own speech has to exceed to be
    told from the copy, while the other speaks: dBov, -100 where there is none.
    """

    blocks: NDArray[np.bool_]
    gain: float
    level: float


def bleed(track: Samples, other: Samples, rule: Rule = RULE) -> Bleed:
    """Where a track holds nothing but the other channel's bleed. Two tracks of one length."""
    own, far = block_powers(track), block_powers(other)
    width = max(1, round(rule.window * SECOND))
    own, far = smoothed(own, width), smoothed(far, width)
    late = min(_late(track, other), len(far))
    far = np.concatenate([np.zeros(late), far[: len(far) - late]])
    reach = _lasting(far, round(rule.tail * SECOND), width)
    ratio = _ratio(own, far, reach, rule)
    if not 0.0 < ratio <= 10.0 ** (rule.faint / 10.0):
        return Bleed(np.zeros(len(own), bool), SILENCE, SILENCE)
    most = ratio * 10.0 ** (rule.above / 10.0) * reach
    typical = float(np.median(most[far >= np.quantile(far[far > own], 0.5)]))
    return Bleed(own <= most, max(SILENCE, 10.0 * float(np.log10(ratio))), 10.0 * float(np.log10(typical)))


def _late(track: Samples, other: Samples) -> int:
    """By how many blocks the copy comes behind its source; 0 where no delay stands out.

    Source: the phase transform of Knapp and Carter (1976).
    """
    from scipy.fft import irfft, next_fast_len, rfft

    most = round(_LATEST * RATE)
    size = next_fast_len(min(len(track), _ENOUGH) + most, real=True)
    cross = rfft(track[:_ENOUGH], size) * np.conj(rfft(other[:_ENOUGH], size))
    strength = np.abs(cross)
    if not strength.any():
        return 0
    like = irfft(cross / np.maximum(strength, 1e-9 * float(strength.max())), size)
    best = int(like[: most + 1].argmax())
    return round(best / BLOCK) if like[best] >= _STANDS_OUT * float(like.std()) else 0


def _lasting(powers: Powers, tail: int, width: int) -> Powers:
    """The most there was up to `tail` blocks ago, or is within what the smoothing spread."""
    from scipy.ndimage import maximum_filter1d

    size = tail + width + 1
    return np.asarray(maximum_filter1d(powers, size, mode="constant", origin=(tail - width) // 2))


def _ratio(own: Powers, far: Powers, reach: Powers, rule: Rule) -> float:
    """The power of the copy over that of its source; 0 where none rises above the track's own noise.

    It is read where the other is the louder and as loud as half of its speech.
    """
    louder = far > own
    if not louder.any():
        return 0.0
    speaking = louder & (far >= np.quantile(far[louder], 0.5))
    if speaking.sum() < rule.enough * SECOND:
        return 0.0
    heard = np.maximum(own[speaking] - 2.0 * np.quantile(own, 0.1), 0.0)
    return float(np.quantile(heard / np.maximum(reach[speaking], np.finfo(float).tiny), rule.share))
