"""Error rates beside that of words: of characters, and of speech that mixes languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from harness.text.alignment import Counts, Op, aligned, counts, tally
from harness.text.loans import LOANS
from harness.text.normalising import normalised, words
from harness.text.words import Token

_JOINERS = frozenset("\u200d")


@lru_cache(maxsize=4096)
def graphemes(text: str) -> tuple[str, ...]:
    """The characters of a text as a reader counts them: a letter with all that is written on it.

    A consonant, its vowel sign and its candrabindu are one; so are the consonants of an Indic
    conjunct, a flag, a family of emoji, and the jamo of a Hangul syllable.
    Source: Unicode Standard Annex 29 (extended grapheme clusters), rules GB3 to GB13 in substance.
    """
    made: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if made and _goes_on(made[-1], char):
            made[-1] += char
        else:
            made.append(char)
    return tuple(made)


def _goes_on(cluster: str, char: str) -> bool:
    """Whether a character belongs to the cluster before it."""
    last = cluster[-1]
    if char in _JOINERS or unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return not last.isspace()
    if last in _JOINERS:
        return len(cluster) > 1 and not char.isspace()
    if unicodedata.category(char) == "Lo" and last in _LINKERS:
        return True
    if _is_regional(char):
        return len(cluster) == 1 and _is_regional(last)
    return _is_jamo(last) and _is_jamo(char) and not _is_lead(char, last)


_LINKERS = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
"""Viramas behind which the next consonant is the same cluster (not Tamil's, which closes its own)."""


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff"


def _is_lead(char: str, last: str) -> bool:
    """Whether a jamo begins a syllable behind what is no leading consonant."""
    return char <= "\u115f" and last > "\u115f"


def character_counts(reference: str, hypothesis: str, language: str = "en") -> Counts:
    """The errors of a hypothesis by characters (grapheme clusters) of the normal form; a space is one.

    Character error rate is `errors / reference` of what this gives, summed over a corpus.
    """
    due, heard = (graphemes(" ".join(words(text, language))) for text in (reference, hypothesis))
    return counts(due, heard)


def mixed(
    reference: str,
    hypothesis: str,
    language: str = "hi+en",
    variants: Iterable[Iterable[str]] = (),
) -> tuple[Counts, tuple[Op, ...]]:
    """The errors of a hypothesis of code-switched speech, and their alignment by token.

    A word is right in any of its accepted variants: those given (sets of words), and the loan words
    that callers in India say and recognisers write in either script ("order", "ऑर्डर").
    language: the tags that the text mixes, joined by "+".
    """
    own = {word: form for group in variants for form, word in _grouped(group, language)}
    due, heard = (_forms(normalised(text, language), own) for text in (reference, hypothesis))
    ops = aligned(due, heard)
    return tally(ops), ops


def _grouped(group: Iterable[str], language: str) -> list[tuple[str, str]]:
    """The words of one group of variants, each with the form that stands for all."""
    said = [" ".join(words(one, language)) for one in group]
    return [(said[0], word) for word in said] if said else []


def _forms(tokens: Sequence[Token], own: dict[str, str]) -> tuple[str, ...]:
    return tuple(own.get(token.text) or LOANS.get(token.text, token.text) for token in tokens)
