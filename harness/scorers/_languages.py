"""Which language each party spoke in its turns."""

from __future__ import annotations

from harness.conversation import Conversation, Turn
from harness.scorers._opening import primary
from harness.scorers._speech import events
from harness.timeline import AgentSaid


def spoken_in(conversation: Conversation, turn: Turn) -> str | None:
    """The language of a turn of the agent's, as a primary tag; None where nobody is sure."""
    if not turn.text:
        return None
    tags = {
        primary(said.language)
        for said in events(conversation, AgentSaid)
        if said.language and said.text.strip() and said.text.strip() in turn.text
    }
    return tags.pop() if len(tags) == 1 else None
