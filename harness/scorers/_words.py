"""What the caller said against what the agent understood, word by word over the whole call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.conversation import Conversation
from harness.scenario import MURMURS
from harness.scorers._once import once_a_call
from harness.scorers._speech import events
from harness.text.alignment import Counts, Op, aligned, tally
from harness.text.normalising import normalised
from harness.text.phrases import FILLERS
from harness.text.words import Token, written
from harness.timeline import HeardAs, LineSaid

LARGEST = 2_000_000
"""Cells of an alignment beyond which optional words are excused afterwards, not weighed: a flood of transcripts."""


@dataclass(frozen=True, slots=True)
class Due:
    """A word of the caller's that the agent should have understood, in samples; optional ones may be missing."""

    text: str
    start: int
    end: int
    line: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """The call's words aligned with the agent's transcript.

    lines: what the caller said, in order; `Due.line` is an index into it. heard: the words of the
    agent's final transcripts. ops: their alignment, whose indices are those of due and heard. early:
    words told before the line began that they would be of: nobody can have heard them there.
    """

    lines: tuple[LineSaid, ...]
    due: tuple[Due, ...]
    heard: tuple[str, ...]
    ops: tuple[Op, ...]
    early: frozenset[int] = frozenset()

    @property
    def counts(self) -> Counts:
        """Right words and errors by their kind."""
        return tally(self.ops)


@once_a_call
def understood(conversation: Conversation) -> Understood | None:
    """The alignment over the whole call; None where the agent told no final transcript.

    Not turn by turn: a transcript that comes late, or joins two turns, is no error. One that comes
    before the caller said it is: it was made up, or known from elsewhere.
    """
    told = [event for event in events(conversation, HeardAs) if event.final]
    if not told:
        return None
    lines = tuple(sorted(events(conversation, LineSaid), key=lambda line: line.at))
    language = "+".join(sorted({line.language for line in lines})) or "en"
    due = tuple(word for i, line in enumerate(lines) for word in due_words(line, i, language))
    words = tuple((token.text, event.at) for event in told for token in normalised(event.text, language))
    heard = tuple(text for text, _ in words)
    ops = _ops(due, heard)
    early = frozenset(
        op.hypothesis
        for op in ops
        if op.reference is not None
        and op.hypothesis is not None
        and words[op.hypothesis][1] < lines[due[op.reference].line].at
    )
    return Understood(lines, due, heard, tuple(one for op in ops for one in _possible(op, due, early)), early)


def _ops(due: tuple[Due, ...], heard: tuple[str, ...]) -> tuple[Op, ...]:
    reference = [word.text for word in due]
    if len(due) * len(heard) <= LARGEST:
        return aligned(reference, heard, [word.optional for word in due])
    return tuple(op for one in aligned(reference, heard) for op in _excused(one, due))


def _possible(op: Op, due: tuple[Due, ...], early: frozenset[int]) -> Iterator[Op]:
    """A word that was told too early comes from nowhere, and the one that it stood for was missed."""
    if op.hypothesis not in early or op.reference is None:
        yield op
        return
    yield Op("insert", None, op.hypothesis)
    yield Op("excused" if due[op.reference].optional else "delete", op.reference, None)


def _excused(op: Op, due: tuple[Due, ...]) -> Iterator[Op]:
    """An error on an optional word: the word is excused, and what was heard for it came from nowhere."""
    if op.kind in ("equal", "insert") or op.reference is None or not due[op.reference].optional:
        yield op
        return
    yield Op("excused", op.reference, None)
    if op.hypothesis is not None:
        yield Op("insert", None, op.hypothesis)


def due_words(line: LineSaid, index: int, language: str) -> list[Due]:
    """The words of a line that were played whole, each with when.

    Of a line that was cut whose words' times aren't known, any word may be missing.
    """
    played = [word for word in line.words if word[2] <= line.end] if line.cut and line.words else line.words
    text = " ".join(word for word, _, _ in played) if line.cut and line.words else line.text
    timed = len(written(text)) == len(played)
    unsure = line.kind in MURMURS or (line.cut and not line.words)

    def when(token: Token) -> tuple[int, int]:
        return (played[token.first][1], played[token.last][2]) if timed else (line.at, line.end)

    return [
        Due(token.text, *when(token), index, unsure or token.text in FILLERS) for token in normalised(text, language)
    ]
