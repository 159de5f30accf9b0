"""Whether our own frames were late where a timing was taken: then it says nothing about the agent."""

from __future__ import annotations

import numpy as np

from harness.audio import FRAME
from harness.recording import Recording
from harness.statistics import nearest_rank

P99 = 10.0
"""ms by which one frame in a hundred may be late within a turn's window."""

MOST = 40.0
"""ms by which any frame may be late within a turn's window."""


def spoiled(recording: Recording, start: int, end: int) -> str | None:
    """Why a timing between two samples can't be trusted; None where it can.

    A simulated call has no lateness.
    """
    if not len(recording.lateness):
        return None
    window = recording.lateness[max(0, start // FRAME) : -(-end // FRAME)]
    if not len(window):
        return None
    most = float(window.max())
    if most <= P99:
        return None
    p99 = float(nearest_rank(np.sort(window).tolist(), 0.99))
    if p99 > P99 or most > MOST:
        return f"p99 {p99:.0f} ms, at most {most:.0f} ms"
    return None
