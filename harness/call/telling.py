"""What the agent tells of itself, as events: one schema for every door it comes in by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from harness.call.line import Telling
from harness.timeline import AgentSaid, AgentState, Event, HandedOff, HeardAs, MessageSent, StageTimed, Told, ToolCalled


def _text(attrs: Mapping[str, Any], name: str) -> str:
    value = attrs[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def _maybe(attrs: Mapping[str, Any], name: str) -> str | None:
    value = attrs.get(name)
    return None if value is None else str(value)


def _arguments(attrs: Mapping[str, Any]) -> Mapping[str, Any]:
    value = attrs.get("arguments", {})
    if not isinstance(value, Mapping):
        raise TypeError("arguments is no mapping")
    return value


_READ: dict[str, Callable[[int, Mapping[str, Any]], Event]] = {
    "user.transcript": lambda at, a: HeardAs(at, _text(a, "text"), bool(a.get("final", True)), _maybe(a, "language")),
    "agent.text": lambda at, a: AgentSaid(
        at, _text(a, "text"), bool(a.get("spoken", True)), bool(a.get("interrupted", False)), _maybe(a, "language")
    ),
    "tool.call": lambda at, a: ToolCalled(at, _text(a, "name"), _arguments(a), a.get("result"), _maybe(a, "id")),
    "handoff": lambda at, a: HandedOff(
        at, _maybe(a, "to"), a.get("packet"), _maybe(a, "receipt"), _maybe(a, "channel") or "in-band"
    ),
    "latency": lambda at, a: StageTimed(at, _text(a, "stage"), float(a["ms"])),
    "message": lambda at, a: MessageSent(
        at, _text(a, "channel"), _maybe(a, "to"), _maybe(a, "text"), _maybe(a, "template")
    ),
    "state": lambda at, a: AgentState(at, dict(a)),
}


def event_told(at: int, telling: Telling) -> Event:
    """The event for what the agent told at sample `at`; `Told`, as it came, where it can't be read."""
    read = _READ.get(telling.type)
    try:
        if read is not None:
            return read(at, telling.attrs)
    except (KeyError, TypeError, ValueError):
        pass
    return Told(at, f"{telling.type} {dict(telling.attrs)!r}")
