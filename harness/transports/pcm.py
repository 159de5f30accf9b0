"""Raw PCM over a WebSocket: `pcm+ws://host:port/path?query`. Both ends of the wire stand here.

Binary messages are s16le mono 16 kHz, of any size: one stream, so an odd byte waits for the next
message. Text messages are JSON. From the agent: `{"type":"clear"}` withdraws what wasn't yet
heard, `{"type":"end"}` ends an utterance, `{"type":"mark","name":…}` comes back when it has played
(with `"withdrawn":true` where it never will), `{"event":"x-vahness","v":1,"type":…,"at":…,
"attrs":{…}}` tells of the agent. From the caller: the marks, `{"type":"dtmf","digits":"1"}`, and
`{"type":"hangup"}` once. Replies have no names: the order on the wire decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from harness.audio import FRAME, RATE, Samples
from harness.call.line import Arrived, Audio, Broken, Frame, Mark, Telling, What, Withdrawn
from harness.text.strict_json import read_json
from harness.transports import Message, Transport

SCALE = 32767.0
"""A 16-bit sample is round(clip(x) * SCALE): the grid that recordings stand on."""

LONGEST_TEXT = 256 * 1024
"""Characters of a text message beyond which it is dropped unread: parsing it would make our frames late."""

MOST_TEXTS = 50_000
"""Text messages of one call beyond which the rest is dropped."""

KEPT = 500
"""Characters that are kept of a text that isn't understood."""

_FRAME_BYTES = 2 * FRAME
_SILENCE = bytes(_FRAME_BYTES)
_NOTHING: Samples = np.zeros(0, np.float32)


def pcm() -> Transport:
    """Raw PCM at 16 kHz over a WebSocket, with JSON for all that isn't sound."""
    return CallerEnd()


class CallerEnd:
    """Our end: frames go out, what the agent sent comes in."""

    def __init__(self) -> None:
        self._odd = b""
        self._texts = 0
        self._hung_up = False

    def outgoing(self, frame: Frame) -> Sequence[Message]:
        """A frame's marks and keys, then its sound: whoever has the sound has all of the frame."""
        messages: list[Message] = []
        for name, withdrawn in frame.marks:
            back: dict[str, Any] = {"type": "mark", "name": name}
            messages.append(_json({**back, "withdrawn": True} if withdrawn else back))
        if frame.keys:
            messages.append(_json({"type": "dtmf", "digits": frame.keys}))
        if frame.hung_up and not self._hung_up:
            self._hung_up = True
            messages.append(_json({"type": "hangup"}))
        if len(frame.samples):
            messages.append(to_bytes(frame.samples))
        return messages

    def incoming(self, message: Message) -> Sequence[What]:
        """What the agent's message means."""
        return self._text(message) if isinstance(message, str) else self._audio(message)

    def _audio(self, message: bytes) -> list[What]:
        data = self._odd + message if self._odd else message
        whole = len(data) & ~1
        self._odd = data[whole:]
        found: list[What] = [Audio(from_bytes(data[:whole]))] if whole else []
        if len(message) & 1:
            found.append(Broken("an audio message of an odd number of bytes"))
        return found

    def _text(self, text: str) -> list[What]:
        self._texts += 1
        if self._texts > MOST_TEXTS:
            return [Broken(f"more than {MOST_TEXTS} text messages; the rest was dropped")]
        if len(text) > LONGEST_TEXT:
            return [Broken(f"a text message of more than {LONGEST_TEXT // 1024} KiB was dropped")]
        what = _understood(read_json(text))
        if isinstance(what, Withdrawn) or (isinstance(what, Audio) and what.last):
            self._odd = b""
        return [Telling("text", {"text": text[:KEPT]}) if what is None else what]


class AgentEnd:
    """The agent's end: the caller's messages come in and make frames, what the agent gives goes out.

    owed: frames of silence that stood in for sound which hadn't come in time.
    """

    LONGEST = 600 * 2 * RATE
    """Bytes that wait at most: ten minutes. What a caller sends beyond them is dropped."""

    def __init__(self) -> None:
        self.owed = 0
        self._waiting = bytearray()
        self._keys = ""
        self._marks: list[tuple[str, bool]] = []
        self._hung_up = False

    def take(self, message: Message) -> None:
        """Hear a message of the caller's; what isn't understood is left aside."""
        if isinstance(message, str):
            self._take_text(read_json(message))
        elif len(self._waiting) + len(message) <= self.LONGEST:
            self._waiting += message

    @property
    def ready(self) -> bool:
        """Whether a whole frame of the caller's sound is here."""
        return len(self._waiting) >= _FRAME_BYTES

    def frame(self, number: int) -> Frame:
        """The caller's next frame; silence where its sound isn't here."""
        self._repay()
        if self.ready:
            samples = from_bytes(bytes(self._waiting[:_FRAME_BYTES]))
            del self._waiting[:_FRAME_BYTES]
        else:
            samples = np.zeros(FRAME, np.float32)
            self.owed += 1
        said = Frame(number, samples, self._keys, tuple(self._marks), self._hung_up)
        self._keys = ""
        self._marks.clear()
        return said

    def outgoing(self, arrived: Arrived) -> Sequence[Message]:
        """What goes on the wire for something the agent gave; nothing for what closes the line."""
        what = arrived.what
        if isinstance(what, Audio):
            sound: list[Message] = [to_bytes(what.samples)] if len(what.samples) else []
            return [*sound, _json({"type": "end"})] if what.last else sound
        if isinstance(what, Withdrawn):
            return [_json({"type": "clear"})]
        if isinstance(what, Mark):
            return [_json({"type": "mark", "name": what.name})]
        if isinstance(what, Telling):
            at = round(arrived.at / RATE, 6)
            return [_json({"event": "x-vahness", "v": 1, "type": what.type, "at": at, "attrs": dict(what.attrs)})]
        return []

    def _take_text(self, message: Any) -> None:
        kind = message.get("type") if isinstance(message, Mapping) else None
        if kind == "dtmf":
            self._keys += str(message.get("digits", ""))
        elif kind == "mark":
            self._marks.append((str(message.get("name", "")), bool(message.get("withdrawn", False))))
        elif kind == "hangup":
            self._hung_up = True

    def _repay(self) -> None:
        """Leave out silence that came too late to be heard in its place, or the caller stays behind for good."""
        while self.owed and self._waiting.startswith(_SILENCE) and len(self._waiting) >= 2 * _FRAME_BYTES:
            del self._waiting[:_FRAME_BYTES]
            self.owed -= 1


def to_bytes(samples: Samples) -> bytes:
    """Sound as s16le."""
    if not samples.any():
        return _SILENCE if len(samples) == FRAME else bytes(2 * len(samples))
    return np.round(np.clip(samples, -1.0, 1.0) * SCALE).astype("<i2").tobytes()


def from_bytes(data: bytes) -> Samples:
    """s16le as sound: the samples that `to_bytes` was given, on the 16-bit grid."""
    return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(SCALE)


def _json(message: Mapping[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=str)


def _understood(message: Any) -> What | None:
    """What a parsed text message means; None where it means nothing to us."""
    if not isinstance(message, Mapping):
        return None
    if message.get("event") == "x-vahness":
        told, attrs = message.get("type"), message.get("attrs", {})
        known = message.get("v") == 1 and isinstance(told, str) and isinstance(attrs, Mapping)
        return Telling(str(told), dict(attrs)) if known else None
    kind, name = message.get("type"), message.get("name")
    if kind == "mark":
        return Mark(name) if isinstance(name, str) else None
    if kind == "end":
        return Audio(_NOTHING, last=True)
    return Withdrawn() if kind == "clear" else None
