"""A call with an agent in this process: a loop, as fast as the machine goes, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence

from harness.audio import FRAME
from harness.call.call import Call
from harness.call.line import Agent, Arrived, Broken, Closed, Frame
from harness.errors import VahnessError


def simulate(call: Call, agent: Agent) -> None:
    """Run a call to its end. What the caller says in frame k, the agent hears at k; its answer arrives in k+1."""
    arrived: Sequence[Arrived] = ()
    while not call.done:
        arrived = heard_by(agent, call.step(arrived))


def heard_by(agent: Agent, said: Frame) -> Sequence[Arrived]:
    """What the agent sends when it has heard a frame.

    The agent's code is not ours: what it raises is its own breach, and ends its side of the call.
    """
    try:
        return agent.step(said)
    except VahnessError:
        raise
    except Exception as fault:  # noqa: BLE001 - an agent may raise anything, and it is the agent's fault
        at = (said.number + 1) * FRAME
        why = f"the agent raised {type(fault).__name__}: {fault}"
        return (Arrived(at, Broken(why)), Arrived(at, Closed("the agent's code failed")))
