"""Packets lost in bursts, and hidden as receivers hide them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray

from harness.audio import FRAME, RATE, Samples
from harness.call.world import Effect, Setting, effect
from harness.errors import BadInput
from harness.text.quantities import Quantity, Ratio

PACKET = FRAME / RATE
"""Seconds in a packet: 20 ms."""

Burst: TypeAlias = Annotated[
    float, Quantity("a burst of lost packets, 20ms each,", (("s", 1.0), ("ms", 0.001)), least=PACKET)
]
"""Seconds, of one packet at least."""

_SHORTEST, _LONGEST = RATE // 400, RATE * 3 // 200
"""Pitch periods that are looked for: 2.5 to 15 ms."""

_FULL, _GONE = RATE // 100, RATE * 60 // 1000
"""What fills a gap is at full level for 10 ms and gone after 60 ms."""

_JOIN = RATE // 200
"""5 ms over which what fills a gap passes into the first packet after it."""

_HISTORY = 2 * FRAME


def _check(*, loss: float, burst: float = 0.06) -> None:
    if loss > 1.0:
        raise BadInput("more packets lost than there are", value=f"{loss:.0%}")
    if burst < PACKET:
        raise BadInput("a burst can't be shorter than a packet, 20ms", value=f"{burst * 1000:g}ms")
    if loss < 1.0 and loss / (1.0 - loss) * PACKET > burst:
        least = f"{loss / (1.0 - loss) * PACKET * 1000:.0f}ms"
        raise BadInput(f"so much loss needs longer bursts, {least} or more", value=f"{loss:.1%} at {burst * 1000:g}ms")


@effect("network", check=_check)
def packet_loss(setting: Setting, *, loss: Ratio, burst: Burst = 0.06) -> Effect:
    """Packets of 20 ms are lost in bursts, and the gaps are filled as a receiver fills them.

    loss: the share of packets lost, over a long call
    burst: the mean length of a gap, 20ms at least

    Delays nothing. Raises BadInput for a share above 100 %, a burst shorter than a packet, or so
    much loss in such short bursts that the packets between them wouldn't suffice.
    """
    _check(loss=loss, burst=burst)
    return PacketLoss(loss, burst, setting.draw("packet_loss"))


class PacketLoss:
    """The packets of one call.

    A Gilbert-Elliott channel: in its good state nothing is lost, in its bad state everything; the
    time in each is geometric. frames: packets so far. lost: the numbers of those that were lost.
    bursts: in how many gaps.

    Source: E. O. Elliott, Estimates of error rates for codes on burst-noise channels (1963).
    """

    delay = 0

    def __init__(self, loss: float, burst: float, draw: np.random.Generator) -> None:
        self.frames = self.bursts = 0
        self.lost: list[int] = []
        self._draw = draw
        self._ends = PACKET / burst
        self._starts = 1.0 if loss >= 1.0 else self._ends * loss / (1.0 - loss)
        self._ever, self._always = loss > 0.0, loss >= 1.0
        self._bad = bool(draw.random() < loss)
        self._left = self._stay()
        self._gap = Concealment()

    def __call__(self, frame: Samples) -> Samples:
        """The next 320 samples, as the receiver plays them."""
        lost = self._next_is_lost()
        if lost:
            self.bursts += not (self.lost and self.lost[-1] == self.frames - 1)
            self.lost.append(self.frames)
        self.frames += 1
        return self._gap.fill() if lost else self._gap.pass_on(frame)

    def band(self, sound: Samples) -> Samples:
        """The sound as it is: losing packets limits no band."""
        return sound

    @property
    def loss(self) -> float:
        """The share of packets lost so far."""
        return len(self.lost) / self.frames if self.frames else 0.0

    @property
    def mean_burst(self) -> float:
        """The mean length of the gaps so far, in seconds; 0 where there was none."""
        return len(self.lost) * PACKET / self.bursts if self.bursts else 0.0

    def _next_is_lost(self) -> bool:
        if self._always or not self._ever:
            return self._always
        if not self._left:
            self._bad = not self._bad
            self._left = self._stay()
        self._left -= 1
        return self._bad

    def _stay(self) -> int:
        """How many packets the channel stays in its state."""
        chance = self._ends if self._bad else self._starts
        return int(self._draw.geometric(chance)) if 0.0 < chance <= 1.0 else 0


class Concealment:
    """What a receiver plays for packets that don't come: the last pitch period again, fading out.

    Full level for 10 ms, silence from 60 ms on; the first packet that comes is joined over 5 ms.
    Source: after ITU-T G.711 Appendix I (09/1999), without its 3.75 ms of delay.
    """

    def __init__(self) -> None:
        self._last = np.zeros(_HISTORY, np.float32)
        self._period: Samples | None = None
        self._filled = 0

    def pass_on(self, frame: Samples) -> Samples:
        """A packet that came."""
        if self._period is not None:
            joined = frame.copy()
            share = np.arange(_JOIN, dtype=np.float32) / _JOIN
            joined[:_JOIN] = share * frame[:_JOIN] + (1.0 - share) * self._more(_JOIN)
            frame, self._period = joined, None
        self._last[:FRAME] = self._last[FRAME:]
        self._last[FRAME:] = frame
        return frame

    def fill(self) -> Samples:
        """20 ms in place of a packet that didn't come."""
        if self._period is None:
            self._period, self._filled = self._last[-_pitch(self._last) :].copy(), 0
        frame = self._more(FRAME)
        self._filled += FRAME
        self._last[:FRAME] = self._last[FRAME:]
        self._last[FRAME:] = frame
        return frame

    def _more(self, count: int) -> Samples:
        assert self._period is not None
        at = np.arange(self._filled, self._filled + count)
        level = np.clip((_GONE - at) / (_GONE - _FULL), 0.0, 1.0).astype(np.float32)
        filled: Samples = self._period[at % len(self._period)] * level
        return filled


def _pitch(last: Samples) -> int:
    """The lag, in samples, at which the last 20 ms are most like what came before them."""
    recent = last[-FRAME:].astype(np.float64)
    before = last.astype(np.float64)[_HISTORY - FRAME - _LONGEST : _HISTORY - _SHORTEST]
    likeness: NDArray[np.float64] = np.correlate(before, recent, "valid")
    energy = np.convolve(np.square(before), np.ones(FRAME), "valid")
    score = np.maximum(likeness, 0.0) ** 2 / (energy + 1e-9)
    return _LONGEST - int(score.argmax())
