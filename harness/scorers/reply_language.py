"""Whether the agent answers in the caller's language."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._languages import replies, unknown


@scorer(unit="ratio", better="higher", version=2)
def reply_language(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Replies in the caller's current language ÷ replies whose language is known.

    The caller's is the language of the line that is answered; to one that mixes languages a reply in
    any of them will do. The agent's is found from its text (its own, else recognition): by script,
    by words of romanised Hindi, by the commonest words of English, Spanish, German and French; where
    the text shows too little, by the agent's own word. Replies of which that leaves nothing are
    left out, counted; where they are the most nothing is measured.

    Source: the score catalogue, docs/metrics.md.
    """
    reason = unknown(conversation)
    if reason is not None:
        return reason
    known = [one for one in replies(conversation) if one.fits is not None]
    unsure = len(replies(conversation)) - len(known)
    wrong = [one for one in known if not one.fits]
    return Score(
        1 - len(wrong) / len(known),
        "ratio",
        len(known),
        spans=tuple(one.span for one in wrong),
        detail=f"{len(known) - len(wrong)} of {len(known)}" + (f", {unsure} unsure" if unsure else ""),
        few=len(known) < 10,
    )
