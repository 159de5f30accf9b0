"""A suite: the scenarios that a run was told, read all in one go, and the gates on the whole run.

`suite.yaml` stands at a suite's root and holds what its scenarios have where they don't say, and
the gates. The nearest one at or above a scenario is its suite's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.errors import BadInput
from harness.scenario import Expectation, Scenario, document, kinds
from harness.scenario.matrix import MOST, conditions
from harness.scenario.naming import call_ids, condition_slugs, file_slugs
from harness.scenario.places import Place, told
from harness.scenario.positions import Mark, Node, Table, bad, parse, read_bytes, written
from harness.statistics import seed_from

NAME = "suite.yaml"

_MERGED = ("world", "expect", "budget", "opening")
"""Defaults that a scenario adds to, key by key; any other it says anew."""


@dataclass(frozen=True, slots=True)
class Suite:
    """The calls to be made, in order, and the gates on them together.

    root: the folder that the suite's own names (personas, recordings) are looked up in; of several
    suites, the first's.
    """

    scenarios: tuple[Scenario, ...]
    gates: tuple[Expectation, ...]
    root: Path


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a suite.yaml says."""

    root: Path
    defaults: Mapping[str, tuple[Mark, Node]]
    gates: tuple[Expectation, ...]


def read_suite(
    paths: Sequence[Path], *, seed: int = 0, repeat: int | None = None, tags: frozenset[str] = frozenset()
) -> Suite:
    """The scenarios in files and folders (but for personas/ and suite.yaml), as the calls to be made.

    seed: the run's. repeat: in place of the scenarios' own. tags: only scenarios that have one of
    these. Raises BadInput for the first thing that can't be used: a path that isn't there, a folder
    without a scenario, anything wrong in a file, tags that nothing has. Never half a suite.
    """
    rules: dict[Path, _Rules] = {}
    found: list[tuple[Path, _Rules, list[Scenario]]] = []
    for file, told_folder in _files(paths):
        root = _root(file, told_folder)
        if root not in rules:
            rules[root] = _read_rules(root)
        found.append((file, rules[root], _read_file(file, rules[root], seed, repeat)))
    scenarios = _chosen(_named(found), tags)
    gates = tuple(gate for rule in rules.values() for gate in rule.gates)
    return Suite(scenarios, gates, next(iter(rules)))


# ---- which files ----


def _files(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Each scenario's file, once, with the folder it was found through."""
    if not paths:
        raise BadInput("no scenario: name a file or a folder")
    found: dict[Path, tuple[Path, Path]] = {}
    for path in paths:
        for file in _below(path):
            found.setdefault(file.resolve(), (file, path if path.is_dir() else path.parent))
    return list(found.values())


def _below(path: Path) -> Iterator[Path]:
    try:
        if path.is_dir():
            files = [
                file
                for file in sorted(path.rglob("*.yaml"))
                if file.name != NAME and "personas" not in file.relative_to(path).parts[:-1] and file.is_file()
            ]
            if not files:
                raise BadInput("no scenario in the folder", file=told(path), value=f"{path.name or path}/*.yaml")
            yield from files
        elif path.name == NAME:
            raise BadInput("this is a suite's own file: name its folder", file=told(path), value=path.name)
        elif path.is_file():
            yield path
        else:
            raise _missing(path)
    except (OSError, ValueError) as problem:
        raise BadInput("can't read the path", value=path) from problem


def _missing(path: Path) -> BadInput:
    beside = path.parent
    known = [str(beside / other.name) for other in beside.iterdir()] if beside.is_dir() else []
    return BadInput("no such file or folder", value=path, known=known)


def _root(file: Path, told_folder: Path) -> Path:
    """The nearest folder at or above a scenario that holds a suite.yaml, else the one that was told."""
    for folder in file.absolute().parents:
        if (folder / NAME).is_file():
            return folder
    return told_folder.absolute()


# ---- what they say ----


def _read_rules(root: Path) -> _Rules:
    path = root / NAME
    if not path.is_file():
        return _Rules(root, {}, ())
    shown = told(path)
    node = parse(read_bytes(path, shown), shown)
    gates = document.read_gates(node, Place(root, root))
    entries = kinds.entries(node, "a suite")
    defaults = kinds.entries(entries["defaults"][1], "defaults") if "defaults" in entries else {}
    return _Rules(root, defaults, gates)


def _with_defaults(node: Table, defaults: Mapping[str, tuple[Mark, Node]]) -> Table:
    merged = dict(node.entries)
    for key, (mark, value) in defaults.items():
        own = merged.get(key)
        if own is None:
            merged[key] = (mark, value)
        elif key in _MERGED and isinstance(own[1], Table) and isinstance(value, Table):
            merged[key] = (own[0], Table(own[1].mark, {**value.entries, **own[1].entries}))
    return Table(node.mark, merged)


def _read_file(file: Path, rules: _Rules, seed: int, repeat: int | None) -> list[Scenario]:
    """A file's scenarios: one for each condition and repeat, named so far by their condition only."""
    shown = told(file)
    content = read_bytes(file, shown)
    node = parse(content, shown)
    if not isinstance(node, Table):
        raise bad("a scenario is written as keys and values", node)
    place = Place(file.absolute().parent, rules.root)
    points = conditions(_with_defaults(node, rules.defaults))
    read = [document.read_scenario(point.document, place) for point in points]
    times = [repeat or values.pop("repeat", 1) for values in read]
    if sum(times) > MOST:
        raise bad(f"a scenario is at most {MOST} calls", node.mark, f"{sum(times)} calls")
    digest = _digest(content, place, rules)
    slugs = condition_slugs([point.axes for point in points])
    name = _relative(file, rules.root)
    return [
        _scenario(values, name, seed, id=condition, file=shown, condition=point.axes, repeat=i, digest=digest)
        for point, condition, values, many in zip(points, slugs, read, times, strict=True)
        for i in range(many)
    ]


def _scenario(values: Mapping[str, Any], name: str, seed: int, *, repeat: int, **known: Any) -> Scenario:
    chosen = {key: value for key, value in values.items() if key not in ("seed", "repeat")}
    own = seed_from(values.get("seed", seed), name, repeat)
    return Scenario(**chosen, **known, seed=own, repeat=repeat)


def _relative(file: Path, root: Path) -> str:
    """A file's name from its suite's root on: the same on every machine and from every folder."""
    whole = file.absolute()
    return (whole.relative_to(root) if whole.is_relative_to(root) else Path(whole.name)).as_posix()


def _digest(content: bytes, place: Place, rules: _Rules) -> str:
    """A hash over all that the scenario was read from: its file, its persona, recordings, and the defaults."""
    whole = hashlib.sha256(content)
    for name, further in sorted(place.taken.items()):
        whole.update(f"\n{name} {len(further)}\n".encode() + further)
    for key, (_, value) in sorted(rules.defaults.items()):
        whole.update(f"\n{key}: {written(value)}".encode())
    return whole.hexdigest()


# ---- which calls ----


def _named(found: Sequence[tuple[Path, _Rules, list[Scenario]]]) -> tuple[Scenario, ...]:
    slugs = file_slugs([Path(_relative(file, rules.root)) for file, rules, _ in found])
    calls = [
        (f"{slug}-{one.id}" if one.id else slug, one)
        for slug, (_, _, scenarios) in zip(slugs, found, strict=True)
        for one in scenarios
    ]
    ids = call_ids([stem for stem, _ in calls], [one.repeat for _, one in calls])
    return tuple(replace(one, id=id_) for id_, (_, one) in zip(ids, calls, strict=True))


def _chosen(scenarios: tuple[Scenario, ...], tags: frozenset[str]) -> tuple[Scenario, ...]:
    if not tags:
        return scenarios
    chosen = tuple(scenario for scenario in scenarios if tags & set(scenario.tags))
    if not chosen:
        known = sorted({tag for scenario in scenarios for tag in scenario.tags})
        raise BadInput("no scenario has this tag", value=",".join(sorted(tags)), known=known)
    return chosen
