"""What a language is to this package: tables of words in their normal form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

NIGHT = 24
"""A half of the day that goes on past midnight."""

MIDDAY = 36
"""The hours around noon, of which those before it are the morning's."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a language says numbers.

    atoms: below a hundred, or hundreds in one word; each a run of words. hundreds, scales: what
    multiplies what stands before it. joints: words between a hundred and what is added to it.
    raised: added to the number behind it, or to one of the scale behind it (half: साढ़े तीन).
    articles: a one only before a scale. clock: behind a time of day. compound: reads a number
    that is written as one word. groups: what is counted by (a dozen). shares: parts of one, or of
    what is counted by (half a dozen, a million and a half); joins: what adds them to a whole.
    """

    atoms: Mapping[Words, Decimal]
    hundreds: frozenset[str] = frozenset()
    scales: Mapping[str, int] = field(default_factory=dict)
    joints: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    raised: Mapping[str, Decimal] = field(default_factory=dict)
    repeats: Mapping[str, int] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    ordinals: Mapping[str, int] = field(default_factory=dict)
    clock: frozenset[str] = frozenset()
    compound: Callable[[str], int | None] | None = None
    groups: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    joins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """A language's words for what callers say: months and weekdays (Monday is 0), days by how far off they are,
    halves of the day (0 before noon, 12 after), coins, money by its slang, denials, signs of an address.

    slang: how much of which coin it is, "" for any. spans: days, weeks and months (0 days) by their length, which
    `ahead` or `ago` beside them count from today.
    weeks_on: spans that a day right before them counts from (Friday week), as one behind them does (a week on Friday).
    turns: weeks and months by how far off they are. feasts: days of every year, by month and day. past: what
    makes a weekday the last one; beyond: one so many weeks after the next. letters: letters by their names.
    code_leads: what codes are called. abbreviated: the words of an address that are written short.
    """

    tag: str
    numbers: Numbers
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[Words, Words] = field(default_factory=dict)
    halves: Mapping[str, int] = field(default_factory=dict)
    noons: Mapping[str, str] = field(default_factory=dict)
    coins: Mapping[str, str] = field(default_factory=dict)
    cents: Mapping[str, str] = field(default_factory=dict)
    slang: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    denials: frozenset[str] = frozenset()
    signs: Mapping[Words, str] = field(default_factory=dict)
    spans: Mapping[str, int] = field(default_factory=dict)
    weeks_on: frozenset[str] = frozenset()
    ahead: tuple[Words, ...] = ()
    ago: tuple[Words, ...] = ()
    turns: Mapping[Words, int] = field(default_factory=dict)
    feasts: Mapping[Words, tuple[int, int]] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    beyond: Mapping[Words, int] = field(default_factory=dict)
    letters: Mapping[Words, str] = field(default_factory=dict)
    code_leads: frozenset[str] = frozenset()
    abbreviated: Mapping[str, str] = field(default_factory=dict)
    like: frozenset[str] = frozenset()
    latin: bool = True

    @property
    def denies_behind(self) -> bool:
        """Whether a denial stands behind what it denies, as in every language of India."""
        return not self.latin


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def listed(text: str, first: int = 0, step: int = 1) -> dict[Words, Decimal]:
    """Number words in their order as atoms; "/" parts those that mean the same."""
    return {
        (word,): Decimal(first + number * step)
        for number, words in enumerate(_composed(text).split())
        for word in words.split("/")
    }


def numbered(text: str, first: int = 1) -> dict[str, int]:
    """Words in their order with their places; "/" parts those that mean the same."""
    return {word: number for number, words in enumerate(_composed(text).split(), first) for word in words.split("/")}


def phrases(text: str) -> tuple[Words, ...]:
    """Phrases that "|" parts, as words."""
    return tuple(tuple(phrase.split()) for phrase in _composed(text).split("|"))


def meaning(text: str) -> dict[str, str]:
    """Words by what they mean: "str:straße pl:platz"; "/" parts those that mean the same."""
    pairs = (pair.partition(":") for pair in _composed(text).split())
    return {word: meant for words, _, meant in pairs for word in words.split("/")}


def turned(text: str) -> dict[Words, int]:
    """Phrases with how far off what they name is: "next month=1|this month=0"; "/" parts those that mean the same."""
    pairs = (pair.partition("=") for pair in _composed(text).split("|"))
    return {tuple(name.split()): int(off) for names, _, off in pairs for name in names.split("/")}


def dated(text: str) -> dict[Words, tuple[int, int]]:
    """Phrases with the month and the day they name: "christmas=12-25|new years day=1-1"."""
    pairs = (pair.partition("=") for pair in _composed(text).split("|"))
    return {tuple(name.split()): (int(day.split("-")[0]), int(day.split("-")[1])) for name, _, day in pairs}


def named_letters(text: str) -> dict[Words, str]:
    """The names of letters, "a: ay | w: double u/double you": each a run of words."""
    pairs = (pair.partition(":") for pair in _composed(text).split("|"))
    return {tuple(name.split()): letter.strip() for letter, _, names in pairs for name in names.split("/")}


def off(**days: str) -> dict[Words, Words]:
    """Phrases for days by how many days off they are: `off(p1="tomorrow", m1="yesterday", p1_m1="कल")`."""
    return {
        phrase: tuple(key.replace("p", "").replace("m", "-").split("_"))
        for key, text in days.items()
        for phrase in phrases(text)
    }
