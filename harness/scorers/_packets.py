"""A handed-over packet against the truth, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from harness.conversation import Conversation
from harness.handoff import FieldVerdict, Finding, Packet
from harness.scenario import Entity, Truth
from harness.scorers._speech import events
from harness.text.entities import Kind, kind_of, said_in, same
from harness.text.meaning import agrees, content
from harness.timeline import HeardAs, KeysPressed, LineSaid, ToolCalled


def compared(packet: Packet, truth: Truth, conversation: Conversation) -> tuple[FieldVerdict, ...]:
    """What became of each field of the truth in the packet, then of each other fact in the packet.

    right; stale: what it was before the caller corrected it; wrong: something else that was said
    in the call; invented: what neither truth, call nor tool results hold; missing. A fact that the
    truth doesn't ask for but the call holds is `supported`, and no error. Free texts (reason, next
    action) are compared by their content words, so a paraphrase in other words is wrong here.
    """
    critical = frozenset(map(plain_name, truth.handoff.critical if truth.handoff else ()))
    evidence = _Evidence(truth, conversation)
    handed = {plain_name(name): (name, value) for name, value in packet.entities.items()}
    fields = [*_plain_fields(packet, truth, evidence)]
    for entity in truth.entities:
        _, value = handed.pop(plain_name(entity.name), ("", ""))
        fields.append(_entity(entity, value, evidence))
    for name, value in handed.values():
        kind = kind_of(name, value)
        verdict: Finding = "supported" if evidence.holds(value, kind) else "invented"
        fields.append(FieldVerdict(name, verdict, None, value, said=evidence.said(value, kind)))
    return tuple(
        FieldVerdict(f.field, f.verdict, f.truth, f.handed, f.said, critical=plain_name(f.field) in critical)
        for f in fields
    )


def _plain_fields(packet: Packet, truth: Truth, evidence: _Evidence) -> Iterator[FieldVerdict]:
    for name in ("reason", "tone", "urgency", "next_action"):
        due, value = getattr(truth, name), getattr(packet, name)
        if due is None:
            continue
        if not value:
            yield FieldVerdict(name, "missing", due, None)
            continue
        chosen = name in ("tone", "urgency")
        right = plain_name(value) == plain_name(due) if chosen else agrees(due, value)
        yield FieldVerdict(
            name, "right" if right else "wrong", due, value, None if chosen else evidence.said(due, "text")
        )


def _entity(entity: Entity, value: str, evidence: _Evidence) -> FieldVerdict:
    kind = kind_of(entity.name, entity.value, entity.type)
    verdict: Finding
    said = evidence.said(entity.value, kind)
    if not value.strip():
        return FieldVerdict(entity.name, "missing", entity.value, None, said)
    if any(_matches(value, right, kind) for right in (entity.value, *entity.accepted)):
        verdict = "right"
    elif any(_matches(value, old, kind) for old in entity.was):
        verdict = "stale"
    else:
        about_it = kind == "text" and not content(value).isdisjoint(content(entity.value))
        verdict = "wrong" if about_it or evidence.holds(value, kind) else "invented"
    return FieldVerdict(entity.name, verdict, entity.value, value, said)


def _matches(handed: str, due: str, kind: Kind) -> bool:
    return same(handed, due, kind) or (kind == "text" and agrees(due, handed))


class _Evidence:
    """What truth, call and tool results hold, and where the caller said it."""

    def __init__(self, truth: Truth, conversation: Conversation) -> None:
        self._lines = events(conversation, LineSaid)
        self._texts = [line.text for line in self._lines]
        self._texts += [heard.text for heard in events(conversation, HeardAs) if heard.final]
        self._texts += [press.keys for press in events(conversation, KeysPressed)]
        self._texts += [text for call in events(conversation, ToolCalled) for text in _leaves(call.result)]
        self._texts += [value for e in truth.entities for value in (e.value, *e.was, *e.accepted)]
        self._texts += [text for text in (truth.reason, truth.next_action) if text]

    def holds(self, value: str, kind: Kind) -> bool:
        return any(said_in(text, value, kind) for text in self._texts)

    def said(self, value: str, kind: Kind) -> tuple[int, int] | None:
        """The last of the caller's lines that holds a value, in samples."""
        found = (line for line in reversed(self._lines) if said_in(line.text, value, kind))
        line = next(found, None)
        return None if line is None else (line.at, line.end)


def _leaves(found: Any, depth: int = 6) -> Iterator[str]:
    """The values within a tool's result, as texts; nothing deeper than any real result is."""
    if isinstance(found, Mapping):
        found = tuple(found.values())
    if isinstance(found, list | tuple):
        if depth:
            for item in found:
                yield from _leaves(item, depth - 1)
    elif found is not None:
        yield str(found)


def plain_name(name: str) -> str:
    """A field's name without the way it is written: appointmentDate, appointment_date, Appointment Date."""
    return re.sub(r"[\W_]", "", name).casefold()
