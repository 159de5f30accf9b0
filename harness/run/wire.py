"""A line as the shells see it: messages go out at once, and what came is kept with the instant it came at.

Nothing is handed over per message: the receiving side appends, the pacing side takes all there is.
"""

from __future__ import annotations

import asyncio
from typing import Protocol, TypeAlias

from harness.call.line import Broken, Closed
from harness.transports import Message

Heard: TypeAlias = Message | Broken | Closed
"""What comes down a line: a message, a breach of the carrier's own protocol, or its end."""


class Line(Protocol):
    """A connection that stands, whatever carries it. Times are those of the event loop, in seconds.

    opened: when it was connected.
    """

    opened: float

    def send(self, message: Message) -> None:
        """Put a message on the wire at once; on a line that has ended, nothing."""
        ...

    def received(self) -> list[tuple[float, Heard]]:
        """All that came since the last time this was asked, each with its instant, in order."""
        ...

    async def wait(self, until: float) -> None:
        """Return when something is there to be received, or at the instant `until`."""
        ...

    async def close(self, reason: str = "", *, failed: bool = False) -> None:
        """End the line; `failed` tells the other end that it is a fault that ended it."""
        ...


class Inbox:
    """What came, until somebody asks."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._came: list[tuple[float, Heard]] = []
        self._waiter: asyncio.Future[None] | None = None

    def put(self, heard: Heard) -> None:
        """Keep what came just now."""
        self._came.append((self._loop.time(), heard))
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def take(self) -> list[tuple[float, Heard]]:
        """All that came, in order."""
        came, self._came = self._came, []
        return came

    async def wait(self, until: float) -> None:
        """Return when something is there, or at the instant `until`."""
        if not self._came:
            self._waiter = self._loop.create_future()
            await settled(self._waiter, until)
            self._waiter = None


async def settled(future: asyncio.Future[None], until: float) -> None:
    """Return when the future is done, or make it so at the instant `until`."""
    timer = asyncio.get_running_loop().call_at(until, _settle, future)
    try:
        await future
    finally:
        timer.cancel()


async def instant(when: float) -> None:
    """Return at an instant of the event loop's clock."""
    await settled(asyncio.get_running_loop().create_future(), when)


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class MemoryLine:
    """One end of a line that takes no time and no socket: what one end sends, the other has."""

    def __init__(self) -> None:
        self.opened = asyncio.get_running_loop().time()
        self.other: MemoryLine = self
        self._inbox = Inbox()
        self._ended = False

    def send(self, message: Message) -> None:
        """Put a message on the wire at once."""
        if not self._ended:
            self.other._inbox.put(message)

    def received(self) -> list[tuple[float, Heard]]:
        """All that came since the last time this was asked."""
        return self._inbox.take()

    async def wait(self, until: float) -> None:
        """Return when something is there to be received, or at the instant `until`."""
        await self._inbox.wait(until)

    async def close(self, reason: str = "", *, failed: bool = False) -> None:
        """End the line."""
        if not self._ended:
            self._ended = self.other._ended = True
            self.other._inbox.put(Closed(f"1011 {reason}" if failed else reason))


def memory_line() -> tuple[MemoryLine, MemoryLine]:
    """Both ends of a line in memory."""
    ours, theirs = MemoryLine(), MemoryLine()
    ours.other, theirs.other = theirs, ours
    return ours, theirs
