"""What crosses the line, as values: a Frame of ours goes out, Arrivals of the agent's come in.

`Agent` is the other end: one that lives in this process has `step`; one behind a socket is a
transport that makes the same arrivals from messages.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

import numpy as np

from harness.audio import Samples


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Sound the agent sent, of any length (also none), to be heard behind what is queued.

    reply: the agent's name for the utterance, where it has one. last: the utterance ends with it.
    """

    samples: Samples
    reply: str | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What hasn't been heard yet is withdrawn: of one reply, or of all."""

    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A name the agent wants back when the audio before it has played."""

    name: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Something the agent tells of itself: a type and attributes of the event schema.

    Types: user.transcript{text, final, language}, agent.text{text, spoken, interrupted, language},
    tool.call{name, arguments, result, id}, handoff{to, packet, receipt}, latency{stage, ms},
    message{channel, to, text, template}, state{…}. What isn't understood is kept as it came.
    """

    type: str
    attrs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """The agent broke its protocol, and how."""

    why: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The agent ended the call."""

    reason: str = ""


What: TypeAlias = Audio | Withdrawn | Mark | Telling | Broken | Closed

_TEXT: dict[type, tuple[str, Any]] = {
    Audio: ("reply", str | None),
    Withdrawn: ("reply", str | None),
    Mark: ("name", str),
    Telling: ("type", str),
    Broken: ("why", str),
    Closed: ("reason", str | None),
}
"""The field of each that is a text."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something of the agent's, and the sample at which it reached us."""

    at: int
    what: What


def crossed(given: Any) -> Arrived:
    """What an agent's own code gave, as it crosses a line: anything that couldn't is the agent's breach, as Broken.

    What it tells of itself crosses as JSON, whichever side of a socket the agent lives on. Raises
    TypeError for what is no arrival at a whole sample.
    """
    if not isinstance(given, Arrived):
        raise TypeError(f"sent {type(given).__name__} where an Arrived is due")
    at, what = operator.index(given.at), given.what
    name, kind = _TEXT.get(type(what), ("", str))
    if not isinstance(getattr(what, name, None), kind):
        return Arrived(at, Broken(f"sent a {type(what).__name__} that can't cross a line"))
    if isinstance(what, Audio):
        return _sounding(at, what)
    if isinstance(what, Telling):
        try:
            written = json.dumps(what.attrs, default=str, ensure_ascii=False, allow_nan=False)
            written.encode()
            what = replace(what, attrs=_mapping(json.loads(written)))
        except (TypeError, ValueError, RecursionError):
            return Arrived(at, Broken(f"told a {what.type} that can't be written down"))
    return Arrived(at, what)


def _sounding(at: int, audio: Audio) -> Arrived:
    """Sound that is an array, whatever of, and ends its reply or doesn't."""
    if not isinstance(audio.last, bool | np.bool_):
        return Arrived(at, Broken("sent an Audio that can't cross a line"))
    if isinstance(audio.samples, np.ndarray):
        return Arrived(at, audio)
    try:
        return Arrived(at, replace(audio, samples=np.asarray(audio.samples)))
    except (TypeError, ValueError):
        return Arrived(at, Broken("sent audio that is no mono sound"))


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("attributes are a mapping")
    return value


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """20 ms of the caller, as it goes out.

    number: from 0; its samples are those from number*320 on. keys: pressed within it. marks:
    (name, withdrawn) of the agent's marks that come back with it. hung_up: the caller has hung up
    (the frame is silent, and so are all after it).
    """

    number: int
    samples: Samples
    keys: str = ""
    marks: tuple[tuple[str, bool], ...] = ()
    hung_up: bool = False


class Agent(Protocol):
    """An agent that lives in this process: hears 20 ms, gives what it then sends.

    It is asked at the end of frame k = said.number; what it returns has `at` within frame k+1,
    that is from (k+1)*320 to below (k+2)*320, in order.
    """

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear a frame of the caller, and give what reaches the caller in the next frame."""
        ...
