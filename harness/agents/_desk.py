"""What a desk is made of, as data: the tasks it does, what each must know, and how it says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from harness.agents._names import name_in
from harness.agents._reading import (
    DAYS,
    MONTHS,
    ORDINALS,
    TENS,
    UNITS,
    amounts,
    dates,
    digit_runs,
    meant,
    times,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance as the recogniser wrote it, its words, and the day on which it was said."""

    text: str
    words: tuple[str, ...]
    today: date

    @classmethod
    def of(cls, text: str, today: date) -> Heard:
        """The utterance that a text is."""
        return cls(text, words_of(text), today)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: how it is read from an utterance, and how it is said aloud.

    read(heard, asked, old): its canonical value, None where the utterance holds none; asked: the
    agent has just asked for it; old: its value so far. options: its values, where they are few.
    least_keys: how many keys at least make such a value, 0 where keys can't.
    """

    read: Callable[[Heard, bool, str | None], str | None]
    say: Callable[[str], str] = str
    options: tuple[str, ...] = ()
    least_keys: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact that a task must know, and the question that asks for it.

    opens: whether its value alone, where nothing else was understood, says what the call is about.
    """

    name: str
    kind: Kind
    ask: str
    opens: bool = False


def _nothing(_: Mapping[str, str]) -> Mapping[str, str]:
    return {}


def _no_reason(_: Mapping[str, str]) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Task:
    """Something a desk does for a caller, by calling a tool.

    tool: the tool's name. reason: why somebody calls, as a packet has it. cues: alternatives, each
    a list of groups, of every one of which a word must be said. check: the read-back before the
    tool is called, None where nothing can go wrong. done: what is said afterwards; note: the
    message after the call. Templates take the slots as said aloud, and what `result` gives.
    beyond: why the facts are more than an agent may decide, or None. weight: which task is meant
    where an utterance would do for several.
    """

    tool: str
    reason: str
    cues: tuple[tuple[tuple[str, ...], ...], ...]
    slots: tuple[Slot, ...]
    check: str | None
    done: str
    note: str
    next_action: str
    weight: int = 0
    result: Callable[[Mapping[str, str]], Mapping[str, str]] = _nothing
    beyond: Callable[[Mapping[str, str]], str | None] = _no_reason


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk: what it offers, and the queue of people behind it."""

    name: str
    offer: str
    queue: str
    tasks: tuple[Task, ...]
    greeting: str = ""


def say_date(value: str) -> str:
    """`2026-03-13` as `Friday the thirteenth of March`."""
    day = date.fromisoformat(value)
    return f"{DAYS[day.weekday()]} the {_ordinal(day.day)} of {MONTHS[day.month - 1].capitalize()}"


def _ordinal(number: int) -> str:
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    return "thirtieth" if number == 30 else f"{'twenty' if number < 30 else 'thirty'} {ORDINALS[number % 10 - 1]}"


def say_time(value: str) -> str:
    """`15:30` as `three thirty p.m.`."""
    hour, minute = (int(part) for part in value.split(":"))
    half = "a.m." if hour < 12 else "p.m."
    spoken = UNITS[(hour - 1) % 12 + 1]
    if not minute:
        return f"{spoken} {half}"
    return f"{spoken} {_minutes(minute)} {half}"


def _minutes(minute: int) -> str:
    if minute < 20:
        return f"oh {UNITS[minute]}" if minute < 10 else UNITS[minute]
    tens = next(word for word, value in TENS.items() if value == minute // 10 * 10)
    return tens if minute % 10 == 0 else f"{tens} {UNITS[minute % 10]}"


def say_digits(value: str) -> str:
    """`4417` as `4 4 1 7`."""
    return " ".join(value)


def _read_date(heard: Heard, _: bool, old: str | None) -> str | None:
    return meant(dates(heard.words, heard.today, old))


def _read_time(heard: Heard, asked: bool, _: str | None) -> str | None:
    days = {i for found in dates(heard.words, heard.today) for i in range(found.start, found.end)}
    rest = tuple("," if i in days else word for i, word in enumerate(heard.words))
    return meant(times(rest, asked=asked))


def _read_name(heard: Heard, asked: bool, _: str | None) -> str | None:
    return name_in(heard.words, asked=asked)


def _digits(least: int, most: int) -> Callable[[Heard, bool, str | None], str | None]:
    def read(heard: Heard, asked: bool, old: str | None) -> str | None:
        del old
        return meant([run for run in digit_runs(heard.words, asked=asked) if least <= len(run.value) <= most])

    return read


def _read_amount(heard: Heard, asked: bool, _: str | None) -> str | None:
    found = meant(amounts(heard.words))
    return found or (meant(amounts((*heard.words, "dollars"))) if asked else None)


def one_of(
    choices: Mapping[str, Sequence[str]],
    *,
    asked_for: Mapping[str, Sequence[str]] | None = None,
    free: bool = False,
    aloud: Callable[[str], str] = str,
) -> Kind:
    """A kind with a few values, each known by phrases; the first that is said counts.

    asked_for: more phrases, that count where the value was asked for. free: any other words, where
    they were asked for, are a value as they were heard. aloud: how a value is said.
    """

    def read(heard: Heard, asked: bool, old: str | None) -> str | None:
        del old
        joined = f" {' '.join(heard.words)} "
        for phrases_of in (choices, (asked_for or {}) if asked else {}):
            for value, phrases in phrases_of.items():
                if any(f" {phrase} " in joined for phrase in phrases):
                    return value
        return heard.text.strip(" .") if free and asked and len(heard.words) > 2 else None

    return Kind(read, aloud, options=tuple(choices))


DATE = Kind(_read_date, say_date)
TIME = Kind(_read_time, say_time)
NAME = Kind(_read_name)
ORDER = Kind(_digits(4, 6), say_digits, least_keys=4)
PHONE = Kind(_digits(7, 15), say_digits, least_keys=7)
AMOUNT = Kind(_read_amount, lambda value: f"{value} dollars", least_keys=1)
WORDS = Kind(lambda heard, asked, _: heard.text.strip() if asked and len(heard.words) > 1 else None)
