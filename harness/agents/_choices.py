"""Options of agents in this process: text from a target's query, checked before a call is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from harness.audio import samples
from harness.errors import BadInput
from harness.text.quantities import Quantity, read_quantity

_TIME = Quantity("a time", (("s", 1.0), ("ms", 0.001)), least=0.0)
_TRUE = ("", "true", "yes", "on", "1")
_FALSE = ("false", "no", "off", "0")


def as_time(option: str, text: str) -> int:
    """`700ms` or `1.5s` in samples."""
    try:
        return samples(read_quantity(text, _TIME))
    except BadInput as problem:
        raise BadInput(f"{option}: {problem.problem}", value=text) from problem


def as_flag(option: str, text: str) -> bool:
    """Whether a switch is on: its bare name says so."""
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise BadInput(f"{option} is on or off: write it bare, or {option}=false", value=text, known=("true", "false"))


def as_one_of(option: str, text: str, known: Iterable[str]) -> str:
    """One of a few names."""
    names = tuple(known)
    if text not in names:
        raise BadInput(f"{option} is one of {', '.join(names)}", value=text, known=names)
    return text


def as_day(option: str, text: str) -> date:
    """A day as 2026-03-01."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise BadInput(f"{option} is a day, written like 2026-03-01", value=text) from problem


def as_number(option: str, text: str, unit: str = "") -> float:
    """A number, with its unit where it has one."""
    try:
        return float(text.removesuffix(unit))
    except ValueError as problem:
        raise BadInput(f"{option} is a number{f' and {unit}' if unit else ''}", value=text) from problem


def refuse(unknown: Iterable[str], known: Iterable[str]) -> None:
    """Refuse options that there aren't, naming the nearest that there is."""
    for name in unknown:
        raise BadInput("the agent has no such option", value=name, known=known)
