"""Whether a human was brought in when one had to be, and only then."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._handoffs import handoffs
from harness.scorers._speech import call_end, never_taken

_RIGHT = {
    ("required", True): (1.0, "correct"),
    ("required", False): (0.0, "missed"),
    ("allowed", True): (1.0, "correct"),
    ("allowed", False): (1.0, "contained"),
    ("forbidden", True): (0.0, "unnecessary"),
    ("forbidden", False): (1.0, "contained"),
}


@scorer(unit="ratio", better="higher", version=2)
def handoff_decision(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """1 where the decision to bring a human in, or not to, was the right one, else 0.

    `detail` says which: `correct` (it handed over, and had to or might), `contained` (it did not,
    and needn't or mustn't), `missed` (it had to and did not), `unnecessary` (it mustn't and did).
    Measured only through a channel that the agent declared or that a handoff proved, and where it
    took the call. How soon it came is `handoff_delay`'s.

    Source: the score catalogue, docs/metrics.md.
    """
    truth = scenario.truth.handoff
    if truth is None:
        return Unscored("the scenario doesn't say whether a human must be brought in")
    if (gone := never_taken(conversation)) is not None:
        return Unscored(gone)
    seen = handoffs(conversation)
    if isinstance(seen, Unscored):
        return seen
    value, detail = _RIGHT[truth.decision, bool(seen)]
    if seen:
        at = seen[0].at / RATE
        span = Span(at, at, f"handed over to {seen[0].to or 'a human'}: {detail}")
    else:
        span = Span(0.0, call_end(conversation) / RATE, f"no handoff: {detail}")
    return Score(value, "ratio", 1, spans=(span,), detail=detail)
