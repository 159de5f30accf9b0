"""What there is to draw of a call: marks in lanes, by the second."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.audio import RATE, seconds
from harness.conversation import Conversation, Turn
from harness.reporting.opened import OpenCall
from harness.reporting.reasons import clock, place, reasons
from harness.reporting.values import in_words
from harness.scenario import MURMURS
from harness.score import Verdict
from harness.scorers.response_latency import Exchange, exchanges
from harness.scorers.yield_delay import yields
from harness.timeline import (
    AudioWithdrawn,
    CallerFailed,
    CallerLate,
    Controlled,
    Event,
    FrameLate,
    HandedOff,
    HeardAs,
    HungUp,
    Interrupted,
    KeysPressed,
    LanguageSwitched,
    LineSaid,
    MessageSent,
    MissedByPlan,
    Murmured,
    Party,
    ProtocolBroken,
    Starved,
    StayedSilent,
    Told,
    ToolCalled,
)

LANES = (
    ("evidence", "limits missed"),
    ("timing", "timing"),
    ("plan", "planned"),
    ("caller", "caller"),
    ("agent", "agent"),
    ("heard", "heard as"),
    ("events", "events"),
)
"""Lanes from top to bottom, and what is written beside each."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to draw: from `start` to `end` in seconds (equal: an instant).

    kind: how it looks. label: written at it, cut short where there is no room for a `boxed` one.
    title: all there is to say, on pointing at it.
    """

    lane: str
    start: float
    end: float
    kind: str
    label: str
    title: str
    boxed: bool = False


def marks(call: OpenCall) -> tuple[Mark, ...]:
    """All marks of a call, lane by lane."""
    found = [*_evidence(call)]
    if call.conversation is not None:
        found += [*_timing(call.conversation), *_turns(call.conversation)]
    if call.recording is not None:
        found += [*_plans(call.recording.events), *_events(call.recording.events)]
    return tuple(found)


def _evidence(call: OpenCall) -> Iterator[Mark]:
    """Where each limit that was missed was missed."""
    for reason in reasons(call.row):
        if reason.verdict is Verdict.FAIL and reason.worst is not None:
            label = f"✗ {reason.score} {reason.said}"
            title = f"{reason} · {place(reason.worst)}"
            yield Mark("evidence", reason.worst.start, reason.worst.end, "missed", label, title)


def _timing(conversation: Conversation) -> Iterator[Mark]:
    """How long the caller waited, and how long the agent talked on."""
    for exchange in exchanges(conversation):
        yield from _exchange(exchange)
    for one in yields(conversation):
        kind = {"proved": "yield", "failed": "wanting"}.get(one.standing, "aside")
        word = one.standing.replace("_", " ")
        label = {"proved": f"yield {one.delay or 0.0:.2f} s", "failed": "no yield in 3 s"}.get(one.standing, word)
        yield Mark("timing", one.span.start, one.span.end, kind, label, f"interruption: {word}: {one.why}")


def _exchange(exchange: Exchange) -> Iterator[Mark]:
    end = seconds(exchange.turn.end)
    if exchange.late is not None:
        yield Mark("timing", end, end, "wanting", "? harness was late", exchange.late)
    elif exchange.latency is None:
        if exchange.standing != "undecided":
            until = seconds(exchange.until) if exchange.unanswered else end
            kind = "wanting" if exchange.unanswered else "aside"
            yield Mark("timing", end, until, kind, exchange.standing, f"the caller's turn was: {exchange.standing}")
    elif exchange.standing == "premature":
        label = f"premature {exchange.latency:.2f} s"
        yield Mark("timing", end + exchange.latency, end, "wanting", label, "the reply cut the caller off")
    else:
        start, until = sorted((end, end + exchange.latency))
        title = f"response latency {exchange.latency:.3f} s: {clock(end)} to {clock(end + exchange.latency)}"
        yield Mark("timing", start, until, "wait", f"{exchange.latency:.2f} s", title)


def _turns(conversation: Conversation) -> Iterator[Mark]:
    for turn in conversation.turns:
        start, end = seconds(turn.start), seconds(turn.end)
        lane = turn.party.value
        yield Mark(lane, start, end, _kind(turn), _label(turn), _title(turn), boxed=True)
        if turn.party is Party.AGENT or len(turn.spurts) > 1:
            how = "heard" if turn.party is Party.AGENT else "said, with the floor kept"
            for a, b in turn.spurts:
                yield Mark(lane, a / RATE, b / RATE, "spurt", "", f"{how} {clock(a / RATE)}–{clock(b / RATE)}")


def _kind(turn: Turn) -> str:
    if turn.party is Party.AGENT:
        return "turn"
    return "turn" if turn.kind == "say" else "turn murmur" if turn.kind in MURMURS else "turn cutin"


def _label(turn: Turn) -> str:
    text = turn.text if turn.text is not None else "(nobody knows the words)"
    return text if turn.kind == "say" or turn.party is Party.AGENT else f"[{turn.kind}] {text}"


def _title(turn: Turn) -> str:
    known = {"known": "as scheduled", "told": "as it told", "recognised": "as recognised", "none": "words unknown"}
    when = f"{clock(turn.start / RATE)}–{clock(turn.end / RATE)}"
    return f"{turn.party.value} {when} ({known.get(turn.source, turn.source)}): {_label(turn)}"


def _plans(events: tuple[Event, ...]) -> Iterator[Mark]:
    """Each planned event twice: when the script asked for it, and when it came."""
    for event in events:
        if isinstance(event, MissedByPlan):
            title = f"planned {event.kind} (step {event.step + 1}) never came: {event.reason}"
            yield Mark("plan", event.at / RATE, event.at / RATE, "never", f"✗ {event.kind} missed by plan", title)
        elif isinstance(event, Interrupted | Murmured | KeysPressed):
            yield from _planned(event)


def _planned(event: Interrupted | Murmured | KeysPressed) -> Iterator[Mark]:
    name = "keys" if isinstance(event, KeysPressed) else event.kind
    if isinstance(event, KeysPressed):
        name = f"keys {event.keys}"
    due = max(event.planned, event.knowable)
    off = (event.at - due) * 1000 / RATE
    title = (
        f"{name} (step {event.step + 1}): planned {event.planned / RATE:.3f} s, "
        f"knowable {event.knowable / RATE:.3f} s, actual {event.at / RATE:.3f} s, off by {off:.1f} ms"
    )
    off_plan = f", {(event.at - event.planned) * 1000 / RATE:+.0f} ms" if event.at != event.planned else " on plan"
    a, b = sorted((event.planned, event.at))
    if a != b:
        yield Mark("plan", a / RATE, b / RATE, "slip", "", title)
    yield Mark("plan", event.planned / RATE, event.planned / RATE, "planned", "", title)
    yield Mark("plan", event.at / RATE, event.at / RATE, "actual", f"{name}{off_plan}", title)


def _events(events: tuple[Event, ...]) -> Iterator[Mark]:
    late = [event for event in events if isinstance(event, FrameLate)]
    if late:
        worst = max(late, key=lambda event: event.ms)
        title = f"{len(late)} frames of ours went out late, the worst by {worst.ms:.1f} ms"
        yield Mark("events", worst.at / RATE, worst.at / RATE, "ours", f"{len(late)} frames late", title)
    for event in events:
        draw = _DRAWN.get(type(event))
        if draw is not None:
            yield draw(event)


def _withdrawn(event: Any) -> Mark:
    length = event.samples / RATE
    what = "and sent the same again at once" if event.resent else "it was never heard"
    title = f"at {clock(event.at / RATE)} the agent withdrew {length:.2f} s of audio: {what}"
    start = event.at / RATE
    return Mark("agent", start, start + length, "withdrawn", f"withdrawn {length:.2f} s", title, boxed=True)


def _starved(event: Any) -> Mark:
    length = event.samples / RATE
    title = f"the agent's audio ran dry for {length:.2f} s inside a reply"
    return Mark("events", event.at / RATE, event.at / RATE + length, "wanting", "starved", title)


def _tool(event: Any) -> Mark:
    given = in_words(event.arguments) if event.arguments else ""
    result = "" if event.result is None else f" → {in_words(event.result)}"
    return _instant(event, "tool", f"tool {event.name}", f"tool {event.name}({given}){result}")


def _handoff(event: Any) -> Mark:
    receipt = f", receipt {event.receipt}" if event.receipt else ", no receipt"
    to = event.to or "a human"
    return _instant(event, "handoff", f"handoff → {to}", f"handed over to {to} by {event.channel}{receipt}")


def _heard(event: Any) -> Mark:
    if not event.final:
        return _instant(event, "partial", "", f"partial transcript: {event.text}")
    return _instant(event, "told", f"“{event.text}”", f"the agent's own transcript, told here: {event.text}")


def _silence(event: Any) -> Mark:
    why = "has asked the agent to wait" if event.kind == "hold" else "stays silent on purpose"
    label = "holds" if event.kind == "hold" else "silent on purpose"
    title = f"the caller {why} until {clock(event.end / RATE)}"
    return Mark("plan", event.at / RATE, event.end / RATE, "silence", label, title, boxed=True)


def _controlled(event: Any) -> Mark:
    """What a control call showed: for how long the agent would have spoken on by itself."""
    start, left = event.at / RATE, event.left / RATE
    if event.left:
        title = f"without this event the agent would have spoken on for {left:.2f} s (control call)"
        return Mark("plan", start, start + left, "control", f"by itself: {left:.2f} s more", title, boxed=True)
    onward = "would not have spoken" if event.next is None else f"would have begun {event.next / RATE:.2f} s later"
    return Mark("plan", start, start, "control", "", f"without this event the agent {onward} (control call)")


def _instant(event: Event, kind: str, label: str, title: str) -> Mark:
    at = event.at / RATE
    lane = "heard" if isinstance(event, HeardAs) else "events"
    return Mark(lane, at, at, kind, label, f"{clock(at)} {title}")


_DRAWN: Mapping[type, Callable[[Any], Mark]] = {
    AudioWithdrawn: _withdrawn,
    Starved: _starved,
    ToolCalled: _tool,
    HandedOff: _handoff,
    HeardAs: _heard,
    StayedSilent: _silence,
    Controlled: _controlled,
    HungUp: lambda e: _instant(e, "hangup", f"{e.party.value} hangs up", f"{e.party.value} hung up: {e.reason or '–'}"),
    MessageSent: lambda e: _instant(
        e, "message", f"{e.channel} sent", f"{e.channel} to {e.to or '–'}: {e.text or '–'}"
    ),
    LanguageSwitched: lambda e: _instant(e, "tool", f"→ {e.language}", f"the caller switches to {e.language}"),
    ProtocolBroken: lambda e: _instant(
        e, "broken", f"protocol broken ×{e.count}" if e.count > 1 else "protocol broken", f"protocol broken: {e.why}"
    ),
    CallerLate: lambda e: _instant(e, "ours", "our line late", f"our own line came {e.samples / RATE:.2f} s late"),
    CallerFailed: lambda e: _instant(e, "ours", "our caller failed", f"our own caller could not go on: {e.why}"),
    Told: lambda e: _instant(e, "other", "told", f"told, not understood: {e.text}"),
}


def spoken_words(call: OpenCall) -> Iterator[tuple[str, float, float]]:
    """The caller's words, each with when it was said, in seconds."""
    if call.recording is not None:
        for event in call.recording.events:
            if isinstance(event, LineSaid):
                for word, start, end in event.words:
                    yield word, start / RATE, min(end, event.end) / RATE
