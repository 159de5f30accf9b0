"""A scenario as `scenario.json` in a call's folder: out as plain data, and back to an equal value."""

from __future__ import annotations

import dataclasses
import json
import re
import types
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from harness.errors import BadInput
from harness.scenario import Scenario, Step
from harness.score import Limit

NAME = "scenario.json"

_STEPS: dict[str, type] = {re.sub(r"\B(?=[A-Z])", "_", cls.__name__).lower(): cls for cls in get_args(Step)}
"""The name a step is saved under: in `scenario.json` each says which it is."""

_STEP_NAMES = {cls: name for name, cls in _STEPS.items()}


def to_json(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain data."""
    plain = _plain(scenario)
    assert isinstance(plain, dict)
    return plain


def from_json(plain: Any, *, file: object | None = None) -> Scenario:
    """The scenario that `to_json` gave.

    Raises BadInput, with the path inside the document, for what no scenario is saved as.
    """
    try:
        scenario = _value(Scenario, plain, "scenario")
    except BadInput as problem:
        raise BadInput(f"not a saved scenario: {problem.problem}", file=file, value=problem.value) from problem
    assert isinstance(scenario, Scenario)
    return scenario


def save(scenario: Scenario, folder: Path) -> None:
    """Write `scenario.json` into the call's folder."""
    text = json.dumps(to_json(scenario), ensure_ascii=False, indent=1)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def load(folder: Path) -> Scenario:
    """Read back what `save` wrote. Raises BadInput where it can't be read."""
    path = folder / NAME
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as problem:
        raise BadInput("can't read the saved scenario", file=path, value=problem) from problem
    return from_json(plain, file=path)


def _plain(value: Any) -> Any:
    if isinstance(value, Limit):
        return value.text
    if dataclasses.is_dataclass(value):
        fields = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        step = _STEP_NAMES.get(type(value))
        return {"step": step, **fields} if step else fields
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _value(kind: Any, plain: Any, path: str) -> Any:
    """Plain data as a value of a type, as the fields of our dataclasses are annotated."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any:
        return plain
    if kind is Limit:
        return _limit(plain, path)
    if origin is Literal:
        return _held(plain, plain in arguments if isinstance(plain, str) else False, path, f"one of {arguments}")
    if origin in (Union, types.UnionType):
        return _union(arguments, plain, path)
    if origin is tuple:
        _held(plain, isinstance(plain, list), path, "a list")
        return tuple(_value(arguments[0], item, f"{path}[{i}]") for i, item in enumerate(plain))
    if origin is not None and issubclass(origin, Mapping):
        _held(plain, isinstance(plain, dict), path, "an object")
        return {key: _value(arguments[1], item, f"{path}.{key}") for key, item in plain.items()}
    if dataclasses.is_dataclass(kind):
        return _record(kind, plain, path)
    if kind is float:
        return float(_held(plain, isinstance(plain, int | float) and not isinstance(plain, bool), path, "a number"))
    return _held(plain, type(plain) is kind, path, f"of type {kind.__name__}")


def _held(plain: Any, holds: bool, path: str, what: str) -> Any:
    if not holds:
        raise BadInput(f"should be {what}", value=path)
    return plain


def _limit(plain: Any, path: str) -> Limit:
    _held(plain, isinstance(plain, str), path, "a limit")
    try:
        return Limit.parse(plain)
    except BadInput as problem:
        raise BadInput(problem.problem, value=path) from problem


def _union(kinds: tuple[Any, ...], plain: Any, path: str) -> Any:
    """A step by the name it was saved under, or a value that may be None."""
    if plain is None and type(None) in kinds:
        return None
    inner = [kind for kind in kinds if kind is not type(None)]
    if len(inner) == 1:
        return _value(inner[0], plain, path)
    _held(plain, isinstance(plain, dict) and plain.get("step") in _STEPS, path, f"a step, one of {tuple(_STEPS)}")
    return _record(_STEPS[plain["step"]], {key: item for key, item in plain.items() if key != "step"}, path)


def _record(cls: Any, plain: Any, path: str) -> Any:
    _held(plain, isinstance(plain, dict), path, "an object")
    hints = _hints(cls)
    for key in plain:
        _held(plain, key in hints, f"{path}.{key}", f"one of {tuple(hints)}")
    values = {key: _value(hints[key], item, f"{path}.{key}") for key, item in plain.items()}
    for field in dataclasses.fields(cls):
        bare = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        _held(plain, not bare or field.name in plain, f"{path}.{field.name}", "there")
    return cls(**values)
