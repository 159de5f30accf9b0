"""Stretches of a recording to listen to: the whole call, one party, or the evidence of a score."""

from __future__ import annotations

from io import BytesIO
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, samples
from harness.audio.files import to_int16
from harness.recording import Recording
from harness.score import Span

Track: TypeAlias = Literal["both", "sent", "heard", "clean"]

AROUND = 1.0
"""Seconds before and after a piece of evidence that are played with it: an answer is heard as late only
after its question."""


def clip(recording: Recording, track: Track = "both", start: float = 0.0, end: float | None = None) -> bytes:
    """A stretch of a call as a FLAC file: the samples that were recorded, to the bit.

    track: `both` is stereo, left what the caller sent and right what it heard; the others are
    mono. start, end: in seconds, cut to what there is.
    """
    import soundfile

    last = len(recording.heard)
    a = min(max(0, samples(start)), last)
    b = last if end is None else min(max(a, samples(end)), last)
    file = BytesIO()
    soundfile.write(file, _cut(recording, track, a, b), RATE, subtype="PCM_16", format="FLAC")
    return file.getvalue()


def _cut(recording: Recording, track: Track, a: int, b: int) -> NDArray[np.int16]:
    if track == "both":
        return np.stack([to_int16(recording.sent[a:b]), to_int16(recording.heard[a:b])], axis=1)
    return to_int16(getattr(recording, track)[a:b])


def evidence(recording: Recording, span: Span) -> bytes:
    """The stretch that a score rests on, with a second around it, both parties."""
    return clip(recording, "both", span.start - AROUND, span.end + AROUND)
