"""How long the agent talks on when the caller cuts in."""

from __future__ import annotations

from collections.abc import Mapping

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, scorer
from harness.scorers._ranking import SHARES, Reading, ranked
from harness.scorers._yields import GIVEN_UP, Yield, counted, tallied, unmeasured, yields

__all__ = ["Yield", "yield_delay", "yields"]

PARTS = ("p50", "max")


@scorer(unit="s", better="lower", version=3, parts=PARTS)
def yield_delay(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """Seconds from the onset of a true interruption over agent speech to the end of the speech that was running.

    Speech that resumes within 0.6 s without a withdrawal or a new utterance is the same speech, so
    is any that resumes before 1.0 s of silence while the caller still speaks, and so is an
    utterance that starved and went on. No yield by 3.0 s is censored at 3.0 and ranks above all.

    It rests on *proved* yields (unplayed audio was withdrawn; or 1.0 s or more was left, by a
    control call, else by the agent's own text) and on failures. What it took back and sent again
    within 0.6 s, and hiss, are nothing withdrawn. Speech shown to have had less left
    *ended on its own* and is left out, counted; what nothing shows is *unproved* and reported
    apart, and where there is more of it than of the rest the score is not measured. A collision
    (onsets within 0.3 s) is apart too. Who speaks on after 1.0 s of silence has yielded, and cuts
    in anew: that is `agent_interrupts`.

    Source: the score catalogue, docs/metrics.md.
    """
    reason = unmeasured(conversation)
    if reason is not None:
        return dict.fromkeys(PARTS, reason)
    readings = [
        Reading(one.delay, one.span, GIVEN_UP / RATE, None if one.standing == "proved" else one.why)
        for one in counted(yields(conversation))
    ]
    note = tallied(conversation)
    return {part: ranked(readings, SHARES[part], conversation.resolution, note) for part in PARTS}
