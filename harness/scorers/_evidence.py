"""What truth, call and tool results hold of a fact, and where the caller said it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from harness.conversation import Conversation
from harness.scenario import Truth
from harness.scorers._speech import events
from harness.text.entities import Kind, said_in
from harness.timeline import HeardAs, KeysPressed, LineSaid, ToolCalled


class Evidence:
    """Every text of a call that can hold a fact.

    lines: what the caller said, with the words that were played. given: all that the caller gave,
    in words and keys, and all that tools returned.
    """

    def __init__(self, truth: Truth, conversation: Conversation) -> None:
        self.lines = tuple((line, played(line)) for line in events(conversation, LineSaid))
        self.given = [text for _, text in self.lines]
        self.given += [press.keys for press in events(conversation, KeysPressed)]
        self.given += [text for call in events(conversation, ToolCalled) for text in leaves(call.result)]
        self._texts = list(self.given)
        self._texts += [heard.text for heard in events(conversation, HeardAs) if heard.final]
        self._texts += [value for e in truth.entities for value in (e.value, *e.was, *e.accepted)]
        self._texts += [text for text in (truth.reason, truth.next_action) if text]

    def holds(self, value: str, kind: Kind) -> bool:
        """Whether truth, call or tool results hold a value; what the agent misheard is in the call."""
        return any(said_in(text, value, kind) for text in self._texts)

    def gave(self, value: str, kind: Kind) -> bool:
        """Whether the caller gave a value, or a tool did."""
        return any(said_in(text, value, kind) for text in self.given)

    def said(self, value: str, kind: Kind) -> tuple[int, int] | None:
        """The words in which the caller last said a value, in samples; the whole line where words have no instants."""
        for line, text in reversed(self.lines):
            if said_in(text, value, kind):
                return _stretch(line, value, kind)
        return None

    def first_said(self, value: str, kind: Kind) -> int | None:
        """The sample at which the caller had said a value for the first time."""
        for line, text in self.lines:
            if said_in(text, value, kind):
                return _stretch(line, value, kind)[1]
        return None


def played(line: LineSaid) -> str:
    """The words of a line that were played, as far as that is known."""
    return " ".join(word for word, _, _ in line.words) if line.cut and line.words else line.text


def _stretch(line: LineSaid, value: str, kind: Kind) -> tuple[int, int]:
    where = holding(tuple(word for word, _, _ in line.words), value, kind)
    return (line.at, line.end) if where is None else (line.words[where[0]][1], line.words[where[1]][2])


@lru_cache(maxsize=4096)
def holding(said: tuple[str, ...], value: str, kind: Kind) -> tuple[int, int] | None:
    """The first and last of the words that hold a value: the shortest run that ends where it's first whole."""
    if not said or not said_in(" ".join(said), value, kind):
        return None
    low, high = 1, len(said)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if said_in(" ".join(said[:middle]), value, kind) else (middle + 1, high)
    end = high
    low, high = 0, end - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if said_in(" ".join(said[middle:end]), value, kind) else (low, middle - 1)
    return (low, end - 1) if said_in(" ".join(said[low:end]), value, kind) else (0, len(said) - 1)


def leaves(found: Any, depth: int = 6) -> Iterator[str]:
    """The values within a tool's result, as texts; nothing deeper than any real result is."""
    if isinstance(found, Mapping):
        found = tuple(found.values())
    if isinstance(found, list | tuple):
        if depth:
            for item in found:
                yield from leaves(item, depth - 1)
    elif found is not None:
        yield str(found)
