"""Whether what the human is told of the call is so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff import Fact, Packet
from harness.scenario import Scenario, Truth
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._evidence import Evidence, evidence_of
from harness.scorers._handoffs import handed_over, inherited
from harness.scorers._packets import CONTRADICTION, compared, kind_of_entity, matches
from harness.scorers._promises import breaks, given, promises_in
from harness.text.entities import said_in, same

_RULES = "typed facts and promises only: no model read the rest"


@scorer(unit="ratio", better="higher", version=3)
def handoff_faithfulness(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Typed facts and promises in the packet's summary that the conversation supports ÷ all of them.

    A fact (date, time, amount, number to call, address, code; a name that the truth knows) is
    supported by what the caller said or pressed, by a tool's result, or by the agent's own words where
    the packet doesn't give it in place of what is so (then the agent has misheard); a promise by the
    agent's words. One contradiction (what the caller has corrected, a value in place of the one that
    is so, a promise that mustn't be made) makes it 0. A promise can't be checked
    where nobody knows the agent's words, and is left out. Unscored where the summary holds nothing
    that can be checked.

    Source: the score catalogue, docs/metrics.md.
    """
    seen = handed_over(conversation, scenario)
    if isinstance(seen, Unscored):
        return seen
    packet = inherited(seen)
    if not packet.summary and not packet.promised:
        return Unscored("the packet has no summary")
    claims = tuple(_claims(packet, scenario.truth, conversation))
    if not claims:
        return Unscored(f"the summary holds nothing that can be checked ({_RULES})")
    bad = [claim for claim in claims if claim.standing != "supported"]
    broken = any(claim.standing == "contradiction" for claim in bad)
    value = 0.0 if broken else (len(claims) - len(bad)) / len(claims)
    at = seen[-1].at / RATE
    spans = tuple(_span(claim, at) for claim in bad)
    detail = "; ".join([*(f"{claim.standing}: {claim.quote}" for claim in bad), _RULES])
    return Score(value, "ratio", len(claims), spans, detail=detail, few=len(claims) < 10)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Something that a summary says, and how it stands. said: where the caller said what is so."""

    quote: str
    standing: Literal["supported", "unsupported", "contradiction"]
    said: tuple[int, int] | None = None


def _span(claim: _Claim, at: float) -> Span:
    start, end = (at, at) if claim.said is None else (claim.said[0] / RATE, claim.said[1] / RATE)
    return Span(start, end, f"{claim.standing}: {claim.quote}")


def _claims(packet: Packet, truth: Truth, conversation: Conversation) -> Iterator[_Claim]:
    evidence = evidence_of(truth, conversation)
    astray = _astray(packet, truth, conversation)
    for fact in packet.facts:
        if not fact.dropped:
            yield _fact(fact, truth, evidence, astray)
    yield from _names(packet.summary or "", truth, evidence, astray)
    must_not = truth.promises.must_not if truth.promises else ()
    for promise in dict.fromkeys((*promises_in(packet.summary or ""), *packet.promised)):
        if breaks(promise, must_not):
            yield _Claim(promise, "contradiction")
        elif evidence.spoken:
            yield _Claim(promise, "supported" if given(promise, evidence.spoken, truth) else "unsupported")


def _astray(packet: Packet, truth: Truth, conversation: Conversation) -> Mapping[str, str]:
    """Fact of the truth → what the packet gives in its place, though neither caller nor tool gave that."""
    evidence = evidence_of(truth, conversation)
    found = {field.field: field for field in compared(packet, truth, conversation)}
    return {
        entity.name: field.handed
        for entity in truth.entities
        if (field := found.get(entity.name)) is not None
        and field.handed is not None
        and field.verdict in ("wrong", "invented")
        and field.note != CONTRADICTION
        and not evidence.gave(field.handed, kind_of_entity(entity))
    }


def _fact(fact: Fact, truth: Truth, evidence: Evidence, astray: Mapping[str, str]) -> _Claim:
    akin = [entity for entity in truth.entities if kind_of_entity(entity) == fact.kind]
    if any(matches(fact.quote, entity, fact.kind) for entity in akin):
        return _Claim(fact.quote, "supported")
    old = next((e for e in akin if any(same(fact.quote, was, fact.kind) for was in e.was)), None)
    if old is not None:
        return _Claim(fact.quote, "contradiction", evidence.said(old.value, fact.kind))
    if evidence.gave(fact.quote, fact.kind):
        return _Claim(fact.quote, "supported")
    instead = [e for e in akin if e.name in astray and same(fact.quote, astray[e.name], fact.kind)]
    if not instead and evidence.told(fact.quote, fact.kind):
        return _Claim(fact.quote, "supported")
    if instead or len(akin) == 1:
        return _Claim(fact.quote, "contradiction", evidence.said((instead or akin)[0].value, fact.kind))
    return _Claim(fact.quote, "unsupported")


def _names(summary: str, truth: Truth, evidence: Evidence, astray: Mapping[str, str]) -> Iterator[_Claim]:
    """The names of the truth that a summary gives: as they are, as they were before a correction, or another."""
    for entity in truth.entities:
        if kind_of_entity(entity) == "name":
            if any(said_in(summary, value, "name") for value in (entity.value, *entity.accepted)):
                yield _Claim(entity.value, "supported")
            else:
                others = (*entity.was, *([astray[entity.name]] if entity.name in astray else []))
                old = next((was for was in others if said_in(summary, was, "name")), None)
                if old is not None:
                    yield _Claim(old, "contradiction", evidence.said(entity.value, "name"))
