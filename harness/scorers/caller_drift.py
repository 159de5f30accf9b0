"""Whether our own caller did what it planned when it planned it."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._speech import events
from harness.timeline import Interrupted, KeysPressed, Murmured


@scorer(unit="s", better="lower", version=1)
def caller_drift(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """The most by which an interruption, a murmur or a key press of ours missed its instant, in seconds.

    Real instant − max(planned, knowable): an event can't happen before its anchor is known. More
    than 0.1 s voids the call. `values` holds each event's drift.

    Source: the score catalogue, docs/metrics.md.
    """
    planned: list[Interrupted | Murmured | KeysPressed] = [
        *events(conversation, Interrupted),
        *events(conversation, Murmured),
        *events(conversation, KeysPressed),
    ]
    if not planned:
        return Unscored("nothing was planned for an instant")
    planned.sort(key=lambda event: event.at)
    drifts = [(event.at - max(event.planned, event.knowable)) / RATE for event in planned]
    worst = planned[drifts.index(max(drifts))]
    span = Span(worst.at / RATE, worst.at / RATE, f"{max(drifts) * 1000:.0f} ms off")
    return Score(max(drifts), "s", len(drifts), (span,), values=tuple(drifts))
