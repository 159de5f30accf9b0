"""The live shell in virtual time: over a line in memory it is the simulated shell, to the sample."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from harness.audio import FRAME, RATE, Samples, on_grid
from harness.call.acts import Act, CutIn, PressKeys, SayIt
from harness.call.call import Call
from harness.call.line import Agent, Arrived, Audio, Frame
from harness.errors import BadInput, CallVoid
from harness.recording import Recording
from harness.run.live import converse, way_to
from harness.run.serve import attend
from harness.run.simulated import simulate
from harness.run.virtual import VirtualLoop, run_virtually
from harness.run.wire import MemoryLine, memory_line
from harness.scenario import Manners
from harness.timeline import FrameLate, HungUp, Party, ProtocolBroken
from harness.transports import Message
from harness.transports.pcm import from_bytes, pcm, to_bytes
from tests.call.lines import Acts, Timetable, spoken, tone
from tests.run.talkers import Clerk

MANNERS = Manners(breath=0.4, patience=2.0)


def a_call(*acts: Act) -> Call:
    return Call(Acts(*acts), manners=MANNERS, seed=1, limit=30.0)


def simulated(agent: Agent, *acts: Act) -> Recording:
    call = a_call(*acts)
    simulate(call, agent)
    return call.recording({})


def live(agent: Agent, *acts: Act, stalls: Sequence[tuple[float, float]] = ()) -> Recording:
    """A call in virtual time; stalls are (from, for) in seconds."""

    async def held() -> Recording:
        call = a_call(*acts)
        ours, theirs = memory_line()
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        for begin, length in stalls:
            loop.call_at(begin, loop.hold_up, length)
        other = asyncio.create_task(attend(agent, theirs))
        lateness = await converse(call, ours, pcm())
        await ours.close()
        await other
        return call.recording({}, lateness)

    return run_virtually(held())


THREE = (
    SayIt(0, spoken(1.0)),
    CutIn(1, spoken(0.8, "no wait"), 6000, "correction"),
    PressKeys(2, "12"),
    SayIt(3, spoken(0.5)),
)

AGENTS: dict[str, Callable[[], Clerk]] = {
    "bursts ahead": Clerk,
    "paces": lambda: Clerk(pace="paced"),
    "leads with silence": lambda: Clerk(lead=0.3, delay=0.2),
    "ignores the caller": lambda: Clerk(yields=False, pace="paced", delay=1.5),
    "hangs up": lambda: Clerk(hangs_up_after=2),
}


def sound(frames: Sequence[Frame]) -> Samples:
    return np.concatenate([frame.samples for frame in frames])


@pytest.mark.parametrize("name", AGENTS)
def test_live_and_simulated_give_the_same_tracks_and_events(name: str) -> None:
    here, there = AGENTS[name](), AGENTS[name]()
    expected, got = simulated(here, *THREE), live(there, *THREE)
    assert got.events == expected.events
    assert np.array_equal(got.heard, expected.heard)
    assert np.array_equal(got.sent, expected.sent)
    assert np.array_equal(got.clean, expected.clean)
    assert here.answered == there.answered
    assert len(here.answered) >= 2
    assert expected.heard.any()


def test_the_agent_hears_the_same_frames_in_both_shells() -> None:
    here, there = Clerk(), Clerk()
    simulated(here, *THREE)
    live(there, *THREE)
    # The last frame has nobody left to hear it on a line that is closed behind it.
    assert len(here.heard) == len(there.heard) + 1
    assert np.array_equal(on_grid(sound(here.heard[:-1])), sound(there.heard))
    extras = [[(f.number, f.keys, f.marks, f.hung_up) for f in heard] for heard in (here.heard[:-1], there.heard)]
    assert extras[0] == extras[1]


def test_a_call_that_is_on_time_has_no_lateness() -> None:
    recording = live(Clerk(), *THREE)
    assert len(recording.lateness) * FRAME == len(recording.heard)
    assert float(np.abs(recording.lateness).max()) < 1e-6


class Witness:
    """The far end of a line in memory: keeps what came, with its instant; sends what it is told to at an instant."""

    def __init__(self, line: MemoryLine) -> None:
        self._line = line
        self.came: list[tuple[float, Message]] = []

    def send_at(self, when: float, message: Message) -> None:
        asyncio.get_running_loop().call_at(when, self._line.send, message)

    def collect(self) -> None:
        self.came += [(when, heard) for when, heard in self._line.received() if isinstance(heard, str | bytes)]


def witnessed(
    call: Call, sends: Sequence[tuple[float, Message]] = (), stalls: Sequence[tuple[float, float]] = ()
) -> tuple[Witness, Recording]:
    async def held() -> tuple[Witness, Recording]:
        ours, theirs = memory_line()
        witness = Witness(theirs)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        for when, message in sends:
            witness.send_at(when, message)
        for begin, length in stalls:
            loop.call_at(begin, loop.hold_up, length)
        lateness = await converse(call, ours, pcm())
        witness.collect()
        return witness, call.recording({}, lateness)

    return run_virtually(held())


@pytest.mark.parametrize(
    ("when", "first"),
    [(0.0, 0), (1.0, 16000), (0.5 + 1 / 16000, 8001), (0.5 + 0.25 / 16000, 8001), (0.7, 11200), (1.3, 20800)],
)
def test_what_arrives_at_an_instant_is_heard_from_the_next_sample(when: float, first: int) -> None:
    _, recording = witnessed(a_call(), [(when, to_bytes(tone(0.3)))])
    assert np.flatnonzero(recording.heard)[0] == first


def test_every_frame_leaves_at_its_deadline() -> None:
    witness, _ = witnessed(a_call())
    instants = [when for when, message in witness.came if isinstance(message, bytes)]
    assert instants == pytest.approx([(n + 1) * 0.02 for n in range(len(instants))], abs=1e-9)
    assert len(instants) > 100


def test_a_stall_is_recorded_frame_by_frame_and_is_an_event() -> None:
    _, recording = witnessed(a_call(), stalls=[(1.005, 0.11), (1.515, 0.014)])
    # From 1.005 s for 0.11 s: the frames due at 1.02, 1.04 … 1.10 went out at 1.115. The one due at 1.52: at 1.529.
    assert recording.lateness[50:55] == pytest.approx([95.0, 75.0, 55.0, 35.0, 15.0], abs=1e-3)
    assert recording.lateness[75] == pytest.approx(9.0, abs=1e-3)
    assert float(np.abs(np.delete(recording.lateness, [*range(50, 55), 75])).max()) < 1e-6
    late = [event for event in recording.events if isinstance(event, FrameLate)]
    assert [event.at for event in late] == [n * FRAME for n in range(50, 55)]
    assert [event.ms for event in late] == pytest.approx([95.0, 75.0, 55.0, 35.0, 15.0], abs=1e-3)


class Noting(Call):
    """A call that keeps which arrivals each of its steps was given."""

    def __init__(self) -> None:
        super().__init__(Acts(), manners=MANNERS, seed=1, limit=30.0)
        self.given: list[tuple[int, int]] = []
        self.steps = 0

    def step(self, arrived: Sequence[Arrived]) -> Frame:
        self.given.extend((self.steps, arrival.at) for arrival in arrived)
        self.steps += 1
        return super().step(arrived)


def test_each_step_is_given_what_arrived_within_its_frame_after_a_stall_too() -> None:
    call = Noting()
    pieces: list[tuple[float, Message]] = [(0.9 + 0.01 * n, to_bytes(tone(0.01))) for n in range(40)]
    witnessed(call, pieces, stalls=[(1.005, 0.1)])
    assert len(call.given) == 40
    assert [at // FRAME for _, at in call.given] == [step for step, _ in call.given]


def test_a_stall_changes_no_track() -> None:
    calm = simulated(Timetable(Arrived(8000, Audio(tone(1.0)))), SayIt(0, spoken(2.0)))
    stalled = live(
        Timetable(Arrived(8000, Audio(tone(1.0)))), SayIt(0, spoken(2.0)), stalls=[(2.5, 0.15), (3.33, 0.07)]
    )
    assert np.array_equal(stalled.sent, calm.sent)
    assert np.array_equal(stalled.heard, calm.heard)
    assert [event for event in stalled.events if not isinstance(event, FrameLate)] == list(calm.events)


def test_what_arrives_before_and_after_a_stall_keeps_its_instant() -> None:
    pieces = [(0.99, to_bytes(tone(0.01))), (1.12, to_bytes(tone(0.01)))]
    _, recording = witnessed(a_call(), pieces, stalls=[(1.005, 0.1)])
    loud = np.flatnonzero(recording.heard)
    assert loud[0] == round(0.99 * RATE)
    assert loud[loud > 16200][0] == round(1.12 * RATE)


def test_overdue_speech_catches_up_on_the_wire_and_overdue_silence_is_left_out() -> None:
    calm, _ = witnessed(a_call(SayIt(0, spoken(1.0))))
    # The line is said from 2 s (patience) on: one stall falls into silence, one into speech.
    stalled, recording = witnessed(a_call(SayIt(0, spoken(1.0))), stalls=[(1.005, 0.1), (2.505, 0.1)])
    before, after = ([m for _, m in w.came if isinstance(m, bytes)] for w in (calm, stalled))
    assert len(before) - len(after) == 4
    spoken_before, spoken_after = (b"".join(m for m in sent if any(m)) for sent in (before, after))
    assert spoken_before == spoken_after
    at_once = [when for when, m in stalled.came if isinstance(m, bytes) and when == pytest.approx(2.605, abs=1e-9)]
    assert len(at_once) == 5
    assert np.array_equal(
        from_bytes(spoken_after),
        recording.sent[np.flatnonzero(recording.sent)[0] // FRAME * FRAME :][: len(spoken_after) // 2],
    )


def test_keys_are_sent_even_with_a_frame_that_is_left_out() -> None:
    witness, _ = witnessed(a_call(PressKeys(0, "7")), stalls=[(1.905, 0.3)])
    assert '{"type":"dtmf","digits":"7"}' in [message for _, message in witness.came]


class Collector(Clerk):
    """An agent that looks whether the garbage collector is kept from what was there before the call."""

    frozen = 0

    def step(self, said: Frame) -> Sequence[Arrived]:
        self.frozen = self.frozen or gc.get_freeze_count()  # which counts them one by one
        return super().step(said)


def test_no_frame_waits_for_a_whole_garbage_collection() -> None:
    agent = Collector()
    live(agent)
    assert agent.frozen > 10_000
    assert gc.get_freeze_count() == 0


def test_a_loop_that_can_never_go_on_is_ours_to_answer_for() -> None:
    async def wait_for_ever() -> None:
        await asyncio.Event().wait()

    with pytest.raises(CallVoid, match="none for an instant"):
        run_virtually(wait_for_ever())


class Broken(Clerk):
    """An agent whose code fails in its thirtieth frame."""

    def step(self, said: Frame) -> Sequence[Arrived]:
        if said.number == 30:
            raise ZeroDivisionError("a bug of theirs")
        return super().step(said)


def test_an_agent_whose_code_fails_ends_its_call_and_is_not_our_fault() -> None:
    recording = live(Broken())
    (end,) = [event for event in recording.events if isinstance(event, HungUp)]
    assert (end.party, end.at) == (Party.AGENT, 31 * FRAME)
    assert end.reason.startswith("1011 the agent's code failed")
    assert not [event for event in recording.events if isinstance(event, ProtocolBroken)]


@pytest.mark.parametrize(
    "target", ["", "demo", "pcm", "pcm+", "pcm+http://x", "pcn+ws://127.0.0.1:1/", "ws://127.0.0.1/"]
)
def test_a_target_that_cannot_be_rung_is_bad_input(target: str) -> None:
    with pytest.raises(BadInput):
        way_to(target)


def test_path_and_query_stay_in_the_url() -> None:
    assert (
        way_to("pcm+ws://127.0.0.1:8765/talk/to?desk=booking&x=1")[1] == "ws://127.0.0.1:8765/talk/to?desk=booking&x=1"
    )
