"""How truly an answer's delay is recovered: planted delays against measured ones, simulated and live."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator

from bench.plants import LINES, prepared, rung, says, scenario
from bench.section import Figure, Section, at_most
from harness.agents._behaviours import Planted
from harness.agents.planted import planted
from harness.audio import RATE
from harness.listening.turns import listen
from harness.run.live import ring
from harness.run.scoring import measure as scores_of
from harness.run.serve import serving
from harness.score import Outcome, Score
from harness.voices import voice_for

DELAYS = ("0.2s", "0.7s", "1.5s", "3.0s")
WAYS: dict[str, dict[str, str]] = {
    "paced": {"pace": "real"},
    "bursting ahead": {"pace": "burst"},
    "300 ms of silence first": {"pace": "burst", "lead": "300ms"},
    "comfort noise at -60 dBFS": {"pace": "real", "noise_floor": "-60dBFS"},
    "comfort noise at -40 dBFS": {"pace": "real", "noise_floor": "-40dBFS"},
}
CLEAN = 3
ANSWER = "Certainly, let me look into that for you."


def _errors(outcome: Outcome, ends: list[int], starts: list[int]) -> Iterator[float]:
    """Seconds that each measured latency is off the agent's own log; an unmeasured one is a failure of ours."""
    # An end that the caller's next word took back was followed by no answer: the last one before an answer counts.
    truths = [(start - max(end for end in ends if end < start)) / RATE for start in starts if start > min(ends)]
    assert isinstance(outcome, Score), outcome
    values = [value for value in outcome.values if value is not None]
    assert len(values) == len(truths), (values, truths)
    yield from (value - truth for value, truth in zip(values, truths, strict=True))


def _simulated(options: dict[str, str]) -> list[float]:
    found: list[float] = []
    for delay in DELAYS:
        one = rung(scenario(*(says(line) for line in LINES)), delay=delay, say=ANSWER, **options)
        found += _errors(one.scores["response_latency.max"], one.logged("heard end"), one.logged("audible"))
    return found


async def _live_call(delay: str, options: dict[str, str]) -> tuple[list[float], int]:
    """(errors in seconds, answers that our own lateness left unscored) of one call over the loopback."""
    made: list[Planted] = []

    def factory() -> Planted:
        made.append(planted(voice=voice_for("pico"), delay=delay, say=ANSWER, **options))
        return made[-1]

    plan = scenario(*(says(line) for line in LINES[:3]))
    call = prepared(plan)
    async with serving(factory) as url:
        lateness = await ring(call, url, call_id="bench")
    outcome = scores_of(listen(call.recording({}, lateness)), plan)["response_latency.max"]
    ends = [entry.at for entry in made[-1].log if entry.what == "heard end"]
    starts = [entry.at for entry in made[-1].log if entry.what == "audible"]
    truth = statistics.median(
        (start - max(e for e in ends if e < start)) / RATE for start in starts if start > min(ends)
    )
    values = [v for v in outcome.values if v is not None] if isinstance(outcome, Score) else []
    return [value - truth for value in values], len(LINES[:3]) - len(values)


async def _live(options: dict[str, str]) -> tuple[list[float], int]:
    """All the delays at once: calls take the time they take."""
    calls = await asyncio.gather(*(_live_call(delay, options) for delay in DELAYS))
    return [error for errors, _ in calls for error in errors], sum(left_out for _, left_out in calls)


def measure() -> Section:
    """Every way of sending × every delay; the error is measured less logged."""
    figures: list[Figure] = []
    for number, (way, options) in enumerate(WAYS.items()):
        errors = [abs(error) * 1000 for error in _simulated(options)]
        median, worst = f"simulated, {way}: median error (n {len(errors)})", f"simulated, {way}: worst error"
        if number < CLEAN:
            figures += [at_most(median, statistics.median(errors), 5, "ms"), at_most(worst, max(errors), 20, "ms")]
        else:
            figures += [Figure(median, f"{statistics.median(errors):.3g} ms"), Figure(worst, f"{max(errors):.3g} ms")]
    for way in list(WAYS)[:CLEAN]:
        found, left_out = asyncio.run(_live(WAYS[way]))
        errors = [abs(error) * 1000 for error in found]
        what = f"live on loopback, {way}: median error (n {len(errors)}, {left_out} left out as late)"
        figures.append(at_most(what, statistics.median(errors), 25, "ms"))
        figures.append(Figure(f"live on loopback, {way}: worst error", f"{max(errors):.3g} ms"))
    return Section(
        "Planted answer delays",
        figures,
        f"Delays of {', '.join(DELAYS)}; the truth is the agent's own log of its sample positions. "
        "Comfort noise limits the resolution, which is published with the score.",
    )
