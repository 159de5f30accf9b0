"""Speech: a line as sound, with when each word falls and where its voiced edges are, to the sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np

from harness.audio import Samples


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the samples it falls on: `start` inclusive, `end` exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """A line as a voice said it.

    samples: mono float32 at 16 kHz. words: in order, positions relative to the first sample.
    onset, end: the voiced edges (end exclusive), 0 <= onset < end <= len(samples); both 0 where
    nothing is voiced. voice: which voice said it, for the provenance.
    """

    samples: Samples
    text: str
    language: str
    words: tuple[Word, ...]
    onset: int
    end: int
    voice: str


def joined(parts: list[Speech], gap: int = 0) -> Speech:
    """Several pieces of speech as one line, `gap` samples of silence between them.

    A line that switches language inside is made of one part a language.
    """
    if len(parts) == 1:
        return parts[0]
    silence = np.zeros(gap, np.float32)
    sound: list[Samples] = []
    words: list[Word] = []
    at, onset, end = 0, None, 0
    for i, part in enumerate(parts):
        if i and gap:
            sound.append(silence)
            at += gap
        sound.append(part.samples)
        words += [Word(w.text, at + w.start, at + w.end) for w in part.words]
        if part.end > part.onset:
            onset = at + part.onset if onset is None else onset
            end = at + part.end
        at += len(part.samples)
    return Speech(
        np.concatenate(sound),
        " ".join(p.text for p in parts),
        "+".join(dict.fromkeys(p.language for p in parts)),
        tuple(words),
        onset or 0,
        end,
        "+".join(dict.fromkeys(p.voice for p in parts)),
    )


class Voice(Protocol):
    """Words → Speech, in one voice with its options already chosen."""

    def __call__(self, text: str, language: str) -> Speech:
        """Say a text. The same text gives the same samples."""
        ...


Engine = TypeVar("Engine", bound=Callable[..., Speech])


def engine(
    *,
    version: Callable[[], str],
    check: Callable[..., None] | None = None,
    accents: Callable[[], Iterable[str]] = tuple,
) -> Callable[[Engine], Engine]:
    """Mark a voice, `(text, language, *, options) -> Speech`, as one whose speech may be kept.

    version: names all that its sound depends on besides its arguments; a voice without one is
    asked afresh each time. check: `(language, *, options)`, raises the BadInput that speaking
    would, without speaking. accents: the tags that its option `accent` may be.
    """

    def mark(voice: Engine) -> Engine:
        told: Any = voice
        told.version = version
        told.check = check
        told.accents = accents
        return voice

    return mark


class Recogniser(Protocol):
    """Sound → words."""

    def __call__(self, samples: Samples) -> str:
        """What was said, "" where nothing was. The same samples give the same words."""
        ...
