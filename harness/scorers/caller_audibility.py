"""Whether our own caller can be understood."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers.audibility_wer import of_track


@scorer(unit="ratio", better="lower", version=1)
def caller_audibility(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Word error rate of an independent recogniser on our own caller, before any effect: our own check.

    Past a limit that the scenario sets the call is *invalid*: the case is bad, not the agent. Else
    as `audibility_wer`.

    Source: the score catalogue, docs/metrics.md.
    """
    return of_track(conversation, "clean")
