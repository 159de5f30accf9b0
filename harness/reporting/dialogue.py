"""The call turn by turn: who said what when, how long the answer took, and what else happened in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from harness.audio import RATE
from harness.conversation import Conversation, Turn
from harness.reporting.reasons import clock
from harness.reporting.values import in_words
from harness.scorers.response_latency import Exchange, exchanges
from harness.timeline import AudioWithdrawn, HandedOff, HungUp, MessageSent, Party, ToolCalled


@dataclass(frozen=True, slots=True)
class DialogueLine:
    """A turn, or something that happened between turns.

    who: caller, agent, or "" for an event. note: for a caller's turn how the agent answered it,
    with its latency; for an event, nothing. wanting: whether the note is a complaint.
    """

    start: float
    end: float
    who: str
    text: str
    note: str = ""
    wanting: bool = False


def dialogue(conversation: Conversation) -> tuple[DialogueLine, ...]:
    """All of it, by the second it began."""
    answers = {exchange.turn.start: exchange for exchange in exchanges(conversation)}
    lines = [_turn(turn, answers.get(turn.start)) for turn in conversation.turns]
    return tuple(sorted([*lines, *_between(conversation)], key=lambda line: line.start))


def how_sure(conversation: Conversation) -> str:
    """How sure the times are, and who found them."""
    return (
        "The caller's times are exact; the agent's are found in what was heard, "
        f"sure to {conversation.resolution * 1000:g} ms ({conversation.listener})."
    )


def _turn(turn: Turn, answer: Exchange | None) -> DialogueLine:
    start, end = turn.start / RATE, turn.end / RATE
    text = turn.text if turn.text is not None else "(nobody knows the words)"
    if turn.party is Party.AGENT:
        source = {"recognised": "as a recogniser heard it", "none": "words unknown"}.get(turn.source, "")
        return DialogueLine(start, end, "agent", text, source)
    text = text if turn.kind == "say" else f"[{turn.kind.replace('_', ' ')}] {text}"
    if answer is None:
        return DialogueLine(start, end, "caller", text)
    note, wanting = _answered(answer)
    return DialogueLine(start, end, "caller", text, note, wanting)


def _answered(answer: Exchange) -> tuple[str, bool]:
    if answer.late is not None:
        return f"not measured: harness was late: {answer.late}", False
    if answer.latency is None:
        waited = f" for {answer.waited:.1f} s" if answer.unanswered else ""
        return f"{answer.standing}{waited}", answer.unanswered
    if answer.standing == "premature":
        return f"cut off: the reply began {-answer.latency:.2f} s too soon", True
    return f"answered after {answer.latency:.2f} s", False


def _between(conversation: Conversation) -> Iterator[DialogueLine]:
    for event in conversation.recording.events:
        at = event.at / RATE
        if isinstance(event, ToolCalled):
            given = in_words(event.arguments) if event.arguments else ""
            result = "" if event.result is None else f" → {in_words(event.result)}"
            yield DialogueLine(at, at, "", f"tool {event.name}({given}){result}")
        elif isinstance(event, HandedOff):
            yield DialogueLine(at, at, "", f"handed over to {event.to or 'a human'}")
        elif isinstance(event, MessageSent):
            yield DialogueLine(at, at, "", f"{event.channel} to {event.to or 'the caller'}: {event.text or '–'}")
        elif isinstance(event, AudioWithdrawn) and event.samples and not event.resent:
            yield DialogueLine(at, at, "", f"the agent withdrew {event.samples / RATE:.2f} s that were not yet heard")
        elif isinstance(event, HungUp):
            yield DialogueLine(
                at, at, "", f"the {event.party.value} hangs up{f': {event.reason}' if event.reason else ''}"
            )


def dialogue_html(lines: tuple[DialogueLine, ...]) -> str:
    """The dialogue as a table."""
    rows = "".join(
        f'<tr class="v-{line.who or "event"}"><td class="v-t">{_when(line)}</td><td class="v-k">{line.who}</td>'
        f"<td>{escape(line.text)}</td>{_note(line)}</tr>"
        for line in lines
    )
    head = "<tr><th>from–to</th><th>who</th><th>what</th><th>the agent's answer to it</th></tr>"
    return f'<table class="v-table">{head}{rows}</table>'


def _note(line: DialogueLine) -> str:
    tone, mark = ("v-bad", "✗ ") if line.wanting else ("v-dim", "")
    return f'<td class="v-a {tone}">{mark}{escape(line.note)}</td>'


def _when(line: DialogueLine) -> str:
    return clock(line.start) if line.start == line.end else f"{clock(line.start)}–{clock(line.end)}"
