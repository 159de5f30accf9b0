"""How often an interrupted agent finds its way, where a judge says what its answer's words leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import NO_JUDGE, Exhibit, Judge, Outcome, Question, Score, Unscored, scorer
from harness.scorers._answers import Interjection
from harness.scorers._recovered import share_of, share_recovered
from harness.scorers._recoveries import Part, Recovery, recoveries

PARTS = ("recovered", "addressed")

ASK = (
    "A caller cut into what the agent was saying. Is the text in question, which is what the agent said then, "
    "an answer to what the caller cut in with?"
)
SCALE = {
    0.0: "no: it goes on with something else, answers an earlier question, or would do as an answer to anything",
    1.0: "yes: it takes up what the caller cut in with, in whatever words",
}


@scorer(unit="ratio", better="higher", version=1, parts=PARTS)
def judged_recovery(
    conversation: Conversation, scenario: Scenario, *, judge: Judge | None = None
) -> Mapping[str, Outcome]:
    """`interruption_recovery`, where a judge says whether an answer addresses what words alone leave open.

    `recovered`: the share of true interruptions for which all of (a) to (e) hold; `addressed`: the share in
    which (c) does. The judge is asked only where the words of the answer are known and tell neither
    way: what the rule found, for or against, stands. It must quote the answer. One judgement that can't be had,
    or that quotes what nobody said, and nothing is measured; without a judge (`--model`) nothing is
    either. `detail` says who judged how many; each span why, with the quotes. The judge may be a language
    model: its agreement with people isn't measured.

    Source: the score catalogue, docs/metrics.md.
    """
    if judge is None:
        return dict.fromkeys(PARTS, NO_JUDGE)
    found: list[Recovery] = []
    judges: list[str] = []
    for one in recoveries(conversation, scenario):
        if one.open is None:
            found.append(one)
            continue
        judged = judge(question(one.open))
        if isinstance(judged, Unscored):
            return dict.fromkeys(PARTS, judged)
        quotes = ", ".join(map(repr, judged.quotes))
        part: Part = ("holds" if judged.value else "broken", f"{judged.by} judged: {judged.why} It quotes {quotes}")
        found.append(replace(one, parts={**one.parts, "addressed": part}, open=None))
        judges.append(judged.by)
    whole = tuple(found)
    return {
        "recovered": _told(share_recovered(conversation, whole), judges),
        "addressed": _told(share_of(conversation, whole, "addressed"), judges),
    }


def question(said: Interjection) -> Question:
    """What a judge is asked of an answer."""
    beside = (
        Exhibit("what the caller cut in with", said.line),
        Exhibit("what the agent had been saying", said.before or ""),
        Exhibit("what the caller had said before that", said.asked),
    )
    unsaid = (Exhibit("what the agent would have gone on to say", said.rest),)
    answer = Exhibit("what the agent said then", said.answer or "")
    return Question(ASK, SCALE, answer, _there(beside), _there(unsaid))


def _there(exhibits: tuple[Exhibit, ...]) -> tuple[Exhibit, ...]:
    return tuple(exhibit for exhibit in exhibits if exhibit.text.strip())


def _told(outcome: Score | Unscored, judges: list[str]) -> Score | Unscored:
    """The outcome, saying who judged how much of it."""
    if isinstance(outcome, Unscored):
        return outcome
    counts = [f"{judges.count(name)} by {name}" for name in dict.fromkeys(judges)]
    left = f"left to a judge: {', '.join(counts)}" if counts else "nothing was left to a judge"
    return replace(outcome, detail=f"{outcome.detail}; {left}")
