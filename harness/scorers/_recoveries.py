"""What became of each true interruption, part by part: yielded, answered, addressed, kept, not repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import PROFILES, Span
from harness.scorers._answers import Finding, Interjection, addressed, kept, not_repeated
from harness.scorers._exchanges import Exchange, exchanges
from harness.scorers._speech import caller_turns, events, hung_up, pieces
from harness.scorers._words_told import tells
from harness.scorers._yields import Yield, pace, yields
from harness.text.phrases import letters
from harness.timeline import AgentSaid, LineSaid, Party

PARTS = ("yielded", "answered", "addressed", "kept", "not_repeated")
"""(a) to (e), in order."""

PROFILE = PROFILES["production"]
"""The limits that (a) and (b) are held against."""

NEAR = samples(0.1)
"""How far the caller's turn may begin from the interruption that it is."""

Part: TypeAlias = tuple[Literal["holds", "broken", "unknown", "not due"], str]


@dataclass(frozen=True, slots=True)
class Recovery:
    """One true interruption over the agent's speech, and what became of each part.

    until: where the caller's next turn begins, in samples. open: what was said, where its words are known and
    don't tell whether the answer addresses it; None elsewhere.
    """

    one: Yield
    parts: Mapping[str, Part]
    until: int
    open: Interjection | None = None

    @property
    def recovered(self) -> bool | None:
        """Any part broken: no; else any unknown: nobody knows."""
        standings = {standing for standing, _ in self.parts.values()}
        return False if "broken" in standings else None if "unknown" in standings else True

    @property
    def span(self) -> Span:
        """From the interruption to the caller's next turn, with each part."""
        named = (f"{name}: {standing} ({why})" for name, (standing, why) in self.parts.items())
        event = self.one.event
        return Span(event.at / RATE, max(event.at, self.until) / RATE, f"{event.kind}; " + "; ".join(named))


def recoveries(conversation: Conversation, scenario: Scenario) -> tuple[Recovery, ...]:
    """One for each true interruption that an agent had to yield to, in order.

    Apart are those into silence, collisions, and speech that ended on its own.
    """
    found = (one for one in yields(conversation) if one.standing not in ("apart", "ended_on_its_own"))
    return tuple(_recovery(conversation, scenario, one) for one in found)


def _recovery(conversation: Conversation, scenario: Scenario, one: Yield) -> Recovery:
    yielded = _yielded(one)
    turns = (e for e in exchanges(conversation) if abs(e.turn.start - one.event.at) <= NEAR)
    exchange = next(turns, None)
    until = one.event.at if exchange is None else exchange.until
    parts: dict[str, Part] = dict.fromkeys(PARTS, ("not due", "it did not yield"))
    parts["yielded"] = yielded
    if yielded[0] == "broken":
        return Recovery(one, parts, until)
    if exchange is None:
        return Recovery(one, parts | dict.fromkeys(PARTS[1:], ("unknown", "the interruption has no turn")), until)
    said = _interjection(conversation, one, exchange)
    parts |= _rest(conversation, scenario, said, exchange)
    left_open = parts["addressed"][0] == "unknown" and said.answer
    return Recovery(one, parts, until, said if left_open else None)


def _yielded(one: Yield) -> Part:
    if one.standing == "failed":
        return "broken", "still speaking after 3.0 s"
    if one.standing != "proved" or one.delay is None:
        return "unknown", one.why
    in_time = one.delay <= PROFILE.yield_p95
    return "holds" if in_time else "broken", f"after {one.delay:.2f} s"


def _rest(conversation: Conversation, scenario: Scenario, said: Interjection, exchange: Exchange) -> dict[str, Part]:
    """(b) to (e) of an interruption that may have been yielded to."""
    event = said.event
    silent = exchange.reply is None
    if silent and event.kind == "stop_request":
        return dict.fromkeys(PARTS[1:], ("not due", "silence answers a request to stop"))
    answered = _answered(conversation, exchange)
    unsaid: Part = ("not due", "it said nothing")
    parts = {
        "answered": answered,
        "addressed": unsaid if silent else _part(addressed(conversation, said, scenario.truth, exchange.until)),
        "kept": ("not due", "nothing was corrected"),
        "not_repeated": unsaid if silent else _part(not_repeated(said, scenario.truth)),
    }
    if event.kind == "correction":
        parts["kept"] = _part(kept(conversation, said, scenario.truth))
    if event.kind == "clarify":
        parts["not_repeated"] = ("not due", "it was asked to say it again")
    return parts


def _part(found: Finding) -> Part:
    holds, why = found
    return ("unknown" if holds is None else "holds" if holds else "broken"), why


def _answered(conversation: Conversation, exchange: Exchange) -> Part:
    """(b): in time, and not before the caller had finished."""
    limit = PROFILE.response_p95
    if exchange.late is not None:
        return "unknown", f"harness was late: {exchange.late}"
    if exchange.latency is not None:
        why = f"after {exchange.latency:.2f} s"
        return "broken" if exchange.standing == "premature" or exchange.latency > limit else "holds", why
    ended = hung_up(conversation)
    left = ended is not None and ended.party is Party.AGENT and exchange.until == ended.at
    if exchange.waited > limit or left:
        return "broken", "the agent hung up" if left else f"not within {exchange.waited:.1f} s"
    return "unknown", f"the caller waited only {exchange.waited:.1f} s"


# --- the words around an interruption


def _interjection(conversation: Conversation, one: Yield, exchange: Exchange) -> Interjection:
    event, turn = one.event, exchange.turn
    before = [t for t in caller_turns(conversation) if t.end <= event.at and t is not turn]
    asked = before[-1] if before else None
    since = asked.end if asked else 0
    stop = event.at if one.delay is None else event.at + samples(one.delay)
    line = turn.text or next((e.text for e in events(conversation, LineSaid) if abs(e.at - event.at) <= NEAR), "")
    fast = pace(conversation)[1]
    heard, rest = _heard(conversation, since, event.at, stop)
    return Interjection(
        event,
        line,
        heard,
        rest,
        (asked.text or "") if asked else "",
        _answer(conversation, event.at, exchange.until, rest),
        fast,
    )


def _heard(conversation: Conversation, since: int, at: int, stop: int) -> tuple[str | None, str]:
    """What the agent had been saying: what was surely heard of it by where it stopped, and what surely wasn't."""
    if not tells(conversation):
        texts = [t.text for t in conversation.of(Party.AGENT) if since <= t.start < at and t.text]
        return (" ".join(texts) if texts else None), ""
    told = [e for e in events(conversation, AgentSaid) if e.spoken and since <= e.at]
    exact = next((e.text for e in told if e.interrupted and at <= e.at), None)
    whole = " ".join(e.text for e in told if e.at <= at and not e.interrupted)
    if exact is not None:
        return exact, whole[len(exact) :] if whole.startswith(exact) else ""
    if not whole:
        return None, ""
    said = sum(min(end, stop) - start for start, end in pieces(conversation) if since <= start < stop) / RATE
    slow, fast = pace(conversation)
    written = whole.split()
    return " ".join(written[: _fit(written, said * slow)]), " ".join(written[_fit(written, said * fast) :])


def _fit(written: list[str], room: float) -> int:
    """How many words from the first on make no more than so many letters."""
    for number, word in enumerate(written):
        room -= letters([word])
        if room < 0:
            return number
    return len(written)


def _answer(conversation: Conversation, at: int, until: int, rest: str) -> str | None:
    """What the agent said to an interjection; where it told nothing new it goes on with what it had told."""
    if tells(conversation):
        told = [e for e in events(conversation, AgentSaid) if e.spoken and not e.interrupted and at < e.at < until]
        return " ".join(e.text for e in told) or rest or None
    texts = [t.text for t in conversation.of(Party.AGENT) if at <= t.start < until and t.text]
    return " ".join(texts) or None
