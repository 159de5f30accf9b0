"""The caller's ears with words, for a phrase that the agent doesn't tell: in simulated time, and live."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from harness.audio import Samples, samples
from harness.call.overhearing import Ears
from harness.speech import Recogniser

TAKES = samples(0.3)
"""What a recognition is charged in simulated time."""


class ChargedEars:
    """Hears at once, and answers when the charge is over: the same call every time."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._ready = 0
        self._text = ""

    def ask(self, now: int, sound: Samples) -> None:
        """Hear a sound."""
        self._text, self._ready = self._recogniser(sound), now + TAKES

    def answer(self, now: int) -> str | None:
        """The words, once they have been paid for."""
        return self._text if now >= self._ready else None


class LiveEars:
    """Hears beside the call, in a thread of its own: no frame waits for it."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._pool = ThreadPoolExecutor(1)
        self._heard: Future[str] | None = None

    def ask(self, _now: int, sound: Samples) -> None:
        """Begin to hear a sound."""
        self._heard = self._pool.submit(self._recogniser, sound)

    def answer(self, _now: int) -> str | None:
        """The words, once they are there."""
        return self._heard.result() if self._heard is not None and self._heard.done() else None

    def close(self) -> None:
        """Hear no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def ears(recogniser: Recogniser, *, live: bool) -> Iterator[Ears]:
    """The caller's ears with words for one call."""
    if not live:
        yield ChargedEars(recogniser)
        return
    beside = LiveEars(recogniser)
    try:
        yield beside
    finally:
        beside.close()
