"""The beginning of a sound that the agent cut off itself: too short for a listener to tell from a click, but known."""

from __future__ import annotations

from harness.audio import FRAME, RATE
from harness.audio.level import EDGE_BELOW_ACTIVE, SILENCE, voiced_edges
from harness.detection import BRIDGED, Detected
from harness.recording import Recording
from harness.timeline import AudioWithdrawn

SHORT = RATE // 10
"""What sounds for less than 0.1 s is no speech for sure, unless the agent's own stop shows that it was to go on."""

_CLEAR = EDGE_BELOW_ACTIVE + 7.0
"""dB of speech over the noise from which the edge rule holds."""


def with_cut_off(recording: Recording, detected: Detected) -> tuple[tuple[int, int], ...]:
    """The agent's spurts, with what sounded right up to where it withdrew the rest.

    An agent that goes on behind a pause and stops within 0.1 s has said the beginning of a word.
    Nothing in its sound tells that from a click; that it took the rest back does.
    """
    if detected.level <= SILENCE or detected.level - detected.floor < _CLEAR:
        return detected.spurts
    found = list(detected.spurts)
    for event in recording.events:
        if isinstance(event, AudioWithdrawn) and not event.resent:
            _add(found, recording, event.at, detected.level)
    return tuple(found)


def _add(found: list[tuple[int, int]], recording: Recording, stop: int, level: float) -> None:
    """Put in the sound that ends at a stop, where it isn't there."""
    after = next((i for i, spurt in enumerate(found) if spurt[1] > stop - FRAME), len(found))
    if after < len(found) and found[after][0] < stop:
        return
    before = found[after - 1][1] if after else 0
    begin = max(before, stop - SHORT - FRAME)
    first, last = voiced_edges(recording.heard[begin:stop], level)
    if begin + last < stop - FRAME or not 0 < last - first <= SHORT:
        return
    start, end = begin + first, begin + last
    if after and start - before < BRIDGED:
        found[after - 1] = (found[after - 1][0], end)
    else:
        found.insert(after, (start, end))
