"""Whether the agent heard the facts right that the caller said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import MURMURS, Entity, Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._transcripts import heard_of_lines, joined, transcribed
from harness.scorers._words import Understood
from harness.text.entities import Kind, kind_of
from harness.text.mentions import denied_in, mentioned
from harness.timeline import LineSaid

TYPES: tuple[Kind, ...] = ("name", "number", "amount", "date", "time", "phone", "code", "email", "address")
PARTS = ("all", *TYPES)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact that a line of the caller's says, and whether the transcript has it right."""

    kind: Kind
    right: bool
    span: Span


@scorer(unit="ratio", better="higher", version=2, parts=PARTS)
def entity_accuracy(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """Facts of the truth that the agent's transcript has right ÷ those that the caller said, by type.

    A fact is due each time a line says it, also as it was before a correction; it is right where
    what was heard for that line, and told after it began, says it too, in whichever form: "three
    pm" is 15:00. A "not" that came, or went, makes it wrong. Types are the truth's, else told from
    the value: name, number, amount, date, time, phone, code, email, address; `all` is over every one
    of them, other facts too. Unscored where the agent tells no transcript, or the caller said none.

    Source: the score catalogue, docs/metrics.md.
    """
    found = transcribed(conversation)
    if isinstance(found, Unscored):
        return dict.fromkeys(PARTS, found)
    facts = tuple(_facts(found, scenario.truth.entities))
    return {part: _share(part, [fact for fact in facts if part in ("all", fact.kind)]) for part in PARTS}


def _share(part: str, facts: Sequence[_Fact]) -> Outcome:
    if not facts:
        return Unscored("the caller said no fact of the truth" + ("" if part == "all" else f" of type {part}"))
    wrong = [fact for fact in facts if not fact.right]
    return Score(
        1 - len(wrong) / len(facts),
        "ratio",
        len(facts),
        spans=tuple(fact.span for fact in wrong),
        detail="; ".join(fact.span.note for fact in wrong[:4]) or f"all {len(facts)} right",
        few=len(facts) < 10,
    )


def _facts(found: Understood, entities: Sequence[Entity]) -> Iterator[_Fact]:
    heard = [joined(words) for words in heard_of_lines(found)]
    kinds = {entity.name: kind_of(entity.name, entity.value, entity.type) for entity in entities}
    for number, line in enumerate(found.lines):
        if line.kind in MURMURS or not line.text:
            continue
        said = _played(found, number, line)
        for entity in entities:
            kind = kinds[entity.name]
            for value in (entity.value, *entity.was):
                forms = (value, *entity.accepted) if value == entity.value else (value,)
                if any(mentioned(said, form, kind, line.language) for form in forms):
                    yield _fact(entity.name, kind, forms, line, said, heard[number])


def _played(found: Understood, number: int, line: LineSaid) -> str:
    """A line's text, of one that was cut short what was due of it."""
    return joined([word.text for word in found.due if word.line == number]) if line.cut else line.text


def _fact(name: str, kind: Kind, forms: Sequence[str], line: LineSaid, said: str, heard: str) -> _Fact:
    form = next((form for form in forms if mentioned(heard, form, kind, line.language)), None)
    if form is None:
        right, note = False, f"{name} {forms[0]!r} not in {heard!r}"
    else:
        meant = next(form for form in forms if mentioned(said, form, kind, line.language))
        turned = denied_in(said, meant, kind, line.language) != denied_in(heard, form, kind, line.language)
        right, note = (
            not turned,
            f"{name} {forms[0]!r} turned around in {heard!r}" if turned else f"{name} {forms[0]!r}",
        )
    return _Fact(kind, right, Span(line.at / RATE, line.end / RATE, note))
