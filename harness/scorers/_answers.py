"""What the agent's words and deeds make of an interjection: answered to, kept in mind, or talked past.

By the scenario's facts and by plain words only. Where those can't tell, nothing is said: that is a
judge's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from harness.conversation import Conversation
from harness.handoff import read_packet
from harness.scenario import Entity, Truth
from harness.scorers._packets import plain_name
from harness.scorers._speech import events
from harness.text.entities import Kind, kind_of, said_in, same
from harness.text.meaning import content
from harness.text.normalising import words
from harness.text.phrases import letters
from harness.timeline import AgentState, Event, HandedOff, Interrupted, MessageSent, ToolCalled

WORDS = 8
"""So many words in a row that were heard already are the same thing said again."""

SECONDS = 2.0
"""So are words that take this long to say."""

LANGUAGES = "en+es+hi"
"""Whose rules of writing words in their normal form apply: an agent may speak any of them."""

SMALL = content(
    "sorry wait no not yes okay actually stop please hang hold on excuse hello hey well oh um moment second one "
    "mean meant said say sure right thank thanks let what which who when where how why interrupt pardon"
)
"""Words with which one cuts in: an answer that shares them answers nothing."""


@dataclass(frozen=True, slots=True)
class Interjection:
    """What was said into the agent's speech, and what the agent said around it; None where nobody knows.

    line: the caller's words. before: what the agent had been saying, as far as it was surely heard;
    rest: what of that was surely not heard; asked: the caller's turn that it had been answering.
    answer: what it said then. fastest: letters a second that it speaks at most.
    """

    event: Interrupted
    line: str
    before: str | None
    rest: str
    asked: str
    answer: str | None
    fastest: float


Finding = tuple[bool | None, str]
"""Whether it holds, None where nothing shows; and why."""


# --- (c) the answer addresses the interjection


def addressed(conversation: Conversation, said: Interjection, truth: Truth, until: int) -> Finding:
    """Whether the answer is one to the interjection."""
    kind, answer = said.event.kind, said.answer
    if kind == "escalate" and any(said.event.at < e.at < until for e in events(conversation, HandedOff)):
        return True, "it handed over"
    if not answer:
        return None, "nobody knows the answer's words"
    facts = [entity for entity in truth.entities if _mentions(said.line, entity, (entity.value, *entity.accepted))]
    if facts and all(_mentions(answer, entity, (entity.value, *entity.accepted)) for entity in facts):
        return True, f"it says {facts[0].value!r}"
    if any(_mentions(answer, entity, entity.was) for entity in facts):
        return False, "it says what was corrected"
    old = "" if kind == "clarify" else _same_again(said.rest, answer, said.fastest)
    if kind == "stop_request":
        return not old, "it went on with what it was saying" if old else "it left off"
    fresh = " ".join(words(answer, LANGUAGES)).replace(old, " ") if old else answer
    if not facts and (shared := _shared(said, fresh)):
        return True, f"it speaks of {shared!r}"
    if old:
        return False, "it went on with what it was saying"
    earlier = _about(said.before or "") | _about(said.rest) | _about(said.asked)
    if not _about(answer).isdisjoint(earlier):
        return False, "it speaks of what was spoken of before"
    return None, "its words don't show what it answers"


def _shared(said: Interjection, answer: str) -> str:
    """A word of the interjection's that the answer takes up; of a correction only what is new in it."""
    known = _about(said.before or "") | _about(said.rest)
    meant = _about(said.line)
    if said.event.kind == "correction":
        meant = meant - known or meant
    elif said.event.kind == "clarify" and not meant:
        meant = known
    return min(meant & _about(answer), default="")


def _about(text: str) -> frozenset[str]:
    """What a text is about, a day of the month being the same with and without its ending."""
    return frozenset(re.sub(r"^(\d+)(st|nd|rd|th)$", r"\1", word) for word in content(text) - SMALL)


def _mentions(text: str, entity: Entity, values: Sequence[str]) -> bool:
    return any(said_in(text, value, kind_of(entity.name, value, entity.type)) for value in values)


# --- (d) what was corrected stays corrected


def kept(conversation: Conversation, said: Interjection, truth: Truth) -> Finding:
    """Whether the last tool call, handoff, state or message that carries a corrected fact has the new value."""
    corrected = [e for e in truth.entities if e.was and _mentions(said.line, e, (e.value, *e.accepted))]
    if not corrected:
        return None, "the scenario doesn't say which fact it corrects"
    findings = [_kept(conversation, said.event.at, entity) for entity in corrected]
    wrong = next((found for found in findings if found[0] is False), None)
    return wrong or next((found for found in findings if found[0] is None), findings[0])


def _kept(conversation: Conversation, since: int, entity: Entity) -> Finding:
    last: Finding = (None, f"nothing that it did holds the {entity.name}")
    for event in conversation.recording.events:
        if event.at >= since:
            for right in _carried(event, entity):
                what = "keeps" if right else "doesn't keep"
                last = right, f"{_name(event)} {what} the corrected {entity.name}"
    return last


def _name(event: Event) -> str:
    if isinstance(event, ToolCalled):
        return event.name
    return "the handoff" if isinstance(event, HandedOff) else "what it told"


def _carried(event: Event, entity: Entity) -> Iterator[bool]:
    """Whether each place in which something the agent did holds a fact holds the right value."""
    named: list[tuple[str, str]] = []
    texts: list[str] = []
    if isinstance(event, ToolCalled):
        named = list(_leaves(event.arguments))
    elif isinstance(event, AgentState):
        named = list(_leaves(event.attrs))
    elif isinstance(event, MessageSent):
        texts = [event.text or ""]
    elif isinstance(event, HandedOff) and (packet := read_packet(event.packet)) is not None:
        named, texts = list(packet.entities.items()), [packet.summary or ""]
    for name, value in named:
        kind = kind_of(entity.name, entity.value, entity.type)
        right = any(same(value, one, kind) for one in (entity.value, *entity.accepted))
        if plain_name(name) == plain_name(entity.name) or right or _is_old(value, entity, kind):
            yield right
    for text in texts:
        right = _mentions(text, entity, (entity.value, *entity.accepted))
        if right or _mentions(text, entity, entity.was):
            yield right


def _is_old(value: str, entity: Entity, kind: Kind) -> bool:
    return kind not in ("flag", "number", "text") and any(same(value, old, kind) for old in entity.was)


def _leaves(found: Any, name: str = "", depth: int = 6) -> Iterator[tuple[str, str]]:
    """The values within what an agent sent, each with the name it stands under."""
    if isinstance(found, Mapping):
        for key, value in found.items() if depth else ():
            yield from _leaves(value, str(key), depth - 1)
    elif isinstance(found, list | tuple):
        for value in found if depth else ():
            yield from _leaves(value, name, depth - 1)
    elif found is not None:
        yield name, str(found)


# --- (e) what was heard is not said again


def not_repeated(said: Interjection, truth: Truth) -> Finding:
    """Whether the answer spares the caller what it has heard; a read-back with the corrected value is exempt."""
    if said.before is None or not said.answer:
        return None, "nobody knows the words"
    again = _same_again(said.before, said.answer, said.fastest)
    if not again:
        return True, "nothing that was heard is said again"
    if said.event.kind == "correction":
        corrected = [e for e in truth.entities if e.was and _mentions(said.line, e, (e.value, *e.accepted))]
        if any(_mentions(said.answer, e, (e.value, *e.accepted)) for e in corrected):
            return True, "it reads back what was corrected"
    return False, f"it says again: {again!r}"


def _same_again(one: str, other: str, fastest: float) -> str:
    """The longest run of words that stands in both texts, if it is long enough to be the same thing said again."""
    left, right = words(one, LANGUAGES), words(other, LANGUAGES)
    match = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
    run = left[match.a : match.a + match.size]
    return " ".join(run) if len(run) >= WORDS or letters(run) / fastest >= SECONDS else ""
