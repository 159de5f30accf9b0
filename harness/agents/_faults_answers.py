"""Faults of the answer: what it says, what it passes on, and when its substance comes."""

from __future__ import annotations

from collections.abc import Mapping

from harness.agents._behaviours import Planted
from harness.agents._choices import as_flag
from harness.agents._conduct import Answer, Heard, declares, follows
from harness.agents._faults import Chosen, Fault, Number
from harness.call.line import Telling


def _plain(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers())


def _leading_silence(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers(lead=chosen.time("lead")))


def _slow_after_tools(chosen: Chosen) -> Planted:
    long, call = chosen.long(), Telling("tool.call", {"name": chosen.words("tool")})
    called = Answer(long, (call,), later=chosen.time("takes"))

    def reply(heard: Heard) -> Answer:
        return called if heard.number % 2 else Answer(long)

    return chosen.agent(chosen.yields(), chosen.answers(reply))


def _holds_first(chosen: Chosen) -> Planted:
    filler, long, short = chosen.says("filler"), chosen.long(), chosen.says("reply")

    def reply(heard: Heard) -> Answer:
        return Answer(short if heard.over else filler)

    return chosen.agent(chosen.yields(), chosen.answers(reply), follows(filler, long, chosen.time("substance")))


def _corrected(chosen: Chosen, value: str) -> Planted:
    """Takes the first value from a turn, and `value` from a correction."""
    long, short = chosen.long(), chosen.says("reply")
    first, second = _passes_on(chosen, chosen.words("old_value")), _passes_on(chosen, value)

    def reply(heard: Heard) -> Answer:
        return Answer(short, second) if heard.over else Answer(long, first if not heard.number else ())

    channels = ("in-band",) if as_flag("handoff", chosen.words("handoff")) else ()
    return chosen.agent(declares(*channels), chosen.yields(), chosen.answers(reply))


def _passes_on(chosen: Chosen, value: str) -> tuple[Telling, ...]:
    known = {chosen.words("slot"): value}
    told = (Telling("tool.call", {"name": chosen.words("tool"), "arguments": known}), Telling("state", known))
    if as_flag("handoff", chosen.words("handoff")):
        return (*told, Telling("handoff", {"to": "front desk", "packet": {"entities": known}}))
    return told


def _recovers(chosen: Chosen) -> Planted:
    return _corrected(chosen, chosen.words("value"))


def _forgets_correction(chosen: Chosen) -> Planted:
    return _corrected(chosen, chosen.words("old_value"))


_LATE = Number("s", 1.0, 4.0, 2.0)

_CORRECTION: Mapping[str, str] = {
    "slot": "date",
    "old_value": "2026-03-12",
    "value": "2026-03-13",
    "old_words": "the twelfth of March",
    "words": "the thirteenth of March",
    "tool": "book_appointment",
    "handoff": "no",
    "say": "So that is {old_words}.",
}
"""What a correction is of: as it is passed on, and in words."""

ANSWERS: Mapping[str, Fault] = {
    "leading_silence": Fault(
        "Its sound begins with silence, within its delay.", _leading_silence, {"lead": Number("s", 0.1, 0.5, 0.2)}
    ),
    "greets_late": Fault("Greets late.", _plain, {"greet": Number("s", 2.0, 8.0, 4.0)}),
    "monologues": Fault("Its turns are twenty seconds long or longer.", _plain, {"length": Number("s", 20, 28, 21)}),
    "slow_after_tools": Fault(
        "Slow only in turns in which it calls a tool: every second.",
        _slow_after_tools,
        {"takes": _LATE, "length": Number("s", 1.5, 4.0, 2.0)},
        {"tool": "order_status"},
    ),
    "holds_first": Fault(
        "Answers at once with something to fill, and with the substance later.",
        _holds_first,
        {"substance": Number("s", 2.5, 5.0, 3.5)},
        {"filler": "One moment please."},
    ),
    "recovers": Fault(
        "None: cut into, it yields, answers with the corrected value, and passes that on.",
        _recovers,
        texts={**_CORRECTION, "reply": "Certainly, I have changed that to {words}."},
    ),
    "forgets_correction": Fault(
        "Yields and answers, but says back and passes on the old value.",
        _forgets_correction,
        texts={**_CORRECTION, "reply": "Certainly, I have noted that for {old_words}."},
    ),
    "answers_old_question": Fault(
        "Yields, and answers what was asked before.",
        _plain,
        texts={
            "say": "Your parcel is on its way to you.",
            "reply": "It was handed to the driver this morning and will arrive tomorrow.",
        },
    ),
}
"""The faults by their names."""
