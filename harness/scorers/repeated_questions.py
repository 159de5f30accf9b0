"""Whether the caller has to say things again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.audio import RATE
from harness.conversation import Conversation, Turn
from harness.handoff.names import parts_of
from harness.handoff.prose import sentences
from harness.scenario import Entity, Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._evidence import Evidence, evidence_of
from harness.scorers._packets import kind_of_entity
from harness.scorers._speech import events
from harness.text.entities import Kind, said_in
from harness.timeline import HandedOff, KeysPressed, Party

_ASKS = re.compile(
    r"^\W*(?:(?:and|so|sorry|okay|please|then|now|first|i'm sorry|i am sorry)\W+)*"
    r"(?:what(?:'s| is| was| time| day| date| name| number)|which|when (?:would|do|is|should)|who(?:'s| is)"
    r"|how (?:much|many)"
    r"|(?:can|could|may|might|would) (?:i|you|we)|(?:please )?(?:give|tell|say|spell|repeat|confirm)"
    r"|i(?:'ll| will)? need your"
    r"|(?:por favor |me )?(?:qué|cuál|cuándo|quién|cuánto|puede|podría|dígame|repita)"
    r"|welche\w*|wann|wie|quel\w*|quand)\b"
    r"|\b(?:bataiye|bataye|bata dijiye|kya hai)\b|क्या है|कब|कितन|बताइए|दोहरा",
    re.IGNORECASE,
)
"""A question without its mark, as recognition writes it."""
_ASKED: dict[Kind, str] = {
    "date": r"date|day|when|fecha|día|cuándo|datum|tag|wann|jour|quand|तारीख|दिन|कब|tareekh|tarikh|din|kab",
    "time": r"what time|which time|time would|time suits|hour|hora|uhrzeit|heure|समय|बजे|samay|time",
    "phone": r"phone|telephone|mobile|callback|number (?:can|could|should|shall|to|we|on)|teléfono|फ़ोन|नंबर",
    "amount": r"amount|how much|cuánto|importe|betrag|montant|राशि|कितन",
    "email": r"e-?mail|correo|ईमेल",
    "name": r"name|who am i|who is (?:this|calling)|nombre|namen?|nom|नाम|naam",
}
_WORDS = {"what", "is", "the", "of", "number", "id", "no", "value", "a", "code", "customer", "caller"}


@scorer(unit="count", better="lower", version=1)
def repeated_questions(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Questions for a fact of the truth that the caller had given already, before a handoff or after it.

    A question asks for a fact by the words for its kind ("which day") or its name ("your order
    number"). One that holds the value itself is a read-back and none of them; so is what comes
    before the fact was given. n is the number of facts given. By the agent's own text, or by
    recognition where it tells none; unscored where nobody knows all its words. A fact that is asked
    for in other words isn't found.

    Source: the score catalogue, docs/metrics.md.
    """
    facts = scenario.truth.entities
    if not facts:
        return Unscored("the scenario's truth names no fact")
    turns = conversation.of(Party.AGENT)
    evidence = evidence_of(scenario.truth, conversation)
    given = {e.name: at for e in facts if (at := _given(e, evidence, conversation)) is not None}
    if not given:
        return Unscored("the caller gave none of the facts")
    if any(turn.text is None and turn.end > min(given.values()) for turn in turns):
        return Unscored("nobody knows all of what the agent said")
    handed = min((one.at for one in events(conversation, HandedOff)), default=None)
    spans = tuple(
        Span(turn.start / RATE, turn.end / RATE, _note(entity, turn, handed))
        for turn in turns
        for entity in facts
        if entity.name in given and turn.start >= given[entity.name]
        for _ in _questions(turn.text or "", entity)
    )
    detail = "; ".join(span.note for span in spans) or "nothing was asked for twice"
    return Score(float(len(spans)), "count", len(given), spans, detail=detail)


def _note(entity: Entity, turn: Turn, handed: int | None) -> str:
    return f"{entity.name} again{', after the handoff' if handed is not None and turn.start >= handed else ''}"


def _given(entity: Entity, evidence: Evidence, conversation: Conversation) -> int | None:
    """When the caller had given a fact, in its present value or in one that it corrected."""
    kind = kind_of_entity(entity)
    values = (entity.value, *entity.accepted, *entity.was)
    said = [at for value in values if (at := evidence.first_said(value, kind)) is not None]
    said += [p.at for p in events(conversation, KeysPressed) if any(said_in(p.keys, value, kind) for value in values)]
    return min(said, default=None)


def _questions(text: str, entity: Entity) -> Iterator[str]:
    """The questions of a text that ask for a fact and don't hold it."""
    kind = kind_of_entity(entity)
    for one in sentences(text):
        asks = one.rstrip().endswith(("?", "？")) or _ASKS.search(one)
        holds = any(said_in(one, value, kind) for value in (entity.value, *entity.accepted, *entity.was))
        if asks and not holds and _about(entity, kind, one):
            yield one


def _about(entity: Entity, kind: Kind, question: str) -> bool:
    own = sorted(parts_of(entity.name) - _WORDS)
    pattern = "|".join([*map(re.escape, own), *([_ASKED[kind]] if kind in _ASKED else [])])
    return bool(pattern) and re.search(rf"(?<!\w)(?:{pattern})(?!\w)", question, re.IGNORECASE) is not None
