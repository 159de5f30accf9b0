"""Days as callers name them: with their month, as a figure, or by how far off they are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeAlias

from harness.text.languages.known import lexicon
from harness.text.languages.language import Language
from harness.text.normalising import words
from harness.text.words import written

Day: TypeAlias = tuple[int | None, int, int]
"""Year (None where it isn't said), month, day."""

ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/])")
_BETWEEN = frozenset(written("of de del the el le la der den am on dem की के को का तारीख in"))
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
_SPANS = {"day": 1, "days": 1, "week": 7, "weeks": 7}


def days(text: str, language: str = "en", today: date | None = None) -> frozenset[Day]:
    """Every day that a text names; by how far off it is only where `today` is given."""
    known = lexicon(language)
    found: set[Day] = {(int(y), int(m), int(d)) for y, m, d in ISO.findall(text)}
    if not found:
        for a, b, y in _SLASHED.findall(text):
            year = None if not y else int(y) + (2000 if len(y) == 2 else 0)
            found.add((year, int(b), int(a)))
            if known.tag == "en":
                found.add((year, int(a), int(b)))
    said = words(text, "en+es+hi" if known.tag == "en" else language)
    found |= _of_month(said, known)
    sure = frozenset(day for day in found if is_day(*day))
    return sure or (frozenset() if today is None else _off(said, known, today))


def _of_month(said: tuple[str, ...], known: Language) -> set[Day]:
    found: set[Day] = set()
    for i, word in enumerate(said):
        month = known.months.get(word)
        if month is None:
            continue
        before = [w for w in said[max(0, i - 3) : i] if w not in _BETWEEN][-1:]
        after = [w for w in said[i + 1 : i + 4] if w not in _BETWEEN]
        years = [int(w) for w in after[:2] if w.isdecimal() and len(w) == 4]
        near = [_DAY.fullmatch(w) for w in [*before, *after[:1]]]
        found |= {(years[0] if years else None, month, int(day[1])) for day in near if day}
    return found


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        date(year or 2024, month, day)
    except ValueError:
        return False
    return True


def _off(said: tuple[str, ...], known: Language, today: date) -> frozenset[Day]:
    """Days by how far off they are, and weekdays, which are the next ones."""
    for phrase in sorted(known.days, key=len, reverse=True):
        if any(said[i : i + len(phrase)] == phrase for i in range(len(said))):
            return frozenset(_day(today, int(off)) for off in known.days[phrase])
    for i, word in enumerate(said):
        if word == "in" and said[i + 2 : i + 3] and said[i + 1].isdecimal() and said[i + 2] in _SPANS:
            return frozenset({_day(today, int(said[i + 1][:4]) * _SPANS[said[i + 2]])})
        if said[i + 1 : i + 3] in (("from", "now"), ("from", "today")) and word in _SPANS and said[i - 1].isdecimal():
            return frozenset({_day(today, int(said[i - 1][:4]) * _SPANS[word])})
    named = {known.weekdays[word] for word in said if word in known.weekdays}
    return frozenset(_day(today, (weekday - today.weekday() - 1) % 7 + 1) for weekday in named)


def _day(today: date, off: int) -> Day:
    day = today + timedelta(days=off)
    return day.year, day.month, day.day
