"""What several scores need of a call is computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from harness.conversation import Conversation

Result = TypeVar("Result")


def once_a_call(compute: Callable[[Conversation], Result]) -> Callable[[Conversation], Result]:
    """Keep what a function gave for the conversation it was last asked about.

    By identity: calls are scored one after another, and to hash a conversation costs more than
    most of what is kept here.
    """
    kept: list[tuple[Conversation, Result]] = []

    @wraps(compute)
    def recall(conversation: Conversation) -> Result:
        for known, result in kept:
            if known is conversation:
                return result
        result = compute(conversation)
        kept[:] = [(conversation, result)]
        return result

    return recall
