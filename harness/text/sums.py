"""Numbers and sums of money, as they are said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from harness.text.languages.known import lexicon
from harness.text.languages.language import Language
from harness.text.normalising import CURRENCIES, whole

_MINUS = frozenset({"minus", "negative", "negativ", "negativo", "négatif", "négative", "menos", "moins", "माइनस"})
_JOINS = frozenset({"and", "con", "y", "und", "et", "और"})
_COINS = frozenset({*CURRENCIES.values(), "francs", "pesos", "taka"})
_SHORT = {"k": 10**3, "m": 10**6, "bn": 10**9}
_CODES = {"usd": "dollars", "eur": "euros", "gbp": "pounds", "inr": "rupees", "chf": "francs", "jpy": "yen"}
_ATTACHED = re.compile(r"(?<=\d)(?=(?:k|m|bn)\b)", re.IGNORECASE)
_BESIDE = re.compile(
    r"us(?=\$)|\b(?:usd|eur|gbp|inr|chf|jpy)(?=\d)|(?<=\d)(?:usd|eur|gbp|inr|chf|jpy)\b|(?<=[\dk])[$£€₹¥]",
    re.IGNORECASE,
)
"""A coin's sign or code that has grown onto its number."""

_NEGATIVE = re.compile(r"\s*[-−–]\s*\.?\d")
_POINT_FIRST = re.compile(r"^(\W*)[.,](?=\d)")
_CENTS = re.compile(r"((?:dollars?|euros?|\$|€)\s.*?)\bcents?\b", re.IGNORECASE)
"""Of French: a hundred, and behind a coin its hundredth part."""

_ROUND = (10**9, 10**7, 10**6, 10**5, 10**3)
"""What "and a half" behind a number is a half of: a million and a half."""


def decimal(text: str) -> Decimal | None:
    """A number in figures by its value; None for anything else."""
    try:
        return Decimal(text).normalize() if text[:1].isdecimal() or text[:1] == "-" else None
    except InvalidOperation:
        return None


def number(value: str, language: str = "en") -> frozenset[Decimal]:
    """The one number of a text, its figures joined; empty where there is none, or several."""
    known = lexicon(language)
    found = _one(_counted(whole(_leading(value), language), known))
    if _NEGATIVE.match(value) and all(one > 0 for one in found):
        return frozenset(-one for one in found)
    first = value.lower().split()[:1]
    alone = not found and known.tag != "en" and bool(first) and first[0] in known.numbers.articles
    return frozenset({Decimal(1)}) if alone else found


def _leading(value: str) -> str:
    """A value with the nought that is left out before its point, and what multiplies it apart: 1.2M."""
    return _ATTACHED.sub(" ", _POINT_FIRST.sub(r"\g<1>0.", value))


def _one(said: Sequence[str]) -> frozenset[Decimal]:
    if len(said) > 1 and all(word.isdecimal() for word in said):
        said = ("".join(said),)
    found = {decimal(word) for word in said} - {None}
    return frozenset(one for one in found if one is not None) if len(found) == 1 else frozenset()


def _counted(said: Sequence[str], known: Language) -> tuple[str, ...]:
    """The words with dozens, halves and signs put into the number beside them."""
    made: list[str] = []
    units: dict[int, int] = {}
    i = 0
    while i < len(said):
        value = decimal(made[-1]) if made else None
        unit = _unit(said[i], known)
        share = _share(said, i, known)
        if share is not None and (found := _shared(made, units, said, share, known)):
            i = found
        elif unit is not None and (value is not None or said[i] in known.numbers.groups or not known.latin):
            if value is None and made and made[-1] in known.numbers.articles:
                made.pop()
            made[-1 if value is not None else len(made) :] = [f"{(value or 1) * unit:f}"]
            units[len(made) - 1] = unit
            i += 1
        elif (
            said[i] == "of" and i and said[i - 1] in known.numbers.groups and _unit("".join(said[i + 1 : i + 2]), known)
        ):
            i += 1
        elif value is not None and _is_old_spelling(said, i, value, known):
            made[-1] = f"{value + int(said[i + 1]):f}"
            i += 2
        elif i + 1 < len(said) and said[i + 1][0].isdecimal() and (sign := _signed(said, i, value, known)):
            made.append(sign + said[i + 1])
            i += 2
        else:
            made.append(said[i])
            i += 1
    return tuple(made)


def _is_old_spelling(said: Sequence[str], i: int, value: Decimal, known: Language) -> bool:
    """Whether a Spanish number goes on as it was written once, diez y seis; of hours that is six past ten."""
    following = said[i + 1] if i + 1 < len(said) else ""
    joined = known.tag == "es" and said[i] == "y" and value in (10, 20)
    return joined and len(following) == 1 and following.isdecimal()


def _unit(word: str, known: Language) -> int | None:
    """What a word counts by: a dozen, a thousand that its number has left over."""
    return known.numbers.groups.get(word) or known.numbers.scales.get(word) or _SHORT.get(word)


def _signed(said: Sequence[str], i: int, value: Decimal | None, known: Language) -> str:
    """What a word before a number makes of it: "minus" its negative, "point" the figures behind the point."""
    if said[i] in _MINUS:
        return "-"
    pointed = said[i] in known.numbers.points and value is None and said[i + 1].isdecimal()
    return "0." if pointed else ""


def _share(said: Sequence[str], i: int, known: Language) -> tuple[Decimal, int, bool] | None:
    """A part of one at i: "a half", "three quarters"; where it ends, and whether it says so itself."""
    j = i + (said[i] in known.numbers.articles or decimal(said[i]) == 1)
    if j < len(said) and said[j] in known.numbers.shares:
        return known.numbers.shares[said[j]], j + 1, j > i
    many = decimal(said[i])
    if many is not None and i + 1 < len(said) and said[i + 1] in known.numbers.shares and many < 10:
        share = many * known.numbers.shares[said[i + 1]]
        return (share, i + 2, True) if share < 1 else None
    return None


def _shared(
    made: list[str], units: dict[int, int], said: Sequence[str], share: tuple[Decimal, int, bool], known: Language
) -> int | None:
    """Put a share into what it is of, or onto the whole before it; where that ends, None where it is a mere word."""
    part, j, named = share
    of = j
    while of < len(said) and (said[of] in ("of", "de") or said[of] in known.numbers.articles):
        of += 1
    unit = _unit(said[of], known) if of < len(said) else None
    round_one = decimal(said[of]) if of < len(said) else None
    whole_one = decimal(made[-2]) if len(made) > 1 and made[-1] in known.numbers.joins else None
    if whole_one is not None:
        here = units.get(len(made) - 2) or next((one for one in _ROUND if whole_one and not whole_one % one), 1)
        many = unit if here == 1 and unit and of == j else 1
        made[-2:] = [f"{(whole_one + part * here) * many:f}"]
        return j + (many > 1)
    if unit is not None or (round_one is not None and round_one in _ROUND):
        made.append(f"{part * (unit or round_one or 1):f}")
        return of + 1
    if named:
        made.append(f"{part:f}")
    return j if named else None


def amount(value: str, language: str = "en") -> frozenset[tuple[Decimal, str | None]]:
    """The one sum of a text and its coin, None where none is named."""
    known = lexicon(language)
    if known.tag == "fr":
        value = _CENTS.sub(r"\1centimes", value)
    apart = _BESIDE.sub(lambda found: f" {found[0]} ", value)
    said = _counted([_CODES.get(word, word) for word in whole(_leading(apart), language)], known)
    said = _noted(said, known)
    coin = next((i for i, word in enumerate(said) if word in _COINS), None)
    if coin is None:
        return _small(said, known)
    if coin and said[coin - 1] in known.numbers.articles and not _one(said):
        said = (*said[: coin - 1], "1", *said[coin:])
    before, after = said[:coin], [word for word in said[coin + 1 :] if word not in _JOINS]
    scale = _unit(after[0], known) if after else None
    if scale:
        return frozenset(((one * scale).normalize(), said[coin]) for one in _one(before))
    large = _one(before)
    small = _hundredths(after, known) if large else None
    if small is not None:
        return frozenset(((one + small).normalize(), said[coin]) for one in large)
    rest = [w for w in after if w not in known.cents]
    return frozenset((one.normalize(), said[coin]) for one in _one([*before, *rest]))


def _noted(said: Sequence[str], known: Language) -> tuple[str, ...]:
    """The words with what money is called in slang as a sum and its coin: "two fivers" is ten pounds."""
    at = next((i for i, word in enumerate(said) if word in known.slang), None)
    if at is None:
        return tuple(said)
    worth, coin = known.slang[said[at]]
    first = at - 1 if said[at - 1 : at] == ("of",) else at
    many = decimal(said[first - 1]) if first else None
    begins = first - 1 if many is not None or (first and said[first - 1] in known.numbers.articles) else first
    if begins and said[begins - 1] in known.numbers.shares:
        begins, many = begins - 1, known.numbers.shares[said[begins - 1]]
    if not coin:
        alone = not any(word[0].isdecimal() for i, word in enumerate(said) if not begins <= i <= at)
        return (*said[:begins], f"{(many or 1) * worth:f}", *said[at + 1 :]) if alone else tuple(said)
    return (*said[:begins], f"{(many or 1) * worth:f}", coin, *said[at + 1 :])


def _hundredths(after: Sequence[str], known: Language) -> Decimal | None:
    """What is said behind the coin: "dollars ninety nine", "Euro und zehn Cent", "euros et demi"."""
    share = known.numbers.shares.get(after[0], decimal(after[0])) if after else None
    if share is not None and share < 1 and len(after) == 1:
        return share
    if not after or not after[0].isdecimal() or len(after[0]) > 2 or not set(after[1:2]) <= set(known.cents):
        return None
    return Decimal(after[0]) / 100


def _small(said: Sequence[str], known: Language) -> frozenset[tuple[Decimal, str | None]]:
    cent = next((word for word in said if word in known.cents), None)
    found = _one([word for word in said if word != cent])
    return frozenset((one / 100, known.cents[cent]) if cent else (one, None) for one in found)
