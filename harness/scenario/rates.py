"""What the caller does at a rate, beside its script: `interrupts: every 30s`."""

from __future__ import annotations

from typing import Any

from harness.scenario import Line, Piece, Rate, kinds
from harness.scenario.kinds import Field, Kind, Schema
from harness.scenario.places import Place
from harness.scenario.positions import Listing, Node, Text, bad
from harness.scenario.script import interruption, interruption_kind, line, seconds

OFTENEST = 2.0
"""Seconds: nothing is done more often than about this."""

_ENGLISH = {
    "interrupts": ("Sorry, could you say that again?", "Sorry, what was that?", "Wait, could you repeat that, please?"),
    "backchannels": ("Mm-hmm.", "Okay.", "Right."),
}
"""What is said where a scenario in English gives no lines."""

_EVERY = "every "


def _period(value: float, node: Node, _place: Place) -> float:
    if value < OFTENEST:
        raise bad(f"{OFTENEST:g}s at least: nobody cuts in more often", node)
    return value


_period_kind: Kind[float] = kinds.made(seconds, _period)


def _lines(node: Node, place: Place) -> tuple[Line, ...]:
    if isinstance(node, Listing):
        return tuple(line.read(item, place) for item in kinds.items(node, "lines"))
    return (line.read(node, place),)


_LINES: Kind[tuple[Line, ...]] = Kind(
    _lines, lambda: {"anyOf": [line.schema(), {"type": "array", "items": line.schema(), "minItems": 1}]}
)


def rate(key: str) -> Kind[Rate]:
    """A rate of `interrupts` or of `backchannels`: `every 30s`, or with its lines."""

    def fields() -> dict[str, Field]:
        kind = {"kind": Field(Kind(interruption, interruption_kind.schema), "What the caller wants (default clarify)")}
        return {
            "every": Field(_period_kind, "About how often, like 30s: half to one and a half times as long", True),
            **(kind if key == "interrupts" else {}),
            "say": Field(_LINES, "A line, or a list of lines that take turns (default: English ones)"),
        }

    table = kinds.table(key, fields)

    def read(node: Node, place: Place) -> Rate:
        values: dict[str, Any]
        if isinstance(node, Text):
            text = kinds.words(node, "a rate")
            if not text.startswith(_EVERY):
                raise bad("write it like `every 30s`, or as keys and values", node)
            values = {"every": _period_kind.read(Text(node.mark, text.removeprefix(_EVERY)), place)}
        else:
            values = table.read(node, place)
        lines = values.get("say") or _english(key, node, place)
        return Rate(values["every"], lines, values.get("kind", "clarify") if key == "interrupts" else "backchannel")

    def schema() -> Schema:
        plain = {"type": "string", "pattern": rf"^{_EVERY}\d+(\.\d+)?\s*(s|ms)$", "description": "Like: every 30s"}
        return {"anyOf": [plain, table.schema()]}

    return Kind(read, schema)


def _english(key: str, node: Node, place: Place) -> tuple[Line, ...]:
    if place.language.partition("-")[0].lower() != "en":
        raise bad(f"the lines of {key} that are there are English: add `say`", node.mark, place.language)
    return tuple((Piece(text, place.language),) for text in _ENGLISH[key])
