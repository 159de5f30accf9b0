"""What the agent's transcript holds of what the caller said: over the whole call, and line by line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from harness.conversation import Conversation
from harness.score import Unscored
from harness.scorers._speech import events
from harness.scorers._words import Understood, understood
from harness.text.alignment import Counts
from harness.text.rates import graphemes
from harness.text.words import is_unspaced
from harness.timeline import HeardAs


def transcribed(conversation: Conversation) -> Understood | Unscored:
    """The call's words aligned with the agent's transcript, or why there is nothing to compare."""
    found = understood(conversation)
    if found is None:
        partial = events(conversation, HeardAs)
        return Unscored("the agent told only partial transcripts" if partial else "the agent told no transcript")
    if not found.counts.reference:
        return Unscored(f"the caller said no word that was due; {found.counts.insertions} were heard")
    return found


def due(found: Understood) -> tuple[str, ...]:
    """The words that were due, in order: optional ones where they were heard."""
    excused = {op.reference for op in found.ops if op.kind == "excused"}
    return tuple(word.text for number, word in enumerate(found.due) if number not in excused)


def heard_of_lines(found: Understood) -> tuple[tuple[str, ...], ...]:
    """What was heard for each of the caller's lines; what was heard from nowhere goes with the line before.

    What was told before it was said was heard for none.
    """
    heard: list[list[str]] = [[] for _ in found.lines]
    line = 0
    for op in found.ops:
        if op.reference is not None:
            line = found.due[op.reference].line
        if op.hypothesis is not None and op.hypothesis not in found.early and heard:
            heard[line].append(found.heard[op.hypothesis])
    return tuple(map(tuple, heard))


def heard_in_time(found: Understood) -> tuple[str, ...]:
    """The words of the transcript, without those that were told before they were said."""
    return tuple(word for number, word in enumerate(found.heard) if number not in found.early)


def told_early(found: Understood) -> Counts:
    """The letters of the words that were told before they were said, as insertions."""
    return Counts(insertions=len(graphemes(joined([found.heard[number] for number in sorted(found.early)]))))


def joined(words: Sequence[str]) -> str:
    """Words as they are written: with a space between two of them, except in scripts that put none."""
    text = words[0] if words else ""
    for before, word in pairwise(words):
        text += word if is_unspaced(before[-1]) and is_unspaced(word[0]) else f" {word}"
    return text
