"""How much of what the caller sent an independent recogniser gets wrong."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._overheard import NOT_ASKED, error_rate, of_the_caller
from harness.scorers._speech import events
from harness.timeline import LineSaid


@scorer(unit="ratio", better="lower", version=1)
def audibility_wer(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Word error rate of an independent recogniser on the caller as sent, with the line's effects.

    Not the agent's understanding, which is `wer`: how hard the line made it to understand the
    caller, for agents that tell no transcript. Line by line, so that nothing is heard in silence.
    Lines of which the recogniser makes more words than fit, or the same over and over, are apart as
    unreliable; where they are most of what was said nothing is measured. Measured where the
    scenario expects something of it, or by `vahness score --recognise`, and in English.

    Source: the score catalogue, docs/metrics.md.
    """
    return of_track(conversation, "sent")


def of_track(conversation: Conversation, track: str) -> Score | Unscored:
    """The caller's words against what was heard on one of its tracks."""
    lines = [line for line in events(conversation, LineSaid) if line.text and line.end > line.at]
    if not lines:
        return Unscored("the caller said nothing")
    found = tuple(of_the_caller(conversation, track))
    foreign = [line for line in lines if not line.language.lower().startswith("en")]
    if not found:
        return Unscored(f"the recogniser knows no {foreign[0].language}" if len(foreign) == len(lines) else NOT_ASKED)
    return error_rate(found, [f"{len(foreign)} lines in other languages left out"] if foreign else [])
