"""Number words of any language that has a table for them, as figures.

Works on parts as the English reader does, and with the same joining: figures said one by one, or
in groups below a hundred, join; what has a hundred or a scale in it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from harness.text.languages.language import Language, Numbers
from harness.text.numbers import Part

_LONGEST_ATOM = 5
"""No run of words below a hundred is longer (quatre-vingt-dix-neuf has four)."""

_UNBOUNDED = 10**15
_BARE = 1000
"""The scale that is a number by itself: mil, tausend."""


@dataclass(slots=True)
class _Sum:
    """A number while it is read: `group` is below the last scale, `total` above; only less than `room` may be added."""

    total: Decimal = Decimal(0)
    group: Decimal | None = None
    room: int = _UNBOUNDED
    scale: int = _UNBOUNDED
    plain: bool = True

    def add(self, value: Decimal) -> bool:
        """Add what is below the room there is."""
        begun = self.group is not None or self.total
        if value >= self.room or (begun and not value):
            return False
        if value >= 1000 and value == value.to_integral_value():
            self.total, self.group, self.plain = self.total + value - value % 1000, value % 1000, False
        else:
            self.group = (self.group or Decimal(0)) + value
        whole = value == value.to_integral_value()
        self.room = 0 if value < 100 or not whole or value % 100 else 1000 if value % 1000 == 0 else 100
        self.plain = self.plain and value < 100 and whole
        return True

    def multiply(self, scale: int) -> bool:
        """Multiply what stands below the last scale by a hundred or a scale."""
        if scale == 100:
            if (self.group is not None and self.group >= 100) or (self.room < 100 and self.group is None):
                return False
            self.group, self.room = (Decimal(1) if self.group is None else self.group) * 100, 100
        elif scale < self.scale and (self.group or (scale == _BARE and not self.total)):
            self.total += (Decimal(1) if self.group is None else self.group) * scale
            self.group, self.room, self.scale = None, scale, scale
        else:
            return False
        self.plain = False
        return True

    @property
    def value(self) -> Decimal:
        """What has been read so far."""
        return self.total + (self.group or 0)


def shown(value: Decimal) -> str:
    """A number in figures, without closing noughts."""
    return f"{value.normalize():f}"


def figures(parts: Sequence[Part], language: Language) -> list[Part]:
    """The parts with every number in figures, those said figure by figure joined."""
    made: list[Part] = []
    joins = False
    i = 0
    while i < len(parts):
        found = (
            _dated(parts, i, language) or _repeated(parts, i, language.numbers) or _number(parts, i, language.numbers)
        )
        if found is None:
            made.append(parts[i])
            joins = False
            i += 1
            continue
        text, end, plain = found
        if plain and len(text) <= 2 and made and made[-1].text in language.months:
            # A day behind its month, so that the year behind it stays apart.
            made.append(Part("fixed", text, parts[i].first, parts[end - 1].last))
            joins, i = False, end
            continue
        last = parts[end - 1].last
        behind = made[-1] if made else None
        if behind is not None and behind.kind == "number" and ((joins and plain) or _grouped(behind, text, parts[i])):
            made[-1] = Part("number", behind.text + text, behind.first, last)
        else:
            made.append(Part("number" if plain or parts[i].kind == "number" else "fixed", text, parts[i].first, last))
        joins = plain
        i = end
    return made


_THOUSANDS = re.compile(r"\d{3}\.\d+")


def _grouped(behind: Part, text: str, part: Part) -> bool:
    """Whether figures go on those before them behind a space: 1 250,50."""
    return part.kind == "number" and len(behind.text) <= 3 and _THOUSANDS.fullmatch(text) is not None


def _dated(parts: Sequence[Part], i: int, language: Language) -> tuple[str, int, bool] | None:
    """The day of a month, said as an ordinal."""
    day = language.numbers.ordinals.get(parts[i].text)
    following = [part.text for part in parts[i + 1 : i + 3] if part.text != "de"]
    if day is None or not following or following[0] not in language.months:
        return None
    return str(day), i + 1, False


def _repeated(parts: Sequence[Part], i: int, numbers: Numbers) -> tuple[str, int, bool] | None:
    """ "Double three" is 33."""
    times = numbers.repeats.get(parts[i].text)
    if times is None or i + 1 == len(parts):
        return None
    value = _atom(parts, i + 1, numbers)
    if value is None or value[0] >= 10 or value[0] % 1:
        return None
    return shown(value[0]) * times, value[1], True


def _number(parts: Sequence[Part], i: int, numbers: Numbers) -> tuple[str, int, bool] | None:
    """The number that begins at part i: its figures, where it ends, and whether it joins with the next."""
    written = parts[i].kind == "number"
    if written and not (
        i + 1 < len(parts) and (parts[i + 1].text in numbers.scales or parts[i + 1].text in numbers.hundreds)
    ):
        text, j, pointed = _pointed(parts[i].text, parts, i + 1, numbers)
        return text, j, not pointed and text.isdecimal()
    made = _Sum()
    j = i
    if written:
        made.group, made.room, j = Decimal(parts[i].text), 0, i + 1
    while j < len(parts):
        step = _step(made, parts, j, numbers, begun=j > i)
        if step is None:
            break
        j = step
    if j == i:
        return None
    text, j, pointed = _pointed(shown(made.value), parts, j, numbers)
    if "." in text and j < len(parts) and parts[j].text in numbers.clock and not pointed:
        whole, _, share = text.partition(".")
        text = f"{whole}{int(Decimal('0.' + share) * 60):02}"
    return text, j, made.plain and "." not in text and len(text) <= 2


def _step(made: _Sum, parts: Sequence[Part], j: int, numbers: Numbers, *, begun: bool) -> int | None:
    """Where the number goes on behind what is read at part j; None where it ends."""
    text = parts[j].text
    if text in numbers.hundreds or text in numbers.scales:
        return j + 1 if made.multiply(100 if text in numbers.hundreds else numbers.scales[text]) else None
    if text in numbers.joints and begun:
        behind = _atom(parts, j + 1, numbers)
        return behind[1] if behind and not made.plain and made.add(behind[0]) else None
    found = _atom(parts, j, numbers)
    if text in numbers.articles and not begun and found is None:
        following = parts[j + 1].text if j + 1 < len(parts) else ""
        counts = following in numbers.scales or following in numbers.hundreds or following in numbers.clock
        return j + 1 if counts and made.add(Decimal(1)) else None
    if text in numbers.raised:
        return _raised(made, parts, j, numbers)
    return found[1] if found and made.add(found[0]) else None


def _raised(made: _Sum, parts: Sequence[Part], j: int, numbers: Numbers) -> int | None:
    """Quarters and halves that stand before what they are added to: साढ़े तीन, सवा लाख."""
    more = numbers.raised[parts[j].text]
    found = _atom(parts, j + 1, numbers)
    if found is not None:
        hundreds = found[0] >= 100 and not found[0] % 100
        return found[1] if made.add(found[0] + (more * 100 if hundreds else more)) else None
    following = parts[j + 1].text if j + 1 < len(parts) else ""
    if following in numbers.scales or following in numbers.hundreds:
        return j + 1 if made.add(1 + more) else None
    return None


def _atom(parts: Sequence[Part], j: int, numbers: Numbers) -> tuple[Decimal, int] | None:
    """The longest run of words from part j on that says one number, and where it ends."""
    texts = tuple([part.text for part in parts[j : j + _LONGEST_ATOM]])
    for size in range(len(texts), 0, -1):
        value = numbers.atoms.get(texts[:size])
        if value is not None:
            return value, j + size
    if j >= len(parts):
        return None
    if numbers.compound is not None and parts[j].kind == "word" and len(parts[j].text) > 5:
        whole = numbers.compound(parts[j].text)
        return None if whole is None else (Decimal(whole), j + 1)
    if parts[j].kind == "number" and parts[j].text.isdecimal() and len(parts[j].text) == 1:
        return Decimal(parts[j].text), j + 1
    return None


def _pointed(text: str, parts: Sequence[Part], j: int, numbers: Numbers) -> tuple[str, int, bool]:
    """The number with the figures behind its point."""
    if j + 1 >= len(parts) or parts[j].text not in numbers.points or "." in text:
        return text, j, False
    behind = ""
    end = j + 1
    while (found := _atom(parts, end, numbers)) is not None and found[0] < 100 and not found[0] % 1:
        behind += shown(found[0])
        end = found[1]
    if not behind and end < len(parts) and parts[end].kind == "number" and parts[end].text.isdecimal():
        behind, end = parts[end].text, end + 1
    return (f"{text}.{behind}", end, True) if behind else (text, j, False)
