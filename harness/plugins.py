"""One registry for every family of interchangeable things.

A built-in is a module of the family's folder holding a function or class of the module's own name
(modules that begin with an underscore are the family's own business). A third party's is an entry
point in the group `vahness.<family>`. Listing names imports nothing.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from harness.errors import BadInput, VahnessError

FAMILIES = ("voices", "recognisers", "effects", "transports", "callers", "agents", "scorers", "judges")


@cache
def _found(family: str) -> Mapping[str, EntryPoint | str]:
    folder = Path(__file__).parent / family
    found: dict[str, EntryPoint | str] = {
        module.name: f"harness.{family}.{module.name}"
        for module in pkgutil.iter_modules([str(folder)])
        if not module.name.startswith("_")
    }
    for entry in entry_points(group=f"vahness.{family}"):
        if entry.name in found:
            raise VahnessError(f"two {family} are called {entry.name!r}: {found[entry.name]} and {entry.value}")
        found[entry.name] = entry
    return dict(sorted(found.items()))


def names(family: str) -> tuple[str, ...]:
    """The members of a family, sorted, without importing one."""
    return tuple(_found(family))


@cache
def load(family: str, name: str) -> Any:
    """A member of a family by its name.

    Raises BadInput, with the nearest name, where there is none.
    """
    found = _found(family).get(name)
    if found is None:
        raise BadInput(f"no such thing among the {family}", value=name, known=names(family))
    if isinstance(found, str):
        return getattr(import_module(found), name)
    return found.load()


def options(member: Any) -> Mapping[str, inspect.Parameter]:
    """A member's options: the keyword-only parameters that its author may be given a value for."""
    parameters = inspect.signature(member, eval_str=True).parameters.values()
    return {p.name: p for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}


def summary(member: Any) -> str:
    """The first line of a member's docstring."""
    return (inspect.getdoc(member) or "").partition("\n")[0]
