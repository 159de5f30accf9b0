"""Small talk by what it does in a call: fillers, holds, goodbyes, as they are said in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from harness.text.normalising import words
from harness.text.words import written

FILLERS = frozenset(written("um uh hmm mm mhm aha ah eh em huh हम्म अम्म हूं हूँ"))
"""Sounds that hold the floor or show that somebody listens, in their normal form: never due in a transcript."""

_HOLDS = (
    *("let me see", "let me check", "let me check that", "let me check that for you", "let me look", "thinking"),
    *("let me have a look", "let me take a look", "let me look that up", "let me look into that", "let me think"),
    *("let me find that", "let me pull that up", "let me check this for you", "let me confirm that", "wait a moment"),
    *("one moment", "one second", "one sec", "one minute", "just a moment", "just a second", "just a minute"),
    *("just one moment", "a moment", "give me a moment", "give me a second", "give me one moment", "hold on"),
    *("please hold", "hang on", "bear with me", "i am checking", "i will check", "i will check that", "checking"),
    *("i will check that for you", "i am looking that up", "looking that up", "i am just checking", "please wait"),
    *("i will look into that", "let me look that up for you", "let me pull that up for you", "while i check"),
    *("un momento", "un segundo", "un minuto", "déjame ver", "déjeme ver", "espere", "permítame", "a ver"),
    *("एक मिनट", "एक क्षण", "रुकिए", "ज़रा रुकिए", "देखती हूँ", "देखता हूँ", "ek minute", "ek second"),
    *("einen moment", "un instant", "un moment"),
)
_SOFTENERS = (
    *("okay", "sure", "right", "all right", "please", "thank you", "thanks", "so", "well", "of course", "certainly"),
    *("for you", "now", "and", "then", "yes", "great", "absolutely", "no problem", "got it", "i see", "oh"),
    *("claro", "bien", "vale", "por favor", "gracias", "जी", "ठीक है", "अच्छा", "कृपया"),
)
_BACKCHANNELS = (
    *("yeah", "yep", "yes", "yup", "okay", "ok", "right", "alright", "all right", "sure", "i see", "oh", "really"),
    *("uh huh", "mm hmm", "mhm", "got it", "true", "exactly", "good", "great", "nice", "wow", "of course", "i know"),
    *("sí", "ya", "claro", "vale", "bueno", "ajá", "हाँ", "हां", "जी", "अच्छा", "ठीक है", "haan", "ji", "accha"),
    *("theek hai", "oui", "d'accord", "ah bon", "ja", "genau", "ach so", "stimmt", "sì", "certo", "va bene"),
)
_PARTINGS = (
    *("goodbye", "good bye", "bye", "bye bye", "bye for now", "adiós", "hasta luego", "chao", "अलविदा", "फिर मिलेंगे"),
    *("au revoir", "auf wiedersehen", "tschüss"),
)
"""Words that part, wherever a clause ends with them."""

_GOODBYES = (
    *_PARTINGS,
    *("have a good day", "have a nice day", "have a good one", "see you", "see you soon", "talk to you later"),
    *("that is all", "that is it", "that is everything", "that will be all", "nothing else", "good night"),
    *("take care", "all the best", "eso es todo", "बस इतना ही"),
)
"""What takes leave where a clause holds nothing else: "take care", but not "take care of my order"."""

_GREETINGS = ("नमस्ते", "नमस्कार")
"""What takes leave behind thanks, and greets by itself."""

_THANKS = (
    *("thank you", "thanks", "many thanks", "cheers", "gracias", "muchas gracias", "danke", "vielen dank"),
    *("merci", "धन्यवाद", "शुक्रिया", "बहुत धन्यवाद", "बहुत शुक्रिया"),
)
_COURTESIES = (
    *_SOFTENERS,
    *_THANKS,
    *("no", "nope", "so much", "very much", "very much indeed", "a lot", "again", "i am good", "i am fine"),
    *("perfect", "lovely", "i think"),
    *("for today", "from me", "sir", "madam", "miss", "mister", "everyone", "everybody", "today", "tomorrow", "soon"),
    *("nein", "non", "नहीं", "बस"),
)
_MENTIONS = frozenset(written("say said saying a an the for to not never of or your my his her with word called"))
"""Words before a parting that is only spoken of: "don't say goodbye", "the word for goodbye"."""

_CLAUSE = re.compile(r"[.!?,;:…।？]+|\s[-–—]+\s")
_TO_SOMEBODY = re.compile(r"[,\s]\s*[A-Z][\w']+(?:\s+[A-Z][\w']+)?\W*$")


@lru_cache(maxsize=8)
def _table(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases in their normal form by their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        said = words(phrase, "en+es+hi")
        table.setdefault(said[0], []).append(said)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in table.items()}


def _at(said: tuple[str, ...], i: int, phrases: tuple[str, ...]) -> int:
    """How many words from i on make the longest of the phrases; 0 where none stands there."""
    for phrase in _table(phrases).get(said[i], ()):
        if said[i : i + len(phrase)] == phrase:
            return len(phrase)
    return 0


@lru_cache(maxsize=1024)
def hold_prefix(text: str, language: str = "en") -> float:
    """The share of a text, by its letters, that only holds the floor: "one moment", "hmm, let me see".

    It is counted from the beginning: 1.0 for a text that is nothing else, 0.0 for one that begins
    with something to say. Words of politeness go with the hold they stand beside.
    """
    said = words(text, f"{language}+en+es+hi")
    i, held = 0, False
    while i < len(said):
        hold = 1 if said[i] in FILLERS else _at(said, i, _HOLDS)
        step = hold or _at(said, i, _SOFTENERS)
        if not step:
            break
        held = held or hold > 0
        i += step
    return letters(said[:i]) / letters(said) if held else 0.0


FIGURE = 4
"""Letters that a figure is worth, since it is said as a word."""


def letters(said: Iterable[str]) -> int:
    """How long words are to say, in letters."""
    return sum(FIGURE * len(word) if word.isdecimal() else len(word) for word in said)


def is_hold(text: str, language: str = "en") -> bool:
    """Whether a text only holds the floor and says nothing."""
    return hold_prefix(text, language) == 1.0


@lru_cache(maxsize=1024)
def is_goodbye(text: str, language: str = "en") -> bool:
    """Whether a text takes leave: it ends with a clause that does, and neither asks nor says anything behind it.

    The name of who is spoken to may stand at the end: "bye, Sam".
    """
    if text.rstrip().endswith(("?", "？")):
        return False
    return _parts(text, language) or _parts(_TO_SOMEBODY.sub("", text), language)


def _parts(text: str, language: str) -> bool:
    """Whether the last clause that is more than courtesy takes leave."""
    clauses = [said for clause in _CLAUSE.split(text) if (said := words(clause, f"{language}+en+es+hi"))]
    while clauses:
        said = clauses.pop()
        leave, through = _leave(said)
        greets = bool(clauses) and bool(_at(said, 0, _GREETINGS) and _at(clauses[-1], 0, _THANKS))
        if (leave and through) or greets or _ends_parting(said):
            return True
        if not through:
            return False
    return False


def _leave(said: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether a clause takes leave, and whether it holds nothing but that and courtesies."""
    i, leave = 0, False
    while i < len(said):
        parting = _at(said, i, _GOODBYES)
        step = parting or (1 if said[i] in FILLERS else _at(said, i, _COURTESIES))
        if not step:
            break
        thanked = bool(_at(said, i, _THANKS)) and said[i + step : i + step + 1] == ("for",)
        leave, i = leave or parting > 0, len(said) if thanked else i + step
    return leave, i == len(said)


def _ends_parting(said: tuple[str, ...]) -> bool:
    """Whether a clause ends with a parting that isn't only spoken of."""
    ends = (k for k in range(len(said)) if _at(said, k, _PARTINGS) == len(said) - k)
    return any(not k or said[k - 1] not in _MENTIONS for k in ends)


@lru_cache(maxsize=1024)
def is_backchannel(text: str, language: str = "en") -> bool:
    """Whether a text says no more than that somebody listens: "mm-hmm", "yeah, right"."""
    said = words(text, f"{language}+en+es+hi")
    i = 0
    while i < len(said):
        step = 1 if said[i] in FILLERS else _at(said, i, _BACKCHANNELS)
        if not step:
            return False
        i += step
    return bool(said)
