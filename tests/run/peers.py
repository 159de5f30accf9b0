"""Peers that fail as agents do, on real sockets of the loopback."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websocket
from websockets.exceptions import ConnectionClosed

from harness.transports.pcm import to_bytes
from tests.call.lines import tone

SPEECH = to_bytes(tone(3.0))
CRUMBS = 6_000
TEXTS = 3_000
PIECES = [SPEECH[:cut] for cut in (641, 641, 639, 1, 1, 0)]
Handler = Callable[[ServerConnection], Awaitable[None]]
Streams = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def websocket(handler: Handler) -> AsyncIterator[str]:
    """A peer that speaks WebSocket, by the websockets library's own server."""

    async def until_it_closes(line: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            await handler(line)

    async with serve_websocket(
        until_it_closes, "127.0.0.1", 0, compression=None, ping_interval=None, close_timeout=0.2
    ) as server:
        yield f"pcm+ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/talk"


@asynccontextmanager
async def stream(handler: Streams) -> AsyncIterator[str]:
    """A peer that speaks whatever it likes over TCP."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    async with server:
        yield f"pcm+ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/talk"


@asynccontextmanager
async def nobody() -> AsyncIterator[str]:
    """A port that is bound, and nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"pcm+ws://127.0.0.1:{taken.getsockname()[1]}/"


def answers(response: bytes) -> Streams:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        await writer.drain()
        writer.close()

    return answer


async def closes_the_socket(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def never_shakes_hands(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def says_nothing(line: ServerConnection) -> None:
    await line.wait_closed()


async def closes_at_once(line: ServerConnection) -> None:
    await line.close()


async def is_overloaded(line: ServerConnection) -> None:
    await line.close(1013, "come back later")


async def hangs_up_mid_word(line: ServerConnection) -> None:
    await line.send(SPEECH)
    for _ in range(20):
        await line.recv()


async def drops_mid_word(line: ServerConnection) -> None:
    await line.send(SPEECH)
    for _ in range(20):
        await line.recv()
    line.transport.abort()


async def breaks_the_framing(line: ServerConnection) -> None:
    await line.send(SPEECH[:6400])
    line.transport.write(b"\xff\xff\xff\xff\xff")
    await line.wait_closed()


async def sends_garbage(line: ServerConnection) -> None:
    for text in ("hello", "{", '{"type":"unheard of"}', '{"event":"x-vahness","v":1,"type":"latency","attrs":{}}'):
        await line.send(text)
    await line.send(b"\xff\xfe\x00", text=True)
    for piece in PIECES:
        await line.send(piece)
    await line.send([SPEECH[:100], SPEECH[100:101], SPEECH[101:640]])
    await line.wait_closed()


async def floods_with_sound(line: ServerConnection) -> None:
    for _ in range(50):
        await line.send(SPEECH)
    for _ in range(20):
        await line.recv()


async def floods_with_crumbs(line: ServerConnection) -> None:
    crumbs = b"\x82\x02\x00\x10" * CRUMBS
    line.transport.write(crumbs)
    line.transport.write(b"\x81\x10" + b'{"type":"clear"}')
    await line.wait_closed()


async def floods_with_text(line: ServerConnection) -> None:
    await line.send("x" * 1_000_000)
    for number in range(TEXTS):
        line.protocol.send_text(json.dumps({"type": "news", "number": number}).encode())
    line.transport.write(b"".join(line.protocol.data_to_send()))
    await line.wait_closed()


async def sends_one_huge_message(line: ServerConnection) -> None:
    await line.send(bytes(9 * 2**20))
    await line.wait_closed()
