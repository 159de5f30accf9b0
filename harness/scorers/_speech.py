"""The agent's speech as a caller hears it: which stretches are one speech, and what ended it.

A pause inside speech is no end of it. Speech goes on if it resumes within 0.6 s, or before 1.0 s
of silence while the caller still speaks, unless the agent withdrew what was left or began a new
utterance in between; where the same utterance starved, it goes on whenever it comes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias, TypeVar

from harness.audio import FRAME, samples
from harness.conversation import Conversation, Turn
from harness.scenario import MURMURS
from harness.score import NEVER_TAKEN
from harness.scorers._once import once_a_call
from harness.timeline import AudioWithdrawn, CallerLate, Event, HungUp, Party, ReplyEnded, Starved

RESUMES = samples(0.6)
"""Speech that resumes within this much silence is the same speech."""

RESUMES_OVER = samples(1.0)
"""While the caller still speaks, so is any that resumes before this much."""

BRIDGED = samples(0.25)
"""Silence that a spurt bridges."""

EDGE = FRAME
"""How far an event of the playout may lie from the voiced edge that it explains."""

Stretch: TypeAlias = tuple[int, int]
Ending: TypeAlias = Literal["withdrawn", "ended", "silent", "call over"]
Some = TypeVar("Some", bound=Event)


@dataclass(frozen=True, slots=True)
class Speech:
    """One speech of the agent's: from its first voiced sample to one past its last.

    ending: the rest was withdrawn; its utterance ended; it fell silent and nobody knows why; or
    the call was over first.
    """

    start: int
    end: int
    ending: Ending


@once_a_call
def _sorted_out(conversation: Conversation) -> dict[type[Event], tuple[Event, ...]]:
    found: dict[type[Event], list[Event]] = {}
    for event in conversation.recording.events:
        found.setdefault(type(event), []).append(event)
    return {kind: tuple(events) for kind, events in found.items()}


def events(conversation: Conversation, kind: type[Some]) -> tuple[Some, ...]:
    """The events of one kind, in order."""
    return _sorted_out(conversation).get(kind, ())  # type: ignore[return-value]


def hung_up(conversation: Conversation) -> HungUp | None:
    """Who ended the call, and when."""
    ended = events(conversation, HungUp)
    return ended[0] if ended else None


def never_taken(conversation: Conversation) -> str | None:
    """Why nobody was ever on the line: the agent refused, or was gone before the first frame; None where it took it."""
    ended = hung_up(conversation)
    if ended is None or ended.party is not Party.AGENT or ended.at > 0:
        return None
    return f"{NEVER_TAKEN}: {ended.reason or 'it hung up at once'}"


def call_end(conversation: Conversation) -> int:
    """The sample at which the call was over: where somebody hung up, else the recording's end."""
    ended = hung_up(conversation)
    return len(conversation.recording.heard) if ended is None else ended.at


@once_a_call
def caller_turns(conversation: Conversation) -> tuple[Turn, ...]:
    """The caller's turns, murmurs left out."""
    return tuple(turn for turn in conversation.of(Party.CALLER) if turn.kind not in MURMURS)


def ours(conversation: Conversation, since: int, until: int) -> int:
    """From where on, between two samples, the silence is our own caller's, which was late; `until` where it wasn't."""
    return min((late.at for late in events(conversation, CallerLate) if since <= late.at < until), default=until)


def caller_speaks(conversation: Conversation, at: int) -> bool:
    """Whether the caller is in a turn at this sample."""
    return any(turn.start <= at < turn.end for turn in caller_turns(conversation))


def withdrawals(conversation: Conversation) -> Iterator[AudioWithdrawn]:
    """Where the agent took back audio that had not been heard; one that took nothing back is none."""
    return (event for event in stops(conversation) if event.samples > 0)


def stops(conversation: Conversation) -> Iterator[AudioWithdrawn]:
    """Where the agent said that it stops, whether there was anything to take back or not.

    Who sends the same again at once hasn't stopped.
    """
    return (event for event in events(conversation, AudioWithdrawn) if not event.resent)


@once_a_call
def pieces(conversation: Conversation) -> tuple[Stretch, ...]:
    """The agent's spurts until the call was over, divided where an utterance was withdrawn or ended.

    One that ends, or is withdrawn, while the caller speaks divides nothing: without a silence the
    caller hears one speech go on over its own.
    """
    over = call_end(conversation)
    ends = (*withdrawals(conversation), *events(conversation, ReplyEnded))
    cuts = sorted(event.at for event in ends if not caller_speaks(conversation, event.at))
    made: list[Stretch] = []
    for start, end in conversation.spurts:
        end = min(end, over)
        inside = [cut for cut in cuts if start + EDGE < cut < end - EDGE]
        made += [(a, b) for a, b in pairwise((start, *inside, end)) if a < b]
    return tuple(made)


def goes_on(conversation: Conversation, stop: int, resume: int) -> bool:
    """Whether what is heard from `resume` on is the speech that fell silent at `stop`.

    Over a caller who still speaks it is, whatever the agent withdrew or ended in between: less
    than a second of silence has given nobody the floor.
    """
    if resume - stop < RESUMES_OVER and caller_speaks(conversation, resume):
        return True
    ended = any(
        stop - EDGE <= event.at <= resume + EDGE for event in (*stops(conversation), *events(conversation, ReplyEnded))
    )
    return not ended and (resume - stop <= RESUMES or _starved(conversation, stop, resume))


def _starved(conversation: Conversation, stop: int, resume: int) -> bool:
    """Whether the same utterance ran dry here. Without a name, what follows a caller's turn is an answer to it."""
    for gap in events(conversation, Starved):
        if gap.at < resume and gap.at + gap.samples > stop:
            return gap.reply is not None or not any(stop < t.end <= resume for t in caller_turns(conversation))
    return False


def running(conversation: Conversation, at: int, *, in_pause: bool) -> Speech | None:
    """The agent's speech that is running at a sample; None where there is none.

    in_pause: whether a speech is running in a pause that it goes on after. Where it starved, it
    always is.
    """
    heard = pieces(conversation)
    i = bisect_right(heard, (at, 1 << 62)) - 1
    if i < 0:
        return None
    if heard[i][1] <= at:
        if i + 1 == len(heard) or not goes_on(conversation, heard[i][1], heard[i + 1][0]):
            return None
        if not in_pause and not _starved(conversation, heard[i][1], heard[i + 1][0]):
            return None
    first = last = i
    while first and goes_on(conversation, heard[first - 1][1], heard[first][0]):
        first -= 1
    while last + 1 < len(heard) and goes_on(conversation, heard[last][1], heard[last + 1][0]):
        last += 1
    following = heard[last + 1][0] if last + 1 < len(heard) else call_end(conversation)
    return Speech(heard[first][0], heard[last][1], _ending(conversation, heard[last][1], following))


def _ending(conversation: Conversation, end: int, following: int) -> Ending:
    """What ended a speech: looked for up to where it could still have gone on."""
    until = min(end + RESUMES, following + EDGE)
    if any(end - EDGE <= event.at <= until for event in withdrawals(conversation)):
        return "withdrawn"
    if end >= call_end(conversation) - EDGE:
        return "call over"
    if any(end - EDGE <= event.at <= until for event in events(conversation, ReplyEnded)):
        return "ended"
    return "silent"


@once_a_call
def onsets(conversation: Conversation) -> tuple[int, ...]:
    """Where the agent begins to be heard.

    Speech that goes on after a pause doesn't begin again, unless the caller began in that pause:
    then who goes on has to be told from who begins.
    """
    heard = pieces(conversation)
    found: list[int] = [heard[0][0]] if heard else []
    for (_, stop), (start, _) in pairwise(heard):
        entered = any(stop <= turn.start < start for turn in caller_turns(conversation))
        if start - stop >= BRIDGED and (entered or not goes_on(conversation, stop, start)):
            found.append(start)
    return tuple(found)
