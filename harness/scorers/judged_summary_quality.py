"""How well the handed-over reason and next action say what is so, where a judge reads what words leave open."""

from __future__ import annotations

from collections.abc import Mapping

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff import FieldVerdict, Packet
from harness.scenario import Scenario
from harness.score import NO_JUDGE, Exhibit, Judge, Outcome, Question, Score, Span, Unscored, scorer
from harness.scorers._handoffs import handed_over, inherited
from harness.scorers._packets import CONTRADICTION, compared
from harness.text.meaning import denies

PARTS = ("reason", "next_action")
BEST, WORST = 5.0, 1.0

CALLED = {"reason": "the reason of the call", "next_action": "what should happen next"}

SCALE = {
    5.0: "it says the same, in whatever words: whoever takes over needs nothing more",
    4.0: "it says the same, but for something small that is missing",
    3.0: "it says a good part of it; whoever takes over has to ask for the rest",
    2.0: "it only touches on it, or says it so vaguely that it has to be asked anew",
    1.0: "it says something else, or the opposite, or nothing of it",
}


@scorer(unit="points", better="higher", version=1, parts=PARTS)
def judged_summary_quality(
    conversation: Conversation, scenario: Scenario, *, judge: Judge | None = None
) -> Mapping[str, Outcome]:
    """1 to 5 points each for the handed-over reason and next action, where a judge reads what words leave open.

    What the rules of `handoff_summary_quality` find stands, and nobody is asked: 5 where all the truth's content
    words are there; 1 where nothing was handed over, where it denies what is so, or where it contradicts itself.
    Else the words tell neither way (a paraphrase, or a summary that may say it in other words), and the
    judge gives the points. It must quote what was handed over. Without a judge (`--model`) nothing is
    measured; nor is a judgement that can't be had, or that quotes what nobody said. Tone, urgency and
    entities are compared by value and need no judge. `detail` says who judged, and why; spans have the quotes.
    The judge may be a language model: its agreement with people isn't measured.

    Source: the score catalogue, docs/metrics.md.
    """
    if judge is None:
        return dict.fromkeys(PARTS, NO_JUDGE)
    seen = handed_over(conversation, scenario)
    if isinstance(seen, Unscored):
        return dict.fromkeys(PARTS, seen)
    packet = inherited(seen)
    own = {field.field: field for field in compared(packet, scenario.truth, conversation) if field.field in PARTS}
    at = seen[-1].at / RATE
    return {part: _points(own.get(part), part, packet, at, judge) for part in PARTS}


def _points(field: FieldVerdict | None, part: str, packet: Packet, at: float, judge: Judge) -> Outcome:
    if field is None or field.truth is None:
        return Unscored(f"the truth states no {part.replace('_', ' ')}")
    left_open = wording(field, packet)
    if left_open is None:
        value = BEST if field.verdict == "right" else WORST
        handed = "nothing" if field.handed is None else repr(field.handed)
        span = Span(at, at, f"{part}: {handed} for {field.truth!r}")
        return Score(value, "points", 1, (span,), detail="by the rule: nothing was left to a judge")
    judged = judge(question(part, field.truth, left_open))
    if isinstance(judged, Unscored):
        return judged
    spans = tuple(Span(at, at, f"{part}: {quote!r} for {field.truth!r}") for quote in judged.quotes)
    return Score(judged.value, "points", 1, spans, detail=f"judged by {judged.by}: {judged.why}")


def wording(field: FieldVerdict, packet: Packet) -> Exhibit | None:
    """The text that may say what is so in other words; None where the rule has decided."""
    if field.verdict == "right" or field.note == CONTRADICTION:
        return None
    if field.handed is not None and field.handed.strip():
        opposite = denies(field.truth or "") != denies(field.handed)
        return None if opposite else Exhibit(f"handed over as {CALLED.get(field.field, field.field)}", field.handed)
    summary = (packet.summary or "").strip()
    return Exhibit("the summary that was handed over", summary) if summary else None


def question(part: str, due: str, handed: Exhibit) -> Question:
    """What a judge is asked of a wording."""
    ask = (
        "A voice agent handed a call over to a human, who has nothing but what was handed over. "
        f"How well does the text in question say {CALLED[part]}, as it is known?"
    )
    return Question(ask, SCALE, handed, known=(Exhibit(CALLED[part], due),))
