"""Numbers and sums of money, as they are said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from harness.text.languages.known import lexicon
from harness.text.languages.language import Language
from harness.text.normalising import CURRENCIES, whole
from harness.text.numbers import SCALES

_MINUS = frozenset({"minus", "negative", "menos", "moins", "माइनस"})
_JOINS = frozenset({"and", "con", "y", "und", "et", "और"})
_FEW = {("half", "a", "dozen"): "6", ("a", "couple"): "2", ("a", "half"): "0.5"}
_COINS = frozenset({*CURRENCIES.values(), "francs", "pesos", "taka"})


def decimal(text: str) -> Decimal | None:
    """A number in figures by its value; None for anything else."""
    try:
        return Decimal(text).normalize() if text[:1].isdecimal() or text[:1] == "-" else None
    except InvalidOperation:
        return None


def number(value: str, language: str = "en") -> frozenset[Decimal]:
    """The one number of a text, its figures joined; empty where there is none, or several."""
    return _one(_counted(whole(value, language)))


def _one(said: Sequence[str]) -> frozenset[Decimal]:
    if len(said) > 1 and all(word.isdecimal() for word in said):
        said = ("".join(said),)
    found = {decimal(word) for word in said} - {None}
    return frozenset(one for one in found if one is not None) if len(found) == 1 else frozenset()


def _counted(said: Sequence[str]) -> tuple[str, ...]:
    """The words with dozens, halves and signs put into the number beside them."""
    made: list[str] = []
    i = 0
    while i < len(said):
        here = tuple(said[i : i + 4])
        value = decimal(made[-1]) if made else None
        step = 1
        if value is not None and here[:3] == ("and", "a", "half"):
            step = 4 if here[3:] and here[3] in SCALES else 3
            made[-1] = f"{(value + Decimal('0.5')) * (SCALES[here[3]] if step == 4 else 1):f}"
        elif value is not None and here[0] in ("quarters", "quarter") and value in (1, 3):
            made[-1] = f"{value / 4:f}"
        elif here[:3] in _FEW:
            made.append(_FEW[here[:3]])
            step = 3
        elif here[:2] in _FEW:
            made.append(_FEW[here[:2]])
            step = 2
        elif here[0] in ("dozen", "dozens"):
            made[-1:] = [f"{value * 12:f}"] if value is not None else [*(w for w in made[-1:] if w != "a"), "12"]
        elif here[0] in _MINUS and len(here) > 1 and here[1][0].isdecimal():
            made.append(f"-{here[1]}")
            step = 2
        else:
            made.append(here[0])
        i += step
    return tuple(made)


def amount(value: str, language: str = "en") -> frozenset[tuple[Decimal, str | None]]:
    """The one sum of a text and its coin, None where none is named."""
    known = lexicon(language)
    said = _counted(whole(value, language))
    coin = next((i for i, word in enumerate(said) if word in _COINS), None)
    if coin is None:
        return _small(said, known)
    before, after = said[:coin], [word for word in said[coin + 1 :] if word not in _JOINS]
    if after and after[0] in SCALES:
        return frozenset((one * SCALES[after[0]], said[coin]) for one in _one(before))
    large = _one(before)
    small = _hundredths(after, known) if large else None
    if small is not None:
        return frozenset((one + small, said[coin]) for one in large)
    return frozenset((one, said[coin]) for one in _one([*before, *(w for w in after if w not in known.cents)]))


def _hundredths(after: Sequence[str], known: Language) -> Decimal | None:
    """What is said behind the coin: "dollars ninety nine", "Euro und zehn Cent"."""
    if not after or not after[0].isdecimal() or len(after[0]) > 2 or not set(after[1:2]) <= set(known.cents):
        return None
    return Decimal(after[0]) / 100


def _small(said: Sequence[str], known: Language) -> frozenset[tuple[Decimal, str | None]]:
    cent = next((word for word in said if word in known.cents), None)
    found = _one([word for word in said if word != cent])
    return frozenset((one / 100, known.cents[cent]) if cent else (one, None) for one in found)
