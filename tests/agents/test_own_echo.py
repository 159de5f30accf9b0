"""Agents on a line that returns their own voice: who stops for it, who cancels it, and who takes it for the caller."""

from __future__ import annotations

import pytest

from harness.agents._behaviours import Planted
from harness.agents.faulty import faulty
from harness.audio import samples
from harness.effects.echo import echo
from harness.listening.turns import listen
from harness.recording import Recording
from harness.scorers.echo_interruption import echo_interruption
from tests.agents.calling import Script, cut_in, ring, silent, voice
from tests.effects.lines import setting
from tests.scorers.calls import SCENARIO, scored

ASKS = "Where is my order please today?"
CUTS = "Sorry but I meant another order entirely please"
ECHO = (0.21, 14.0)


def rung(fault: str, returned: tuple[float, float] | None = ECHO, **given: str) -> tuple[Planted, Recording]:
    """A call in which the caller asks, and cuts into the answer. returned: the echo's delay and loss."""
    agent = faulty(voice=voice, fault=fault, **given)
    world = () if returned is None else (echo(setting(), delay=returned[0], loss=returned[1]),)
    return agent, ring(agent, Script(ASKS, cut_in(1.2, CUTS), silent(4.0)), limit=30.0, world=world)


def knowing(delay: float, loss: float) -> dict[str, str]:
    return {"echo_delay": f"{delay}s", "echo_loss": f"{loss}dB"}


def at(agent: Planted, what: str) -> list[int]:
    return [entry.at for entry in agent.log if entry.what == what]


@pytest.mark.parametrize(("delay", "loss"), [(0.02, 0.0), (0.0777, 12.5), (0.4, 40.0)])
def test_who_cancels_its_echo_does_what_it_would_on_a_line_without_one(delay: float, loss: float) -> None:
    on_it, made = rung("cancels_echo", (delay, loss), **knowing(delay, loss))
    off_it, without = rung("punctual", None)
    assert on_it.log == off_it.log
    assert (made.heard == without.heard).all()
    found = scored(echo_interruption(listen(made), SCENARIO))
    assert (found.value, found.n) == (0, 0)


def test_who_stops_for_its_echo_does_so_as_long_after_it_came_back_as_it_says() -> None:
    agent, made = rung("stops_for_echo", ECHO, stops_after="0.5s", **knowing(*ECHO))
    assert at(agent, "stopped for echo")[:2] == [
        start + samples(ECHO[0]) + samples(0.5) for start in at(agent, "audible")[:2]
    ]
    assert scored(echo_interruption(listen(made), SCENARIO)).value == len(at(agent, "stopped for echo"))


def test_a_caller_who_cuts_in_first_is_yielded_to_and_not_the_echo() -> None:
    agent, made = rung("stops_for_echo", ECHO, stops_after="3s", yields_after="0.8s", **knowing(*ECHO))
    (stopped,) = at(agent, "stopped")
    assert stopped == at(agent, "heard onset")[1] + samples(0.8)
    assert at(agent, "stopped for echo") == []
    assert scored(echo_interruption(listen(made), SCENARIO)).value == 0


def test_on_a_line_without_an_echo_nobody_stops_for_one() -> None:
    agent, _ = rung("stops_for_echo", None, stops_after="5s")
    assert at(agent, "stopped for echo") == []
    assert len(at(agent, "audible")) == 3


def test_who_stops_at_every_sound_stops_for_its_own_voice_too() -> None:
    agent, made = rung("stops_at_every_sound")
    before_the_caller = [stop for stop in at(agent, "stopped") if stop < samples(2.0)]
    assert before_the_caller
    assert scored(echo_interruption(listen(made), SCENARIO)).value >= len(before_the_caller)
