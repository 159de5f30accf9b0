"""When each word of a line falls: from what a voice tells of it, or by estimate from its sound."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from harness.audio import Samples, samples
from harness.audio.level import EDGE_BELOW_ACTIVE, EDGE_WINDOW, short_rms
from harness.speech import Word

PAUSE = samples(0.1)
"""Silence from which on a stretch of speech has ended: longer than the closure of any stop."""

NEAR = samples(0.5)
"""How far in voiced time a pause may lie from where punctuation is expected, and still be its."""

# Scripts that put no spaces between words (Han, kana) count by the character.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(f"[{_UNSPACED}]|[^\\s{_UNSPACED}]+")
_CLAUSE_END = re.compile("[,.;:!?…।؟،。、，！？)\\]\"'”’]*[,.;:!?…।؟،。、，！？—–]+[)\\]\"'”’]*$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is written, and the characters it takes up: `end` exclusive."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """What a text is made of between its spaces, its punctuation still on it."""
    return [Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text)]


def has_word(token: Token) -> bool:
    """Whether anything in it is said aloud: a letter, a mark or a digit."""
    return any(char.isalnum() for char in token.text)


def told(text: str, marks: Sequence[tuple[int, int]], sound: Samples, level: float) -> tuple[Word, ...]:
    """The words of a text whose voice told where they begin.

    marks: (character, sample) in the order they are said. level: the sound's active level, dBov. A
    word that the voice runs together with the one before it ("of the") has no mark of its own and
    gets its share, by letters, of theirs. A word begins with its first voiced sample and ends with
    its last, so a pause belongs to none.
    """
    groups: list[tuple[int, list[Token]]] = []
    at = 0
    for token in tokens(text):
        while at < len(marks) and marks[at][0] < token.start:
            at += 1
        marked = at < len(marks) and marks[at][0] < token.end
        if marked or (not groups and has_word(token)):
            groups.append((marks[at][1] if marked else 0, [token]))
        elif has_word(token):
            groups[-1][1].append(token)
    begins = [begin for begin, _ in groups] + [len(sound)]
    words: list[Word] = []
    for (_, group), begin, end in zip(groups, begins, begins[1:], strict=False):
        ends = _shared(begin, end, [_weight(token) for token in group])
        words += [Word(token.text, a, b) for token, a, b in zip(group, [begin, *ends], ends, strict=False)]
    return _snapped(words, voicing(sound, level))


def estimated(text: str, sound: Samples, level: float) -> tuple[Word, ...]:
    """The words of a text whose voice tells nothing, by estimate.

    level: the sound's active level, dBov. The voiced time is shared out by how long each word is to
    say (its letters; a digit is a word of its own), and a pause near where punctuation would fall is
    taken for it. Good to some hundredths of a second beside a pause, and to a tenth or two in the
    middle of a long clause.
    """
    said = [token for token in tokens(text) if has_word(token)]
    voiced = stretches(voicing(sound, level))
    if not said or not voiced:
        return ()
    before = [0, *accumulate(end - start for start, end in voiced)]
    words: list[Word] = []
    for clause, begin, end in _anchored(said, voiced, before):
        ends = _shared(begin, end, [_weight(token) for token in clause])
        for token, a, b in zip(clause, [begin, *ends], ends, strict=False):
            words.append(
                Word(token.text, _sample(bisect_right, a, voiced, before), _sample(bisect_left, b, voiced, before))
            )
    return tuple(words)


def _anchored(
    said: list[Token], voiced: list[tuple[int, int]], before: list[int]
) -> list[tuple[list[Token], int, int]]:
    """Runs of words, each with the voiced time it takes up, from pause to pause where these are known."""
    runs: list[tuple[list[Token], int, int]] = []
    left = sum(_weight(token) for token in said)
    begin, spent, run = 0, 0, list[Token]()
    for token in said:
        run.append(token)
        spent += _weight(token)
        if spent == left or not _CLAUSE_END.search(token.text):
            continue
        expected = begin + (before[-1] - begin) * spent // left
        near = [i for i in range(1, len(voiced)) if before[i] > begin and abs(before[i] - expected) <= NEAR]
        if near:
            end = before[max(near, key=lambda i: voiced[i][0] - voiced[i - 1][1])]
            runs.append((run, begin, end))
            begin, left, spent, run = end, left - spent, 0, []
    return [*runs, (run, begin, before[-1])]


def _sample(find: Callable[[list[int], int], int], at: int, voiced: list[tuple[int, int]], before: list[int]) -> int:
    """The sample at which so much voiced time has gone by."""
    i = min(max(find(before, at) - 1, 0), len(voiced) - 1)
    return voiced[i][0] + at - before[i]


def _weight(token: Token) -> int:
    return 1 + sum(5 if char.isdigit() else 1 for char in token.text if char.isalnum())


def _shared(begin: int, end: int, weights: list[int]) -> list[int]:
    """Where each share of a stretch ends, the last at its end."""
    total = sum(weights)
    return [begin + (end - begin) * so_far // total for so_far in accumulate(weights)]


def voicing(sound: Samples, level: float) -> NDArray[np.bool_]:
    """Value i: whether the 2 ms that end with sample i are voiced, the active level being so many dBov."""
    threshold = 10.0 ** ((level - EDGE_BELOW_ACTIVE) / 20.0)
    mask: NDArray[np.bool_] = short_rms(sound, EDGE_WINDOW) >= threshold
    return mask


def stretches(voiced: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The voiced stretches, bridged over what is no pause: (first sample, one past the last)."""
    where = np.flatnonzero(voiced)
    if not len(where):
        return []
    gaps = np.flatnonzero(np.diff(where) > PAUSE)
    firsts = [int(where[0]), *(int(where[g + 1]) for g in gaps)]
    lasts = [*(int(where[g]) for g in gaps), int(where[-1])]
    return [(a, max(b - EDGE_WINDOW + 2, a + 1)) for a, b in zip(firsts, lasts, strict=True)]


def _snapped(words: list[Word], voiced: NDArray[np.bool_]) -> tuple[Word, ...]:
    """The words without the silence around them; one with nothing voiced in it stays as it is."""
    snapped: list[Word] = []
    for word in words:
        begins = np.flatnonzero(voiced[word.start : word.end])
        # Windows that start in this word, but for those that reach into the next one's sound.
        ends = np.flatnonzero(voiced[word.start + EDGE_WINDOW - 1 : word.end])
        if len(begins) and len(ends):
            start, end = word.start + int(begins[0]), word.start + int(ends[-1]) + 1
            snapped.append(Word(word.text, start, word.end if end + EDGE_WINDOW > word.end else end))
        else:
            snapped.append(word)
    return tuple(snapped)
