"""Which languages have tables."""

from __future__ import annotations

from functools import lru_cache

from harness.text.languages.dravidian import KANNADA, MALAYALAM, TAMIL, TELUGU
from harness.text.languages.english import ENGLISH
from harness.text.languages.french import FRENCH
from harness.text.languages.german import GERMAN
from harness.text.languages.hindi import HINDI, MARATHI
from harness.text.languages.language import Language
from harness.text.languages.northern import BENGALI, GUJARATI, PUNJABI, URDU
from harness.text.languages.spanish import SPANISH

_EUROPEAN = (SPANISH, FRENCH, GERMAN)
_INDIC = (HINDI, MARATHI, BENGALI, GUJARATI, PUNJABI, URDU, TAMIL, TELUGU, KANNADA, MALAYALAM)
_KNOWN = {one.tag: one for one in (*_EUROPEAN, *_INDIC)}


@lru_cache(maxsize=256)
def tables(tag: str) -> tuple[Language, ...]:
    """The tables of a tag, or of several joined by "+"; none for English and for what isn't known.

    Beside English, and in Latin letters, only languages of other scripts read their words: "once",
    "six" and "elf" are no numbers where a text may be English.
    """
    tags = [one.strip().lower() for one in tag.split("+")]
    primary = [one.partition("-")[0] for one in tags if not is_romanised(one)]
    found = [_KNOWN[one] for one in dict.fromkeys(primary) if one in _KNOWN]
    latin = [one for one in found if one.latin]
    first = [] if "en" in primary else latin[:1]
    return tuple(one for one in found if not one.latin or one in first)


def is_romanised(tag: str) -> bool:
    """Whether a tag says that another script's language is written in Latin letters (hi-Latn)."""
    return "latn" in tag.lower().split("-")


@lru_cache(maxsize=256)
def lexicon(tag: str) -> Language:
    """The words for days, hours and denials of the first language of a tag; English where it isn't known."""
    primary = tag.partition("+")[0].strip().lower().partition("-")[0]
    return _KNOWN.get(primary, ENGLISH)
