"""What the caller does, step by step, and the lines it says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from harness.scenario import (
    INTERRUPTIONS,
    Backchannel,
    Interrupt,
    Line,
    Piece,
    Press,
    Say,
    Silence,
    Step,
    kinds,
)
from harness.scenario.kinds import Field, Kind, Schema
from harness.scenario.places import Place, told
from harness.scenario.plugged import check_recorded, check_spoken
from harness.scenario.positions import Listing, Node, Table, Text, bad
from harness.text.quantities import Quantity, Seconds

LONGEST = 300.0
"""Seconds: no time in a script is longer than a call may be."""

TIME: Quantity = Seconds.__metadata__[0]  # type: ignore[attr-defined]

_LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*"

seconds: Kind[float] = kinds.quantity(TIME, LONGEST)
language: Kind[str] = kinds.text("a language", _LANGUAGE, "write its BCP-47 tag, like en-IN or hi")

# ---- a line ----

_RECORDED = kinds.table(
    "a recorded line",
    lambda: {
        "audio": Field(kinds.text("a recording"), "A sound file beside the scenario", required=True),
        "text": Field(kinds.text("the text of a recording"), "What is said in it", required=True),
        "language": Field(language, "What it is said in, where that isn't the scenario's language"),
    },
)


def _piece(node: Node, place: Place) -> Piece:
    if not isinstance(node, Table):
        check_spoken(place.voice, place.language, node)
        return Piece(kinds.words(node, "a line", spoken=True), place.language)
    if "audio" in node.entries or "text" in node.entries:
        return _recorded(node, place)
    if len(node.entries) != 1:
        raise bad("a line in a language has one key, the language: write a list to say more than one", node)
    ((key, (mark, value)),) = node.entries.items()
    spoken_in = language.read(Text(mark, key), place)
    check_spoken(place.voice, spoken_in, value)
    return Piece(kinds.words(value, "a line", spoken=True), spoken_in)


def _recorded(node: Table, place: Place) -> Piece:
    values = _RECORDED.read(node, place)
    named = kinds.scalar(node.entries["audio"][1], "a recording")
    path = place.file(dataclasses.replace(named, value=values["audio"]))
    place.take(path)
    piece = Piece(values["text"], values.get("language", place.language), told(path))
    check_recorded(str(path), piece.text, piece.language, named)
    return piece


def _read_line(node: Node, place: Place) -> Line:
    if isinstance(node, Listing):
        return tuple(_piece(item, place) for item in kinds.items(node, "pieces of a line"))
    return (_piece(node, place),)


def _line_schema() -> Schema:
    plain: Schema = {"type": ["string", "number", "boolean"], "description": "What is said, in the scenario's language"}
    spoken: Schema = {
        "type": "object",
        "description": "What is said, behind its language",
        "patternProperties": {f"^{_LANGUAGE}$": {"type": ["string", "number", "boolean"]}},
        "propertyNames": {"not": {"enum": ["audio", "text"]}},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    piece: Schema = {"anyOf": [plain, spoken, _RECORDED.schema()]}
    mixed = {"type": "array", "items": piece, "minItems": 1, "description": "A line that switches language inside"}
    return {"anyOf": [*piece["anyOf"], mixed]}


line: Kind[Line] = Kind(_read_line, _line_schema)
"""A text, a text behind its language, a recording with its text, or a list of these."""

# ---- the steps ----

_UNBUILT_KINDS = ("cough", "noise_burst", "side_speech", "filler")
_UNBUILT_STEPS = ("cough", "noise_burst", "side_speech", "filler", "hold", "switch", "hang_up", "wait", "goal")


def _interruption(node: Node, place: Place) -> str:
    if isinstance(node, Text) and node.value == "backchannel":
        raise bad("a backchannel is a step of its own: write `- backchannel: {after: …, say: …}`", node)
    return _KIND.read(node, place)


_KIND = kinds.one_of("a kind of interruption", lambda: INTERRUPTIONS, later=_UNBUILT_KINDS)

_INTERRUPT = kinds.table(
    "an interruption",
    lambda: {
        "after": Field(seconds, "How long after the onset of the agent's next turn, like 1.2s", required=True),
        "kind": Field(Kind(_interruption, _KIND.schema), "What the caller wants with it (default correction)"),
        "say": Field(line, "What the caller says", required=True),
    },
)

_BACKCHANNEL = kinds.table(
    "a backchannel",
    lambda: {
        "during": Field(kinds.one_of("a time", lambda: ("next turn",)), "Over which of the agent's turns"),
        "after": Field(seconds, "How long after that turn's onset (default 1s)"),
        "say": Field(line, "What the caller murmurs", required=True),
    },
)


def _backchannel(values: dict[str, Any]) -> Backchannel:
    values.pop("during", None)
    return Backchannel(values.pop("say"), **values)


_KEYS = kinds.text("telephone keys", r"[0-9*#A-D]{1,32}", "0 to 9, *, # and A to D, in quotes")

_STEPS: Mapping[str, tuple[Field, Callable[[Any], Step]]] = {
    "say": (Field(line, "Say a line once the agent's turn has ended, after a breath"), Say),
    "interrupt": (
        Field(_INTERRUPT, "Cut into the agent's next turn: the agent should yield"),
        lambda values: Interrupt(values.pop("say"), **values),
    ),
    "backchannel": (
        Field(_BACKCHANNEL, "Murmur over the agent's next turn: the agent should go on"),
        _backchannel,
    ),
    "silence": (Field(seconds, "Say nothing for so long once the agent's turn has ended, like 10s"), Silence),
    "press": (Field(_KEYS, 'Press telephone keys once the agent\'s turn has ended, like "1"'), Press),
}


def _read_step(node: Node, place: Place) -> Step:
    if not isinstance(node, Table):
        raise bad(f"a step is one of {', '.join(_STEPS)}, and a colon", node, known=_STEPS)
    if len(node.entries) != 1:
        raise bad("a step does one thing: begin each with a dash of its own", node)
    ((key, (mark, value)),) = node.entries.items()
    if key in _UNBUILT_STEPS:
        raise bad("isn't built yet", mark, key)
    if key not in _STEPS:
        raise bad(f"no such step: it's one of {', '.join(_STEPS)}", mark, key, _STEPS)
    field, make = _STEPS[key]
    return make(field.kind.read(value, place))


def _step_schema() -> Schema:
    schema = kinds.object_schema({key: field for key, (field, _) in _STEPS.items()})
    return {**schema, "minProperties": 1, "maxProperties": 1}


script: Kind[tuple[Step, ...]] = kinds.list_of(Kind(_read_step, _step_schema), "steps")
"""The steps, in order."""
