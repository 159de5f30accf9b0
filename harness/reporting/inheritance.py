"""What the human who takes over inherits: the packet against the truth, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff import FieldVerdict, read_packet
from harness.reporting.reasons import Row, clock, not_asked
from harness.reporting.values import in_words
from harness.scenario import Scenario
from harness.scorers.handoff_fields import compared, inherited
from harness.timeline import HandedOff, ToolCalled

VERDICTS: Mapping[str, tuple[str, str]] = {
    "right": ("✓", "right"),
    "wrong": ("✗", "wrong"),
    "stale": ("✗", "stale: what it was before the caller corrected it"),
    "invented": ("✗", "invented: in neither truth, call nor tool results"),
    "missing": ("✗", "missing"),
    "supported": ("·", "not asked for; the call holds it"),
}
"""Mark and words of what became of a field."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A handoff as it was sent. standing: which of several the human has, or why not this one; empty of an only one."""

    at: float
    channel: str
    to: str | None
    packet: Any
    standing: str = ""

    @property
    def title(self) -> str:
        """When, by what and to whom: `The packet sent at 00:13.6, in-band, to front desk`."""
        to = f", to {self.to}" if self.to else ", to nobody named"
        standing = f" · {self.standing}" if self.standing else ""
        return f"The packet sent at {clock(self.at)}, {self.channel}{to}{standing}"


@dataclass(frozen=True, slots=True)
class Inheritance:
    """The handoff of a call as a reader meets it.

    decision: what had to be, what was, and how that is judged; None where the scenario doesn't say
    and nothing was handed over. to, due_to: the destination, and the right one. fields: the packet
    against the truth; empty where nothing was handed over. sent: each handoff as it was sent.
    rest: what the packet says beyond the fields that are compared. there, taken: how destination and
    receipt were scored.
    """

    happened: bool
    due: str | None
    decision: str
    mark: str
    fields: tuple[FieldVerdict, ...]
    to: str | None = None
    due_to: str | None = None
    receipt: str | None = None
    at: float | None = None
    rest: tuple[tuple[str, str], ...] = ()
    sent: tuple[Sent, ...] = ()
    there: str = "? not measured"
    taken: str = "? not measured"


def inheritance(conversation: Conversation, scenario: Scenario, row: Row) -> Inheritance:
    """The handoff of a call against what the scenario holds to be so."""
    seen = [event for event in conversation.recording.events if isinstance(event, HandedOff)]
    truth = scenario.truth.handoff
    due, due_to = (truth.decision, truth.to) if truth else (None, None)
    mark, decision = _standing(row, "handoff_decision")
    if not seen:
        fields = compared(inherited(seen), scenario.truth, conversation) if due == "required" and mark != "?" else ()
        return Inheritance(False, due, decision, mark, fields, due_to=due_to)
    packet = inherited(seen)
    last = seen[-1]
    rest = [(name, getattr(packet, name)) for name in ("summary", "language", "consent", "transcript")]
    rest += [(name, "; ".join(getattr(packet, name))) for name in ("tried", "promised")]
    if scenario.truth.next_action is None:
        rest.append(("next_action", packet.next_action))
    rest += [
        (name, getattr(packet, name)) for name in ("reason", "tone", "urgency") if not getattr(scenario.truth, name)
    ]
    return Inheritance(
        True,
        due,
        decision,
        mark,
        compared(packet, scenario.truth, conversation),
        last.to,
        due_to,
        last.receipt,
        seen[0].at / RATE,
        tuple((name, text) for name, text in rest if text),
        _sent(seen),
        " ".join(_standing(row, "handoff_destination")),
        " ".join(_standing(row, "handoff_receipt")),
    )


def _sent(seen: Sequence[HandedOff]) -> tuple[Sent, ...]:
    """Each handoff; of several the last counts that came with a packet."""
    found = [Sent(event.at / RATE, event.channel, event.to, event.packet) for event in seen]
    counts = next((one for one in reversed(found) if read_packet(one.packet) is not None), None)
    return tuple(replace(one, standing=_counting(one, counts, len(found))) for one in found)


def _counting(one: Sent, counts: Sent | None, among: int) -> str:
    if one.packet is None:
        return "no packet with it"
    if read_packet(one.packet) is None:
        return "it can't be read as a packet"
    if among == 1:
        return ""
    return "this one counts: the last" if one is counts else "superseded by a later one"


def _standing(row: Row, score: str) -> tuple[str, str]:
    """How the decision to hand over, its destination or its receipt was scored."""
    cell = row["scores"].get(score)
    if cell is None:
        return "?", "not measured"
    if not_asked(cell):
        return "·", f"not asked: {cell['unscored']}"
    if "unscored" in cell:
        return "?", f"not measured: {cell['unscored']}"
    return ("✓" if cell["value"] == 1.0 else "✗"), str(cell.get("detail") or cell["value"])


def handoff_html(found: Inheritance) -> str:
    """The decision, and the fields as a table."""
    due = found.due or "the scenario doesn't say"
    happened = f"handed over at {clock(found.at)}" if found.at is not None else "no handoff was seen"
    told = [
        ("decision", f"{due} · {happened}", f"{found.mark} {found.decision}"),
        *_destination(found),
    ]
    head = "".join(
        f'<tr><td class="v-k">{name}</td><td>{escape(what)}</td><td class="{_class(said)}">{escape(said)}</td></tr>'
        for name, what, said in told
    )
    html = f'<table class="v-table">{head}</table>'
    if found.fields:
        rows = "".join(_field(field) for field in found.fields)
        names = "<tr><th>field</th><th>truth</th><th>handed over</th><th>verdict</th><th>the caller said it</th></tr>"
        html += f'<table class="v-table">{names}{rows}</table>'
    if found.rest:
        rows = "".join(f'<tr><td class="v-k">{name}</td><td>{escape(text)}</td></tr>' for name, text in found.rest)
        names = "<tr><th>also handed over</th><th>not compared with the truth</th></tr>"
        html += f'<table class="v-table">{names}{rows}</table>'
    return html


def _destination(found: Inheritance) -> Iterator[tuple[str, str, str]]:
    if found.happened:
        due = "the scenario doesn't say" if found.due_to is None else f"due: {found.due_to}"
        yield "to", f"{found.to or 'not said'} ({due})", found.there
        yield "receipt", found.receipt or "none", found.taken


def _field(field: FieldVerdict) -> str:
    mark, words = VERDICTS[field.verdict]
    said = "" if field.said is None else f"{clock(field.said[0] / RATE)}–{clock(field.said[1] / RATE)}"
    name = f"{escape(field.field)}{' <b>critical</b>' if field.critical else ''}"
    return (
        f'<tr><td class="v-k">{name}</td><td>{escape(field.truth or "–")}</td><td>{escape(field.handed or "–")}</td>'
        f'<td class="{_class(mark)}">{mark} {words}</td><td class="v-t">{said}</td></tr>'
    )


def _class(said: str) -> str:
    return {"✓": "v-good", "✗": "v-bad", "?": "v-unknown"}.get(said[:1], "v-dim")


def outcome_html(conversation: Conversation, scenario: Scenario) -> str | None:
    """The tool calls that were made beside those that were due; None where there are neither."""
    made = [event for event in conversation.recording.events if isinstance(event, ToolCalled)]
    due = scenario.truth.outcome or {}
    if not made and not due:
        return None
    rows = (
        "".join(
            f'<tr><td class="v-t">{clock(event.at / RATE)}</td><td class="v-k">{escape(event.name)}</td>'
            f"<td>{escape(in_words(event.arguments))}</td><td>{escape(in_words(event.result))}</td></tr>"
            for event in made
        )
        or '<tr><td></td><td class="v-dim" colspan="3">no tool was called</td></tr>'
    )
    rows += "".join(
        f'<tr><td class="v-t">due</td><td class="v-k">{escape(name)}</td>'
        f"<td>{escape(in_words(given))}</td><td></td></tr>"
        for name, given in due.items()
    )
    return f'<table class="v-table"><tr><th>at</th><th>tool</th><th>with</th><th>result</th></tr>{rows}</table>'
