"""Devanagari in one spelling: what writers leave out or put in at will is no difference.

Every vowel sign stays. The nukta of क ख ग ज फ is left out at will and folded; that of ड and ढ
makes letters of their own and stays. Candrabindu is written as anusvara, and so is a nasal before
a consonant of its own class.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NUKTA = re.compile("(?<=[कखगजफ])\u093c")
_NASAL = re.compile("ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
_GLIDE_E = re.compile("(?<=[क-हिइ])ये(?=$|ं$)|(?<=[ािआइ])ये(?=ं?ग)")
_GLIDE_I = re.compile("(?<=[क-हिइ])यी(?=$|ं$)")

_SPELLINGS = {
    "वो": "वह",
    "छः": "छह",
    "छै": "छह",
    "छे": "छह",
    "रूपए": "रुपए",
    "रुपया": "रुपए",
    "रूपया": "रुपए",
    "रु": "रुपए",
    "हेलो": "हैलो",
    "हलो": "हैलो",
    "डाक्टर": "डॉक्टर",
    "आर्डर": "ऑर्डर",
    "लाईन": "लाइन",
    "नहि": "नहीं",
    "नही": "नहीं",
}
"""Accepted spellings of one Hindi word, by their folded form."""


def is_devanagari(text: str) -> bool:
    """Whether a text holds a letter of the script."""
    return not text.isascii() and any("\u0900" <= char <= "\u097f" for char in text)


@lru_cache(maxsize=16384)
def spelled_alike(word: str, hindi: bool = True) -> str:
    """A word (composed, NFC) in the spelling that its variants share; Hindi's accepted spellings where it is Hindi."""
    if not is_devanagari(word):
        return word
    word = _NUKTA.sub("", word).replace("ँ", "ं")
    word = _NASAL.sub("ं", word)
    if not hindi:
        return word
    word = _GLIDE_I.sub("ई", _GLIDE_E.sub("ए", word))
    return _SPELLINGS.get(word, word)


_WORD = re.compile("[\u0900-\u097f]+")


def alike(text: str, hindi: bool = True) -> str:
    """A text, every word of the script in it in the spelling that its variants share."""
    return _WORD.sub(lambda found: spelled_alike(found[0], hindi), unicodedata.normalize("NFC", text))
