"""A run on disk made by hand: one call in which everything there is to draw happens at a known second."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from harness import conversation as conversations
from harness import recording as recordings
from harness.audio import RATE, on_grid
from harness.audio.peaks import peaks
from harness.conversation import Conversation
from harness.recording import Recording
from harness.run.folder import RunFolder
from harness.scenario import Entity, HandoffTruth, Scenario, Truth
from harness.scenario.saved import save as save_scenario
from harness.timeline import (
    AgentSaid,
    AudioWithdrawn,
    Event,
    HandedOff,
    HeardAs,
    HungUp,
    Interrupted,
    KeysPressed,
    MessageSent,
    MissedByPlan,
    Party,
    ProtocolBroken,
    ReplyEnded,
    Starved,
    ToolCalled,
)
from tests.reporting.cards import FAILS, row
from tests.scorers.calls import Said, at, call

PACKET = {"reason": "book a table", "entities": {"date": "2026-03-12", "name": "Ann"}, "summary": "Wants a table."}

SCENARIO = Scenario(
    "one-0",
    "Books an appointment",
    "scenarios/smoke/books.yaml",
    8155007195701190865,
    tags=("booking", "interruption"),
    truth=Truth(
        reason="book a table",
        entities=(Entity("date", "2026-03-13", was=("2026-03-12",)), Entity("guests", "4")),
        handoff=HandoffTruth("required", to="front desk", critical=("date",)),
        outcome={"book_table": {"date": "2026-03-13"}},
    ),
)

TOLD: tuple[Event, ...] = (
    AgentSaid(at(0.4), "Hello, how can I help?"),
    ReplyEnded(at(4.0), "r1"),
    HeardAs(at(8.8), "I would like to cook a table on the twelfth please"),
    AgentSaid(at(9.1), "So that is a table on the twelfth of March for four people, is that right so far?"),
    KeysPressed(at(10.0), 3, "1", at(9.9), at(9.5)),
    AudioWithdrawn(at(11.6), at(2.0)),
    HeardAs(at(13.1), "Sorry, the thirteenth."),
    ToolCalled(at(13.2), "book_table", {"date": "2026-03-12"}, {"status": "booked"}),
    HandedOff(at(13.6), "front desk", PACKET, "desk-1"),
    Starved(at(14.5), at(0.2), "r3"),
    MissedByPlan(at(15.0), 5, "backchannel", "the agent never spoke again"),
    ProtocolBroken(at(15.2), "odd-sized frame", 3),
    MessageSent(at(16.2), "whatsapp", "caller", "Your table is booked."),
    HungUp(at(16.0), Party.CALLER, "said all"),
)


def planted(said: Sequence[Event] = TOLD) -> Conversation:
    """A caller who books, corrects the date over the agent, and is handed to a human."""
    made = call(
        [
            Said(5.0, 8.0, "I would like to book a table on the twelfth"),
            Said(11.0, 12.5, "Sorry, the thirteenth.", kind="correction"),
        ],
        [(0.5, 4.0), (9.2, 11.6), (13.7, 15.8)],
        [*said],
        seconds=16.5,
        texts={0: "Hello, how can I help?"},
    )
    return replace(made, recording=_sounding(made))


def _sounding(made: Conversation) -> Recording:
    """The recording with a tone wherever somebody speaks: 440 Hz the caller, 220 Hz the agent."""
    time = np.arange(len(made.recording.heard)) / RATE
    tracks = {}
    for party, pitch in ((Party.CALLER, 440.0), (Party.AGENT, 220.0)):
        gate = np.zeros(len(time))
        for turn in made.of(party):
            gate[turn.start : turn.end] = 0.25
        tracks[party] = on_grid((gate * np.sin(2 * np.pi * pitch * time)).astype(np.float32))
    caller, agent = tracks[Party.CALLER], tracks[Party.AGENT]
    moved = tuple(
        replace(event, planned=at(10.8), knowable=at(9.2)) if isinstance(event, Interrupted) else event
        for event in made.recording.events
    )
    return replace(made.recording, clean=caller, sent=caller, heard=agent, events=moved, provenance={"agent": "demo"})


def keep_call(run: RunFolder, name: str = "one-0", made: Conversation | None = None) -> Path:
    """The call's folder, as a run leaves it."""
    made = made or planted()
    folder = run.call(name)
    folder.mkdir(parents=True)
    recordings.save(made.recording, folder)
    conversations.save(made, folder)
    save_scenario(replace(SCENARIO, id=name), folder)
    np.save(folder / "peaks.npy", peaks([made.recording.sent, made.recording.heard]))
    return folder


def keep_run(reports: Path, rows: Sequence[dict[str, Any]] = (), name: str = "one", **about: Any) -> RunFolder:
    """A run's folder with these rows; a call that failed, wholly recorded, where none are given."""
    run = RunFolder(reports / name)
    (run.path / "calls").mkdir(parents=True)
    described = {"vahness": "0.1.0", "agent": "demo", "shell": "simulated", "status": "finished", "gates": []}
    run.write_run({**described, **about})
    run.rewrite(rows or [row("one-0", FAILS)])
    if not rows:
        keep_call(run)
    return run


def rewrite_line(path: Path, number: int, text: str) -> None:
    """Put another text in a line's place, counted from 0."""
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number] = text
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def json_line(**plain: Any) -> str:
    """A line of a `.jsonl`."""
    return json.dumps(plain)
