"""The truth of a call's beginning and of what is written behind its end, held against its scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.agents._faults_words import CONSENT, DISCLOSURE, IDENTITY
from harness.audio import RATE
from harness.selftest.checks import HELD, YIELDED, Check, planted_yield
from harness.selftest.planted_options import options_of
from harness.selftest.rows import Row, exact
from harness.selftest.rung import Rung

GREETED, DEAD = 1.5, 3.0
SAYS: Mapping[str, str] = {
    "opens_without_name": IDENTITY,
    "opens_without_disclosure": DISCLOSURE,
    "opens_without_consent": CONSENT,
}
"""What each fault leaves out."""

UNDERSTOOD, ASKS_AGAIN, NEITHER = "So you want to book an appointment.", "How can I help you?", "Thank you very much."
"""What the agent answers: by the caller's third turn it has understood, has asked again, or nobody can tell."""

_INTENT: Mapping[str, float | None] = {UNDERSTOOD: 1.0, ASKS_AGAIN: 0.0, NEITHER: None}


def opening(rung: Rung) -> Iterator[Row]:
    """Each check on the beginning, the share of those that hold, and whether all hold that must."""
    planted = _planted(rung)
    asked = rung.plant.scenario.opening.checks
    applying = {name: holds for name, holds in planted.items() if asked.get(name) != "off"}
    for name in planted:
        yield exact(rung, f"first_ten_seconds.{name}", applying.get(name))
    known = [holds for holds in applying.values() if holds is not None]
    enough = len(applying) - len(known) < len(known)
    yield exact(rung, "first_ten_seconds.passed", sum(known) / len(known) if enough else None)
    needed = [planted[name] for name, how in asked.items() if how == "required"]
    whole = 0.0 if 0.0 in needed else None if None in needed or not needed else 1.0
    yield exact(rung, "first_ten_seconds.required", whole)


def _planted(rung: Rung) -> dict[str, float | None]:
    """What is so of each check; None where nobody can know."""
    options = options_of(rung.plant)
    greeted = rung.utterances[0].start / RATE
    said = {part: float(part != SAYS.get(options["fault"])) for part in (IDENTITY, DISCLOSURE, CONSENT)}
    return {
        "greeted": float(greeted <= GREETED),
        "identity": said[IDENTITY],
        "ai_disclosure": said[DISCLOSURE],
        "consent": said[CONSENT],
        "language": 1.0,
        "intent": _INTENT[options["answers"]],
        "no_dead_air": float(greeted < DEAD),
    }


def foreign(rung: Rung) -> Iterator[Row]:
    """A greeting in a language that the caller doesn't speak, and that offers none."""
    yield exact(rung, "first_ten_seconds.language", 0.0)


def barge_in(rung: Rung) -> Iterator[Row]:
    """Whether it yielded to who cut into its greeting."""
    label, _ = planted_yield(rung)
    yield exact(rung, "first_ten_seconds.barge_in", {YIELDED: 1.0, HELD: 0.0}.get(label))


def untold(rung: Rung) -> Iterator[Row]:
    """What is said of an agent of which nobody knows a word."""
    for name in ("identity", "ai_disclosure", "consent", "language", "intent", "passed", "required"):
        yield exact(rung, f"first_ten_seconds.{name}", None)
    yield exact(rung, "post_call_message", None)


WRITTEN: Mapping[str, float | None] = {
    "writes_afterwards": 1.0,
    "writes_afterwards, and keeps its word": 1.0,
    "writes_afterwards, without the day": 0.0,
    "writes_afterwards, in another language": 0.0,
    "writes_afterwards, with a promise nobody made": 0.0,
    "writes_afterwards, elsewhere": 0.0,
    "writes_late": 0.0,
    "writes_what_is_not_so": 0.0,
    "never_writes": 0.0,
    "never_writes, while there is time": None,
    "opens_in_full, and never said that it writes": None,
}
"""By the kind of plant, what its message is worth."""


def message(rung: Rung) -> Iterator[Row]:
    """Whether the message after the call came as it should."""
    yield exact(rung, "post_call_message", WRITTEN[rung.plant.kind])


OPENED: tuple[Check, ...] = (opening,)
ABROAD: tuple[Check, ...] = (foreign,)
CUT: tuple[Check, ...] = (barge_in,)
UNTOLD: tuple[Check, ...] = (untold,)
AFTERWARDS: tuple[Check, ...] = (message,)
