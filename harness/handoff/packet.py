"""The packet a human agent inherits, and what can become of a field on its way there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from harness.text.entities import Kind

TONES = ("calm", "confused", "worried", "frustrated", "angry", "distressed")
URGENCIES = ("low", "normal", "high", "emergency")

LARGEST = 64 * 1024
"""Characters of a packet that are read; nobody who takes over a call reads more."""


class Fact(NamedTuple):
    """A typed fact that stands in a free text without a name of its own, in canonical form.

    dropped: the text itself says that it no longer holds ("not the 12th", "moved from the 12th").
    quote: as it is written there.
    """

    kind: Kind
    value: str
    quote: str
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """What the human inherits. None or empty: the agent didn't say.

    entities: name → value as the agent wrote it. tone: one of TONES; urgency: one of URGENCIES.
    also: name → what else the packet gives for the same field, where it contradicts itself. facts:
    what the summary holds. notes: what a reader must know of how it was read.
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
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()


Finding: TypeAlias = Literal["right", "wrong", "stale", "invented", "missing", "supported"]


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """What became of one field on its way to the human.

    verdict: right; wrong; stale (superseded by a correction); invented (in neither truth, call nor
    tool results); missing; supported (the call holds it, the truth doesn't ask for it). truth,
    handed: the two values, None where there is none. said: the words in which the caller last
    said the truth's value, in samples. critical: the human can't do without it. note: why, where
    the values alone don't show it.
    """

    field: str
    verdict: Finding
    truth: str | None
    handed: str | None
    said: tuple[int, int] | None = None
    critical: bool = False
    note: str | None = None
