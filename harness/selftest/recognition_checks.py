"""The truth of what an agent understood: errors by the number that was planted, facts by the words taken for others."""

from __future__ import annotations

from collections.abc import Iterator

from harness.agents._mishearing import misheard
from harness.selftest.checks import Check
from harness.selftest.planted_options import options_of
from harness.selftest.rows import Row, exact
from harness.selftest.rung import Rung

RATES = ("wer", "cer", "mixed_error_rate")
TYPES = ("name", "number", "amount", "date", "time", "phone", "code", "email", "address")
COUNTS = ("substituted", "dropped", "put_in", "draw")


def rates(rung: Rung) -> Iterator[Row]:
    """Errors planted ÷ words, and characters, that were due; of a caller who mixes languages, by that score too."""
    options = options_of(rung.plant)
    if options["fault"] == "tells_nothing":
        for score in RATES:
            yield exact(rung, score, None)
        return
    planted = misheard(options["lines"].split("|"), *(int(options[name]) for name in COUNTS))
    unheard = [word for line in rung.lines[len(planted.heard) :] for word in line.text.split()]
    words = (planted.words + len(unheard)) / (planted.due_words + len(unheard))
    letters = sum(len(word) + 1 for word in unheard)
    yield exact(rung, "wer", words)
    yield exact(rung, "cer", (planted.characters + letters) / (planted.due_characters + letters))
    mixes = len({line.language for line in rung.lines}) > 1
    yield exact(rung, "mixed_error_rate", words if mixes else None)


def entities(rung: Rung) -> Iterator[Row]:
    """The share of the facts that were heard right, in all and by type."""
    options = options_of(rung.plant)
    facts = rung.plant.scenario.truth.entities
    wrong = {entity.name for entity in facts if options.get("word") in SAID[entity.name][1]}
    for part in ("all", *TYPES):
        of = [entity for entity in facts if part in ("all", entity.type)]
        right = sum(entity.name not in wrong for entity in of)
        tells = options["fault"] != "tells_nothing"
        yield exact(rung, f"entity_accuracy.{part}", right / len(of) if of and tells else None)


SAID: dict[str, tuple[str, dict[str, str], str]] = {
    "name": ("John Smith", {"John": "Joan", "Smith": "Brown"}, "my name is John Smith"),
    "date": ("2026-03-13", {"thirteenth": "thirtieth", "March": "May"}, "it was on the thirteenth of March"),
    "time": ("11:00", {"eleven": "seven"}, "I can come at eleven am"),
    "amount": ("45", {"forty": "fifty"}, "I have paid forty five dollars"),
    "code": ("QX7428", {"seven": "eleven", "X": "S", "eight": "nine"}, "the order is Q X seven four two eight"),
    "phone": ("4155550123", {"zero": "nine"}, "call me on four one five five five five zero one two three"),
    "email": ("smith@example.com", {"example": "sample"}, "write to smith at example dot com"),
    "number": ("19", {"nineteen": "ninety"}, "there are nineteen of us"),
    "address": ("12 Baker Street", {"Baker": "Harbour"}, "we live at 12 Baker Street"),
}
"""A fact of each type: its value, words that may be taken for others, which makes it another, and its line."""


UNDERSTOOD: tuple[Check, ...] = (rates,)
FACTS: tuple[Check, ...] = (entities,)
