"""What the agent says where it doesn't tell its text, by ears with words: a phrase that is waited for, a whole turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from harness.audio import RATE, Samples
from harness.call.progress import through
from harness.text.normalising import words

EVERY = RATE // 2
"""How much more the agent must have said before it's listened to again."""


class Ears(Protocol):
    """A recogniser that is asked now and answers later: hearing takes time, and the call goes on meanwhile."""

    def ask(self, now: int, sound: Samples) -> None:
        """Begin to hear a sound at sample `now`; asked again only when it has answered."""
        ...

    def answer(self, now: int) -> str | None:
        """The words of what was asked, once they are there by sample `now`; None until then."""
        ...


class Overhearing:
    """Listens to the agent's turn so far, again and again, until a phrase is in it. ears: None hears nothing."""

    def __init__(self, ears: Ears | None) -> None:
        self._ears = ears
        self._asked = 0
        self._waiting = False
        self._found: int | None = None
        self._whole = False

    @property
    def hears(self) -> bool:
        """Whether there are ears to listen with."""
        return self._ears is not None

    def forget(self) -> None:
        """Another phrase is waited for."""
        self._found = None

    def instant(self, phrase: str, heard: Samples, onset: int, now: int) -> int | None:
        """The sample at which the phrase is known to have been said, never before it was; None until then.

        heard: the agent's track. onset: where its turn began.
        """
        if self._ears is None or self._found is not None:
            return self._found
        if self._waiting:
            text = self._ears.answer(now)
            if text is None:
                return None
            self._waiting = False
            if self._asked > onset and through(words(text), words(phrase)) is not None:
                self._found = now
                return now
        if now - max(self._asked, onset) >= EVERY:
            self._asked, self._waiting = now, True
            self._ears.ask(now, heard[onset:now].copy())
        return None

    def ask_whole(self, now: int, turn: Callable[[], Samples]) -> None:
        """Begin to hear a turn that has ended; turn: gives its sound."""
        if self._ears is not None:
            self._whole, self._waiting = True, False
            self._ears.ask(now, turn())

    def whole(self, now: int) -> str | None:
        """The words of the turn that was asked for, once they are there; "" where none was."""
        if self._ears is None or not self._whole:
            return ""
        text = self._ears.answer(now)
        self._whole = text is None
        return text
