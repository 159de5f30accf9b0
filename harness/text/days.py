"""Days as callers name them: with their month, as a figure, or by how far off they are."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from harness.text.languages.known import lexicon
from harness.text.languages.language import Language
from harness.text.normalising import words
from harness.text.reckoning import holds, reckoned
from harness.text.words import written

Day: TypeAlias = tuple[int | None, int, int]
"""Year (None where it isn't said), month, day."""

ISO = re.compile(r"(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/])")
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


@lru_cache(maxsize=4096)
def days(text: str, language: str = "en", today: date | None = None) -> frozenset[Day]:
    """Every day that a text names; by how far off it is only where `today` is given."""
    known = lexicon(language)
    found: set[Day] = {(int(y), int(m), int(d)) for y, m, d in ISO.findall(text)}
    if not found:
        for a, b, y in (*_SLASHED.findall(text), *_DASHED.findall(text)):
            year = None if not y else _year(y)
            found.add((year, int(b), int(a)))
            if known.tag == "en" or int(b) > 12:
                found.add((year, int(a), int(b)))
    said = words(text, "en+es+hi" if known.tag == "en" else language)
    found |= _of_month(said, known)
    if known.tag == "es" and not found:
        found |= {
            (None, int(b), int(a))
            for a, joint, b in zip(said, said[1:], said[2:], strict=False)
            if _is_numeric(a, joint, b)
        }
    sure = frozenset(day for day in found if is_day(*day))
    if sure or today is None:
        return sure
    return _feast(said, known) or frozenset((day.year, day.month, day.day) for day in reckoned(said, known, today))


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


def _is_numeric(day: str, joint: str, month: str) -> bool:
    """Whether a day and a month are both said as numbers: el diecisiete del once."""
    return joint == "del" and day.isdecimal() and month.isdecimal() and len(day) <= 2 and len(month) <= 2


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


def _feast(said: tuple[str, ...], known: Language) -> frozenset[Day]:
    """A day that has a name of its own every year: Christmas."""
    return frozenset((None, month, day) for phrase, (month, day) in known.feasts.items() if holds(said, phrase))
