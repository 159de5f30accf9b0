"""Whether the agent talks to a line that nobody is on."""

from __future__ import annotations

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._speech import hung_up

LISTENED = samples(0.1)
"""What was recorded behind the end of the call must be at least this to show anything."""


@scorer(unit="s", better="lower", version=1)
def speech_after_hangup(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Seconds of the agent's speech that were heard after either side had hung up.

    Speech that was running then counts from the hang-up on. Spans show each stretch. Unscored
    where nobody hung up, or nothing was recorded behind it.

    Source: the score catalogue, docs/metrics.md.
    """
    ended = hung_up(conversation)
    if ended is None:
        return Unscored("nobody hung up")
    if len(conversation.recording.heard) - ended.at < LISTENED:
        return Unscored(f"nothing was recorded after the {ended.party} hung up")
    after = [(max(start, ended.at), end) for start, end in conversation.spurts if end > ended.at]
    return Score(
        sum(end - start for start, end in after) / RATE,
        "s",
        1,
        spans=tuple(Span(a / RATE, b / RATE, f"{(b - a) / RATE:.2f} s after the call") for a, b in after),
        resolution=conversation.resolution,
        detail=f"the {ended.party} hung up",
    )
