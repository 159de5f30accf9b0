"""Days as callers name them: with their month, as a figure, or by how far off they are."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from harness.text.languages.known import lexicon
from harness.text.languages.language import Language
from harness.text.normalising import words
from harness.text.words import written

Day: TypeAlias = tuple[int | None, int, int]
"""Year (None where it isn't said), month, day."""

ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/])")
_DASHED = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\d-])")
_BETWEEN = frozenset(written("of de del the el le la der den am on dem की के को का तारीख in"))
_BETWEEN |= frozenset(
    written(
        "te ter ten tes ste sten er ère re e ème eme º ª ro ই শে রা লা ம் ஆம் தேதி వ తేదీ তারিখ તારીખ ತಾರೀಖು ನೇ തീയതി "
        "ਤਾਰੀਖ ਤਾਰੀਖ਼ تاریخ"
    )
)
"""What may stand between a day and its month, endings of a day in figures with them: 1er mai, ১৩ই মার্চ."""
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
_ARTICLES = frozenset(written("el le den der dem am día dia"))
"""What makes a number without a month the day of one, beside an ordinal."""


def days(text: str, language: str = "en", today: date | None = None) -> frozenset[Day]:
    """Every day that a text names; by how far off it is only where `today` is given."""
    known = lexicon(language)
    found: set[Day] = {(int(y), int(m), int(d)) for y, m, d in ISO.findall(text)}
    if not found:
        for a, b, y in (*_SLASHED.findall(text), *_DASHED.findall(text)):
            year = None if not y else _year(y)
            found.add((year, int(b), int(a)))
            if known.tag == "en":
                found.add((year, int(a), int(b)))
    said = words(text, "en+es+hi" if known.tag == "en" else language)
    found |= _of_month(said, known)
    sure = frozenset(day for day in found if is_day(*day))
    if sure or today is None:
        return sure
    return _feast(said, known) or _of_weekday(said, known, today)


def _of_month(said: tuple[str, ...], known: Language) -> set[Day]:
    found: set[Day] = set()
    for i, word in enumerate(said):
        month = known.months.get(word)
        if month is None:
            day, order = (known.numbers.ordinals.get(one) for one in (*said[i : i + 2], "")[:2])
            if day and order and order <= 12:
                found.add((None, order, day))
            continue
        before = [w for w in said[max(0, i - 3) : i] if w not in _BETWEEN][-1:]
        after = [w for w in said[i + 1 : i + 4] if w not in _BETWEEN]
        years = [_year(w) for w in after[:2] if w.isdecimal() and (len(w) == 4 or (len(w) == 2 and int(w) > 31))]
        near = [_DAY.fullmatch(w) for w in [*before, *after[:1]]]
        found |= {(years[0] if years else None, month, int(day[1])) for day in near if day}
    return found


def _year(figures: str) -> int:
    """A year in four figures, or in two: those of the last century from 69 on, as POSIX has them."""
    return int(figures) + (0 if len(figures) == 4 else 1900 if int(figures) >= 69 else 2000)


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        date(year or 2024, month, day)
    except ValueError:
        return False
    return True


def _off(said: tuple[str, ...], known: Language, today: date) -> frozenset[Day]:
    """Days by how far off they are, and weekdays, which are the next ones."""
    span = _span(said, known)
    if span is not None:
        from_here = _named((*said[: span.first], *said[span.last :]), known, today) or {today}
        return frozenset(_day(_moved(day, span.months) + timedelta(span.days)) for day in from_here)
    return frozenset(_day(day) for day in _named(said, known, today) or _numbered(said, known, today))


def _feast(said: tuple[str, ...], known: Language) -> frozenset[Day]:
    """A day that has a name of its own every year: Christmas."""
    return frozenset((None, month, day) for phrase, (month, day) in known.feasts.items() if _holds(said, phrase))


def _of_weekday(said: tuple[str, ...], known: Language, today: date) -> frozenset[Day]:
    """The third Tuesday of a month, or its last; else what is counted from today."""
    weekday = next((known.weekdays[word] for word in said if word in known.weekdays), None)
    month = next((known.months[word] for word in said if word in known.months), None)
    turn = _turn(said, known)
    if weekday is None or (month is None and turn is None):
        return _off(said, known, today) if month is None else frozenset()
    first = _moved(today.replace(day=1), turn or 0)
    month, year = month or first.month, first.year
    year = next((int(word) for word in said if word.isdecimal() and len(word) == 4), year)
    of_it = [day for day in range(1, monthrange(year, month)[1] + 1) if date(year, month, day).weekday() == weekday]
    counted = [known.numbers.ordinals.get(word) or int((_DAY.fullmatch(word) or "00")[1]) for word in said]
    place = next((number for number in counted if 1 <= number <= len(of_it)), 0)
    if not known.past.isdisjoint(said):
        place = len(of_it)
    return frozenset({(year, month, of_it[place - 1])} if place else ())


def _named(said: tuple[str, ...], known: Language, today: date) -> set[date]:
    """Days that have a name for how far off they are, and weekdays."""
    for phrase in sorted(known.days, key=len, reverse=True):
        if _holds(said, phrase):
            return {today + timedelta(int(off)) for off in known.days[phrase]}
    weekdays = {known.weekdays[word] for word in said if word in known.weekdays}
    weeks = _turn(said, known, weeks=True)
    if weeks is not None:
        monday = today - timedelta(today.weekday())
        return {monday + timedelta(7 * weeks + weekday) for weekday in weekdays}
    if not known.past.isdisjoint(said):
        return {today - timedelta((today.weekday() - weekday - 1) % 7 + 1) for weekday in weekdays}
    later = 7 * next((weeks for phrase, weeks in known.beyond.items() if _holds(said, phrase)), 0)
    return {today + timedelta((weekday - today.weekday() - 1) % 7 + 1 + later) for weekday in weekdays}


def _turn(said: tuple[str, ...], known: Language, *, weeks: bool = False) -> int | None:
    """How many months, or weeks, "next month" is off."""
    return next(
        (
            off
            for phrase, off in known.turns.items()
            if _holds(said, phrase) and weeks == any(known.spans.get(word) == 7 for word in phrase)
        ),
        None,
    )


class _Span(NamedTuple):
    """How far off a day is, in days or in months, and the words that say so."""

    days: int
    months: int
    first: int
    last: int


def _span(said: tuple[str, ...], known: Language) -> _Span | None:
    """ "In ten days", "three weeks ago", "a week from" something, "Monday week"."""
    for i, word in enumerate(said):
        length = known.spans.get(word)
        if length is None:
            continue
        counted = i > 0 and (said[i - 1].isdecimal() or said[i - 1] in known.numbers.articles)
        first = i - counted
        around = (said[max(0, first - 3) : first], said[i + 1 : i + 4]) if counted else (said[i + 1 : i + 2],)
        many = int(said[first][:4]) if said[first].isdecimal() else 1
        if any(_holds(side, phrase) for phrase in known.ago for side in around):
            many = -many
        elif not any(_holds(side, phrase) for phrase in known.ahead for side in around) and (
            i == 0 or i + 1 < len(said) or not (said[i - 1] in known.weekdays or said[i - 1 : i] in known.days)
        ):
            continue
        return _Span(many * length, 0 if length else many, first, i + 1)
    return None


def _holds(said: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(said[i : i + len(phrase)] == phrase for i in range(len(said)))


def _moved(day: date, months: int) -> date:
    """The same day of a month that is so many months off, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _numbered(said: tuple[str, ...], known: Language, today: date) -> set[date]:
    """The day that is only numbered: the fifteenth of this month, or of the next."""
    turn = _turn(said, known)
    marked = [_DAY.fullmatch(word) for word in said]
    numbers = {int(day[1]) for day in marked if day and (day[2] or turn is not None or known.tag != "en")}
    numbers |= {known.numbers.ordinals[word] for word in said if word in known.numbers.ordinals}
    led = (
        any(
            word in _ARTICLES and (said[i + 1].isdecimal() or said[i + 1] in known.numbers.ordinals)
            for i, word in enumerate(said[:-1])
        )
        or "तारीख" in said
    )
    if len(numbers) != 1 or (turn is None and known.tag != "en" and not led):
        return set()
    month = _moved(today.replace(day=1), turn or 0)
    number = numbers.pop()
    # Behind us, it may be this month's or the next's: that is no day.
    least = 1 if turn is not None else today.day
    return {month.replace(day=number)} if least <= number <= monthrange(month.year, month.month)[1] else set()


def _day(day: date) -> Day:
    return day.year, day.month, day.day
