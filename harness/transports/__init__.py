"""Transports: our frames as an agent's messages, and its messages as what arrived. No I/O here.

A member is a function of no arguments that gives a `Transport` for one call. The socket, the
clock and the pace are the live shell's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from harness.call.line import Frame, What

Message: TypeAlias = str | bytes
"""One message on the wire: text, or binary."""


class Transport(Protocol):
    """One call's worth of a wire format: two functions and a little state."""

    def outgoing(self, frame: Frame) -> Sequence[Message]:
        """What goes on the wire for the next frame; a frame without samples sends no audio."""
        ...

    def incoming(self, message: Message) -> Sequence[What]:
        """What a message of the agent's means. Never raises: what can't be read is kept or `Broken`."""
        ...
