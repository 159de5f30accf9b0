"""Whether the agent read back what mustn't be got wrong."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._evidence import evidence_of
from harness.scorers._packets import critical_entities, kind_of_entity
from harness.text.entities import said_in
from harness.timeline import Party


@scorer(unit="ratio", better="higher", version=1)
def confirmation(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Critical facts that the agent read back ÷ critical facts that the caller said.

    A fact is read back where the agent says its value, in any form, in a turn that begins after the
    caller said it. By the agent's own text, or by recognition where it tells none; a fact that may
    stand in a turn whose words nobody knows makes it unmeasured.

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
        values = (entity.value, *entity.accepted)
        if any(turn.text and any(said_in(turn.text, value, kind) for value in values) for turn in after):
            continue
        if any(turn.text is None for turn in after):
            return Unscored("nobody knows all of what the agent said")
        start, end = evidence.said(entity.value, kind) or (at, at)
        missing.append(Span(start / RATE, end / RATE, f"{entity.name} was not read back"))
    value = (len(said) - len(missing)) / len(said)
    detail = "; ".join(span.note for span in missing) or "all read back"
    return Score(value, "ratio", len(said), tuple(missing), detail=detail, few=len(said) < 10)
