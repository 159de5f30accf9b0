"""What agents with planted faults do: behaviours, each a few lines, that go together in any order that is sensible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from harness.agents._behaviours import Bed, Behaviour, Line, Moment
from harness.agents._utterance import Utterance
from harness.audio import FRAME, RATE, Samples, samples
from harness.call.line import Audio, Broken, Closed, Telling

MURMUR = samples(0.7)
"""A sound of the caller's that is shorter wants no floor: it isn't told by its words, but by its length."""

FOREVER = 10**9
"""More turns, or samples, than any call has."""

_FLOOD = 10
_NOISE = 10 * RATE


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn of the caller's that the agent may answer. number: from 0. over: it began over the agent's speech."""

    number: int
    over: bool


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the agent does about a turn. told: what it tells of itself first. later: beyond its usual delay."""

    said: Utterance
    told: tuple[Telling, ...] = ()
    later: int = 0
    note: str = ""


Reply: TypeAlias = Callable[[Heard], Answer | None]
"""The answer to a turn; None where the agent lets it pass."""


def greets(said: Utterance, after: int) -> Behaviour:
    """Speaks first, `after` samples into the call."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.first:
            line.say(max(after, moment.now), said)

    return behave


def always(said: Utterance) -> Reply:
    """The same answer to every turn."""
    return lambda _: Answer(said)


def answers(
    reply: Reply, delay: int, *, lead: int = 0, turns: int = FOREVER, least: int = 0, patient: bool = True
) -> Behaviour:
    """Answers the caller's turns: its first audible sample is `delay` behind the turn's end.

    A sound shorter than `least` is no turn, unless an answer was due when it came. An agent that still
    speaks when the turn ends answers `delay` after its own end. patient: an answer that is due is called
    off by whatever the caller begins, and due again after it.
    """
    count, due, due_at = 0, Heard(0, over=False), -1
    owed: Heard | None = None

    def behave(moment: Moment, line: Line) -> None:
        nonlocal count, due, due_at, owed
        if moment.began is not None and patient and line.starts >= moment.now:
            owed = due if line.starts == due_at else None
            line.stop(moment.now)
        if moment.ended is None:
            return
        if owed is not None:
            due = Heard(owed.number, owed.over or moment.over)
        elif moment.lasted >= least and count < turns:
            due = Heard(count, moment.over)
            count += 1
        else:
            return
        owed, answer = None, reply(due)
        if answer is None:
            return
        for telling in answer.told:
            if telling.type == "tool.call":
                line.note("tool", moment.now)
            line.send(moment.now, telling)
        due_at = max(moment.ended, line.ends if line.ends > moment.ended else 0) + delay + answer.later
        due_at = max(due_at, moment.now)
        # The lead can't begin before it was known that the caller had finished.
        line.say(due_at, answer.said, min(lead, due_at - moment.now), answer.note)

    return behave


def yields(after: int, least: int = 0, spared: int = 0) -> Behaviour:
    """Falls silent `after` samples into a sound of the caller's that runs into its speech.

    least: so long the sound must last, or it goes on. spared: so many of its first utterances it says
    to their end, whoever speaks.
    """
    done = -1

    def behave(moment: Moment, line: Line) -> None:
        nonlocal done
        there = moment.speaking or moment.ended is not None
        if not there or not moment.over or moment.onset == done or moment.lasted < least or line.said <= spared:
            return
        if moment.began is not None or least:
            done = moment.onset
            line.stop(max(moment.onset + after, moment.now))

    return behave


def resumes(after: int, *, murmurs_only: bool = False, whole: bool = False) -> Behaviour:
    """Goes on with what it broke off, `after` samples after it fell silent, whatever the caller does meanwhile.

    murmurs_only: not before it knows that what stopped it was no turn, and never if it was one. whole:
    it begins again from the beginning.
    """
    lasted = 0

    def behave(moment: Moment, line: Line) -> None:
        nonlocal lasted
        if moment.ended is not None:
            lasted = moment.lasted
        if line.broken is None or moment.now < line.broken[1] or (murmurs_only and moment.speaking):
            return
        (said, stopped), line.broken = line.broken, None
        if murmurs_only and lasted >= MURMUR:
            return
        rest = said if whole else said.rest(stopped - line.starts)
        if rest is not None:
            line.say(max(stopped + after, moment.now), rest, note="resumed")

    return behave


def stalls() -> Behaviour:
    """Says the sentence to its end into which the caller murmurs, and nothing of what was to follow."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.ended is None or not moment.over or moment.lasted >= MURMUR or line.saying is None:
            return
        end = line.saying.sentence_end(moment.now - line.starts)
        if end is not None and moment.now < line.ends:
            line.stop(line.starts + end)

    return behave


def talks_over(said: Utterance, after: int) -> Behaviour:
    """Speaks into the caller's line, `after` samples from its onset."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.began is not None and line.ends <= moment.now:
            line.say(max(moment.began + after, moment.now), said)

    return behave


def murmurs(said: Utterance, after: int) -> Behaviour:
    """Makes a short sound into each turn of the caller's that lasts so long, `after` samples from its onset."""
    done = -1

    def behave(moment: Moment, line: Line) -> None:
        nonlocal done
        if moment.speaking and moment.lasted >= min(after, MURMUR) and moment.onset != done and line.ends <= moment.now:
            done = moment.onset
            line.murmur(max(moment.onset + after, moment.now), said)

    return behave


def follows(filler: Utterance, substance: Utterance, after: int) -> Behaviour:
    """Says the substance `after` samples behind the caller's turn, when it has first said something to fill."""
    ended = 0

    def behave(moment: Moment, line: Line) -> None:
        nonlocal ended
        if moment.ended is not None and moment.lasted >= MURMUR:
            ended = moment.ended
        if line.saying is filler and line.starts < line.ends <= moment.now:
            line.say(max(ended + after, moment.now), substance, note="substance")

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


def speaks_on(said: Utterance, after: int) -> Behaviour:
    """Speaks `after` samples after it saw that the caller had hung up."""
    seen = False

    def behave(moment: Moment, line: Line) -> None:
        nonlocal seen
        if moment.gone and not seen:
            seen = True
            line.say(max(moment.now + after, line.ends), said)

    return behave


def declares(*channels: str) -> Behaviour:
    """Tells first by which channels it hands over."""

    def behave(moment: Moment, line: Line) -> None:
        if moment.first and channels:
            line.send(moment.now, Telling("state", {"handoff": list(channels)}))

    return behave


def floods(moment: Moment, line: Line) -> None:
    """Sends ten times as much sound as there is time for, for ever."""
    hum = 0.05 * np.sin(2 * np.pi * 150 / RATE * np.arange(_FLOOD * FRAME))
    line.send(moment.now, Audio(hum.astype(np.float32)))


def sends_garbage(moment: Moment, line: Line) -> None:
    """Sends in every frame what is no message of its protocol."""
    line.send(moment.now, Broken("what it sent is no message"))


def noise(dbfs: float) -> Bed:
    """White noise all the time, at a level in dBFS (re the RMS of full scale 1.0); the same every time."""
    draw = np.random.default_rng(20).standard_normal(_NOISE)
    floor: Samples = (10.0 ** (dbfs / 20.0) * draw).astype(np.float32)

    def bed(now: int) -> Samples:
        begin = now % (_NOISE - FRAME)
        return floor[begin : begin + FRAME].copy()

    return bed


class Echo:
    """What the caller said comes back: `delay` samples later (a frame at least), quieter by `loss` dB.

    It is a bed to the line, and a behaviour by which it hears.
    """

    def __init__(self, delay: int, loss: float) -> None:
        self._heard = np.zeros(delay, np.float32)
        self._from = 0
        self._delay = delay
        self._gain = np.float32(10.0 ** (-loss / 20.0))

    def hear(self, moment: Moment, _: Line) -> None:
        """Keep a frame for as long as it takes to come back."""
        self._heard = np.concatenate([self._heard[-self._delay - FRAME :], moment.heard])
        self._from = moment.now - len(self._heard)

    def bed(self, now: int) -> Samples:
        """What comes back in the frame that starts at `now`."""
        begin = now - self._delay - self._from
        sound = np.zeros(FRAME, np.float32)
        there = self._heard[max(0, begin) : max(0, begin + FRAME)] * self._gain
        sound[FRAME - len(there) :] = there
        return sound
