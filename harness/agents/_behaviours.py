"""Behaviours that agents with planted faults are put together from, and the log of what they did, to the sample.

They hear where the caller's lines begin and end exactly, which takes a line without noise.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from harness.audio import FRAME, RATE, Samples
from harness.audio.level import SPEECH, voiced_edges
from harness.call.line import Arrived, Audio, Broken, Closed, Frame, Telling, What, Withdrawn

FAINT = 1e-3
"""A frame with no sample beyond this (-60 dBFS) is silent."""

_FLOOD = 10


@dataclass(frozen=True, slots=True)
class Logged:
    """What a planted agent did at sample `at`: truth, to hold measurements against.

    what: `heard onset` and `heard end` (of a caller's line), `audible` (the first sample of its
    speech), `finished` (one past its last), `stopped` (it fell silent), `hung up`.
    """

    what: str
    at: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame as a behaviour is told of it.

    now: the first sample that can still be filled. first: the call begins. began, ended: a line of
    the caller's did, at its exact edge; speaking: it is in one.
    """

    now: int
    first: bool
    began: int | None
    ended: int | None
    speaking: bool


class Edges:
    """Where the caller's lines begin and end, by the same edges as truth has. sure: silence that ends a line."""

    def __init__(self, sure: int) -> None:
        self._sure = sure
        self._line: list[Samples] = []
        self._origin = 0
        self._quiet = 0
        self._onset: int | None = None
        self._before = np.zeros(FRAME, np.float32)

    def hear(self, said: Frame) -> Moment:
        """What the next frame brings."""
        now, began, ended = (said.number + 1) * FRAME, None, None
        sounding = float(np.abs(said.samples).max()) > FAINT
        if sounding and not self._line:
            self._line = [self._before]
            self._origin = now - 2 * FRAME
        if self._line:
            self._line.append(said.samples)
            self._quiet = 0 if sounding else self._quiet + FRAME
            if self._onset is None:
                began = self._onset = self._edge(0)
            if self._quiet >= self._sure:
                ended = self._edge(1) if self._onset is not None else None
                self._line, self._onset, self._quiet = [], None, 0
        self._before = said.samples
        return Moment(now, not said.number, began, ended, bool(self._line))

    def _edge(self, which: int) -> int | None:
        line = np.concatenate(self._line)
        first, last = voiced_edges(line, SPEECH)
        if which and not line[-FRAME:].any():
            # In digital silence the line's last sample is there to be seen.
            last = int(np.flatnonzero(line)[-1]) + 1
        return self._origin + (last if which else first) if last else None


class Line:
    """The agent's end of the line: what is to go out, each at its own sample; and its speech.

    pace: `real` sends speech in chunks of 20 ms at their own instants, `burst` all at once. noise:
    a floor that is there all the time, so that everything is one stream in real time. log: truth.
    """

    def __init__(self, pace: str, noise: Samples | None = None) -> None:
        self.log: list[Logged] = []
        self.starts = self.ends = 0
        self._sent_from = 0
        self._pace = pace
        self._noise = noise
        self._count = 0
        self._due: list[tuple[int, int, What]] = []
        self._order = 0
        self._over: list[tuple[int, Samples]] = []

    def send(self, at: int, what: What) -> None:
        """Have something reach the caller at sample `at`, or as soon as may be."""
        self._order += 1
        heapq.heappush(self._due, (at, self._order, what))

    def note(self, what: str, at: int) -> None:
        """Log what was done, and tell of it."""
        self.log.append(Logged(what, at))
        self.send(at, Telling("state", {"planted": what, "sample": at}))

    def say(self, at: int, speech: Samples, text: str, lead: int = 0) -> None:
        """Say something whose first audible sample falls on `at`, behind `lead` samples of silence."""
        self._count += 1
        reply = f"p{self._count}"
        self.starts, self.ends, self._sent_from = at, at + len(speech), at - lead
        self.send(at - lead, Telling("agent.text", {"text": text}))
        self.note("audible", at)
        self.note("finished", self.ends)
        if self._noise is not None:
            self._over.append((at, speech))
            return
        sound = np.concatenate([np.zeros(lead, np.float32), speech]) if lead else speech
        step = len(sound) if self._pace == "burst" else FRAME
        for begin in range(0, len(sound), step):
            last = begin + step >= len(sound)
            self.send(at - lead + begin, Audio(sound[begin : begin + step], reply, last))

    def stop(self, at: int) -> None:
        """Fall silent at sample `at`: withdraw what was sent, and send no more of it."""
        # What was logged for later doesn't come to pass.
        self.log = [entry for entry in self.log if entry.at < at or entry.what not in ("audible", "finished")]
        self._due = [due for due in self._due if due[0] < at or not isinstance(due[2], Audio | Telling)]
        heapq.heapify(self._due)
        sent, self.ends = self._sent_from < at < self.ends, min(self.ends, at)
        self._over = [(start, speech[: max(0, at - start)]) for start, speech in self._over]
        if sent and self._noise is None:
            self.send(at, Withdrawn())
        if sent and self.starts < at:
            self.note("stopped", at)

    def given(self, now: int) -> Sequence[Arrived]:
        """What reaches the caller in the frame that starts at `now`."""
        out: list[Arrived] = []
        if self._noise is not None:
            out.append(Arrived(now, Audio(self._stream(now, self._noise))))
        while self._due and self._due[0][0] < now + FRAME:
            at, _, what = heapq.heappop(self._due)
            out.append(Arrived(max(at, now), what))
        return out

    def _stream(self, now: int, noise: Samples) -> Samples:
        """20 ms of the floor, with what is being said on top."""
        begin = now % (len(noise) - FRAME)
        sound = noise[begin : begin + FRAME].copy()
        self._over = [(start, speech) for start, speech in self._over if start + len(speech) > now]
        for start, speech in self._over:
            first, last = max(start, now), min(start + len(speech), now + FRAME)
            if first < last:
                sound[first - now : last - now] += speech[first - start : last - start]
        return sound


Behaviour: TypeAlias = Callable[[Moment, Line], None]


class Planted:
    """An agent that is nothing but its behaviours. log: what it did, to the sample."""

    def __init__(self, line: Line, sure: int, behaviours: Sequence[Behaviour]) -> None:
        self._line = line
        self._edges = Edges(sure)
        self._behaviours = behaviours
        self._over = False

    @property
    def log(self) -> Sequence[Logged]:
        """What it did, in order of the samples."""
        log = sorted(self._line.log, key=lambda entry: entry.at)
        done = next((i for i, entry in enumerate(log) if entry.what == "hung up"), len(log))
        return log[: done + 1]

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear 20 ms; each behaviour does its part."""
        if self._over or said.hung_up:
            return ()
        moment = self._edges.hear(said)
        for what, at in (("heard onset", moment.began), ("heard end", moment.ended)):
            if at is not None:
                self._line.log.append(Logged(what, at))
        for behave in self._behaviours:
            behave(moment, self._line)
        given = self._line.given(moment.now)
        self._over = any(isinstance(arrived.what, Closed) for arrived in given)
        return given


def greets(speech: Samples, text: str, after: int) -> Behaviour:
    """Speaks first, `after` samples into the call."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.first:
            line.say(max(after, moment.now), speech, text)

    return behave


def answers(speech: Samples, text: str, delay: int, lead: int, turns: int) -> Behaviour:
    """Answers each of the caller's lines, up to `turns`: its first audible sample is `delay` behind the line's end.

    An agent that still speaks when the line ends answers `delay` after its own end.
    """
    left = turns

    def behave(moment: Moment, line: Line) -> None:
        nonlocal left
        if moment.began is not None and line.starts >= moment.now:
            line.stop(moment.now)
        if moment.ended is None or not left:
            return
        left -= 1
        at = max(moment.ended, line.ends if line.ends > moment.ended else 0) + delay
        # The lead can't begin before it was known that the caller had finished.
        line.say(max(at, moment.now), speech, text, min(lead, max(0, at - moment.now)))

    return behave


def yields(after: int) -> Behaviour:
    """Falls silent `after` samples into a line of the caller's that runs into its speech."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.began is not None and line.starts <= moment.began < line.ends:
            line.stop(max(moment.began + after, moment.now))

    return behave


def talks_over(speech: Samples, text: str, after: int) -> Behaviour:
    """Speaks into the caller's line, `after` samples from its onset."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.began is not None and line.ends <= moment.now:
            line.say(max(moment.began + after, moment.now), speech, text)

    return behave


def hangs_up(after: int) -> Behaviour:
    """Closes the line `after` samples into its first speech that follows a line of the caller's."""
    heard = False

    def behave(moment: Moment, line: Line) -> None:
        nonlocal heard
        if heard:
            return
        heard = moment.ended is not None
        if heard:
            line.note("hung up", line.starts + after)
            line.send(line.starts + after, Closed("hung up in the middle of a word"))

    return behave


def floods(moment: Moment, line: Line) -> None:
    """Sends ten times as much sound as there is time for, for ever."""
    hum = 0.05 * np.sin(2 * np.pi * 150 / RATE * np.arange(_FLOOD * FRAME))
    line.send(moment.now, Audio(hum.astype(np.float32)))


def sends_garbage(moment: Moment, line: Line) -> None:
    """Sends in every frame what is no message of its protocol."""
    line.send(moment.now, Broken("what it sent is no message"))


def noise(dbfs: float) -> Samples:
    """Ten seconds of white noise at a level in dBFS (re the RMS of full scale 1.0); the same every time."""
    draw = np.random.default_rng(20).standard_normal(10 * RATE)
    floor: Samples = (10.0 ** (dbfs / 20.0) * draw).astype(np.float32)
    return floor


def paused(speech: Samples, at: int, pause: int) -> Samples:
    """The speech with a silence put into it."""
    return np.concatenate([speech[:at], np.zeros(pause, np.float32), speech[at:]]) if pause else speech
