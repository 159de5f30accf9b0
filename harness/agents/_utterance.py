"""What an agent with planted faults says: words with their sound, cut to its very edges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle

import numpy as np

from harness.audio import Samples, samples
from harness.audio.level import EDGE_BELOW_ACTIVE, EDGE_WINDOW, SPEECH, voiced_edges
from harness.errors import BadInput
from harness.speech import Voice, Word

TALK = (
    "Thank you for waiting, I have your file in front of me now.",
    "Your order left our warehouse on Monday and should reach you within two days.",
    "The driver will ring you half an hour before he is at your door.",
    "If you are not at home then, he leaves it with one of your neighbours.",
    "You can follow it on our website with the number that we sent you.",
    "Should anything be damaged, please keep the box and take a picture of it.",
    "We will then send you another one, and you need not pay for the postage.",
    "Our office is open every day from nine in the morning until six in the evening.",
)
"""What it says when nobody cares what: as many of these, over and over, as it takes."""

GAP = samples(0.25)
"""Between its sentences, so that nobody takes it for the end of its turn."""


_EDGE = 1.001 * EDGE_WINDOW**0.5 * 10.0 ** ((SPEECH - EDGE_BELOW_ACTIVE) / 20.0)
"""A sample as loud as this is an edge by itself, whatever is cut off beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Something to say. samples: audible from the first to the last. words: positions within them."""

    text: str
    samples: Samples
    words: tuple[Word, ...]

    def __len__(self) -> int:
        return len(self.samples)

    def audible(self, upto: int) -> int:
        """One past the last sample that can be heard of the first `upto`."""
        return voiced_edges(self.samples[:upto], SPEECH)[1]

    def rest(self, heard: int) -> Utterance | None:
        """What is left when so many samples were heard, from the word on that was broken off; None where nothing is."""
        left = tuple(word for word in self.words if word.end > heard)
        return self._part(left, len(self)) if left else None

    def shortened(self, length: int) -> Utterance:
        """Its words up to the first that ends beyond `length` samples."""
        count = next((i for i, word in enumerate(self.words) if word.end >= length), len(self.words)) + 1
        kept = self.words[:count]
        return self if len(kept) == len(self.words) else self._part(kept, kept[-1].end)

    def sentence_end(self, after: int) -> int | None:
        """Where the sentence ends that is being said at sample `after`; None where it is the last."""
        ends = [word.end for word in self.words[:-1] if word.text[-1:] in ".!?" and word.end > after]
        return ends[0] if ends else None

    def paused(self, at: int, pause: int) -> Utterance:
        """With a silence put into it, `at` samples in."""
        if not pause:
            return self
        sound = np.concatenate([self.samples[:at], np.zeros(pause, np.float32), self.samples[at:]])
        words = tuple(Word(w.text, w.start + pause * (w.start >= at), w.end + pause * (w.end > at)) for w in self.words)
        return Utterance(self.text, sound, words)

    def sharp(self) -> Utterance:
        """Without the faint breath at either end, so that its first and last samples are its edges by themselves."""
        loud = np.flatnonzero(np.abs(self.samples) >= _EDGE)
        return _between(self.text, self.samples, self.words, int(loud[0]), int(loud[-1]) + 1) if len(loud) else self

    def _part(self, words: tuple[Word, ...], end: int) -> Utterance:
        return _between(" ".join(w.text for w in words), self.samples, words, max(0, words[0].start), end).sharp()


def spoken(voice: Voice, text: str) -> Utterance:
    """A text as the voice says it. Raises BadInput where that is no sound at all."""
    speech = voice(text, "en-US")
    if speech.end <= speech.onset:
        raise BadInput("the agent's voice makes no sound of it", value=text)
    return _between(text, speech.samples, speech.words, speech.onset, speech.end)


def _between(text: str, sound: Samples, words: tuple[Word, ...], first: int, last: int) -> Utterance:
    moved = tuple(Word(w.text, max(first, w.start) - first, min(last, w.end) - first) for w in words)
    return Utterance(text, sound[first:last], moved)


def talk(voice: Voice, length: int, begin: str = "") -> Utterance:
    """About `length` samples of speech, to the end of a word: what it begins with, then talk."""
    parts = [spoken(voice, begin).sharp()] if begin else []
    more = cycle(TALK)
    while not parts or sum(map(len, parts)) + GAP * (len(parts) - 1) < length:
        parts.append(spoken(voice, next(more)).sharp())
    return _strung(parts).shortened(length)


def _strung(parts: list[Utterance]) -> Utterance:
    silence = np.zeros(GAP, np.float32)
    sound: list[Samples] = []
    words: list[Word] = []
    at = 0
    for part in parts:
        words += [Word(w.text, w.start + at, w.end + at) for w in part.words]
        sound += [part.samples, silence]
        at += len(part) + GAP
    return Utterance(" ".join(part.text for part in parts), np.concatenate(sound[:-1]), tuple(words))
