"""How long a caller waits for the agent's first word."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._lateness import spoiled
from harness.scorers._speech import call_end, caller_turns, never_taken, ours, pieces


@scorer(unit="s", better="lower", version=2)
def greeting_latency(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Seconds from the call being connected to the agent's first audible sample.

    Never pooled with the latencies of later turns. Where the agent said nothing before the
    caller's first turn (or at all) it is censored at what the caller waited, so that no limit from
    above passes. Unscored where the caller speaks first and the agent didn't greet, and where the agent
    never took the call.

    Source: the score catalogue, docs/metrics.md.
    """
    if (gone := never_taken(conversation)) is not None:
        return Unscored(gone)
    turns = caller_turns(conversation)
    until = turns[0].start if turns else call_end(conversation)
    first = next((start for start, _ in pieces(conversation) if start < until), None)
    if first is None and scenario.first == "caller":
        return Unscored("the caller speaks first: no greeting was due")
    end = ours(conversation, 0, until) if first is None else first
    late = spoiled(conversation.recording, 0, end)
    if late is not None:
        return Unscored(f"harness was late: {late}")
    return Score(
        end / RATE,
        "s",
        1,
        spans=(Span(0.0, end / RATE, "no greeting" if first is None else "greeting"),),
        resolution=conversation.resolution,
        detail="no greeting before the caller spoke, or the call was over" if first is None else None,
        censored=first is None,
        values=(None if first is None else end / RATE,),
    )
