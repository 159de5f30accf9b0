"""Whether what the agent says can be understood."""

from __future__ import annotations

from collections.abc import Iterator

from harness.conversation import Conversation, Turn
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._opening import may_be_cut
from harness.scorers._overheard import NOT_ASKED, Compared, error_rate
from harness.text.normalising import words
from harness.timeline import Party


@scorer(unit="ratio", better="lower", version=1)
def agent_intelligibility(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Word error rate of an independent recogniser on the agent's audio against the text it says it said.

    Turn by turn, over the words it told. A turn that the caller cut into, or that the agent took
    back, told more than was heard and is left out, counted. What the recogniser itself gets wrong
    of good speech is in it too: compare agents, not 0. Turns of which it makes more words than
    fit, or the same over and over, are apart as unreliable; where they are most of what was said
    nothing is measured. Measured where the scenario expects something of it, or by `vahness score
    --recognise`, and in English.

    Source: the score catalogue, docs/metrics.md.
    """
    told = [turn for turn in conversation.of(Party.AGENT) if turn.source == "told"]
    if not told:
        return Unscored("the agent told no text of what it says")
    asked = [one for one in conversation.overheard if one.track == "heard"]
    if not asked:
        return Unscored(NOT_ASKED)
    whole = [turn for turn in told if not may_be_cut(conversation, turn)]
    if not whole:
        return Unscored("every turn of which the agent told a text was cut into")
    cut = len(told) - len(whole)
    return error_rate(
        tuple(_compared(conversation, whole)), [f"{cut} turns that were cut into left out"] if cut else []
    )


def _compared(conversation: Conversation, turns: list[Turn]) -> Iterator[Compared]:
    heard = {(one.start, one.end): one for one in conversation.overheard if one.track == "heard"}
    for turn in turns:
        one = heard.get((turn.start, turn.end))
        if one is not None:
            said = words(turn.text or "", "en")
            yield Compared(one, said, (False,) * len(said), words(one.text, "en"))
