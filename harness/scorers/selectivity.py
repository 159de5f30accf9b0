"""How often the agent rightly goes on when the caller only murmurs."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Unscored, scorer
from harness.scorers._speech import events
from harness.timeline import Murmured


@scorer(unit="ratio", better="higher", version=1)
def selectivity(conversation: Conversation, _scenario: Scenario) -> Unscored:
    """Events rightly ignored ÷ all eligible sounds of the caller's that want no floor.

    An event is eligible if the agent has more than 2 s left, or is silent and owes nothing. How
    much it had left is known from a control call (the same seed without the event), which this
    version doesn't make: so this is not measured, and stands beside `yield_rate` to say so.

    Source: the score catalogue, docs/metrics.md.
    """
    murmurs = len(events(conversation, Murmured))
    if not murmurs:
        return Unscored("the caller made no sound that the agent should ignore")
    return Unscored(f"{murmurs} to be ignored; needs control calls, which this version doesn't make")
