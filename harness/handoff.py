"""The packet a human agent inherits, and reading it from what an agent sends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

TONES = ("calm", "confused", "worried", "frustrated", "angry", "distressed")
URGENCIES = ("low", "normal", "high", "emergency")


@dataclass(frozen=True, slots=True)
class Packet:
    """What the human inherits. None or empty: the agent didn't say.

    entities: name → value as the agent wrote it. tone: one of TONES; urgency: one of URGENCIES.
    """

    reason: str | None = None
    entities: Mapping[str, str] = field(default_factory=dict)
    tone: str | None = None
    urgency: str | None = None
    summary: str | None = None
    tried: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    next_action: str | None = None
    language: str | None = None
    consent: str | None = None
    transcript: str | None = None


Finding: TypeAlias = Literal["right", "wrong", "stale", "invented", "missing", "supported"]


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """What became of one field on its way to the human.

    verdict: right; wrong; stale (superseded by a correction); invented (in neither truth, call nor
    tool results); missing; supported (the call holds it, the truth doesn't ask for it). truth,
    handed: the two values, None where there is none. said: the stretch in which the caller last
    said the truth's value, in samples. critical: the human can't do without it.
    """

    field: str
    verdict: Finding
    truth: str | None
    handed: str | None
    said: tuple[int, int] | None = None
    critical: bool = False


_TEXTS = ("reason", "tone", "urgency", "summary", "next_action", "language", "consent", "transcript")
_LISTS = ("tried", "promised")


def read_packet(sent: Any) -> Packet | None:
    """The packet in what an agent sent: a mapping of our field names, or None where there is none.

    Unknown fields are left aside; a value that is no text is written as text. A text that is JSON
    is read as what it encodes; any other text is a summary.
    """
    if isinstance(sent, str):
        return _read_text(sent)
    if not isinstance(sent, Mapping):
        return None
    texts = {name: str(sent[name]) for name in _TEXTS if isinstance(sent.get(name), str | int | float | bool)}
    lists = {
        name: tuple(str(item) for item in sent[name]) for name in _LISTS if isinstance(sent.get(name), list | tuple)
    }
    entities = sent.get("entities")
    named = {str(k): str(v) for k, v in entities.items() if v is not None} if isinstance(entities, Mapping) else {}
    return Packet(entities=named, **texts, **lists)  # type: ignore[arg-type]


def _read_text(sent: str) -> Packet | None:
    try:
        plain = json.loads(sent)
    except (ValueError, RecursionError):
        plain = None
    if isinstance(plain, Mapping):
        return read_packet(plain)
    if isinstance(plain, str):
        return _read_text(plain)
    return Packet(summary=sent) if sent.strip() else None
