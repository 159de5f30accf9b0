"""The live shell in virtual time: over a line in memory it is the simulated shell, to the sample."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import numpy as np
import pytest

from harness.call.acts import Act, CutIn, PressKeys, SayIt
from harness.call.call import Call
from harness.call.line import Agent
from harness.recording import Recording
from harness.run.live import converse
from harness.run.serve import attend
from harness.run.simulated import simulate
from harness.run.virtual import run_virtually
from harness.run.wire import MemoryLine, memory_line
from harness.scenario import Manners
from harness.transports.pcm import pcm
from tests.call.lines import Acts, spoken
from tests.run.talkers import Clerk

MANNERS = Manners(breath=0.4, patience=2.0)


def a_call(*acts: Act, limit: float = 30.0) -> Call:
    return Call(Acts(*acts), manners=MANNERS, seed=1, limit=limit)


def simulated(agent: Agent, *acts: Act) -> Recording:
    call = a_call(*acts)
    simulate(call, agent)
    return call.recording({})


def live(
    agent: Agent, *acts: Act, beside: Callable[[MemoryLine], Coroutine[None, None, None]] | None = None
) -> Recording:
    async def held() -> Recording:
        call = a_call(*acts)
        ours, theirs = memory_line()
        other = asyncio.create_task(attend(agent, theirs))
        more = asyncio.create_task(beside(ours)) if beside else None
        lateness = await converse(call, ours, pcm())
        await ours.close()
        await other
        if more is not None:
            await more
        return call.recording({}, lateness)

    return run_virtually(held())


THREE = (
    SayIt(0, spoken(1.0)),
    CutIn(1, spoken(0.8, "no wait"), 6000, "correction"),
    PressKeys(2, "12"),
    SayIt(3, spoken(0.5)),
)

AGENTS: dict[str, Callable[[], Clerk]] = {
    "bursts ahead": Clerk,
    "paces": lambda: Clerk(pace="paced"),
    "leads with silence": lambda: Clerk(lead=0.3, delay=0.2),
    "ignores the caller": lambda: Clerk(yields=False, pace="paced", delay=1.5),
    "hangs up": lambda: Clerk(hangs_up_after=2),
}


@pytest.mark.parametrize("name", AGENTS)
def test_live_and_simulated_give_the_same_tracks_and_events(name: str) -> None:
    here, there = AGENTS[name](), AGENTS[name]()
    expected, got = simulated(here, *THREE), live(there, *THREE)
    assert got.events == expected.events
    assert np.array_equal(got.heard, expected.heard)
    assert np.array_equal(got.sent, expected.sent)
    assert np.array_equal(got.clean, expected.clean)
    assert here.answered == there.answered
    assert len(here.answered) >= 2
    assert expected.heard.any()
