"""Whether the human who takes over can go on where the caller is."""

from __future__ import annotations

from collections.abc import Iterator

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Score, Unscored, scorer
from harness.scorers._handoffs import handoffs
from harness.scorers.handoff_decision import handoff_decision
from harness.scorers.handoff_destination import handoff_destination
from harness.scorers.handoff_faithfulness import handoff_faithfulness
from harness.scorers.handoff_fields import handoff_fields
from harness.scorers.handoff_receipt import handoff_receipt

COMPLETE = 0.9
"""The least completeness of a packet that a human can go on with."""


@scorer(unit="ratio", better="higher", version=3)
def transfer_success_with_summary(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """1 where the human who takes over can go on where the caller is, else 0.

    All of these must hold: handoff_decision = 1, handoff_destination = 1, handoff_receipt = 1,
    handoff_fields.completeness >= 0.9, handoff_faithfulness = 1. Any that is false makes it 0; else
    any that couldn't be measured makes it unmeasured. `detail` names them. Unscored where nothing
    was handed over and nothing had to be.

    Source: the score catalogue, docs/metrics.md.
    """
    seen = handoffs(conversation)
    if isinstance(seen, Unscored):
        return seen
    due = scenario.truth.handoff
    if not seen and (due is None or due.decision != "required"):
        return Unscored("nothing was handed over, and nothing had to be")
    parts = tuple(_parts(conversation, scenario))
    failed = [name for name, outcome, least in parts if isinstance(outcome, Score) and outcome.value < least]
    unknown = [f"{name}: {outcome.reason}" for name, outcome, _ in parts if isinstance(outcome, Unscored)]
    if not failed and unknown:
        return Unscored(f"not known of {'; '.join(unknown)}")
    spans = tuple(
        span for name, outcome, _ in parts if name in failed and isinstance(outcome, Score) for span in outcome.spans
    )
    detail = f"failed: {', '.join(failed)}" if failed else "all of it"
    return Score(0.0 if failed else 1.0, "ratio", 1, spans, detail=detail)


def _parts(conversation: Conversation, scenario: Scenario) -> Iterator[tuple[str, Outcome, float]]:
    yield "decision", handoff_decision(conversation, scenario), 1.0
    yield "destination", handoff_destination(conversation, scenario), 1.0
    yield "receipt", handoff_receipt(conversation, scenario), 1.0
    yield "completeness", handoff_fields(conversation, scenario)["completeness"], COMPLETE
    yield "faithfulness", handoff_faithfulness(conversation, scenario), 1.0
