"""How often the agent begins its reply before the caller has finished."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._exchanges import exchanges


@scorer(unit="count", better="lower", version=2)
def premature_replies(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Caller turns that the agent replied to more than 0.1 s before the caller's last voiced sample.

    n is the number of turns. The agent's murmurs, speech that was running from before, and onsets
    within 0.3 s of the caller's own are apart. `values` holds how early each was, in seconds
    (negative).

    Source: the score catalogue, docs/metrics.md.
    """
    found = exchanges(conversation)
    if not found:
        return Unscored("the caller said nothing")
    timed = [exchange for exchange in found if exchange.late is None]
    if not timed:
        return Unscored(f"harness was late: {found[0].late}")
    early = [(e.turn.end / RATE, e.latency) for e in timed if e.standing == "premature" and e.latency is not None]
    return Score(
        len(early),
        "count",
        len(timed),
        spans=tuple(Span(end + latency, end, f"{latency:.2f} s") for end, latency in early),
        resolution=conversation.resolution,
        values=tuple(latency for _, latency in early),
    )
