"""What an agent's file says of it, in a recording: the channels it declares, and its calls and posts that hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from harness.handoff import in_our_names, read_destination
from harness.recording import Recording
from harness.run.agent_file import AgentFile
from harness.timeline import AgentState, Event, HandedOff, ToolCalled


def watched(file: AgentFile, *, intake: bool) -> tuple[str, ...]:
    """The channels on which a handoff of this agent would reach us."""
    by_tool = any(tool.packet is not None for tool in file.tools.values())
    return ("in-band", *(("tool",) if by_tool else ()), *(("webhook",) if intake else ()))


def as_declared(made: Recording, file: AgentFile, *, intake: bool) -> Recording:
    """A recording with what the file says of the agent: its channels, and the tools whose calls are handoffs."""
    declared = {"handoff": list(file.handoff), "messages": list(file.messages)}
    state = AgentState(0, {name: channels for name, channels in declared.items() if channels} | {"from": file.file})
    provenance = {**made.provenance, "watched": list(watched(file, intake=intake))}
    if intake:
        provenance["listened_after"] = file.after
    events = (state, *_with_handoffs(made.events, file))
    return replace(made, events=events, provenance=provenance)


def _with_handoffs(events: Iterable[Event], file: AgentFile) -> Iterator[Event]:
    for event in events:
        if isinstance(event, HandedOff) and event.channel == "webhook" and file.packet:
            packet = in_our_names(event.packet, file.packet)
            yield replace(event, packet=packet, to=read_destination(packet) or event.to)
            continue
        yield event
        tool = file.tools.get(event.name) if isinstance(event, ToolCalled) else None
        if isinstance(event, ToolCalled) and tool is not None and tool.packet is not None:
            packet = in_our_names(event.arguments, tool.packet)
            yield HandedOff(event.at, read_destination(packet), packet, _receipt(event.result), "tool")


_RECEIPTS = ("receipt", "ticket", "reference", "queue_position", "id")


def _receipt(result: Any) -> str | None:
    """What a tool's result shows of the other side."""
    if not isinstance(result, Mapping):
        return None
    return next((str(result[name]) for name in _RECEIPTS if result.get(name) not in (None, "")), None)
