"""Faults: what is wrong, how badly, and a ticket for it."""

from __future__ import annotations

from collections.abc import Mapping

from harness.agents._desk import PHONE, Desk, Slot, Task, one_of
from harness.statistics import seed_from

FAULT_KINDS = {
    "slow internet": ("slow", "so slow", "buffering", "speed"),
    "no internet": ("internet", "wifi", "wi fi", "broadband", "router", "connection", "network", "online", "modem"),
    "no telephone": ("dial tone", "landline", "phone line", "telephone line", "phone is dead"),
    "no hot water": ("hot water", "boiler"),
    "no heating": ("heating", "heater", "radiator", "radiators", "thermostat"),
    "no power": ("power", "electricity", "fuse", "outage", "lights"),
    "gas leak": ("gas",),
    "smoke or sparks": ("smoke", "smoking", "sparks", "sparking", "burning", "fire"),
    "water leak": ("leak", "leaking", "dripping", "leaks", "burst pipe", "pipe"),
}

_EXTENTS = {
    "intermittent": ("comes and goes", "come and go", "comes and go", "on and off", "intermittent", "keeps dropping"),
    "complete": ("completely", "complete", "totally", "entirely", "nothing at all", "stopped completely"),
}
_EXTENTS_ASKED = {
    "intermittent": ("sometimes", "now and then", "intermittently", "drops out", "comes", "come", "off and on"),
    "complete": ("down", "dead", "nothing", "stopped", "at all", "not working", "gone", "all the time", "always"),
}
_ALOUD = {"intermittent": "it comes and goes", "complete": "it has stopped completely"}

_BROKEN = (
    "not working",
    "isn't working",
    "doesn't work",
    "broken",
    "down",
    "fault",
    "problem",
    "stopped",
    "dead",
    "slow",
    "leak",
    "leaking",
    "cut out",
    "keeps dropping",
    "dropping",
    "dripping",
    "out",
    "no",
    "gone",
    "lost",
    "trouble",
    "issue",
)


def _ticket(facts: Mapping[str, str]) -> Mapping[str, str]:
    return {"status": "open", "ticket": f"T{1000 + seed_from(*sorted(facts.items())) % 9000}"}


_OPEN = Task(
    tool="open_ticket",
    reason="report a fault",
    cues=(
        (("smoke", "sparks", "sparking", "burning", "on fire", "gas leak", "smell gas", "smell of gas", "gas smell"),),
        (_BROKEN, tuple(phrase for phrases in FAULT_KINDS.values() for phrase in phrases)),
        (
            (
                "fault",
                "faults",
                "engineer",
                "technician",
                "outage",
                "working",
                "broken",
                "repair",
            ),
        ),
    ),
    slots=(
        Slot("fault", one_of(FAULT_KINDS, free=True), "What isn't working?"),
        Slot(
            "extent",
            one_of(_EXTENTS, asked_for=_EXTENTS_ASKED, aloud=lambda value: _ALOUD[value]),
            "Has it stopped completely, or does it come and go?",
        ),
        Slot("phone", PHONE, "What number can our engineer call you on?"),
    ),
    check="So: {fault}, {extent}, and we call you on {phone}. Is that right?",
    done="I've opened ticket {ticket}. An engineer will call you within two hours.",
    note="We opened ticket {ticket} for your fault: {fault}, {extent}. An engineer will call {phone}.",
    next_action="have an engineer call back",
    weight=2,
    result=_ticket,
)

FAULTS = Desk("faults", "faults", "technical support", (_OPEN,))
