"""The agent's words at the beginning of a call, with how many of them had been heard by an instant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from harness.audio import RATE, samples
from harness.conversation import Conversation, Turn
from harness.scenario import Scenario
from harness.score import Span
from harness.scorers._speech import RESUMES, events, withdrawals
from harness.scorers._yields import FASTEST, PACE_VARIES, SLOWEST
from harness.text.opening import spoken
from harness.text.phrases import letters
from harness.timeline import AgentSaid, Interrupted, LineSaid, Party

TEN_SECONDS = samples(10.0)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a check: True, False, or None where nobody can know; why, and where."""

    holds: bool | None
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn of the agent's that had begun by an instant.

    words: all that it says, as they are searched for phrases; None where nobody knows them.
    surely, perhaps: how many letters of them had been heard by then at least, and at most.
    """

    turn: Turn
    words: tuple[str, ...] | None
    surely: float
    perhaps: float


def heard_by(conversation: Conversation, until: int) -> tuple[Heard, ...]:
    """The agent's turns that had begun by a sample, in order."""
    return tuple(_heard(conversation, turn, until) for turn in conversation.of(Party.AGENT) if turn.start < until)


def _heard(conversation: Conversation, turn: Turn, until: int) -> Heard:
    if turn.text is None:
        return Heard(turn, None, 0.0, 0.0)
    words = spoken(turn.text)
    every = float(letters(words))
    whole = sum(end - start for start, end in turn.spurts)
    part = sum(min(end, until) - start for start, end in turn.spurts if start < until)
    if turn.source == "told" and (may_be_cut(conversation, turn) or told_more(turn)):
        # It told more than it got to say: how far it came is known from how long it sounded.
        return Heard(turn, words, min(every, SLOWEST * part / RATE), min(every, FASTEST * part / RATE))
    if part >= whole:
        return Heard(turn, words, every, every)
    share = part / whole
    return Heard(turn, words, every * share * (1 - PACE_VARIES), min(every, every * share * (1 + PACE_VARIES)))


def told_more(turn: Turn) -> bool:
    """Whether an agent told more words of a turn than anybody can say in the time that it sounded."""
    if turn.source != "told" or turn.text is None:
        return False
    return letters(spoken(turn.text)) > FASTEST * sum(end - start for start, end in turn.spurts) / RATE


def sayable(turn: Turn) -> str:
    """The words of a turn as far as anybody can have said them in the time that it sounded."""
    if not told_more(turn):
        return turn.text or ""
    said = (turn.text or "").split()
    most = FASTEST * sum(end - start for start, end in turn.spurts) / RATE
    longs = accumulate(letters(spoken(word)) for word in said)
    return " ".join(word for word, long in zip(said, longs, strict=True) if long <= most)


def may_be_cut(conversation: Conversation, turn: Turn) -> bool:
    """Whether a turn may not have been said to its end."""
    if any(turn.start <= event.at <= turn.end + RESUMES for event in withdrawals(conversation)):
        return True
    return any(turn.start <= event.at < turn.end for event in events(conversation, Interrupted))


def look_for(heard: Sequence[Heard], reaches: Callable[[Sequence[str]], int | None], what: str) -> Finding:
    """Whether something had been said: `reaches` gives how many of a turn's words it takes until it is through."""
    perhaps: Finding | None = None
    for one in heard:
        count = None if one.words is None else reaches(one.words)
        if one.words is None or count is None:
            continue
        span = Span(one.turn.start / RATE, one.turn.end / RATE, f"{what}: {' '.join(one.words[:count][-8:])}")
        needed = letters(one.words[:count])
        if needed <= one.surely:
            return Finding(True, span.note, span)
        if needed <= one.perhaps:
            perhaps = perhaps or Finding(None, f"{what}: told, but nobody knows whether it was heard in time", span)
    if perhaps is not None:
        return perhaps
    last = max((one.turn.end for one in heard), default=TEN_SECONDS)
    if any(one.words is None for one in heard):
        return Finding(None, "nobody knows what the agent said", Span(0.0, last / RATE))
    return Finding(False, f"{what}: not said" if heard else "the agent said nothing", Span(0.0, last / RATE))


def languages(conversation: Conversation, scenario: Scenario) -> tuple[str, ...]:
    """The primary tags of the languages that may be spoken: the caller's, the agent's by its own word, English."""
    told = [said.language for said in events(conversation, AgentSaid) if said.language]
    lines = [line.language for line in events(conversation, LineSaid)]
    return tuple(dict.fromkeys(primary(tag) for tag in _each([scenario.language, *lines, *told, "en"])))


def _each(tags: Iterable[str]) -> Iterable[str]:
    return (part for tag in tags for part in tag.split("+") if part)


def primary(tag: str) -> str:
    """A language without its region or script."""
    return tag.partition("-")[0].lower()
