"""Which of the caller's reasons for a human led to one."""

from __future__ import annotations

from collections import Counter

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._cues import cues
from harness.scorers._handoffs import handoffs
from harness.timeline import Party


@scorer(unit="ratio", better="higher", version=1)
def escalation_triggers(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Cues for a human (asked for, anger, policy, much at stake, safety) that led to one ÷ all that were given.

    Over calls in which a human is required. The cues are those that the scenario names by their
    steps, else the lines in which the caller asks for a human. One led to a human where the handoff
    came after it began and, where the scenario says `within`, after no more turns of the agent's.
    `detail` counts them by kind; spans hold those that led to nobody. Unscored where either would do.

    Source: the score catalogue, docs/metrics.md.
    """
    due = scenario.truth.handoff
    if due is None or due.decision != "required":
        return Unscored("the scenario doesn't ask for a human")
    seen = handoffs(conversation)
    if isinstance(seen, Unscored):
        return seen
    found = cues(conversation, scenario)
    if not found:
        return Unscored("the caller gave no cue for a human")
    led: Counter[str] = Counter()
    missed: list[Span] = []
    for cue in found:
        at = next((one.at for one in seen if one.at >= cue.start), None)
        turns = 0 if at is None else sum(cue.end <= turn.start < at for turn in conversation.of(Party.AGENT))
        if at is None or (due.within is not None and turns > due.within):
            why = "no human" if at is None else f"{turns} turns later"
            missed.append(Span(cue.start / RATE, cue.end / RATE, f"{cue.kind}: {why}"))
        else:
            led[cue.kind] += 1
    every = Counter(cue.kind for cue in found)
    detail = ", ".join(f"{kind} {led[kind]} of {count}" for kind, count in every.items())
    return Score(led.total() / len(found), "ratio", len(found), tuple(missed), detail=detail, few=len(found) < 10)
