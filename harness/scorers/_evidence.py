"""What truth, call and tool results hold of a fact, and where the caller said it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from harness.conversation import Conversation
from harness.scenario import Truth
from harness.scorers._promises import said_by_agent
from harness.scorers._speech import events
from harness.text.entities import Kind, meanings, said_in
from harness.text.meaning import content
from harness.text.months import MONTHS
from harness.text.normalising import normalised, words
from harness.text.numbers import ordinal
from harness.text.words import Token
from harness.timeline import HeardAs, KeysPressed, LineSaid, ToolCalled


class Evidence:
    """Every text of a call that can hold a fact.

    lines: what the caller said, with the words that were played. given: all that the caller gave,
    in words and keys, and all that tools returned. spoken: all that the agent said, by sentences.
    """

    def __init__(self, truth: Truth, conversation: Conversation) -> None:
        self.lines = tuple((line, played(line)) for line in events(conversation, LineSaid))
        self.given = [text for _, text in self.lines]
        self.given += [press.keys for press in events(conversation, KeysPressed)]
        self.given += [text for call in events(conversation, ToolCalled) for text in leaves(call.result)]
        self.spoken = said_by_agent(conversation)
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

    def told(self, value: str, kind: Kind) -> bool:
        """Whether the agent said a value: it shows that the agent took it for so, and no more."""
        return any(said_in(text, value, kind) for text in self.spoken)

    def said(self, value: str, kind: Kind) -> tuple[int, int] | None:
        """The words in which the caller last said a value, in samples; the whole line where they can't be told."""
        for line, text in reversed(self.lines):
            if said_in(text, value, kind):
                return _stretch(line, value, kind)
        return None

    def first_said(self, value: str, kind: Kind) -> int | None:
        """The end of the first line in which the caller said a value, in samples."""
        return next((line.end for line, text in self.lines if said_in(text, value, kind)), None)


_kept: list[tuple[Truth, Conversation, Evidence]] = []


def evidence_of(truth: Truth, conversation: Conversation) -> Evidence:
    """The evidence of a call; that of the call last asked about is kept, since several scores need it."""
    if not (_kept and _kept[0][0] is truth and _kept[0][1] is conversation):
        _kept[:] = [(truth, conversation, Evidence(truth, conversation))]
    return _kept[0][2]


def played(line: LineSaid) -> str:
    """The words of a line that were played, as far as that is known."""
    return " ".join(word for word, _, _ in line.words) if line.cut and line.words else line.text


def _stretch(line: LineSaid, value: str, kind: Kind) -> tuple[int, int]:
    where = holding(tuple(word for word, _, _ in line.words), value, kind)
    return (line.at, line.end) if where is None else (line.words[where[0]][1], line.words[where[1]][2])


@lru_cache(maxsize=4096)
def holding(said: tuple[str, ...], value: str, kind: Kind) -> tuple[int, int] | None:
    """The first and last of the words that hold a value; None where that can't be told.

    The words of the value in its normal forms are looked for among those of the line; what lies
    between them must hold the value by itself.
    """
    tokens = normalised(" ".join(said), "en")
    if not tokens or tokens[-1].last >= len(said):
        return None
    found = _run(tokens, value, kind) if kind in _RUNS else _scattered(tokens, value, kind)
    if not found:
        return None
    first, last = min(token.first for token in found), max(token.last for token in found)
    if kind in _RUNS or kind == "text":
        return first, last
    return (first, last) if said_in(" ".join(said[first : last + 1]), value, kind) else None


_RUNS = ("code", "phone", "name", "email")


def _run(tokens: Sequence[Token], value: str, kind: Kind) -> Sequence[Token]:
    """The tokens that spell a value, however it's grouped: the last such run."""
    wanted = ["".join(words(value)), *(str(one).lower() for one in meanings(value, kind))]
    wanted += [one[-10:] for one in wanted if kind == "phone"]
    ends = list(accumulate(len(token.text) for token in tokens))
    whole = "".join(token.text for token in tokens)
    for one in wanted:
        at = whole.rfind(one) if one else -1
        if at >= 0:
            return tokens[bisect_right(ends, at) : bisect_left(ends, at + len(one)) + 1]
    return ()


def _scattered(tokens: Sequence[Token], value: str, kind: Kind) -> Sequence[Token]:
    """The tokens that belong to a value: from the last that tells it, back to the first of its neighbours."""
    if kind == "date":
        days = meanings(value, "date")
        telling = {form for _, _, day in days for form in (str(day), ordinal(day))}
        beside = {name for name, month in MONTHS.items() if any(month == one for _, one, _ in days)} | {"of", "the"}
    elif kind == "text":
        return [token for token in tokens if content(token.text) & content(value)]
    else:
        telling = {form for one in meanings(value, kind) for form in _figures(str(one[0] if kind == "amount" else one))}
        beside = _BESIDE
    last = next((i for i in reversed(range(len(tokens))) if tokens[i].text in telling), None)
    if last is None:
        return ()
    first = last
    while first and tokens[first - 1].text in beside:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].text in beside - {"the"}:
        last += 1
    while first < last and tokens[first].text in ("the", "of", "in", "to"):
        first += 1
    return tokens[first : last + 1]


_BESIDE = {
    *("am", "pm", "oclock", "in", "the", "morning", "afternoon", "evening", "half", "quarter", "past", "to"),
    *("dollars", "pounds", "euros", "rupees"),
}


def _figures(value: str) -> set[str]:
    """The forms in which a time or a number stands among the words of a line."""
    hour, colon, minute = value.partition(":")
    if not colon:
        return {value}
    halves = {str(int(hour)), str(int(hour) % 12 or 12)}
    return {*halves, *(f"{half}{minute}" for half in halves), *({"noon", "midday"} if value == "12:00" else ())}


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
