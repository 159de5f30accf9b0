"""Whether our own frames went out in time."""

from __future__ import annotations

from collections.abc import Mapping

from harness.audio import FRAME, RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.statistics import nearest_rank

PARTS = ("p50", "p99", "max")
_SHARES = {"p50": 0.50, "p99": 0.99, "max": 1.0}


@scorer(unit="ms", better="lower", version=1, parts=PARTS)
def frame_lateness(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """How late our own frames went out, in milliseconds, over the whole call.

    Where they were late within a turn (p99 above 10 ms, or any above 40 ms) that turn's timing is
    left out of the scores. Unscored in simulated time, where nothing can be late.

    Source: the score catalogue, docs/metrics.md.
    """
    lateness = conversation.recording.lateness
    if not len(lateness):
        return dict.fromkeys(PARTS, Unscored("a simulated call has no lateness"))
    latest = int(lateness.argmax()) * FRAME / RATE
    span = Span(latest, latest + FRAME / RATE, f"{float(lateness.max()):.1f} ms late")
    ordered = sorted(map(float, lateness))
    return {part: Score(nearest_rank(ordered, share), "ms", len(ordered), (span,)) for part, share in _SHARES.items()}
