"""The demo agent: a real voice agent in this process, for desks that are tables."""

from __future__ import annotations

import time
from dataclasses import replace

from harness.agents._attendant import NEVER, Attendant, Habits
from harness.agents._choices import as_day, as_flag, as_one_of, as_time, refuse
from harness.agents._desk import Desk
from harness.agents._desks import DESKS
from harness.agents._dialogue import Dialogue, Flaws
from harness.call.line import Agent
from harness.errors import BadInput
from harness.plugins import options
from harness.speech import Recogniser, Voice


def demo(
    *,
    voice: Voice,
    recogniser: Recogniser,
    charge: str = "fixed",
    desk: str = "all",
    stt: str = "250ms",
    think: str = "300ms",
    tts: str = "80ms",
    endpoint: str = "600ms",
    barge_in: str = "640ms",
    today: str = "2026-03-01",
    greet_late: str = "0s",
    hang_up_after: str = "never",
    ignore_barge_in: str = "false",
    lose: str = "",
    invent: str = "",
    swap: str = "",
    misjudge: str = "",
    wrong_place: str = "",
    no_receipt: str = "false",
    mishear: str = "",
    stale: str = "false",
    mute: str = "false",
    no_ai_disclosure: str = "false",
    long_winded: str = "false",
    never_hand_over: str = "false",
    always_hand_over: str = "false",
    **unknown: str,
) -> Agent:
    """A voice agent that books and moves appointments, finds orders, triages faults and takes messages.

    desk: all, booking, orders, faults or messages. charge: fixed (what is declared) or measured
    (what it really took as well). stt, think, tts: what a recognition, an answer and a sentence
    are charged. endpoint: silence that ends the caller's turn; barge_in: how long the caller speaks
    over it before it yields (a murmur is over by then). today: the day it thinks it is.

    Faults, planted: greet_late, hang_up_after (times); ignore_barge_in; lose=<slot>; invent=<slot>:<value>;
    swap=<slot>:<slot>; misjudge=<field>:<value>; wrong_place=<queue>; no_receipt; mishear=<word>:<other>;
    stale (passes on what the caller corrected); mute (tells nothing of itself); no_ai_disclosure; long_winded;
    never_hand_over; always_hand_over.

    Raises BadInput for an option that isn't there or a value that can't be read.
    """
    refuse(unknown, options(demo))
    pace = ((stt, think, tts), endpoint, barge_in, greet_late, hang_up_after)
    habits = _habits(*pace, _pair("mishear", mishear, "word:other"))
    habits = replace(habits, ignore_barge_in=as_flag("ignore_barge_in", ignore_barge_in), mute=as_flag("mute", mute))
    flaws = replace(
        _of_the_packet(lose, invent, swap, misjudge),
        wrong_place=wrong_place or None,
        no_receipt=as_flag("no_receipt", no_receipt),
        stale=as_flag("stale", stale),
        no_ai_disclosure=as_flag("no_ai_disclosure", no_ai_disclosure),
        long_winded=as_flag("long_winded", long_winded),
        never_hand_over=as_flag("never_hand_over", never_hand_over),
        always_hand_over=as_flag("always_hand_over", always_hand_over),
    )
    clock = {"fixed": None, "measured": time.perf_counter}[as_one_of("charge", charge, ("fixed", "measured"))]
    return Attendant(Dialogue(_desks(desk), as_day("today", today), flaws), habits, voice, recogniser, clock)


def _habits(
    costs: tuple[str, str, str],
    endpoint: str,
    barge_in: str,
    greet_late: str,
    hang_up_after: str,
    mishear: tuple[str, str] | None,
) -> Habits:
    return Habits(
        costs={stage: as_time(stage, cost) for stage, cost in zip(("stt", "think", "tts"), costs, strict=True)},
        endpoint=as_time("endpoint", endpoint),
        barge_in=as_time("barge_in", barge_in),
        greet_late=as_time("greet_late", greet_late),
        hang_up_after=NEVER if hang_up_after == "never" else as_time("hang_up_after", hang_up_after),
        mishear=mishear,
    )


def _of_the_packet(lose: str, invent: str, swap: str, misjudge: str) -> Flaws:
    return Flaws(
        lose=_slot("lose", lose) if lose else None,
        invent=_pair("invent", invent, "slot:value"),
        swap=_slots("swap", swap),
        misjudge=_misjudged(misjudge),
    )


def _desks(name: str) -> tuple[Desk, ...]:
    chosen = as_one_of("desk", name, ("all", *(desk.name for desk in DESKS)))
    return tuple(desk for desk in DESKS if chosen in ("all", desk.name))


def _slot(option: str, name: str) -> str:
    known = {slot.name for desk in DESKS for task in desk.tasks for slot in task.slots}
    if name not in known:
        raise BadInput(f"{option}: no desk has such a slot", value=name, known=sorted(known))
    return name


def _pair(option: str, text: str, written: str) -> tuple[str, str] | None:
    """Two texts with a colon between; None where the option isn't given."""
    one, separator, other = text.partition(":")
    if text and not (one and separator and other):
        raise BadInput(f"{option} is written {written}", value=text)
    return (one, other) if text else None


def _slots(option: str, text: str) -> tuple[str, str] | None:
    pair = _pair(option, text, "slot:slot")
    return None if pair is None else (_slot(option, pair[0]), _slot(option, pair[1]))


def _misjudged(text: str) -> tuple[str, str] | None:
    pair = _pair("misjudge", text, "tone:angry")
    if pair is not None:
        as_one_of("misjudge", pair[0], ("reason", "tone", "urgency", "next_action"))
    return pair
