"""Whether a text commits itself, or names so much that it can't be wrong: a list of reasons is no reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from harness.text.meaning import content
from harness.text.months import MONTHS
from harness.text.normalising import words
from harness.text.words import written

_ACTS = (
    "book schedule reserve booking scheduling reserving",
    "move reschedule postpone rebook moving rescheduling postponing",
    "cancel cancelling canceling cancellation",
)
"""What can be done to the same thing, of which a caller wants one. A participle ("the booked appointment") is none."""

_SUBJECTS = (
    "refund refunds refunding reimburse reimbursement",
    "complain complaint complaints complaining",
    "bill bills billing invoice invoices overcharge overcharged",
    "pay payment payments paying",
    "repair repairs repairing fix fixing fault faults outage broken",
    "message messages voicemail",
    "deliver delivery deliveries shipment shipping",
    "subscription subscriptions subscribe unsubscribe",
    "password passwords login",
    "buy buying purchase purchasing sale sales upgrade",
    "return returns returning exchange replace replacement",
    "escalate escalating escalation transfer",
    "engineer engineers technician technicians dispatch",
    "ticket tickets",
    "email emails emailing",
    "credit crediting waive waiving compensation compensate",
    "approve approving approval decide deciding decision",
    "verify verifying verification",
)
"""What people ring about, and what is done about it: closed enough that naming several is a list."""

_NOUNS = frozenset(written("booking scheduling"))
"""Of an act, words that may also name the thing: to move a booking is not to book."""

_ACT_OF = {word: group.split()[0] for group in _ACTS for word in group.split()}
_SUBJECT_OF = {word: group.split()[0] for group in _SUBJECTS for word in group.split()}
_OR = re.compile(r"[/|]|\b(?:or|oder|ou)\b|(?<!\S)(?:o|या|किंवा|அல்லது|লাগলে|లేదా)(?!\S)", re.IGNORECASE)

MANY = 8
"""Words that nobody spoke of, from which on a text may be a list; fewer may be another way to say it."""


@lru_cache(maxsize=2048)
def _acts(text: str) -> frozenset[str]:
    return frozenset(_ACT_OF[word] for word in words(text) if word in _ACT_OF)


@lru_cache(maxsize=2048)
def _subjects(text: str) -> frozenset[str]:
    return frozenset(_SUBJECT_OF[word] for word in words(text) if word in _SUBJECT_OF)


def names_others(meant: str, said: str, given: Iterable[str] = ()) -> bool:
    """Whether a text names, beside what is meant, what excludes it or what nobody spoke of.

    given: what was said in the call. An act that excludes the one that is meant ("book or cancel") is
    another, whoever spoke of it. Of other subjects one may be a way to put it; two, or one behind an
    "or", are a list.
    """
    acts = _acts(meant)
    plainly = frozenset(_ACT_OF[word] for word in words(said) if word in _ACT_OF and word not in _NOUNS)
    if acts and plainly - acts:
        return True
    known = _subjects(meant).union(*map(_subjects, given), *([] if acts else map(_acts, given)))
    beyond = (_subjects(said) | (frozenset() if acts else plainly)) - known
    return len(beyond) > 1 or (bool(beyond) and _OR.search(said) is not None)


def hedges(meant: str, said: str, given: Iterable[str] = ()) -> bool:
    """Whether a text that should state a reason or an act lists what it may be.

    It does if it names others, or where more than three in four of its words are of nothing that was
    said in the call, and those are many.
    """
    texts = tuple(given)
    if names_others(meant, said, texts):
        return True
    known = content(meant).union(*map(content, texts))
    beyond = content(said) - known
    return len(beyond) >= MANY and len(beyond) > 3 * len(content(said) & known)


def lists_facts(meant: str, said: str, given: Iterable[str] = ()) -> bool:
    """Whether a text that should be one fact offers others beside it: "complete or intermittent"."""
    wanted = content(meant)
    known = wanted.union(*map(content, given))
    pieces = [piece for part in _OR.split(said) if (piece := content(part))]
    if len(pieces) > 1 and any(wanted.isdisjoint(piece) and not piece <= known for piece in pieces):
        return True
    beyond = content(said) - known
    return len(beyond) > 2 and len(beyond) > len(content(said) & known)


def alternatives(text: str) -> tuple[str, ...]:
    """The pieces of a text between which it says "or"; one where it doesn't."""
    return tuple(piece for piece in _OR.split(text) if piece.strip())


_MONTHS = "|".join(sorted((re.escape(month) for month in MONTHS), key=len, reverse=True))
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"\s*(?:/|-|–|to|or|and|until|through)\s*(?:the\s+)?"
_SPAN = {
    "date": re.compile(
        rf"\b{_DAY}{_TO}{_DAY}\s+(?:of\s+)?(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+(?:the\s+)?{_DAY}{_TO}{_DAY}\b(?!\s*[:.]\d)",
        re.IGNORECASE,
    ),
    "time": re.compile(
        r"\bbetween\b|\b\d{1,2}\s*(?:/|-|–|or|and|until)\s*\d{1,2}\s*(?:[ap]\.?m|o'?clock|h\b|uhr)", re.IGNORECASE
    ),
}
_BOUNDED = re.compile(
    r"\b(?:except|excluding|(?:any\w*|everything|nothing|all|every day|any day) but|other than|apart from|rather than"
    r"|before|after|until|since|earlier than|later than|au(?:ß|ss)er|excepto|salvo|sauf|avant|apr[eè]s|vor|nach"
    r"|antes de|despu[eé]s de)\b|के अलावा|से पहले|के बाद",
    re.IGNORECASE,
)

_BESIDE = re.compile(
    r"\b(?:(?:quarter|half|five|ten|twenty|twenty[ -]five|\d+)(?: minutes)? (?:after|before)"
    r"|(?:viertel|fünf|zehn|zwanzig|\d+) (?:vor|nach)|day (?:after tomorrow|before yesterday))\b",
    re.IGNORECASE,
)
"""What isn't a bound but a part of the day or the hour: "a quarter after three"."""


def leaves_open(value: str, kind: str) -> bool:
    """Whether a day or an hour is only a bound of what is meant, is ruled out, or is one of a span.

    "before March 13", "any day except the 13th", "12/13 March": who reads it doesn't know the day.
    """
    span = _SPAN.get(kind)
    if span is None:
        return False
    return span.search(value) is not None or _BOUNDED.search(_BESIDE.sub(" ", value)) is not None
