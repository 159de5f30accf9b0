"""An agent whose every sample stands off zero is heard as one whose samples don't, in the call and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

from harness.agents.planted import planted
from harness.audio import FRAME, RATE, on_grid
from harness.call.line import Agent, Arrived, Audio, Frame
from harness.conversation import Conversation
from harness.listening.turns import listen
from harness.recording import Recording
from harness.timeline import Party, SpeechStarted, SpeechStopped
from tests.agents.calling import Script, line_ends, ring, those, voice


@dataclass
class Offset:
    """An agent, and what is added to every sample it sends."""

    agent: Agent
    offset: np.float32

    def step(self, said: Frame) -> Sequence[Arrived]:
        return [self._off(arrived) for arrived in self.agent.step(said)]

    def _off(self, arrived: Arrived) -> Arrived:
        if not isinstance(arrived.what, Audio):
            return arrived
        return replace(arrived, what=replace(arrived.what, samples=on_grid(arrived.what.samples + self.offset)))


def call(dbfs: float, **options: str) -> Recording:
    agent = planted(voice=voice, greet="0.5s", delay="0.7s", lead="200ms", pause="0.8s", pause_at="1s", **options)
    return ring(Offset(agent, np.float32(10.0 ** (dbfs / 20.0))), Script("Where is my order?", "Goodbye."), limit=60.0)


@pytest.mark.parametrize("dbfs", [-40.0, -26.0, -20.0])
@pytest.mark.parametrize("pace", ["real", "burst"])
def test_its_calls_go_as_they_would_and_its_turns_are_found_where_they_are(dbfs: float, pace: str) -> None:
    plain, off = call(-np.inf, pace=pace), call(dbfs, pace=pace)
    assert np.abs(np.subtract(line_ends(off), line_ends(plain))).max() <= FRAME
    for kind in (SpeechStarted, SpeechStopped):
        assert len(those(off, kind)) == len(those(plain, kind))
    wanted, found = listen(plain), listen(off)
    spans, due = ([(turn.start, turn.end) for turn in one.of(Party.AGENT)] for one in (found, wanted))
    assert len(spans) == len(due) == 3
    assert np.abs(np.subtract(spans, due)).max() <= FRAME
    assert found.resolution <= 0.01
    assert np.abs(np.subtract(_waits(found, off), _waits(wanted, plain))).max() <= RATE // 500


def _waits(conversation: Conversation, recording: Recording) -> list[int]:
    """From the end of each of the caller's lines to the agent's answer."""
    starts = [turn.start for turn in conversation.of(Party.AGENT)]
    return [start - end for end, start in zip(line_ends(recording), starts[1:], strict=False)]
