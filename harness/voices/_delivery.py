"""A voice's raw sound as the speech that is delivered: at its level, trimmed, on the 16-bit grid."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from harness.audio import Samples, samples
from harness.audio.files import from_int16, to_int16
from harness.audio.level import SPEECH, active_level, at_level, voiced_edges
from harness.speech import Speech, Word
from harness.voices._words import estimated, told

EDITION = "1"
"""Names what is done to every voice's sound here: part of what kept speech is known by."""

LEAD = samples(0.01)
TAIL = samples(0.03)
"""What is left of the silence before the first voiced sample and after the last."""


def delivered(
    sound: Samples, text: str, language: str, voice: str, marks: Sequence[tuple[int, int]] | None = None
) -> Speech:
    """Speech at -26 dBov active level (P.56), with its words and edges.

    sound: mono at 16 kHz, at any level. marks: (character of the text, sample of the sound) at
    which words begin, where the voice tells; without them the words' times are estimates.
    """
    onset, end = voiced_edges(sound)
    first = max(onset - LEAD, 0)
    loud = at_level(sound[first : end + TAIL] if end else sound[:0])
    # What at_level kept from passing full scale is below the level that it was asked for.
    limited = len(loud) and float(np.abs(loud).max()) > 0.999
    level = active_level(loud).dbov if limited else SPEECH
    sound = from_int16(to_int16(loud))
    if marks is None:
        words = estimated(text, sound, level)
    else:
        words = told(text, [(where, max(at - first, 0)) for where, at in marks], sound, level)
    return Speech(sound, text, language, words, *voiced_edges(sound, level), voice)


def to_bytes(speech: Speech) -> bytes:
    """Speech as it is kept: a line of JSON, then 16-bit little-endian PCM."""
    about = {
        "text": speech.text,
        "language": speech.language,
        "words": [[word.text, word.start, word.end] for word in speech.words],
        "edges": [speech.onset, speech.end],
        "voice": speech.voice,
    }
    return json.dumps(about).encode() + b"\n" + to_int16(speech.samples).astype("<i2").tobytes()


def from_bytes(kept: bytes) -> Speech:
    """The speech that `to_bytes` kept: of speech on the 16-bit grid, the same to the bit."""
    head, _, pcm = kept.partition(b"\n")
    about = json.loads(head)
    onset, end = about["edges"]
    return Speech(
        from_int16(np.frombuffer(pcm, "<i2")),
        about["text"],
        about["language"],
        tuple(Word(*word) for word in about["words"]),
        onset,
        end,
        about["voice"],
    )
