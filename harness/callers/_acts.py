"""From a scenario's steps to the engine's acts: the one mapping, for a script and for a move that is improvised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from harness.audio import samples as to_samples
from harness.audio.level import SPEECH, at_level, voiced_edges
from harness.audio.sounds import BURSTS, cough
from harness.call.acts import Act, AddOn, CutIn, GoOn, InSilence, PressKeys, SayIt, StaySilent
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

BREATH = to_samples(0.3)
"""A filler follows the line before it so closely."""

Speak: TypeAlias = Callable[[VoiceSpec, Line], Speech]
"""Makes a line in a voice into sound."""

Over: TypeAlias = Interrupt | Backchannel | Cough | NoiseBurst | SideSpeech


def acts_of(
    scenario: Scenario, steps: Sequence[Step], *, said: Callable[[Line], Speech], speak: Speak, first: int = 0
) -> list[Act]:
    """The acts of these steps, which are the call's from step `first` on.

    said: makes a line of the caller's own into sound; speak: any line in any voice. Raises what they raise.
    """
    acts: list[Act] = []
    for i, step in enumerate(steps):
        if isinstance(step, Over):
            acts.append(_planned(first + i, step, _sound(scenario, first + i, step, said, speak)))
        else:
            acts += _own(first + i, i, steps, said)
    return acts


def _own(number: int, i: int, steps: Sequence[Step], said: Callable[[Line], Speech]) -> list[Act]:
    """What step `i` of these is, the call's step `number`, which takes a turn of the caller's own, or none."""
    step, before = steps[i], steps[i - 1] if i else None
    # Behind a thought or a false start a line goes on with the turn; before one, the turn is held.
    gap = to_samples(before.pause) if isinstance(before, Filler | FalseStart) else None
    held = isinstance(step, FalseStart) or (i + 1 < len(steps) and isinstance(steps[i + 1], Filler))
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


def _planned(number: int, step: Over, speech: Speech) -> Act:
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
    step: Over,
    said: Callable[[Line], Speech],
    speak: Speak,
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
