"""The parts of which a recovery is made, each as a rate of its own."""

from __future__ import annotations

from collections.abc import Mapping

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, scorer
from harness.scorers._recovered import share_of
from harness.scorers._recoveries import PARTS, recoveries


@scorer(unit="ratio", better="higher", version=2, parts=PARTS)
def recovery_parts(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """Of the interruptions for which a part of `interruption_recovery` is due and known, the share in which it holds.

    `yielded`, `answered`, `addressed`, `kept`, `not_repeated`: (a) to (e), as defined there. A part
    that was due in no interruption, or that nothing shows, is not measured, and says why.

    Source: the score catalogue, docs/metrics.md.
    """
    found = recoveries(conversation, scenario)
    return {part: share_of(conversation, found, part) for part in PARTS}
