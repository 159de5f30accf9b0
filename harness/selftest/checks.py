"""What is true of a call by the agent's own log and the caller's own lines, held against what was scored.

Nothing here asks a scorer what it thinks: each check works out its truth anew, from the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from harness.audio import RATE, samples
from harness.score import Score
from harness.selftest.rows import Row, late, timing, told, unmeasured, verdict
from harness.selftest.rung import STUMP, Rung, Utterance
from harness.timeline import LineSaid

Check: TypeAlias = Callable[[Rung], Iterator[Row]]

PREMATURE = 0.1
WAITED = 1.5
DEAD = 3.0
GIVEN_UP = 3.0
IN_TIME = 2.0
COLLIDE = samples(0.3)
EDGE = samples(0.02)
BRIDGED = samples(0.25)
RESUMES = samples(0.6)
RESUMES_OVER = samples(1.0)

YIELDED, HELD, NOT_COUNTED = "yielded", "did not yield", "not counted"


def greeting(rung: Rung) -> Iterator[Row]:
    """When the agent was first heard; a caller that waited in vain saw no greeting."""
    until = rung.lines[0].at if rung.lines else rung.over
    said = [one.start for one in rung.utterances if one.start < until]
    outcome = rung.scores["greeting_latency"]
    planted = said[0] / RATE if said else None
    if late(outcome):
        yield unmeasured(rung, "greeting_latency", planted, told(outcome))
        return
    measured = outcome.value if isinstance(outcome, Score) and not outcome.censored else None
    yield timing(rung, "greeting_latency", planted, measured, told(outcome))


def replies(rung: Rung) -> list[tuple[LineSaid, int, Utterance | None]]:
    """Each line of the caller's, until when an answer could come, and the first thing that was said to it.

    What begins within 0.3 s of the line's onset is a collision and no answer; nor is that of which
    only a stump was to be heard before the call was over.
    """
    lines = rung.lines
    untils = [*(line.at for line in lines[1:]), rung.over]
    return [
        (line, until, next((u for u in rung.utterances if line.at + COLLIDE < u.start < until - STUMP), None))
        for line, until in zip(lines, untils, strict=True)
    ]


def _left_waiting(rung: Rung, line: LineSaid, until: int) -> bool:
    """Whether the caller waited 1.5 s and more behind a line and heard nothing."""
    spoke = any(u.start < until - STUMP and u.end > line.end for u in rung.utterances)
    return not spoke and until - line.end >= samples(WAITED)


def latencies(rung: Rung) -> Iterator[Row]:
    """How long after each line its answer was heard; None for what came too soon and what never came."""
    planted: list[float | None] = []
    for line, until, reply in replies(rung):
        if reply is not None:
            latency = (reply.start - line.end) / RATE
            planted.append(None if latency < -PREMATURE else latency)
        elif _left_waiting(rung, line, until):
            planted.append(None)
    outcome = rung.scores["response_latency.max"]
    values = outcome.values if isinstance(outcome, Score) else ()
    if len(values) != len(planted) and (late(outcome)):
        yield from (unmeasured(rung, "response_latency", value, told(outcome)) for value in planted)
        return
    for i in range(max(len(values), len(planted))):
        if i < len(values) and i < len(planted):
            yield timing(rung, "response_latency", planted[i], values[i], told(outcome))
        else:
            have = "a turn" if i < len(planted) else "no turn"
            yield verdict(rung, "response_latency", have, "a turn" if i < len(values) else "no turn", told(outcome))


def unanswered(rung: Rung) -> Iterator[Row]:
    """How many lines the caller waited behind for nothing."""
    count = sum(_left_waiting(rung, line, until) for line, until, _ in replies(rung))
    yield counted(rung, "unanswered_turns", count)


def premature(rung: Rung) -> Iterator[Row]:
    """How many lines were answered before they were over."""
    count = sum(reply is not None and (reply.start - line.end) / RATE < -PREMATURE for line, _, reply in replies(rung))
    yield counted(rung, "premature_replies", count)


def dead_air(rung: Rung) -> Iterator[Row]:
    """How often both were silent for three seconds while the agent owed the turn."""
    lines = rung.lines
    owed = [(0, lines[0].at if lines else rung.over), *((line.end, until) for line, until, _ in replies(rung))]
    count = 0
    for since, until in owed:
        spoken = min((max(since, u.start) for u in rung.utterances if u.end > since and u.start < until), default=until)
        count += spoken - since >= samples(DEAD)
    yield counted(rung, "dead_air.count", count)


def counted(rung: Rung, score: str, planted: float) -> Row:
    """A count that must be exact."""
    outcome = rung.scores.get(score)
    for spoiled in (outcome, rung.scores["response_latency.max"]):
        if late(spoiled):
            return unmeasured(rung, score, planted, told(spoiled))
    measured = outcome.value if isinstance(outcome, Score) else "not measured"
    return verdict(rung, score, planted, measured, told(outcome))


def yielding(rung: Rung) -> Iterator[Row]:
    """Whether the agent gave way to the one who cut in, and how long that took."""
    label, delay = planted_yield(rung)
    rate, longest = rung.scores["yield_rate"], rung.scores["yield_delay.max"]
    if late(rate):
        yield unmeasured(rung, "yield", label, told(rate))
        return
    measured = NOT_COUNTED
    if isinstance(rate, Score):
        measured = YIELDED if rate.value == 1.0 else HELD
    yield verdict(rung, "yield", label, measured, told(rate))
    if label != NOT_COUNTED:
        found = longest.values[0] if isinstance(longest, Score) and longest.values else None
        yield timing(rung, "yield_delay", delay, found, told(longest))


def planted_yield(rung: Rung) -> tuple[str, float | None]:
    """What the log shows of the interruption: a verdict, and the seconds until silence (None: beyond three)."""
    event = rung.cut_in
    if event is None:
        return NOT_COUNTED, None
    at = event.at
    if not any(u.start <= at < u.end for u in rung.utterances) or _collides(rung, at):
        return NOT_COUNTED, None
    end, following = speech_end(rung, at)
    delay = (end - at) / RATE
    if delay > GIVEN_UP:
        return HELD, None
    stopped = any(end <= stop <= following for stop in rung.logged("stopped"))
    if not stopped:
        return NOT_COUNTED, delay
    return (YIELDED if delay <= IN_TIME else HELD), delay


def speech_end(rung: Rung, at: int) -> tuple[int, int]:
    """Where the speech that runs at an instant ends, and where the next begins.

    It goes on behind a silence of up to 0.6 s in which nothing was stopped or finished, and behind
    one of less than 1.0 s while the caller still speaks.
    """
    spurts = [spurt for spurt in rung.spurts if not _stump(rung, *spurt)]
    ended = [k for k, (start, _) in enumerate(spurts) if start <= at]
    end = spurts[ended[-1]][1] if ended else at
    for start, until in spurts[ended[-1] + 1 if ended else 0 :]:
        if not _same(rung, end, start):
            return end, start
        end = until
    return end, max(rung.over, end)


def _stump(rung: Rung, start: int, end: int) -> bool:
    """Whether a sound is no speech: too short, and in the middle of what is said, where a pause cut it off."""
    return end - start < STUMP and not any(start <= at <= end + BRIDGED for at in rung.logged("stopped", "finished"))


def _same(rung: Rung, end: int, start: int) -> bool:
    """Whether what starts goes on with the speech that had fallen silent."""
    if start - end < RESUMES_OVER and any(line.at <= start < line.end for line in rung.lines):
        return True
    return start - end <= RESUMES and not any(end - EDGE <= at <= start for at in rung.logged("stopped", "finished"))


def begun(rung: Rung) -> list[int]:
    """Where the agent began to speak, or went on behind a pause that the caller had entered."""
    found = [start for start, _ in rung.spurts[:1]]
    for (_, end), (start, _) in pairwise(rung.spurts):
        if any(end <= line.at < start for line in rung.lines) or not _same(rung, end, start):
            found.append(start)
    return found


def _collides(rung: Rung, at: int) -> bool:
    """Whether the agent began within 0.3 s of an instant."""
    return any(abs(start - at) <= COLLIDE for start in begun(rung))


ORDINARY: tuple[Check, ...] = (greeting, latencies, unanswered, premature, dead_air)
"""What can be said of any call in which the two take turns."""
