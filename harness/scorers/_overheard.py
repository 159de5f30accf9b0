"""Words of a side against what an independent recogniser heard of it, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.audio import RATE
from harness.conversation import Conversation, Overheard
from harness.score import Score, Span, Unscored
from harness.scorers._speech import events
from harness.scorers._words import due_words
from harness.text.alignment import Counts, Op, aligned, tally
from harness.text.normalising import VERSION, words
from harness.timeline import LineSaid

SHOWN = 4
NOT_ASKED = "no recogniser was asked: expect something of this score, or run `vahness score --recognise`"


@dataclass(frozen=True, slots=True)
class Compared:
    """A stretch: the words that were said, those that may be missing, and those a recogniser heard."""

    heard: Overheard
    said: tuple[str, ...]
    optional: tuple[bool, ...]
    got: tuple[str, ...]

    @property
    def ops(self) -> tuple[Op, ...]:
        """The alignment, whose indices are those of said and got."""
        return aligned(self.said, self.got, self.optional)


def of_the_caller(conversation: Conversation, track: str) -> Iterator[Compared]:
    """Each line that a recogniser was asked of, as played on `sent` or `clean`."""
    lines = {(line.at, line.end): line for line in events(conversation, LineSaid)}
    for one in conversation.overheard:
        line = lines.get((one.start, one.end))
        if one.track == track and line is not None:
            due = due_words(line, 0, line.language)
            said, optional = tuple(word.text for word in due), tuple(word.optional for word in due)
            yield Compared(one, said, optional, words(one.text, line.language))


def error_rate(found: Sequence[Compared], notes: Sequence[str] = ()) -> Score | Unscored:
    """Errors ÷ words over stretches that were compared; those whose recognition is doubtful are apart.

    Where more words stand in doubtful stretches than in others nothing is measured: the audio is
    then unreliable, and what a recogniser makes of it says nothing of anybody.
    """
    sure = [one for one in found if one.heard.doubt is None]
    doubtful = [one for one in found if one.heard.doubt is not None]
    shaky = sum(len(one.said) for one in doubtful)
    doubt = f"{len(doubtful)} unreliable ({doubtful[0].heard.doubt})" if doubtful else ""
    if doubtful and shaky >= sum(len(one.said) for one in sure):
        return Unscored(f"the audio is unreliable: of {len(found)} stretches {doubt}")
    counts = sum((tally(one.ops) for one in sure), Counts())
    if not counts.reference:
        return Unscored("no word was said that a recogniser was asked of")
    kinds = f"{counts.substitutions} substituted, {counts.deletions} missed, {counts.insertions} from nowhere"
    return Score(
        counts.errors / counts.reference,
        "ratio",
        counts.reference,
        spans=tuple(_spans(sure)),
        detail="; ".join(filter(None, (kinds, doubt, *notes, f"normaliser {VERSION}"))),
        few=counts.reference < 10,
    )


def _spans(found: Sequence[Compared]) -> Iterator[Span]:
    """The stretches with errors, the worst first."""
    wrong = [(one, [op for op in one.ops if op.kind not in ("equal", "excused")]) for one in found]
    for one, errors in sorted(wrong, key=lambda pair: -len(pair[1])):
        if errors:
            more = f" and {len(errors) - SHOWN} more" if len(errors) > SHOWN else ""
            note = "; ".join(_error(one, op) for op in errors[:SHOWN]) + more
            yield Span(one.heard.start / RATE, one.heard.end / RATE, note)


def _error(one: Compared, op: Op) -> str:
    said = "" if op.reference is None else one.said[op.reference]
    got = "" if op.hypothesis is None else one.got[op.hypothesis]
    if not said:
        return f"heard {got!r} from nowhere"
    return f"heard {got!r} for {said!r}" if got else f"missed {said!r}"
