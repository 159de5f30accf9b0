"""A line that somebody recorded, played as it is."""

from __future__ import annotations

from pathlib import Path

from harness.audio.files import read
from harness.errors import BadInput
from harness.speech import Speech
from harness.voices._delivery import delivered


def recorded(text: str, language: str, *, audio: str) -> Speech:
    """Say a text with a recording of it, brought to the level of every other line.

    audio: the file, mono or stereo (whose mean is taken). The times of its words are estimates from
    where it pauses and how long each word is.

    Raises BadInput, with the file, where it can't be read, has more than two channels, or is silent.
    """
    channels = read(Path(audio))
    if channels.shape[1] > 2:
        raise BadInput("a line is recorded in one channel, or two", file=audio, value=channels.shape[1])
    speech = delivered(channels.mean(axis=1), text, language, f"recorded {Path(audio).name}")
    if not speech.end:
        raise BadInput("nothing can be heard in the recording of this line", file=audio)
    return speech
