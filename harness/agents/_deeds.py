"""What an agent with planted faults does besides speaking: it tells what it heard, uses tools, hands over, writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from harness.agents._behaviours import Behaviour, Line, Moment
from harness.agents._conduct import MURMUR, Answer, Heard, Reply
from harness.agents._utterance import Utterance
from harness.audio import FRAME
from harness.call.line import Telling

Deed: TypeAlias = Callable[[Line, int], None]
"""Something that is done on the line, at a sample."""


def in_turn(number: int, deed: Deed, later: int = 0) -> Behaviour:
    """Does something once, `later` samples behind the end of the caller's turn of this number (from 1).

    At the earliest it is done when the agent is sure of that end; whatever is said meanwhile holds nothing up.
    """
    turns, due = 0, -1

    def behave(moment: Moment, line: Line) -> None:
        nonlocal turns, due
        if moment.ended is not None and moment.lasted >= MURMUR:
            turns += 1
            due = moment.ended + later if turns == number else due
        if 0 <= due < moment.now + FRAME:
            deed(line, max(due, moment.now))
            due = -1

    return behave


def hears(lines: Sequence[str]) -> Behaviour:
    """Tells of each of the caller's turns what it heard, as it stands in a list; of those beyond it, nothing."""
    turns = 0

    def behave(moment: Moment, line: Line) -> None:
        nonlocal turns
        if moment.ended is None or moment.lasted < MURMUR:
            return
        if turns < len(lines):
            line.send(moment.now, Telling("user.transcript", {"text": lines[turns], "final": True}))
        turns += 1

    return behave


def uses(tool: str, arguments: Mapping[str, str]) -> Deed:
    """Calls a tool."""

    def deed(line: Line, at: int) -> None:
        line.note("tool", at)
        line.send(at, Telling("tool.call", {"name": tool, "arguments": dict(arguments)}))

    return deed


def hands_over(to: str, packet: Mapping[str, Any], receipt: str | None) -> Deed:
    """Hands the call to the people behind a queue. receipt: what these answer, None where nobody does."""
    told = {"to": to, "packet": dict(packet)} | ({"receipt": receipt} if receipt else {})

    def deed(line: Line, at: int) -> None:
        line.note("handed over", at)
        line.send(at, Telling("handoff", told))

    return deed


def writes(channel: str, text: str, after: int) -> Behaviour:
    """Writes to the caller, `after` samples after it saw that the caller had hung up."""
    due = -1

    def behave(moment: Moment, line: Line) -> None:
        nonlocal due
        if moment.gone and due < 0:
            due = moment.now + after
        if moment.gone and moment.now <= due < moment.now + FRAME:
            line.note("wrote", due)
            line.send(due, Telling("message", {"channel": channel, "to": "caller", "text": text}))

    return behave


def states(**attrs: Any) -> Behaviour:
    """Tells first what it is, and by which channels it reaches others."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.first:
            line.send(moment.now, Telling("state", attrs))

    return behave


def told_as(sounds: Utterance, texts: Sequence[str]) -> Reply:
    """The same sound to every turn, told as this text and that; the last to all turns that follow."""

    def reply(heard: Heard) -> Answer:
        return Answer(replace(sounds, text=texts[min(heard.number, len(texts) - 1)]))

    return reply
