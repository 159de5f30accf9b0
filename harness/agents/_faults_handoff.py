"""Faults of the handoff: whether, when and where to the agent passes the call on, and with what packet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from harness.agents._behaviours import Behaviour, Planted
from harness.agents._deeds import hands_over, in_turn, states, uses
from harness.agents._faults import Chosen, Fault, Number
from harness.errors import BadInput

Packet: TypeAlias = dict[str, Any]
Damage: TypeAlias = Callable[[Chosen, Packet], None]

_PLAIN = ("reason", "tone", "urgency", "summary", "next_action")
_LISTS = ("tried", "promised")

_IN_TURN = Number("", 1, 4, 2)
_SECONDS = Number("s", 3.0, 6.0, 4.0)

ANSWERS = "Certainly, I have noted that.|Thank you very much.|One moment, I am passing you on."

_PACKET: Mapping[str, str] = {
    "answers": ANSWERS,
    "to": "appointments",
    "receipt": "Q-17",
    "reason": "book an appointment",
    "entities": "date=2026-03-13; time=15:00; name=Asha Rao",
    "tone": "calm",
    "urgency": "normal",
    "summary": "",
    "tried": "",
    "promised": "",
    "next_action": "call the caller back",
}
"""What is handed over where it is whole; an empty text is left out."""


def _packet(chosen: Chosen) -> Packet:
    packet: Packet = {"entities": chosen.named("entities")}
    packet |= {name: chosen.words(name) for name in _PLAIN if chosen.words(name)}
    return packet | {name: list(chosen.several(name)) for name in _LISTS if chosen.several(name)}


def _hands_over(chosen: Chosen, damage: Damage | None = None, *, later: int = 0, turns: int = 0) -> Planted:
    """Passes the call on behind a turn of the caller's, and goes on answering."""
    packet = _packet(chosen)
    if damage is not None:
        damage(chosen, packet)
    to = chosen.words("wrong_to") if "wrong_to" in chosen.values else chosen.words("to")
    deed = hands_over(to, packet, chosen.words("receipt") or None)
    return _agent(chosen, in_turn(chosen.count("turn") + turns, deed, later))


def _agent(chosen: Chosen, *behaviours: Behaviour, mute: bool = False) -> Planted:
    """An agent that could hand over, by a channel that is seen."""
    answers = chosen.answers(chosen.each("answers"))
    return chosen.agent(states(handoff=["in-band"]), chosen.yields(), answers, *behaviours, mute=mute)


def _whole(chosen: Chosen) -> Planted:
    return _hands_over(chosen)


def _with(damage: Damage) -> Callable[[Chosen], Planted]:
    return lambda chosen: _hands_over(chosen, damage)


def _place(packet: Packet, name: str) -> Packet:
    """Where a field of the packet stands: among its facts, or beside them. Raises BadInput where it isn't."""
    for place in (packet["entities"], packet):
        if name in place and name != "entities":
            return place
    known = sorted({*packet["entities"], *packet} - {"entities"})
    raise BadInput("the packet has no such field", value=name, known=known)


def _lose(chosen: Chosen, packet: Packet) -> None:
    what = chosen.words("what")
    del _place(packet, what)[what]


def _put(chosen: Chosen, packet: Packet) -> None:
    what = chosen.words("what")
    _place(packet, what)[what] = chosen.words("value")


def _invent(chosen: Chosen, packet: Packet) -> None:
    what = chosen.words("what")
    beside = what in packet and what != "entities"
    (packet if beside else packet["entities"])[what] = chosen.words("value")


def _swap(chosen: Chosen, packet: Packet) -> None:
    one, other = chosen.words("what"), chosen.words("other")
    here, there = _place(packet, one), _place(packet, other)
    here[one], there[other] = there[other], here[one]


def _contradict(chosen: Chosen, packet: Packet) -> None:
    what = chosen.words("what")
    place = _place(packet, what)
    place[what] = [place[what], chosen.words("value")]


def _late(chosen: Chosen) -> Planted:
    return _hands_over(chosen, later=chosen.time("late"))


def _turns_late(chosen: Chosen) -> Planted:
    return _hands_over(chosen, turns=chosen.count("turns_late"))


def _never(chosen: Chosen) -> Planted:
    return _agent(chosen)


def _does_the_task(chosen: Chosen, damage: Damage | None = None) -> Planted:
    arguments: Packet = {"entities": chosen.named("arguments")}
    if damage is not None:
        damage(chosen, arguments)
    deed = uses(chosen.words("tool"), arguments["entities"])
    return _agent(chosen, in_turn(chosen.count("turn"), deed))


def _does_it_wrongly(chosen: Chosen) -> Planted:
    return _does_the_task(chosen, _put)


def _does_it_and_hands_over(chosen: Chosen) -> Planted:
    turn = chosen.count("turn")
    used = in_turn(turn, uses(chosen.words("tool"), chosen.named("arguments")))
    handed = hands_over(chosen.words("to"), _packet(chosen), chosen.words("receipt") or None)
    return _agent(chosen, used, in_turn(turn, handed))


def _tells_nothing(chosen: Chosen) -> Planted:
    turn = chosen.count("turn")
    handed = hands_over(chosen.words("to"), _packet(chosen), chosen.words("receipt") or None)
    return _agent(chosen, in_turn(turn, handed), mute=True)


def _handing(
    what: str,
    make: Callable[[Chosen], Planted],
    texts: Mapping[str, str] | None = None,
    numbers: Mapping[str, Number] | None = None,
) -> Fault:
    return Fault(what, make, {"turn": _IN_TURN, **(numbers or {})}, {**_PACKET, **(texts or {})}, brief=True)


_TASK: Mapping[str, str] = {
    "answers": ANSWERS,
    "tool": "book_appointment",
    "arguments": "date=2026-03-13; time=15:00; name=Asha Rao",
}

HANDOFF: Mapping[str, Fault] = {
    "hands_over": _handing(
        "None: it passes the call on in the turn that is asked for, with all that it knows.", _whole
    ),
    "loses_field": _handing("Hands over a packet without one field.", _with(_lose), {"what": "date"}),
    "invents_field": _handing(
        "Hands over a packet with a value that nobody gave.", _with(_invent), {"what": "name", "value": "Otto Quist"}
    ),
    "swaps_fields": _handing(
        "Hands over a packet in which two fields have changed places.",
        _with(_swap),
        {"what": "reason", "other": "next_action"},
    ),
    "passes_on_stale": _handing(
        "Hands over what a field was before the caller corrected it.",
        _with(_put),
        {"what": "date", "value": "2026-03-12"},
    ),
    "contradicts_itself": _handing(
        "Hands over two values for one field.", _with(_contradict), {"what": "date", "value": "2026-03-12"}
    ),
    "misjudges": _handing(
        "Hands over another tone, urgency, reason or next action than is so.",
        _with(_put),
        {"what": "tone", "value": "angry"},
    ),
    "hands_over_late": _handing(
        "Passes the call on so long behind the end of the turn.", _late, numbers={"late": _SECONDS}
    ),
    "hands_over_turns_late": _handing(
        "Passes the call on so many turns late.", _turns_late, numbers={"turns_late": Number("", 1, 3, 2)}
    ),
    "hands_over_elsewhere": _handing("Passes the call on to the wrong place.", _whole, {"wrong_to": "billing"}),
    "hands_over_without_receipt": _handing("Passes the call on, and nobody takes it.", _whole, {"receipt": ""}),
    "hands_over_needlessly": _handing(
        "Passes on a call that it should have kept.", _whole, numbers={"turn": Number("", 1, 4, 1)}
    ),
    "never_hands_over": Fault("Keeps every call.", _never, texts={"answers": ANSWERS}, brief=True),
    "does_the_task": Fault(
        "None: it calls its tool in the turn that is asked for.",
        _does_the_task,
        {"turn": _IN_TURN},
        _TASK,
        brief=True,
    ),
    "does_it_wrongly": Fault(
        "Calls its tool with one wrong value.",
        _does_it_wrongly,
        {"turn": _IN_TURN},
        {**_TASK, "what": "date", "value": "2026-03-12"},
        brief=True,
    ),
    "does_it_and_hands_over": _handing(
        "Calls its tool, and passes the call on nevertheless.", _does_it_and_hands_over, _TASK
    ),
    "tells_nothing": _handing("Does all of it and tells none of it: no text, no state, no handoff.", _tells_nothing),
}
"""The faults by their names."""
