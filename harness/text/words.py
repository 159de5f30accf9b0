"""The words of a text, each knowing which written words it came from.

A *written* word is what stands between two spaces; a `Token` is what is compared. Numbers join
several written words in one token and contractions make several of one, so a token carries the
span of written words it stands for: that is how an error is shown where it was said.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """What is compared: a word in its normal form, and its first and last written word (inclusive)."""

    text: str
    first: int
    last: int


_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),  # Han, extension A
    (0x4E00, 0x9FFF),  # Han
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x323AF),  # Han, later extensions
)
"""Scripts written without spaces between words: there a character is compared as a word is elsewhere."""


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """A character of a word as it is compared: itself, a space, or nothing.

    Combining marks stay, whatever their class: a Hindi vowel sign is as much a letter as the
    consonant it stands on. Joiners only shape glyphs and go.
    """
    kind = unicodedata.category(char)
    if kind[0] in "LMN" or char == "'":
        return char
    return "" if kind == "Cf" else " "


def is_unspaced(char: str) -> bool:
    """Whether a character belongs to a script that puts no spaces between words."""
    code = ord(char)
    return code >= 0x0E00 and any(low <= code <= high for low, high in _UNSPACED)


def folded(word: str) -> str:
    """A written word with its punctuation as spaces."""
    return "".join(map(_folded, word))


def characters(word: str) -> list[str]:
    """A stretch of text as what is compared: runs of a spaced script, single characters of the others.

    A character keeps the marks that stand on it.
    """
    parts: list[str] = []
    spaced = False
    for char in word:
        if unicodedata.category(char)[0] == "M" and parts:
            parts[-1] += char
        elif is_unspaced(char):
            parts.append(char)
            spaced = False
        elif spaced:
            parts[-1] += char
        else:
            parts.append(char)
            spaced = True
    return parts


_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ´`′", "'"),
        **dict.fromkeys("–—‐‑‒―−", "-"),
        **dict.fromkeys("“”„«»", '"'),
        "…": ".",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)


def composed(text: str) -> str:
    """A text in one spelling: composed (NFC), lower case, straight quotes, plain hyphens, Latin digits."""
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_SAME)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def folded_case(word: str) -> str:
    """A written word of a language without rules of its own: NFKC, case folded, still one word."""
    return word if word.isascii() else "".join(unicodedata.normalize("NFKC", word).casefold().split())


def written(text: str) -> tuple[str, ...]:
    """The written words of a text, as it stands."""
    return tuple(text.split())


def count_words(text: str) -> int:
    """How many words a listener hears: written words, and single characters of unspaced scripts."""
    heard = 0
    for word in written(text):
        if word.isascii():
            heard += any(char.isalnum() for char in word)
        else:
            heard += len(characters("".join(folded(word).split())))
    return heard
