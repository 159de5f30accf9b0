"""Ringing plants over the loopback, several at once, each agent behind a socket of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.audio import RATE, samples
from harness.call.call import Call
from harness.call.line import Agent
from harness.listening.turns import listen
from harness.recording import Recording
from harness.run.live import ring
from harness.run.preparing import prepare
from harness.run.serve import serving
from harness.selftest.kinds import KINDS
from harness.selftest.plants import Plant
from harness.selftest.ringing import judged, maker_of, rows
from harness.selftest.rows import Row
from harness.selftest.rung import Rung, Watched

AT_ONCE = 4
"""Calls on the line at the same time."""

LATE = samples(0.02)
"""An agent, on this machine too, that does something so long after its log has it is no measure of anything."""

_INSTANTS = ("audible", "finished", "stopped")
"""What the agent tells of at the very instant that it logs."""


async def rung_live(plants: Sequence[Plant], progress: Callable[[int, int], None]) -> list[Row]:
    """Ring plants in real time, and hold every score concerned against its truth, which is on the agent's own clock.

    What is to be said is sound before the first call, and nothing is listened to before the last has
    ended: either would make the frames of a call late.
    """
    ready = [(plant, Watched(maker_of(plant.agent)()), prepare(plant.scenario)[0]) for plant in plants]
    line = asyncio.Semaphore(AT_ONCE)
    done = 0

    async def held(plant: Plant, agent: Watched, call: Call) -> Recording:
        nonlocal done
        async with line:
            made = await _rung(plant, agent, call)
        done += 1
        progress(done, len(plants))
        return made

    made = await asyncio.gather(*(held(*one) for one in ready))
    return [
        row
        for (plant, agent, _), recording in zip(ready, made, strict=True)
        for row in _held_against(judged(plant, "live", listen(recording), agent.log, agent.sent))
    ]


async def _rung(plant: Plant, agent: Watched, call: Call) -> Recording:
    """Hold one call."""

    def factory() -> Agent:
        return agent

    async with serving(factory, say=lambda _: None) as url:
        lateness = await ring(call, url, call_id=plant.scenario.id)
    return call.recording({}, lateness)


def _held_against(found: Rung) -> list[Row]:
    """The rows of a live call; of one whose agent's end ran late nothing is measured, right or wrong.

    Nor is it of an agent that cancels its echo: its truth takes one that knows to the sample when it is heard.
    """
    late = max(
        (event.at - int(event.attrs["sample"]) for event in found.agent_states if event.attrs["planted"] in _INSTANTS),
        default=0,
    )
    # Sent in chunks at their own instants, its sound runs dry where one of them was late.
    late = max(late, sum(event.samples for event in found.starved))
    echoing = KINDS[found.plant.kind].echoing
    if late <= LATE and not echoing:
        return list(rows(found))
    why = f"the agent's end of the line ran {1000 * late / RATE:.0f} ms late"
    if echoing:
        why = "over a wire the agent doesn't know to the sample when its echo comes back"
    return [replace(row, measured=None, right=None, note=why) for row in rows(found)]
