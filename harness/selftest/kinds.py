"""The kinds of plants: what is drawn for each, and which scores its truth is known of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.selftest import checks
from harness.selftest.checks import ORDINARY
from harness.selftest.faults import ECHOING, FAULTY
from harness.selftest.handoff_faults import HANDING
from harness.selftest.kinds_of import Kind
from harness.selftest.plants import Draw, Plan, Plant, scenario, target
from harness.selftest.word_faults import WORDED


def _punctual(draw: Draw) -> Plan:
    options = {"delay": draw.time(0.2, 2.6), "pace": draw.one("real", "burst"), "say": draw.text(1)}
    return Plan(options, draw.lines(2))


def _leading(draw: Draw) -> Plan:
    options = {"delay": draw.time(0.8, 2.0), "pace": draw.one("real", "burst"), "say": draw.text(1)}
    return Plan(options | {"lead": draw.time(0.05, 0.6)}, draw.lines(2))


def _slow(draw: Draw) -> Plan:
    return Plan({"delay": draw.time(3.2, 4.8), "say": draw.text(1)}, draw.lines(2), patience=6.0)


def _stops_answering(draw: Draw) -> Plan:
    return Plan({"turns": "1", "say": draw.text(1)}, draw.lines(2), patience=draw.number(2.0, 4.5))


def _yields(draw: Draw) -> Plan:
    options = {"yields_after": draw.time(0.1, 1.8), "pace": draw.one("real", "burst"), "say": draw.text(3)}
    return Plan(options | {"turns": "1"}, (*draw.lines(1), draw.cut_in(0.6, 2.0)), patience=2.0)


def _deaf_but_pausing(draw: Draw) -> Plan:
    options = {"deaf": "true", "pace": draw.one("real", "burst"), "say": draw.text(3), "turns": "1"}
    options |= {"pause": draw.time(0.2, 0.55), "pause_at": draw.time(1.0, 2.5)}
    return Plan(options, (*draw.lines(1), draw.cut_in(0.6, 2.4)), patience=2.0)


PACED: Mapping[str, Kind] = {
    "any delay, paced or in a burst": Kind("Answers to the instant.", "planted", _punctual, ORDINARY),
    "any lead, paced or in a burst": Kind("Sends silence before it is heard.", "planted", _leading, ORDINARY),
    "slow": Kind("Leaves the line dead.", "planted", _slow, ORDINARY),
    "stops answering": Kind("Answers once, then no more.", "planted", _stops_answering, ORDINARY),
    "yields, paced or in a burst": Kind("Falls silent.", "planted", _yields, (checks.yielding,)),
    "deaf, paced or in a burst": Kind("Speaks on, with a pause.", "planted", _deaf_but_pausing, (checks.yielding,)),
}
"""What the faults leave out: longer delays, and every one both paced and in a burst."""

OF_THE_FLOOR: Mapping[str, Kind] = {**FAULTY, **PACED, **ECHOING}
OF_WORDS: Mapping[str, Kind] = {**HANDING, **WORDED}

KINDS: Mapping[str, Kind] = {**OF_THE_FLOOR, **OF_WORDS}
"""All kinds."""

ROUND: Sequence[str] = (*KINDS, *OF_THE_FLOOR, *OF_THE_FLOOR, *OF_THE_FLOOR)
"""The kinds in the order in which they are drawn, over and over: each once, then those of the floor more often."""


def drawn(seed: int, number: int) -> Plant:
    """Plant so-and-so of a seed: the kinds in turn, all else by chance."""
    return drawn_of(ROUND[number % len(ROUND)], seed, number)


def spread(count: int) -> Sequence[int]:
    """The numbers of so many plants where few can be rung: of four three are of the floor, one is of any others."""
    few = count // 4
    turns = count // len(ROUND) + 2
    of_words, of_floor = (
        [number for number in range(turns * len(ROUND)) if ROUND[number % len(ROUND)] in kinds]
        for kinds in (OF_WORDS, OF_THE_FLOOR)
    )
    apart = max(1, len(OF_WORDS) // few) if few else 1
    return (*of_floor[: count - few], *of_words[: apart * few : apart])


def drawn_of(name: str, seed: int, number: int) -> Plant:
    """A plant of one kind."""
    kind = KINDS[name]
    plan = kind.plan(Draw(seed, number))
    agent = target(kind.agent, plan.options)
    return Plant(number, seed, name, agent, scenario(number, seed, name, plan), kind.noisy)
