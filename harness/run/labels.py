"""What happened in a call that somebody else recorded, as they write it: the rows of `events.json`.

A row is one of a timeline's: its `type`, `at` in samples at 16 kHz, and what else an event of its
type holds. Whatever is counted in samples may be given in seconds instead, under its name and `_s`.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from harness.audio import samples
from harness.errors import BadInput
from harness.recording import in_order
from harness.scenario import INTERRUPTIONS, MURMURS
from harness.timeline import Event, Interrupted, LineSaid, Murmured, Party, event_from_json

SAMPLES = ("at", "end", "planned", "knowable", "samples", "left", "next")
"""What is counted in samples."""

TYPES: Mapping[str, type[Event]] = {cls.__name__: cls for cls in Event.__subclasses__()}


def read_labels(path: Path, length: int, language: str) -> tuple[Event, ...]:
    """The events of a file: a JSON list of rows, or a row a line.

    length: of the recording, in samples: nothing happens behind its end. language: of lines that
    don't say theirs. Raises BadInput, with the row's number, for what isn't an event.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise BadInput(f"can't read the events: {problem.strerror}", file=path) from problem
    except UnicodeDecodeError as problem:
        raise BadInput("the events are no UTF-8", file=path) from problem
    return in_order([_event(row, number, path, length, language) for number, row in _rows(text, path)])


def _rows(text: str, path: Path) -> Sequence[tuple[int, Any]]:
    """The rows with their numbers, from 1; a timeline's own first line is none."""
    try:
        if text.lstrip().startswith("["):
            rows = list(enumerate(json.loads(text), 1))
        else:
            lines = enumerate(text.split("\n"), 1)
            rows = [(number, json.loads(line)) for number, line in lines if line.strip()]
    except (ValueError, RecursionError) as problem:
        raise BadInput("not events: a JSON list of rows, or a row a line", file=path, value=problem) from problem
    return [(n, row) for n, row in rows if not (isinstance(row, dict) and row.get("type") == "Provenance")]


def _event(row: Any, number: int, path: Path, length: int, language: str) -> Event:
    where = f"row {number}"
    if not isinstance(row, dict) or not isinstance(row.get("type"), str):
        raise BadInput(f"{where} is no event: an object with `type` and `at` or `at_s`", file=path, value=row)
    if row["type"] not in TYPES:
        raise BadInput(f"{where}: no such type of event", file=path, value=row["type"], known=TYPES)
    cls = TYPES[row["type"]]
    plain = {"type": row["type"], **_filled(_counted(row, where, path), cls, number, language)}
    known = [field.name for field in dataclasses.fields(cls)]
    for name in plain:
        if name not in ("type", *known):
            raise BadInput(f"{where}: {row['type']} holds no such thing", file=path, value=name, known=known)
    missing = [f.name for f in dataclasses.fields(cls) if _bare(f) and f.name not in plain]
    if missing:
        raise BadInput(f"{where}: {row['type']} without", file=path, value=missing[0])
    try:
        event = event_from_json(plain)
    except (KeyError, TypeError, ValueError) as problem:
        raise BadInput(f"{where} is no event", file=path, value=problem) from problem
    _check(event, where, path, length)
    return event


def _counted(row: Mapping[str, Any], where: str, path: Path) -> dict[str, Any]:
    """A row with its seconds as samples."""
    plain: dict[str, Any] = {}
    for name, value in row.items():
        bare = name.removesuffix("_s")
        if name == "type":
            continue
        if name == bare or bare not in SAMPLES:
            plain[name] = value
            continue
        if bare in row:
            raise BadInput(f"{where}: both `{bare}` and `{name}`: which?", file=path)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
            raise BadInput(f"{where}: `{name}` is a number of seconds", file=path, value=value)
        plain[bare] = samples(value)
    return plain


def _filled(plain: dict[str, Any], cls: type[Event], number: int, language: str) -> dict[str, Any]:
    """A row with what only our own calls know: which step it was, and when it was planned."""
    if "at" not in plain:
        return plain
    own: dict[str, Any] = {"step": number - 1, "planned": plain["at"], "knowable": plain["at"]}
    if cls is LineSaid:
        own |= {"kind": "say", "language": language}
    names = {field.name for field in dataclasses.fields(cls)}
    return {**{name: value for name, value in own.items() if name in names}, **plain}


def _bare(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _check(event: Event, where: str, path: Path, length: int) -> None:
    if event.at > length:
        raise BadInput(f"{where} lies behind the recording's end, {length} samples", file=path, value=event.at)
    kinds: tuple[str, ...] | None = None
    if isinstance(event, Interrupted):
        kinds = INTERRUPTIONS
    elif isinstance(event, Murmured):
        kinds = MURMURS
    elif isinstance(event, LineSaid):
        kinds = ("say", *INTERRUPTIONS, *MURMURS)
        if not event.at < event.end <= length:
            raise BadInput(f"{where}: a line ends behind its start, within the recording", file=path, value=event.end)
    if kinds is not None:
        kind = getattr(event, "kind", "")
        if kind not in kinds:
            raise BadInput(f"{where}: no such kind", file=path, value=kind, known=kinds)


# --- for editors


def schema() -> dict[str, Any]:
    """The JSON Schema of `events.json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What happened in a recording",
        "type": "array",
        "items": {"anyOf": [_row_schema(cls) for cls in TYPES.values()]},
    }


_OURS = ("step", "planned", "knowable")
_KINDS: Mapping[type[Event], tuple[str, ...]] = {
    Interrupted: INTERRUPTIONS,
    Murmured: MURMURS,
    LineSaid: ("say", *INTERRUPTIONS, *MURMURS),
}


def _row_schema(cls: type[Event]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    properties: dict[str, Any] = {"type": {"const": cls.__name__}}
    either: list[dict[str, Any]] = []
    required = ["type"]
    for field in dataclasses.fields(cls):
        properties[field.name] = _schema_of(hints[field.name])
        needed = (
            _bare(field) and field.name not in _OURS and not (cls is LineSaid and field.name in ("kind", "language"))
        )
        if field.name in SAMPLES:
            properties[field.name] |= {"description": "Samples at 16 kHz"}
            properties[f"{field.name}_s"] = {"type": "number", "minimum": 0, "description": "The same in seconds"}
            either += [{"oneOf": [{"required": [field.name]}, {"required": [f"{field.name}_s"]}]}] if needed else []
        elif needed:
            required.append(field.name)
    if cls in _KINDS:
        properties["kind"] = {"enum": list(_KINDS[cls])}
    row = {"type": "object", "title": cls.__name__, "description": (cls.__doc__ or "").partition("\n")[0]}
    rest = {"properties": properties, "required": required, "additionalProperties": False}
    return {**row, **rest, **({"allOf": either} if either else {})}


_PLAIN: Mapping[Any, str] = {int: "integer", str: "string", float: "number", bool: "boolean", type(None): "null"}


def _schema_of(hint: Any) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Party:
        return {"enum": [party.value for party in Party]}
    if hint is int:
        return {"type": "integer", "minimum": 0}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema_of(one) for one in arguments]}
    if origin is tuple:
        return {"type": "array"}
    return {"type": "object"} if origin is not None else {}
