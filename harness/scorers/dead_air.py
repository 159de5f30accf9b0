"""Silences in which a caller wonders whether anybody is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import MURMURS, Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._exchanges import exchanges, holds
from harness.scorers._holds import only_holds
from harness.scorers._speech import call_end, caller_turns, events, never_taken, ours, pieces
from harness.timeline import KeysPressed, Party, Starved

DEAD = samples(3.0)
FLAGGED = samples(10.0)
PARTS = ("count", "longest", "flagged")


@dataclass(frozen=True, slots=True)
class _Silence:
    """A stretch in which nobody is heard and the agent owes the turn; `broken`: the agent ended it."""

    start: int
    end: int
    broken: bool


@scorer(unit="s", better="lower", version=4, parts=PARTS, units={"count": "count", "flagged": "count"})
def dead_air(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """Stretches of 3 s or more in which both are silent and the agent owes the turn.

    The agent owes the turn from the end of a caller's turn (or key press) until it says something,
    and from the call's beginning where it is to greet. A filler or a hold ("one moment") doesn't
    discharge it. A caller who asked it to hold is owed nothing until it speaks again; what our own
    caller was late by is ours. `count`: how many such stretches; `longest`: the longest, in seconds,
    0 where there is none; `flagged`: how many last 10 s or more. A longest stretch that the caller
    ended, its patience being over, is censored. n is how often the agent owed the turn. Unscored where
    the agent never took the call.

    Source: the score catalogue, docs/metrics.md.
    """
    if (gone := never_taken(conversation)) is not None:
        return dict.fromkeys(PARTS, Unscored(gone))
    owed = list(_owed(conversation, scenario))
    if not owed:
        return dict.fromkeys(PARTS, Unscored("the agent never owed a turn"))
    dead = [silence for one in owed for silence in _silences(conversation, *one) if _length(silence) >= DEAD]
    spans = tuple(Span(s.start / RATE, s.end / RATE, f"{_length(s) / RATE:.1f} s of dead air") for s in dead)
    flagged = tuple(span for span, silence in zip(spans, dead, strict=True) if _length(silence) >= FLAGGED)
    longest = max(dead, key=_length, default=None)
    n, resolution = len(owed), conversation.resolution
    return {
        "count": Score(len(dead), "count", n, spans, resolution),
        "longest": Score(
            0.0 if longest is None else _length(longest) / RATE,
            "s",
            n,
            spans,
            resolution,
            censored=longest is not None and not longest.broken,
            values=tuple(_length(silence) / RATE if silence.broken else None for silence in dead),
        ),
        "flagged": Score(len(flagged), "count", n, flagged, resolution),
    }


def _length(silence: _Silence) -> int:
    return silence.end - silence.start


def _owed(conversation: Conversation, scenario: Scenario) -> Iterator[tuple[int, int, int]]:
    """(since, until, held) of each stretch in which a turn is owed: speech that began before `held` doesn't count."""
    over = call_end(conversation)
    moves = [(turn.start, turn.end) for turn in caller_turns(conversation)]
    moves += [(press.at, press.at) for press in events(conversation, KeysPressed)]
    moves.sort()
    held = {exchange.turn.end: exchange.held for exchange in exchanges(conversation)}
    if scenario.first == "agent":
        yield 0, ours(conversation, 0, moves[0][0] if moves else over), 0
    for i, (start, end) in enumerate(moves):
        until = moves[i + 1][0] if i + 1 < len(moves) else over
        asked_to_wait = any(start <= since < until for since, _ in holds(conversation))
        if end < until and not asked_to_wait:
            yield end, ours(conversation, end, until), held.get(end, end)


def _silences(conversation: Conversation, since: int, until: int, held: int) -> Iterator[_Silence]:
    """The silences of a stretch up to where the agent says something; where an utterance starves, beyond."""
    murmurs = [(t.start, t.end) for t in conversation.of(Party.CALLER) if t.kind in MURMURS]
    heard = pieces(conversation)
    now = since
    for sound in sorted([*heard, *murmurs]):
        start, end = sound
        if end <= since or start >= until:
            continue
        if start > now:
            yield _Silence(now, start, broken=sound in heard)
        now = max(now, end)
        if sound in heard and start >= held:
            following = next((a for a, _ in heard if a >= end), until)
            if not only_holds(conversation, since, sound, min(following, until)):
                yield from _starved(conversation, now, until)
                return
    if now < until:
        yield _Silence(now, until, broken=False)


def _starved(conversation: Conversation, since: int, until: int) -> Iterator[_Silence]:
    for gap in events(conversation, Starved):
        if since <= gap.at + gap.samples and gap.at < until:
            yield _Silence(gap.at, min(gap.at + gap.samples, until), broken=True)
