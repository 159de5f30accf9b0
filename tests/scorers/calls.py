"""Calls built by hand: what is planted here, in seconds, is what a score must give back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from harness.audio import FRAME, samples
from harness.conversation import Conversation, Turn
from harness.recording import Recording
from harness.scenario import INTERRUPTIONS, MURMURS, Scenario, Truth
from harness.score import Outcome, Score, Unscored
from harness.timeline import Event, HungUp, Interrupted, LineSaid, Murmured, Party

RESOLUTION = 0.002
SCENARIO = Scenario("booking-0", "Caller books", "booking.yaml", 1)


@dataclass(frozen=True)
class Said:
    """A line of the caller's: from, to, and what it is. played: how many of its words, all where None.

    held: the caller keeps the floor behind it. knowable: seconds at which its anchor was known.
    """

    start: float
    end: float
    text: str = "I would like to book a table"
    kind: str = "say"
    language: str = "en-US"
    played: int | None = None
    timed: bool = True
    step: int = 0
    held: bool = False
    knowable: float | None = None


def call(
    caller: Sequence[Said] = (),
    agent: Sequence[tuple[float, float]] = (),
    events: Sequence[Event] = (),
    *,
    seconds: float | None = None,
    hung_up: Party | None = None,
    texts: Mapping[int, str] | None = None,
    lateness: Sequence[float] | None = None,
) -> Conversation:
    """A conversation with these lines and these spurts of the agent's.

    seconds: how long the call was; hung_up: who ended it then. texts: of the agent's turns, by
    their number. lateness: of each frame, in ms.
    """
    last = max([0.0, *(line.end for line in caller), *(end for _, end in agent)])
    length = samples(last + 0.5 if seconds is None else seconds)
    track = np.zeros(length, np.float32)
    spurts = tuple((samples(a), samples(b)) for a, b in agent)
    noted = [event for line in caller for event in _events(line)] + list(events)
    if hung_up is not None:
        noted.append(HungUp(length, hung_up))
    late = np.zeros(0, np.float32) if lateness is None else np.array(lateness, np.float32)
    recording = Recording(track, track, track, tuple(sorted(noted, key=lambda e: e.at)), late)
    turns = [*_caller_turns(caller), *_agent_turns(caller, spurts, texts or {})]
    return Conversation(
        recording, tuple(sorted(turns, key=lambda turn: turn.start)), spurts, RESOLUTION, "built by hand"
    )


def _events(line: Said) -> list[Event]:
    start, end = samples(line.start), samples(line.end)
    words = line.text.split()
    played = len(words) if line.played is None else line.played
    step = (end - start) // max(1, played)
    timed = [(word, start + i * step, start + (i + 1) * step) for i, word in enumerate(words[:played])]
    if line.played is not None and played < len(words):
        timed.append((words[played], end - 100, end + 4000))
    spoken = tuple(timed) if line.timed else ()
    said = LineSaid(
        start, end, line.step, line.kind, line.text, line.language, spoken, line.played is not None, line.held
    )
    known = start if line.knowable is None else samples(line.knowable)
    if line.kind in INTERRUPTIONS:
        return [Interrupted(start, line.step, line.kind, start, known), said]
    return [Murmured(start, line.step, line.kind, start, known), said] if line.kind in MURMURS else [said]


def _caller_turns(caller: Sequence[Said]) -> list[Turn]:
    """A turn for each line; those behind which the caller kept the floor make one."""
    made: list[Turn] = []
    held: Turn | None = None
    for line in caller:
        start, end = samples(line.start), samples(line.end)
        turn = Turn(Party.CALLER, start, end, ((start, end),), line.text, "known", line.kind)
        if line.kind in MURMURS:
            made.append(turn)
            continue
        if held is not None:
            turn = replace(held, end=end, spurts=(*held.spurts, *turn.spurts), text=f"{held.text} {turn.text}")
        held = turn if line.held else None
        if held is None:
            made.append(turn)
    return made


def _agent_turns(caller: Sequence[Said], spurts: Sequence[tuple[int, int]], texts: Mapping[int, str]) -> list[Turn]:
    """All the spurts between two turns of the caller's are one turn; its murmurs divide none."""
    starts = [turn.start for turn in _caller_turns(caller) if turn.kind not in MURMURS]
    groups: dict[int, list[tuple[int, int]]] = {}
    for spurt in spurts:
        groups.setdefault(sum(start < spurt[0] for start in starts), []).append(spurt)
    return [
        Turn(Party.AGENT, g[0][0], g[-1][1], tuple(g), texts.get(i), "told" if i in texts else "none")
        for i, g in enumerate(groups.values())
    ]


def with_truth(**truth: Any) -> Scenario:
    """The scenario with this truth."""
    return replace(SCENARIO, truth=Truth(**truth))


def at(seconds: float) -> int:
    """The sample at an instant."""
    return samples(seconds)


def scored(outcome: Outcome | Mapping[str, Outcome]) -> Score:
    """The score that an outcome is; the test fails where it is none."""
    assert isinstance(outcome, Score), outcome
    return outcome


def reason(outcome: Outcome | Mapping[str, Outcome]) -> str:
    """Why nothing was measured; the test fails where something was."""
    assert isinstance(outcome, Unscored), outcome
    return outcome.reason


def frames(seconds: float) -> int:
    """How many frames there are in so many seconds."""
    return samples(seconds) // FRAME
