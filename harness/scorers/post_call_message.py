"""The message after the call: whether it came, in time, in the right language, and says what is so."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff.names import plain_name
from harness.handoff.prose import facts_in
from harness.scenario import MessageTruth, Scenario, Truth
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._evidence import evidence_of
from harness.scorers._packets import contradictory, kind_of_entity, matches, offered_beside
from harness.scorers._promises import breaks, given, promises_in, said_by_agent
from harness.scorers._speech import call_end, events
from harness.text.entities import said_in
from harness.timeline import AgentState, MessageSent


@dataclass(frozen=True, slots=True)
class _Check:
    """One thing that must be so of the message; holds: None where that can't be known."""

    what: str
    holds: bool | None
    why: str = ""


@scorer(unit="ratio", better="higher", version=2)
def post_call_message(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """1 where the message that is due came in time, in the right language, and says what is so, else 0.

    Every fact that it must hold is there, and neither taken back nor offered beside others; no typed
    fact in it is another than the one that the truth has of its kind (save numbers and codes that the
    call holds); it promises nothing that mustn't be promised or that the agent didn't say. Any check that fails
    makes it 0; else any that can't be made makes it unmeasured; `detail` names them. The last
    message on the channel counts. That none came is known only of an agent that declares that it
    sends messages (its state's `messages`), or has sent one, and only once the time is over.

    Source: the score catalogue, docs/metrics.md.
    """
    due = scenario.truth.message
    if due is None:
        return Unscored("the scenario asks for no message")
    sent = events(conversation, MessageSent)
    on_channel = [one for one in sent if due.channel is None or plain_name(one.channel) == plain_name(due.channel)]
    end = call_end(conversation)
    if not on_channel:
        return _absent(conversation, due, end, proved=bool(sent))
    message = on_channel[-1]
    checks = tuple(_checks(message, scenario.truth, due, conversation, end))
    at = message.at / RATE
    failed = [check for check in checks if check.holds is False]
    unknown = [check for check in checks if check.holds is None]
    if not failed and unknown:
        return Unscored("; ".join(f"{check.what}: {check.why}" for check in unknown))
    detail = "; ".join(f"{check.what}: {check.why}" for check in failed) or "as it should be"
    return Score(float(not failed), "ratio", 1, (Span(at, at, detail),), detail=detail)


def _absent(conversation: Conversation, due: MessageTruth, end: int, *, proved: bool) -> Score | Unscored:
    declared = [state for state in events(conversation, AgentState) if state.attrs.get("messages")]
    listened = conversation.recording.provenance.get("listened_after")
    if not (proved or declared):
        return Unscored("the agent declared no channel for messages, and proved none")
    if not proved and listened is None and all("from" in state.attrs for state in declared):
        return Unscored("the agent's file says that it writes messages, and nobody listened where they come in")
    watched = (len(conversation.recording.heard) - end) / RATE + float(listened or 0.0)
    if due.within is None or due.within > watched:
        return Unscored(f"no message in the {watched:.1f} s that we watched after the call, and it may come later")
    detail = f"no message within {due.within:g} s"
    return Score(0.0, "ratio", 1, (Span(end / RATE, end / RATE + due.within, detail),), detail=detail)


def _checks(
    message: MessageSent, truth: Truth, due: MessageTruth, conversation: Conversation, end: int
) -> Iterator[_Check]:
    late = (message.at - end) / RATE
    if due.within is not None:
        yield _Check("in time", late <= due.within, f"{late:.1f} s after the call")
    text = message.text
    if text is None or not text.strip():
        yield _Check("its text", None, "the agent doesn't say what it wrote")
        return
    if due.language is not None:
        found = written_in(text)
        known = None if found is None else found == due.language.partition("-")[0].lower()
        yield _Check("language", known, "nobody is sure of it" if found is None else f"{found}, not {due.language}")
    yield from _facts(text, truth, due, conversation)
    yield from _promises(text, truth, conversation)


def _facts(text: str, truth: Truth, due: MessageTruth, conversation: Conversation) -> Iterator[_Check]:
    facts = facts_in(text)
    for entity in truth.entities:
        kind = kind_of_entity(entity)
        there = any(said_in(text, value, kind) for value in (entity.value, *entity.accepted))
        there = there and not any(f.dropped for f in facts if f.kind == kind and matches(f.quote, entity, kind))
        if entity.name in due.facts and not there:
            yield _Check("facts", False, f"{entity.name} isn't {entity.value!r} in it")
        if there and (other := offered_beside(text, entity, kind)) is not None:
            yield _Check("facts", False, f"{entity.name} may be {other!r} by it")
        old = contradictory(entity, facts, kind)
        if old is not None:
            yield _Check("facts", False, f"{entity.name} {old.quote!r} was corrected")
    evidence, spoken = evidence_of(truth, conversation), said_by_agent(conversation)
    for fact in facts:
        akin = [entity for entity in truth.entities if kind_of_entity(entity) == fact.kind]
        if len(akin) != 1 or fact.dropped or matches(fact.quote, akin[0], fact.kind):
            continue
        elsewhere = evidence.gave(fact.quote, fact.kind) or any(said_in(one, fact.quote, fact.kind) for one in spoken)
        if fact.kind in ("date", "time") or not elsewhere:
            yield _Check("facts", False, f"{fact.quote!r} for {akin[0].name} {akin[0].value!r}")


def _promises(text: str, truth: Truth, conversation: Conversation) -> Iterator[_Check]:
    allowed = truth.promises.may if truth.promises else ()
    forbidden = truth.promises.must_not if truth.promises else ()
    spoken = said_by_agent(conversation)
    for promise in promises_in(text):
        if broken := breaks(promise, forbidden):
            yield _Check("promises", False, f"{promise!r} mustn't be promised ({broken})")
        elif not (given(promise, spoken, truth) or breaks(promise, allowed)):
            yield _Check("promises", False if spoken else None, f"nobody said {promise!r} in the call")


_SCRIPTS = {
    "DEVANAGARI": "hi",
    "TAMIL": "ta",
    "TELUGU": "te",
    "BENGALI": "bn",
    "GUJARATI": "gu",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GURMUKHI": "pa",
    "ARABIC": "ur",
    "HIRAGANA": "ja",
    "HANGUL": "ko",
    "CYRILLIC": "ru",
}
_LITTLE_WORDS = {
    "en": "the is for your you we have at on and of to will our with been please thank this",
    "es": "el la los las su de para con que en una un por gracias hemos ha sido está cita a las",
    "de": "der die das und ist ihr ihre wir haben für mit ein eine um am vielen dank wurde",
    "fr": "le la les votre vous nous avons pour avec est et un une de du à merci rendez",
    "hi": "aap aapka aapki hai hain ke ki ka ko se mein par liye dhanyavaad kar diya gaya",
}


def written_in(text: str) -> str | None:
    """The language of a text as a primary tag, by its script and its little words; None where that leaves it open."""
    letters = [char for char in text if char.isalpha()]
    scripts = Counter(unicodedata.name(char, "?").split()[0] for char in letters)
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    if script != "LATIN":
        return _SCRIPTS.get(script) if count * 2 > len(letters) else None
    said = Counter("".join(char if char.isalpha() else " " for char in text.lower()).split())
    ranked = sorted(((sum(said[w] for w in set(ws.split())), tag) for tag, ws in _LITTLE_WORDS.items()), reverse=True)
    return ranked[0][1] if ranked[0][0] >= 2 and ranked[0][0] > ranked[1][0] else None
