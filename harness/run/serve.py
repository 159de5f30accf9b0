"""An agent of this process as a WebSocket that can be rung: raw PCM, paced by absolute deadlines.

Frame k of the caller is heard at the end of frame k, as in the simulated shell; what the agent
gives for sample s goes out at that sample's instant. The agent's clock starts as the connection stands.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection

from harness.audio import FRAME, RATE
from harness.call.line import Agent, Arrived, Broken, Closed
from harness.errors import BadInput, CallVoid, VahnessError
from harness.run.ahead import ahead
from harness.run.simulated import heard_by
from harness.run.websocket import Unanswered, WebSocket, answering
from harness.run.wire import Line
from harness.transports.pcm import AgentEnd

TICK = FRAME / RATE
"""Seconds of a frame."""

PATIENCE = 0.06
"""Seconds that a frame of the caller is waited for beyond its deadline; then silence stands in for it."""

HANDSHAKE = 10.0
"""Seconds that who connects has to ask for a WebSocket."""

_HAIR = 1e-7
"""Seconds: what the sum of binary seconds is off a deadline."""

AgentFactory = Callable[[], Agent]
"""Makes an agent for one call; called in a thread of that call's."""


async def attend(agent: Agent, line: Line, pool: Executor | None = None) -> str:
    """Let an agent hold a call on a line, until either ends it; gives how the agent failed, "" where it didn't.

    pool: where the agent's steps run, so that its compute holds up no other call; None runs them here.
    """
    return await _Attendance(agent, line, pool).hold()


class _Attendance:
    """An agent on a line: the caller's sound in, by frames; what the agent gives out, at its instants."""

    def __init__(self, agent: Agent, line: Line, pool: Executor | None) -> None:
        self._agent = agent
        self._line = line
        self._pool = pool
        self._loop = asyncio.get_running_loop()
        self._end = AgentEnd()
        self._given: deque[Arrived] = deque()
        self._number = 0
        self._over = False
        self._fault = ""

    async def hold(self) -> str:
        while True:
            self._hear()
            await self._say()
            if self._over:
                return self._fault
            due = self._line.opened + (self._number + 1) * TICK
            if not self._end.ready:
                due += PATIENCE
            if self._loop.time() >= due - _HAIR:
                await self._step()
            else:
                await self._line.wait(min(due, self._next_saying()))

    def _hear(self) -> None:
        for _, heard in self._line.received():
            if isinstance(heard, Broken | Closed):
                self._over = True
            else:
                self._end.take(heard)

    def _next_saying(self) -> float:
        return self._line.opened + self._given[0].at / RATE if self._given else float("inf")

    async def _say(self) -> None:
        """Send what is due by now."""
        while self._given and not self._over and self._next_saying() <= self._loop.time() + _HAIR:
            given = self._given.popleft()
            if isinstance(given.what, Broken):
                self._fault = given.what.why
            elif isinstance(given.what, Closed):
                self._over = True
                await self._line.close(given.what.reason, failed=bool(self._fault))
            for message in self._end.outgoing(given):
                self._line.send(message)

    async def _step(self) -> None:
        said = self._end.frame(self._number)
        self._number += 1
        if self._pool is None:
            given = heard_by(self._agent, said)
        else:
            given = await self._loop.run_in_executor(self._pool, heard_by, self._agent, said)
        if given:
            # What is meant for much later holds nothing up.
            self._given = deque(sorted([*self._given, *given], key=lambda arrival: arrival.at))


@asynccontextmanager
async def serving(
    factory: AgentFactory, *, host: str = "127.0.0.1", port: int = 0, say: Callable[[str], None] | None = None
) -> AsyncIterator[str]:
    """Serve agents in this event loop, one of its own for each connection; gives the URL to ring.

    say: told of each call that ends by a fault of the agent's. Raises BadInput where the port can't be had.
    """
    calls: set[asyncio.Task[None]] = set()
    say = say or _to_stderr

    def ended(call: asyncio.Task[None]) -> None:
        calls.discard(call)
        if not call.cancelled() and call.exception() is not None:
            say(f"a call failed: {call.exception()!r}")

    def connection() -> WebSocket:
        line = answering()
        call = asyncio.get_running_loop().create_task(_answer(factory, line, say))
        calls.add(call)
        call.add_done_callback(ended)
        return line

    try:
        server = await asyncio.get_running_loop().create_server(connection, host, port)
    except OSError as problem:
        raise BadInput(f"can't listen there ({problem.strerror})", value=f"{host}:{port}") from problem
    try:
        named = f"[{host}]" if ":" in host else host
        yield f"pcm+ws://{named}:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        for task in list(calls):
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await server.wait_closed()


async def _answer(factory: AgentFactory, line: WebSocket, say: Callable[[str], None]) -> None:
    """Take one call: an agent and a thread of its own, until the line ends."""
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    fault = "the agent's end failed"
    try:
        async with asyncio.timeout(HANDSHAKE):
            refused = await line.opening
        if refused is None:
            agent = await loop.run_in_executor(pool, factory)
            fault = await attend(agent, line, pool)
    except VahnessError as problem:
        fault = str(problem)
    except TimeoutError:
        refused = Unanswered("no handshake")
    finally:
        pool.shutdown(wait=False)
        await line.close(fault, failed=bool(fault))
    if fault and refused is None:
        say(f"a call ended: {fault}")


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def serve(factory: AgentFactory, name: str, *, host: str = "127.0.0.1", port: int = 0) -> None:
    """Serve agents until Ctrl-C; says on standard error where it listens, and who answers there.

    One agent is made first, so that the first caller doesn't wait for what is loaded once. Raises
    what the factory raises, and BadInput where the port can't be had.
    """
    try:
        factory()
        with ahead():
            asyncio.run(_serve(factory, name, host, port))
    except KeyboardInterrupt:
        _to_stderr("stopped")


async def _serve(factory: AgentFactory, name: str, host: str, port: int) -> None:
    async with serving(factory, host=host, port=port) as url:
        _to_stderr(f"{name}: listening on {url}")
        await asyncio.Event().wait()


@asynccontextmanager
async def served(factory: AgentFactory) -> AsyncIterator[str]:
    """Serve agents in a process of their own, where their compute can't make our frames late; gives the URL.

    On loopback. factory: crosses to the other process by pickle. Raises BadInput where the factory does,
    CallVoid where that process doesn't come up.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve_for, args=(factory, theirs), daemon=True)
    loop = asyncio.get_running_loop()
    process.start()
    theirs.close()
    try:
        yield await loop.run_in_executor(None, _listening, ours)
    finally:
        ours.close()
        await loop.run_in_executor(None, process.join, 5.0)
        if process.is_alive():
            process.terminate()
            await loop.run_in_executor(None, process.join)
        process.close()


def _listening(server: Connection) -> str:
    """The URL that a serving process gives once it listens."""
    try:
        kind, said = server.recv()
    except EOFError as problem:
        raise CallVoid("the process that should serve the agent ended before it listened") from problem
    if kind == "bad":
        raise BadInput(said)
    if kind == "void":
        raise CallVoid(said)
    return str(said)


def _serve_for(factory: AgentFactory, asker: Connection) -> None:
    """Serve until the asker hangs up or is gone: the other end of its pipe closes.

    Ctrl-C is the asker's to act on: an agent that hung up by it would be an agent that hung up.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        factory()
    except BadInput as problem:
        asker.send(("bad", str(problem)))
    except VahnessError as problem:
        asker.send(("void", str(problem)))
    else:
        with ahead():
            asyncio.run(_serve_until(factory, asker))
        # An agent may hang in its own code: nobody waits for its thread.
        sys.stderr.flush()
        os._exit(0)


async def _serve_until(factory: AgentFactory, asker: Connection) -> None:
    gone = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with serving(factory) as url:
        loop.add_reader(asker.fileno(), gone.set)
        asker.send(("url", url))
        await gone.wait()
        loop.remove_reader(asker.fileno())
