"""The caller's ears: causal, and therefore a little late. What is scored is found elsewhere, afterwards."""

from __future__ import annotations

from collections import deque

import numpy as np

from harness.audio import FRAME, Samples

LOUD = 10 ** (-33 / 10)
"""Mean square of a frame that nobody takes for line noise."""

AUDIBLE = 10 ** (-52 / 10)
"""Mean square below which a frame is never speech."""

OVER_FLOOR = 8.0
"""How far (as a power ratio, 9 dB) a quieter frame must stand above the line's own noise."""

CONFIRM = 2
"""Frames in a row that make an onset."""

HANGOVER = 30
"""Frames of quiet (0.6 s) after which the agent's turn is taken to have ended: longer than a pause for breath."""

_MEMORY = 75
_SIGNAL = 1e-9

_CONSTANT = 0.9
"""The mean of a frame that is an offset and little else has nine tenths of its power: that of no sound has."""

_ZERO = np.float32(0.0)
_MEAN = np.full(FRAME, 1.0 / FRAME, np.float32)


class Hearing:
    """Follows the agent's sound frame by frame.

    sounding: whether the agent is taken to speak. onset: the sample its speech began, as estimated
    when the onset was confirmed. stop: one past the last sounding frame.
    """

    def __init__(self) -> None:
        self.sounding = False
        self.onset = 0
        self.stop = 0
        self._run = 0
        self._quiet = 0
        self._floor: deque[tuple[int, float]] = deque()
        self._heard_signal = 0
        self._offset = 0.0

    def hear(self, number: int, frame: Samples) -> str | None:
        """Hear frame `number`; gives `on` or `off` where the agent is first known to have begun or stopped."""
        power = float(np.dot(frame, frame)) / FRAME
        if power >= AUDIBLE:
            frame, power = self._audible(frame, power)
        speech = self._is_speech(power)
        if speech:
            self._quiet = 0
            self.stop = (number + 1) * FRAME
            self._run += 1
            if self._run == 1 and not self.sounding:
                self.onset = number * FRAME + _first_audible(frame)
            if self._run >= CONFIRM and not self.sounding:
                self.sounding = True
                return "on"
            return None
        return self.silence()

    def silence(self) -> str | None:
        """Hear a frame that is known to hold nothing."""
        self._run = 0
        if self.sounding:
            self._quiet += 1
            if self._quiet >= HANGOVER:
                self.sounding = False
                return "off"
        return None

    def _audible(self, frame: Samples, power: float) -> tuple[Samples, float]:
        """A frame and its power, less the offset that was last heard bare where the frame is on it.

        An offset comes and goes with the agent's audio, to the sample: digital silence has none. One
        that is never bare, not even for a frame between words, counts as sound.
        """
        self._offset = bare_offset(frame, power) or self._offset
        if self._offset:
            rest = np.where(frame, frame - np.float32(self._offset), _ZERO)
            about = float(np.dot(rest, rest)) / FRAME
            if about < power:
                return rest, about
        return frame, power

    def _is_speech(self, power: float) -> bool:
        """Well above the line's noise: the least level of the last 1.5 s in which there was any signal."""
        if power < _SIGNAL:
            return False
        floor = self._floor
        while floor and floor[-1][1] >= power:
            floor.pop()
        floor.append((self._heard_signal, power))
        self._heard_signal += 1
        while floor[0][0] <= self._heard_signal - _MEMORY:
            floor.popleft()
        least = floor[0][1]
        if self._heard_signal < _MEMORY and power >= LOUD:
            return True
        return power >= AUDIBLE and power >= OVER_FLOOR * least


def bare_offset(frame: Samples, power: float) -> float:
    """The offset of a frame that is one and little else, given the frame's power; 0 for any sound, and any rumble."""
    mean = float(np.dot(frame, _MEAN))
    return mean if mean * mean >= _CONSTANT * power and frame[0] and frame[-1] else 0.0


def _first_audible(frame: Samples) -> int:
    """Where in an onset's first frame the sound rises: its first sample at a tenth of the frame's peak."""
    level = np.abs(frame)
    return int(np.argmax(level >= 0.1 * float(level.max())))
