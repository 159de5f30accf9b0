"""How much of the caller's speech the agent talks over."""

from __future__ import annotations

from collections.abc import Iterable

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._exchanges import is_murmur
from harness.scorers._speech import Stretch, caller_turns, onsets, pieces

GRACE = samples(0.6)
"""The beginning of any cut-in: nobody can give way sooner than this."""


@scorer(unit="ratio", better="lower", version=2)
def talk_over(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Share of the caller's speech over which the agent speaks too.

    Without the backchannels of either party, and without the first 0.6 s of any cut-in, whoever
    cut in: to begin over the other is another score (`agent_interrupts`), and so is to give way
    late (`yield_delay`); this one is of those who go on. n is the number of the caller's turns.

    Source: the score catalogue, docs/metrics.md.
    """
    turns = caller_turns(conversation)
    said = [spurt for turn in turns for spurt in turn.spurts]
    spoken = sum(end - start for start, end in said)
    if not spoken:
        return Unscored("the caller said nothing")
    heard = [piece for piece in pieces(conversation) if not any(is_murmur(conversation, piece, turn) for turn in turns)]
    begun = [*(start for start, _ in said), *onsets(conversation)]
    over = [stretch for both in _overlaps(said, heard) for stretch in _without(both, begun)]
    return Score(
        sum(end - start for start, end in over) / spoken,
        "ratio",
        len(turns),
        spans=tuple(Span(a / RATE, b / RATE, f"both for {(b - a) / RATE:.2f} s") for a, b in over),
        resolution=conversation.resolution,
        detail=f"{sum(b - a for a, b in over) / RATE:.2f} s of {spoken / RATE:.2f} s",
    )


def _overlaps(said: Iterable[Stretch], heard: Iterable[Stretch]) -> list[Stretch]:
    """Where both sound."""
    both = [(max(a, start), min(b, end)) for a, b in said for start, end in heard]
    return sorted((start, end) for start, end in both if start < end)


def _without(both: Stretch, begun: Iterable[int]) -> list[Stretch]:
    """What is left of an overlap without the beginning of each cut-in."""
    left: list[Stretch] = []
    now = both[0]
    for onset in sorted(begun):
        if onset + GRACE <= now or onset >= both[1]:
            continue
        if onset > now:
            left.append((now, onset))
        now = onset + GRACE
    if now < both[1]:
        left.append((now, both[1]))
    return left
