"""Faults of the floor: whether the agent yields, holds and goes on, and where it takes the floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.agents._behaviours import Planted
from harness.agents._conduct import Answer, Heard, always, murmurs, resumes, stalls, talks_over, yields
from harness.agents._faults import Chosen, Fault, Number

_QUICK = Number("s", 0.15, 0.6, 0.3)
"""How soon an agent stops that stops at any sound."""

_STEADY = Number("s", 0.75, 1.5, 0.8)
"""How soon one does that can tell a turn from a murmur."""


def _punctual(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers())


def _deaf(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.answers())


def _deaf_but_pausing(chosen: Chosen) -> Planted:
    reply, at, pause = chosen.reply(), chosen.time("pause_at"), chosen.time("pause")

    def paused(heard: Heard) -> Answer | None:
        answer = reply(heard)
        return answer and replace(answer, said=answer.said.paused(at, pause))

    return chosen.agent(chosen.answers(paused))


def _resumes_old_answer(chosen: Chosen) -> Planted:
    reply, goes_on = chosen.reply(), resumes(chosen.time("resume_after"))
    return chosen.agent(chosen.yields(), goes_on, chosen.answers(lambda heard: None if heard.over else reply(heard)))


def _bursts_blind(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.answers(), pace="burst")


def _bursts_and_clears(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers(), pace="burst")


def _stops_at_every_sound(chosen: Chosen) -> Planted:
    goes_on = resumes(chosen.time("resume_after"), murmurs_only=True)
    return chosen.agent(yields(chosen.time("yields_after")), goes_on, chosen.answers())


def _never_resumes(chosen: Chosen) -> Planted:
    return chosen.agent(yields(chosen.time("yields_after")), chosen.answers())


def _holds_then_stalls(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), stalls(), chosen.answers())


def _repeats_what_was_heard(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers(always(chosen.long())))


def _cuts_in_at_pause(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), chosen.answers(patient=False))


def _talks_over(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.answers(), talks_over(chosen.long(), chosen.time("after")))


def _uninterruptible_greeting(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(spared=1), chosen.answers())


def _agent_backchannels(chosen: Chosen) -> Planted:
    return chosen.agent(chosen.yields(), murmurs(chosen.says("murmur"), chosen.time("after")), chosen.answers())


FLOOR: Mapping[str, Fault] = {
    "punctual": Fault("None: it answers on time, yields to turns and holds through murmurs.", _punctual),
    "deaf": Fault("Speaks to its end whoever speaks, and answers then.", _deaf),
    "deaf_but_pausing": Fault(
        "As deaf, with a silence in its speech that has nothing to do with the caller.",
        _deaf_but_pausing,
        {"pause": Number("s", 0.3, 0.9, 0.5), "pause_at": Number("s", 0.8, 2.5, 1.5)},
    ),
    "late_to_stop": Fault(
        "Yields, but late.", _punctual, {"yields_after": Number("s", 1.2, 4.0, 2.4), "length": Number("s", 6, 10, 8)}
    ),
    "resumes_old_answer": Fault(
        "Stops when it is cut into, is silent for a while, and says the rest of what it was saying; no other answer.",
        _resumes_old_answer,
        {"resume_after": Number("s", 1.0, 4.0, 2.5)},
    ),
    "bursts_blind": Fault("Sends its answers all at once and never takes any back: heard to the end.", _bursts_blind),
    "bursts_and_clears": Fault("Sends its answers all at once, and withdraws the rest to yield.", _bursts_and_clears),
    "stops_at_every_sound": Fault(
        "Stops at each mm-hmm, and goes on a while after it stopped.",
        _stops_at_every_sound,
        {"yields_after": _QUICK, "resume_after": Number("s", 0.8, 4.0, 1.4)},
    ),
    "never_resumes": Fault("Stops at each mm-hmm, and never goes on.", _never_resumes, {"yields_after": _QUICK}),
    "holds_then_stalls": Fault(
        "Says its sentence to the end through a murmur, then nothing, though it owes the rest.",
        _holds_then_stalls,
        {"yields_after": _STEADY, "length": Number("s", 9.0, 14.0, 11.0)},
    ),
    "repeats_what_was_heard": Fault(
        "Yields, then begins the answer again from its beginning.", _repeats_what_was_heard
    ),
    "cuts_in_at_pause": Fault(
        "Takes a pause inside the caller's turn for its end: its delay is shorter than the pause.",
        _cuts_in_at_pause,
        {"delay": Number("s", 0.25, 0.6, 0.4)},
    ),
    "talks_over": Fault(
        "Speaks into the caller's turn, and answers it too.", _talks_over, {"after": Number("s", 0.3, 1.2, 0.6)}
    ),
    "uninterruptible_greeting": Fault(
        "Says its greeting to the end, whoever speaks; yields afterwards.",
        _uninterruptible_greeting,
        texts={"greeting": "Good morning, you have reached the front desk. I can help with orders and appointments."},
    ),
    "agent_backchannels": Fault(
        "Murmurs into the caller's turn, which is no answer.",
        _agent_backchannels,
        {"after": Number("s", 0.75, 1.5, 0.8)},
        {"murmur": "Mm-hmm."},
    ),
}
"""The faults by their names."""
