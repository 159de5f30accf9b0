"""How many of the caller's characters the agent understood wrongly."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._transcripts import due, heard_in_time, joined, told_early, transcribed
from harness.text.alignment import counts
from harness.text.normalising import VERSION
from harness.text.rates import graphemes


@scorer(unit="ratio", better="lower", version=2)
def cer(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Character error rate of the agent's own final transcripts against the words that were played.

    A character is what a reader counts as one: a Hindi consonant with its vowel sign (a grapheme
    cluster). Over the whole call, as `wer`, and of the same words in their normal form: murmurs,
    fillers and side speech count only where they were heard; a space is a character, save in scripts
    that write none. n is the number of characters due. The figure to read for Indic and East Asian
    languages, where one wrong vowel sign makes a whole word wrong.

    Source: the score catalogue, docs/metrics.md.
    """
    found = transcribed(conversation)
    if isinstance(found, Unscored):
        return found
    errors = counts(graphemes(joined(due(found))), graphemes(joined(heard_in_time(found)))) + told_early(found)
    kinds = f"{errors.substitutions} substituted, {errors.deletions} missed, {errors.insertions} from nowhere"
    wrong = sorted(
        {
            found.due[op.reference].line
            for op in found.ops
            if op.kind in ("substitute", "delete") and op.reference is not None
        }
    )
    return Score(
        errors.errors / errors.reference,
        "ratio",
        errors.reference,
        spans=tuple(Span(found.lines[i].at / RATE, found.lines[i].end / RATE, found.lines[i].text) for i in wrong),
        detail=f"{kinds}; normaliser {VERSION}",
        few=errors.reference < 10,
    )
