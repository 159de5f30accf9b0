"""A served agent: paced by its own clock in virtual time, and rung on real sockets by us and by a stranger."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import numpy as np
import pytest
from websockets.asyncio.client import connect

from harness.audio import FRAME, RATE
from harness.call.acts import Act, SayIt
from harness.call.call import Call
from harness.call.line import Agent, Arrived, Audio, Closed, Frame
from harness.errors import BadInput, CallVoid, PartMissing, VahnessError
from harness.recording import Recording
from harness.run.live import ring
from harness.run.serve import PATIENCE, attend, served, serving
from harness.run.virtual import run_virtually
from harness.run.wire import instant, memory_line
from harness.scenario import Manners
from harness.timeline import AgentState, HungUp, LineSaid, Party
from harness.transports import Message
from harness.transports.pcm import from_bytes, to_bytes
from tests.call.lines import Acts, Timetable, spoken, tone
from tests.run.talkers import Clerk

# --- the agent's clock, in virtual time

LOUD = to_bytes(tone(0.02))


def attended(agent: Agent, sends: Sequence[tuple[float, Message]], seconds: float) -> list[tuple[float, Message]]:
    """What comes back from an agent, with instants, when it is sent messages at instants."""

    async def call() -> list[tuple[float, Message]]:
        ours, theirs = memory_line()
        loop = asyncio.get_running_loop()
        for when, message in sends:
            loop.call_at(when, ours.send, message)
        attending = asyncio.create_task(attend(agent, theirs))
        await instant(seconds)
        await ours.close()
        await attending
        return [(when, heard) for when, heard in ours.received() if isinstance(heard, str | bytes)]

    return run_virtually(call())


def test_what_an_agent_gives_leaves_at_its_own_sample() -> None:
    given = [Arrived(at, Audio(tone(0.01))) for at in (320, 500, 641, 8000, 8001, 15999)]
    came = attended(Timetable(*given), [((n + 1) * 0.02, bytes(640)) for n in range(60)], 1.3)
    assert [when * RATE for when, _ in came] == pytest.approx([arrived.at for arrived in given], abs=1e-3)


def test_what_an_agent_gives_for_much_later_holds_nothing_up() -> None:
    class Hasty:
        def step(self, said: Frame) -> Sequence[Arrived]:
            now = (said.number + 1) * FRAME
            if said.number != 1:
                return ()
            sound = Audio(tone(0.01))
            return [Arrived(10**30, Closed("bye")), Arrived(now + 8000, sound), Arrived(now, sound)]

    came = attended(Hasty(), [((n + 1) * 0.02, bytes(640)) for n in range(60)], 1.3)
    assert [when for when, _ in came] == pytest.approx([0.04, 0.54], abs=0.001)


def test_sound_is_heard_frame_by_frame_as_it_comes() -> None:
    agent = Timetable()
    stream = to_bytes(tone(0.2))
    attended(agent, [(0.02 * (n + 1), stream[n * 640 : (n + 1) * 640]) for n in range(10)], 0.25)
    assert np.array_equal(np.concatenate([f.samples for f in agent.heard[:10]]), from_bytes(stream))


def test_sound_sent_all_at_once_is_heard_at_its_own_pace() -> None:
    agent = Timetable()
    attended(agent, [(0.0, LOUD * 100)], 1.01)
    assert [frame.number for frame in agent.heard] == list(range(50))
    assert all(frame.samples.any() for frame in agent.heard)


def test_a_caller_that_sends_nothing_is_heard_as_silence() -> None:
    agent = Timetable()
    attended(agent, [], 1.01)
    assert len(agent.heard) == round((1.0 - PATIENCE) / 0.02)
    assert not any(frame.samples.any() for frame in agent.heard)


def test_sound_that_is_late_within_patience_is_waited_for() -> None:
    agent = Timetable()
    late = 0.8 * PATIENCE
    attended(agent, [((n + 1) * 0.02 + (late if n >= 10 else 0.0), LOUD) for n in range(40)], 0.82 + late)
    assert all(frame.samples.any() for frame in agent.heard[:40])


def test_sound_that_is_later_makes_a_hole_and_its_silence_is_made_up_for() -> None:
    agent = Timetable()
    sends = [((n + 1) * 0.02 + (0.2 if 10 <= n < 20 else 0.0), LOUD if n < 30 else bytes(640)) for n in range(60)]
    attended(agent, sorted(sends, key=lambda send: send[0]), 1.21)
    loud = [bool(frame.samples.any()) for frame in agent.heard]
    assert sum(loud) == 30
    assert len(agent.heard) == 60
    assert not any(loud[45:])


def test_keys_marks_and_the_hang_up_come_with_their_frame() -> None:
    agent = Timetable()
    texts = ['{"type":"dtmf","digits":"4"}', '{"type":"mark","name":"m"}', '{"type":"hangup"}', "nonsense", "[]"]
    attended(agent, [(0.021, text) for text in texts] + [(0.02, bytes(640)), (0.04, bytes(640))], 0.1)
    first, second = agent.heard[:2]
    assert (first.keys, first.marks, first.hung_up) == ("", (), False)
    assert (second.keys, second.marks, second.hung_up) == ("4", (("m", False),), True)


# --- real sockets


async def rung(url: str, *acts: Act, manners: Manners | None = None) -> Recording:
    call = Call(Acts(*acts), manners=manners or Manners(breath=0.1, patience=0.6), seed=1, limit=10.0)
    lateness = await ring(call, url, call_id="a-call")
    return call.recording({}, lateness)


def of_line(recording: Recording) -> LineSaid:
    (line,) = [event for event in recording.events if isinstance(event, LineSaid)]
    return line


def test_a_stranger_can_talk_to_a_served_agent() -> None:
    """By the websockets library's own client, which knows nothing of us."""

    async def talk() -> tuple[list[dict[str, object]], bytes]:
        told: list[dict[str, object]] = []
        sound = b""
        async with serving(lambda: Clerk(greeting=0.2)) as url, connect(url.removeprefix("pcm+"), proxy=None) as line:
            while len(sound) < 2 * 3200 or not any(message.get("type") == "mark" for message in told):
                message = await line.recv()
                if isinstance(message, bytes):
                    sound += message
                else:
                    told.append(json.loads(message))
            await line.send(json.dumps({"type": "dtmf", "digits": "42"}))
            told.append(json.loads(await line.recv()))
        return told, sound

    told, sound = asyncio.run(talk())
    assert told[0] == {"event": "x-vahness", "v": 1, "type": "state", "at": 0.02, "attrs": {"handoff": ["in-band"]}}
    assert {"type": "end"} in told
    assert {"type": "mark", "name": "hello"} in told
    assert (told[-1]["type"], told[-1]["attrs"]) == ("user.transcript", {"text": "pressed 42"})
    assert sound == to_bytes(tone(0.2))


def test_calls_at_once_have_an_agent_each() -> None:
    made: list[Clerk] = []
    kinds = iter([("burst", 0.1), ("paced", 0.2), ("burst", 0.3)])

    def factory() -> Clerk:
        pace, answer = next(kinds)
        made.append(Clerk(delay=0.2, greeting=0.1, answer=answer, pace=pace, hangs_up_after=1))
        return made[-1]

    async def three() -> list[Recording]:
        async with serving(factory) as url:
            return await asyncio.gather(*[rung(url, SayIt(0, spoken(0.3))) for _ in range(3)])

    recordings = asyncio.run(three())
    assert [len(agent.answered) for agent in made] == [1, 1, 1]
    answers = [np.flatnonzero(recording.heard[of_line(recording).end :]) for recording in recordings]
    assert sorted(round(len(answer) / RATE, 2) for answer in answers) == [0.1, 0.2, 0.3]
    assert all(isinstance(recording.events[0], AgentState) for recording in recordings)


def a_clerk() -> Clerk:
    return Clerk(greeting=0.1, answer=0.1, hangs_up_after=1, delay=0.2)


def no_agent() -> Clerk:
    raise RuntimeError("no model on this machine")


def test_an_agent_can_be_served_by_a_process_of_its_own() -> None:
    async def call() -> Recording:
        async with served(a_clerk) as url:
            return await rung(url, SayIt(0, spoken(0.2)))

    recording = asyncio.run(call())
    (end,) = [event for event in recording.events if isinstance(event, HungUp)]
    assert (end.party, end.reason) == (Party.AGENT, "said enough")
    assert recording.heard.any()


class Unpicklable:
    def __call__(self) -> Clerk:
        return a_clerk()

    def __setstate__(self, state: object) -> None:
        raise ValueError("not in this process")

    def __getstate__(self) -> object:
        return {"some": "state"}


def test_a_serving_process_that_does_not_come_up_voids_the_call(capfd: pytest.CaptureFixture[str]) -> None:
    async def call() -> None:
        async with served(Unpicklable()):
            pytest.fail("it came up")

    with pytest.raises(CallVoid, match="ended before it listened"):
        asyncio.run(call())
    assert "not in this process" in capfd.readouterr().err


def with_a_wrong_option() -> Clerk:
    raise BadInput("the agent has no such option", value="thnik", known=("think",))


def without_a_part() -> Clerk:
    raise PartMissing("the recogniser isn't installed")


@pytest.mark.parametrize(
    ("factory", "kind", "said"),
    [(with_a_wrong_option, BadInput, "did you mean 'think'"), (without_a_part, CallVoid, "isn't installed")],
)
def test_an_agent_that_cannot_be_made_is_said_before_anybody_rings(
    factory: Callable[[], Clerk], kind: type[VahnessError], said: str
) -> None:
    async def call() -> None:
        async with served(factory):
            pytest.fail("it came up")

    with pytest.raises(kind, match=said):
        asyncio.run(call())


class Faulty(Clerk):
    def step(self, said: Frame) -> Sequence[Arrived]:
        raise KeyError("slot")


@pytest.mark.parametrize(("factory", "said"), [(no_agent, "no model on this machine"), (Faulty, "KeyError")])
def test_an_agent_that_fails_ends_its_own_call_and_no_other(factory: Callable[[], Clerk], said: str) -> None:
    faults: list[str] = []
    makers = [a_clerk, factory]

    async def two() -> list[Recording]:
        async with serving(lambda: makers.pop()(), say=faults.append) as url:
            return await asyncio.gather(*[rung(url, SayIt(0, spoken(0.2))) for _ in range(2)])

    ends = [next(e for e in recording.events if isinstance(e, HungUp)) for recording in asyncio.run(two())]
    assert {end.party for end in ends} == {Party.AGENT}
    bad, good = sorted(end.reason for end in ends)
    assert bad.startswith("1011 ")
    assert good == "said enough"
    assert [said in fault for fault in faults] == [True]


def test_a_browser_is_told_that_this_is_a_websocket() -> None:
    async def ask() -> int:
        async with serving(a_clerk) as url:
            place = urlsplit(url.removeprefix("pcm+"))
            return await asyncio.get_running_loop().run_in_executor(None, _get, str(place.hostname), place.port or 0)

    assert asyncio.run(ask()) == 426


def _get(host: str, port: int) -> int:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_port_that_is_taken_is_bad_input() -> None:
    async def twice() -> None:
        async with serving(a_clerk) as url:
            port = urlsplit(url.removeprefix("pcm+")).port or 0
            async with serving(a_clerk, port=port):
                pytest.fail("it was had twice")

    with pytest.raises(BadInput, match="can't listen there"):
        asyncio.run(twice())


SERVE = "from harness.run.serve import serve; from tests.run.test_serve import a_clerk; serve(a_clerk, 'a clerk')"


def test_ctrl_c_ends_a_server_cleanly_in_the_middle_of_a_call() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVE], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        listening = server.stderr.readline()
        assert listening.startswith("a clerk: listening on pcm+ws://127.0.0.1:")
        url = listening.split()[-1]
        assert (urlsplit(url.removeprefix("pcm+")).port or 0) > 0

        async def interrupted() -> Recording:
            asyncio.get_running_loop().call_later(0.3, server.send_signal, signal.SIGINT)
            return await rung(url, manners=Manners(patience=5.0))

        recording = asyncio.run(interrupted())
        rest = server.stderr.read()
        assert server.wait(10) == 0
    assert rest == "stopped\n"
    (end,) = [event for event in recording.events if isinstance(event, HungUp)]
    assert end.party is Party.AGENT
    assert FRAME < len(recording.heard) < 5 * RATE
    assert threading.active_count() < 50
