"""A scenario file, a persona's file and a suite's file as tables of fields: reading one, typed.

The JSON Schema for editors is made from these same tables.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from harness.handoff import TONES, URGENCIES
from harness.scenario import (
    CUES,
    MOVES,
    Entity,
    Expectation,
    HandoffTruth,
    Manners,
    MessageTruth,
    Persona,
    Promises,
    Truth,
    VoiceSpec,
    kinds,
)
from harness.scenario.kinds import Field, Fields, Kind
from harness.scenario.limits import budget, expect, gates, opening
from harness.scenario.manners import Carriage, at_rate, carriage
from harness.scenario.places import Place, told
from harness.scenario.plugged import check_spoken, voice, world
from harness.scenario.positions import Node, Table, Text, bad, parse
from harness.scenario.rates import rate
from harness.scenario.script import language, script, seconds
from harness.text.entities import KINDS

REPEATS = 1000
"""How often a scenario may be repeated."""

MOST_MOVES = 200
"""How many moves an improvising caller may be let make."""

# ---- who calls ----

_PERSONA: Kind[dict[str, Any]] = kinds.table(
    "a persona",
    lambda: {
        "voice": Field(voice, "Which voice speaks, and its options"),
        "manners": Field(carriage, "How the caller carries itself on the telephone"),
    },
)


def _persona(name: str | None, node: Node, place: Place) -> Persona:
    values = _PERSONA.read(node, place)
    carried: Carriage = values.get("manners", Carriage(Manners()))
    spoken = values.get("voice", VoiceSpec())
    if carried.rate != 1.0:
        spoken = at_rate(spoken, carried.rate, place, _within(node, "manners"))
    return Persona(name, spoken, carried.manners)


def _read_caller(node: Node, place: Place) -> Persona:
    if not isinstance(node, Text):
        return _persona(None, node, place)
    named = dataclasses.replace(node, value=kinds.words(node, "a persona"))
    path = place.persona(named)
    return _persona(named.value, parse(place.take(path), told(path)), place)


_caller: Kind[Persona] = Kind(
    _read_caller,
    lambda: {
        "anyOf": [
            {"type": "string", "description": "A persona by name: personas/NAME.yaml"},
            _PERSONA.schema(),
        ]
    },
)

# ---- what is so ----

_value = kinds.text("a value")
_values = kinds.one_or_list_of(_value, "values")

_ENTITY = kinds.table(
    "an entity",
    lambda: {
        "value": Field(_value, "What is so, in canonical form: 2026-03-13, 15:00", required=True),
        "was": Field(_values, "What the caller said before correcting it"),
        "accepted": Field(_values, "Other ways to write the value that count as right"),
        "type": Field(kinds.one_of("a type of entity", lambda: KINDS), "How it's compared"),
        "critical": Field(kinds.yes_or_no("a yes or no"), "Whether who takes over can't do without it"),
    },
)


def _read_entity(node: Node, place: Place) -> dict[str, Any]:
    return _ENTITY.read(node, place) if isinstance(node, Table) else {"value": _value.read(node, place)}


_entities: Kind[tuple[Entity, ...]] = kinds.made(
    kinds.table_of(
        Kind(_read_entity, lambda: {"anyOf": [_value.schema(), _ENTITY.schema()]}),
        "the entities",
    ),
    lambda found, _node, _place: tuple(Entity(name, **values) for name, values in found.items()),
)


def _turns(value: str, _node: Node, _place: Place) -> int:
    return int(value.split()[0])


_HANDOFF = kinds.table(
    "the handoff's truth",
    lambda: {
        "decision": Field(
            kinds.one_of("a decision", lambda: ("required", "allowed", "forbidden")),
            "Whether a human must, may or must not be brought in",
            required=True,
        ),
        "to": Field(kinds.text("a destination"), "The queue or number it should go to"),
        "within": Field(
            kinds.made(kinds.text("a number of turns", r"[0-9]{1,3} turns?", 'write it like "2 turns"'), _turns),
            "How many agent turns after the cue, like 2 turns",
        ),
        "critical": Field(_values, "The entities that the packet must hold"),
        "cue": Field(
            kinds.table_of(kinds.one_of("a cue", lambda: CUES), "the cues"),
            "The steps, by their number from 1, at which a human is called for, and why: {3: anger}",
        ),
    },
)

_PROMISES = kinds.table(
    "the promises",
    lambda: {
        "may": Field(_values, "What the agent may promise, in a few words each"),
        "must_not": Field(_values, "What it must not promise"),
    },
)

_MESSAGE = kinds.table(
    "the message after the call",
    lambda: {
        "channel": Field(kinds.one_of("a channel", lambda: ("whatsapp", "sms")), "How it should come (default any)"),
        "within": Field(seconds, "How soon after the call, like 60s"),
        "language": Field(language, "What it should be written in"),
        "facts": Field(_values, "The entities that it must hold"),
    },
)

_TRUTH = kinds.table(
    "the truth",
    lambda: {
        "reason": Field(kinds.text("a reason"), "Why the caller calls"),
        "entities": Field(_entities, "The facts of the call, by name"),
        "tone": Field(kinds.one_of("a tone", lambda: TONES), "How the caller sounds"),
        "urgency": Field(kinds.one_of("an urgency", lambda: URGENCIES), "How much it presses"),
        "next_action": Field(kinds.text("a next action"), "What should happen after the call"),
        "handoff": Field(
            kinds.made(_HANDOFF, lambda values, _node, _place: HandoffTruth(**values)),
            "Whether a human must be brought in",
        ),
        "outcome": Field(
            kinds.table_of(kinds.table_of(_value, "a tool's arguments"), "the outcome"),
            "The final tool calls: tool → arguments with canonical values",
        ),
        "tried": Field(_values, "What the caller has tried already"),
        "promises": Field(
            kinds.made(_PROMISES, lambda values, _node, _place: Promises(**values)),
            "What the agent may and must not promise",
        ),
        "message": Field(
            kinds.made(_MESSAGE, lambda values, _node, _place: MessageTruth(**values)),
            "The message that should reach the caller after the call",
        ),
    },
    later=("phrases", "summary", "confirm"),
)


def _truth(values: dict[str, Any], node: Node, _place: Place) -> Truth:
    truth = Truth(**values)
    known = [entity.name for entity in truth.entities]
    for name in truth.handoff.critical if truth.handoff else ():
        if name not in known:
            raise bad("no such entity to be critical", _within(node, "handoff", "critical"), name, known)
    for name in truth.message.facts if truth.message else ():
        if name not in known:
            raise bad("no such entity for the message to hold", _within(node, "message", "facts"), name, known)
    return truth


def _within(node: Node, *keys: str) -> Node:
    """The node that stands behind these keys."""
    for key in keys:
        assert isinstance(node, Table)
        node = node.entries[key][1]
    return node


# ---- the files ----


def _shared() -> Fields:
    """What a scenario may say, and a suite for all its scenarios."""
    return {
        "tags": Field(kinds.list_of(kinds.text("a tag", r"[\w.:-]{1,40}", "one word"), "tags"), "Words to choose by"),
        "language": Field(language, "What the caller speaks, as a BCP-47 tag (default en-US)"),
        "caller": Field(_caller, "Who calls: a persona by name, or a voice and manners"),
        "world": Field(world, "What the world does to the caller's sound"),
        "first": Field(kinds.one_of("a party", lambda: ("agent", "caller")), "Who speaks first (default agent)"),
        "expect": Field(expect, "Limits on the scores of each call"),
        "budget": Field(budget, "What each stage of the agent's may take in any turn"),
        "opening": Field(opening, "What the first ten seconds are to hold"),
        "repeat": Field(kinds.whole("a number of repeats", 1, REPEATS), "How often each call is made (default 1)"),
    }


def _axes(_node: Node, _place: Place) -> None:
    """Read on its own, before the rest: the rest is read once for each condition."""


_anything: Kind[None] = Kind(_axes, dict)
_MATRIX: Kind[None] = Kind(
    _axes,
    lambda: {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": "array", "minItems": 1},
    },
)
_CASES: Kind[None] = Kind(
    _axes, lambda: {"type": "array", "minItems": 1, "items": {"type": "object", "minProperties": 1}}
)


def _scenario_fields() -> Fields:
    shared = _shared()
    return {
        "scenario": Field(kinds.text("a name"), "What the situation is, in a sentence", required=True),
        **shared,
        "script": Field(script, "What the caller does, step by step"),
        "goal": Field(kinds.text("a goal"), "In place of a script: what the caller wants, who then improvises"),
        "facts": Field(_entities, "What an improvising caller knows, by name: it says them as they are asked for"),
        "moves": Field(
            kinds.whole("a number of moves", 1, MOST_MOVES), f"How many an improvising caller makes (default {MOVES})"
        ),
        "interrupts": Field(rate("interrupts"), "Cut into whatever the agent is saying, about so often"),
        "backchannels": Field(rate("backchannels"), "Murmur over whatever the agent is saying, about so often"),
        "truth": Field(kinds.made(_TRUTH, _truth), "What is so in this call"),
        "matrix": Field(_MATRIX, "Axes, like world.noise.snr: [20dB, 10dB]: every combination is a call of its own"),
        "cases": Field(_CASES, "A list of overrides, where axes go together"),
        "seed": Field(kinds.whole("a seed", 0, 2**63 - 1), "In place of the run's seed, for this scenario only"),
    }


_TABLE = kinds.table("a scenario", _scenario_fields, later=("brief", "judge", "agent"))


def _read_whole(node: Node, place: Place) -> dict[str, Any]:
    """What a file says, which has a script or a goal."""
    found = kinds.entries(node, "a scenario")
    values = _TABLE.read(node, place)
    if "goal" not in found:
        if "script" not in found:
            raise bad("a scenario needs a key that isn't there: a script, or a goal", node.mark, "script")
        for key in ("facts", "moves"):
            if key in found:
                raise bad(
                    f"{key} goes with a goal: a caller with a script says what is written there", found[key][0], key
                )
    elif "script" in found:
        raise bad("a goal stands in place of a script: leave out one of them", found["goal"][0], "goal")
    else:
        check_spoken(place.voice, place.language, found["goal"][1])
    return values


def _whole_schema() -> kinds.Schema:
    scripted = {"required": ["script"], "properties": dict.fromkeys(("goal", "facts", "moves"), False)}
    return {**_TABLE.schema(), "oneOf": [scripted, {"required": ["goal"], "properties": {"script": False}}]}


SCENARIO = Kind(_read_whole, _whole_schema)
"""A scenario file."""

_SHARED = kinds.table("a suite's defaults", _shared)
_DEFAULTS = Kind(lambda node, place: _SHARED.read(node, _spoken(node, place)), _SHARED.schema)

SUITE = kinds.table(
    "a suite",
    lambda: {
        "suite": Field(kinds.text("a name"), "What the suite is, in a sentence"),
        "defaults": Field(_DEFAULTS, "What its scenarios have where they don't say"),
        "gates": Field(gates, "Limits on what all the calls of a run give together"),
    },
)
"""A suite.yaml."""

PERSONA = _PERSONA
"""A persona's file."""


def read_scenario(document: Node, place: Place) -> dict[str, Any]:
    """What a scenario file says at one point of its matrix, by the names of `Scenario`'s fields.

    `repeat` is how often it's repeated. Raises BadInput for anything in it that can't be used.
    """
    values = SCENARIO.read(document, _spoken(document, place))
    _check_cues(values, document)
    named = {"scenario": "name", "caller": "persona", "script": "steps"}
    for key in ("budget", "opening"):
        if key in values:
            values[key], limits = values[key]
            values["expect"] = (*values.get("expect", ()), *limits)
    return {named.get(key, key): value for key, value in values.items() if key not in ("matrix", "cases")}


def _check_cues(values: dict[str, Any], document: Node) -> None:
    """Refuse a cue at a step that isn't there."""
    truth: Truth | None = values.get("truth")
    for number in truth.handoff.cue if truth is not None and truth.handoff is not None else ():
        many = len(values.get("script", ()))
        if not (number.isdecimal() and number.isascii() and 1 <= int(number) <= many):
            steps = [str(i + 1) for i in range(many)]
            raise bad("no such step to be a cue", _within(document, "truth", "handoff", "cue"), number, steps)


def _spoken(document: Node, place: Place) -> Place:
    """The place with the language and the voice that the lines are in: they are read before the rest."""
    entries = kinds.entries(document, "a scenario")
    if "language" in entries:
        place = dataclasses.replace(place, language=language.read(entries["language"][1], place))
    if "caller" in entries:
        place = dataclasses.replace(place, voice=_caller.read(entries["caller"][1], place).voice)
    return place


def read_gates(document: Node, place: Place) -> tuple[Expectation, ...]:
    """The gates of a suite's file, all of which is read. Raises BadInput."""
    return tuple(SUITE.read(document, place).get("gates", ()))
