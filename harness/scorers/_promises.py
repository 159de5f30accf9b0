"""What an agent gave its word for: in the call, in a packet, in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from harness.conversation import Conversation
from harness.handoff.prose import sentences
from harness.scenario import Truth
from harness.scorers._speech import events
from harness.text.meaning import agrees, content, denies
from harness.timeline import AgentSaid, Party

_PROMISES = re.compile(
    r"\b(?:promis\w*|guarante\w*|assur\w*|commit\w*"
    r"|(?:we|i|they|you|someone|engineer|agent|team)(?:'ll| will| shall)"
    r"|will (?:be )?(?:call|ring|refund|send|sent|receive|get|arrive|contact|visit|credit|waive)\w*"
    r"|(?:le|te|lo|la) (?:llamaremos|enviaremos|devolveremos)|prometi\w*|garantiz\w*"
    r"|werden wir|versprech\w*|promet\w*)\b"
    r"|\b(?:within|by|in) (?:the next )?\w+ (?:hours?|days?|minutes?)\b.*\b(?:call|refund|repl\w+|fix\w*)\b",
    re.IGNORECASE,
)


def promises_in(text: str) -> Iterator[str]:
    """The sentences of a text that give somebody's word for something."""
    return (one.strip() for one in sentences(text) if _PROMISES.search(one))


def said_by_agent(conversation: Conversation) -> tuple[str, ...]:
    """All that the agent said, sentence by sentence, as far as anyone knows its words."""
    told = [said.text for said in events(conversation, AgentSaid) if said.spoken]
    heard = [turn.text for turn in conversation.of(Party.AGENT) if turn.text]
    return tuple(dict.fromkeys(one for text in (*heard, *told) for one in sentences(text)))


def given(promise: str, said: Iterable[str], truth: Truth) -> bool:
    """Whether the agent gave a promise in the call: a sentence of its that holds all that the promise holds.

    The facts of the call may be filled in: who promised to call keeps it by "we will call 4155550123".
    """
    known = frozenset(word for e in truth.entities for value in (e.value, *e.accepted) for word in content(value))
    wanted = content(_PLAIN.sub(" ", promise)) - known
    return bool(wanted) and any(wanted <= content(one) and denies(one) == denies(promise) for one in said)


def breaks(promise: str, forbidden: Iterable[str]) -> str | None:
    """Which of the promises that mustn't be made this one is."""
    return next((one for one in forbidden if content(one) and agrees(one, promise)), None)


_PLAIN = re.compile(
    r"\b(?:agent|assistant|bot|caller|customer|told|said|was|been|has|promised?|that|we|will|shall)\b",
    re.IGNORECASE,
)
"""Words of a report on a promise that aren't of the promise."""
