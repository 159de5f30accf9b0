"""How much of what the caller said the agent understood wrongly."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._speech import events
from harness.scorers._words import Understood, understood
from harness.text.alignment import Op
from harness.text.normalising import VERSION
from harness.timeline import HeardAs

__all__ = ["Understood", "understood", "wer"]

SHOWN = 4
"""Errors of a line that its span names."""


@scorer(unit="ratio", better="lower", version=2)
def wer(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Word error rate of the agent's own final transcripts against the words that were played.

    Substitutions, deletions and insertions ÷ words due, aligned over the whole call. A line cut
    short counts to its last whole word; a line that the agent heard nothing of is all deletions,
    and words that it heard in silence are insertions;
    so are words told before the line began in which the caller says them. Murmurs, fillers and side speech are right
    if there and no error if not. Words are compared in their normal form (`detail` names the
    normaliser's version); of scripts written without spaces a character is a word. n is the number
    of words due, so that errors add up over a run. Unscored where the agent tells no transcript.

    Source: the score catalogue, docs/metrics.md.
    """
    found = understood(conversation)
    if found is None:
        partial = events(conversation, HeardAs)
        return Unscored("the agent told only partial transcripts" if partial else "the agent told no transcript")
    counts = found.counts
    if not counts.reference:
        return Unscored(f"the caller said no word that was due; {counts.insertions} were heard")
    kinds = f"{counts.substitutions} substituted, {counts.deletions} missed, {counts.insertions} from nowhere"
    return Score(
        counts.errors / counts.reference,
        "ratio",
        counts.reference,
        spans=_spans(found),
        detail=f"{kinds}; normaliser {VERSION}",
        few=counts.reference < 10,
    )


def _spans(found: Understood) -> tuple[Span, ...]:
    """The lines with errors; a word from nowhere goes with the line before it."""
    wrong: dict[int, list[str]] = {}
    line = 0
    for op in found.ops:
        if op.reference is not None:
            line = found.due[op.reference].line
        if op.kind not in ("equal", "excused"):
            wrong.setdefault(line, []).append(_error(found, op))
    return tuple(
        Span(found.lines[i].at / RATE, found.lines[i].end / RATE, _listed(errors)) for i, errors in wrong.items()
    )


def _error(found: Understood, op: Op) -> str:
    said = "" if op.reference is None else found.due[op.reference].text
    heard = "" if op.hypothesis is None else found.heard[op.hypothesis]
    if not said:
        return f"heard {heard!r} from nowhere"
    return f"heard {heard!r} for {said!r}" if heard else f"missed {said!r}"


def _listed(errors: list[str]) -> str:
    more = f" and {len(errors) - SHOWN} more" if len(errors) > SHOWN else ""
    return "; ".join(errors[:SHOWN]) + more
