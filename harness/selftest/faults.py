"""Plants of every fault that an agent can have, each in a call that brings it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from harness.agents._choices import as_number, as_time
from harness.agents.faulty import FAULTS
from harness.audio import RATE
from harness.scenario import (
    Backchannel,
    Cough,
    Effect,
    Entity,
    FalseStart,
    Filler,
    Interrupt,
    NoiseBurst,
    Piece,
    SideSpeech,
    Silence,
    Step,
    Truth,
)
from harness.selftest import checks, floor_checks
from harness.selftest.checks import ORDINARY
from harness.selftest.kinds_of import Kind
from harness.selftest.plants import Draw, Plan, says
from harness.selftest.recovery_checks import recovery

Steps = Callable[[Draw], tuple[Step, ...]]
Range = tuple[float, float]

TAKING_TURNS = (*ORDINARY, floor_checks.worth, floor_checks.talk_over, floor_checks.cuts_in)
YIELDS = (checks.greeting, checks.yielding, floor_checks.talk_over, floor_checks.ours)
HOLDS = (checks.greeting, floor_checks.selectivity, floor_checks.ours)
CUT_INTO = (*YIELDS, floor_checks.no_echo)
MURMURED = (*HOLDS, floor_checks.no_echo)
ECHOED = (checks.greeting, floor_checks.echoes)
BRIEF: Mapping[str, Range] = {"length": (1.5, 3.0)}
STEADY: Mapping[str, Range] = {"yields_after": (0.75, 1.5), "length": (5.0, 7.5)}
HASTY: Mapping[str, Range] = {"yields_after": (0.3, 1.2), "length": (5.5, 7.5)}
OLD = "On the twelfth of March the doctor is in from nine to five."
LONG_LINE = "I would like to book an appointment for my mother please and it would have to be next week"
TWICE = Truth(entities=(Entity("date", "2026-03-13", was=("2026-03-12",), type="date"),))


def one(draw: Draw) -> tuple[Step, ...]:
    """The caller says a line."""
    return draw.lines(1)


def two(draw: Draw) -> tuple[Step, ...]:
    """The caller says two lines."""
    return draw.lines(2)


def cut(low: float = 0.6, high: float = 2.0) -> Steps:
    """The caller says a line, and cuts into the answer."""
    return lambda draw: (*draw.lines(1), draw.cut_in(low, high))


def murmur(low: float = 0.8, high: float = 2.0) -> Steps:
    """The caller says a line, and murmurs into the answer."""

    def steps(draw: Draw) -> tuple[Step, ...]:
        line = (Piece(draw.one("Okay.", "Right.", "Yeah."), "en-GB"),)
        return (*draw.lines(1), Backchannel(line, draw.number(low, high)))

    return steps


def noises(draw: Draw) -> tuple[Step, ...]:
    """The caller says a line, and then something sounds that wants no floor."""
    after = draw.number(0.8, 2.0)
    sound: Step = Cough(after)
    match draw.one("cough", "door", "aside"):
        case "door":
            sound = NoiseBurst(after=after)
        case "aside":
            sound = SideSpeech((Piece("Not now.", "en-GB"),), after)
    return (*draw.lines(1), sound)


def murmur_then_pause(draw: Draw) -> tuple[Step, ...]:
    """As `murmur`, and then a silence in which an agent that stopped may go on."""
    return (*murmur()(draw), Silence(3.0))


def murmur_then_wait(draw: Draw) -> tuple[Step, ...]:
    """As `murmur`, and then nothing for so long that an agent that owes more is seen to."""
    return (*murmur()(draw), Silence(9.5))


def wait(draw: Draw) -> tuple[Step, ...]:
    """The caller says a line and goes quiet."""
    return (*draw.lines(1), Silence(7.5))


def paused(draw: Draw) -> tuple[Step, ...]:
    """The caller pauses inside its own turn."""
    begin = (Piece(draw.one("I would like to", "Could I maybe", "What I need is"), "en-GB"),)
    return (FalseStart(begin, draw.number(1.0, 1.6)), *draw.lines(1))


def um(draw: Draw) -> tuple[Step, ...]:
    """The caller says "um" inside its own turn."""
    return (*draw.lines(1), Filler((Piece("um", "en-GB"),), draw.number(1.0, 1.6)), *draw.lines(1))


def long_line(_: Draw) -> tuple[Step, ...]:
    """The caller says one long line."""
    return (says(LONG_LINE),)


def greeting_cut(draw: Draw) -> tuple[Step, ...]:
    """The caller cuts into the greeting."""
    return (draw.cut_in(0.5, 2.0, "topic_switch"),)


def corrected(low: float = 0.8, high: float = 2.0) -> Steps:
    """The caller gives a date, and corrects it while the agent answers."""
    correction = (Piece("Sorry, not the twelfth, I meant the thirteenth of March please.", "en-GB"),)
    line = says("I would like to come on the twelfth of March please")
    return lambda draw: (line, Interrupt(correction, draw.number(low, high), "correction"))


def kind(
    fault: str,
    steps: Steps,
    held_against: tuple[checks.Check, ...],
    *,
    patience: Range = (3.0, 3.0),
    truth: Truth | None = None,
    noisy: bool = False,
    ranges: Mapping[str, Range] = MappingProxyType({}),
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Kind:
    """A kind of plant: a fault with all its numbers drawn from its own ranges, or from these."""

    def plan(draw: Draw) -> Plan:
        drawn = {name: (number.low, number.high) for name, number in FAULTS[fault].numbers.items()} | dict(ranges)
        options = {name: FAULTS[fault].numbers[name].written(draw.number(*drawn[name])) for name in drawn}
        return Plan({"fault": fault, **options, **texts}, steps(draw), draw.number(*patience), truth or Truth())

    return Kind(FAULTS[fault].what, "faulty", plan, held_against, noisy)


FAULTY: Mapping[str, Kind] = {
    "punctual": kind("punctual", two, (*TAKING_TURNS, floor_checks.substance), ranges=BRIEF),
    "punctual, cut into": kind("punctual", cut(), (*CUT_INTO, checks.latencies), ranges=STEADY),
    "punctual, murmured at": kind("punctual", murmur(), (*MURMURED, floor_checks.stalls), ranges=STEADY),
    "punctual, beside noises": kind("punctual", noises, MURMURED, ranges=STEADY),
    "punctual, left in silence": kind("punctual", wait, (checks.greeting, floor_checks.reprompts), ranges=BRIEF),
    "leading_silence": kind("leading_silence", two, TAKING_TURNS, ranges={"delay": (0.6, 1.5), **BRIEF}),
    "greets_late": kind("greets_late", one, TAKING_TURNS, patience=(9.0, 9.0), ranges=BRIEF),
    "silent": kind("silent", one, ORDINARY, patience=(2.0, 4.5)),
    "slow_after_tools": kind("slow_after_tools", two, TAKING_TURNS, patience=(7.0, 7.0), ranges=BRIEF),
    "holds_first": kind(
        "holds_first",
        wait,
        (checks.greeting, checks.latencies, floor_checks.substance, floor_checks.reprompts, floor_checks.held_dead),
        patience=(7.0, 7.0),
        ranges={"substance": (3.2, 6.0), **BRIEF},
    ),
    "comfort_noise": kind("comfort_noise", two, (checks.greeting, checks.latencies), noisy=True, ranges=BRIEF),
    "echoes_caller": kind("echoes_caller", one, (checks.greeting, floor_checks.no_echo), ranges=BRIEF),
    "hangs_up": kind(
        "hangs_up", two, (checks.greeting, checks.latencies, checks.unanswered), ranges={"length": (3.0, 4.0)}
    ),
    "speaks_after_hangup": kind("speaks_after_hangup", one, (checks.greeting, floor_checks.afterwards), ranges=BRIEF),
    "monologues": kind("monologues", one, (checks.greeting, checks.latencies, floor_checks.longest_turn)),
    "deaf": kind("deaf", cut(), CUT_INTO, ranges={"length": (4.0, 8.0)}),
    "deaf, with turns of 2 to 5 s": kind("deaf", cut(0.4, 3.5), CUT_INTO, ranges={"length": (2.0, 5.0)}),
    "deaf_but_pausing": kind("deaf_but_pausing", cut(0.6, 2.4), CUT_INTO, ranges={"length": (4.0, 8.0)}),
    "late_to_stop": kind("late_to_stop", cut(), CUT_INTO),
    "resumes_old_answer": kind(
        "resumes_old_answer", cut(), (*CUT_INTO, checks.latencies, floor_checks.cuts_in), ranges=STEADY
    ),
    "bursts_blind": kind("bursts_blind", cut(), CUT_INTO, ranges={"length": (3.0, 8.0)}),
    "bursts_and_clears": kind("bursts_and_clears", cut(), CUT_INTO, ranges=STEADY),
    "stops_at_every_sound": kind(
        "stops_at_every_sound",
        murmur_then_pause,
        (*MURMURED, floor_checks.goes_on),
        ranges={"length": (5.0, 7.5)},
        patience=(5.0, 5.0),
    ),
    "never_resumes": kind(
        "never_resumes", murmur_then_pause, (*MURMURED, floor_checks.goes_on), ranges={"length": (5.0, 7.5)}
    ),
    "holds_then_stalls": kind("holds_then_stalls", murmur_then_wait, (*MURMURED, floor_checks.stalls)),
    "repeats_what_was_heard": kind(
        "repeats_what_was_heard",
        corrected(2.4, 3.2),
        (*CUT_INTO, recovery),
        truth=TWICE,
        ranges={"yields_after": (0.3, 0.7), "length": (6.0, 8.0)},
    ),
    "cuts_in_at_pause": kind(
        "cuts_in_at_pause", paused, (checks.greeting, floor_checks.cuts_in, floor_checks.talk_over), ranges=BRIEF
    ),
    "cuts_in_at_pause, behind an um": kind(
        "cuts_in_at_pause", um, (checks.greeting, floor_checks.cuts_in), ranges=BRIEF
    ),
    "talks_over": kind("talks_over", two, (*ORDINARY, floor_checks.talk_over, floor_checks.cuts_in), ranges=BRIEF),
    "uninterruptible_greeting": kind("uninterruptible_greeting", greeting_cut, CUT_INTO, ranges=BRIEF),
    "agent_backchannels": kind("agent_backchannels", long_line, TAKING_TURNS, ranges=BRIEF),
    "recovers": kind("recovers", corrected(), (*CUT_INTO, recovery), truth=TWICE, ranges=HASTY),
    "forgets_correction": kind("forgets_correction", corrected(), (*CUT_INTO, recovery), truth=TWICE, ranges=HASTY),
    "answers_old_question": kind(
        "answers_old_question", corrected(), (*CUT_INTO, recovery), truth=TWICE, ranges=HASTY, texts={"reply": OLD}
    ),
    "answers_old_question, naming nothing": kind(
        "answers_old_question", corrected(), (*CUT_INTO, recovery), truth=TWICE, ranges=HASTY
    ),
}
"""Every fault at least once, by what is planted, but for those that take a line with an echo."""


def returned(planted: Kind) -> Kind:
    """The same on a line that returns the agent's voice, as late and as soft as its options say."""

    def plan(draw: Draw) -> Plan:
        made = planted.plan(draw)
        loss = as_number("echo_loss", made.options["echo_loss"], "dB")
        delay = as_time("echo_delay", made.options["echo_delay"]) / RATE
        return replace(made, world=(Effect("echo", {"loss": loss, "delay": delay}),))

    return replace(planted, plan=plan, echoing=True)


ECHOING: Mapping[str, Kind] = {
    "stops_for_echo": returned(kind("stops_for_echo", two, (*ECHOED, checks.latencies), ranges={"length": (3.0, 8.0)})),
    "stops_for_echo, cut into": returned(
        kind("stops_for_echo", cut(0.3, 1.6), (*ECHOED, floor_checks.ours), ranges={**HASTY, "stops_after": (0.5, 1.5)})
    ),
    "cancels_echo": returned(kind("cancels_echo", two, (*TAKING_TURNS, floor_checks.echoes), ranges=BRIEF)),
    "cancels_echo, cut into": returned(
        kind("cancels_echo", cut(), (*YIELDS, checks.latencies, floor_checks.echoes), ranges=STEADY)
    ),
    "cancels_echo, murmured at": returned(
        kind("cancels_echo", murmur(), (*HOLDS, floor_checks.stalls, floor_checks.echoes), ranges=STEADY)
    ),
    "cancels_echo, left in silence": returned(
        kind("cancels_echo", wait, (*ECHOED, floor_checks.reprompts), ranges=BRIEF)
    ),
}
"""On a line that returns the agent's voice: who stops for that, and who doesn't."""
