"""Plants of every fault of the handoff, and of what is done in its place, each in a call that brings it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.agents.faulty import FAULTS
from harness.handoff import TONES, URGENCIES
from harness.scenario import HandoffTruth, Promises, Silence, Step, Truth
from harness.selftest.handoff_calls import ACTIONS, CUE, PARTS, QUEUES, REASONS, Facts, facts, packet, phrase, summary
from harness.selftest.handoff_checks import HANDED, QUESTIONS
from harness.selftest.handoff_truth import JUDGED, NOWHERE, OTHER
from harness.selftest.kinds_of import Kind
from harness.selftest.plants import Draw, Plan, says

Options = Mapping[str, str]
Chosen = Callable[[Draw, Truth], Options]
"""What a kind adds to the options of an agent that hands over all that is so."""

WAITS: tuple[Step, ...] = (Silence(8.0),)
NOTED = ("Certainly, I have noted that.", "Thank you very much.", "I see.")
PUTS_THROUGH = "One moment, I am passing you on."
PROMISE = "We will send you a letter on Friday."


def none(_: Draw, __: Truth) -> Options:
    """The packet is whole."""
    return {}


def agent_of(draw: Draw, fault: str, options: Options) -> dict[str, str]:
    """The options of an agent with a fault: times of its own by chance, the turn of the cue, and these."""
    chosen = {"fault": fault, "delay": draw.time(0.6, 1.4), "greet": draw.time(0.3, 1.2), "turn": str(CUE)}
    chosen |= {"answers": "|".join((*NOTED, PUTS_THROUGH)), **options}
    return {name: value for name, value in chosen.items() if name == "fault" or name in FAULTS[fault].takes}


def required(fault: str, more: Chosen = none, *, then: tuple[Step, ...] = (), answers: int = 0) -> Kind:
    """A kind of call in which a human is asked for. then: what the caller does behind that; answers: lines it says."""

    def plan(draw: Draw) -> Plan:
        call = facts(draw).asking(draw)
        steps = (*call.steps, *(says(line) for line in PARTS[:answers]), *then)
        return Plan(agent_of(draw, fault, {**packet(call.truth), **more(draw, call.truth)}), steps, 4.0, call.truth)

    return Kind(FAULTS[fault].what, "faulty", plan, HANDED)


def left(fault: str, decision: str, more: Chosen = none, *, task: bool = False) -> Kind:
    """A kind of call in which no human is asked for. task: there is something to do, and all is known that it takes."""

    def plan(draw: Draw) -> Plan:
        call = facts(draw).leaving(decision)
        truth = _with_task(call) if task else call.truth
        options = {**packet(truth), **_arguments(truth), **more(draw, truth)}
        return Plan(agent_of(draw, fault, options), call.steps, 4.0, truth)

    return Kind(FAULTS[fault].what, "faulty", plan, HANDED)


def _with_task(call: Facts) -> Truth:
    return replace(call.truth, outcome={"book_appointment": {e.name: e.value for e in call.truth.entities[:2]}})


def _arguments(truth: Truth) -> Options:
    arguments = (truth.outcome or {}).get("book_appointment", {})
    return {"arguments": "; ".join(f"{name}={value}" for name, value in arguments.items()), "tool": "book_appointment"}


# --- what is wrong with a packet


def damaged(*names: str, value: Callable[[Draw, Truth, str], str] | None = None) -> Chosen:
    """One of these fields has something in place of what is so; the summary says nothing of it."""

    def more(draw: Draw, truth: Truth) -> Options:
        what = draw.one(*names)
        options = {"what": what, "summary": summary(truth, (what,))}
        return options if value is None else {**options, "value": value(draw, truth, what)}

    return more


def another(draw: Draw, truth: Truth, what: str) -> str:
    """Another than is so, of a field with a few values."""
    known = {"tone": TONES, "urgency": URGENCIES, "reason": REASONS, "next_action": ACTIONS}[what]
    return draw.one(*(one for one in known if one != getattr(truth, what)))


def old(_: Draw, truth: Truth, what: str) -> str:
    """What it was before the caller corrected it."""
    return next(entity.was[0] for entity in truth.entities if entity.name == what)


FACTS = ("date", "time", "order", "amount", "name")
PAIRS = (("reason", "next_action"), ("order", "amount"), ("date", "name"), ("time", "amount"))

MADE_UP: Mapping[str, tuple[str, ...]] = {
    "date": ("2027-06-29", "2027-11-30"),
    "time": ("09:40", "10:20"),
    "order": ("000817", "990244"),
    "amount": ("48750", "31900"),
    "name": ("Otto Quist", "Ines Vidal"),
    "policy": ("ZX-88317", "ZX-20465"),
    "membership": ("gold card", "silver card"),
}
"""Values that nobody names in any call."""


def made_up(draw: Draw, _: Truth, what: str) -> str:
    """What nobody gave."""
    return draw.one(*MADE_UP[what])


def swapped(what: str, other: str) -> Chosen:
    """Two fields in each other's place, neither of them in the summary."""
    return lambda _, truth: {"what": what, "other": other, "summary": summary(truth, (what, other))}


# --- what is wrong with a summary, and with promises


def stale_summary(_: Draw, truth: Truth) -> Options:
    """The summary says what the caller has corrected."""
    date = next(entity for entity in truth.entities if entity.was)
    said = summary(truth).replace(phrase("date", date.value), phrase("date", date.was[0]))
    return {"summary": said}


def unsupported(_: Draw, truth: Truth) -> Options:
    """The summary has what nobody said."""
    return {"summary": f"{summary(truth)} Call them by {NOWHERE}."}


def contradicted(_: Draw, truth: Truth) -> Options:
    """The summary has another amount than is so."""
    return {"summary": f"{summary(truth, ('amount',))} The amount is {OTHER}."}


def promised(spoken: bool) -> Chosen:
    """The packet has a promise, which the agent made in the call or didn't."""

    def more(draw: Draw, _: Truth) -> Options:
        third = PROMISE if spoken else draw.one(*NOTED)
        return {"promised": PROMISE, "answers": "|".join((*NOTED[:2], third, PUTS_THROUGH))}

    return more


# --- what the agent says


def reads_back(*names: str) -> Chosen:
    """The agent says these facts back when all are given."""

    def more(_: Draw, truth: Truth) -> Options:
        said = " and ".join(phrase(entity.name, entity.value) for entity in truth.entities if entity.name in names)
        return {"answers": "|".join((*NOTED[:2], f"So that is {said}.", PUTS_THROUGH))}

    return more


def asks_again(draw: Draw, _: Truth) -> Options:
    """The agent asks for a fact that it has been given."""
    return {"answers": "|".join((*NOTED[:2], draw.one(*QUESTIONS.values()), PUTS_THROUGH))}


def late(draw: Draw, _: Truth) -> Options:
    """So many seconds late."""
    return {"late": draw.time(3.0, 6.0)}


def turns_late(turns: int) -> Chosen:
    """So many turns late."""
    return lambda _, __: {"turns_late": str(turns)}


def elsewhere(draw: Draw, truth: Truth) -> Options:
    """To another queue."""
    due = truth.handoff.to if truth.handoff else None
    return {"wrong_to": draw.one(*(queue for queue in QUEUES if queue != due))}


def soon(draw: Draw, _: Truth) -> Options:
    """Before anybody asked."""
    return {"turn": str(draw.whole(1, 3))}


def two_cues(fault: str, more: Chosen = none) -> Kind:
    """A kind of call with two reasons for a human, the first of them in the second line."""

    def plan(draw: Draw) -> Plan:
        call = facts(draw).asking(draw)
        due = call.truth.handoff or HandoffTruth("required")
        truth = replace(call.truth, handoff=replace(due, cue={"2": draw.one("anger", "policy", "value"), "4": "human"}))
        return Plan(agent_of(draw, fault, {**packet(truth), **more(draw, truth)}), call.steps, 4.0, truth)

    return Kind(FAULTS[fault].what, "faulty", plan, HANDED)


def must_not(kind: Kind) -> Kind:
    """A kind of call in which the promise of the packet mustn't be made."""

    def plan(draw: Draw) -> Plan:
        made = kind.plan(draw)
        return replace(made, truth=replace(made.truth, promises=Promises(must_not=(PROMISE,))))

    return replace(kind, plan=plan)


HANDING: Mapping[str, Kind] = {
    "hands_over": required("hands_over"),
    **{f"loses_field, {name}": required("loses_field", damaged(name)) for name in (*JUDGED, "tried", *FACTS)},
    **{f"invents_field, {name}": required("invents_field", damaged(name, value=made_up)) for name in FACTS},
    "invents_field, a further one": required("invents_field", damaged("policy", "membership", value=made_up)),
    **{f"swaps_fields, {one} and {other}": required("swaps_fields", swapped(one, other)) for one, other in PAIRS},
    "passes_on_stale": required("passes_on_stale", damaged("date", value=old)),
    "contradicts_itself": required("contradicts_itself", damaged("date", value=old)),
    **{f"misjudges, {name}": required("misjudges", damaged(name, value=another)) for name in JUDGED},
    "hands_over, with a summary that is stale": required("hands_over", stale_summary),
    "hands_over, with a summary of what nobody said": required("hands_over", unsupported),
    "hands_over, with a summary of another amount": required("hands_over", contradicted),
    "hands_over, with a promise": required("hands_over", promised(True)),
    "hands_over, with a promise nobody made": required("hands_over", promised(False)),
    "hands_over, with a promise it mustn't make": must_not(required("hands_over", promised(True))),
    "hands_over_late": required("hands_over_late", late, then=WAITS),
    "hands_over_turns_late": required("hands_over_turns_late", turns_late(2), answers=2),
    "hands_over_turns_late, too many": required("hands_over_turns_late", turns_late(3), answers=3),
    "hands_over, between two cues": two_cues("hands_over", lambda _, __: {"turn": "2"}),
    "hands_over, behind two cues": two_cues("hands_over"),
    "hands_over_elsewhere": required("hands_over_elsewhere", elsewhere),
    "hands_over_without_receipt": required("hands_over_without_receipt"),
    "hands_over_needlessly": left("hands_over_needlessly", "forbidden", soon),
    "hands_over, where it may": left("hands_over", "allowed"),
    "never_hands_over": required("never_hands_over"),
    "never_hands_over, where it needn't": left("never_hands_over", "allowed", task=True),
    "never_hands_over, where it mustn't": left("never_hands_over", "forbidden"),
    "hands_over, having read all back": required("hands_over", reads_back("date", "order")),
    "hands_over, having read one back": required("hands_over", reads_back("date")),
    "hands_over, having asked again": required("hands_over", asks_again),
    "does_the_task": left("does_the_task", "forbidden", task=True),
    "does_it_wrongly": left("does_it_wrongly", "allowed", damaged("date", value=old), task=True),
    "does_it_and_hands_over": left("does_it_and_hands_over", "allowed", task=True),
    "tells_nothing": required("tells_nothing"),
    "tells_nothing, where it may not": left("tells_nothing", "forbidden", task=True),
}
"""Every fault of the handoff at least once, by what is planted."""
