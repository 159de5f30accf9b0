"""The kinds of plants: what is drawn for each, and which scores its truth is known of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.selftest import checks
from harness.selftest.checks import ORDINARY, Check
from harness.selftest.plants import Draw, Plan, Plant, scenario, target


@dataclass(frozen=True, slots=True)
class Kind:
    """One way for an agent to be at fault. noisy: it has a floor of comfort noise, which its truth is taken without."""

    about: str
    agent: str
    plan: Callable[[Draw], Plan]
    checks: tuple[Check, ...]
    noisy: bool = False


def _punctual(draw: Draw) -> Plan:
    options = {"delay": draw.time(0.2, 2.6), "pace": draw.one("real", "burst"), "say": draw.text(1)}
    return Plan(options, draw.lines(2))


def _leading(draw: Draw) -> Plan:
    options = {"delay": draw.time(0.8, 2.0), "pace": draw.one("real", "burst"), "say": draw.text(1)}
    return Plan(options | {"lead": draw.time(0.05, 0.6)}, draw.lines(2))


def _noisy(draw: Draw) -> Plan:
    options = {"delay": draw.time(0.4, 2.0), "say": draw.text(1)}
    return Plan(options | {"noise_floor": draw.one("-60dBFS", "-50dBFS", "-40dBFS")}, draw.lines(2))


def _slow(draw: Draw) -> Plan:
    return Plan({"delay": draw.time(3.2, 4.8), "say": draw.text(1)}, draw.lines(2), patience=6.0)


def _silent(draw: Draw) -> Plan:
    return Plan({"silent": "true"}, draw.lines(1), patience=draw.number(2.0, 4.5))


def _stops_answering(draw: Draw) -> Plan:
    return Plan({"turns": "1", "say": draw.text(1)}, draw.lines(2), patience=draw.number(2.0, 4.5))


def _greets_late(draw: Draw) -> Plan:
    options = {"greet": draw.time(1.0, 5.5), "say": draw.text(1)}
    return Plan(options, draw.lines(1), patience=7.0)


def _talks_over(draw: Draw) -> Plan:
    return Plan({"talk_over": draw.time(0.4, 1.0), "turns": "0", "say": draw.text(1)}, draw.lines(2))


def _yields(draw: Draw) -> Plan:
    options = {"yields_after": draw.time(0.1, 1.8), "pace": draw.one("real", "burst"), "say": draw.text(3)}
    return Plan(options | {"turns": "1"}, (*draw.lines(1), draw.cut_in(0.6, 2.0)), patience=2.0)


def _yields_late(draw: Draw) -> Plan:
    options = {"yields_after": draw.time(1.8, 3.8), "pace": draw.one("real", "burst"), "say": draw.text(4)}
    return Plan(options | {"turns": "1"}, (*draw.lines(1), draw.cut_in(0.6, 1.2)), patience=2.0)


def _deaf(draw: Draw) -> Plan:
    options = {"deaf": "true", "pace": draw.one("real", "burst"), "say": draw.text(3), "turns": "1"}
    return Plan(options, (*draw.lines(1), draw.cut_in(0.6, 2.0)), patience=2.0)


def _deaf_and_brief(draw: Draw) -> Plan:
    options = {"deaf": "true", "pace": draw.one("real", "burst"), "say": draw.text(draw.whole(1, 2)), "turns": "1"}
    return Plan(options, (*draw.lines(1), draw.cut_in(0.4, 3.0)), patience=2.0)


def _deaf_but_pausing(draw: Draw) -> Plan:
    options = {"deaf": "true", "pace": draw.one("real", "burst"), "say": draw.text(3), "turns": "1"}
    options |= {"pause": draw.time(0.2, 0.55), "pause_at": draw.time(1.0, 2.5)}
    return Plan(options, (*draw.lines(1), draw.cut_in(0.6, 2.4)), patience=2.0)


BASIC: Mapping[str, Kind] = {
    "punctual": Kind("answers to the instant", "planted", _punctual, ORDINARY),
    "leading_silence": Kind("sends silence before it is heard", "planted", _leading, ORDINARY),
    "comfort_noise": Kind("has a floor of noise", "planted", _noisy, (checks.greeting, checks.latencies), True),
    "slow": Kind("leaves the line dead", "planted", _slow, ORDINARY),
    "silent": Kind("never speaks", "planted", _silent, ORDINARY),
    "stops_answering": Kind("answers once, then no more", "planted", _stops_answering, ORDINARY),
    "greets_late": Kind("greets late", "planted", _greets_late, ORDINARY),
    "talks_over": Kind("speaks into the caller's lines", "planted", _talks_over, (checks.premature,)),
    "yields": Kind("falls silent in time", "planted", _yields, (checks.greeting, checks.yielding)),
    "late_to_stop": Kind("falls silent late", "planted", _yields_late, (checks.greeting, checks.yielding)),
    "deaf": Kind("speaks on", "planted", _deaf, (checks.greeting, checks.yielding)),
    "deaf_and_brief": Kind("speaks on for two to five seconds", "planted", _deaf_and_brief, (checks.yielding,)),
    "deaf_but_pausing": Kind("speaks on, with a pause", "planted", _deaf_but_pausing, (checks.yielding,)),
}

KINDS: Mapping[str, Kind] = BASIC


def drawn(seed: int, number: int) -> Plant:
    """Plant so-and-so of a seed: the kinds in turn, all else by chance."""
    name = list(KINDS)[number % len(KINDS)]
    kind = KINDS[name]
    plan = kind.plan(Draw(seed, number))
    agent = target(kind.agent, plan.options)
    return Plant(number, seed, name, agent, scenario(number, seed, name, plan), kind.noisy)
