"""What the human who takes over and the caller say to each other, in English words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from harness.agents._desk import say_date, say_digits, say_time
from harness.scorers._human_leg import REASON, UNKNOWN, Known, Question, Taking
from harness.text.entities import Kind, canonical

Who: TypeAlias = Literal["human", "caller"]

LONGEST = 120
"""Characters of a value that are read aloud: nobody reads out a page."""

_YOURS = ("name", "phone", "email", "code", "address")
"""Kinds of facts that are the caller's own."""
_A_NUMBER = re.compile(r"\b(?:number|no|id|code|reference|ref|pin|zip|postcode)\b", re.IGNORECASE)


class Words(NamedTuple):
    """A line of the human's or the caller's. about: the question that it asks or answers, None of what is read back."""

    who: Who
    text: str
    about: Question | None = None


def words_of(taking: Taking) -> tuple[Words, ...]:
    """What is said: a greeting, why the caller calls, what the human reads back, each other question, and thanks."""
    questions = sorted(taking.questions, key=lambda question: question.field != REASON)
    first = [question for question in questions if question.field == REASON]
    hello = Words("human", f"Hello, {to} here." if (to := _place(taking.to)) else "Hello.")
    lines = [hello, *(line for question in first for line in _exchange(question))]
    if taking.known:
        lines += [Words("human", _read_back(taking.known)), Words("caller", "Yes, that's right.")]
    lines += [line for question in questions[len(first) :] for line in _exchange(question)]
    return (*lines, Words("human", "Thank you. I'll take it from here."))


def _exchange(question: Question) -> tuple[Words, Words]:
    return Words("human", _asked(question), question), Words("caller", _answered(question), question)


def aloud(value: str, kind: Kind) -> str:
    """A value as it is said: a day and an hour in words, the figures of a number one by one."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in value[: LONGEST * 2]).split()).rstrip(".")
    if len(plain) > LONGEST:
        return plain[:LONGEST].rpartition(" ")[0] or plain[:LONGEST]
    if kind in ("date", "time"):
        return _in_words(canonical(plain, kind)) or plain
    if kind in ("code", "phone"):
        return say_digits(re.sub(r"[\s()-]+", "", plain)) if len(plain) <= 24 else plain
    return plain


def _in_words(one: str) -> str | None:
    """A day or an hour in its canonical form as it is said; None of what is more than one, or has no year."""
    if re.fullmatch(r"[1-9]\d{3}-\d{2}-\d{2}", one):
        return say_date(one)
    return say_time(one) if re.fullmatch(r"\d{2}:\d{2}", one) else None


def _place(to: str | None) -> str | None:
    """Where a call went, as a human there would say it; None of an address or a number."""
    named = (to or "").strip().replace("_", " ")
    return named if len(named) <= 40 and re.fullmatch(r"[^\W\d]+(?:[ '-][^\W\d]+)*", named) else None


def _read_back(known: Sequence[Known]) -> str:
    facts = [f"{_named(one.field, one.kind)} is {aloud(one.value, one.kind)}" for one in known if one.field != REASON]
    about = [f"I see that this is about: {aloud(one.value, 'text')}." for one in known if one.field == REASON]
    return " ".join([*about, *([f"I have that {', and '.join(facts)}."] if facts else []), "Is that right?"])


def _asked(question: Question) -> str:
    kind, handed = question.kind, question.handed or ""
    named = _named(question.field, kind)
    if question.why == "contradicted":
        values = ", and ".join(aloud(value, kind) for value in handed.split(" / "))
        return f"I have more than one thing here for {named}: {values}. Which is right?"
    if question.field == REASON:
        about = aloud(handed, "text")
        return f"I see that this is about: {about}. Is that right?" if handed else "How can I help you?"
    if question.why != "missing":
        return f"I have that {named} is {aloud(handed, kind)}. Is that right?"
    return f"May I have {named}, please?" if kind in _YOURS else f"What is {named}, please?"


def _answered(question: Question) -> str:
    if question.truth is None:
        return "No, I never said that."
    value = aloud(question.truth, question.kind)
    if question.why == "contradicted":
        return f"It's {value}."
    is_so = f"it's about this: {value}." if question.field == REASON else f"it's {value}."
    if question.why not in ("missing", UNKNOWN):
        return f"No. I{is_so[1:]}" if question.field == REASON else f"No, {is_so}"
    return f"I said so already, {is_so}" if question.again else f"I{is_so[1:]}"


def _named(field: str, kind: Kind) -> str:
    """What a fact is called in a sentence: `the date`, `your order number`."""
    if field == REASON:
        return "the reason of your call"
    own = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field[:LONGEST])
    own = " ".join(re.sub(r"[^\w]|_", " ", own).lower().split()) or kind
    if kind in ("code", "phone") and not _A_NUMBER.search(own):
        own = f"{own} number"
    return f"{'your' if kind in _YOURS else 'the'} {own}"
