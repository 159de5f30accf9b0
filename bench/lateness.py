"""How late our own frames go out on loopback, one call and several at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np

from bench.plants import LINES, prepared, says, scenario
from bench.section import Figure, Section, at_most
from harness.audio import Samples
from harness.run.desk import AgentMaker, Order
from harness.run.live import ring
from harness.run.serve import served
from harness.run.targets import read_target

AT_ONCE = (1, 10)


async def _calls(count: int) -> Samples:
    """How late every frame of `count` calls at once was, in ms; the agents are served by another process."""
    plan = scenario(*(says(line) for line in LINES[:2]))
    calls = [prepared(plan) for _ in range(count)]
    async with served(AgentMaker(Order(read_target("planted?pace=burst"), Path()))) as url:
        late = await asyncio.gather(*(ring(call, url, call_id=f"late-{k}") for k, call in enumerate(calls)))
    return np.concatenate(late)


def measure() -> Section:
    """Nearest-rank percentiles over all frames."""
    figures: list[Figure] = []
    for count in AT_ONCE:
        late = np.sort(asyncio.run(_calls(count)))
        p50, p99, worst = (float(late[min(len(late) - 1, int(len(late) * share))]) for share in (0.5, 0.99, 1.0))
        figures.append(at_most(f"{count} at once: frame lateness p99 (of {len(late)} frames)", p99, 10, "ms"))
        figures.append(Figure(f"{count} at once: p50 and worst", f"{p50:.2f} and {worst:.1f} ms"))
    return Section("Lateness", figures, "A turn is not timed whose window has p99 over 10 ms or a frame over 40.")
