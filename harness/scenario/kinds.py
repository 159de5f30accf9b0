"""What may stand at a place in a scenario file: how it is read, and how an editor is told of it.

A `Kind` holds both, so that the JSON Schema is made from the very tables that read the file. Every
reader takes a node and its place and gives a value, or raises BadInput with the file and the line.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from harness.errors import BadInput
from harness.scenario.places import Place
from harness.scenario.positions import Listing, Mark, Node, Table, Text, bad
from harness.text.quantities import Quantity, read_quantity

T = TypeVar("T", covariant=True)
Schema: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """What may stand at a place: `read` gives its value, `schema` its JSON Schema."""

    read: Callable[[Node, Place], T]
    schema: Callable[[], Schema]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a table: what stands behind it, what it means, and whether it must be there."""

    kind: Kind[Any]
    help: str
    required: bool = False


Fields: TypeAlias = Mapping[str, Field]


def scalar(node: Node, what: str) -> Text:
    """The node as a scalar with something in it."""
    if isinstance(node, Listing):
        raise bad(f"a list where {what} should stand", node)
    if isinstance(node, Table):
        raise bad(f"keys and values where {what} should stand", node)
    if not node.value.strip():
        raise bad(f"nothing is written where {what} should stand{_CUT if node.cut else ''}", node)
    return node


_CUT = " (a # begins a comment: put the text in quotes)"


def words(node: Node, what: str, *, spoken: bool = False) -> str:
    """A text, its white space made single.

    spoken: a line to say, where a comment behind an unquoted text is refused: it was seldom meant.
    """
    text = scalar(node, what)
    if spoken and text.cut:
        raise bad("an unquoted # cuts the line short: put it in quotes, or the comment on a line of its own", text)
    value = " ".join(text.value.split())
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co") for character in value):
        raise bad(f"a character that can't be said or shown in {what}", text)
    return value


def text(what: str, pattern: str | None = None, cure: str = "") -> Kind[str]:
    """A text; with a pattern, one that matches the whole of it."""
    form = re.compile(pattern) if pattern else None

    def read(node: Node, _place: Place) -> str:
        value = words(node, what)
        if form and not form.fullmatch(value):
            raise bad(f"not {what}: {cure}", node)
        return value

    anything: Schema = {"type": ["string", "number", "boolean"]}
    matching: Schema = {"type": ["string", "integer"], "pattern": f"^(?:{pattern})$"}
    return Kind(read, lambda: dict(matching if pattern else anything))


def one_of(what: str, names: Callable[[], Iterable[str]], later: Iterable[str] = ()) -> Kind[str]:
    """One of the names there are; `later` are those that the design has and this version doesn't yet."""
    unbuilt = tuple(later)

    def read(node: Node, _place: Place) -> str:
        value = words(node, what)
        known = tuple(names())
        if value in known:
            return value
        if value in unbuilt:
            raise bad("isn't built yet", node)
        raise bad(f"not {what}: it is one of {_listed(known)}", node, known=known)

    return Kind(read, lambda: {"type": "string", "enum": list(names())})


def _listed(names: tuple[str, ...]) -> str:
    shown = names if len(names) <= 12 else (*names[:12], "…")
    return ", ".join(shown) if shown else "none"


def quantity(measure: Quantity, most: float = math.inf) -> Kind[float]:
    """A number with its unit, in the base unit; `most` is the greatest that makes sense here."""

    def read(node: Node, _place: Place) -> float:
        written = words(node, measure.name)
        try:
            value = read_quantity(written, measure)
        except BadInput as problem:
            raise bad(problem.problem, node) from problem
        if value > most or not math.isfinite(value):
            raise bad(f"{measure.name} can't be more than {most:g} here", node)
        return value

    sign = "" if measure.least >= 0 else "-?"
    units = "|".join(re.escape(unit) for unit, _ in measure.units)
    schema = {"type": "string", "pattern": rf"^{sign}\d+(\.\d+)?\s*({units})$"}
    return Kind(read, lambda: dict(schema))


def whole(what: str, least: int, most: int) -> Kind[int]:
    """A whole number."""

    def read(node: Node, _place: Place) -> int:
        value = words(node, what)
        if not re.fullmatch(r"-?[0-9]{1,18}", value):
            raise bad(f"not {what}: write a whole number", node)
        if not least <= int(value) <= most:
            raise bad(f"{what} lies between {least} and {most}", node)
        return int(value)

    return Kind(read, lambda: {"type": "integer", "minimum": least, "maximum": most})


def number(what: str) -> Kind[float]:
    """A bare number, where nothing has a unit."""

    def read(node: Node, _place: Place) -> float:
        value = words(node, what)
        if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", value):
            raise bad(f"not {what}: write a number", node)
        return float(value)

    return Kind(read, lambda: {"type": "number"})


def yes_or_no(what: str) -> Kind[bool]:
    """true or false; `yes` and `no` will do."""

    def read(node: Node, _place: Place) -> bool:
        value = words(node, what).lower()
        if value not in ("true", "yes", "false", "no"):
            raise bad(f"not {what}: write true or false", node)
        return value in ("true", "yes")

    return Kind(read, lambda: {"type": "boolean"})


def items(node: Node, what: str) -> tuple[Node, ...]:
    """The items of a list with at least one."""
    if not isinstance(node, Listing):
        raise bad(f"a list of {what} should stand here: begin each with a dash", node)
    if not node.items:
        raise bad(f"an empty list where {what} should stand", node)
    return node.items


def list_of(kind: Kind[T], what: str) -> Kind[tuple[T, ...]]:
    """A list with at least one item."""

    def read(node: Node, place: Place) -> tuple[T, ...]:
        return tuple(kind.read(item, place) for item in items(node, what))

    return Kind(read, lambda: {"type": "array", "items": kind.schema(), "minItems": 1})


def one_or_list_of(kind: Kind[T], what: str) -> Kind[tuple[T, ...]]:
    """One item, or a list of them."""
    many = list_of(kind, what)

    def read(node: Node, place: Place) -> tuple[T, ...]:
        return many.read(node, place) if isinstance(node, Listing) else (kind.read(node, place),)

    return Kind(read, lambda: {"anyOf": [kind.schema(), many.schema()]})


def entries(node: Node, what: str) -> Mapping[str, tuple[Mark, Node]]:
    """The entries of a table."""
    if not isinstance(node, Table):
        raise bad(f"{what} is written as keys and values", node)
    return node.entries


def table(what: str, fields: Callable[[], Fields], later: Iterable[str] = ()) -> Kind[dict[str, Any]]:
    """Keys and values: the values that were written, by key, each as its field reads it.

    later: keys that the design has and this version doesn't yet.
    """
    unbuilt = tuple(later)

    def read(node: Node, place: Place) -> dict[str, Any]:
        known = fields()
        found = entries(node, what)
        for key, (mark, _) in found.items():
            if key in unbuilt:
                raise bad("isn't built yet", mark, key)
            if key not in known:
                raise bad(f"no such key in {what}", mark, key, known=known)
        for key, field in known.items():
            if field.required and key not in found:
                raise bad(f"{what} needs a key that isn't there", node.mark, key)
        return {key: known[key].kind.read(value, place) for key, (_, value) in found.items()}

    return Kind(read, lambda: object_schema(fields()))


def table_of(kind: Kind[T], what: str) -> Kind[dict[str, T]]:
    """Keys of the author's choice, all with the same kind of value."""

    def read(node: Node, place: Place) -> dict[str, T]:
        return {key: kind.read(value, place) for key, (_, value) in entries(node, what).items()}

    return Kind(read, lambda: {"type": "object", "additionalProperties": kind.schema()})


def object_schema(fields: Fields) -> Schema:
    """The JSON Schema of a table."""
    schema: Schema = {
        "type": "object",
        "properties": {key: {"description": field.help, **field.kind.schema()} for key, field in fields.items()},
        "additionalProperties": False,
    }
    required = [key for key, field in fields.items() if field.required]
    return {**schema, "required": required} if required else schema


Made = TypeVar("Made")


def made(kind: Kind[T], make: Callable[[T, Node, Place], Made]) -> Kind[Made]:
    """A kind whose value is made into another."""
    return Kind(lambda node, place: make(kind.read(node, place), node, place), kind.schema)
