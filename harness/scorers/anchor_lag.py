"""How long our own caller takes to know the instant that it acts upon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Span, Unscored, scorer
from harness.scorers._ranking import SHARES, Reading, ranked
from harness.scorers._speech import events, running
from harness.timeline import Interrupted, Murmured

PARTS = ("p50", "max")


@scorer(unit="s", better="lower", version=1, parts=PARTS)
def anchor_lag(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """Seconds from the agent's true onset to when our caller could know of it, for each event anchored there.

    A score of ourselves: nobody knows live that a sound begins before some of it was heard. An
    event can't be planned for less than this after its anchor. Events that are anchored elsewhere
    (at a share of the turn, behind a phrase, at a rate, in silence) are left out and counted.

    Source: the score catalogue, docs/metrics.md.
    """
    planned: list[Interrupted | Murmured] = [*events(conversation, Interrupted), *events(conversation, Murmured)]
    planned.sort(key=lambda event: event.at)
    if not planned:
        return dict.fromkeys(PARTS, Unscored("nothing was anchored to the agent's speech"))
    starts = [start for start, _ in conversation.spurts]
    readings: list[Reading] = []
    for event in planned:
        begun = bisect_right(starts, event.knowable)
        if begun and _on_onset(scenario, event.step) and running(conversation, event.at, in_pause=True) is not None:
            onset = starts[begun - 1]
            lag = (event.knowable - onset) / RATE
            readings.append(Reading(lag, Span(onset / RATE, event.knowable / RATE, f"known after {lag:.2f} s")))
    left = len(planned) - len(readings)
    if not readings:
        return dict.fromkeys(PARTS, Unscored(f"none of {left} events is anchored to an onset of the agent's"))
    note = f"{left} anchored elsewhere" if left else None
    return {part: ranked(readings, SHARES[part], conversation.resolution, note) for part in PARTS}


def _on_onset(scenario: Scenario, step: int) -> bool:
    """Whether a step is planned from the onset of the agent's turn."""
    if not 0 <= step < len(scenario.steps):
        return False
    planned = scenario.steps[step]
    anchored = getattr(planned, "after", None) is not None
    return anchored and getattr(planned, "at", None) is None and getattr(planned, "phrase", None) is None
