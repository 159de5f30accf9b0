"""Ringing a plant in simulated time, control calls and all, and holding what was scored against what is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qsl

from harness.call.line import Arrived
from harness.conversation import Conversation
from harness.listening.turns import listen
from harness.recognisers.moonshine import moonshine
from harness.run.control import controlled
from harness.run.desk import AgentMaker, Desk, Order
from harness.run.preparing import prepare
from harness.run.scoring import measure
from harness.run.simulated import simulate
from harness.run.targets import read_target
from harness.selftest.kinds import KINDS
from harness.selftest.plants import Plant, target
from harness.selftest.rows import Row
from harness.selftest.rung import Rung, Watched, sound_of, spurts_of
from harness.timeline import HungUp


def checked(plant: Plant) -> list[Row]:
    """Ring a plant in simulated time, and hold every score concerned against its truth."""
    return list(rows(rung(plant)))


def rows(found: Rung) -> Iterator[Row]:
    """Every score of a plant's that its kind is about."""
    for check in KINDS[found.plant.kind].checks:
        yield from check(found)


def rung(plant: Plant) -> Rung:
    """One call in simulated time, with its control calls."""
    maker = maker_of(plant.agent)
    watched = Watched(maker())
    call, _ = prepare(plant.scenario)
    simulate(call, watched)
    desk = Desk(maker.order, moonshine(), agent=maker)
    made = controlled(call.recording({}), plant.scenario, desk)
    sent = watched.sent
    if plant.noisy:
        # Under its floor of noise no rule finds the truth: the same agent says the same without one.
        quiet = Watched(maker_of(_quiet(plant.agent))())
        call, _ = prepare(plant.scenario)
        simulate(call, quiet)
        sent = quiet.sent
    understood = listen(made)
    return judged(plant, "simulated", understood, watched.log, sent)


def judged(
    plant: Plant, shell: str, understood: Conversation, log: Sequence[tuple[str, int]], sent: Sequence[Arrived]
) -> Rung:
    """A call as it was understood, scored, beside the truth of it."""
    made = understood.recording
    over = next((event.at for event in made.events if isinstance(event, HungUp)), len(made.heard))
    scores = measure(understood, plant.scenario)
    return Rung(plant, shell, understood, scores, log, spurts_of(sound_of(sent)[: len(made.heard)]), over)


def maker_of(agent: str) -> AgentMaker:
    """What makes a plant's agent."""
    return AgentMaker(Order(read_target(agent), Path()))


def _quiet(agent: str) -> str:
    name, _, query = agent.partition("?")
    options = {key: value for key, value in parse_qsl(query) if key != "level"}
    return target(name, options | {"fault": "punctual"})
