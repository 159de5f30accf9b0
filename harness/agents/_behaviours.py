"""What agents with planted faults are built on: ears, an end of the line, and a log of what they did, to the sample.

They hear where the caller's lines begin and end exactly, which takes a line without noise. What an
agent does is a handful of behaviours; each is told of every frame, and sends what it likes.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from harness.agents._utterance import Utterance
from harness.audio import FRAME, Samples, on_grid, samples
from harness.audio.level import SPEECH, voiced_edges
from harness.call.line import Arrived, Audio, Closed, Frame, Telling, What, Withdrawn

FAINT = 1e-3
"""A frame with no sample beyond this (-60 dBFS) is silent."""

LEAST_SURE = samples(0.15)
"""So much silence at least tells a line's end from a stop consonant."""

MOST_SURE = samples(0.5)
"""More silence than this is inside no line."""

_ONWARD = samples(0.05)

_AHEAD = ("audible", "finished", "resumed", "substance", "murmured")
"""What is logged before its time has come."""

_KEPT = samples(1.0)
"""For so long an agent knows what it has said."""

Bed: TypeAlias = Callable[[int], Samples]
"""20 ms that may be written to, from a sample on."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What a planted agent did at sample `at`: truth, to hold measurements against.

    what: `heard onset` and `heard end` (of a sound of the caller's), `audible` (the first sample of
    its speech), `finished` (one past its last), `stopped` (it took the rest back), `fell silent` (one
    past the last sample that was audible before it stopped, earlier where it stopped between words),
    `resumed` (the first sample of what it had broken off, `audible` too), `substance` (of what it
    put the caller off for, `audible` too), `murmured` (of a murmur of its own, no speech), `stopped for
    echo` (its own; `stopped` too), `tool` (it called one), `handed over`, `wrote` (the caller a message),
    `hung up`.
    """

    what: str
    at: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame as a behaviour is told of it.

    now: the first sample that can still be filled. first: the call begins. began, ended: a sound of
    the caller's did, at its exact edge; speaking: it is in one. onset: that of the sound that is
    there or has just ended; lasted: how long it has sounded. over: it began over the agent's speech.
    heard: the frame's samples. gone: the caller has hung up.
    """

    now: int
    first: bool
    began: int | None = None
    ended: int | None = None
    speaking: bool = False
    onset: int = 0
    lasted: int = 0
    over: bool = False
    heard: Samples = field(default_factory=lambda: np.zeros(FRAME, np.float32))
    gone: bool = False


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
        onset, lasted, speaking = self._onset, 0, False
        if self._line:
            self._line.append(said.samples)
            self._quiet = 0 if sounding else self._quiet + FRAME
            if onset is None:
                onset = began = self._onset = self._edge(0)
            speaking = self._quiet < self._sure
            lasted = now - self._quiet - (now if onset is None else onset)
            if not speaking:
                ended = self._edge(1) if onset is not None else None
                lasted = ended - onset if ended is not None and onset is not None else 0
                self._line, self._onset, self._quiet = [], None, 0
        self._before = said.samples
        return Moment(now, not said.number, began, ended, speaking, onset or 0, max(0, lasted), heard=said.samples)

    def _edge(self, which: int) -> int | None:
        line = np.concatenate(self._line)
        first, last = voiced_edges(line, SPEECH)
        if which and not line[-FRAME:].any():
            # In digital silence the line's last sample is there to be seen.
            last = int(np.flatnonzero(line)[-1]) + 1
        return self._origin + (last if which else first) if last else None


def sure_after(delay: int) -> int:
    """How much silence an agent waits for, to be sure of a line's end, that answers after `delay`."""
    return min(max(delay - _ONWARD, LEAST_SURE), MOST_SURE)


class Line:
    """The agent's end of the line: what is to go out, each at its own sample; and its speech.

    pace: `real` sends speech in chunks of 20 ms at their own instants, `burst` all at once. bed: what
    sounds all the time, 20 ms from a sample on, so that everything is one stream in real time. mute:
    nothing that it would tell of itself goes out.

    log: truth. starts, ends: of its latest speech, the one past the other where that was called off.
    said: how many utterances it has begun. saying: the latest, unless it was broken off. broken: what
    was, and when, until it has said something else.
    """

    def __init__(self, pace: str, bed: Bed | None = None, *, mute: bool = False) -> None:
        self.log: list[Logged] = []
        self.starts = self.ends = 0
        self.said = 0
        self.broken: tuple[Utterance, int] | None = None
        self.saying: Utterance | None = None
        self._sent_from = 0
        self._pace = pace
        self._bed = bed
        self._mute = mute
        self._count = 0
        self._due: list[tuple[int, int, What]] = []
        self._order = 0
        self._over: list[tuple[int, Samples]] = []

    def send(self, at: int, what: What) -> None:
        """Have something reach the caller at sample `at`, or as soon as may be."""
        if self._mute and isinstance(what, Telling):
            return
        self._order += 1
        heapq.heappush(self._due, (at, self._order, what))

    def note(self, what: str, at: int) -> None:
        """Log what was done, and tell of it."""
        self.log.append(Logged(what, at))
        self.send(at, Telling("state", {"planted": what, "sample": at}))

    def say(self, at: int, said: Utterance, lead: int = 0, note: str = "") -> None:
        """Say something whose first audible sample falls on `at`, behind `lead` samples of silence.

        note: what else it is to the log.
        """
        self.starts, self.ends, self._sent_from = at, at + len(said), at - lead
        self.saying, self.broken = said, None
        self.said += 1
        self.send(at - lead, Telling("agent.text", {"text": said.text}))
        for what in filter(None, ("audible", note)):
            self.note(what, at)
        self.note("finished", self.ends)
        self._play(at, said.samples, lead)

    def murmur(self, at: int, said: Utterance) -> None:
        """Make a sound that is no speech of its own: it answers nothing, and nothing waits for its end."""
        self.note("murmured", at)
        self._play(at, said.samples, 0)

    def _play(self, at: int, speech: Samples, lead: int) -> None:
        self._count += 1
        self._over.append((at, speech))
        if self._bed is not None:
            return
        sound = np.concatenate([np.zeros(lead, np.float32), speech]) if lead else speech
        step = len(sound) if self._pace == "burst" else FRAME
        for begin in range(0, len(sound), step):
            last = begin + step >= len(sound)
            self.send(at - lead + begin, Audio(sound[begin : begin + step], f"p{self._count}", last))

    def stop(self, at: int) -> None:
        """Fall silent at sample `at`: withdraw what was sent, and send no more of it."""
        # What was logged for later doesn't come to pass.
        self.log = [entry for entry in self.log if entry.at < at or entry.what not in _AHEAD]
        self._due = [due for due in self._due if due[0] < at or not isinstance(due[2], Audio | Telling)]
        heapq.heapify(self._due)
        sent, self.ends = self._sent_from < at < self.ends, min(self.ends, at)
        said, self.saying = self.saying, None
        self._over = [(start, speech[: max(0, at - start)]) for start, speech in self._over]
        if sent and self._bed is None:
            self.send(at, Withdrawn())
        if sent and self.starts < at and said is not None:
            self.broken = said, at
            self.note("stopped", at)
            self.note("fell silent", self.starts + said.audible(at - self.starts))

    def given(self, now: int) -> Sequence[Arrived]:
        """What reaches the caller in the frame that starts at `now`."""
        out: list[Arrived] = []
        if self._over:
            self._over = [(start, speech) for start, speech in self._over if start + len(speech) > now - _KEPT]
        if self._bed is not None:
            out.append(Arrived(now, Audio(self._onto(self._bed(now), now))))
        while self._due and self._due[0][0] < now + FRAME:
            at, _, what = heapq.heappop(self._due)
            out.append(Arrived(max(at, now), what))
        return out

    def spoken(self, begin: int) -> Samples:
        """20 ms of its speech, no longer ago than a second, as it is heard from a sample on."""
        return on_grid(self._onto(np.zeros(FRAME, np.float32), begin))

    def _onto(self, sound: Samples, begin: int) -> Samples:
        """20 ms from a sample on, with what is being said on top."""
        for start, speech in self._over:
            first, last = max(start, begin), min(start + len(speech), begin + FRAME)
            if first < last:
                sound[first - begin : last - begin] += speech[first - start : last - start]
        return sound


Behaviour: TypeAlias = Callable[[Moment, Line], None]

Ear: TypeAlias = Callable[[Frame, Line], Frame]
"""What an agent makes of a frame before it listens to it, knowing what it said itself."""


class Planted:
    """An agent that is nothing but its behaviours. log: what it did, to the sample.

    sure: silence that ends a sound of the caller's. stays: its behaviours go on, with nothing to hear,
    when the caller has hung up. ear: through which it hears.
    """

    def __init__(
        self, line: Line, sure: int, behaviours: Sequence[Behaviour], *, stays: bool = False, ear: Ear | None = None
    ) -> None:
        self._line = line
        self._ear = ear
        self._edges = Edges(sure)
        self._behaviours = behaviours
        self._stays = stays
        self._ran_into = False
        self._over = False

    @property
    def log(self) -> Sequence[Logged]:
        """What it did, in order of the samples."""
        log = sorted(self._line.log, key=lambda entry: entry.at)
        done = next((i for i, entry in enumerate(log) if entry.what == "hung up"), len(log))
        return log[: done + 1]

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear 20 ms; each behaviour does its part."""
        if self._over or (said.hung_up and not self._stays):
            return ()
        moment = self._hear(said)
        for behave in self._behaviours:
            behave(moment, self._line)
        given = self._line.given(moment.now)
        self._over = any(isinstance(arrived.what, Closed) for arrived in given)
        return given

    def _hear(self, said: Frame) -> Moment:
        if said.hung_up:
            return Moment((said.number + 1) * FRAME, first=False, gone=True)
        line = self._line
        moment = self._edges.hear(said if self._ear is None else self._ear(said, line))
        if moment.began is not None:
            self._ran_into = line.starts <= moment.began < line.ends
            line.log.append(Logged("heard onset", moment.began))
        if moment.ended is not None:
            line.log.append(Logged("heard end", moment.ended))
        if moment.ended is None and not moment.speaking:
            return moment
        return replace(moment, over=self._ran_into)
