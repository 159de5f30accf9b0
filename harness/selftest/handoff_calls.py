"""Calls for whose end a human is needed: what is so, what the caller says of it, and the packet that is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from harness.handoff import TONES, URGENCIES
from harness.scenario import Entity, HandoffTruth, Step, Truth
from harness.selftest.plants import Draw, says

REASONS = ("book an appointment", "refund an order", "report a billing fault", "cancel the subscription")
ACTIONS = ("call the caller back", "send an engineer", "open a ticket", "check the contract")
"""No two of either, and none of one and one of the other, have a word in common that says something."""

QUEUES = ("appointments", "billing", "orders", "technical support")
NAMES = ("Asha Rao", "John Smith", "Maria Lopez", "Grace Miller", "Ewan Fraser")
TRIED = ("restarted the router", "looked on the website")
MONTHS: Mapping[str, int] = {"March": 3, "April": 4, "May": 5, "July": 7, "August": 8, "October": 10}
EARLY: Mapping[int, str] = {3: "third", 5: "fifth", 8: "eighth", 11: "eleventh", 13: "thirteenth"}
LATER: Mapping[int, str] = {17: "seventeenth", 19: "nineteenth", 21: "twenty first", 26: "twenty sixth"}
HOURS = ("one", "two", "three", "four", "five")
AMOUNTS: Mapping[str, str] = {"40": "forty", "60": "sixty", "75": "seventy five", "90": "ninety"}
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

CUE = 4
"""The caller's turn in which a human is asked for."""

ASKS = ("I want to speak to a person please", "could you put me through to a person please")
PARTS = ("so can you do that for me now", "are you still there with me", "please do that for me as soon as you can")
LEAVES = "that is all for today and thank you very much for your help"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so in a call, and what the caller says of it, line by line."""

    truth: Truth
    lines: tuple[str, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lines as steps."""
        return tuple(says(line) for line in self.lines)

    def asking(self, draw: Draw) -> Facts:
        """With a line in which the caller asks for a human, which one then must be brought in."""
        truth = replace(self.truth, handoff=HandoffTruth("required", draw.one(*QUEUES), 2, cue={str(CUE): "human"}))
        return Facts(truth, (*self.lines, draw.one(*ASKS)))

    def leaving(self, decision: str) -> Facts:
        """With a line in which the caller asks for nothing more."""
        assert decision in ("allowed", "forbidden")
        due = HandoffTruth("allowed" if decision == "allowed" else "forbidden")
        return Facts(replace(self.truth, handoff=due), (*self.lines, LEAVES))


def facts(draw: Draw) -> Facts:
    """What is so in a call, by chance; the caller says all of it, one day in place of another."""
    day, old, month = draw.whole(0, len(EARLY) - 1), draw.whole(0, len(LATER) - 1), draw.one(*MONTHS)
    hour, amount = draw.whole(1, len(HOURS)), draw.one(*AMOUNTS)
    order = "".join(str(draw.whole(1, 9)) for _ in range(5))
    name, reason = draw.one(*NAMES), draw.one(*REASONS)
    early, later = list(EARLY)[day], list(LATER)[old]
    date = Entity("date", _iso(month, early), was=(_iso(month, later),), type="date", critical=True)
    truth = Truth(
        reason=reason,
        entities=(
            date,
            Entity("time", f"{hour + 12}:00", type="time"),
            Entity("order", order, type="code", critical=True),
            Entity("amount", amount, type="amount"),
            Entity("name", name, type="name"),
        ),
        tone=draw.one(*TONES),
        urgency=draw.one(*URGENCIES),
        next_action=draw.one(*ACTIONS),
        tried=(draw.one(*TRIED),),
    )
    spelled = " ".join(DIGITS[int(figure)] for figure in order)
    lines = (
        f"I would like to {reason} for the {LATER[later]} of {month} and my name is {name}",
        f"sorry I mean the {EARLY[early]} of {month} at {HOURS[hour - 1]} pm",
        f"it was {AMOUNTS[amount]} dollars and my order number is {spelled}",
    )
    return Facts(truth, lines)


def _iso(month: str, day: int) -> str:
    return f"2026-{MONTHS[month]:02}-{day:02}"


def phrase(name: str, value: str) -> str:
    """A fact of such a call in an agent's words."""
    match name:
        case "date":
            month = next(one for one, number in MONTHS.items() if number == int(value[5:7]))
            return f"the {({**EARLY, **LATER})[int(value[8:])]} of {month}"
        case "time":
            return f"{int(value[:2]) - 12} pm"
        case "amount":
            return f"{value} dollars"
        case "order":
            return f"order {value}"
    return value


def packet(truth: Truth, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The options of an agent that hands over all that is so; its summary says nothing of some fields."""
    return {
        "to": truth.handoff.to if truth.handoff and truth.handoff.to else "front desk",
        "reason": truth.reason or "",
        "entities": "; ".join(f"{entity.name}={entity.value}" for entity in truth.entities),
        "tone": truth.tone or "",
        "urgency": truth.urgency or "",
        "next_action": truth.next_action or "",
        "tried": "|".join(truth.tried),
        "summary": summary(truth, without),
    }


def summary(truth: Truth, without: tuple[str, ...] = ()) -> str:
    """The facts of a call in a text, a sentence each, save some."""
    said = [f"The {e.name} is {phrase(e.name, e.value)}." for e in truth.entities if e.name not in without]
    return " ".join(said) or "A caller."
