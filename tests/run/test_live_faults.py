"""Whatever an agent does on a real socket is an event and a call that can be scored, never a traceback."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

import numpy as np
import pytest

from harness.audio import FRAME
from harness.call.call import Call
from harness.conversation import Conversation
from harness.errors import BadInput, CallVoid
from harness.recording import Recording
from harness.run.live import ring
from harness.run.scoring import breach
from harness.scenario import Manners
from harness.timeline import AudioWithdrawn, Event, HungUp, Party, ProtocolBroken, Told
from harness.transports.pcm import from_bytes
from tests.call.lines import Acts
from tests.run import peers

Peer = Callable[[], AbstractAsyncContextManager[str]]

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
BANNER = b"SSH-2.0-OpenSSH_9.2\r\n"

PEERS: Mapping[str, Peer] = {
    "nobody": peers.nobody,
    "html": lambda: peers.stream(peers.answers(HTML)),
    "forbidden": lambda: peers.stream(peers.answers(FORBIDDEN)),
    "banner": lambda: peers.stream(peers.answers(BANNER)),
    "closes the socket": lambda: peers.stream(peers.closes_the_socket),
    "never shakes hands": lambda: peers.stream(peers.never_shakes_hands),
    "says nothing": lambda: peers.websocket(peers.says_nothing),
    "closes at once": lambda: peers.websocket(peers.closes_at_once),
    "overloaded": lambda: peers.websocket(peers.is_overloaded),
    "hangs up mid-word": lambda: peers.websocket(peers.hangs_up_mid_word),
    "drops mid-word": lambda: peers.websocket(peers.drops_mid_word),
    "breaks the framing": lambda: peers.websocket(peers.breaks_the_framing),
    "garbage": lambda: peers.websocket(peers.sends_garbage),
    "one huge message": lambda: peers.websocket(peers.sends_one_huge_message),
}
FLOODS: Mapping[str, Peer] = {
    "sound": lambda: peers.websocket(peers.floods_with_sound),
    "crumbs": lambda: peers.websocket(peers.floods_with_crumbs),
    "text": lambda: peers.websocket(peers.floods_with_text),
}


async def rung(peer: Peer, *, secure: bool = False, limit: float = 1.0) -> Recording:
    call = Call(Acts(), manners=Manners(breath=0.1, patience=0.4), seed=1, limit=limit)
    async with peer() as url:
        lateness = await ring(call, url.replace("ws:", "wss:") if secure else url, call_id="a-call", answer_within=0.5)
    return call.recording({}, lateness)


def rung_at_once(some: Mapping[str, Peer], limit: float) -> Mapping[str, Recording]:
    async def all_of_them() -> list[Recording]:
        return await asyncio.gather(*[rung(peer, limit=limit) for peer in some.values()])

    return dict(zip(some, asyncio.run(all_of_them()), strict=True))


@pytest.fixture(scope="module")
def calls() -> Mapping[str, Recording]:
    return rung_at_once(PEERS, 1.0)


@pytest.fixture(scope="module")
def floods() -> Mapping[str, Recording]:
    return rung_at_once(FLOODS, 130.0)


E = TypeVar("E", bound=Event)


def of(recording: Recording, kind: type[E]) -> list[E]:
    return [event for event in recording.events if isinstance(event, kind)]


UNANSWERED = {
    "nobody": "refused the connection: is anything listening at 127.0.0.1:",
    "html": "answered HTTP 200 instead of taking the call",
    "forbidden": "answered HTTP 403 instead of taking the call",
    "banner": "answered, but not as a WebSocket: ",
    "closes the socket": "closed the connection before a WebSocket stood",
    "never shakes hands": "did not answer within 0.5 s",
}


@pytest.mark.parametrize("name", UNANSWERED)
def test_an_agent_that_does_not_take_the_call_has_ended_it_and_says_how(
    name: str, calls: Mapping[str, Recording]
) -> None:
    recording = calls[name]
    (broken,), (end,) = of(recording, ProtocolBroken), of(recording, HungUp)
    assert broken.why.startswith(UNANSWERED[name])
    assert (end.party, end.at, end.reason) == (Party.AGENT, 0, broken.why)
    assert breach(Conversation(recording, (), (), 0.0, "none")) == f"the agent never took the call: {broken.why}"
    assert len(recording.heard) == FRAME
    assert not len(recording.lateness)


def test_tls_where_there_is_none_is_a_call_that_was_not_taken() -> None:
    recording = asyncio.run(rung(PEERS["says nothing"], secure=True))
    assert of(recording, ProtocolBroken)[0].why.startswith("TLS failed: ")
    assert of(recording, HungUp)[0].party is Party.AGENT


def test_an_agent_that_never_speaks_is_waited_for_and_left(calls: Mapping[str, Recording]) -> None:
    recording = calls["says nothing"]
    (end,) = of(recording, HungUp)
    assert end.party is Party.CALLER
    assert not recording.heard.any()
    assert len(recording.lateness) * FRAME == len(recording.heard)


@pytest.mark.parametrize(("name", "reason"), [("closes at once", ""), ("overloaded", "1013 come back later")])
def test_an_agent_that_closes_at_once_has_hung_up(name: str, reason: str, calls: Mapping[str, Recording]) -> None:
    (end,) = of(calls[name], HungUp)
    assert (end.party, end.reason) == (Party.AGENT, reason)
    assert not of(calls[name], ProtocolBroken)


def test_an_agent_that_hangs_up_mid_word_is_heard_until_then(calls: Mapping[str, Recording]) -> None:
    recording = calls["hangs up mid-word"]
    (end,) = of(recording, HungUp)
    assert end.party is Party.AGENT
    assert "of its audio unheard" in end.reason
    assert recording.heard[: end.at].any()
    assert not recording.heard[end.at :].any()
    assert not of(recording, ProtocolBroken)


def test_a_connection_that_drops_is_a_breach_and_an_end(calls: Mapping[str, Recording]) -> None:
    recording = calls["drops mid-word"]
    assert [b.why for b in of(recording, ProtocolBroken)] == ["the connection dropped without a closing handshake"]
    assert [(e.party, e.reason[:22]) for e in of(recording, HungUp)] == [(Party.AGENT, "the connection dropped")]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("breaks the framing", "not a WebSocket as RFC 6455 has it: "),
        ("one huge message", "a message of more than 8 MiB"),
    ],
)
def test_a_carrier_that_breaks_its_own_rules_is_a_breach_and_an_end(
    name: str, why: str, calls: Mapping[str, Recording]
) -> None:
    (broken,), (end,) = of(calls[name], ProtocolBroken), of(calls[name], HungUp)
    assert broken.why.startswith(why)
    assert (end.party, end.reason[:29]) == (Party.AGENT, "the connection was broken off")


def test_garbage_is_kept_and_odd_sizes_are_counted_and_the_sound_is_heard(calls: Mapping[str, Recording]) -> None:
    recording = calls["garbage"]
    assert len(of(recording, Told)) == 5
    assert [(b.why, b.count) for b in of(recording, ProtocolBroken)] == [
        ("an audio message of an odd number of bytes", 5)
    ]
    sent = from_bytes((b"".join(peers.PIECES) + peers.SPEECH[:640])[:-1])
    first = int(np.flatnonzero(recording.heard)[0])
    lead = int(np.flatnonzero(sent)[0])
    assert np.array_equal(recording.heard[first : first + len(sent) - lead], np.clip(sent[lead:], -1, 1))


def test_a_flood_of_sound_is_cut_at_what_a_call_can_hear(floods: Mapping[str, Recording]) -> None:
    (broken,) = of(floods["sound"], ProtocolBroken)
    assert broken.why.startswith("flood: ")
    assert floods["sound"].heard.any()


def test_a_flood_of_crumbs_is_heard_to_the_sample_and_withdrawn(floods: Mapping[str, Recording]) -> None:
    recording = floods["crumbs"]
    (withdrawn,) = of(recording, AudioWithdrawn)
    assert int(np.count_nonzero(recording.heard)) + withdrawn.samples == peers.CRUMBS


def test_a_flood_of_text_is_kept_and_a_huge_one_dropped(floods: Mapping[str, Recording]) -> None:
    recording = floods["text"]
    assert [b.why for b in of(recording, ProtocolBroken)] == ["a text message of more than 256 KiB was dropped"]
    assert len(of(recording, Told)) == peers.TEXTS


def test_what_this_machine_lacks_voids_the_call() -> None:
    async def without_sockets() -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            await ring(Call(Acts(), manners=Manners(), seed=1), "pcm+ws://127.0.0.1:9/", call_id="a-call")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    with pytest.raises(CallVoid, match="can't dial"):
        asyncio.run(without_sockets())


@pytest.mark.parametrize(
    "url", ["pcm+ws://", "pcm+ws://127.0.0.1:what/", "pcm+ws://127.0.0.1:99999/", "pcm+ws://a..b/", "pcm+ws://h/#part"]
)
def test_a_url_that_is_none_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput):
        asyncio.run(ring(Call(Acts(), manners=Manners(), seed=1), url, call_id="a-call"))


def test_a_header_that_would_forge_another_is_bad_input() -> None:
    call = Call(Acts(), manners=Manners(), seed=1)
    with pytest.raises(BadInput, match="X-Key"):
        asyncio.run(ring(call, "pcm+ws://127.0.0.1:9/", call_id="a-call", headers={"X-Key": "a\r\nHost: b"}))
