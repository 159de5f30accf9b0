"""The WebSocket under a line, at either end of it: websockets' own protocol, without a queue or a task in between.

Frames are taken where the socket is read, with the instant of the reading. No more is read
between two askings than a call can use, so that a flood fills the sender's buffers and makes no
frame of ours late.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI, PayloadTooBig
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.uri import WebSocketURI, parse_uri

from harness import __version__
from harness.call.line import Broken, Closed
from harness.errors import BadInput, CallVoid
from harness.run.wire import Heard, Inbox
from harness.transports import Message

LONGEST_MESSAGE = 8 * 2**20
"""Bytes of one message, four minutes of sound: a longer one ends the connection (1009)."""

READ = 64 * 1024
"""Bytes of one reading at most."""

LEAST_READ = 512
"""Bytes of one reading of crumbs."""

AT_ONCE = 64
"""Messages of the size that came last that one reading should hold: taking them costs well below a frame."""

MOST_BYTES = 2**19
MOST_MESSAGES = 200
"""What is read between two askings, before the reading waits for the next."""

GOODBYE = 0.5
"""Seconds that the other end has to close its side."""

OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ENETUNREACH, errno.EADDRNOTAVAIL})
"""Errors of a connection that say something of this machine, and nothing of the agent."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The other end didn't take the call, and why."""

    why: str


class WebSocket(asyncio.BufferedProtocol):
    """One end of a WebSocket connection, as a `Line`.

    opening: done when the handshake is, with None, or with why there is no connection. opened: the instant
    of it. request: what the other end asked for, at the end that serves.
    """

    def __init__(self, protocol: ClientProtocol | ServerProtocol, headers: Mapping[str, str] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        self.opened = 0.0
        self.opening: asyncio.Future[Unanswered | None] = self._loop.create_future()
        self.request: Request | None = None
        self._protocol = protocol
        self._headers = headers or {}
        self._inbox = Inbox()
        self._buffer = memoryview(bytearray(READ))
        self._room = READ // 16
        self._pieces: list[bytes] = []
        self._text = False
        self._bytes = 0
        self._messages = 0
        self._paused = False
        self._ended = False
        self._gone: asyncio.Future[None] = self._loop.create_future()
        self._transport: asyncio.Transport | None = None

    # --- the line

    def send(self, message: Message) -> None:
        """Put a message on the wire at once."""
        if self._protocol.state is not State.OPEN:
            return
        if isinstance(message, str):
            self._protocol.send_text(message.encode())
        else:
            self._protocol.send_binary(message)
        self._flush()

    def received(self) -> list[tuple[float, Heard]]:
        """All that came since the last time this was asked."""
        self._bytes = self._messages = 0
        self._read_on()
        return self._inbox.take()

    async def wait(self, until: float) -> None:
        """Return when something is there to be received, or at the instant `until`."""
        await self._inbox.wait(until)

    async def close(self, reason: str = "", *, failed: bool = False) -> None:
        """End the connection, and wait a little for the other end to close its side."""
        self._ended = True
        transport = self._transport
        if transport is None:
            return
        if self._protocol.state is State.OPEN:
            self._protocol.send_close(1011 if failed else 1000, _short(reason))
            self._flush()
        if self._protocol.state is not State.CONNECTING:
            self._read_on()
            await asyncio.wait([self._gone], timeout=GOODBYE)
        if not self._gone.done():
            transport.abort()
            await self._gone

    # --- the socket

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is connected: the end that dialled asks for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if isinstance(self._protocol, ClientProtocol):
            request = self._protocol.connect()
            request.headers["User-Agent"] = f"vahness/{__version__}"
            for name, value in self._headers.items():
                request.headers[name] = value
            self._protocol.send_request(request)
            self._flush()

    def get_buffer(self, _sizehint: int) -> memoryview:
        """Where the next reading goes."""
        return self._buffer[: self._room]

    def buffer_updated(self, nbytes: int) -> None:
        """A reading is there."""
        before = self._messages
        self._protocol.receive_data(bytes(self._buffer[:nbytes]))
        for event in self._protocol.events_received():
            if isinstance(event, Frame):
                self._take_frame(event)
                continue
            if isinstance(event, Request) and isinstance(self._protocol, ServerProtocol):
                self.request = event
                self._protocol.send_response(self._protocol.accept(event))
            self._shake()
        self._flush()
        self._look()
        self._bytes += nbytes
        self._room = min(READ, max(LEAST_READ, AT_ONCE * nbytes // max(1, self._messages - before)))
        if (self._bytes > MOST_BYTES or self._messages > MOST_MESSAGES) and not self._paused and not self._ended:
            self._paused = True
            if self._transport is not None:
                self._transport.pause_reading()

    def eof_received(self) -> bool:
        """The other end has closed its side of the socket."""
        self._protocol.receive_eof()
        self._flush()
        self._look()
        return False

    def connection_lost(self, _exc: Exception | None) -> None:
        """The socket is gone."""
        self._protocol.receive_eof()
        self._look()
        if not self._gone.done():
            self._gone.set_result(None)

    def _flush(self) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            self._protocol.data_to_send()
            return
        for data in self._protocol.data_to_send():
            if data:
                transport.write(data)
            elif transport.can_write_eof():
                transport.write_eof()
            else:
                transport.close()

    def _read_on(self) -> None:
        if self._paused and self._transport is not None:
            self._paused = False
            if not self._transport.is_closing():
                self._transport.resume_reading()

    # --- what it means

    def _take_frame(self, frame: Frame) -> None:
        if self._ended:
            return
        self._messages += 1
        if frame.opcode is Opcode.TEXT or frame.opcode is Opcode.BINARY:
            self._text = frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT:
            return
        if not frame.fin or self._pieces:
            self._pieces.append(bytes(frame.data))
            if not frame.fin:
                return
            data = b"".join(self._pieces)
            self._pieces.clear()
        else:
            data = bytes(frame.data)
        self._inbox.put(data.decode("utf-8", "replace") if self._text else data)

    def _shake(self) -> None:
        """See whether the handshake, or the attempt at one, is over."""
        problem = self._protocol.handshake_exc
        if self.opening.done() or (problem is None and self._protocol.state is State.CONNECTING):
            return
        self.opened = self._loop.time()
        self.opening.set_result(None if problem is None else Unanswered(_refusal(problem)))

    def _look(self) -> None:
        """See whether the connection is over."""
        protocol = self._protocol
        self._shake()
        if self._ended or protocol.state in (State.OPEN, State.CONNECTING):
            return
        self._ended = True
        for heard in _ending(protocol):
            self._inbox.put(heard)


async def dial(url: str, headers: Mapping[str, str], within: float) -> WebSocket | Unanswered:
    """Connect to a `ws://` or `wss://` URL, within so many seconds; gives the line, or why nobody took the call.

    Raises BadInput where it is no such URL or no such header, CallVoid where this machine can't dial.
    """
    for name, value in headers.items():
        if not (name.isascii() and f"{name}{value}".isprintable()):
            raise BadInput("can't be sent as a header", value=name)
    try:
        urlsplit(url).port  # noqa: B018 - reading a port that is none raises
        protocol = ClientProtocol(parse_uri(url), max_size=LONGEST_MESSAGE)
    except (InvalidURI, ValueError) as problem:
        raise BadInput("not a WebSocket URL", value=url) from problem
    line = WebSocket(protocol, headers)
    refused: Unanswered | None = Unanswered("was not waited for")
    try:
        async with asyncio.timeout(within):
            refused = await _connect(line, protocol.uri)
    except TimeoutError:
        refused = Unanswered(f"did not answer within {within:g} s")
    finally:
        if refused is not None:
            await line.close()
    return refused or line


async def _connect(line: WebSocket, uri: WebSocketURI) -> Unanswered | None:
    tls = ssl.create_default_context() if uri.secure else None
    try:
        await asyncio.get_running_loop().create_connection(lambda: line, uri.host, uri.port, ssl=tls)
    except socket.gaierror as problem:
        raise CallVoid(f"can't find the host {uri.host!r}: {problem.strerror}") from problem
    except UnicodeError as problem:
        raise BadInput("not a host", value=uri.host) from problem
    except ssl.SSLError as problem:
        return Unanswered(f"TLS failed: {problem.reason or problem}")
    except OSError as problem:
        if problem.errno in OURS:
            raise CallVoid(f"can't dial {uri.host}:{uri.port}: {problem.strerror}") from problem
        began = tls is not None and isinstance(problem, ConnectionResetError | ConnectionAbortedError)
        how = problem.strerror or str(problem) or type(problem).__name__
        return Unanswered(f"TLS failed: {how}" if began else f"refused the connection: {_nobody(problem, uri, how)}")
    return await line.opening


def _nobody(problem: OSError, uri: WebSocketURI, how: str) -> str:
    """What to look at where no connection could be made."""
    where = f"[{uri.host}]:{uri.port}" if ":" in uri.host else f"{uri.host}:{uri.port}"
    told = "" if isinstance(problem, ConnectionRefusedError) else f" ({how})"
    return f"is anything listening at {where}?{told}"


def answering() -> WebSocket:
    """The end of a connection that was made to us."""
    return WebSocket(ServerProtocol(max_size=LONGEST_MESSAGE))


def _refusal(problem: Exception) -> str:
    if isinstance(problem, InvalidStatus):
        return f"answered HTTP {problem.response.status_code} instead of taking the call"
    if isinstance(problem, InvalidHandshake) and not isinstance(problem.__cause__, EOFError):
        return f"answered, but not as a WebSocket: {problem}"
    return "closed the connection before a WebSocket stood"


def _ending(protocol: ClientProtocol | ServerProtocol) -> list[Broken | Closed]:
    """How a connection that the other end ended, or broke, came to its end."""
    broken = protocol.parser_exc
    if protocol.close_rcvd is not None and broken is None:
        code, reason = protocol.close_rcvd.code, protocol.close_rcvd.reason
        named = "" if code in (1000, 1001, 1005) else str(int(code))
        return [Closed(" ".join(filter(None, (named, reason))))]
    if broken is None or isinstance(broken, EOFError):
        return [Broken("the connection dropped without a closing handshake"), Closed("the connection dropped")]
    if isinstance(broken, PayloadTooBig):
        why = f"a message of more than {LONGEST_MESSAGE // 2**20} MiB"
        return [Broken(why), Closed("the connection was broken off")]
    return [Broken(f"not a WebSocket as RFC 6455 has it: {broken}"), Closed("the connection was broken off")]


def _short(reason: str) -> str:
    """A reason as a close frame can hold it: 123 bytes."""
    return reason.encode()[:123].decode(errors="ignore")
