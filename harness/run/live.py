"""A call over a real line: the engine is stepped every 20 ms on absolute deadlines.

Sample k exists at t0 + k/16000, t0 being the instant the line stood. Frame n leaves at t0 + (n+1)*20 ms;
what arrives at t is heard from sample ceil(16000*(t - t0)). After a stall all missed steps run at
once, arrivals keeping their instants: speech catches up back to back on the wire, and overdue
silence is left out there, but never in the recording.
"""

from __future__ import annotations

import asyncio
import gc
import math
from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

import numpy as np

from harness import plugins
from harness.audio import FRAME, RATE, Samples
from harness.call.call import Call
from harness.call.line import Arrived, Broken, Closed, Frame, Telling, What
from harness.call.telling import event_told
from harness.errors import BadInput
from harness.run.ahead import ahead
from harness.run.websocket import Unanswered, dial
from harness.run.wire import Line, instant
from harness.timeline import FrameLate
from harness.transports import Transport

TICK = FRAME / RATE
"""Seconds of a frame."""

LATE = 10.0
"""Milliseconds from which a frame that went out late is an event."""

ANSWER_WITHIN = 10.0
"""Seconds an agent has to take the call."""

_HAIR = 1e-3
"""Of a sample: what a clock in binary seconds is off a whole sample, and less than any clock resolves."""

_NOTHING: Samples = np.zeros(0, np.float32)


async def ring(
    call: Call,
    target: str,
    *,
    call_id: str,
    headers: Mapping[str, str] | None = None,
    answer_within: float = ANSWER_WITHIN,
    beside: Beside | None = None,
) -> Samples:
    """Ring an agent at a URL and hold the call to its end; gives how late each frame went out, in ms.

    target: `pcm+ws://host:port/path?query` (or `pcm+wss://`). call_id: sent as `X-Vahness-Call`.
    beside: where the agent tells of itself from outside the line; it is listened to behind the call too.
    An agent that doesn't answer, or not with a WebSocket, is a call that ended at once, and says why.

    Raises BadInput where the target can't be dialled, CallVoid where it is our side that failed.
    """
    transport, url = way_to(target)
    answer = await dial(url, {"X-Vahness-Call": call_id, **(headers or {})}, answer_within)
    if isinstance(answer, Unanswered):
        while not call.done:
            call.step((Arrived(0, Broken(answer.why)), Arrived(0, Closed(answer.why))))
        return _NOTHING
    try:
        with ahead():
            lateness = await converse(call, answer, transport, beside)
    finally:
        await answer.close()
    if beside is not None:
        await instant(asyncio.get_running_loop().time() + beside.after)
        for arrived in _beside(beside, answer):
            if isinstance(arrived.what, Telling):
                call.note(event_told(arrived.at, arrived.what))
    return lateness


def way_to(target: str) -> tuple[Transport, str]:
    """The transport that a target names, and the WebSocket URL to dial.

    Raises BadInput where it names none.
    """
    name, plus, rest = target.partition("+")
    if not plus or not rest.startswith(("ws://", "wss://")):
        raise BadInput("not a target that can be rung: write pcm+ws://host:port/path", value=target)
    transport: Transport = plugins.load("transports", name)()
    return transport, rest


async def converse(call: Call, line: Line, transport: Transport, beside: Beside | None = None) -> Samples:
    """Hold a call over a line that stands; gives how late each frame went out, in ms, shape (frames,)."""
    with _collector_at_bay():
        return await _paced(call, _Ears(line, transport, beside))


@contextmanager
def _collector_at_bay() -> Iterator[None]:
    """Keep what is there already from being searched for garbage: with scipy loaded that takes 90 ms."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


async def _paced(call: Call, ears: _Ears) -> Samples:
    clock = asyncio.get_running_loop().time
    line, transport = ears.line, ears.transport
    lateness = array("f")
    number = 0
    while not call.done:
        await instant(line.opened + (number + 1) * TICK)
        due = math.floor((clock() - line.opened) / TICK + _HAIR)
        while number < due and not call.done:
            frame = call.step(ears.through(number))
            _send(line, transport, frame, overdue=number + 1 < due)
            number += 1
            late = (clock() - line.opened - number * TICK) * 1000.0
            lateness.append(late)
            if late >= LATE:
                call.note(FrameLate(frame.number * FRAME, round(late, 3)))
    return np.frombuffer(lateness, np.float32) if lateness else _NOTHING


def _send(line: Line, transport: Transport, frame: Frame, *, overdue: bool) -> None:
    """Put a frame on the wire; silence that is overdue is left out of it."""
    if overdue and not frame.samples.any():
        frame = replace(frame, samples=_NOTHING)
    for message in transport.outgoing(frame):
        line.send(message)


class Beside(Protocol):
    """Where an agent tells of itself from outside the line. after: seconds it is listened to behind the call."""

    after: float

    def received(self) -> Sequence[tuple[float, What]]:
        """What came since this was last asked, each with its instant on the loop's clock."""
        ...


def heard_from(when: float, line: Line) -> int:
    """The sample from which what arrived at an instant is heard."""
    return max(0, math.ceil((when - line.opened) * RATE - _HAIR))


def _beside(beside: Beside, line: Line) -> list[Arrived]:
    return [Arrived(heard_from(when, line), what) for when, what in beside.received()]


class _Ears:
    """What came down the line, and beside it, as arrivals at the samples they are heard from."""

    def __init__(self, line: Line, transport: Transport, beside: Beside | None = None) -> None:
        self.line = line
        self.transport = transport
        self._beside = beside
        self._waiting: deque[Arrived] = deque()

    def through(self, number: int) -> list[Arrived]:
        """What arrived within frame `number`, or before it; what came later waits for its own frame."""
        for when, heard in self.line.received():
            at = heard_from(when, self.line)
            whats = (heard,) if isinstance(heard, Broken | Closed) else self.transport.incoming(heard)
            self._waiting.extend(Arrived(at, what) for what in whats)
        if self._beside is not None and (told := _beside(self._beside, self.line)):
            self._waiting = deque(sorted((*self._waiting, *told), key=lambda one: one.at))
        end = (number + 1) * FRAME
        arrived = []
        while self._waiting and self._waiting[0].at < end:
            arrived.append(self._waiting.popleft())
        return arrived
