"""The truth of who had the floor, from the log and the caller's lines: cut-ins, murmurs, and speech over speech."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from harness.audio import RATE, samples
from harness.score import Outcome, Score
from harness.selftest.checks import COLLIDE, NOT_COUNTED, PREMATURE, begun, counted, replies
from harness.selftest.rows import Row, late, timing, told, unmeasured, verdict
from harness.selftest.rung import Rung
from harness.timeline import LineSaid, StayedSilent

GRACE = samples(0.6)
IGNORED, STOPPED = "ignored", "stopped for it"
WENT_ON, LOST = "went on", "did not go on"
STALLED, SAID_THE_REST = "stalled", "said the rest"
SOON = samples(2.0)
WHY = samples(3.0)
MOST = 8.0


def turns_of(rung: Rung) -> list[tuple[LineSaid, ...]]:
    """The caller's turns: lines behind which it kept the floor belong to one."""
    found: list[tuple[LineSaid, ...]] = []
    held: tuple[LineSaid, ...] = ()
    for line in rung.lines:
        held = (*held, line)
        if not line.held:
            found.append(held)
            held = ()
    return [*found, held] if held else found


def cuts_in(rung: Rung) -> Iterator[Row]:
    """How many onsets of the agent's lay in a turn of the caller's; in its pauses, and over its speech."""
    turns = turns_of(rung)
    starts = [u.start for u in rung.utterances]
    inside = [
        (turn, start)
        for turn in turns
        for start in starts
        if turn[0].at + COLLIDE < start < turn[-1].end - samples(PREMATURE)
    ]
    over = [
        start
        for turn, start in inside
        if any(line.at + (COLLIDE if k else 0) <= start < line.end for k, line in enumerate(turn))
    ]
    for part, count in (("rate", len(inside)), ("overlap", len(over)), ("premature_endpoint", len(inside) - len(over))):
        outcome = rung.scores[f"agent_interrupts.{part}"]
        if late(outcome):
            yield unmeasured(rung, f"agent_interrupts.{part}", float(count), told(outcome))
            continue
        measured = round(outcome.value * len(turns), 6) if isinstance(outcome, Score) else "not measured"
        yield verdict(rung, f"agent_interrupts.{part}", float(count), measured, told(outcome))


def talk_over(rung: Rung) -> Iterator[Row]:
    """The share of the caller's speech over which the agent went on, sample by sample."""
    length = len(rung.conversation.recording.heard)
    ours, theirs, excused = (np.zeros(length, bool) for _ in range(3))
    for line in rung.lines:
        ours[line.at : line.end] = True
        excused[line.at : line.at + GRACE] = True
    for start, end in rung.spurts:
        theirs[start : min(end, rung.over)] = True
    for start in begun(rung):
        excused[start : start + GRACE] = True
    murmured = rung.logged("murmured")
    for start, end in rung.spurts:
        if any(start <= at + samples(0.02) and at < end for at in murmured):
            theirs[start:end] = False
    planted = float((ours & theirs & ~excused).sum() / ours.sum()) if ours.any() else 0.0
    outcome = rung.scores["talk_over"]
    measured = outcome.value if isinstance(outcome, Score) else None
    yield timing(rung, "talk_over", planted, measured, told(outcome), "ratio")


def selectivity(rung: Rung) -> Iterator[Row]:
    """Whether the agent went on through the one sound that wanted no floor."""
    event = rung.murmur
    planted = NOT_COUNTED
    if event is not None and any(u.start <= event.at < u.end for u in rung.utterances):
        stop = next((at for at in rung.logged("stopped") if event.at <= at <= event.at + RATE), None)
        planted = IGNORED if stop is None else STOPPED
    yield _yes_or_no(rung, "selectivity", planted, IGNORED, STOPPED)


def goes_on(rung: Rung) -> Iterator[Row]:
    """Whether an agent that stopped for a murmur went on within two seconds."""
    event = rung.murmur
    planted = NOT_COUNTED
    stop = next((at for at in rung.logged("stopped") if event is not None and event.at <= at), None)
    if stop is not None:
        silent = rung.voiced_before(stop)
        back = next((u.start for u in rung.utterances if u.start >= stop), None)
        planted = WENT_ON if back is not None and back - silent <= SOON else LOST
    yield _yes_or_no(rung, "resumed_after_false_stop", planted, WENT_ON, LOST)


def stalls(rung: Rung) -> Iterator[Row]:
    """Whether an agent that held through a murmur then said the rest."""
    broke_off = bool(rung.logged("stopped"))
    if late(rung.scores["selectivity"]):
        yield unmeasured(rung, "stall_after_backchannel", STALLED, told(rung.scores["selectivity"]))
        return
    yield _yes_or_no(rung, "stall_after_backchannel", STALLED if broke_off else SAID_THE_REST, STALLED, SAID_THE_REST)


def _yes_or_no(rung: Rung, score: str, planted: str, one: str, none: str) -> Row:
    """A score over one event, as the name of what it says: its value is 1 or 0."""
    outcome = rung.scores[score]
    if late(outcome):
        return unmeasured(rung, score, planted, told(outcome))
    measured = NOT_COUNTED
    if isinstance(outcome, Score):
        measured = one if outcome.value == 1.0 else none if outcome.value == 0.0 else f"{outcome.value:g}"
    return verdict(rung, score, planted, measured, told(outcome))


# --- of timing, besides


def substance(rung: Rung) -> Iterator[Row]:
    """How long after each line something was said that matters."""
    planted: list[float | None] = []
    for line, until, reply in replies(rung):
        matters = [at for at in rung.logged("substance") if line.at < at < until]
        if rung.plant.kind == "holds_first":
            planted.append((matters[0] - line.end) / RATE if matters else None)
        elif reply is not None:
            planted.append((reply.start - line.end) / RATE)
    outcome = rung.scores["substantive_latency.max"]
    values = outcome.values if isinstance(outcome, Score) else ()
    if len(values) != len(planted):
        spoiled = unmeasured(rung, "substantive_latency", float(len(planted)), told(outcome))
        wrong = verdict(rung, "substantive_latency turns", float(len(planted)), float(len(values)), told(outcome))
        yield spoiled if late(outcome) else wrong
        return
    for due, found in zip(planted, values, strict=True):
        yield timing(rung, "substantive_latency", due, found, told(outcome))


def worth(rung: Rung) -> Iterator[Row]:
    """What the timing of the replies is worth on the curve, worked out from the log."""
    points: list[float] = []
    for line, until, reply in replies(rung):
        if reply is not None:
            tools = any(line.at <= at < reply.start for at in rung.logged("tool"))
            points.append(_curve((reply.start - line.end) / RATE, tools))
        elif until - line.end >= samples(1.5):
            points.append(0.0)
    outcome = rung.scores["turn_taking_curve"]
    if not points:
        return
    if late(rung.scores["response_latency.max"]):
        yield unmeasured(
            rung, "turn_taking_curve", sum(points) / len(points), told(rung.scores["response_latency.max"])
        )
        return
    measured = outcome.value if isinstance(outcome, Score) else None
    yield timing(rung, "turn_taking_curve", sum(points) / len(points), measured, told(outcome), "ratio")


def _curve(latency: float, tools: bool) -> float:
    late_from, nothing_from = (3.0, 5.0) if tools else (2.0, 3.5)
    corners = ((-0.5, 0.0), (0.5, 1.0), (late_from, 1.0), (nothing_from, 0.0))
    return float(np.interp(latency, [x for x, _ in corners], [y for _, y in corners]))


def reprompts(rung: Rung) -> Iterator[Row]:
    """How long a caller who had gone quiet heard nothing."""
    outcome = rung.scores["silence_reprompt.max"]
    # An agent that goes on just before the caller is known to stay silent has not spoken *again*.
    quiet = max((e.at for e in rung.conversation.recording.events if isinstance(e, StayedSilent)), default=0)
    answers = [u for u in rung.utterances if rung.lines and u.start > rung.lines[-1].end]
    first = next((u for u in reversed(answers) if u.start <= quiet), answers[0] if answers else None)
    after = [u.start for u in answers if first is not None and u.start > first.end]
    planted = (after[0] - rung.voiced_before(first.end)) / RATE if first is not None and after else None
    measured = outcome.value if isinstance(outcome, Score) and not outcome.censored else None
    if late(outcome):
        yield unmeasured(rung, "silence_reprompt", planted, told(outcome))
        return
    yield timing(rung, "silence_reprompt", planted, measured, told(outcome))


def held_dead(rung: Rung) -> Iterator[Row]:
    """Dead air where a filler leads: it discharges nothing."""
    count = 0
    for line, until, reply in replies(rung):
        matters = next((at for at in rung.logged("substance") if line.at < at < until), until)
        filled = (line.end, rung.voiced_before(reply.end)) if reply is not None else (line.end, line.end)
        count += ((reply.start if reply else until) - filled[0] >= samples(3.0)) + (matters - filled[1] >= samples(3.0))
    yield counted(rung, "dead_air.count", count)


def longest_turn(rung: Rung) -> Iterator[Row]:
    """How long the agent's longest turn took."""
    outcome = rung.scores["brevity.monologue"]
    planted = max((end - u.start) / RATE for u in rung.utterances for end in [rung.voiced_before(u.end)])
    yield timing(rung, "brevity.monologue", planted, outcome.value if isinstance(outcome, Score) else None)


def afterwards(rung: Rung) -> Iterator[Row]:
    """How many seconds the agent spoke to a line that nobody was on."""
    length = len(rung.conversation.recording.heard)
    planted = sum(max(0, min(end, length) - max(start, rung.over)) for start, end in rung.spurts) / RATE
    outcome: Outcome = rung.scores["speech_after_hangup"]
    measured = outcome.value if isinstance(outcome, Score) else None
    yield timing(rung, "speech_after_hangup", planted, measured, told(outcome))


def no_echo(rung: Rung) -> Iterator[Row]:
    """Nobody stopped for an echo of itself: the line returns none of what the agent says."""
    outcome = rung.scores["echo_interruption"]
    stops = isinstance(outcome, Score) and outcome.value > 0
    yield verdict(rung, "echo_interruption", "none", "some" if stops else "none", told(outcome))


def echoes(rung: Rung) -> Iterator[Row]:
    """How often the agent stopped for its own echo, and no sound of the caller's can have been why."""
    said = [event for event in rung.conversation.recording.events if isinstance(event, LineSaid)]
    count = 0
    for stop in rung.logged("stopped for echo"):
        began = max(at for at in rung.logged("audible") if at <= stop)
        over = [line for line in said if line.at < stop and line.end > began]
        count += not any(line.end > stop - RATE or (line.at >= began and stop - line.at <= WHY) for line in over)
    yield counted(rung, "echo_interruption", count)


def ours(rung: Rung) -> Iterator[Row]:
    """Our own part: when an anchor could be known, and how far from its plan an event came."""
    event = rung.cut_in or rung.murmur
    if event is None:
        return
    lag, drift = rung.scores["anchor_lag.max"], rung.scores["caller_drift"]
    onsets = [start for start, _ in rung.spurts if start <= event.knowable]
    heard = [start for start, _ in rung.conversation.spurts if start <= event.knowable]
    if onsets and isinstance(lag, Score):
        planted = (event.knowable - onsets[-1]) / RATE
        if rung.shell == "live" and len(heard) != len(onsets):
            # What is one spurt to the agent may be two where its frames arrive a few ms apart.
            yield unmeasured(rung, "anchor_lag", planted, "a pause of the agent's crossed 250 ms on the way")
        else:
            yield timing(rung, "anchor_lag", planted, lag.value, told(lag))
    yield timing(rung, "caller_drift", 0.0, drift.value if isinstance(drift, Score) else None, told(drift))
