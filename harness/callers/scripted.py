"""The caller that keeps to its script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from harness.audio import Samples
from harness.audio import samples as to_samples
from harness.audio.level import SPEECH, at_level, voiced_edges
from harness.audio.sounds import BURSTS, cough
from harness.call.acts import Act, AddOn, CutIn, GoOn, InSilence, PressKeys, Rate, SayIt, StaySilent
from harness.scenario import (
    Add,
    Backchannel,
    Cough,
    FalseStart,
    Filler,
    Hold,
    Interrupt,
    Line,
    NoiseBurst,
    Press,
    Say,
    Scenario,
    SideSpeech,
    Silence,
    Step,
    VoiceSpec,
)
from harness.speech import Speech
from harness.statistics import generator

HANGOVER = to_samples(0.3)
"""P.56 counts 0.2 s after speech as active; a little more, and no line's end is lost to the next line's start."""

BREATH = to_samples(0.3)
"""A filler follows the line before it so closely."""

_Over: TypeAlias = Interrupt | Backchannel | Cough | NoiseBurst | SideSpeech


class scripted:  # noqa: N801  (a member of a family bears its module's name)
    """Does a scenario's steps in order, each when the one before is done.

    speak: makes a line in a voice into sound. All of it is made here, before the call begins, so
    that nothing waits for it then; raises what `speak` raises. An act's `step` counts the
    scenario's steps from 0. rates: what it does beside its script; their steps follow the script's.
    """

    def __init__(self, scenario: Scenario, *, speak: Callable[[VoiceSpec, Line], Speech]) -> None:
        voice, steps = scenario.persona.voice, scenario.steps
        spoken: list[Samples] = []

        def said(line: Line) -> Speech:
            speech = speak(voice, line)
            spoken.append(speech.samples)
            return speech

        acts: list[Act] = []
        for number, step in enumerate(steps):
            if isinstance(step, _Over):
                acts.append(_planned(number, step, _sound(scenario, number, step, said, speak)))
            else:
                acts += _own(number, step, steps, said)
        self.acts = tuple(acts)
        self.rates = tuple(
            Rate(rate.kind, to_samples(rate.every), tuple(map(said, rate.lines)), len(steps))
            for rate in (scenario.interrupts, scenario.backchannels)
            if rate is not None
        )
        self._spoken = spoken
        self._left: Iterator[Act] = iter(self.acts)

    def next_act(self) -> Act | None:
        """The next act of the script, None when it is through."""
        return next(self._left, None)

    def speech(self) -> Samples:
        """All the lines, clean: what the levels of the world are set against.

        Between two lies the silence that a level meter hangs over, as it does in a call.
        """
        silence = np.zeros(HANGOVER, np.float32)
        if not self._spoken:
            return silence[:0]
        return np.concatenate([piece for line in self._spoken for piece in (line, silence)])


def _own(number: int, step: Step, steps: Sequence[Step], said: Callable[[Line], Speech]) -> list[Act]:
    """What a step is that takes a turn of the caller's own, or none."""
    before = steps[number - 1] if number else None
    # Behind a thought or a false start a line goes on with the turn; before one, the turn is held.
    gap = to_samples(before.pause) if isinstance(before, Filler | FalseStart) else None
    held = isinstance(step, FalseStart) or (number + 1 < len(steps) and isinstance(steps[number + 1], Filler))
    match step:
        case Say(line) | FalseStart(line):
            speech = said(line)
            return [SayIt(number, speech, held) if gap is None else GoOn(number, speech, gap, "say", held)]
        case Filler(line):
            return [GoOn(number, said(line), BREATH if gap is None else gap, "filler", held=True)]
        case Add(line, after):
            return [AddOn(number, said(line), to_samples(after))]
        case Hold(line, seconds):
            return [SayIt(number, said(line)), StaySilent(number, to_samples(seconds), "hold")]
        case Silence(seconds):
            return [StaySilent(number, to_samples(seconds))]
        case Press(keys):
            return [PressKeys(number, keys)]
    raise TypeError(f"{type(step).__name__} is no turn of one's own")


def _planned(number: int, step: _Over, speech: Speech) -> Act:
    """What a step is that sounds at a planned instant."""
    kind = _KINDS[type(step)] if not isinstance(step, Interrupt) else step.kind
    if isinstance(step, Cough | NoiseBurst | SideSpeech) and step.during == "silence":
        return InSilence(number, speech, to_samples(step.after), kind)
    return CutIn(number, speech, to_samples(step.after), kind, step.at, step.phrase)


_KINDS: dict[type, str] = {
    Backchannel: "backchannel",
    Cough: "cough",
    NoiseBurst: "noise_burst",
    SideSpeech: "side_speech",
}


def _sound(
    scenario: Scenario,
    number: int,
    step: _Over,
    said: Callable[[Line], Speech],
    speak: Callable[[VoiceSpec, Line], Speech],
) -> Speech:
    """What is heard of a step that sounds at a planned instant."""
    match step:
        case Interrupt(line) | Backchannel(line):
            return said(line)
        case SideSpeech(line):
            speech = speak(step.voice, line)
            return replace(speech, samples=speech.samples * np.float32(10.0 ** (step.level / 20.0)))
    make = cough if isinstance(step, Cough) else BURSTS[step.kind]
    sound = at_level(make(generator(scenario.seed, f"sound of step {number}")), SPEECH + step.level)
    onset, end = voiced_edges(sound)
    return Speech(sound, "", scenario.language, (), onset, end, make.__name__)
