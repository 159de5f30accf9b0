"""A call with an agent in this process: a loop, as fast as the machine goes, the same bytes every time."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from traceback import extract_tb

from harness.audio import FRAME
from harness.call.call import Call
from harness.call.line import Agent, Arrived, Broken, Closed, Frame, crossed
from harness.errors import BadInput, VahnessError

_OURS = Path(__file__).parent.parent


def simulate(call: Call, agent: Agent) -> None:
    """Run a call to its end. What the caller says in frame k, the agent hears at k; its answer arrives in k+1."""
    arrived: Sequence[Arrived] = ()
    waiting: list[Arrived] = []
    # A collection walks all that is loaded, and a call makes next to nothing for it to find: it can wait.
    collecting = gc.isenabled()
    gc.disable()
    try:
        while not call.done:
            said = call.step(arrived)
            arrived = heard_by(agent, said)
            if arrived or waiting:
                arrived, waiting = _due([*waiting, *arrived], (said.number + 2) * FRAME)
    finally:
        if collecting:
            gc.enable()


def _due(given: list[Arrived], end: int) -> tuple[list[Arrived], list[Arrived]]:
    """What has arrived before sample `end`, in order, and what is still under way, as on a wire."""
    given.sort(key=lambda arrival: arrival.at)
    due = bisect_left(given, end, key=lambda arrival: arrival.at)
    return given[:due], given[due:]


def heard_by(agent: Agent, said: Frame) -> Sequence[Arrived]:
    """What the agent sends when it has heard a frame.

    The agent's code is not ours: what it raises is its own breach, and ends its side of the call;
    so does leaving the program. What it gives that can't cross a line is a breach too.
    """
    try:
        return [crossed(given) for given in agent.step(said)]
    except (Exception, SystemExit) as fault:
        if isinstance(fault, VahnessError) and not isinstance(fault, BadInput):
            raise
        at = (said.number + 1) * FRAME
        why = f"the agent raised {type(fault).__name__}: {fault}{_place(fault)}"
        return (Arrived(at, Broken(why)), Arrived(at, Closed("the agent's code failed")))


def _place(fault: BaseException) -> str:
    """Where in the agent's code it was raised: its innermost line that is neither ours nor an installed package's."""
    paths = ((step, Path(step.filename)) for step in extract_tb(fault.__traceback__))
    steps = [step for step, path in paths if _OURS not in path.parents and "site-packages" not in path.parts]
    return f" ({Path(steps[-1].filename).name}:{steps[-1].lineno})" if steps else ""
