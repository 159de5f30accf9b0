"""An event loop whose clock jumps from one deadline to the next: a live call in no time, the same each time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

from harness.errors import CallVoid

Result = TypeVar("Result")


class _Leap(selectors.DefaultSelector):
    """A selector that doesn't wait: it moves the clock on by as long as it was asked to."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise CallVoid("every task of the virtual loop waits, and none for an instant")
        self.now += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An asyncio loop in virtual time, for what needs no socket: `time()` is the last deadline that was due."""

    def __init__(self) -> None:
        self._leap = _Leap()
        super().__init__(self._leap)

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self._leap.now

    def hold_up(self, seconds: float) -> None:
        """Let time pass while nothing runs, as when the machine was busy with something else."""
        self._leap.now += seconds


def run_virtually(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
