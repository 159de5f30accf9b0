"""Whether the agent read back what mustn't be got wrong."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff.prose import facts_in, sentences
from harness.scenario import Entity, Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._evidence import evidence_of
from harness.scorers._opening import sayable, told_more
from harness.scorers._packets import critical_entities, kind_of_entity, matches, offered_beside
from harness.text.entities import Kind, said_in
from harness.text.mentions import denied_in
from harness.timeline import Party


@scorer(unit="ratio", better="higher", version=2)
def confirmation(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Critical facts that the agent read back ÷ critical facts that the caller said.

    A fact is read back where the agent says its value, in any form, in a turn that begins after the
    caller said it, and neither denies it nor lists others: who offers three days has confirmed none. By
    the agent's own text, or by recognition where it tells none; a fact that may
    stand in a turn whose words nobody knows, or in what can't have been said of it in the time that it
    sounded, makes it unmeasured.

    Source: the score catalogue, docs/metrics.md.
    """
    critical = critical_entities(scenario.truth)
    if not critical:
        return Unscored("the scenario names no critical fact")
    evidence = evidence_of(scenario.truth, conversation)
    said = [
        (e, kind, at) for e in critical if (at := evidence.first_said(e.value, kind := kind_of_entity(e))) is not None
    ]
    if not said:
        return Unscored("the caller said no critical fact")
    turns = conversation.of(Party.AGENT)
    missing: list[Span] = []
    for entity, kind, at in said:
        after = [turn for turn in turns if turn.start >= at]
        if any(_read_back(sayable(turn), entity, kind) for turn in after):
            continue
        if any(turn.text is None or told_more(turn) for turn in after):
            return Unscored("nobody knows all of what the agent said")
        start, end = evidence.said(entity.value, kind) or (at, at)
        missing.append(Span(start / RATE, end / RATE, f"{entity.name} was not read back"))
    value = (len(said) - len(missing)) / len(said)
    detail = "; ".join(span.note for span in missing) or "all read back"
    return Score(value, "ratio", len(said), tuple(missing), detail=detail, few=len(said) < 10)


LIST = 2
"""So many other values of the same kind beside one make a list of offers."""


def _read_back(text: str, entity: Entity, kind: Kind) -> bool:
    """Whether a sentence of a text says a fact as it is, and leaves no other to choose from."""
    for sentence in sentences(text):
        said = next((one for one in (entity.value, *entity.accepted) if said_in(sentence, one, kind)), None)
        if said is None or denied_in(sentence, said, kind) or offered_beside(sentence, entity, kind):
            continue
        others = [fact for fact in facts_in(sentence) if fact.kind == kind and not matches(fact.quote, entity, kind)]
        if len(others) < LIST:
            return True
    return False
