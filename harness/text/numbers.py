"""English number words as figures: "thirty six" is 36 and not 3006, "double three" is 33.

Works on parts in order, so that what was said next to what is still known. Digits that are said
one by one, or in groups, join ("four one five" and "415" are the same token); a number longer than
four figures is then compared figure by figure, as it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harness.text.months import MONTHS
from harness.text.words import written

UNITS = {
    word: value
    for value, word in enumerate(
        written(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: value * 10 for value, word in enumerate(written("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
SCALES = {
    **dict.fromkeys(("thousand", "thousands"), 10**3),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 10**5),
    **dict.fromkeys(("million", "millions"), 10**6),
    **dict.fromkeys(("crore", "crores"), 10**7),
    **dict.fromkeys(("billion", "billions"), 10**9),
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        written(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth"
        ),
        1,
    )
} | {word[:-1] + "ieth": value for word, value in TENS.items()}
REPEATS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
NOUGHTS = ("zero", "nought", "naught")
OH = ("oh", "o")
LONGEST = 4
"""A number of more figures than this is compared figure by figure."""


class Part(NamedTuple):
    """A piece of a text on its way to a token: a `word`, a `number`, an `ordinal`, or `fixed`.

    A fixed part is a number that stands alone: it joins with nothing. first, last: written words.
    """

    kind: str
    text: str
    first: int
    last: int


class _Cardinal(NamedTuple):
    """A number that was read: its figures, its kind, where it ends, and whether it joins with the next."""

    text: str
    kind: str
    end: int
    joins: bool


_LONGEST_PHRASE = 30
"""No number takes more words than this to say."""

_BEGINS = {*UNITS, *TENS, *ORDINALS, *REPEATS, *NOUGHTS}


def in_figures(parts: Sequence[Part]) -> list[Part]:
    """The parts with every number in figures, those said figure by figure joined."""
    made: list[Part] = []
    joins = False
    i = 0
    while i < len(parts):
        part = parts[i]
        found = None
        if part.kind == "number" or part.text in _BEGINS:
            found = _read(parts, i)
        elif part.text in ("a", "an") or part.text in OH:
            found = _after_article(parts, i) if part.text not in OH else _oh(parts, i, joins)
        if found is None:
            made.append(part)
            joins = False
            i += 1
            continue
        if found.joins and _is_day(made, parts, found):
            found = found._replace(kind="fixed", joins=False)
        last = parts[found.end - 1].last
        if joins and found.joins and made[-1].kind == "number":
            made[-1] = Part("number", made[-1].text + found.text, made[-1].first, last)
        else:
            made.append(Part(found.kind, found.text, part.first, last))
        joins = found.joins
        i = found.end
    return made


def _is_day(made: Sequence[Part], parts: Sequence[Part], found: _Cardinal) -> bool:
    """Whether a number is the day behind a month, so that the year behind it stays apart."""
    before = [part.text for part in made[-2:] if part.text != "the"]
    if not before or before[-1] not in MONTHS or len(found.text) > 2 or not 1 <= int(found.text) <= 31:
        return False
    if found.text not in ("19", "20") or found.end >= len(parts):
        return True
    # "May twenty, twenty six" has a day where a year follows it, and is a year itself where none does.
    rest = [part.text in TENS or UNITS.get(part.text, 0) >= 10 for part in parts[found.end : found.end + 3]]
    return rest[:1] != [True] or True in rest[1:]


def _oh(parts: Sequence[Part], i: int, joins: bool) -> _Cardinal | None:
    """ "oh" is a nought among figures, and a sigh elsewhere."""
    following = [part.text in UNITS and UNITS[part.text] < 10 for part in parts[i + 1 : i + 3]]
    return _Cardinal("0", "number", i + 1, True) if joins or following == [True, True] else None


def _after_article(parts: Sequence[Part], i: int) -> _Cardinal | None:
    following = parts[i + 1].text if i + 1 < len(parts) else ""
    if following != "hundred" and following not in SCALES:
        return None
    found = _read([Part("word", "one", parts[i].first, parts[i].last), *parts[i + 1 : i + _LONGEST_PHRASE]], 0)
    return found and found._replace(end=found.end + i)


def _read(parts: Sequence[Part], i: int) -> _Cardinal | None:
    """The number that begins at part i."""
    text = parts[i].text
    if text in REPEATS:
        return _repeated(parts, i)
    if text == "second" and i and (parts[i - 1].kind == "number" or parts[i - 1].text in ("a", "one", "per", "every")):
        return None
    if text in NOUGHTS:
        return _pointed(parts, _Cardinal("0", "number", i + 1, True))
    if parts[i].kind == "number" and not text.isdecimal():
        scale = parts[i + 1].text if i + 1 < len(parts) else ""
        if scale in SCALES:
            return _Cardinal(f"{float(text) * SCALES[scale]:.0f}", "number", i + 2, False)
        return _Cardinal(text, "fixed", i + 1, False)
    return _pointed(parts, _grouped(parts, i))


def _repeated(parts: Sequence[Part], i: int) -> _Cardinal | None:
    following = parts[i + 1].text if i + 1 < len(parts) else ""
    if following in OH:
        figure = "0"
    elif following in UNITS and UNITS[following] < 10:
        figure = str(UNITS[following])
    elif len(following) == 1 and following.isalnum():
        if not following.isdecimal():
            return _Cardinal(following * REPEATS[parts[i].text], "letters", i + 2, False)
        figure = following
    else:
        return None
    return _Cardinal(figure * REPEATS[parts[i].text], "number", i + 2, True)


_CLASSES: dict[str, tuple[str, int]] = {
    **{word: ("teen" if value >= 10 else "unit", value) for word, value in UNITS.items() if value},
    **{word: ("tens", value) for word, value in TENS.items()},
    **{word: ("scale", value) for word, value in SCALES.items()},
    **{word: ("unitth" if value < 10 else "teenth", value) for word, value in ORDINALS.items()},
    "hundred": ("hundred", 100),
    "and": ("and", 0),
}
_FRESH = frozenset({"", "hundred", "scale"})
_COUNTED = frozenset({"unit", "teen", "tens", "written"})
_MAY_FOLLOW = {
    "written": frozenset({""}),
    "long": frozenset({""}),
    "unit": _FRESH | {"tens"},
    "unitth": _FRESH | {"tens"},
    "teen": _FRESH,
    "teenth": _FRESH,
    "tens": _FRESH,
    "hundred": _COUNTED,
    "scale": _COUNTED | {"hundred"},
    "and": frozenset({"hundred", "scale"}),
}
"""What kind of number word may come behind which, by the grammar of English."""


def _grouped(parts: Sequence[Part], i: int) -> _Cardinal:
    """A cardinal or an ordinal: `group` is what is below a thousand so far, `total` what is above."""
    total, group, limit, last = 0, 0, 10**12, ""
    j = i
    while j < len(parts):
        kind, value = _class_of(parts[j])
        if last not in _MAY_FOLLOW.get(kind, ()):
            break
        if kind == "and":
            if j + 1 == len(parts) or _class_of(parts[j + 1])[0] not in _GOES_ON:
                break
            j += 1
            continue
        if (kind == "hundred" and group >= 100) or (kind == "scale" and value >= limit):
            break
        if kind == "scale":
            total, group, limit = total + group * value, 0, value
        else:
            group = group * 100 if kind == "hundred" else group + value
        last = kind
        j += 1
    if last in ("written", "long") and j == i + 1:
        return _Cardinal(parts[i].text, "number", j, True)
    number = total + group
    if last in ("unitth", "teenth"):
        return _Cardinal(ordinal(number), "ordinal", j, False)
    return _Cardinal(str(number), "number", j, number < 100)


_GOES_ON = ("unit", "teen", "tens", "unitth", "teenth")


def _class_of(part: Part) -> tuple[str, int]:
    if part.kind == "number":
        return ("written", int(part.text)) if part.text.isdecimal() and len(part.text) <= 12 else ("long", 0)
    return _CLASSES.get(part.text, ("", 0))


def _pointed(parts: Sequence[Part], whole: _Cardinal) -> _Cardinal:
    """The number with what follows a "point"."""
    j = whole.end
    if whole.kind != "number" or j + 1 >= len(parts) or parts[j].text != "point":
        return whole
    figures = ""
    for part in parts[j + 1 :]:
        if part.text in NOUGHTS or (part.text in UNITS and UNITS[part.text] < 10):
            figures += str(UNITS.get(part.text, 0))
        elif part.kind == "number" and part.text.isdecimal():
            figures += part.text
        else:
            break
    if not figures:
        return whole
    end = j + 1
    consumed = 0
    while consumed < len(figures):
        consumed += len(parts[end].text) if parts[end].text.isdecimal() else 1
        end += 1
    scale = parts[end].text if end < len(parts) else ""
    if scale in SCALES:
        return _Cardinal(f"{float(f'{whole.text}.{figures}') * SCALES[scale]:.0f}", "number", end + 1, False)
    return _Cardinal(f"{whole.text}.{figures}", "fixed", end, False)


def ordinal(number: int) -> str:
    """A number as an ordinal in figures: 1st, 12th, 22nd."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
