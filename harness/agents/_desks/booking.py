"""Appointments: booked and moved."""

from __future__ import annotations

from collections.abc import Mapping

from harness.agents._desk import DATE, NAME, TIME, Desk, Slot, Task
from harness.statistics import seed_from

_VISIT = ("appointment", "appointments", "booking", "visit", "slot", "check up", "checkup")


def _reference(facts: Mapping[str, str]) -> Mapping[str, str]:
    return {"status": "booked", "reference": f"BK{1000 + seed_from(*sorted(facts.items())) % 9000}"}


_BOOK = Task(
    tool="book_appointment",
    reason="book an appointment",
    cues=((("book", "make", "schedule", "arrange", "like", "need", "want", "get", "have"), _VISIT), (_VISIT,)),
    slots=(
        Slot("date", DATE, "Which date would you like?", opens=True),
        Slot("time", TIME, "What time would suit you?"),
        Slot("name", NAME, "What name shall I book it under?"),
    ),
    check="So that's {date} at {time}, for {name}. Is that right?",
    done="You're booked for {date} at {time}.",
    note="Your appointment is booked for {date} at {time}, for {name}. Reference {reference}.",
    next_action="book the appointment",
    result=_reference,
)

_MOVE = Task(
    tool="move_appointment",
    reason="move an appointment",
    cues=((("move", "change", "reschedule", "shift", "postpone", "rebook", "rearrange"), _VISIT), (("reschedule",),)),
    slots=(
        Slot("name", NAME, "What name is the appointment under?"),
        Slot("date", DATE, "Which date shall I move it to?"),
        Slot("time", TIME, "And at what time?"),
    ),
    check="So I'll move {name}'s appointment to {date} at {time}. Is that right?",
    done="It's moved to {date} at {time}.",
    note="Your appointment has been moved to {date} at {time}, for {name}. Reference {reference}.",
    next_action="move the appointment",
    weight=2,
    result=_reference,
)

BOOKING = Desk("booking", "appointments", "appointments", (_MOVE, _BOOK))
