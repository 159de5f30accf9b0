"""A handed-over packet against the truth, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from harness.conversation import Conversation
from harness.handoff import Fact, FieldVerdict, Finding, Packet
from harness.handoff.names import parts_of, plain_name
from harness.handoff.prose import sentences
from harness.scenario import Entity, Truth
from harness.scorers._evidence import Evidence, evidence_of
from harness.text.entities import Kind, kind_of, meanings, said_in, same
from harness.text.meaning import agrees, content

__all__ = ["compared", "contradictory", "critical_entities", "kind_of_entity", "matches", "plain_name"]

CONTRADICTION = "contradiction: several values for one fact"
IN_TEXT = "in the free text"


def compared(packet: Packet, truth: Truth, conversation: Conversation) -> tuple[FieldVerdict, ...]:
    """What became of each field of the truth in the packet, then of each other fact in the packet.

    right; stale: what it was before the caller corrected it; wrong: something else that was said
    in the call, or several values that contradict each other; invented: what neither truth, call
    nor tool results hold; missing. A fact that the truth doesn't ask for but the call holds is
    `supported`, and no error. A fact that no field gives counts where the free text has it. Free
    texts (reason, next action) are compared by their content words, so a paraphrase in other words
    is wrong here.
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
        if values := named.get(entity.name):
            fields.append(_entity(entity, _values(packet, values, entity), evidence))
        else:
            fields.append(_in_text(entity, packet, truth, evidence))
    taken = {name for names in named.values() for name in names}
    for name, value in packet.entities.items():
        if name not in taken and value.strip():
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
    return same(handed, due, kind) or (kind == "text" and agrees(due, handed))


def _plain_fields(packet: Packet, truth: Truth, evidence: Evidence) -> Iterator[FieldVerdict]:
    for name in ("reason", "tone", "urgency", "next_action"):
        due, value = getattr(truth, name), getattr(packet, name)
        if due is None:
            continue
        chosen = name in ("tone", "urgency")
        said = None if chosen else evidence.said(due, "text")
        if not value or not value.strip():
            told = None if chosen else _telling(due, packet)
            verdict: Finding = "missing" if told is None else "right"
            yield FieldVerdict(name, verdict, due, told, said, note=None if told is None else IN_TEXT)
            continue
        right = [plain_name(one) == plain_name(due) if chosen else agrees(due, one) for one in _given(packet, name)]
        shown = " / ".join(_given(packet, name))
        if len(right) > 1 and not all(right):
            yield FieldVerdict(name, "wrong", due, shown, said, note=CONTRADICTION)
        else:
            yield FieldVerdict(name, "right" if right[0] else "wrong", due, shown, said)


def _given(packet: Packet, name: str) -> tuple[str, ...]:
    """All that the packet gives for one of its own fields."""
    return (getattr(packet, name), *packet.also.get(name, ()))


def _telling(due: str, packet: Packet) -> str | None:
    """The sentence of the summary that says what is due."""
    return next((text for text in sentences(packet.summary or "") if agrees(due, text)), None)


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
        if value.strip() and not any(_same(value, one, kind) for one in found):
            found.append(value)
    return tuple(found)


def _entity(entity: Entity, values: Sequence[str], evidence: Evidence) -> FieldVerdict:
    kind = kind_of_entity(entity)
    said = evidence.said(entity.value, kind)
    if not values:
        return FieldVerdict(entity.name, "missing", entity.value, None, said)
    if len(values) > 1 and not all(matches(value, entity, kind) for value in values):
        return FieldVerdict(entity.name, "wrong", entity.value, " / ".join(values), said, note=CONTRADICTION)
    return FieldVerdict(entity.name, _verdict(entity, values[0], kind, evidence), entity.value, values[0], said)


def _verdict(entity: Entity, value: str, kind: Kind, evidence: Evidence) -> Finding:
    if matches(value, entity, kind):
        return "right"
    if any(_same(value, old, kind) for old in entity.was):
        return "stale"
    about_it = kind == "text" and not content(value).isdisjoint(content(entity.value))
    return "wrong" if about_it or evidence.holds(value, kind) else "invented"


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
    if right is not None and old is not None:
        return FieldVerdict(entity.name, "wrong", entity.value, f"{right} / {old.quote}", said, note=CONTRADICTION)
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
