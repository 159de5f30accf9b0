"""Whether the agent did by itself what the caller called for."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._handoffs import handoffs
from harness.scorers.task_success import task_success


@scorer(unit="ratio", better="higher", version=1)
def resolved_without_transfer(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """1 where the task was done and nobody was brought in, else 0, over calls in which the agent might do it alone.

    Over a run it is a share whose n counts only these calls: those in which a handoff was forbidden
    or allowed. A call that had to be handed over is not one of them. Done is `task_success`'s.

    Source: the score catalogue, docs/metrics.md.
    """
    due = scenario.truth.handoff
    if due is None:
        return Unscored("the scenario doesn't say whether the agent may do it alone")
    if due.decision == "required":
        return Unscored("a human had to be brought in: not one of the calls that this counts")
    seen, done = handoffs(conversation), task_success(conversation, scenario)
    if isinstance(seen, tuple) and seen:
        at = seen[0].at / RATE
        return Score(0.0, "ratio", 1, (Span(at, at, "handed over"),), detail="handed over")
    if isinstance(done, Score) and done.value < 1.0:
        return Score(0.0, "ratio", 1, done.spans, detail=f"not done: {done.detail}")
    if isinstance(seen, Unscored):
        return seen
    return done if isinstance(done, Unscored) else Score(1.0, "ratio", 1, done.spans, detail="done, without a transfer")
