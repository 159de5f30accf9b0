"""What there is to choose from, each with the first line of its own documentation and its options."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from harness import plugins
from harness.errors import BadInput
from harness.score import Metric
from harness.text.quantities import OneOf, Quantity

HANDED = ("voice", "recogniser", "charge", "server", "chat", "judge")
"""Parameters that the run fills in; nobody chooses them."""


MANY = 50
"""A family of more than this is listed only where it is asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be named: what it is, what may be chosen about it, and what stands beside it as data.

    summary: one line. about: the rest of its documentation.
    """

    name: str
    summary: str
    about: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The entry as plain data; what it doesn't have is left out."""
        row: dict[str, Any] = {"name": self.name, "summary": self.summary}
        if self.about:
            row["about"] = self.about
        if self.options:
            row["options"] = dict(self.options)
        return {**row, **self.facts}


def families(what: str | None, paths: Sequence[Path]) -> dict[str, Sequence[Entry]]:
    """The entries of one family, or of all. paths: where scenarios are, in place of those that come with it.

    Raises BadInput, with the nearest name, for a family there is not.
    """
    found: dict[str, Callable[[], Sequence[Entry]]] = {
        "scenarios": lambda: _scenarios(paths),
        "personas": _personas,
        "accents": _accents,
        "beds": _beds,
        **{family: _members(family) for family in plugins.FAMILIES},
    }
    if what is not None and what not in found:
        raise BadInput("there is no such family to list", value=what, known=found)
    if paths and what != "scenarios":
        raise BadInput("only scenarios are listed by their path", value=paths[0])
    return {family: entries() for family, entries in found.items() if what in (None, family)}


def lines(listed: Mapping[str, Sequence[Entry]], *, whole: bool) -> Iterator[str]:
    """The families as text; whole: each entry with its options."""
    for i, (family, entries) in enumerate(listed.items()):
        if i:
            yield ""
        if not whole and len(entries) > MANY:
            yield f"{family}: {len(entries)}, see `vahness list {family}`"
            continue
        yield f"{family}:" if entries else f"{family}: none"
        wide = max((len(entry.name) for entry in entries), default=0)
        for entry in entries:
            yield f"  {entry.name.ljust(wide)}  {entry.summary}".rstrip()
            if whole:
                yield from _particulars(entry)


def _particulars(entry: Entry) -> Iterator[str]:
    for line in entry.about.splitlines():
        yield f"      {line}".rstrip()
    for name, value in entry.facts.items():
        shown = ", ".join(str(item) for item in value) if isinstance(value, list) else value
        if shown not in ("", None):
            yield f"      {name}: {shown}"
    for name, told in entry.options.items():
        yield f"      {name}=  {told}"


# ---- plug-ins ----


def _members(family: str) -> Callable[[], Sequence[Entry]]:
    return lambda: [_member(plugins.load(family, name), name) for name in plugins.names(family)]


def _member(member: Any, name: str) -> Entry:
    options = {option: _choice(parameter) for option, parameter in plugins.options(member).items()}
    metric = getattr(member, "metric", None)
    facts = _measure(metric) if isinstance(metric, Metric) else {}
    place = getattr(member, "place", None)
    if place is not None:
        facts = {"place": str(place)}
    chosen = {option: told for option, told in options.items() if option not in HANDED}
    about = (inspect.getdoc(member) or "").partition("\n")[2].strip()
    return Entry(name, plugins.summary(member), about, chosen, facts)


def _measure(metric: Metric) -> dict[str, Any]:
    parts = [f"{part} ({metric.unit_of(part)})" if part in metric.units else part for part in metric.parts]
    return {"unit": metric.unit, "better": metric.better, "version": metric.version, "parts": parts}


def _choice(parameter: inspect.Parameter) -> str:
    default = parameter.default
    must = default is inspect.Parameter.empty
    return _kind(parameter.annotation) + (
        ", required" if must else "" if default in (None, "") else f", default {default}"
    )


def _kind(annotation: Any) -> str:
    """What may be written for an option, in an author's words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for told in arguments[1:]:
            if isinstance(told, Quantity):
                return f"{told.name} in {' or '.join(unit for unit, _ in told.units)}"
            if isinstance(told, OneOf):
                return f"{told.what} ({', '.join(told.names())})"
        return _kind(arguments[0])
    if origin is Literal:
        return " or ".join(str(name) for name in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(_kind(one) for one in arguments if one is not type(None))
    plain: dict[Any, str] = {str: "a text", int: "a whole number", float: "a number", bool: "yes or no"}
    return plain.get(annotation, str(annotation))


# ---- what comes with the package, and what a scenario names ----


def _scenarios(paths: Sequence[Path]) -> Sequence[Entry]:
    from harness.scenario.places import shipped
    from harness.scenario.suite import read_suite

    suite = read_suite(paths or [shipped()])
    by_file: dict[str, list[Any]] = {}
    for scenario in suite.scenarios:
        by_file.setdefault(scenario.file, []).append(scenario)
    return [
        Entry(
            file, calls[0].name, facts={"tags": list(calls[0].tags), "language": calls[0].language, "calls": len(calls)}
        )
        for file, calls in by_file.items()
    ]


def _personas() -> Sequence[Entry]:
    from harness.scenario.places import shipped

    return [Entry(path.stem, _opening(path)) for path in sorted((shipped() / "personas").glob("*.yaml"))]


def _opening(path: Path) -> str:
    """The comment that a file opens with: what its author says of it."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip() if first.startswith("#") else ""


def _accents() -> Sequence[Entry]:
    """The accents that each voice has, by the tags it knows them by."""
    accents = ((voice, getattr(plugins.load("voices", voice), "accents", tuple)) for voice in plugins.names("voices"))
    return [Entry(f"{voice} {accent}", "") for voice, tags in accents for accent in tags()]


def _beds() -> Sequence[Entry]:
    from harness.run.beds import MADE
    from harness.scenario.beds import bed_names

    return [Entry(name, MADE[name][0] if name in MADE else "a recording of your own") for name in bed_names()]
