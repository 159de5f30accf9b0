"""A handed-over packet against the truth, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from harness.conversation import Conversation
from harness.handoff import Fact, FieldVerdict, Finding, Packet
from harness.handoff.names import parts_of, plain_name, says_nothing
from harness.handoff.prose import facts_in, sentences
from harness.scenario import Entity, Truth
from harness.scorers._evidence import Evidence, evidence_of
from harness.text.entities import Kind, kind_of, meanings, said_in, same
from harness.text.hedging import alternatives, hedges, leaves_open, lists_facts, names_others
from harness.text.meaning import agrees, content
from harness.text.spelling import plain_name_of

__all__ = ["compared", "contradictory", "critical_entities", "kind_of_entity", "matches", "plain_name"]

CONTRADICTION = "contradiction: several values for one fact"
IN_TEXT = "in the free text"
HEDGED = "it names others beside it that nobody spoke of, or that exclude it"


def compared(packet: Packet, truth: Truth, conversation: Conversation) -> tuple[FieldVerdict, ...]:
    """What became of each field of the truth in the packet, then of each other fact in the packet.

    right; stale: what it was before the caller corrected it; wrong: something else that was said in the
    call, were it by the agent alone, or several values that contradict each other; invented: what
    neither truth, call nor tool results hold; missing. A fact that the truth doesn't ask for but the
    caller or a tool gave is `supported`, and no error; that the agent said it gives it to nobody. A
    fact that no field gives counts where the free text has it. Free texts (reason, next action) are
    compared by their content words, so a paraphrase in other words is wrong here.
    """
    for known, of, call, fields in _kept:
        if known is packet and of is truth and call is conversation:
            return fields
    fields = _compared(packet, truth, evidence_of(truth, conversation))
    _kept[:] = [(packet, truth, conversation, fields)]
    return fields


_kept: list[tuple[Packet, Truth, Conversation, tuple[FieldVerdict, ...]]] = []
"""What was compared last: several scores ask for it of the same call."""


def _compared(packet: Packet, truth: Truth, evidence: Evidence) -> tuple[FieldVerdict, ...]:
    critical = frozenset(plain_name(entity.name) for entity in critical_entities(truth))
    fields = [*_plain_fields(packet, truth, evidence), *_tried(packet, truth)]
    named = _named(packet, truth)
    for entity in truth.entities:
        if values := _values(packet, named.get(entity.name, ()), entity):
            fields.append(_entity(entity, values, evidence))
        else:
            fields.append(_in_text(entity, packet, truth, evidence))
    taken = {name for names in named.values() for name in names}
    for name, value in packet.entities.items():
        if name not in taken and not says_nothing(value):
            fields.append(_beyond(name, value, kind_of(name, value), evidence))
    fields += [_beyond(fact.kind, fact.quote, fact.kind, evidence) for fact in _loose(packet, truth)]
    return tuple(replace(f, critical=plain_name(f.field) in critical) for f in fields)


def critical_entities(truth: Truth) -> tuple[Entity, ...]:
    """The facts that a human can't do without."""
    named = frozenset(map(plain_name, truth.handoff.critical if truth.handoff else ()))
    return tuple(entity for entity in truth.entities if entity.critical or plain_name(entity.name) in named)


def kind_of_entity(entity: Entity) -> Kind:
    """What kind of fact an entity of the truth is."""
    return _kind(entity.name, entity.value, entity.type)


_kind = lru_cache(maxsize=1024)(kind_of)


def matches(handed: str, entity: Entity, kind: Kind) -> bool:
    """Whether a value is the entity's, in any form that is right."""
    return any(_same(handed, due, kind) for due in (entity.value, *entity.accepted))


def _same(handed: str, due: str, kind: Kind) -> bool:
    if kind == "name" and same(plain_name_of(handed), plain_name_of(due), kind):
        return True
    return same(handed, due, kind) or (kind == "text" and agrees(due, handed))


def _plain_fields(packet: Packet, truth: Truth, evidence: Evidence) -> Iterator[FieldVerdict]:
    for name in ("reason", "tone", "urgency", "next_action"):
        due = getattr(truth, name)
        if due is not None:
            yield _choice(name, due, packet) if name in ("tone", "urgency") else _told(name, due, packet, evidence)


def _choice(name: str, due: str, packet: Packet) -> FieldVerdict:
    """What became of a tone or an urgency: one word of a few."""
    handed = _given(packet, name)
    right = [plain_name(one) == plain_name(due) for one in handed]
    if not right:
        return FieldVerdict(name, "missing", due, None)
    note = CONTRADICTION if len(right) > 1 and not all(right) else None
    return FieldVerdict(name, "right" if all(right) else "wrong", due, " / ".join(handed), note=note)


def _told(name: str, due: str, packet: Packet, evidence: Evidence) -> FieldVerdict:
    """What became of a reason or a next action, which are said in words: one that lists what it may be is wrong."""
    handed, said = _given(packet, name), evidence.said(due, "text")
    if not handed:
        told = _telling(due, packet, evidence)
        note = None if told is None else IN_TEXT
        return FieldVerdict(name, "missing" if told is None else "right", due, told, said, note=note)
    right = [agrees(due, one) for one in handed]
    note = CONTRADICTION if len(right) > 1 and not all(right) else None
    if note is None and any(hedges(due, one, evidence.given) for one in handed):
        note = HEDGED
    return FieldVerdict(
        name, "right" if all(right) and note is None else "wrong", due, " / ".join(handed), said, note=note
    )


def _given(packet: Packet, name: str) -> tuple[str, ...]:
    """All that the packet gives for one of its own fields; "unknown" gives nothing."""
    values = (getattr(packet, name) or "", *packet.also.get(name, ()))
    return tuple(value for value in values if not says_nothing(value))


def _telling(due: str, packet: Packet, evidence: Evidence) -> str | None:
    """The sentence of the summary that says what is due, and doesn't list what else it may be."""
    telling = (text for text in sentences(packet.summary or "") if agrees(due, text))
    return next((text for text in telling if not names_others(due, text, evidence.given)), None)


def _tried(packet: Packet, truth: Truth) -> Iterator[FieldVerdict]:
    texts = (*packet.tried, *sentences(packet.summary or ""))
    for due in truth.tried:
        told = next((text for text in texts if agrees(due, text)), None)
        yield FieldVerdict("tried", "missing" if told is None else "right", due, told)


# ---- facts by name ----

_GENERIC = frozenset(
    {"number", "no", "id", "value", "customer", "caller", "client", "user", "the", "num", "code", "patient", "of"}
)


def _named(packet: Packet, truth: Truth) -> dict[str, tuple[str, ...]]:
    """Entity of the truth → the names under which the packet has it.

    The same name, however it is written; else the one name that shares a telling word with it
    (`customer_name` is `name`) and whose value can be such a fact. A second name for the same fact
    counts with the first where it holds what the fact was before: then the packet contradicts itself.
    """
    plain = {plain_name(name): name for name in packet.entities}
    found: dict[str, tuple[str, ...]] = {
        entity.name: (plain[plain_name(entity.name)],) for entity in truth.entities if plain_name(entity.name) in plain
    }
    taken = {name for names in found.values() for name in names}
    free = [name for name in packet.entities if name not in taken]
    for entity in truth.entities:
        near = [name for name in free if _akin(name, entity, packet.entities[name])]
        if entity.name not in found and len(near) == 1:
            found[entity.name] = (near[0],)
            free.remove(near[0])
        elif entity.name in found:
            kind = kind_of_entity(entity)
            old = [n for n in near if any(_same(packet.entities[n], was, kind) for was in entity.was)]
            found[entity.name] = (*found[entity.name], *old)
            free = [name for name in free if name not in old]
    return found


def _akin(name: str, entity: Entity, value: str) -> bool:
    theirs, ours = parts_of(name), parts_of(entity.name)
    telling = (theirs & ours) - _GENERIC or (theirs & ours if ours <= _GENERIC else frozenset())
    kind = kind_of_entity(entity)
    return bool(telling) and (ours - _GENERIC <= theirs or theirs - _GENERIC <= ours) and bool(meanings(value, kind))


def _values(packet: Packet, names: Iterable[str], entity: Entity) -> tuple[str, ...]:
    """The values that differ, of those that a fact has in the packet."""
    kind = kind_of_entity(entity)
    found: list[str] = []
    for value in (value for name in names for value in (packet.entities[name], *packet.also.get(name, ()))):
        if says_nothing(value) and not matches(value, entity, kind):
            continue
        if not any(_same(value, one, kind) for one in found):
            found.append(value)
    return tuple(found)


def _entity(entity: Entity, values: Sequence[str], evidence: Evidence) -> FieldVerdict:
    kind = kind_of_entity(entity)
    said = evidence.said(entity.value, kind)
    if len(values) > 1 and not all(matches(value, entity, kind) for value in values):
        return FieldVerdict(entity.name, "wrong", entity.value, " / ".join(values), said, note=CONTRADICTION)
    return FieldVerdict(entity.name, _verdict(entity, values[0], kind, evidence), entity.value, values[0], said)


def _verdict(entity: Entity, value: str, kind: Kind, evidence: Evidence) -> Finding:
    if matches(value, entity, kind):
        return "wrong" if _open(value, entity, kind, evidence) else "right"
    if any(_same(value, old, kind) for old in entity.was):
        return "stale"
    about_it = kind == "text" and not content(value).isdisjoint(content(entity.value))
    heard = evidence.holds(value, kind) or evidence.told(value, kind)
    return "wrong" if about_it or heard else "invented"


def _open(value: str, entity: Entity, kind: Kind, evidence: Evidence) -> bool:
    """Whether a value that holds what is due holds so much else that who reads it doesn't know what is so."""
    due = (entity.value, *entity.accepted)
    if kind == "text":
        return all(lists_facts(one, value, evidence.given) for one in due if _same(value, one, kind))
    return leaves_open(value, kind) and not any(leaves_open(one, kind) for one in due)


def _beyond(name: str, value: str, kind: Kind, evidence: Evidence) -> FieldVerdict:
    verdict: Finding = "supported" if evidence.holds(value, kind) else "invented"
    return FieldVerdict(name, verdict, None, value, said=evidence.said(value, kind))


# ---- facts in free text ----

_TYPED = ("date", "time", "phone", "amount", "email", "code")


def contradictory(entity: Entity, facts: Sequence[Fact], kind: Kind) -> Fact | None:
    """A fact of a text that gives what an entity was before it was corrected, and doesn't say so."""
    return next((f for f in facts if not f.dropped and any(_same(f.quote, old, kind) for old in entity.was)), None)


def _in_text(entity: Entity, packet: Packet, truth: Truth, evidence: Evidence) -> FieldVerdict:
    """What the free text says of an entity that no field gives."""
    kind, text = kind_of_entity(entity), packet.summary or ""
    said = evidence.said(entity.value, kind)
    facts = [fact for fact in packet.facts if fact.kind == kind and not fact.dropped]
    dropped = any(matches(fact.quote, entity, kind) for fact in packet.facts if fact.kind == kind and fact.dropped)
    right = next((fact.quote for fact in facts if matches(fact.quote, entity, kind)), None)
    if right is None and text and not dropped and kind != "flag":
        right = next((one for one in (entity.value, *entity.accepted) if said_in(text, one, kind)), None)
    old = contradictory(entity, facts, kind)
    beside = old.quote if old is not None else offered_beside(text, entity, kind)
    if right is not None and beside is not None:
        return FieldVerdict(entity.name, "wrong", entity.value, f"{right} / {beside}", said, note=CONTRADICTION)
    if right is not None:
        return FieldVerdict(entity.name, "right", entity.value, right, said, note=IN_TEXT)
    if old is not None:
        return FieldVerdict(entity.name, "stale", entity.value, old.quote, said, note=IN_TEXT)
    others = [
        f for f in facts if not any(matches(f.quote, e, kind) for e in truth.entities if kind_of_entity(e) == kind)
    ]
    if others and not packet.entities:
        verdict = _verdict(entity, others[0].quote, kind, evidence)
        return FieldVerdict(entity.name, verdict, entity.value, others[0].quote, said, note=IN_TEXT)
    was = next((was for was in entity.was if kind not in _TYPED and said_in(text, was, kind)), None)
    if was is not None:
        return FieldVerdict(entity.name, "stale", entity.value, was, said, note=IN_TEXT)
    return FieldVerdict(entity.name, "missing", entity.value, None, said)


_ONE_OF_THEM = 40
"""Letters between two facts that are offered as alternatives: more is another clause."""


def offered_beside(text: str, entity: Entity, kind: Kind) -> str | None:
    """What a text offers in place of what is due: "on the 13th or the 14th of March"."""
    for sentence in sentences(text):
        pieces = alternatives(sentence)
        if len(pieces) < 2 or not any(said_in(piece, entity.value, kind) for piece in pieces):
            continue
        if kind == "text":
            return sentence if lists_facts(entity.value, sentence) else None
        near = (*(piece[-_ONE_OF_THEM:] for piece in pieces[:-1]), *(piece[:_ONE_OF_THEM] for piece in pieces[1:]))
        others = (fact.quote for piece in near for fact in facts_in(piece) if fact.kind == kind and not fact.dropped)
        if (other := next((one for one in others if not matches(one, entity, kind)), None)) is not None:
            return other
        for one, other in pairwise(pieces):
            pair = _edges(one, other, kind)
            if pair and (right := [_holds(edge, entity, kind) for edge in pair]) and right[0] != right[1]:
                return pair[1] if right[0] else pair[0]
    return None


def _holds(edge: str, entity: Entity, kind: Kind) -> bool:
    return matches(edge, entity, kind) or (kind == "name" and said_in(edge, entity.value, kind))


_FIGURES = r"[^\s,;()]*\d[^\s,;()]*"
_CAPITALS = r"[^\W\d_a-z][\w'.-]+(?: [^\W\d_a-z][\w'.-]+)*"


def _edges(one: str, other: str, kind: Kind) -> tuple[str, str] | None:
    """What stands right before an "or" and right behind it, where both may be values of a kind."""
    value = {"code": _FIGURES, "amount": _FIGURES, "phone": _FIGURES, "name": _CAPITALS}.get(kind)
    if value is None:
        return None
    before = re.search(rf"({value})(?: (?:dollars?|euros?|pounds?|rupees?))?\W*$", one)
    behind = re.match(rf"\W*({value})", other)
    return (before[1], behind[1]) if before and behind else None


def _loose(packet: Packet, truth: Truth) -> Iterator[Fact]:
    """The facts of a packet that is nothing but free text, of kinds that the truth has no fact of."""
    if packet.entities:
        return
    asked = {kind_of_entity(entity) for entity in truth.entities}
    known = [(value, kind_of_entity(entity)) for entity in truth.entities for value in (entity.value, *entity.accepted)]
    for fact in packet.facts:
        due = any(_same(fact.quote, value, kind) for value, kind in known if meanings(fact.quote, kind))
        if not fact.dropped and fact.kind not in asked and not due:
            yield fact
