"""How much the agent understood wrongly of a caller who mixes languages."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._opening import primary
from harness.scorers._transcripts import due, heard_in_time, joined, transcribed
from harness.text.alignment import Counts
from harness.text.normalising import VERSION
from harness.text.rates import mixed


@scorer(unit="ratio", better="lower", version=2)
def mixed_error_rate(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Error rate over words of spaced scripts and characters of the others, for callers who switch language.

    As `wer`, but a loan word is right in either script ("order", "ऑर्डर"), and so is any of the ways
    in which the truth accepts a fact to be written. Unscored where the caller speaks one language
    only: `wer` is the score of that.

    Source: the score catalogue, docs/metrics.md.
    """
    found = transcribed(conversation)
    if isinstance(found, Unscored):
        return found
    languages = sorted({primary(tag) for line in found.lines for tag in line.language.split("+") if line.text})
    if len(languages) < 2:
        return Unscored(f"the caller spoke one language only ({languages[0] if languages else 'none'})")
    variants = [(entity.value, *entity.accepted) for entity in scenario.truth.entities if entity.accepted]
    errors, _ = mixed(joined(due(found)), joined(heard_in_time(found)), "+".join(languages), variants)
    errors += Counts(insertions=len(found.early))
    kinds = f"{errors.substitutions} substituted, {errors.deletions} missed, {errors.insertions} from nowhere"
    return Score(
        errors.errors / errors.reference,
        "ratio",
        errors.reference,
        detail=f"{kinds}; {'+'.join(languages)}; normaliser {VERSION}",
        few=errors.reference < 10,
    )
