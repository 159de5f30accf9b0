"""How often the agent leaves the caller without an answer."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._exchanges import exchanges


@scorer(unit="count", better="lower", version=3)
def unanswered_turns(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Caller turns after which the caller waited 1.5 s or more and heard nothing of the agent.

    The wait ends where the caller speaks again or the call is over. The last turn counts like any
    other, unless it ended with a goodbye, asking and saying nothing behind it, that the agent answered by
    hanging up. A turn that asks the agent
    to hold needs no answer. n is the number of turns;
    `values` holds how long the caller waited for each, in seconds.

    Source: the score catalogue, docs/metrics.md.
    """
    found = exchanges(conversation)
    if not found:
        return Unscored("the caller said nothing")
    left = [exchange for exchange in found if exchange.unanswered]
    return Score(
        len(left),
        "count",
        len(found),
        spans=tuple(Span(e.turn.end / RATE, e.due / RATE, f"unanswered for {e.waited:.1f} s") for e in left),
        resolution=conversation.resolution,
        values=tuple(exchange.waited for exchange in left),
    )
