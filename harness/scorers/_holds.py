"""Whether what the agent has said so far says anything, or only holds the floor."""

from __future__ import annotations

from harness.audio import samples
from harness.conversation import Conversation, Turn
from harness.scorers._speech import RESUMES, Stretch, events
from harness.scorers._words_told import tells
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
    told = _told(conversation, since, piece, following)
    if told:
        return all(is_hold(said.text, said.language or "en") for said in told)
    turn = _turn(conversation, piece)
    if turn is None or not turn.text or (tells(conversation) and turn.source == "told"):
        return False
    held = hold_prefix(turn.text)
    sounding = sum(end - start for start, end in turn.spurts)
    so_far = sum(min(end, piece[1]) - start for start, end in turn.spurts if start < piece[1])
    return held > 0 and so_far / sounding <= held * 1.35 + SLACK


def known(conversation: Conversation, since: int, piece: Stretch, following: int) -> bool:
    """Whether anybody knows what the agent has said from `since` through `piece`.

    Words that are told late are known where the speech goes on at once. What it told of another
    utterance, behind a silence, isn't what this one said.
    """
    turn = _turn(conversation, piece)
    if turn is None or not turn.text:
        return bool(_told(conversation, since, piece, following))
    if turn.source != "told" or following - piece[1] <= RESUMES:
        return True
    return bool(_told(conversation, since, piece, following))


def _told(conversation: Conversation, since: int, piece: Stretch, following: int) -> list[AgentSaid]:
    until = (piece[1] + following) // 2
    told = (said for said in events(conversation, AgentSaid) if said.spoken)
    return [said for said in told if since - EARLY <= said.at < until]


def _turn(conversation: Conversation, piece: Stretch) -> Turn | None:
    return next((t for t in conversation.of(Party.AGENT) if t.start <= piece[0] < t.end), None)
