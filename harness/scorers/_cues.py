"""Where the caller gave a reason to bring a human in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.conversation import Conversation
from harness.scenario import MURMURS, Scenario
from harness.scorers._evidence import played
from harness.scorers._speech import events
from harness.text.asking import asks_for_human
from harness.timeline import LineSaid


@dataclass(frozen=True, slots=True)
class Cue:
    """A reason to bring a human in, in samples: from its line's first voiced sample to its last. kind: one of CUES."""

    start: int
    end: int
    kind: str
    text: str


def cues(conversation: Conversation, scenario: Scenario) -> tuple[Cue, ...]:
    """The cues of a call: those that the scenario names, by their steps; else where the caller asks for a human."""
    truth = scenario.truth.handoff
    named = {int(number) - 1: kind for number, kind in truth.cue.items()} if truth is not None else {}
    return tuple(_named(conversation, named) if named else _asked(conversation))


def _named(conversation: Conversation, named: dict[int, str]) -> Iterator[Cue]:
    for line in _lines(conversation):
        if line.step in named:
            yield Cue(line.at, line.end, named.pop(line.step), played(line))


def _asked(conversation: Conversation) -> Iterator[Cue]:
    for line in _lines(conversation):
        if line.kind == "escalate" or asks_for_human(played(line)):
            yield Cue(line.at, line.end, "human", played(line))


def _lines(conversation: Conversation) -> Iterator[LineSaid]:
    return (line for line in events(conversation, LineSaid) if line.kind not in MURMURS)
