"""Packets drawn from a truth, each damaged in a known way: is every verdict the one that was planted?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from statistics import mean, median
from typing import Any

import numpy as np

from bench.section import Figure, Section, at_least, at_most
from harness import plugins
from harness.audio import samples
from harness.conversation import Conversation, Turn
from harness.handoff import TONES, URGENCIES, read_packet
from harness.recording import Recording
from harness.run.scoring import measure as every_score
from harness.scenario import Entity, HandoffTruth, MessageTruth, Scenario, Truth
from harness.score import Limit, Outcome, Score, Unscored, Verdict
from harness.scorers.handoff_fields import compared
from harness.statistics import seed_from
from harness.timeline import Event, HandedOff, LineSaid, Party

PACKETS = 240
SEED = 20260313

SCORES = (
    *("handoff_decision", "handoff_delay", "handoff_destination", "handoff_fields", "handoff_faithfulness"),
    *("handoff_summary_quality", "handoff_receipt", "repeated_questions", "transfer_success_with_summary"),
    *("resolved_without_transfer", "confirmation", "post_call_message", "escalation_triggers"),
)

_NAMES = ("Asha Rao", "John Smith", "Maria Lopez", "Grace Miller", "Ewan Fraser", "Priya Nair")
_REASONS = ("book an appointment", "refund an order", "report a billing fault", "cancel the subscription")
_ACTIONS = ("call the caller back", "decide on the refund", "send an engineer", "open a ticket")
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the caller's, in seconds."""

    start: float
    end: float
    text: str
    step: int

    def event(self) -> LineSaid:
        """The line as the timeline has it, its words spread evenly."""
        said = self.text.split()
        edges = [samples(self.start + (self.end - self.start) * i / len(said)) for i in range(len(said) + 1)]
        words = tuple(zip(said, edges, edges[1:], strict=False))
        return LineSaid(edges[0], edges[-1], self.step, "say", self.text, "en-US", words)

    def turn(self) -> Turn:
        """The line as a turn."""
        a, b = samples(self.start), samples(self.end)
        return Turn(Party.CALLER, a, b, ((a, b),), self.text, "known", "say", self.step)


@dataclass(frozen=True, slots=True)
class Planted:
    """A call with its truth, the packet as it should be, and another day that the caller spoke of before."""

    scenario: Scenario
    lines: tuple[Said, ...]
    packet: Mapping[str, Any]


def drawn(random: Random, number: int) -> Planted:
    """A truth, and the call in which the caller says all of it."""
    month, day, old = random.choice(tuple(_NUMBERS)), random.randint(2, 14), random.randint(15, 28)
    hour, order = random.randint(1, 7), "".join(random.choice("123456789") for _ in range(5))
    phone, amount = "415555" + f"{random.randint(1000, 9999)}", str(random.randint(21, 99) * 10)
    name, reason, action = random.choice(_NAMES), random.choice(_REASONS), random.choice(_ACTIONS)
    iso = f"2026-{_NUMBERS[month]:02}-{{:02}}"
    entities = (
        Entity("date", iso.format(day), was=(iso.format(old),), critical=True),
        Entity("time", f"{hour + 12}:00"),
        Entity("order", order, type="code", critical=True),
        Entity("phone", phone, type="phone"),
        Entity("amount", amount, type="amount"),
        Entity("name", name),
    )
    tone, urgency = random.choice(TONES), random.choice(URGENCIES)
    truth = Truth(
        reason=reason,
        entities=entities,
        tone=tone,
        urgency=urgency,
        next_action=action,
        handoff=HandoffTruth("required", to="orders", within=2, cue={"5": "human"}),
        message=MessageTruth("whatsapp", within=1.0, facts=("date",)),
    )
    lines = (
        Said(1.0, 4.0, f"I would like to {reason} for {month} {old} at {hour} pm", 0),
        Said(6.0, 8.0, f"Sorry, not {month} {old}, {month} {day}", 1),
        Said(10.0, 13.0, f"The order number is {' '.join(_DIGITS[int(figure)] for figure in order)}", 2),
        Said(15.0, 18.0, f"I am {name} and my number is {' '.join(phone)}, it was {amount} dollars", 3),
        Said(20.0, 22.0, "I want to speak to a person please", 4),
    )
    packet = {
        "reason": reason,
        "entities": {entity.name: entity.value for entity in entities},
        "tone": tone,
        "urgency": urgency,
        "summary": f"{name} called to {reason}, order {order}, for {month} {day}.",
        "next_action": action,
    }
    return Planted(Scenario(f"packet-{number}", "planted", "planted.yaml", number, truth=truth), lines, packet)


_NUMBERS = {"January": 1, "March": 3, "April": 4, "May": 5, "July": 7, "August": 8, "October": 10, "December": 12}


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to a packet or its transfer, and what must be found: by field, and by score (value)."""

    kind: str
    packet: Any
    fields: Mapping[str, str]
    scores: Mapping[str, float]
    to: str = "orders"
    receipt: str | None = "Q-17"
    at: float = 25.0


def _entity_damage(kind: str, planted: Planted, random: Random) -> Damage:
    entities = dict(planted.packet["entities"])
    truth = {entity.name: entity for entity in planted.scenario.truth.entities}
    name = random.choice(tuple(entities))
    found: dict[str, str] = {}
    if kind == "lose":
        # What a field loses must not stand in the summary either: there a human would read it.
        del entities[name]
        return Damage(kind, {**planted.packet, "entities": entities, "summary": "A caller."}, {name: "missing"}, {})
    if kind == "stale":
        entities["date"], found = truth["date"].was[0], {"date": "stale"}
    elif kind == "swap":
        entities["order"], entities["phone"] = truth["phone"].value, truth["order"].value
        found = {"order": "wrong", "phone": "wrong"}
    elif kind == "invent a value":
        name = random.choice(("date", "time", "order", "phone", "amount", "name"))
        entities[name] = _MADE_UP[name]
        found = {name: "invented"}
    elif kind == "invent a field":
        entities["policy"], found = "ZX-88317", {"policy": "invented"}
    elif kind == "contradict":
        entities["date"], found = [truth["date"].value, truth["date"].was[0]], {"date": "wrong"}
    return Damage(kind, {**planted.packet, "entities": entities}, found, {})


_MADE_UP = {
    "date": "2027-06-30",
    "time": "09:40",
    "order": "00817",
    "phone": "2079460011",
    "amount": "48750",
    "name": "Otto Quist",
}


def _plain_damage(kind: str, planted: Planted, random: Random) -> Damage:
    packet, truth = dict(planted.packet), planted.scenario.truth
    if kind in ("tone", "urgency"):
        others = TONES if kind == "tone" else URGENCIES
        packet[kind] = random.choice([one for one in others if one != getattr(truth, kind)])
    elif kind == "reason":
        packet[kind] = random.choice([one for one in _REASONS if one != truth.reason])
    else:
        packet[kind] = random.choice([one for one in _ACTIONS if one != truth.next_action])
    return Damage(kind, packet, {kind: "wrong"}, {})


def _transfer_damage(kind: str, planted: Planted, random: Random) -> Damage:
    packet = planted.packet
    scores = {"transfer_success_with_summary": 0.0}
    if kind == "wrong place":
        return Damage(kind, packet, {}, {**scores, "handoff_destination": 0.0}, to="billing")
    if kind == "no receipt":
        return Damage(kind, packet, {}, {**scores, "handoff_receipt": 0.0}, receipt=None)
    if kind == "unfaithful":
        was = planted.scenario.truth.entities[0].was[0]
        sent = {**packet, "summary": f"Called for {was}."}
        return Damage(kind, sent, {}, {**scores, "handoff_faithfulness": 0.0})
    late = round(random.uniform(30.0, 70.0), 2)
    return Damage(kind, packet, {}, {"handoff_delay.seconds": late - 22.0, "handoff_delay.turns": 1.0}, at=late)


def _carried(kind: str, planted: Planted, _: Random) -> Damage:
    """Nothing is damaged, but the packet comes as others send it."""
    plain = json.dumps(planted.packet)
    sent: Any = {
        "encoded twice": json.dumps(plain),
        "tool call": {"type": "response.function_call_arguments.done", "name": "transfer", "arguments": plain},
        "handoffData": {"type": "end", "handoffData": plain},
        "user-to-user": {"User-to-User": plain.encode().hex() + ";encoding=hex"},
        "other names": {
            "callReason": planted.packet["reason"],
            "sentiment": planted.packet["tone"],
            "priority": planted.packet["urgency"],
            "next_step": planted.packet["next_action"],
            "notes": planted.packet["summary"],
            **{f"customer_{name}": value for name, value in planted.packet["entities"].items()},
        },
    }[kind]
    return Damage(kind, sent, {}, {"transfer_success_with_summary": 1.0})


def _prose(kind: str, planted: Planted, _: Random) -> Damage:
    facts = planted.packet["entities"]
    month = next(name for name, i in _NUMBERS.items() if i == int(facts["date"][5:7]))
    day, hour = int(facts["date"][8:]), int(facts["time"][:2]) - 12
    text = (
        f"{facts['name']} wants to {planted.packet['reason']} on {month} {day} at {hour} pm. "
        f"Order {facts['order']}, {facts['amount']} dollars, telephone {facts['phone']}. "
        f"Next: {planted.packet['next_action']}."
    )
    # Free text names tone and urgency in words that needn't be there.
    return Damage(kind, text, {"tone": "missing", "urgency": "missing"}, {})


DAMAGES: Mapping[str, Callable[[str, Planted, Random], Damage]] = {
    **dict.fromkeys(
        ("none", "lose", "stale", "swap", "invent a value", "invent a field", "contradict"), _entity_damage
    ),
    **dict.fromkeys(("reason", "tone", "urgency", "next_action"), _plain_damage),
    **dict.fromkeys(("wrong place", "no receipt", "unfaithful", "late"), _transfer_damage),
    **dict.fromkeys(("encoded twice", "tool call", "handoffData", "user-to-user", "other names"), _carried),
    "free text": _prose,
}


def call_of(planted: Planted, damage: Damage | None) -> Conversation:
    """The call, an answer of the agent's behind each line, then the handoff, if any."""
    length = samples(80.0)
    track = np.zeros(length, np.float32)
    spurts = tuple((samples(line.end + 0.5), samples(line.end + 1.5)) for line in planted.lines)
    turns = [line.turn() for line in planted.lines]
    turns += [Turn(Party.AGENT, a, b, ((a, b),), None, "none") for a, b in spurts]
    events: list[Event] = [line.event() for line in planted.lines]
    if damage is not None:
        events.append(HandedOff(samples(damage.at), damage.to, damage.packet, damage.receipt))
    recording = Recording(track, track, track, tuple(events), np.zeros(0, np.float32))
    in_order = tuple(sorted(turns, key=lambda turn: turn.start))
    return Conversation(recording, in_order, spurts, 0.002, "written by hand")


def mistakes(damage: Damage, planted: Planted, conversation: Conversation) -> list[str]:
    """Every verdict that is another than what was planted."""
    packet = read_packet(damage.packet)
    if packet is None:
        return [f"{damage.kind}: nothing read"]
    found = compared(packet, planted.scenario.truth, conversation)
    wrong = [
        f"{damage.kind}: {field.field} {field.verdict} instead of {due} ({field.handed!r} for {field.truth!r})"
        for field in found
        if field.verdict != (due := damage.fields.get(field.field, "right"))
    ]
    wrong += [f"{damage.kind}: no {name}" for name in damage.fields if name not in {field.field for field in found}]
    outcomes = every_score(conversation, planted.scenario)
    for score, value in damage.scores.items():
        outcome = outcomes[score]
        if not isinstance(outcome, Score) or abs(outcome.value - value) > 1e-3:
            wrong.append(f"{damage.kind}: {score} {outcome} instead of {value}")
    return wrong


def measure_all() -> tuple[int, list[str], list[float]]:
    """How many verdicts there were, the wrong ones, and the ms that the scores of this page take a call."""
    random = Random(seed_from(SEED, "packets"))
    kinds = tuple(DAMAGES)
    wrong: list[str] = []
    verdicts, took = 0, []
    scorers = [plugins.load("scorers", name) for name in SCORES]
    for number in range(PACKETS):
        planted = drawn(random, number)
        kind = kinds[number % len(kinds)]
        damage = DAMAGES[kind](kind, planted, random)
        conversation = call_of(planted, damage)
        started = time.process_time()
        for scorer in scorers:
            scorer(conversation, planted.scenario)
        took.append((time.process_time() - started) * 1000)
        wrong += mistakes(damage, planted, conversation)
        verdicts += len(planted.scenario.truth.entities) + 4 + len(damage.scores)
    return verdicts, wrong, took


def silent() -> tuple[int, int]:
    """Of an agent that tells nothing: how many scores of this page were measured, and how many limits passed."""
    planted = drawn(Random(seed_from(SEED, "silent")), 0)
    outcomes = every_score(call_of(planted, None), planted.scenario)
    mine: list[Outcome] = [outcome for name, outcome in outcomes.items() if name.partition(".")[0] in SCORES]
    limits = [Limit.parse(text) for text in ("<= 1000", ">= 0", "pass", "== 0")]
    passed = sum(limit.judge(outcome) is Verdict.PASS for outcome in mine for limit in limits)
    return sum(not isinstance(outcome, Unscored) for outcome in mine), passed


def measure() -> Section:
    """The figures of the packets."""
    verdicts, wrong, took = measure_all()
    measured, passed = silent()
    slow = sorted(took)[int(len(took) * 0.95)]
    return Section(
        "What the human inherits",
        (
            at_least("planted packets", PACKETS, 60, digits=6),
            Figure("verdicts on them that are right", f"{verdicts - len(wrong)} of {verdicts}", "all", not wrong),
            Figure("scores of a silent agent that are measured", str(measured), "0", measured == 0),
            Figure("limits that a silent agent passes", str(passed), "0", passed == 0),
            at_most("scoring a call, on average", mean(took), 5, "ms"),
            Figure("scoring a call, median and 95th percentile", f"{median(took):.3g} and {slow:.3g} ms"),
        ),
        f"Packets drawn with seed {SEED} from a truth of ten fields, undamaged or damaged in one known way "
        f"({', '.join(DAMAGES)}); every verdict on every field, and the score that the damage is about, is held "
        "against the plant. The time is the processor's for all the scores of handoff and outcome on one call, each "
        "call new; what the scores of words have in common with them isn't shared here."
        + "".join(f"\n- wrong: {line}" for line in wrong[:20]),
    )
