"""Ringing plants over the loopback, several at once, each agent behind a socket of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.audio import RATE, samples
from harness.call.line import Agent
from harness.listening.turns import listen
from harness.run.live import ring
from harness.run.preparing import prepare
from harness.run.serve import serving
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
    """Ring plants in real time, and hold every score concerned against its truth, which is on the agent's own clock."""
    found: list[Row] = []
    for begin in range(0, len(plants), AT_ONCE):
        batch = plants[begin : begin + AT_ONCE]
        # Listening to one call would make another's frames late: it waits until all of a batch have ended.
        for finish in await asyncio.gather(*(_rung(plant) for plant in batch)):
            found += finish()
        progress(begin + len(batch), len(plants))
    return found


async def _rung(plant: Plant) -> Callable[[], list[Row]]:
    """Hold one call; gives what is left to do when the line is quiet."""
    watched = Watched(maker_of(plant.agent)())
    call, _ = prepare(plant.scenario)

    def factory() -> Agent:
        return watched

    async with serving(factory, say=lambda _: None) as url:
        lateness = await ring(call, url, call_id=plant.scenario.id)
    made = call.recording({}, lateness)
    return lambda: _held_against(judged(plant, "live", listen(made), watched.log, watched.sent))


def _held_against(found: Rung) -> list[Row]:
    """The rows of a live call; of one whose agent's end ran late nothing is measured, right or wrong."""
    late = max(
        (event.at - int(event.attrs["sample"]) for event in found.agent_states if event.attrs["planted"] in _INSTANTS),
        default=0,
    )
    if late <= LATE:
        return list(rows(found))
    why = f"the agent's end of the line ran {1000 * late / RATE:.0f} ms late"
    return [replace(row, measured=None, right=None, note=why) for row in rows(found)]
