"""The signal-to-noise ratio of what was really sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from harness.audio import FRAME, Samples
from harness.audio.level import SILENCE, active_level, dbov


def achieved_snr(
    clean: Samples,
    sent: Samples,
    band: Callable[[Samples], Samples],
    lost: Sequence[int] = (),
    returned: Samples | None = None,
) -> float | None:
    """The caller's active speech level less the level of all else that was sent, in dB; None without either.

    clean, sent: two tracks of one call. band: what the line's band limits and delays make of a
    sound; what is sent beyond it is noise. lost: the numbers of the frames that never came; they
    and the ones after them, which are joined on, are left out of the noise. returned: what was
    sent of the agent's own sound, which is neither speech of the caller's nor noise. Exact without
    a codec; G.711's own steps lie 38 dB below speech, so they move 20 dB by 0.07.
    """
    speech = band(clean)
    beside = sent - speech if returned is None else sent - speech - returned
    rest = beside.reshape(-1, FRAME) if len(clean) % FRAME == 0 else beside[None]
    if len(lost):
        spoiled = np.union1d(lost, np.asarray(lost) + 1)
        rest = np.delete(rest, spoiled[spoiled < len(rest)], axis=0)
    level, noise = active_level(speech).dbov, dbov(np.ravel(rest))
    if level <= SILENCE or noise <= SILENCE:
        return None
    return level - noise
