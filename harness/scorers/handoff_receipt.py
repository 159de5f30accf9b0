"""Whether anyone took the call over."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff.names import says_nothing
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._handoffs import handed_over

_NONE = frozenset({"false", "no", "pending", "failed", "failure", "error", "declined", "rejected", "timeout"})


@scorer(unit="ratio", better="higher", version=2)
def handoff_receipt(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """1 where the other side acknowledged the handoff, else 0: transfer theatre.

    The receipt is what the agent's channel shows of the other side: a ticket, a queue position, an
    answered leg; "unknown", "pending" or "failed" is none. The last handoff counts.
    Unscored where nothing was handed over.

    Source: the score catalogue, docs/metrics.md.
    """
    seen = handed_over(conversation, scenario)
    if isinstance(seen, Unscored):
        return seen
    receipt = (seen[-1].receipt or "").strip()
    there = not says_nothing(receipt) and receipt.lower() not in _NONE
    detail = f"receipt {receipt}" if there else "no receipt: transfer theatre"
    at = seen[-1].at / RATE
    return Score(float(there), "ratio", 1, (Span(at, at, detail),), detail=detail)
