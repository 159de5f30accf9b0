"""The caller that keeps to its script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from harness.audio import Samples
from harness.audio import samples as to_samples
from harness.call.acts import Act, CutIn, PressKeys, SayIt, StaySilent
from harness.scenario import Backchannel, Interrupt, Line, Press, Say, Scenario, Silence, Step, VoiceSpec
from harness.speech import Speech

HANGOVER = to_samples(0.3)
"""P.56 counts 0.2 s after speech as active; a little more, and no line's end is lost to the next line's start."""


class scripted:  # noqa: N801  (a member of a family bears its module's name)
    """Does a scenario's steps in order, each when the one before is done.

    speak: makes a line of the scenario's voice into sound. All of it is made here, before the call
    begins, so that nothing waits for it then; raises what `speak` raises. An act's `step` counts
    the scenario's steps from 0.
    """

    def __init__(self, scenario: Scenario, *, speak: Callable[[VoiceSpec, Line], Speech]) -> None:
        voice = scenario.persona.voice
        self.acts: tuple[Act, ...] = tuple(
            _act(number, step, lambda line: speak(voice, line)) for number, step in enumerate(scenario.steps)
        )
        self._left: Iterator[Act] = iter(self.acts)

    def next_act(self) -> Act | None:
        """The next act of the script, None when it is through."""
        return next(self._left, None)

    def speech(self) -> Samples:
        """All the lines, clean: what the levels of the world are set against.

        Between two lies the silence that a level meter hangs over, as it does in a call.
        """
        lines = [act.speech.samples for act in self.acts if isinstance(act, SayIt | CutIn)]
        silence = np.zeros(HANGOVER, np.float32)
        return np.concatenate([piece for line in lines for piece in (line, silence)]) if lines else silence[:0]


def _act(number: int, step: Step, said: Callable[[Line], Speech]) -> Act:
    match step:
        case Say(line):
            return SayIt(number, said(line))
        case Interrupt(line, after, kind):
            return CutIn(number, said(line), to_samples(after), kind)
        case Backchannel(line, after):
            return CutIn(number, said(line), to_samples(after), "backchannel")
        case Silence(seconds):
            return StaySilent(number, to_samples(seconds))
        case Press(keys):
            return PressKeys(number, keys)
