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
from harness.scorers._evidence import evidence_of
from harness.scorers._human_leg import Question, Taking, asked_again, given, human_leg, reason_said
from harness.scorers._packets import kind_of_entity
from harness.scorers._speech import events
from harness.text.entities import Kind, said_in
from harness.timeline import HandedOff, Party

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


@scorer(unit="count", better="lower", version=3)
def repeated_questions(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Questions for a fact of the truth that the caller had given already, before a handoff or after it.

    Of the agent, a question asks for a fact by the words for its kind ("which day") or its name
    ("your order number"). One that holds the value itself is a read-back and none of them; so is
    what comes before the fact was given. A fact that is asked for in other words isn't found. By
    the agent's own text, or by recognition where it tells none; unscored where nobody knows all its
    words. After a handoff that the scenario doesn't forbid, the questions of the human who takes
    over are counted too (docs/handoff.md): one for the reason and for each critical fact (any, where
    none is critical) that the packet lacks, or has otherwise than it is, and that the caller had
    said. n is the number of facts given, with the reason where a human took over. `detail` tells both
    apart; a span of the human's is where the caller had said it.

    Source: the score catalogue, docs/metrics.md.
    """
    truth, facts = scenario.truth, scenario.truth.entities
    taking = human_leg(conversation, scenario)
    if not facts and (taking is None or truth.reason is None):
        return Unscored("the scenario's truth names no fact")
    turns = conversation.of(Party.AGENT)
    evidence = evidence_of(truth, conversation)
    known = {e.name: at for e in facts if (at := given(e, evidence, conversation)) is not None}
    told = len(known) + (taking is not None and reason_said(truth, evidence) is not None)
    if not told:
        return Unscored("the caller gave none of the facts")
    if known and any(turn.text is None and turn.end > min(known.values()) for turn in turns):
        return Unscored("nobody knows all of what the agent said")
    handed = min((one.at for one in events(conversation, HandedOff)), default=None)
    spans = tuple(
        Span(turn.start / RATE, turn.end / RATE, _note(entity, turn, handed))
        for turn in turns
        for entity in facts
        if entity.name in known and turn.start >= known[entity.name]
        for _ in _questions(turn.text or "", entity)
    )
    asked = asked_again(taking)
    spans_of_human = tuple(_span(question) for question in asked)
    detail = _detail(spans, asked, taking)
    return Score(float(len(spans) + len(asked)), "count", told, (*spans, *spans_of_human), detail=detail)


def _span(question: Question) -> Span:
    start, end = question.said or (0, 0)
    return Span(start / RATE, end / RATE, f"said here, and asked again by the human: {_told(question)}")


def _told(question: Question) -> str:
    return question.why if question.field == "reason" else f"{question.field} {question.why}"


def _detail(spans: tuple[Span, ...], asked: tuple[Question, ...], taking: Taking | None) -> str:
    in_call = "; ".join(span.note for span in spans)
    if not asked:
        by_human = "" if taking is None else "the human had to ask for nothing again"
        return in_call or by_human or "nothing was asked for twice"
    by_human = f"the human had to ask again: {', '.join(question.field for question in asked)}"
    return f"{in_call}; {by_human}" if in_call else by_human


def _note(entity: Entity, turn: Turn, handed: int | None) -> str:
    return f"{entity.name} again{', after the handoff' if handed is not None and turn.start >= handed else ''}"


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
