"""A constant offset in a track: no telephone passes it on, so it is nothing that anybody heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from harness.audio import FRAME, RATE, Samples
from harness.detection.energy import BLOCK, bridged, runs

_APART = RATE // 4 // FRAME
"""Frames of digital silence between sounds of which each may have an offset of its own."""

_ENOUGH = 10
"""An offset is known from 0.2 s of it."""

_CONSTANT = 0.5
"""Most frames' means lie within half of the offset around it; those of sound lie around zero, on either side."""

_FAINTEST = 10.0 ** (-70.0 / 20.0)
"""Less is none: A-law, which has no zero, makes -72 dBFS of silence."""

_MATTERS = 10.0 ** (-40.0 / 20.0)
"""What lies 40 dB below what it is under moves no edge."""

_SILENT = RATE // 1000
"""Samples of digital silence in a row, 1 ms: no sound on an offset stays at zero for so long."""

_RINGS = RATE // 40
"""A step that was resampled rings for less than 25 ms before it rises."""

_STEPS = 32767.0
"""Steps of 16 bits in a full scale."""


def without_offset(track: Samples) -> Samples:
    """A track less the constant offset of each stretch between digital silences; the very same where none has one.

    An offset is of the agent's sound: where that begins and ends it steps up and down, to the
    sample, and the silence around it has none. It is taken off in whole steps of 16 bits, so that
    digital silence on an offset is digital silence again.
    """
    whole = len(track) // FRAME
    frames = track[: whole * FRAME].reshape(-1, FRAME)
    means = np.einsum("ij->i", frames) / np.float32(FRAME)
    if not (np.abs(means) >= _FAINTEST).any():
        return track
    starts, ends = bridged(*runs(means != 0.0), _APART)
    levelled, known = track, 0.0
    for start, end in zip(starts, ends, strict=True):
        offset = _offset(frames[start:end], means[start:end], known)
        if offset:
            known = offset
            levelled = track.copy() if levelled is track else levelled
            last = len(track) if end == whole else int(end) * FRAME
            _take_off(levelled[start * FRAME : last], offset)
    return levelled


def _offset(frames: Samples, means: Samples, known: float) -> float:
    """The offset of a stretch, 0 where it has none; of one too short to say, that which is known from before it.

    Frames that are partly digital silence say nothing of it.
    """
    full = (frames[:, 0] != 0.0) & (frames[:, -1] != 0.0)
    if full.sum() < _ENOUGH:
        sound = frames[frames != 0.0]
        return known if abs(float(sound.mean()) - known) <= _CONSTANT * abs(known) else 0.0
    middle = float(np.median(means[full]))
    reach = _CONSTANT * abs(middle)
    near = np.abs(means[full] - middle) <= reach
    if abs(middle) < _FAINTEST or near.mean() <= 0.5 or abs(float(means[full].mean()) - middle) > reach:
        return 0.0
    power = float(np.einsum("ij,ij->", frames, frames, dtype=np.float64)) / frames.size
    if abs(middle) < _MATTERS * np.sqrt(max(power - middle**2, 0.0)):
        return 0.0
    return round(middle * _STEPS) / _STEPS


def _take_off(stretch: Samples, offset: float) -> None:
    """Take an offset off a stretch, in place, but for the digital silence in it and where its steps rang."""
    begins, ends = runs(stretch == 0.0)
    silent = (ends - begins >= _SILENT) | (begins == 0) | (ends == len(stretch))
    sounds = np.ones(len(stretch), bool)
    for begin, end in zip(begins[silent], ends[silent], strict=True):
        sounds[begin:end] = False
    risen = stretch * np.float32(np.sign(offset)) >= abs(offset) / 2.0
    stretch -= np.float32(offset)
    for begin, end in zip(*runs(sounds), strict=True):
        rang_in, rang_out = _rang(risen[begin:end]), _rang(risen[begin:end][::-1])
        sounds[begin : begin + rang_in] = False
        sounds[end - rang_out : end] = False
    stretch[~sounds] = 0.0


def _rang(risen: NDArray[np.bool_]) -> int:
    """For how many samples a step rings that was resampled: until 2 ms past where it rose; 0 for a sharp one."""
    rose = int(risen[:_RINGS].argmax())
    return rose + BLOCK if rose else 0
