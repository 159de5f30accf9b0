"""What the caller does at a rate, beside its script: over whatever the agent is saying then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from harness.audio import FRAME, RATE
from harness.call.acts import CutIn, Rate
from harness.scenario import MURMURS
from harness.statistics import generator

INTO = RATE
"""An agent that was silent at the drawn instant is let speak so long first."""


@dataclass(slots=True)
class _Running:
    """A rate, the instant it is due at, and how often it came."""

    rate: Rate
    draw: np.random.Generator
    due: int
    times: int = 0

    def onward(self, at: int) -> None:
        """Draw the next instant after `at`: each lies half to one and a half periods behind the last."""
        self.times += 1
        while self.due <= at:
            self.due += max(FRAME, round(self.rate.every * float(self.draw.uniform(0.5, 1.5))))


class Rates:
    """Instants drawn from the call's own generators, and which line is said at each.

    until: the step from which on nothing more is done, for a call that leaves one out.
    """

    def __init__(self, rates: Sequence[Rate], seed: int, until: int | None = None) -> None:
        self._running: list[_Running] = []
        self._steps: Iterator[int] = count(min((rate.step for rate in rates), default=0))
        self._until = until
        for rate in rates:
            draw = generator(seed, "backchannels" if rate.kind in MURMURS else "interrupts")
            running = _Running(rate, draw, 0)
            running.due = max(FRAME, round(rate.every * float(draw.uniform(0.5, 1.5))))
            self._running.append(running)

    def __bool__(self) -> bool:
        return bool(self._running)

    def due(self, now: int, onset: int) -> tuple[CutIn, int] | None:
        """What is to be said in the frame at `now` over speech that began at `onset`, and from which sample on."""
        for one in self._running:
            start = max(one.due if one.due >= onset else onset + INTO, now)
            if start >= now + FRAME:
                continue
            step = next(self._steps)
            if self._until is not None and step >= self._until:
                self._running.clear()
                return None
            said = one.rate.speeches[one.times % len(one.rate.speeches)]
            one.onward(start)
            return CutIn(step, said, 0, one.rate.kind), start
        return None
