"""Noise around the caller: a bed, at a level set against the caller's speech."""

from __future__ import annotations

import numpy as np

from harness.audio import FRAME, Samples
from harness.audio.level import SILENCE, SPEECH, active_level, dbov
from harness.call.world import Effect, Setting, effect
from harness.errors import BadInput
from harness.scenario.beds import Bed
from harness.text.quantities import Decibels

_PROBE = 1024
_measured: dict[tuple[int, bytes], tuple[Samples, float]] = {}
"""The levels of beds in bands: the bed itself is kept too, so that its id stays its own."""


@effect("scene")
def noise(setting: Setting, *, bed: Bed, snr: Decibels) -> Effect:
    """The caller is somewhere loud: a bed sounds from the first frame to the last, and never starts anew.

    bed: the bed's name: cafe, car, street, pink, brown, hum, or a recording in a folder `noise`
    snr: the caller's active speech level (ITU-T P.56) less the bed's level, within the line's band

    The level is set once, before the line's codec and losses, on the RMS of the whole loop. The bed
    starts at a place that the call's seed chooses. Where the caller says nothing at all, it is set
    against -26 dBov, at which voices are delivered. Raises BadInput for a bed that doesn't exist or is silent.
    """
    sound = setting.bed(bed)
    level = _level(sound, setting)
    if level <= SILENCE:
        raise BadInput("the bed is silent, or the line lets nothing of it through", value=bed)
    speech = active_level(setting.band(setting.speech)).dbov
    wanted = (SPEECH if speech <= SILENCE else speech) - snr
    start = int(setting.draw("noise").integers(len(sound)))
    return Noise(sound, 10.0 ** ((wanted - level) / 20.0), start)


class Noise:
    """The noise of one call. gain: what the bed is multiplied by."""

    delay = 0

    def __init__(self, bed: Samples, gain: float, start: int) -> None:
        self.gain = gain
        self._bed, self._at, self._gain = bed, start, np.float32(gain)

    def __call__(self, frame: Samples) -> Samples:
        """The next 320 samples, with what else is to be heard there."""
        at, end = self._at, self._at + FRAME
        stretch = self._bed[at:end] if end <= len(self._bed) else self._around(at)
        self._at = end % len(self._bed)
        noisy: Samples = stretch * self._gain
        noisy += frame
        return noisy

    def band(self, sound: Samples) -> Samples:
        """The sound as it is: noise limits no band."""
        return sound

    def _around(self, at: int) -> Samples:
        return self._bed.take(np.arange(at, at + FRAME), mode="wrap")


def _level(bed: Samples, setting: Setting) -> float:
    """The RMS level of the whole loop as the line will band-limit it, measured once for each band.

    A band is known by what it makes of a click. The loop is run up to by its own end, so that the
    band's delay loses nothing of it.
    """
    click = np.zeros(_PROBE, np.float32)
    click[0] = 1.0
    key = (id(bed), setting.band(click).tobytes())
    if key not in _measured:
        run_up = np.resize(bed[::-1], _PROBE)[::-1]
        _measured[key] = bed, dbov(setting.band(np.concatenate([run_up, bed]))[_PROBE:])
    return _measured[key][1]
