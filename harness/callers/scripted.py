"""The caller that keeps to its script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from harness.audio import Samples
from harness.audio import samples as to_samples
from harness.call.acts import Act, Rate
from harness.callers._acts import Speak, acts_of
from harness.scenario import Line, Scenario
from harness.speech import Speech

HANGOVER = to_samples(0.3)
"""P.56 counts 0.2 s after speech as active; a little more, and no line's end is lost to the next line's start."""


class scripted:  # noqa: N801  (a member of a family bears its module's name)
    """Does a scenario's steps in order, each when the one before is done.

    speak: makes a line in a voice into sound. All of it is made here, before the call begins, so
    that nothing waits for it then; raises what `speak` raises. An act's `step` counts the
    scenario's steps from 0. rates: what it does beside its script; their steps follow the script's.
    """

    def __init__(self, scenario: Scenario, *, speak: Speak) -> None:
        voice, steps = scenario.persona.voice, scenario.steps
        spoken: list[Samples] = []

        def said(line: Line) -> Speech:
            speech = speak(voice, line)
            spoken.append(speech.samples)
            return speech

        self.acts = tuple(acts_of(scenario, steps, said=said, speak=speak))
        self.rates = rates_of(scenario, said, len(steps))
        self._spoken = spoken
        self._left: Iterator[Act] = iter(self.acts)

    def next_act(self) -> Act | None:
        """The next act of the script, None when it is through."""
        return next(self._left, None)

    def speech(self) -> Samples:
        """All the lines, clean: what the levels of the world are set against."""
        return end_to_end(self._spoken)


def rates_of(scenario: Scenario, said: Callable[[Line], Speech], first: int) -> tuple[Rate, ...]:
    """What the caller does at a rate beside all else, its lines as sound; first: the step of the first event."""
    return tuple(
        Rate(rate.kind, to_samples(rate.every), tuple(map(said, rate.lines)), first)
        for rate in (scenario.interrupts, scenario.backchannels)
        if rate is not None
    )


def end_to_end(lines: Sequence[Samples]) -> Samples:
    """Lines with the silence between them that a level meter hangs over, as it does in a call."""
    silence = np.zeros(HANGOVER, np.float32)
    if not lines:
        return silence[:0]
    return np.concatenate([piece for line in lines for piece in (line, silence)])
