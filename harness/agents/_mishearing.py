"""Lines as an agent mishears them: so many words substituted, dropped and put in, and it is known which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harness.errors import BadInput

NOISE = "z"
"""What a word is made of that nobody said: no word of the lines may hold it, so that it matches no letter of one."""

APART = 3
"""So far apart, in words, are any two errors: then none can be explained by another."""


@dataclass(frozen=True, slots=True)
class Misheard:
    """What an agent understood of the lines.

    heard: line by line. words, characters: errors planted, of so many words and characters (with the
    spaces between words) that were due.
    """

    heard: tuple[str, ...]
    words: int
    characters: int
    due_words: int
    due_characters: int


def misheard(lines: Sequence[str], substituted: int, dropped: int, put_in: int, seed: int) -> Misheard:
    """Lines with so many words substituted, dropped and put in, as the seed draws them.

    A word is substituted by one as long as itself. Raises BadInput where the lines are too short for so
    many errors, or hold what stands for a word that nobody said.
    """
    words = [(number, word) for number, line in enumerate(lines) for word in line.split()]
    if any(NOISE in word.lower() for _, word in words):
        raise BadInput(
            f"no word of the lines may hold a {NOISE!r}: of these is made what nobody said", value=str(lines)
        )
    count = substituted + dropped + put_in
    places = _places(len(words), count, seed)
    kinds = ["substitute"] * substituted + ["drop"] * dropped + ["put in"] * put_in
    done = dict(zip(places, kinds, strict=True))
    heard: list[list[str]] = [[] for _ in lines]
    characters = 0
    for place, (number, word) in enumerate(words):
        match done.get(place):
            case "substitute":
                heard[number].append(NOISE * len(word))
                characters += len(word)
            case "drop":
                characters += len(word) + 1
            case "put in":
                heard[number] += [word, NOISE * 3]
                characters += 4
            case _:
                heard[number].append(word)
    due = sum(len(word) for _, word in words) + len(words) - 1
    return Misheard(tuple(map(" ".join, heard)), count, characters, len(words), due)


def _places(words: int, count: int, seed: int) -> list[int]:
    """Where the errors are: `APART` words between any two, in an order that has nothing to do with their places."""
    free = words - APART * (count - 1)
    if count and free < count:
        raise BadInput(f"{words} words are too few for {count} errors, {APART} words apart", value=str(count))
    draw = np.random.default_rng(seed)
    chosen = sorted(int(one) for one in draw.permutation(free)[:count]) if count else []
    places = [place + APART * number for number, place in enumerate(chosen)]
    return [places[int(k)] for k in draw.permutation(count)]
