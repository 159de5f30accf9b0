"""Dialogues of several voices and levels, in noise and on telephones: are edges found where they were put?"""

from __future__ import annotations

from collections.abc import Iterator

from harness.detection import spurts
from harness.selftest.dialogues import (
    CARRIED,
    CLEAN,
    FAINT_NOISE,
    G711,
    NOISE,
    VOICES,
    Condition,
    Tally,
    dialogue,
    middle,
    said_by,
    within,
)
from harness.selftest.rows import Row
from harness.statistics import generator

SPOKEN = 4
"""Dialogues of a condition; each has another pair of voices."""

LISTENED = "listened"
"""Stands where a row of a call has its shell. Planted is then what is asked of all edges together."""

QUIET = Condition("clean, speech at -38 dBov", level=-38.0)


def listened(seed: int) -> Iterator[Row]:
    """One row for each thing that is asked of each condition: planted is what is asked, measured what was found."""
    for condition in (CLEAN, QUIET, G711, CARRIED, FAINT_NOISE, NOISE):
        tally = _tallied(condition, seed)
        onsets, stops = 100 * within(tally.onsets), 100 * within(tally.stops)
        if condition in (CLEAN, QUIET):
            yield _row(condition, "onsets within 20 ms, %", 95.0, onsets, onsets >= 95.0)
            yield _row(condition, "stops within 20 ms, %", 97.0, stops, stops >= 97.0)
        elif condition is G711:
            yield _row(condition, "onsets within 20 ms, %", 88.0, onsets, onsets >= 88.0)
        elif condition is CARRIED:
            yield _row(condition, "stops within 20 ms, %", 97.0, stops, stops >= 97.0)
        else:
            asked = 10.0 if condition is FAINT_NOISE else 40.0
            error = middle([*tally.onsets, *tally.stops])
            yield _row(condition, "median error of an edge, ms", asked, error, error <= asked)


def _tallied(condition: Condition, seed: int) -> Tally:
    tally = Tally()
    for number in range(SPOKEN):
        draw = generator(seed, f"dialogue {condition.name} {number}")
        agent, caller = (said_by(*VOICES[int(k)]) for k in draw.permutation(len(VOICES))[:2])
        order = draw.permutation(len(agent))
        planted = dialogue([agent[k] for k in order], caller, condition, int(draw.integers(1 << 31)))
        tally.note(planted, spurts(planted.recording.heard))
    return tally


def _row(condition: Condition, score: str, asked: float, measured: float, right: bool) -> Row:
    measured = round(measured, 3)
    return Row(-1, "dialogues", condition.name, score, LISTENED, asked, measured, right, True)
