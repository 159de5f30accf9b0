"""Typed facts in one form, however they were said or written: "three pm" is 15:00.

A value has one meaning, or a few where it leaves something open ("three o'clock", "3/4"), and two
values are the same if they share one. A day without its year is the same as that day in any year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Literal, TypeAlias, cast, get_args

from harness.text.meaning import agrees
from harness.text.months import MONTHS
from harness.text.normalising import CURRENCIES, words
from harness.text.numbers import ordinal

Kind: TypeAlias = Literal["date", "time", "phone", "amount", "number", "code", "name", "email", "flag", "text"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_NAMED: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("email", frozenset({"email", "mail"})),
    ("date", frozenset({"date", "day", "dob", "birthday", "birthdate"})),
    ("time", frozenset({"time", "slot", "hour"})),
    ("phone", frozenset({"phone", "mobile", "telephone", "callback", "cell"})),
    ("amount", frozenset({"amount", "price", "total", "balance", "fee", "cost", "payment", "refund"})),
    ("code", frozenset({"order", "account", "reference", "ref", "code", "postcode", "zip", "id", "pin", "policy"})),
    ("code", frozenset({"booking", "ticket", "case", "serial", "tracking", "invoice"})),
    ("name", frozenset({"name", "customer", "patient", "caller", "surname", "doctor"})),
    ("number", frozenset({"quantity", "count", "guests", "people", "age", "number"})),
)
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("date", re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?|\d{1,2}/\d{1,2}/\d{2,4}")),
    ("time", re.compile(r"\d{1,2}:\d\d(:\d\d)?\s*([ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?", re.IGNORECASE)),
    ("email", re.compile(r"\S+@\S+\.\S+")),
    ("amount", re.compile(r"[$£€₹¥]\s*\d[\d,.]*")),
    ("phone", re.compile(r"\+?[\d\s().-]{9,}")),
    ("code", re.compile(r"#?(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9-]+|\d{3,}")),
    ("number", re.compile(r"\d+(\.\d+)?")),
    ("flag", re.compile(r"yes|no|true|false", re.IGNORECASE)),
)


def kind_of(name: str, value: str, declared: str | None = None) -> Kind:
    """What kind of fact this is: as declared, else by the value's form, else by the field's name."""
    if declared in KINDS:
        return declared
    parts = set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))
    form = next((kind for kind, pattern in _FORMS if pattern.fullmatch(value.strip())), None)
    by_name = next((kind for kind, named in _NAMED if parts & named), None)
    if form in ("date", "time", "email", "amount", "flag"):
        return form
    if by_name is not None and meanings(value, by_name):
        return by_name
    return form or "text"


_BETWEEN = re.compile(r"[,;]|\bor\b|\band\b", re.IGNORECASE)
_LISTED: Mapping[str, re.Pattern[str]] = {
    "date": re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    "time": re.compile(r"\b\d{1,2}:\d{2}(?:\s*[ap]\.?m\b)?|\b\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE),
}
"""How each writes itself so plainly that two side by side need nothing between them."""


@lru_cache(maxsize=4096)
def meanings(value: str, kind: Kind) -> frozenset[Any]:
    """What a value can mean as a fact of this kind; empty where it can't be one."""
    return _READ[kind](value)


def same(one: str, other: str, kind: Kind) -> bool:
    """Whether two values are the same fact. What can't be read as its kind is compared as text.

    A value that names several days or hours is none of them: who gets "the 12th or the 13th"
    has been told nothing.
    """
    if hedged(one, kind) or hedged(other, kind):
        return _text(one) == _text(other)
    left, right = meanings(one, kind), meanings(other, kind)
    if not left or not right:
        return _text(one) == _text(other) != frozenset()
    agree = _AGREE.get(kind)
    return not left.isdisjoint(right) if agree is None else any(agree(a, b) for a in left for b in right)


def hedged(value: str, kind: Kind) -> bool:
    """Whether a date or a time is in truth a list of them: two that can't both be meant."""
    if kind not in _LISTED:
        return False
    pieces = [*_LISTED[kind].findall(value), *_BETWEEN.split(value)]
    read = [found for piece in pieces if (found := meanings(piece, kind))]
    return any(one.isdisjoint(other) for number, one in enumerate(read) for other in read[:number])


def canonical(value: str, kind: Kind, year: int | None = None) -> str:
    """The value as it is compared and shown: 2026-03-13, 15:00, 1250.50 dollars.

    year: of the context, for a date that has none. Several meanings are joined by "or"; what
    can't be read as its kind is given in the words of its normal form.
    """
    found = meanings(value, kind)
    if not found:
        return " ".join(words(value))
    show = _SHOW.get(kind, str)
    if kind == "date":
        found = frozenset((y or year, m, d) for y, m, d in found)
    return " or ".join(sorted(show(one) for one in found))


def said_in(text: str, value: str, kind: Kind) -> bool:
    """Whether a text mentions the fact, in any of its forms.

    A day may be mentioned without its month ("not the twelfth, the thirteenth").
    """
    wanted = meanings(value, kind) or meanings(value, "text")
    if kind == "date" and meanings(value, "date"):
        days = {day for _, _, day in wanted}
        named = any(_AGREE["date"](a, b) for a in _dates(text) for b in wanted)
        return named or not {ordinal(day) for day in days}.isdisjoint(words(text))
    if kind == "time" and meanings(value, "time"):
        return not wanted.isdisjoint(_times(text))
    said = words(text)
    if kind in ("number", "amount") and meanings(value, kind):
        figures = {_decimal(word) for word in said}
        return any((one[0] if kind == "amount" else one) in figures for one in wanted)
    if kind in ("phone", "code", "email", "name"):
        run = _compact(said, kind)
        wanted = frozenset(one[-10:] for one in wanted) if kind == "phone" else wanted
        return any(str(one).lower() in run for one in wanted if len(str(one)) > 2 or str(one).lower() in said)
    return agrees(value, text)


# --- reading each kind

Day: TypeAlias = tuple[int | None, int, int]
_ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/])")


def _dates(text: str) -> frozenset[Day]:
    """Every day that a text names with its month."""
    found: set[Day] = {(int(y), int(m), int(d)) for y, m, d in _ISO.findall(text)}
    if not found:
        for a, b, y in _SLASHED.findall(text):
            year = None if not y else int(y) + (2000 if len(y) == 2 else 0)
            found |= {(year, int(a), int(b)), (year, int(b), int(a))}
    said = words(text, "en+es+hi")
    for i, word in enumerate(said):
        if word not in MONTHS:
            continue
        before = [w for w in said[max(0, i - 3) : i] if w not in ("of", "de", "the", "el")][-1:]
        after = [w for w in said[i + 1 : i + 4] if w not in ("the", "of", "de", "in")]
        years = [int(w) for w in after[:2] if w.isdecimal() and len(w) == 4]
        days = [int(w.rstrip("stndrh")) for w in [*before, *after[:1]] if re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", w)]
        found |= {(years[0] if years else None, MONTHS[word], day) for day in days}
    return frozenset(day for day in found if _is_day(*day))


def _is_day(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return False
    return True


_OF_CLOCK = re.compile(r"(?<![\d:-])(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap])?", re.IGNORECASE)
_HALVES = {"am": 0, "morning": 0, "pm": 12, "afternoon": 12, "evening": 12, "night": 12, "tonight": 12}
_PARTS_OF_HOUR = {"quarter": 15, "half": 30}


def _times(text: str) -> frozenset[str]:
    """Every time of day that a text names; a bare number is one only where nothing else is."""
    rest = _ISO.sub(" ", text)
    said_half = next((_HALVES[w] for w in words(text) if w in _HALVES), None)
    found: set[str] = set()
    for hour, minute, letter in _OF_CLOCK.findall(rest):
        half = {"a": 0, "p": 12}.get(letter.lower(), None if hour.startswith("0") else said_half)
        found |= _of_day(int(hour), int(minute), half, sure=hour.startswith("0") or int(hour) == 12)
    said = words(_OF_CLOCK.sub(" ", rest))
    bare: set[str] = set()
    for i, word in enumerate(said):
        if word in _BY_NAME:
            found.add(_BY_NAME[word])
        elif word.isdecimal() and len(word) <= 4:
            times, named = _time_at(said, i, word)
            found |= times if named else set()
            bare |= times
    return frozenset(found or bare)


_BY_NAME = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


def _time_at(said: tuple[str, ...], i: int, word: str) -> tuple[set[str], bool]:
    """The times that a number may be, and whether the words beside it say that it is one."""
    half = next((_HALVES[w] for w in said[i + 1 : i + 5] if w in _HALVES), None)
    joint, share = (said[i - 1], said[i - 2]) if i >= 2 else ("", "")
    if joint in ("past", "to") and len(word) <= 2:
        minutes = _PARTS_OF_HOUR.get(share, int(share) if share.isdecimal() and int(share) < 60 else 0)
        if minutes:
            later = joint == "past"
            return _of_day(int(word) - (not later), minutes if later else 60 - minutes, half), True
    named = said[i + 1 : i + 2] in (("am",), ("pm",), ("oclock",)) or said[i + 1 : i + 3] == ("in", "the")
    hour, minute = (int(word), 0) if len(word) <= 2 else (int(word[:-2]), int(word[-2:]))
    return _of_day(hour, minute, half), named


def _of_day(hour: int, minute: int, half: int | None, *, sure: bool = False) -> set[str]:
    """The times that an hour and a minute may be; both halves of the day where none is said."""
    if hour > 23 or minute > 59:
        return set()
    if half is not None and hour <= 12:
        return {f"{hour % 12 + half:02}:{minute:02}"}
    if sure or hour > 12 or hour == 0:
        return {f"{hour:02}:{minute:02}"}
    return {f"{hour % 12:02}:{minute:02}", f"{hour % 12 + 12:02}:{minute:02}"}


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text).normalize() if text[:1].isdecimal() else None
    except InvalidOperation:
        return None


def _number(value: str) -> frozenset[Decimal]:
    """The one number of a text, its figures joined."""
    said = words(value)
    if len(said) > 1 and all(word.isdecimal() for word in said):
        said = ("".join(said),)
    found = {_decimal(word) for word in said} - {None}
    return frozenset(cast(set[Decimal], found)) if len(found) == 1 else frozenset()


_COIN_NAMES = frozenset(CURRENCIES.values())


def _amount(value: str) -> frozenset[tuple[Decimal, str | None]]:
    said = words(value)
    coin = next((word for word in said if word in _COIN_NAMES), None)
    return frozenset((number, coin) for number in _number(" ".join(word for word in said if word != coin)))


def _phone(value: str) -> frozenset[str]:
    figures = "".join(re.findall(r"\d", " ".join(words(value))))
    return frozenset({figures.lstrip("0") or figures}) if len(figures) >= 5 else frozenset()


_LEAD = frozenset(
    {"order", "number", "reference", "account", "booking", "ticket", "id", "no", "ref", "code", "my", "is"}
)


def _code(value: str) -> frozenset[str]:
    said = list(words(value))
    while len(said) > 1 and said[0] in _LEAD:
        said.pop(0)
    run = "".join(word for word in said if word not in ("dash", "hyphen", "slash")).upper()
    return frozenset({run}) if any(char.isdecimal() for char in run) or run.isalpha() else frozenset()


def _name(value: str) -> frozenset[str]:
    run = "".join(words(value))
    return frozenset({run}) if run else frozenset()


def _email(value: str) -> frozenset[str]:
    run = _compact(words(value), "email")
    return frozenset({run}) if "@" in run else frozenset()


_SIGNS = {"at": "@", "dot": ".", "underscore": "_", "dash": "-", "hyphen": "-", "plus": "+"}


def _compact(said: tuple[str, ...], kind: Kind) -> str:
    """Words without what stands between them, so that a spelled value is found whichever way it was grouped."""
    if kind == "email":
        return "".join(_SIGNS.get(word, word) for word in said)
    if kind == "phone":
        return "".join(re.findall(r"\d", "".join(said)))
    return "".join(word for word in said if word not in ("dash", "hyphen", "slash"))


_YES = frozenset({"yes", "true", "y", "yeah", "sí", "si", "हाँ"})
_NO = frozenset({"no", "false", "n", "nope", "नहीं"})


def _flag(value: str) -> frozenset[bool]:
    said = set(words(value, "en+es+hi"))
    return frozenset({True} if said and said <= _YES else {False} if said and said <= _NO else ())


def _text(value: str) -> frozenset[tuple[str, ...]]:
    said = words(value)
    return frozenset({said}) if said else frozenset()


def _same_day(one: Day, other: Day) -> bool:
    return one[1:] == other[1:] and (one[0] == other[0] or None in (one[0], other[0]))


def _same_phone(one: str, other: str) -> bool:
    """The same line with or without its country's code."""
    longer, shorter = max(one, other, key=len), min(one, other, key=len)
    return longer == shorter or (len(shorter) >= 7 and len(longer) - len(shorter) <= 3 and longer.endswith(shorter))


def _mean_the_same(one: str, other: str) -> bool:
    return agrees(one, other) and agrees(other, one)


def _same_amount(one: tuple[Decimal, str | None], other: tuple[Decimal, str | None]) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or None in (one[1], other[1]))


_READ: Mapping[Kind, Callable[[str], frozenset[Any]]] = {
    "date": _dates,
    "time": _times,
    "phone": _phone,
    "amount": _amount,
    "number": _number,
    "code": _code,
    "name": _name,
    "email": _email,
    "flag": _flag,
    "text": _text,
}
_AGREE: Mapping[Kind, Callable[[Any, Any], bool]] = {
    "date": _same_day,
    "phone": _same_phone,
    "amount": _same_amount,
    "text": lambda one, other: one == other or _mean_the_same(" ".join(one), " ".join(other)),
}
_SHOW: Mapping[Kind, Callable[[Any], str]] = {
    "date": lambda day: f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day[0] else f"--{day[1]:02}-{day[2]:02}",
    "amount": lambda amount: f"{amount[0]:f}" + (f" {amount[1]}" if amount[1] else ""),
    "number": lambda number: f"{number:f}",
    "flag": lambda flag: "yes" if flag else "no",
    "text": " ".join,
}
