"""What the world does to the caller's sound on its way to the agent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

import numpy as np

from harness.audio import Samples

PLACES = ("scene", "line", "network")
"""Where an effect works, in the order sound meets them: around the mouth, in the telephone, in the packets."""


class Effect(Protocol):
    """A part of the world, with its state: called once a frame, in order, from the call's first frame.

    delay: by how many samples its output lags its input; edges of the caller's speech shift by it.
    """

    delay: int

    def __call__(self, frame: Samples) -> Samples:
        """The next 320 samples, changed; the input is left as it was."""
        ...

    def band(self, sound: Samples) -> Samples:
        """A whole sound as this effect's band limit leaves it, and nothing else of the effect.

        An effect in the scene sets its level against speech *as it will be band-limited later*.
        An effect without a band limit gives the sound back.
        """
        ...


@runtime_checkable
class Coupled(Effect, Protocol):
    """An effect that the agent's own sound gets into: before each frame it is handed what the one before brought."""

    def hear(self, heard: Samples) -> None:
        """The 320 samples that were heard in the frame before the one that is said next."""
        ...

    def returned(self, heard: Samples) -> Samples:
        """Of a whole call in which this was heard, what this effect added to what was sent, before those behind it."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """What an effect is handed when it is made for a call.

    speech: all the caller's lines, end to end, clean: what levels are set against. draw: the
    call's generator for a purpose. bed: a noise bed by name, at 16 kHz. band: what the effects
    behind this one do to a sound's band.
    """

    speech: Samples
    draw: Callable[[str], np.random.Generator]
    bed: Callable[[str], Samples]
    band: Callable[[Samples], Samples]


Maker = TypeVar("Maker", bound=Callable[..., Any])


def effect(place: str, *, check: Callable[..., None] | None = None) -> Callable[[Maker], Maker]:
    """Mark `maker(setting, *, option=…) -> Effect` as an effect, and say where it works.

    check: `(*, option=…)`, raises the BadInput that making it would, so that options which don't go
    together are refused where the scenario is read.
    """
    if place not in PLACES:
        raise ValueError(f"an effect works in one of {PLACES}, not in {place!r}")

    def mark(maker: Maker) -> Maker:
        told: Any = maker
        told.place = place
        told.check = check
        return maker

    return mark
