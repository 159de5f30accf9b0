"""Limits on scores: which scores there are, and in which unit each is held against a number.

The scorers themselves say so (`metric`); nothing is listed here a second time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from harness import plugins
from harness.errors import BadInput
from harness.scenario import OPENING, STAGES, Expectation, Opening, kinds
from harness.scenario.kinds import Field, Kind, Schema
from harness.scenario.places import Place
from harness.scenario.positions import Mark, Node, Text, bad, written
from harness.scenario.script import seconds
from harness.score import Limit, Metric

_OF_A_RUN = {"pass_rate": ("ratio", "Calls that passed ÷ calls that were held against anything")}
_OF_A_CALL = ("p50", "max")
"""The percentiles of a timing score that one call has the turns for."""

_UNITS = {"s": ("ms", "s"), "ms": ("ms", "s"), "ratio": ("%",), "dB": ("dB",)}
"""The units in which a limit on a score may be written; any other score takes a bare number."""


@dataclass(frozen=True, slots=True)
class _Measure:
    unit: str
    help: str
    of_a_call: bool = True
    decides: bool = False


def _measures(scorer: str) -> dict[str, _Measure]:
    """What a scorer gives: id → measure."""
    member = plugins.load("scorers", scorer)
    metric: Metric = member.metric
    help_ = plugins.summary(member)
    # A share of which more is better has a best of 1, which is what `pass` asks for.
    best = metric.better == "higher"
    if not metric.parts:
        return {scorer: _Measure(metric.unit, help_, decides=best and metric.unit == "ratio")}
    found: dict[str, _Measure] = {}
    for part in metric.parts:
        unit = metric.unit_of(part)
        rank = unit in ("s", "ms") and re.fullmatch(r"p\d+", part) is not None and part not in _OF_A_CALL
        found[f"{scorer}.{part}"] = _Measure(unit, help_, not rank, best and unit == "ratio")
    return found


def _all_measures() -> dict[str, _Measure]:
    return {id_: measure for scorer in plugins.names("scorers") for id_, measure in _measures(scorer).items()}


def _measure(key: str, mark: Mark, gate: bool) -> _Measure:
    if gate and key in _OF_A_RUN:
        return _Measure(*_OF_A_RUN[key])
    if key in _OF_A_RUN:
        raise bad("this is of a whole run: it's a gate in suite.yaml", mark, key)
    scorer = key.partition(".")[0]
    if scorer not in plugins.names("scorers"):
        known = (*_open(_all_measures(), gate), *plugins.names("scorers"), *(_OF_A_RUN if gate else ()))
        raise bad("no such score", mark, key, known)
    found = _measures(scorer)
    named = _open(found, gate)
    if key in named:
        return named[key]
    if key in found:
        cure = f"write {' or '.join(named)} here, or make it a gate in suite.yaml"
        raise bad(f"one call hasn't the turns for this percentile: {cure}", mark, key, named)
    how = "a score of several values" if key == scorer else "no such value of a score"
    raise bad(f"{how}: name one of {', '.join(named)}", mark, key, named)


def _open(measures: Mapping[str, _Measure], gate: bool) -> dict[str, _Measure]:
    """Those that a limit may stand on: on a whole run all, on a call those that it has the turns for."""
    return {id_: measure for id_, measure in measures.items() if gate or measure.of_a_call}


def _limit(node: Node, measure: _Measure, key: str) -> Limit:
    text = kinds.scalar(node, "a limit")
    if text.block:
        raise bad("an unquoted > begins YAML's block text: put the limit in quotes", text)
    try:
        limit = Limit.parse(text.value)
    except BadInput as problem:
        raise bad(problem.problem, text) from problem
    _check_unit(limit, measure, key, text)
    return limit


def _check_unit(limit: Limit, measure: _Measure, key: str, text: Text) -> None:
    if limit.text == "pass":
        if not measure.decides:
            unit = "%" if measure.unit == "ratio" else measure.unit
            raise bad(f"{key} doesn't pass or fail by itself: write a limit in {unit}", text)
        return
    units = _UNITS.get(measure.unit, ("",))
    if limit.unit not in units:
        how = "a bare number" if units == ("",) else f"a number with {' or '.join(units)}"
        without = " (its unit is left out)" if not limit.unit else ""
        raise bad(f"a limit on {key} is {how}{without}", text)


def _read_limits(node: Node, gate: bool) -> tuple[Expectation, ...]:
    found = kinds.entries(node, "gates" if gate else "what is expected")
    return tuple(
        Expectation(key, _limit(value, _measure(key, mark, gate), key), mark.line)
        for key, (mark, value) in found.items()
    )


def _limits_schema(gate: bool) -> Schema:
    measures = _open(_all_measures(), gate)
    if gate:
        measures |= {id_: _Measure(*of) for id_, of in _OF_A_RUN.items()}
    properties = {}
    for id_, measure in measures.items():
        units = "|".join(_UNITS.get(measure.unit, ("",)))
        or_pass = "|^pass$" if measure.decides else ""
        pattern = rf"^(<=|>=|==|<|>)\s*-?\d+(\.\d+)?\s*({units})${or_pass}"
        properties[id_] = {"description": f"{measure.help} [{measure.unit}]", "type": "string", "pattern": pattern}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _read_budget(node: Node, place: Place) -> tuple[dict[str, float], tuple[Expectation, ...]]:
    spent = _STAGES.read(node, place)
    limits = (
        Expectation(f"stage.{name}", Limit.parse(f"<= {written(value)}"), mark.line)
        for name, (mark, value) in kinds.entries(node, "a budget").items()
    )
    return spent, tuple(limits)


_STAGES = kinds.table(
    "a budget",
    lambda: {
        name: Field(seconds, f"The most that {name} may take in any turn, as the agent reports it") for name in STAGES
    },
)

budget: Kind[tuple[dict[str, float], tuple[Expectation, ...]]] = Kind(_read_budget, _STAGES.schema)
"""What each stage of the agent's may take: the seconds, and the limits on every turn that they are."""


def _read_opening(node: Node, place: Place) -> tuple[Opening, tuple[Expectation, ...]]:
    values = _OPENING.read(node, place)
    name = values.pop("name", ())
    gates = (
        Expectation(f"first_ten_seconds.{check}", Limit.parse("pass"), mark.line)
        for check, (mark, _) in kinds.entries(node, "an opening").items()
        if values.get(check) == "required"
    )
    return Opening(name, values), tuple(gates)


_OPENING = kinds.table(
    "an opening",
    lambda: {
        "name": Field(
            kinds.one_or_list_of(kinds.text("a name"), "names"), "What the agent may call itself or its house"
        ),
        **{
            check: Field(
                kinds.one_of("how a check counts", lambda: ("required", "checked", "off")),
                f"Whether {check.replace('_', ' ')} is required (it gates), only checked, or off",
            )
            for check in OPENING
        },
    },
)

opening: Kind[tuple[Opening, tuple[Expectation, ...]]] = Kind(_read_opening, _OPENING.schema)
"""What the first ten seconds are to hold, and the limits that the required checks are."""

expect: Kind[tuple[Expectation, ...]] = Kind(lambda node, _: _read_limits(node, False), lambda: _limits_schema(False))
"""Limits on what one call gives."""

gates: Kind[tuple[Expectation, ...]] = Kind(lambda node, _: _read_limits(node, True), lambda: _limits_schema(True))
"""Limits on what all the calls of a run give together."""
