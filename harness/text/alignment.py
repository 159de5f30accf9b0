"""Which word was heard for which: an alignment with the fewest errors, and its counts.

Counts come from rapidfuzz where every word is due. Where some words of the reference are optional
(a murmur is right if it is there, and no error if it isn't) the alignment is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from rapidfuzz.distance import Levenshtein

Kind: TypeAlias = Literal["equal", "substitute", "delete", "insert", "excused"]


class Op(NamedTuple):
    """One step of an alignment: what became of a word of the reference, or a word from nowhere.

    reference, hypothesis: the words' indices, None where there is none. `excused` is an optional
    word that wasn't heard: no error.
    """

    kind: Kind
    reference: int | None
    hypothesis: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many words were right and how many were wrong, and how; they add up over a corpus."""

    hits: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    @property
    def errors(self) -> int:
        """Substitutions, deletions and insertions."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def reference(self) -> int:
        """Words that were due: optional ones count where they were heard."""
        return self.hits + self.substitutions + self.deletions

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hits + other.hits,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )


def counts(reference: Sequence[str], hypothesis: Sequence[str]) -> Counts:
    """The errors of a hypothesis, every word of the reference being due.

    The totals of jiwer (word error rate, substitutions, deletions, insertions, hits).
    """
    if reference == hypothesis:
        return Counts(len(reference))
    kinds = [kind for kind, _, _ in Levenshtein.editops(reference, hypothesis).as_list()]
    substitutions, deletions = kinds.count("replace"), kinds.count("delete")
    insertions = len(kinds) - substitutions - deletions
    return Counts(len(reference) - substitutions - deletions, substitutions, deletions, insertions)


def tally(ops: Iterable[Op]) -> Counts:
    """The counts of an alignment."""
    seen = {"equal": 0, "substitute": 0, "delete": 0, "insert": 0, "excused": 0}
    for op in ops:
        seen[op.kind] += 1
    return Counts(seen["equal"], seen["substitute"], seen["delete"], seen["insert"])


def aligned(
    reference: Sequence[str], hypothesis: Sequence[str], optional: Sequence[bool] | None = None
) -> tuple[Op, ...]:
    """An alignment of the fewest errors, in order.

    optional: which words of the reference may be missing without an error, of the same length.
    """
    if optional is None or not any(optional):
        return tuple(_without_optional(reference, hypothesis))
    # What is due and the same at both ends is right in some best alignment; an optional word is not:
    # of "yes" (a murmur) and "yes" (an answer), one "yes" heard is the answer.
    shorter = min(len(reference), len(hypothesis))
    head = 0
    while head < shorter and reference[head] == hypothesis[head] and not optional[head]:
        head += 1
    tail = 0
    while tail < shorter - head and reference[-1 - tail] == hypothesis[-1 - tail] and not optional[-1 - tail]:
        tail += 1
    end, heard = len(reference) - tail, len(hypothesis) - tail
    return (
        *(Op("equal", k, k) for k in range(head)),
        *_with_optional(reference[head:end], hypothesis[head:heard], optional[head:end], head),
        *(Op("equal", end + k, heard + k) for k in range(tail)),
    )


_KINDS: dict[str, Kind] = {"equal": "equal", "replace": "substitute", "delete": "delete", "insert": "insert"}


def _without_optional(reference: Sequence[str], hypothesis: Sequence[str]) -> Iterable[Op]:
    for block in Levenshtein.opcodes(reference, hypothesis):
        kind = _KINDS[block.tag]
        for k in range(max(block.src_end - block.src_start, block.dest_end - block.dest_start)):
            yield Op(
                kind,
                None if kind == "insert" else block.src_start + k,
                None if kind == "delete" else block.dest_start + k,
            )


def _with_optional(
    reference: Sequence[str], hypothesis: Sequence[str], optional: Sequence[bool], offset: int
) -> list[Op]:
    """Levenshtein's table, row by row, in which to leave out an optional word costs nothing.

    An insertion always costs 1, so a row's cheapest way from the left is a running minimum.
    """
    codes: dict[str, int] = {}
    heard = np.array([codes.setdefault(word, len(codes)) for word in hypothesis], np.int32)
    steps = np.arange(len(hypothesis) + 1, dtype=np.int32)
    table = np.empty((len(reference) + 1, len(hypothesis) + 1), np.int32)
    table[0] = steps
    for i, word in enumerate(reference):
        row = table[i] + (0 if optional[i] else 1)
        np.minimum(row[1:], table[i, :-1] + (heard != codes.get(word, -1)), out=row[1:])
        table[i + 1] = np.minimum.accumulate(row - steps) + steps
    return _traced(table.tolist(), reference, hypothesis, optional, offset)


def _traced(
    table: list[list[int]],
    reference: Sequence[str],
    hypothesis: Sequence[str],
    optional: Sequence[bool],
    offset: int,
) -> list[Op]:
    """The way back through the table, a match before anything else."""
    ops: list[Op] = []
    i, j = len(reference), len(hypothesis)
    while i or j:
        here = table[i][j]
        if i and j and reference[i - 1] == hypothesis[j - 1] and table[i - 1][j - 1] == here:
            i, j = i - 1, j - 1
            ops.append(Op("equal", offset + i, offset + j))
        elif i and optional[i - 1] and table[i - 1][j] == here:
            i -= 1
            ops.append(Op("excused", offset + i, None))
        elif i and j and not optional[i - 1] and table[i - 1][j - 1] + 1 == here:
            i, j = i - 1, j - 1
            ops.append(Op("substitute", offset + i, offset + j))
        elif j and table[i][j - 1] + 1 == here:
            j -= 1
            ops.append(Op("insert", None, offset + j))
        else:
            i -= 1
            ops.append(Op("delete", offset + i, None))
    return ops[::-1]
