"""What a free text for a human holds: labelled fields, and typed facts wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from harness.handoff.names import named_in
from harness.handoff.packet import Fact
from harness.text.entities import Kind, canonical, meanings
from harness.text.meaning import denies
from harness.text.months import MONTHS
from harness.text.normalising import CURRENCIES, whole, words

_LABEL = re.compile(r"(?:^|(?<=[\n;|.,]))[ \t*•-]*([^\W\d_][^\W_]*(?:[ _/-][^\W_]+){0,3})[ \t]*[:=](?:[ \t]+|(?=\n))")


def labelled(text: str) -> tuple[tuple[str, str], ...]:
    """The labels of a text with what stands behind each: "Reason: refund. Date: March 13"."""
    found = list(_LABEL.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    pairs = ((one[1], text[one.end() : end].strip(" \t\n;|,.")) for one, end in zip(found, ends, strict=False))
    return tuple((label, value) for label, value in pairs if value)


@lru_cache(maxsize=512)
def facts_in(text: str) -> tuple[Fact, ...]:
    """The dates, times, amounts, addresses, telephone numbers and codes of a text, each value once a kind.

    A fact that the text itself takes back ("not the 12th of March") is `dropped`; one that stands
    there both ways is dropped only if it's taken back everywhere.
    """
    found: dict[tuple[Kind, str], Fact] = {}
    for sentence in sentences(text):
        for fact in _facts(sentence):
            known = found.get(fact[:2])
            if known is None or known.dropped:
                found[fact[:2]] = fact
    return tuple(found.values())


LONGEST = 8 * 1024
"""Characters of a free text in which facts are looked for: a summary that is longer is none."""

_PIECE = 400


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; one that is no sentence, by its length, in pieces."""
    for sentence in _SENTENCES.split(text[:LONGEST]):
        while len(sentence) > _PIECE:
            cut = sentence.rfind(" ", 1, _PIECE) + 1 or _PIECE
            yield sentence[:cut]
            sentence = sentence[cut:]
        yield sentence


_SENTENCES = re.compile(r"(?<=[.!?।])\s+(?=[^\W\d_a-z])|\n|;")


def tone_in(text: str) -> str | None:
    """The one tone that a text names, sentences that deny something left out; None where it names none or several."""
    return _one("tone", text)


def urgency_in(text: str) -> str | None:
    """The one urgency that a text names."""
    return _one("urgency", text)


def _one(field: str, text: str) -> str | None:
    plain = (sentence for sentence in sentences(text) if not denies(sentence))
    named = frozenset[str]().union(*(named_in(field, words(sentence)) for sentence in plain))
    return next(iter(named)) if len(named) == 1 else None


_COINS = "|".join(sorted(set(CURRENCIES.values())))
_NAMES_OF_MONTHS = "|".join(sorted((re.escape(month) for month in MONTHS), key=len, reverse=True))
_CODE_NAMES = (
    "order|account|reference|ref|booking|ticket|case|serial|tracking|invoice|policy|code|postcode|pin|id|"
    "pedido|referencia|cuenta|confirmation|membership|customer number"
)
_AS_WRITTEN: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("date", re.compile(r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)|(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])")),
    ("time", re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?(?![\d:])", re.IGNORECASE)),
    ("phone", re.compile(r"(?<![\w.])\+?\(?\d(?:[\d() .-]{5,18})\d(?![\w-])")),
)
"""Facts in figures and signs, as they stand."""

_IN_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            rf"(?<!\S)(?:\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of|de|the|el))* (?:{_NAMES_OF_MONTHS})"
            rf"|(?:{_NAMES_OF_MONTHS}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)(?:(?: (?:of|de|in))? \d{{4}})?(?!\S)"
        ),
    ),
    (
        "time",
        re.compile(
            r"(?<!\S)(?:(?:half|quarter|\d{1,2}) (?:past|to) \d{1,2}|\d{1,4}(?= (?:[ap]m|oclock|in the)\b))"
            r"(?: (?:[ap]m|oclock))?(?: (?:in the )(?:morning|afternoon|evening))?(?!\S)"
            r"|(?<!\S)(?:noon|midday|midnight)(?!\S)"
        ),
    ),
    ("amount", re.compile(rf"(?<!\S)\d+(?:\.\d+)? (?:{_COINS})(?!\S)")),
    (
        "email",
        re.compile(r"(?<!\S)[a-z0-9]+(?: (?:dot|underscore|dash) [a-z0-9]+)* at [a-z0-9]+(?: dot [a-z]+)+(?!\S)"),
    ),
    (
        "code",
        re.compile(
            rf"(?<=\b)(?:{_CODE_NAMES})(?: (?:number|no|id|code|is|was))* "
            r"((?:[a-z]{1,3} )?\d+(?: [a-z0-9]{1,4})*?)(?!\S)"
        ),
    ),
    ("phone", re.compile(r"(?<!\S)(?:plus )?\d+(?: \d+)*(?!\S)")),
)
"""Facts in the normal form of the words."""

_MASK = " \u2026 "
_CLAUSES = re.compile(r"\u2026|(?<!\d),\s|,\s(?!\d{4}\b)")
"""Where a fact can't go on: a comma parts "order 3179, 250 dollars", but not "March 13, 2026"."""


def _facts(sentence: str) -> Iterator[Fact]:
    for kind, pattern in _AS_WRITTEN:
        for one in pattern.finditer(sentence):
            if fact := _fact(kind, one[0], sentence[: one.start()], sentence[one.end() :]):
                yield fact
        sentence = pattern.sub(lambda one, kind=kind: _MASK if _is(kind, one[0]) else one[0], sentence)  # type: ignore[misc]
    for clause in _CLAUSES.split(sentence):
        said = " ".join(whole(clause, "en+es+hi"))
        for kind, pattern in _IN_WORDS:
            for one in pattern.finditer(said):
                if fact := _fact(kind, one[one.lastindex or 0], said[: one.start()], said[one.end() :]):
                    yield fact
            said = pattern.sub(lambda one, kind=kind: "," if _is(kind, one[one.lastindex or 0]) else one[0], said)  # type: ignore[misc]


def _is(kind: Kind, quote: str) -> bool:
    if kind == "phone":
        return 7 <= sum(char.isdecimal() for char in quote) <= 15
    return bool(meanings(quote, kind)) and (kind != "code" or sum(char.isdecimal() for char in quote) >= 3)


_TAKEN_BACK = re.compile(
    r"\b(?:not(?: for| on| at)?|except(?: for| on| at)?|excluding|(?:any\w*|any day|any time) but|other than"
    r"|instead of|rather than|originally|previously|formerly|no longer|from|first said"
    r"|en lugar de)(?: (?:the|on|for|at|was|el|la|las))*\s*$",
    re.IGNORECASE,
)
_TAKEN_BACK_BEHIND = re.compile(
    r"^\W*(?:(?:was|were|has been|which was|is)\s+)?(?:then\s+|later\s+)?"
    r"(?:changed|moved|corrected|rescheduled|superseded|wrong)\b",
    re.IGNORECASE,
)


_BOUND = re.compile(
    r"\b(?:than|over|above|below|under|up to|at least|at most|limit of|exceed\w*|beyond)\s*$", re.IGNORECASE
)
"""What stands before an amount that is a rule's and no fact of the call: "more than 100 dollars needs approval"."""


def _fact(kind: Kind, quote: str, before: str, behind: str) -> Fact | None:
    if not _is(kind, quote) or (kind == "amount" and _BOUND.search(before)):
        return None
    dropped = bool(_TAKEN_BACK.search(before) or _TAKEN_BACK_BEHIND.search(behind))
    return Fact(kind, canonical(quote, kind), quote.strip(), dropped)
