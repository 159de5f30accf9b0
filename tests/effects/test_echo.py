"""Echo: what the agent is heard to say comes back as late and as soft as was asked for, to the sample."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from harness.audio import FRAME, RATE, Samples, on_grid, samples
from harness.audio.snr import achieved_snr
from harness.call.acts import Act, CutIn, SayIt
from harness.call.call import Call
from harness.call.line import Agent, Arrived, Withdrawn
from harness.call.world import Coupled, Effect
from harness.effects.echo import echo
from harness.effects.noise import noise
from harness.effects.packet_loss import packet_loss
from harness.effects.telephone import telephone
from harness.errors import BadInput
from harness.recording import Recording
from harness.run.live import converse
from harness.run.placing import achieved
from harness.run.serve import attend
from harness.run.simulated import simulate
from harness.run.virtual import run_virtually
from harness.run.wire import memory_line
from harness.scenario.beds import find_bed
from harness.timeline import HungUp
from harness.transports.pcm import pcm
from tests.call.lines import MANNERS, Acts, Timetable, of, speech, spoken
from tests.effects.lines import setting, through
from tests.run.talkers import Clerk

ACTS = (SayIt(0, spoken(1.0)), CutIn(1, spoken(0.8, "no wait"), 6000, "correction"), SayIt(2, spoken(0.5)))


def a_call(*effects: Effect, acts: tuple[Act, ...] = ACTS) -> Call:
    return Call(Acts(*acts), manners=MANNERS, seed=1, limit=30.0, effects=effects)


def rung(agent: Agent, *effects: Effect, acts: tuple[Act, ...] = ACTS) -> Recording:
    call = a_call(*effects, acts=acts)
    simulate(call, agent)
    return call.recording({})


def late_and_soft(heard: Samples, delay: float, loss: float) -> Samples:
    """By the letter: each sample as it was heard `delay` before, `loss` dB softer."""
    back = np.zeros_like(heard)
    back[samples(delay) :] = heard[: -samples(delay)] * np.float32(10 ** (-loss / 20))
    return back


def talker() -> Agent:
    """An agent that hears nothing."""
    return Timetable(speech(8000, 1.5), speech(80000, 3.0), speech(180000, 2.0))


def up_to_the_hang_up(recording: Recording) -> int:
    return min(event.at for event in of(recording, HungUp)) // FRAME * FRAME


@pytest.mark.parametrize("delay", [0.02, 0.0371, 0.12, 0.4])
@pytest.mark.parametrize("loss", [0.0, 20.0, 45.5])
def test_what_is_sent_is_the_caller_and_what_was_heard_later_and_softer_to_the_sample(
    delay: float, loss: float
) -> None:
    made = rung(Clerk(pace="paced"), echo(setting(), loss=loss, delay=delay))
    end = up_to_the_hang_up(made)
    assert made.heard[:end].any()
    assert made.clean[:end].any()
    assert np.array_equal(made.sent[:end], on_grid(made.clean + late_and_soft(made.heard, delay, loss))[:end])
    assert not made.sent[end + FRAME :].any()


def test_the_clean_track_and_all_that_happened_are_those_of_a_line_without_echo() -> None:
    with_echo, without = rung(talker(), echo(setting(), loss=10.0, delay=0.2)), rung(talker())
    assert np.array_equal(with_echo.clean, without.clean)
    assert with_echo.events == without.events
    assert not np.array_equal(with_echo.sent, without.sent)


def test_what_was_withdrawn_before_it_was_heard_does_not_come_back() -> None:
    agent = Timetable(speech(8000, 3.0), Arrived(20007, Withdrawn()))
    made = rung(agent, echo(setting(), loss=6.0, delay=0.1), acts=(SayIt(0, spoken(0.5)),))
    assert made.sent[20006 + 1600] != 0
    assert not made.sent[20007 + 1600 : 28000].any()


def test_the_same_call_is_the_same_bytes_again() -> None:
    first, again = (rung(Clerk(), echo(setting(), loss=15.0, delay=0.0333)) for _ in range(2))
    assert first.sent.tobytes() == again.sent.tobytes()


def test_a_call_over_a_wire_returns_what_it_heard_too() -> None:
    async def held() -> Recording:
        call = a_call(echo(setting(), loss=20.0, delay=0.15))
        ours, theirs = memory_line()
        other = asyncio.create_task(attend(Clerk(pace="paced"), theirs))
        lateness = await converse(call, ours, pcm())
        await ours.close()
        await other
        return call.recording({}, lateness)

    made = run_virtually(held())
    end = up_to_the_hang_up(made)
    assert made.heard[:end].any()
    assert np.array_equal(made.sent[:end], on_grid(made.clean + late_and_soft(made.heard, 0.15, 20.0))[:end])


def test_it_comes_back_through_the_telephone_as_the_caller_does() -> None:
    made = rung(Clerk(), echo(setting(), loss=20.0, delay=0.1), telephone(setting(), codec="none"))
    end = up_to_the_hang_up(made)
    whole = telephone(setting(), codec="none").band(made.clean + late_and_soft(made.heard, 0.1, 20.0))
    assert np.abs(made.sent[:end] - whole[:end]).max() < 1e-4


def in_noise(*line: Effect, loss: float | None) -> tuple[Recording, tuple[Effect, ...]]:
    """A call of an agent that hears nothing, in noise and with an echo, if any, and what did that."""
    said = np.concatenate([act.speech.samples for act in ACTS])
    around = setting(bed=find_bed, band=line[0].band if line else lambda sound: sound, speech=said)
    back = () if loss is None else (echo(setting(), loss=loss, delay=0.2),)
    effects = (noise(around, bed="pink", snr=20.0), *back, *line)
    return rung(talker(), *effects), effects


@pytest.mark.parametrize("narrow", [False, True], ids=["open", "telephone"])
@pytest.mark.parametrize("loss", [0.0, 12.0])
def test_the_ratio_of_the_noise_is_not_that_of_the_echo(narrow: bool, loss: float) -> None:
    def measured(loss: float | None) -> float:
        line = (telephone(setting()), packet_loss(setting(), loss=0.05)) if narrow else ()
        return achieved(*in_noise(*line, loss=loss))["achieved_snr"]

    assert measured(None) == pytest.approx(20.0, abs=1.0)
    assert measured(loss) == pytest.approx(measured(None), abs=0.1)


def test_an_echo_that_was_taken_for_noise_would_spoil_the_ratio() -> None:
    made, _ = in_noise(loss=0.0)
    spoiled = achieved_snr(made.clean, made.sent, lambda sound: sound)
    assert spoiled is not None
    assert spoiled < 15.0


def test_only_what_says_so_is_handed_what_was_heard() -> None:
    assert isinstance(echo(setting(), loss=20.0, delay=0.1), Coupled)
    others = (
        telephone(setting()),
        noise(setting(bed=find_bed), bed="pink", snr=10.0),
        packet_loss(setting(), loss=0.1),
    )
    assert not any(isinstance(other, Coupled) for other in others)


def test_a_line_whose_agent_says_nothing_is_left_as_it_was() -> None:
    sound = np.random.default_rng(1).normal(0.0, 0.1, RATE).astype(np.float32)
    assert np.array_equal(through(sound, echo(setting(), loss=0.0, delay=0.4)), sound)


@pytest.mark.parametrize(("loss", "delay"), [(-1.0, 0.1), (61.0, 0.1), (20.0, 0.019), (20.0, 0.401)])
def test_an_echo_that_no_line_has_is_refused(loss: float, delay: float) -> None:
    with pytest.raises(BadInput, match="an echo's"):
        echo(setting(), loss=loss, delay=delay)
