"""The desk calls are placed from: whom it rings, how, and with which ears and voice an agent here is equipped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from harness.audio import Samples
from harness.call.call import Call
from harness.call.line import Agent
from harness.errors import BadInput, VahnessError
from harness.recognisers.moonshine import moonshine
from harness.run.agent_file import AgentFile
from harness.run.improvising import NO_MINDS, Minds
from harness.run.judging import NO_JUDGING, Judging
from harness.run.targets import Target, factory_of
from harness.speech import Recogniser
from harness.voices import voice_for

if TYPE_CHECKING:
    from harness.intake.server import Intake


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is told once: everything but the scenario.

    recogniser: where the run's one recogniser process listens; None lets whoever needs one start it.
    control: whether each planned event gets a control call. minds: what decides for callers that improvise.
    judging: who judges what words alone can't tell.
    file: the agent's file, where it has one.
    """

    target: Target
    calls: Path
    charge: str = "fixed"
    live: bool = False
    recogniser: str | None = None
    control: bool = False
    minds: Minds = NO_MINDS
    judging: Judging = NO_JUDGING
    file: AgentFile | None = None

    @property
    def agent(self) -> str:
        """The agent as reports name it: by its file's name, else by its target."""
        return self.file.name if self.file else self.target.text


@dataclass(frozen=True, slots=True)
class AgentMaker:
    """Makes a fresh agent for each call, in this process or in the one it was sent to."""

    order: Order

    def __call__(self) -> Agent:
        """A new agent, handed its voice and its recogniser.

        Raises BadInput where its options are wrong, or its own code can't make it.
        """
        order = self.order
        make = factory_of(
            order.target,
            voice=voice_for("pico"),
            recogniser=moonshine(server=order.recogniser),
            charge=order.charge,
        )
        try:
            agent = make()
        except VahnessError:
            raise
        except (Exception, SystemExit) as fault:
            why = f"the agent can't be made: {type(fault).__name__}: {fault}"
            raise BadInput(why, value=order.target.text) from fault
        if not callable(getattr(agent, "step", None)):
            why = f"the factory gives no agent, which has step(frame), but {type(agent).__name__}"
            raise BadInput(why, value=order.target.text)
        return agent


@dataclass(frozen=True, slots=True)
class Desk:
    """What every call of a worker shares.

    agent: makes a fresh agent for a simulated call. ring: holds a live call, given its id, and
    gives how late each of our frames went out, in ms. One of the two is there.
    """

    order: Order
    recogniser: Recogniser
    agent: Callable[[], Agent] | None = None
    ring: Callable[[Call, str], Samples] | None = None

    @property
    def shell(self) -> str:
        """`simulated` or `live`."""
        return "simulated" if self.ring is None else "live"


@contextmanager
def _intake(order: Order) -> Iterator[Intake | None]:
    """The intake that the agent's file asks for, its log beside the calls."""
    file = order.file
    if file is None or file.port is None:
        yield None
        return
    from harness.intake.server import Intake, serving

    intake = Intake(file.stand_ins, order.calls.parent / "intake.jsonl", file.after)
    with serving(intake, file.port) as url:
        print(f"what the agent tells from outside the line comes in at {url}", file=sys.stderr, flush=True)
        yield intake
    if intake.strays or intake.refused:
        told = f"{intake.strays} that belong to no call, {intake.refused} refused"
        print(f"of what came in at the intake: {told}; intake.jsonl says why", file=sys.stderr)


@contextmanager
def opened(order: Order) -> Iterator[Desk]:
    """A desk, with a served agent behind it where an agent of this process is to be rung live."""
    recogniser = moonshine(server=order.recogniser)
    maker = AgentMaker(order)
    if not order.live:
        yield Desk(order, recogniser, agent=maker)
        return
    import asyncio

    from harness.run.live import ring
    from harness.run.serve import served

    with asyncio.Runner() as runner, _intake(order) as intake:
        stack = AsyncExitStack()
        url = order.target.where
        if order.target.in_process:
            url = runner.run(stack.enter_async_context(served(maker)))
            # A recogniser that still loads its model would be the first call's latency.
            recogniser(voice_for("pico")("Hello there.", "en-US").samples)

        def rung(call: Call, name: str) -> Samples:
            headers = order.file.headers if order.file else None
            with intake.during(name) if intake else nullcontext():
                return runner.run(ring(call, url, call_id=name, headers=headers, beside=intake))

        try:
            yield Desk(order, recogniser, ring=rung)
        finally:
            runner.run(stack.aclose())
