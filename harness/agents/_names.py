"""Names of people, as a caller gives them and as a recogniser mishears them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from harness.agents._reading import MONTHS, NUMBERS, ORDINALS, listed

CUSTOMERS = (
    "Asha Rao",
    "Priya Nair",
    "Ravi Kumar",
    "Arjun Mehta",
    "Meera Iyer",
    "Maria Lopez",
    "Carlos Garcia",
    "Fiona Campbell",
    "Ewan Stewart",
    "John Smith",
    "Emma Brown",
    "Daniel Green",
    "Grace Miller",
    "Peter Johnson",
    "Anna Schmidt",
    "Tom Baker",
    "Helen Carter",
    "James Wilson",
    "Laura Davis",
    "Mark Evans",
)
"""Who is known to the desk: a name that the recogniser all but got is taken for the customer's."""

ENOUGH = 0.7
"""How alike a heard name and a customer's must be: the mean of two ratios, of letters and of consonants."""

_SURE = ("my name is", "the name is", "my name's", "name is", "name's", "under the name of", "under the name")
_MAYBE = ("this is", "i am", "i'm", "it's", "it is", "that's", "for", "under", "from")
_NO_NAME = frozenset(
    listed(
        "a about absolutely account after afternoon again agent am an and anything appointment appointments are "
        "ask at be been book booking bye call calling can correct could day do does down fine from get go going "
        "good goodbye got had half has have he hello help here hi hmm hold how huh human i i'd i'm in is it it's "
        "just know leave like looking man message mhm mm mmm monday morning move my name need next no not number "
        "oclock of off okay on one order out own past person please pm quarter question really right said say see "
        "she so sorry speak speaking still sure thank thanks that that's the there they this time to today trying "
        "uh um up urgent want was we week well what when where which who why will with working would yeah yes you "
        "your"
    )
)
_SOUNDS = (("sh", "x"), ("ch", "x"), ("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"))


def name_in(words: Sequence[str], *, asked: bool) -> str | None:
    """The name that was given, in capitals as names are written; a known customer's where it sounds like one.

    asked: whether a name was asked for, so that bare words are one. Unasked, "my name is" opens
    any name, "this is" and its like only a customer's.
    """
    letters = [word for word in words if len(word) == 1]
    if asked and len(letters) > 2:
        return "".join(letters).capitalize()
    given = _after(words, _SURE)
    if given is None:
        given = _after(words, _MAYBE) or ([word for word in words if _can_be_name(word)] if asked else None)
        if given and not asked:
            return _customer_in(given)
    if not given or len(given) > 3:
        return None
    return _customer_in(given) or " ".join(word.capitalize() for word in given)


def _after(words: Sequence[str], openings: Sequence[str]) -> list[str] | None:
    """The words that follow one of the openings, as far as they can be a name."""
    text = " ".join(words)
    for opening in openings:
        for found in re.finditer(rf"\b{opening} ", text):
            name = list(takewhile(_can_be_name, text[found.end() :].split()))[:3]
            if name:
                return name
    return None


def _can_be_name(word: str) -> bool:
    return word.isalpha() and word not in _NO_NAME and word not in NUMBERS and word not in ORDINALS + MONTHS


def _customer_in(words: Sequence[str]) -> str | None:
    """The customer whose name sounds most like these words, or some of them; None where none sounds like them."""
    best, likest = None, ENOUGH
    for size in (1, 2, 3):
        for i in range(len(words) - size + 1):
            heard = "".join(words[i : i + size])
            for customer in CUSTOMERS:
                alike = _alike(heard, customer.lower().replace(" ", ""))
                if alike > likest:
                    best, likest = customer, alike
    return best


def _alike(heard: str, known: str) -> float:
    if abs(len(heard) - len(known)) > 3:
        return 0.0
    consonants = SequenceMatcher(None, _consonants(heard), _consonants(known)).ratio()
    return (SequenceMatcher(None, heard, known).ratio() + consonants) / 2 if consonants >= 0.75 else 0.0


def _consonants(letters: str) -> str:
    """What is hardest to mishear: an opening vowel as @, then the consonants by sound, without h, w and y."""
    for written, sounded in _SOUNDS:
        letters = letters.replace(written, sounded)
    opening = "@" if letters[:1] in tuple("aeiouy") else ""
    return opening + re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouhwy]", "", letters))
