"""How often the agent gives way when the caller cuts in."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._yields import counted, tallied, unmeasured, yields

IN_TIME = 2.0
"""Seconds within which a yield counts, inclusive."""


@scorer(unit="ratio", better="higher", version=3)
def yield_rate(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Yields within 2.0 s (inclusive) ÷ (proved yields + failures to yield).

    What counts as a yield, as a failure and as neither is `yield_delay`'s. To be read beside
    `selectivity`: an agent that stops at every sound has a yield rate of 1.

    Source: the score catalogue, docs/metrics.md.
    """
    reason = unmeasured(conversation)
    if reason is not None:
        return reason
    found = counted(yields(conversation))
    in_time = [one for one in found if one.delay is not None and one.delay <= IN_TIME]
    return Score(
        len(in_time) / len(found),
        "ratio",
        len(found),
        spans=tuple(one.span for one in sorted(found, key=lambda one: one in in_time)),
        resolution=conversation.resolution,
        detail=f"{len(in_time)} of {len(found)} yielded within {IN_TIME:g} s: {tallied(conversation)}",
        few=len(found) < 10,
    )
