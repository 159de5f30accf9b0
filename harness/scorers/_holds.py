"""Whether what the agent has said so far says anything, or only holds the floor."""

from __future__ import annotations

from harness.audio import samples
from harness.conversation import Conversation
from harness.scorers._speech import Stretch, events
from harness.text.phrases import hold_prefix, is_hold
from harness.timeline import AgentSaid, Party

EARLY = samples(0.5)
"""Words may be told this long before the caller has finished the turn that they answer."""

SLACK = 0.05
"""Share of a turn by which the length of a hold in letters may miss its length in sound."""


def only_holds(conversation: Conversation, since: int, piece: Stretch, following: int) -> bool:
    """Whether the agent's speech from `since` through `piece` is a filler or a hold and nothing else.

    By what the agent told it says, through the middle of the silence up to `following`; where it
    tells nothing, by the share of its turn's recognised text that a hold at its beginning takes.
    What nobody knows the words of is taken to say something.
    """
    told = [said for said in events(conversation, AgentSaid) if said.spoken]
    if told:
        until = (piece[1] + following) // 2
        so_far_told = [said for said in told if since - EARLY <= said.at < until]
        return bool(so_far_told) and all(is_hold(said.text, said.language or "en") for said in so_far_told)
    turn = next((t for t in conversation.of(Party.AGENT) if t.start <= piece[0] < t.end), None)
    if turn is None or not turn.text:
        return False
    held = hold_prefix(turn.text)
    sounding = sum(end - start for start, end in turn.spurts)
    so_far = sum(min(end, piece[1]) - start for start, end in turn.spurts if start < piece[1])
    return held > 0 and so_far / sounding <= held * 1.35 + SLACK
