"""What effects are made with in tests: a caller's lines, a call of them, and the setting."""

from collections.abc import Callable

import numpy as np

from harness.audio import FRAME, Samples
from harness.audio.level import at_level
from harness.call.world import Effect, Setting
from harness.statistics import generator
from tests.audio.sounds import silence, talk

LINES = tuple(at_level(talk(seconds, seed)) for seed, seconds in enumerate((2.0, 1.2, 3.1, 0.9)))


def a_call(seconds: float) -> Samples:
    """A clean track: the lines over and over, two to four seconds of silence between them."""
    parts, at, i = [silence(1.0)], 1.0, 0
    while at < seconds:
        parts += [LINES[i % len(LINES)], silence(2.0 + i % 3)]
        at += len(parts[-2]) / 16000 + 2.0 + i % 3
        i += 1
    return np.concatenate(parts)[: round(seconds * 50) * FRAME]


def all_lines() -> Samples:
    """The lines, a moment of silence after each."""
    return np.concatenate([part for line in LINES for part in (line, silence(0.3))])


def setting(
    seed: int = 1,
    bed: Callable[[str], Samples] = lambda _: silence(1.0),
    band: Callable[[Samples], Samples] = lambda sound: sound,
    speech: Samples | None = None,
) -> Setting:
    """What an effect is handed."""
    said = all_lines() if speech is None else speech
    return Setting(said, lambda purpose: generator(seed, purpose), bed, band)


def through(sound: Samples, *effects: Effect) -> Samples:
    """A sound, whole frames of it, through effects frame by frame."""
    out = np.zeros_like(sound)
    for at in range(0, len(sound), FRAME):
        frame = sound[at : at + FRAME]
        for effect in effects:
            frame = effect(frame)
        out[at : at + FRAME] = frame
    return out
