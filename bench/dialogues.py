"""How near listening comes to dialogues on two channels whose truth is known to the sample, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from bench.section import Figure, Section, at_least, at_most
from harness.audio import RATE
from harness.selftest.dialogues import (
    CARRIED,
    CLEAN,
    CONDITIONS,
    FAINT_NOISE,
    G711,
    NOISE,
    VOICES,
    Condition,
    Tally,
    middle,
    tallied,
    within,
)


def _figures(condition: Condition, tally: Tally) -> Iterator[Figure]:
    onsets, stops = within(tally.onsets), within(tally.stops)
    for name, share, errors in (("onsets", onsets, tally.onsets), ("stops", stops, tally.stops)):
        yield Figure(
            f"{condition.name}: {name} within 20 ms; median, 95th percentile of the error",
            f"{100 * share:.1f} %; {middle(errors):.1f} ms, {middle(errors, 0.95):.0f} ms (n = {len(errors)})",
        )
    resolution = 1000 * float(np.median(tally.resolutions))
    yield Figure(f"{condition.name}: resolution published; spurts invented", f"{resolution:.0f} ms; {tally.invented}")


def _asked(tallies: Mapping[str, Tally]) -> Iterator[Figure]:
    clean, coded, carried, faint, noisy = (tallies[c.name] for c in (CLEAN, G711, CARRIED, FAINT_NOISE, NOISE))
    yield at_least("onsets within 20 ms, clean", 100 * within(clean.onsets), 95, "%")
    yield at_least("onsets within 20 ms, G.711", 100 * within(coded.onsets), 88, "%")
    yield at_least("stops within 20 ms, clean", 100 * within(clean.stops), 97, "%")
    yield at_least("stops within 20 ms, G.711, as the line carries them", 100 * within(carried.stops), 97, "%")
    yield at_most("median error, noise at -60 dBov", middle([*faint.onsets, *faint.stops]), 10, "ms")
    yield at_most("median error, noise at -40 dBov", middle([*noisy.onsets, *noisy.stops]), 40, "ms")
    published = [float(np.median(tally.resolutions)) for tally in (clean, faint, noisy)]
    grows = published[0] < published[1] < published[2]
    told = ", ".join(f"{1000 * seconds:.0f}" for seconds in published)
    yield Figure("resolution: clean, -60, -40 dBov", f"{told} ms", "grows", grows)


def _costs(seeds: Sequence[int]) -> Iterator[Figure]:
    for name, veto in (("energy alone", False), ("with Silero", True)):
        tally = tallied(CLEAN, seeds, veto=veto)
        yield Figure(f"cost, {name}", f"{3600 * tally.took / tally.seconds:.1f} s an audio hour")
        if veto:
            share = tally.windows * 512 / RATE / tally.seconds
            yield Figure("windows that Silero heard, of all there are", f"{100 * share:.0f} %")


def measure(seeds: Sequence[int] = (1,)) -> Section:
    """Edges against what was planted, condition by condition, and what finding them costs."""
    tallies = {condition.name: tallied(condition, seeds) for condition in CONDITIONS}
    details = [figure for c in CONDITIONS for figure in _figures(c, tallies[c.name])]
    minutes = sum(tally.seconds for tally in tallies.values()) / 60
    notes = (
        f"{len(VOICES)} voices, {minutes:.0f} minutes, seeds {', '.join(map(str, seeds))}. "
        "Truth is the edge rule on the clean track: what a telephone leaves out of it, such as the s at a "
        "line's end, which lies above 4 kHz, is an "
        "error in the rows of G.711 and telephone, though it isn't on the line for anybody to hear."
    )
    return Section("Hearing where speech is", [*_asked(tallies), *details, *_costs(seeds[:1])], notes)
