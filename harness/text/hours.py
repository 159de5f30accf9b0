"""Times of day as callers name them, by language; one that leaves the half of the day open is both."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from harness.text.days import ISO
from harness.text.languages.known import lexicon
from harness.text.languages.language import MIDDAY, NIGHT, Language
from harness.text.months import MONTHS
from harness.text.normalising import CURRENCIES, whole, words

_OF_CLOCK = re.compile(r"(?<![\d:-])(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap])?", re.IGNORECASE)
_LEADING_NOUGHT = re.compile(r"\b(?:oh|zero)\s+(?=(?:one|two|three|four|five|six|seven|eight|nine)\b)", re.IGNORECASE)
_HALVES = {"am": 0, "morning": 0, "pm": 12, "afternoon": 12, "evening": 12, "night": NIGHT, "tonight": 12}
_NUMBERED = frozenset(("order", "number", "account", "reference", "booking", "ticket", "case", "code", "invoice"))
_COINS = frozenset(CURRENCIES.values())
_PARTS_OF_HOUR = {"quarter": 15, "half": 30}
_PAST = frozenset({"past", "after"})
_TO = frozenset({"to", "before", "of", "till", "til"})
_LASTING = re.compile(r"\b(?:in|for|within|every)\s+(?:[\w-]+\s+){1,3}(?:hours?|minutes?)\b", re.IGNORECASE)
"""How long something takes, or is off: no time of day."""

_H = re.compile(r"\b(\d{1,2})h(\d\d)\b", re.IGNORECASE)
_SECONDS = re.compile(r"(\d{1,2}:\d\d):\d\d\b")
_MID = re.compile(r"\bmid[\s-](day|night)\b", re.IGNORECASE)
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d\d)(?=\s*(?:[ap]\.?\s?m\b|$))", re.IGNORECASE)
_OF_NAME = {"noon": 12, "midday": 12, "midnight": 24}


def times(text: str, language: str = "en") -> frozenset[str]:
    """Every time of day that a text names; a bare number is one only where nothing else is."""
    known = lexicon(language)
    return _english(text) if known.tag == "en" else _spoken(text, language, known)


def _with_h(text: str) -> str:
    """A text without days in figures and seconds, its hours with a colon: 15h30."""
    return _MID.sub(r"mid\1", _SECONDS.sub(r"\1", _H.sub(r"\1:\2", ISO.sub(" ", text))))


def of_day(hour: int, minute: int, half: int | None, *, sure: bool = False) -> set[str]:
    """The times that an hour and a minute may be; both halves of the day where none is said."""
    if hour > 23 or minute > 59:
        return set()
    if half == NIGHT and hour <= 12:
        hour = hour % 12 + (12 if 5 <= hour < 12 else 0)
        return {f"{hour:02}:{minute:02}"}
    if half == MIDDAY and hour <= 12:
        return {f"{hour % 12 + 12 * (hour < 10 or hour == 12):02}:{minute:02}"}
    if half is not None and hour <= 12:
        return {f"{hour % 12 + half:02}:{minute:02}"}
    if sure or hour > 12 or hour == 0:
        return {f"{hour:02}:{minute:02}"}
    return {f"{hour % 12:02}:{minute:02}", f"{hour % 12 + 12:02}:{minute:02}"}


# --- English


def _english(text: str) -> frozenset[str]:
    rest = _DOTTED.sub(r"\1:\2", _with_h(text))
    nought = _LEADING_NOUGHT.match(rest) is not None
    rest = _LEADING_NOUGHT.sub("", rest) if nought else rest
    said_half = next((_HALVES[w] for w in words(text) if w in _HALVES), None)
    found: set[str] = set()
    for hour, minute, letter in _OF_CLOCK.findall(rest):
        half = {"a": 0, "p": 12}.get(letter.lower(), None if hour.startswith("0") else said_half)
        found |= of_day(int(hour), int(minute), half, sure=hour.startswith("0") or int(hour) == 12)
    said = whole(_LASTING.sub(" ", _OF_CLOCK.sub(" ", rest)))
    bare: set[str] = set()
    for i, word in enumerate(said):
        if word in _OF_NAME:
            minutes = _minutes_beside(said, i)
            at = _OF_NAME[word] * 60 + (minutes or 0)
            found.add(f"{at // 60 % 24:02}:{at % 60:02}")
        elif word.isdecimal() and len(word) <= 4:
            times, named = _time_at(said, i, word, nought)
            found |= times if named else set()
            bare |= set() if _of_something_else(said, i) else times
    return frozenset(found or bare)


def _of_something_else(said: Sequence[str], i: int) -> bool:
    """Whether the number at i is by the words beside it that of a day, of money, or of what is numbered."""
    before, behind = said[i - 1] if i else "", (*said[i + 1 : i + 3], "", "")
    month = behind[1] if behind[0] == "of" else behind[0]
    return before in _NUMBERED or before in MONTHS or month in MONTHS or behind[0] in _COINS


def _minutes_beside(said: Sequence[str], i: int) -> int | None:
    """The minutes that the hour at i is past (above 0) or to (below), where it is said so."""
    joint = said[i - 1] if i >= 2 else ""
    if joint not in _PAST and joint not in _TO:
        return None
    at = i - 3 if said[i - 2] in ("minutes", "minute", "mins", "min") and i >= 3 else i - 2
    share = said[at]
    if joint in ("till", "til") and said[at - 1 : at] == ("from",):
        return None
    minutes = _PARTS_OF_HOUR.get(share, int(share) if share.isdecimal() and int(share) < 60 else 0)
    return (minutes if joint in _PAST else -minutes) or None


def _beside(hour: int, minutes: int, half: int | None) -> set[str]:
    before = minutes < 0
    hour = hour - before or (12 if half is not None or hour == 1 else 0)
    return of_day(hour % 24, minutes % 60, half)


_DAYPARTS = frozenset({"morning", "afternoon", "evening", "night", "tonight"})
_ABOUT = frozenset({"at", "around", "about", "by", "from", "roughly", "approximately", "say", "like", "is"})
_OF_HOUR = frozenset({"quarter", "half", "past", "to", "a", "minutes", "after", "before", "till"})


def _half_before(said: Sequence[str], i: int) -> int | None:
    """The half of the day by its part before the hour, "evening six thirty", where that isn't another hour's."""
    at = i - 1
    while at >= 0 and (said[at] in _ABOUT or said[at] in _OF_HOUR or (said[at].isdecimal() and at > i - 4)):
        at -= 1
    if at < 0 or said[at] not in _DAYPARTS:
        return None
    before = [*said[max(0, at - 3) : at]]
    while before and before[-1] in ("in", "the", "at"):
        before.pop()
    taken = len(before) < min(at, 3) and before[-1:] != [] and (before[-1].isdecimal() or before[-1] == "oclock")
    return None if taken else _HALVES[said[at]]


def _time_at(said: Sequence[str], i: int, word: str, nought: bool) -> tuple[set[str], bool]:
    """The times that a number may be, and whether the words beside it say that it is one."""
    minutes = _minutes_beside(said, i) if len(word) <= 2 else None
    half = next((_HALVES[w] for w in said[i + 1 : i + 5] if w in _HALVES), None)
    half = _half_before(said, i) if half is None else half
    if minutes is None and len(word) <= 2 and said[i - 1 : i] == ("half",):
        minutes = 30
    if minutes is not None:
        return _beside(int(word), minutes, half), True
    named = said[i + 1 : i + 2] in (("am",), ("pm",), ("oclock",), ("hours",)) or said[i + 1 : i + 3] == ("in", "the")
    hour, minute = (int(word), 0) if len(word) <= 2 else (int(word[:-2]), int(word[-2:]))
    return of_day(hour, minute, half, sure=nought or word[0] == "0"), named


# --- other languages


def _spoken(text: str, language: str, known: Language) -> frozenset[str]:
    said = tuple(_clocked(w, known) for w in words(_with_h(text), language))
    halves = known.halves if known.tag == "de" else {**_LETTERED, **known.halves}
    half = _half_of(said, halves, known)
    read = _SPOKEN.get(known.tag, _indic)
    noon = _noon(said, known)
    if noon is not None and known.tag == "fr" and {"heure", "heures"}.isdisjoint(said):
        hour, minute = _french((*said[: noon[1]], str(noon[0]), "heures", *said[noon[1] + 1 :]), noon[1])
        return frozenset(of_day(hour % 24, minute, None, sure=True))
    for i, word in enumerate(said):
        counts = said[i + 1 : i + 2] != () and said[i + 1] in known.spans
        if (
            word.isdecimal()
            and len(word) <= 4
            and not counts
            and not _lasts(said, i)
            and (time := read(said, i)) is not None
        ):
            return frozenset(of_day(time[0] % 24, time[1], half, sure=word[0] == "0" and len(word) > 1))
    return frozenset() if noon is None else frozenset({f"{noon[0] % 24:02}:00"})


def _half_of(said: Sequence[str], halves: Mapping[str, int], known: Language) -> int | None:
    """The half of the day that is named, in one word or two; of two that are, the one that is no name of a day."""
    named = [(i, halves[word]) for i, word in enumerate(said) if word in halves]
    # "Mañana por la tarde" is tomorrow's afternoon: without its article the word is a day.
    named = [(i, half) for i, half in named if (said[i],) not in known.days or said[i - 1 : i] in (("la",), ("esta",))]
    named += [(i, halves[pair]) for i, pair in enumerate(map("".join, pairwise(said))) if pair in halves]
    return next((half for _, half in named), None)


_LETTERED = {"am": 0, "pm": 12}
"""The half of the day by its letters; in German "am" is a word, "am Abend"."""

_DECIMAL = re.compile(r"(\d{1,2})\.(\d{1,2})")


def _lasts(said: Sequence[str], i: int) -> bool:
    """Whether a number counts hours from now or how long something takes: "dans deux heures", "in zwei Stunden"."""
    unit = said[i + 1] if i + 1 < len(said) else ""
    before = [tuple(said[i - size : i]) for size in (1, 2, 3) if size <= i]
    return unit in _LENGTHS or (unit in _HOURS and any(words in _FROM_NOW for words in before))


_HOURS = frozenset({"heure", "heures", "hora", "horas"})
_FROM_NOW = frozenset({("dans",), ("il", "y", "a"), ("pendant",), ("en",), ("dentro", "de"), ("hace",), ("durante",)})
_LENGTHS = frozenset({"stunde", "stunden", "घंटे", "घंटा", "घंटों", "तास"})


def _clocked(word: str, known: Language) -> str:
    """An hour with its part in one figure: 3.5 that was said as a half, 18.45 as it is written."""
    if word == "una":
        return "1"
    found = _DECIMAL.fullmatch(word)
    if found is None:
        return word
    said = not known.latin or len(found[2]) == 1
    return f"{found[1]}{round(float('0.' + found[2]) * 60) if said else int(found[2]):02}"


def _noon(said: Sequence[str], known: Language) -> tuple[int, int] | None:
    """The hour of noon or midnight where it is named, and at which word."""
    for name, at in known.noons.items():
        size = len(name.split())
        for i in range(len(said) - size + 1):
            if " ".join(said[i : i + size]) == name and said[i - 1 : i] not in (("après",), ("apres",)):
                return int(at[:2]), i
    return None


def _small(said: Sequence[str], i: int) -> int | None:
    """The number of minutes at i."""
    return int(said[i]) if 0 <= i < len(said) and said[i].isdecimal() and len(said[i]) <= 2 else None


def _split(word: str) -> tuple[int, int]:
    return (int(word), 0) if len(word) <= 2 else (int(word[:-2]), int(word[-2:]))


def _earlier(hour: int, minutes: int) -> tuple[int, int]:
    return (hour - 1) or 12, 60 - minutes


def _spanish(said: Sequence[str], i: int) -> tuple[int, int] | None:
    behind = [word for word in said[i + 1 : i + 4] if word not in ("minutos", "min", "mins")]
    if behind[:2] in (["para", "las"], ["para", "la"]):
        return None
    hour, minute = _split(said[i])
    joint, share = [*said[i + 1 : i + 3], "", ""][:2]
    if said[max(0, i - 2) : i] == ("para", "las") or said[max(0, i - 2) : i] == ("para", "la"):
        at = i - 4 if i > 3 and said[i - 3] in ("minutos", "min", "mins") else i - 3
        to = {"media": 30, "cuarto": 15}.get(said[at], _small(said, at) or 0) if at >= 0 else 0
        return _earlier(hour, to) if to else (hour, minute)
    minutes = {"media": 30, "cuarto": 15}.get(share, _small(said, i + 2) or 0)
    if joint == "y" and minutes:
        return hour, minutes
    return _earlier(hour, minutes) if joint == "menos" and minutes else (hour, minute)


def _german(said: Sequence[str], i: int) -> tuple[int, int] | None:
    if said[i + 1 : i + 2] in (("nach",), ("vor",), ("viertel",), ("minuten",)):
        return None
    hour, minute = _split(said[i])
    before = tuple(w for w in said[max(0, i - 3) : i] if w != "minuten")[-2:]
    if before[-1:] == ("halb",):
        share = _small(said, i - 3) or 0 if i > 2 and before[0] in ("nach", "vor") else 0
        return _earlier(hour, 30 - share if before[0] == "nach" else 30 + share)
    if before[-1:] in (("viertel",), ("dreiviertel",)):
        return _earlier(hour, 15 if before[1:] == ("dreiviertel",) or before[0] in ("3", "dreiviertel") else 45)
    if len(before) == 2 and before[1] in ("nach", "vor"):
        minutes = 15 if before[0] == "viertel" else _small(before, 0) or 0
        return (hour, minutes) if before[1] == "nach" else _earlier(hour, minutes)
    if said[i + 1 : i + 2] == ("uhr",) and not minute:
        return hour, _small(said, i + 2) or 0
    return hour, minute


def _french(said: Sequence[str], i: int) -> tuple[int, int]:
    hour, minute = _split(said[i])
    shares = {"demie": 30, "demi": 30, "quart": 15}
    if said[i + 1 : i + 2] not in (("heures",), ("heure",)):
        share = shares.get(said[i + 2], 0) if said[i + 1 : i + 2] == ("et",) and i + 2 < len(said) else 0
        return hour, minute or share
    rest = [word for word in said[i + 2 : i + 6] if word != "le"]
    beyond = rest[1:] if rest[:1] == ["et"] else rest
    if beyond[:2] == ["3", "quarts"]:
        return hour, 45
    if rest[:1] == ["et"] and rest[1:2]:
        return hour, shares.get(rest[1], _small(rest, 1) or 0)
    if rest[:1] == ["moins"] and rest[1:2]:
        minutes = shares.get(rest[1], int(rest[1]) if rest[1].isdecimal() else 0)
        return _earlier(hour, minutes) if minutes else (hour, 0)
    return hour, _small(said, i + 2) or 0


def _indic(said: Sequence[str], i: int) -> tuple[int, int]:
    """An hour, and minutes behind the word for it."""
    hour, minute = _split(said[i])
    return hour, minute or _small(said, i + 2) or 0


def _hindi(said: Sequence[str], i: int) -> tuple[int, int]:
    hour, minute = _split(said[i])
    beside = said[i + 1 : i + 3]
    if beside[:1] == ("बजकर",):
        return hour, _small(said, i + 2) or 0
    if beside == ("बजने", "में"):
        minutes = _small(said, i + 3) or 0
        return _earlier(hour, minutes) if minutes else (hour, 0)
    return hour, minute


_SPOKEN: Mapping[str, Callable[[Sequence[str], int], tuple[int, int] | None]] = {
    "es": _spanish,
    "de": _german,
    "fr": _french,
    "hi": _hindi,
    "mr": _hindi,
}
