"""The conditions of a scenario: each point of its matrix as a document of its own.

An axis is a path into the document and what to put there: the document is changed as it was
written and read anew, so that every value is checked as if its author had written it in place.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from harness.scenario import kinds
from harness.scenario.positions import Listing, Mark, Node, Table, Text, bad, written

MOST = 10_000
"""How many calls one scenario may be."""

_FIXED = ("scenario", "tags", "matrix", "cases", "repeat", "seed")
"""What is the same in every condition."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A point of the matrix: what stands on each axis, as it was written, and the document there."""

    axes: Mapping[str, str]
    document: Table


_Override = Mapping[str, tuple[Mark, Node]]
"""Path → (where it's written, what to put there)."""


def conditions(document: Table) -> tuple[Condition, ...]:
    """Every condition of a scenario: the product of its axes and its cases, one where there are none.

    Raises BadInput for an axis that leads nowhere or changes what is the same in every condition,
    for one with nothing or the same thing twice on it, and for more than MOST.
    """
    axes = _axes(document)
    cases = _cases(document)
    many = math.prod(len(values) for values in axes.values()) * max(len(cases), 1)
    if many > MOST:
        raise bad(f"a scenario is at most {MOST} calls", document.mark, f"{many} calls")
    points = [dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())]
    return tuple(_at(document, {**point, **case}) for point in points for case in cases or [{}])


def _axes(document: Table) -> dict[str, list[tuple[Mark, Node]]]:
    """The axes of `matrix`: path → the values on it."""
    if "matrix" not in document.entries:
        return {}
    node = document.entries["matrix"][1]
    found: dict[str, list[tuple[Mark, Node]]] = {}
    for path, (mark, values) in kinds.entries(node, "a matrix").items():
        _check_path(path, mark, found)
        items = kinds.items(values, "values")
        for i, item in enumerate(items):
            if written(item) in [written(other) for other in items[:i]]:
                raise bad("the same value twice on an axis", item)
        found[path] = [(item.mark, item) for item in items]
    if not found:
        raise bad("a matrix without an axis", node)
    return found


def _cases(document: Table) -> list[_Override]:
    """The overrides of `cases`, none of which touches an axis of `matrix`."""
    if "cases" not in document.entries:
        return []
    axes = list(_axes(document))
    found: list[_Override] = []
    for item in kinds.items(document.entries["cases"][1], "cases"):
        overrides = kinds.entries(item, "a case")
        paths = list(axes)
        for path, (mark, _) in overrides.items():
            _check_path(path, mark, paths)
            paths.append(path)
        if not overrides:
            raise bad("a case that changes nothing", item)
        if _named(overrides) in [_named(other) for other in found]:
            raise bad("the same case twice", item)
        found.append(overrides)
    return found


def _check_path(path: str, mark: Mark, others: Mapping[str, object] | list[str]) -> None:
    first = path.partition(".")[0]
    if first in _FIXED:
        raise bad(f"{first} is the same in every condition: it can't be an axis", mark, path)
    if not all(path.split(".")):
        raise bad("an axis is a path like world.noise.snr", mark, path)
    for other in others:
        if f"{path}.".startswith(f"{other}.") or f"{other}.".startswith(f"{path}."):
            raise bad(f"one axis lies inside another ({other})", mark, path)


def _named(overrides: _Override) -> dict[str, str]:
    return {path: " ".join(written(node).split()) for path, (_, node) in overrides.items()}


def _at(document: Table, overrides: _Override) -> Condition:
    node: Node = document
    for path, (mark, value) in overrides.items():
        node = _put(node, path.split("."), value, mark, path)
    assert isinstance(node, Table)
    return Condition(_named(overrides), node)


def _put(node: Node, path: list[str], value: Node, mark: Mark, whole: str) -> Node:
    """The node with a value put behind a path; what is missing on the way is made."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(node, Text):
        raise bad(f"the axis leads into a text, which has no {key}", mark, whole)
    if isinstance(node, Table):
        at, inside = node.entries.get(key, (mark, Table(mark, {})))
        return Table(node.mark, {**node.entries, key: (at, _put(inside, rest, value, mark, whole))})
    if not key.isascii() or not key.isdecimal() or not 1 <= int(key[:9]) <= len(node.items):
        raise bad(f"the axis leads into a list of {len(node.items)}: name an item by its number, from 1", mark, whole)
    place = int(key[:9]) - 1
    items = (*node.items[:place], _put(node.items[place], rest, value, mark, whole), *node.items[place + 1 :])
    return Listing(node.mark, items)
