"""Typed facts in one form, however they were said or written: "three pm" is 15:00.

A value has one meaning, or a few where it leaves something open ("three o'clock", "3/4"), and two
values are the same if they share one. A day without its year is the same as that day in any year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, TypeAlias, get_args

from harness.text.days import Day, days
from harness.text.denial import claimed
from harness.text.framing import FRAMED, is_frame, unframed
from harness.text.hours import times
from harness.text.languages.hindi import in_devanagari, in_latin_figures, is_hindi
from harness.text.languages.known import lexicon
from harness.text.meaning import agrees
from harness.text.normalising import whole, words
from harness.text.numbers import ordinal
from harness.text.spelling import address, code, email, name, phone, spelled
from harness.text.sums import amount, decimal, number

Kind: TypeAlias = Literal[
    "date", "time", "phone", "amount", "number", "code", "name", "email", "address", "flag", "text"
]
KINDS: tuple[Kind, ...] = get_args(Kind)

_NAMED: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("email", frozenset({"email", "mail"})),
    ("address", frozenset({"address", "street"})),
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
_OR = re.compile(
    r"[;]|\bor\b|\boder\b|\bou\b|\bo\b|(?<!\S)(?:या|किंवा|அல்லது|বা|অথবা|یا|અથવા|ਜਾਂ|లేదా|ಅಥವಾ|അല്ലെങ്കിൽ)(?!\S)", re.IGNORECASE
)
"""Between two days or hours in other languages, whose "and" also joins an hour and its minutes."""

_LISTED: Mapping[str, re.Pattern[str]] = {
    "date": re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    "time": re.compile(r"\b\d{1,2}:\d{2}(?:\s*[ap]\.?m\b)?|\b\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE),
}
"""How each writes itself so plainly that two side by side need nothing between them."""


@lru_cache(maxsize=4096)
def meanings(value: str, kind: Kind, language: str = "en", today: date | None = None) -> frozenset[Any]:
    """What a value can mean as a fact of this kind; empty where it can't be one. A "not" in it is passed over.

    language: the tag of the language it was said in. today: the day on which "tomorrow" was said.
    """
    return _claimed(value, kind, language, today)[0]


def same(one: str, other: str, kind: Kind, language: str = "en", today: date | None = None) -> bool:
    """Whether two values are the same fact. What can't be read as its kind is compared as text.

    A value that names several days or hours is none of them: who gets "the 12th or the 13th"
    has been told nothing. What one denies and the other asserts is not the same.
    """
    if hedged(one, kind, language) or hedged(other, kind, language):
        return _text(one) == _text(other)
    left, denied = _claimed(one, kind, language, today)
    right, denied_too = _claimed(other, kind, language, today)
    if denied != denied_too:
        return False
    if not left or not right:
        return _text(one) == _text(other) != frozenset()
    agree = _AGREE.get(kind)
    return not left.isdisjoint(right) if agree is None else any(agree(a, b) for a in left for b in right)


def hedged(value: str, kind: Kind, language: str = "en") -> bool:
    """Whether a date or a time is in truth a list of them: two that can't both be meant."""
    if kind not in _LISTED:
        return False
    between = _BETWEEN if lexicon(language).tag == "en" else _OR
    pieces = [*_LISTED[kind].findall(value), *between.split(value)]
    claims = [found for piece in pieces if (found := _claimed(piece, kind, language, None))[0]]
    read = [found for found, denied in claims if not denied]
    return any(one.isdisjoint(other) for i, one in enumerate(read) for other in read[:i])


def canonical(value: str, kind: Kind, year: int | None = None, language: str = "en", today: date | None = None) -> str:
    """The value as it is compared and shown: 2026-03-13, 15:00, 1250.50 dollars.

    year: of the context, for a date that has none; else that of `today`. Several meanings are joined
    by "or", what is denied begins with "not"; what can't be read as its kind is given in the words
    of its normal form.
    """
    found, denied = _claimed(value, kind, language, today)
    if not found:
        return " ".join(words(value, language))
    show = _SHOW.get(kind, str)
    if kind == "date":
        year = year or (today.year if today else None)
        found = frozenset((y or year, m, d) for y, m, d in found)
    return ("not " if denied else "") + " or ".join(sorted(show(one) for one in found))


@lru_cache(maxsize=4096)
def _claimed(value: str, kind: Kind, language: str, today: date | None) -> tuple[frozenset[Any], bool]:
    """What a value can mean, and whether that is denied."""
    if kind in ("flag", "text"):
        return _READ[kind](value, language, today), False
    spoken = language
    if not lexicon(language).latin and value.isascii():
        value, language = _transcribed(value, kind, language)

    def read(part: str) -> frozenset[Any]:
        bare, tag = unframed(part, kind, spoken), language
        if kind in FRAMED and not lexicon(tag).latin and bare.isascii():
            bare, tag = _transcribed(bare, kind, tag)
        return _READ[kind](bare, tag, today)

    positive, denied = claimed(
        value, language, lambda part: _stands_alone(part, value, kind, spoken) and bool(read(part))
    )
    return read(positive), denied


def _stands_alone(part: str, text: str, kind: Kind, language: str) -> bool:
    """Whether what isn't denied of a text can be a value by itself, and not only what is said around one.

    An address goes on behind a comma; two are told by a house's number where each has its own.
    """
    if kind != "address":
        return not is_frame(part, kind, language)
    said, everything = words(unframed(part, kind, language), language), words(text, language)
    denied = everything[: len(everything) - len(said)]
    if len(said) < 2 or len(denied) < 2:
        return False
    in_front = said[0].isdecimal() and denied[1].isdecimal()
    return in_front or (said[-1].isdecimal() and any(word.isdecimal() for word in denied[-2:]))


def _transcribed(value: str, kind: Kind, language: str) -> tuple[str, str]:
    """A value in Latin letters in the language that is: Hindi's own words in its script, else English."""
    if lexicon(language).tag == "hi" and is_hindi(value):
        if kind == "code" or (kind == "phone" and _ENGLISH_FIGURE.search(value)):
            return in_latin_figures(spelled(value, "en")), "en"
        if kind in _IN_FIGURES:
            return in_devanagari(value), "hi"
    return value, language if kind in ("name", "text") else "en"


_ENGLISH_FIGURE = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|oh)\b", re.IGNORECASE)
"""Among those of Hindi, as they are mixed when a number is read out."""

_IN_FIGURES = frozenset({"date", "time", "phone", "amount", "number"})


@lru_cache(maxsize=8192)
def said_in(text: str, value: str, kind: Kind) -> bool:
    """Whether a text mentions the fact, in any of its forms.

    A day may be mentioned without its month ("not the twelfth, the thirteenth").
    """
    wanted = meanings(value, kind) or meanings(value, "text")
    if kind == "date" and meanings(value, "date"):
        numbers = {day for _, _, day in wanted}
        named = any(_AGREE["date"](a, b) for a in days(text) for b in wanted)
        return named or not {ordinal(day) for day in numbers}.isdisjoint(words(text))
    if kind == "time" and meanings(value, "time"):
        return not wanted.isdisjoint(times(text))
    said = words(text)
    if kind in ("number", "amount") and meanings(value, kind):
        figures = {decimal(word) for word in whole(text)}
        return any((one[0] if kind == "amount" else one) in figures for one in wanted)
    if kind in ("phone", "code", "email", "name"):
        run = _compact(said, kind)
        wanted = frozenset(one[-10:] for one in wanted) if kind == "phone" else wanted
        return any(str(one).lower() in run for one in wanted if len(str(one)) > 2 or str(one).lower() in said)
    return agrees(value, text)


# --- reading each kind

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
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    code = longer[: len(longer) - len(shorter)]
    return longer == shorter or (
        len(shorter) >= 7 and longer.endswith(shorter) and _COUNTRY.fullmatch(code) is not None
    )


_COUNTRY = re.compile(
    "[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    "|2[1-6]\\d|29\\d|35\\d|37\\d|38\\d|42\\d|50\\d|59\\d|6[789]\\d|80\\d|85\\d|87\\d|88\\d|96\\d|97\\d|99\\d"
)
"""The calling codes of countries: of another figure in front, a number is another. Source: ITU-T E.164."""


def _mean_the_same(one: str, other: str) -> bool:
    return agrees(one, other) and agrees(other, one)


def _same_amount(one: tuple[Decimal, str | None], other: tuple[Decimal, str | None]) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or None in (one[1], other[1]))


_READ: Mapping[Kind, Callable[[str, str, date | None], frozenset[Any]]] = {
    "date": days,
    "time": lambda value, language, _: times(value, language),
    "phone": lambda value, language, _: phone(value, language),
    "amount": lambda value, language, _: amount(value, language),
    "number": lambda value, language, _: number(value, language),
    "code": lambda value, language, _: code(value, language),
    "name": lambda value, language, _: name(value, language),
    "email": lambda value, language, _: email(value, language),
    "address": lambda value, language, _: address(value, language),
    "flag": lambda value, *_: _flag(value),
    "text": lambda value, *_: _text(value),
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
