"""Numbers with their units, as an author writes them: `1.2s`, `80ms`, `10dB`, `2%`.

A unit left out is refused: 10 of what?
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from harness.errors import BadInput


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a value is measured in: each unit that may be written, and its size in the base unit."""

    name: str
    units: tuple[tuple[str, float], ...]
    least: float = float("-inf")


@dataclass(frozen=True, slots=True)
class OneOf:
    """A name out of those there are: `Annotated[str, OneOf("an accent", accents)]`.

    names: asked when a name is checked, so that what it costs to know them is paid only then.
    """

    what: str
    names: Callable[[], Iterable[str]]


Seconds: TypeAlias = Annotated[float, Quantity("a time", (("s", 1.0), ("ms", 0.001)), least=0.0)]
Decibels: TypeAlias = Annotated[float, Quantity("a level", (("dB", 1.0),))]
Ratio: TypeAlias = Annotated[float, Quantity("a share", (("%", 0.01),), least=0.0)]

_WRITTEN = re.compile(r"^(-?[0-9]{1,12}(?:\.[0-9]{1,12})?)\s*([A-Za-z%]*)$")


def read_quantity(text: str, quantity: Quantity) -> float:
    """The value in the quantity's base unit.

    Raises BadInput (without file and line) for what is no number, has no unit or the wrong one,
    or is less than can be.
    """
    found = _WRITTEN.match(text.strip())
    units = dict(quantity.units)
    choice = " or ".join(units)
    if not found:
        raise BadInput(f"not {quantity.name}: write a number and {choice}", value=text)
    number, unit = found.groups()
    if not unit:
        raise BadInput(f"{quantity.name} without its unit: write {choice} behind the number", value=text)
    if unit not in units:
        raise BadInput(f"{quantity.name} is written in {choice}", value=text)
    value = round(float(number) * units[unit], 9)
    if value < quantity.least:
        raise BadInput(f"{quantity.name} can't be less than {quantity.least:g}", value=text)
    return value
