"""What the human who takes over still has to ask, by the packet that was handed over and by what is so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from harness.conversation import Conversation
from harness.handoff import FieldVerdict
from harness.scenario import Entity, Scenario, Truth
from harness.scorers._evidence import Evidence, evidence_of
from harness.scorers._handoffs import destination, inherited
from harness.scorers._packets import CONTRADICTION, compared, critical_entities, kind_of_entity
from harness.scorers._speech import events
from harness.text.entities import Kind, kind_of, said_in
from harness.timeline import HandedOff, KeysPressed

REASON = "reason"
UNKNOWN = "nobody knows why they call"
MOST_MADE_UP = 6
"""So many facts that nobody gave are read to the caller; by then a human trusts the packet no more."""

Why: TypeAlias = Literal["missing", "wrong", "stale", "invented", "contradicted", "nobody knows why they call"]
_NOTED = ("tone", "urgency", "next_action", "tried")


@dataclass(frozen=True, slots=True)
class Question:
    """What the human asks of one field of the packet.

    field: `reason`, an entity of the truth, or a fact that the packet made up. why: what was wrong
    with it. handed: what the packet has, None where nothing; truth: what is so, None of a fact that
    nobody gave. said: the words in which the caller had said it, in samples, None where it hadn't:
    then it is asked for the first time.
    """

    field: str
    kind: Kind
    why: Why
    handed: str | None
    truth: str | None
    said: tuple[int, int] | None

    @property
    def again(self) -> bool:
        """Whether the caller has to say what it had said already."""
        return self.said is not None


class Known(NamedTuple):
    """What the packet has right, as it has it."""

    field: str
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Taking:
    """How a human takes over: to, where the call went; known, what the human reads back without asking.

    noted: what is misjudged and a human would notice without asking.
    """

    to: str | None
    known: tuple[Known, ...]
    questions: tuple[Question, ...]
    noted: tuple[FieldVerdict, ...]


def human_leg(conversation: Conversation, scenario: Scenario) -> Taking | None:
    """What a human who takes over knows, and asks; None where no human took over, or none should have.

    Asked for are the reason and the critical facts, all facts where none is marked critical; what
    the packet has and nobody gave is read to the caller as well. A handoff that the scenario
    forbids is wrong by itself, whatever its packet holds.
    """
    seen, truth = events(conversation, HandedOff), scenario.truth
    if not seen or (truth.handoff is not None and truth.handoff.decision == "forbidden"):
        return None
    fields = compared(inherited(seen), truth, conversation)
    needed = {entity.name: entity for entity in critical_entities(truth) or truth.entities}
    wanted = [f for f in fields if f.truth is not None and (f.field == REASON or f.field in needed)]
    made_up = [f for f in fields if f.truth is None and f.verdict == "invented"][:MOST_MADE_UP]
    evidence = evidence_of(truth, conversation)
    return Taking(
        destination(seen[-1]),
        tuple(Known(f.field, _kind(f, needed), f.handed or "") for f in wanted if f.verdict == "right"),
        tuple(_questions([*wanted, *made_up], needed, evidence, conversation)),
        tuple(field for field in fields if field.field in _NOTED and field.verdict != "right"),
    )


def asked_again(taking: Taking | None) -> tuple[Question, ...]:
    """The questions for what the caller had said in the call."""
    return () if taking is None else tuple(question for question in taking.questions if question.again)


def given(entity: Entity, evidence: Evidence, conversation: Conversation) -> int | None:
    """When the caller had given a fact, in its present value or in one that it corrected."""
    kind = kind_of_entity(entity)
    values = (entity.value, *entity.accepted, *entity.was)
    said = [at for value in values if (at := evidence.first_said(value, kind)) is not None]
    said += [p.at for p in events(conversation, KeysPressed) if any(said_in(p.keys, value, kind) for value in values)]
    return min(said, default=None)


def reason_said(truth: Truth, evidence: Evidence) -> tuple[int, int] | None:
    """The words in which the caller said why it calls; None where it didn't, or in words that can't be told."""
    return evidence.said(truth.reason, "text") if truth.reason else None


def _questions(
    fields: Sequence[FieldVerdict], needed: Mapping[str, Entity], evidence: Evidence, conversation: Conversation
) -> Iterator[Question]:
    for field in fields:
        if field.verdict == "right":
            continue
        said = None if field.truth is None else field.said
        entity = None if field.truth is None else needed.get(field.field)
        if entity is not None and said is None and (at := given(entity, evidence, conversation)) is not None:
            said = (at, at)
        yield Question(field.field, _kind(field, needed), _why(field), field.handed, field.truth, said)


def _kind(field: FieldVerdict, needed: Mapping[str, Entity]) -> Kind:
    if field.truth is None:
        return kind_of(field.field, field.handed or "")
    return kind_of_entity(needed[field.field]) if field.field in needed else "text"


def _why(field: FieldVerdict) -> Why:
    if field.note == CONTRADICTION:
        return "contradicted"
    if field.field == REASON and field.verdict == "missing":
        return "nobody knows why they call"
    assert field.verdict in ("missing", "wrong", "stale", "invented")
    return field.verdict
