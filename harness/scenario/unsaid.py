"""Truths that the caller never utters: what no agent could have understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.scenario import (
    Add,
    Backchannel,
    Entity,
    FalseStart,
    Filler,
    Hold,
    Interrupt,
    Press,
    Say,
    Scenario,
)
from harness.scenario.positions import Mark, Node, Table, parse, read_bytes
from harness.scenario.suite import read_suite
from harness.text.entities import kind_of, said_in


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A truth that no step of the script utters: where it's written, what it is, and in which condition."""

    file: str
    line: int
    what: str
    value: str
    condition: str = ""

    def __str__(self) -> str:
        """As one line of a message."""
        where = f" (in {self.condition})" if self.condition else ""
        return f"{self.file}:{self.line}: the caller never says {self.what}: {self.value!r}{where}"


def unsaid(paths: Sequence[Path]) -> tuple[Unsaid, ...]:
    """Every truth in these files and folders that the script never utters; raises BadInput as reading them does.

    Looked for are the facts (in any of their accepted forms), what they were before a correction,
    and the arguments of the outcome. What the caller says to somebody else doesn't count; reason,
    tone and urgency are the author's words for what is said in others. In a scenario of several
    conditions each is looked at, and what is unsaid in all of them is told once.
    """
    found: dict[tuple[str, int, str, str], list[str]] = {}
    conditions: dict[str, set[str]] = {}
    for scenario in read_suite(paths).scenarios:
        if scenario.repeat:
            continue
        condition = ", ".join(f"{axis} {value}" for axis, value in scenario.condition.items())
        conditions.setdefault(scenario.file, set()).add(condition)
        root = parse(read_bytes(Path(scenario.file), scenario.file), scenario.file)
        for path, what, value in _missing(scenario):
            place = scenario.file, _mark(root, ("truth", *path)).line, what, value
            found.setdefault(place, []).append(condition)
    return tuple(
        Unsaid(*place, "" if set(where) == conditions[place[0]] else "; ".join(where))
        for place, where in sorted(found.items())
    )


def _missing(scenario: Scenario) -> Iterator[tuple[tuple[str, ...], str, str]]:
    said = tuple(_texts(scenario))
    truth = scenario.truth
    for entity in truth.entities:
        path = ("entities", entity.name)
        if not _uttered(entity, (entity.value, *entity.accepted), said):
            yield path, entity.name, entity.value
        for was in entity.was:
            if not _uttered(entity, (was,), said):
                yield (*path, "was"), f"what {entity.name} was", was
    known = {value for entity in truth.entities for value in (entity.value, *entity.accepted)}
    for tool, arguments in (truth.outcome or {}).items():
        for name, value in arguments.items():
            if value not in known and not _uttered(Entity(name, value), (value,), said):
                yield ("outcome", tool, name), f"{name} of {tool}", value


def _uttered(entity: Entity, values: Sequence[str], said: Sequence[str]) -> bool:
    kind = kind_of(entity.name, entity.value, entity.type)
    return any(said_in(text, value, kind) for text in said for value in values)


def _texts(scenario: Scenario) -> Iterator[str]:
    """What the caller says to the agent, step by step, then all of it: a number may be said in several breaths.

    One that improvises may say whatever it knows.
    """
    texts: list[str] = [] if scenario.goal is None else [scenario.goal]
    texts += [value for fact in scenario.facts for value in (fact.value, *fact.was, *fact.accepted)]
    for step in scenario.steps:
        if isinstance(step, Press):
            texts.append(step.keys)
        elif isinstance(step, Say | Interrupt | Backchannel | Filler | FalseStart | Add | Hold):
            texts.append(" ".join(piece.text for piece in step.line))
    yield from texts
    yield ", ".join(texts)


def _mark(node: Node, path: Sequence[str]) -> Mark:
    """Where a path leads, as far as the file itself has it: the rest may come from a matrix or the suite."""
    mark = node.mark
    for key in path:
        if not isinstance(node, Table) or key not in node.entries:
            break
        mark, node = node.entries[key]
    return mark
