"""What happened in a call, at which sample: `Party`, and one frozen class an `Event`.

Every event has `at` first: a whole sample on the recording's clock (sample k is heard k/16000 s
after the call connected). An event says what was seen, never what was understood of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, get_origin, get_type_hints


class Party(StrEnum):
    """Who is on the line: ours is the caller, theirs the agent."""

    CALLER = "caller"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at sample `at`."""

    at: int

    def to_json(self) -> dict[str, Any]:
        """The event as one line of `timeline.jsonl`: `at` and `type` first."""
        row: dict[str, Any] = {"at": self.at, "type": type(self).__name__}
        for name in _FIELDS[type(self)]:
            row[name] = getattr(self, name)
        return row


@dataclass(frozen=True, slots=True)
class SpeechStarted(Event):
    """A party began to sound, as the caller's own causal (and late) ears had it."""

    party: Party


@dataclass(frozen=True, slots=True)
class SpeechStopped(Event):
    """A party fell silent, as the caller's own causal (and late) ears had it."""

    party: Party


@dataclass(frozen=True, slots=True)
class LineSaid(Event):
    """The caller said a line: truth, known to the sample.

    `at` is the first voiced sample and `end` one past the last one that was played; `words` holds
    (word, start, end) in samples of the call, only those that were begun. `kind` is `say`, one of
    the murmurs (of which a cough and a burst of noise have no text), or the kind of an
    interruption. `cut` when the line was broken off. `held`: the caller keeps the floor behind it:
    its next line, murmurs apart, goes on with the same turn.
    """

    end: int
    step: int
    kind: str
    text: str
    language: str
    words: tuple[tuple[str, int, int], ...] = ()
    cut: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Interrupted(Event):
    """The caller cut into the agent's speech on purpose, at its first voiced sample.

    `planned` is the instant the script asked for, `knowable` the first at which the anchor could
    be known; the drift of ours is at - max(planned, knowable).
    """

    step: int
    kind: str
    planned: int
    knowable: int


@dataclass(frozen=True, slots=True)
class Murmured(Event):
    """The caller made a sound that wants no floor: a backchannel, a cough, a burst of noise, words to another, an "um".

    The agent should neither stop for it nor take it for a turn.
    """

    step: int
    kind: str
    planned: int
    knowable: int


@dataclass(frozen=True, slots=True)
class Controlled(Event):
    """What a control call showed: the same seed, without the event that step `step` planned here.

    left: samples for which the agent's speech that was running at `at` would have gone on, 0 where
    it was silent. next: samples from `at` until it would have begun to speak by itself, None where
    it spoke already or was not going to.
    """

    step: int
    left: int
    next: int | None = None


@dataclass(frozen=True, slots=True)
class MissedByPlan(Event):
    """A planned event whose anchor never came: counted and shown, not the agent's failure."""

    step: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeysPressed(Event):
    """The caller pressed telephone keys."""

    step: int
    keys: str
    planned: int
    knowable: int


@dataclass(frozen=True, slots=True)
class StayedSilent(Event):
    """The caller began to stay silent on purpose, until `end`.

    kind: `silence`, in which the agent should speak again, or `hold`, for which it was asked to wait.
    """

    step: int
    end: int
    kind: str = "silence"


@dataclass(frozen=True, slots=True)
class LanguageSwitched(Event):
    """The caller's language changed with the line that starts here."""

    language: str


@dataclass(frozen=True, slots=True)
class AudioWithdrawn(Event):
    """The agent withdrew audio that had not been heard yet: `samples` of it, silence at the end of a piece left out.

    resent: it sent the same again at once, so that nothing was taken back.
    """

    samples: int
    reply: str | None = None
    resent: bool = False


@dataclass(frozen=True, slots=True)
class MarkPlayed(Event):
    """The audio before the agent's mark has played (or was withdrawn)."""

    name: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ReplyEnded(Event):
    """The last sample of a reply that the agent gave an end has played."""

    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Starved(Event):
    """The agent's audio ran dry inside a reply for `samples`: its network, not its pause."""

    samples: int
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class CallerLate(Event):
    """Our own caller was to speak at `at`, and had its line (or was spoken to) `samples` later.

    Never the agent's delay.
    """

    samples: int


@dataclass(frozen=True, slots=True)
class CallerFailed(Event):
    """Our own caller couldn't go on, and why: the call says nothing about the agent."""

    why: str


@dataclass(frozen=True, slots=True)
class FrameLate(Event):
    """A frame of ours went out late, by `ms` (live calls only)."""

    ms: float


@dataclass(frozen=True, slots=True)
class AgentSaid(Event):
    """The agent's own word for what it says."""

    text: str
    spoken: bool = True
    interrupted: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class HeardAs(Event):
    """The agent's own transcript of the caller."""

    text: str
    final: bool = True
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ToolCalled(Event):
    """The agent called one of its tools."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class HandedOff(Event):
    """The agent handed the call to a human, with the packet that human inherits (as it was sent)."""

    to: str | None = None
    packet: Any = None
    receipt: str | None = None
    channel: str = "in-band"


@dataclass(frozen=True, slots=True)
class MessageSent(Event):
    """The agent sent the caller a message outside the line (WhatsApp, SMS)."""

    channel: str
    to: str | None = None
    text: str | None = None
    template: str | None = None


@dataclass(frozen=True, slots=True)
class StageTimed(Event):
    """What the agent says one of its stages took. Never mixed with our own timings."""

    stage: str
    ms: float


@dataclass(frozen=True, slots=True)
class AgentState(Event):
    """What the agent says of its state; `handoff` lists the channels it declares to hand over by."""

    attrs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told(Event):
    """Something the agent told that we keep but don't understand."""

    text: str


@dataclass(frozen=True, slots=True)
class HungUp(Event):
    """A party ended the call."""

    party: Party
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolBroken(Event):
    """The agent broke its protocol: what we came to see. `count` folds a run of the same breach."""

    why: str
    count: int = 1


_EVENTS: dict[str, type[Event]] = {cls.__name__: cls for cls in Event.__subclasses__()}
_FIELDS = {cls: tuple(f.name for f in dataclasses.fields(cls) if f.name != "at") for cls in _EVENTS.values()}


def event_from_json(row: Mapping[str, Any]) -> Event:
    """The event that a line of `timeline.jsonl` holds.

    Raises KeyError for a type this version doesn't know, TypeError or ValueError for what no event
    of its type holds.
    """
    values = {k: v for k, v in row.items() if k != "type"}
    cls = _EVENTS[row["type"]]
    if "party" in values:
        values["party"] = Party(values["party"])
    if cls is LineSaid:
        values["words"] = tuple((str(w), int(a), int(b)) for w, a, b in values.get("words", ()))
    kinds = _KINDS[cls]
    for name, value in values.items():
        if not isinstance(value, kinds[name]) or (isinstance(value, bool) and kinds[name] is not bool):
            raise TypeError(f"{name} can't be {value!r}")
    if values["at"] < 0:
        raise ValueError("nothing happens before the call")
    return cls(**values)


_WIDER: Mapping[Any, Any] = {Any: object, float: int | float, int | None: int | None, str | None: str | None}
"""Annotations that `isinstance` doesn't take as they stand, or takes too narrowly."""

_KINDS = {
    cls: {name: _WIDER.get(hint, get_origin(hint) or hint) for name, hint in get_type_hints(cls).items()}
    for cls in _EVENTS.values()
}
"""What each field of an event holds: a type, or a union of them."""
