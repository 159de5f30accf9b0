"""Messages, after hours."""

from __future__ import annotations

from harness.agents._desk import NAME, PHONE, WORDS, Desk, Slot, Task

_TAKE = Task(
    tool="take_message",
    reason="leave a message",
    cues=(
        (("leave", "take", "pass", "give"), ("message",)),
        (("call me back", "ring me back", "callback", "call back", "message", "messages"),),
    ),
    slots=(
        Slot("message", WORDS, "What's your message?"),
        Slot("name", NAME, "Who is it from?"),
        Slot("phone", PHONE, "And what number can we call you on?"),
    ),
    check="So that's a message from {name}, on {phone}. Shall I pass it on?",
    done="I'll pass it on first thing tomorrow.",
    note="We have your message: “{message}”. We will call {name} on {phone}.",
    next_action="call back",
    weight=3,
    result=lambda _: {"status": "taken"},
)

MESSAGES = Desk("messages", "messages", "front desk", (_TAKE,), greeting="We're closed now, but I can take a message.")
