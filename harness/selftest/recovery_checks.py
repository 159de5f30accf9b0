"""The truth of a recovery: whether the agent gave way in time, answered, and kept what it was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.audio import RATE
from harness.score import Score
from harness.selftest.checks import NOT_COUNTED, planted_yield, replies
from harness.selftest.rows import Row, late, told, unmeasured, verdict
from harness.selftest.rung import Rung

IN_TIME, ANSWERED = 0.8, 3.5
"""Seconds: the production profile's limits for a yield and for an answer."""

RECOVERED, LOST = "recovered", "not recovered"
HOLDS, BROKEN = "holds", "broken"

SAYS: Mapping[str, Mapping[str, str]] = {
    "recovers": {"addressed": HOLDS, "kept": HOLDS, "not_repeated": HOLDS},
    "forgets_correction": {"addressed": BROKEN, "kept": BROKEN, "not_repeated": HOLDS},
    "answers_old_question": {"addressed": BROKEN, "not_repeated": HOLDS},
    "answers_old_question, naming nothing": {"addressed": NOT_COUNTED, "not_repeated": HOLDS},
    "repeats_what_was_heard": {"addressed": BROKEN, "not_repeated": BROKEN},
}
"""By the kind of plant, what its answer to a correction is planted to be; not counted, where words alone can't tell."""


def recovery(rung: Rung) -> Iterator[Row]:
    """Whether the agent recovered, and each part of it that is due."""
    label, delay = planted_yield(rung)
    parts: dict[str, str] = {}
    if label != NOT_COUNTED:
        parts["yielded"] = HOLDS if delay is not None and delay <= IN_TIME else BROKEN
    if parts.get("yielded") == HOLDS:
        line, _, reply = replies(rung)[-1]
        soon = reply is not None and (reply.start - line.end) / RATE <= ANSWERED
        parts |= {"answered": HOLDS if soon else BROKEN, **SAYS[rung.plant.kind]}
    planted = RECOVERED if parts else NOT_COUNTED
    if BROKEN in parts.values():
        planted = LOST
    elif NOT_COUNTED in parts.values():
        planted = NOT_COUNTED
    yield _verdict(rung, "interruption_recovery", planted, RECOVERED, LOST)
    for part, standing in parts.items():
        yield _verdict(rung, f"recovery_parts.{part}", standing, HOLDS, BROKEN)


def _verdict(rung: Rung, score: str, planted: str, one: str, none: str) -> Row:
    outcome = rung.scores[score]
    if late(outcome):
        return unmeasured(rung, score, planted, told(outcome))
    measured = NOT_COUNTED
    if isinstance(outcome, Score):
        measured = one if outcome.value == 1.0 else none
    return verdict(rung, score, planted, measured, told(outcome))
