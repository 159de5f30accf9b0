"""Days that are counted from today: tomorrow, in ten days, next Friday, the fifteenth, the last Monday of March."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from harness.text.languages.language import Language, Words
from harness.text.words import written

_NUMBERED = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
_ARTICLES = frozenset(written("the el le den der dem am día dia"))
_MONTH_SAID = frozenset({"तारीख"})
_OF_THE_CLOCK = frozenset(written("uhr heure heures hora horas"))


def reckoned(said: Words, known: Language, today: date) -> set[date]:
    """The days that a text names by where they stand from today; a weekday is the next one."""
    spans = list(_spans(said, known))
    if spans:
        rest = tuple(word for i, word in enumerate(said) if not any(one.first <= i < one.last for one in spans))
        months, days = sum(one.months for one in spans), sum(one.days for one in spans)
        return {moved(day, months) + timedelta(days) for day in _named(rest, known, today) or {today}}
    weekday = next((i for i, word in enumerate(said) if word in known.weekdays), None)
    if weekday is not None and (found := _in_a_month(said, known, today, weekday)) is not None:
        return found
    return _named(said, known, today) or _numbered(said, known, today)


def holds(said: Words, phrase: Words) -> bool:
    """Whether a phrase stands among the words."""
    return any(said[i : i + len(phrase)] == phrase for i in range(len(said)))


def moved(day: date, months: int) -> date:
    """The same day of a month that is so many months off, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _named(said: Words, known: Language, today: date) -> set[date]:
    """Days that have a name for how far off they are, and weekdays."""
    for phrase in sorted(known.days, key=len, reverse=True):
        if holds(said, phrase):
            return {today + timedelta(int(off)) for off in known.days[phrase]}
    weekdays = {known.weekdays[word] for word in said if word in known.weekdays}
    weeks = _turn(said, known, weeks=True)
    if weeks is not None:
        monday = today - timedelta(today.weekday())
        return {monday + timedelta(7 * weeks + weekday) for weekday in weekdays}
    if not known.past.isdisjoint(said):
        return {today - timedelta((today.weekday() - weekday - 1) % 7 + 1) for weekday in weekdays}
    later = 7 * next((weeks for phrase, weeks in known.beyond.items() if holds(said, phrase)), 0)
    return {today + timedelta((weekday - today.weekday() - 1) % 7 + 1 + later) for weekday in weekdays}


def _turn(said: Words, known: Language, *, weeks: bool = False) -> int | None:
    """How many months, or weeks, "next month" is off."""
    for phrase, off in known.turns.items():
        if holds(said, phrase) and weeks == any(known.spans.get(word) == 7 for word in phrase):
            return off
    return None


# --- lengths of time


class _Span(NamedTuple):
    """How far off a day is, in days or in months, and the words that say so."""

    days: int
    months: int
    first: int
    last: int


def _spans(said: Words, known: Language) -> Iterator[_Span]:
    """ "In ten days", "a month and three weeks ago", "a week from" something, "Monday week"."""
    places = [i for i, word in enumerate(said) if word in known.spans]
    signs = [_sign(said, i, known) for i in places]
    sign = next((one for one in signs if one), 0)
    for i, own in zip(places, signs, strict=True):
        counted = _is_counted(said, i, known)
        if not sign or not (own or counted):
            continue
        first = i - counted
        many = sign * (int(said[first][:4]) if said[first].isdecimal() else 1)
        length = known.spans[said[i]]
        yield _Span(many * length, 0 if length else many, first, i + 1)


def _is_counted(said: Words, i: int, known: Language) -> bool:
    return i > 0 and (said[i - 1].isdecimal() or said[i - 1] in known.numbers.articles)


def _sign(said: Words, i: int, known: Language) -> int:
    """Whether the length of time at i lies ahead (1) or back (-1); 0 where nothing beside it says so."""
    behind = said[i + 1] if i + 1 < len(said) else ""
    from_day = i > 0 and (said[i - 1] in known.weekdays or said[i - 1 : i] in known.days)
    if from_day and (i + 1 == len(said) or (said[i] in known.weeks_on and not behind.isdecimal())):
        return 1
    counted = _is_counted(said, i, known)
    if counted and known.weeks_on and _is_day_named(said, i + 1, known):
        return 1
    if not counted and i:
        return 0
    first = i - counted
    around = (said[max(0, first - 3) : first], said[i : i + 4])
    if any(holds(side, phrase) for phrase in known.ago for side in around):
        return -1
    return int(any(holds(side, phrase) for phrase in known.ahead for side in around))


def _is_day_named(said: Words, i: int, known: Language) -> bool:
    """Whether a day is named at i, as behind weeks that are counted from it: a week on Friday, a week today."""
    at = i + (said[i : i + 1] == ("on",))
    return any(said[at : at + 1] == (day,) for day in known.weekdays) or any(
        said[at : at + len(phrase)] == phrase for phrase in known.days
    )


# --- days of a month


def _in_a_month(said: Words, known: Language, today: date, weekday: int) -> set[date] | None:
    """The third Tuesday of a month, its last, or Tuesday the third; None where no such thing is said."""
    month = next((known.months[word] for word in said if word in known.months), None)
    turn = _turn(said, known)
    place = _place(said, weekday - 1, known)
    last = not known.past.isdisjoint(said)
    wanted = known.weekdays[said[weekday]]
    if month is None and turn is None and (last or not place):
        return _dated(said, known, today, weekday)
    first = moved(today.replace(day=1), turn or 0)
    year = next((int(word) for word in said if word.isdecimal() and len(word) == 4), first.year)
    first = date(year, month or first.month, 1)
    of_it = [day for n in range(31) if (day := first + timedelta(n)).month == first.month and day.weekday() == wanted]
    found = of_it[-1:] if last else of_it[place - 1 : place] if place else []
    return {day for day in found if month or turn is not None or day >= today}


def _place(said: Words, i: int, known: Language) -> int:
    """Which one the word at i counts; 0 where it counts none."""
    if i < 0:
        return 0
    found = _NUMBERED.fullmatch(said[i])
    return known.numbers.ordinals.get(said[i]) or (int(found[1]) if found and found[2] else 0)


def _dated(said: Words, known: Language, today: date, weekday: int) -> set[date] | None:
    """A weekday with its number in the month, which is this month's, the next's or the last's; None without one."""
    at = weekday + 1 + (said[weekday + 1 : weekday + 2] != () and said[weekday + 1] in _ARTICLES)
    day = _NUMBERED.fullmatch(said[at]) if at < len(said) else None
    following = said[at + 1] if at + 1 < len(said) else ""
    number = int(day[1]) if day and (day[2] or known.tag != "en") else 0
    if not number or following in known.numbers.clock or following in _OF_THE_CLOCK:
        return None
    months = (moved(today.replace(day=1), off) for off in (0, 1, -1))
    days = (month + timedelta(number - 1) for month in months if number <= monthrange(month.year, month.month)[1])
    found = next((one for one in days if one.weekday() == known.weekdays[said[weekday]]), None)
    return set() if found is None else {found}


def _numbered(said: Words, known: Language, today: date) -> set[date]:
    """The day that is only numbered: the fifteenth of this month, or of the next."""
    turn = _turn(said, known)
    bare = turn is not None or known.tag != "en"
    marked = [_NUMBERED.fullmatch(word) for word in said]
    numbers = {int(day[1]) for day in marked if day and (day[2] or bare)}
    numbers |= {known.numbers.ordinals[word] for word in said if word in known.numbers.ordinals}
    led = known.tag == "en" or turn is not None or not _MONTH_SAID.isdisjoint(said)
    pairs = pairwise(said)
    led = led or any(a in _ARTICLES and (b.isdecimal() or b in known.numbers.ordinals) for a, b in pairs)
    if len(numbers) != 1 or not led:
        return set()
    month = moved(today.replace(day=1), turn or 0)
    number = numbers.pop()
    # Behind us, it may be this month's or the next's: that is no day.
    least = 1 if turn is not None else today.day
    return {month.replace(day=number)} if least <= number <= monthrange(month.year, month.month)[1] else set()
