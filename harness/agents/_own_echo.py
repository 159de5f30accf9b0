"""An agent's own voice, coming back over its line: taken out of what it hears, or stopped for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from harness.agents._behaviours import Behaviour, Line, Moment
from harness.audio import FRAME, on_grid
from harness.call.line import Frame


class OwnEcho:
    """What an agent knows of the echo on its line: it comes back `delay` samples late, quieter by `loss` dB.

    It is known to the sample, as a line returns it that has no noise, no band and no codec. heard: whether
    some of it was in the frame that came last.
    """

    def __init__(self, delay: int, loss: float) -> None:
        self.delay = delay
        self.heard = False
        self._gain = np.float32(10.0 ** (-loss / 20.0))

    def take_out(self, said: Frame, line: Line) -> Frame:
        """A frame without the agent's own voice: what is left of it is the caller's."""
        back = on_grid(line.spoken(said.number * FRAME - self.delay) * self._gain)
        self.heard = bool(back.any() and said.samples.any())
        return replace(said, samples=on_grid(said.samples - back)) if self.heard else said


def stops_for(echo: OwnEcho, after: int) -> Behaviour:
    """Falls silent `after` samples into the echo of what it is saying, and says no more of it."""
    coming_back = 0

    def behave(moment: Moment, line: Line) -> None:
        nonlocal coming_back
        if echo.heard and line.starts + echo.delay < moment.now:
            coming_back = line.said
        at = max(line.starts + echo.delay + after, moment.now)
        if coming_back == line.said and line.saying is not None and at < min(line.ends, moment.now + FRAME):
            line.stop(at)
            line.note("stopped for echo", at)

    return behave
