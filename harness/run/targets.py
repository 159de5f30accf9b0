"""Which agent is rung: reading a TARGET, and making the agent where it lives in this process."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from harness import plugins
from harness.call.line import Agent
from harness.errors import BadInput

SCHEMES = ("pcm+ws", "pcm+wss")

_NAME = re.compile(r"[A-Za-z_]\w*$")
_FACTORY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*$")


@dataclass(frozen=True, slots=True)
class Target:
    """An agent to ring, as it was written.

    text: the whole of it. scheme: `agent` (a built-in by name), `python` (a factory anywhere), or
    a transport's. where: the name, the factory, or the URL. options: from the query, for agents
    in this process.
    """

    text: str
    scheme: str
    where: str
    options: Mapping[str, str]

    @property
    def in_process(self) -> bool:
        """Whether the agent lives in this process (else behind a socket)."""
        return self.scheme in ("agent", "python")


def read_target(text: str) -> Target:
    """Read `demo?desk=booking`, `python:module:factory?option=value` or `pcm+ws://host:port/path`.

    Raises BadInput for anything else, with the nearest name.
    """
    scheme, separator, _ = text.partition("://")
    if separator:
        if scheme not in SCHEMES:
            known = ", ".join(f"{name}://" for name in SCHEMES)
            raise BadInput(f"no such scheme among the transports, which are {known}", value=scheme, known=SCHEMES)
        return Target(text, scheme, text, {})
    where, _, query = text.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if where.startswith("python:"):
        if len(where.split(":")) != 3 or not all(map(_FACTORY.match, where.split(":")[1:])):
            raise BadInput("a factory is written python:module:factory", value=text)
        return Target(text, "python", where.removeprefix("python:"), options)
    if not _NAME.match(where) or where not in plugins.names("agents"):
        raise BadInput(
            "no such agent: write a built-in's name, an agent file, python:module:factory, or pcm+ws://host:port/",
            value=where,
            known=(*plugins.names("agents"), *(path.stem for path in Path("agents").glob("*.yaml"))),
        )
    return Target(text, "agent", where, options)


def factory_of(target: Target, **handed: Any) -> Callable[[], Agent]:
    """What makes a fresh agent for each call.

    handed: things a factory gets where it names a parameter so (voice, recogniser, charge). Options come
    from the target as text. Raises BadInput for a module, factory or option that isn't there.
    """
    factory = plugins.load("agents", target.where) if target.scheme == "agent" else _imported(target.where)
    parameters = _parameters(factory)
    takes_any = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())
    for name in target.options:
        if name in handed or (name not in parameters and not takes_any):
            known = [p for p in parameters if p not in handed]
            raise BadInput(f"the agent {target.where} has no such option", value=name, known=known)
    chosen: dict[str, Any] = {name: thing for name, thing in handed.items() if name in parameters}
    chosen.update(target.options)
    return lambda: factory(**chosen)


def _parameters(factory: Any) -> Mapping[str, inspect.Parameter]:
    """What a factory takes; nothing, where Python itself doesn't tell."""
    try:
        return inspect.signature(factory).parameters
    except (TypeError, ValueError):
        return {}


def _imported(where: str) -> Any:
    module, _, name = where.partition(":")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        found = import_module(module)
    except (Exception, SystemExit) as problem:
        why = str(problem) if isinstance(problem, ImportError) else f"{type(problem).__name__}: {problem}"
        raise BadInput(f"can't import the agent's module: {why}", value=module) from problem
    if not callable(getattr(found, name, None)):
        known = [other for other in dir(found) if callable(getattr(found, other, None))]
        raise BadInput(f"the module {module} has no such factory", value=name, known=known)
    return getattr(found, name)
