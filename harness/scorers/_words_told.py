"""What the agent's words were in a stretch of the call: as it told them, or as they were recognised."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scorers._speech import events
from harness.timeline import AgentSaid, Party


def tells(conversation: Conversation) -> bool:
    """Whether the agent tells what it says."""
    return any(said.spoken for said in events(conversation, AgentSaid))


def knows_words(conversation: Conversation, at: int) -> bool:
    """Whether anybody knows the words of the agent's turn that is heard at a sample."""
    if tells(conversation):
        return True
    return any(turn.text for turn in conversation.of(Party.AGENT) if turn.start <= at < turn.end)
