"""How often the agent falls back out of the caller's language."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._languages import Reply, replies, unknown


@scorer(unit="count", better="lower", version=2)
def language_relapse(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Replies in another language after the agent had answered in the caller's.

    Counted anew from each switch of the caller's. n is the replies whose language is known behind
    the first that was right. Unscored where the agent never answered in the caller's language, or
    not again after it: who never followed can't fall back. Languages as in `reply_language`.

    Source: the score catalogue, docs/metrics.md.
    """
    reason = unknown(conversation)
    if reason is not None:
        return reason
    after: list[Reply] = []
    followed = False
    ever = False
    for one in replies(conversation):
        followed = followed and not one.first
        if followed and one.fits is not None:
            after.append(one)
        followed = followed or one.fits is True
        ever = ever or followed
    if not after:
        why = "the agent never answered in the caller's language" if not ever else "it answered in it once, at the end"
        return Unscored(why)
    relapses = [one for one in after if not one.fits]
    return Score(len(relapses), "count", len(after), tuple(one.span for one in relapses))
