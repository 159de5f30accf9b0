"""An echo of the agent: what the caller's end plays, its microphone takes up."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import numpy as np

from harness.audio import FRAME, RATE, Samples, samples
from harness.call.world import Effect, Setting, effect
from harness.errors import BadInput
from harness.text.quantities import Quantity

SOONEST = FRAME / RATE
"""Seconds. What comes back within a frame is no echo but sidetone: no talker tells it from its own voice."""

LATEST = 0.4
"""Seconds, which leave a line's own delay within the half second that `echo_interruption` looks back."""

FAINTEST = 60.0
"""dB that leave of speech at -26 dBov no more than a step or two of 16 bits."""

Loss: TypeAlias = Annotated[float, Quantity("an echo's loss", (("dB", 1.0),), least=0.0)]
"""dB; less than none would be a line that howls."""

RoundTrip: TypeAlias = Annotated[float, Quantity("an echo's delay", (("s", 1.0), ("ms", 0.001)), least=SOONEST)]
"""Seconds, of a frame at least."""


def _check(*, loss: float, delay: float) -> None:
    if not 0.0 <= loss <= FAINTEST:
        raise BadInput(f"an echo's loss is from 0dB to {FAINTEST:g}dB", value=f"{loss:g}dB")
    if not SOONEST <= delay <= LATEST:
        limits = f"{SOONEST * 1000:g}ms to {LATEST * 1000:g}ms"
        raise BadInput(f"an echo's delay is from {limits}", value=f"{delay * 1000:g}ms")


@effect("scene", check=_check)
def echo(_setting: Setting, *, loss: Loss, delay: RoundTrip) -> Effect:
    """The caller is on a speakerphone: what the agent is heard to say comes back to it, later and softer.

    loss: how much softer than it was heard (the echo return loss), 0dB to 60dB
    delay: how long after it was heard (the round trip of talker echo), 20ms to 400ms

    It returns all frequencies alike, before the line's band, codec and losses, and as long as the
    call lasts. Raises BadInput for a loss or a delay beyond these.

    Source: the terms are those of ITU-T G.131 (talker echo) and G.122 (echo loss).
    """
    _check(loss=loss, delay=delay)
    return Echo(loss, samples(delay))


class Echo:
    """The echo of one call. loss: dB. behind: samples from what is heard to its return, a frame at least."""

    delay = 0

    def __init__(self, loss: float, behind: int) -> None:
        self._gain = np.float32(10.0 ** (-loss / 20.0))
        self._behind = behind
        self._held = np.zeros(behind, np.float32)

    def hear(self, heard: Samples) -> None:
        """Keep 20 ms of the agent's for as long as it takes to come back."""
        self._held[:-FRAME] = self._held[FRAME:]
        self._held[-FRAME:] = heard

    def __call__(self, frame: Samples) -> Samples:
        """The next 320 samples, with what comes back in them."""
        with_echo: Samples = frame + self._held[:FRAME] * self._gain
        return with_echo

    def returned(self, heard: Samples) -> Samples:
        """What comes back in a call in which this was heard."""
        back = np.zeros_like(heard)
        back[self._behind :] = heard[: max(0, len(heard) - self._behind)] * self._gain
        return back

    def band(self, sound: Samples) -> Samples:
        """The sound as it is: an echo limits no band."""
        return sound
