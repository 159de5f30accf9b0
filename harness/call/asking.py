"""Asking the caller what comes next: one that improvises is told what it could know, and may answer late."""

from __future__ import annotations

from collections.abc import Callable

from harness.audio import Samples
from harness.call.acts import Caller, Decision, Improviser, Undecided
from harness.call.overhearing import Overhearing
from harness.timeline import AgentSaid, Event


class Asking:
    """Asks a caller for its acts, and knows since when it owes one.

    undecided: whether it was asked and had no answer.
    """

    def __init__(self, caller: Caller, ears: Overhearing) -> None:
        self.undecided = False
        self._caller = caller
        self._improviser = caller if isinstance(caller, Improviser) else None
        self._ears = ears
        self._told_at = self._stopped_at = -1
        self._due: int | None = None
        self._told = False

    def noted(self, event: Event) -> None:
        """Something happened."""
        if self._improviser is not None:
            if isinstance(event, AgentSaid) and event.spoken:
                self._told_at = event.at
            self._improviser.witness(event)

    def turn_ended(self, now: int, stop: int, turn: Callable[[], Samples]) -> None:
        """The agent's turn ended at sample `stop`: where it told no words of it, they are listened for.

        turn: gives its sound.
        """
        if self._improviser is not None and self._told_at <= self._stopped_at:
            self._ears.ask_whole(now, turn)
        self._stopped_at = stop

    def next_act(self, now: int, due: Callable[[], int | None]) -> Decision:
        """The caller's answer in the frame at `now`.

        due: the sample at which it would speak, None while it can't; only asked where it is undecided.
        """
        answer = self._caller.next_act()
        if isinstance(answer, Undecided) and self._wanted(due(), heard=self._heard(now)):
            answer = self._caller.next_act()
        self.undecided = isinstance(answer, Undecided)
        return answer

    def answered(self) -> int | None:
        """The caller has its line, or is spoken to: since when it owed one, None where it didn't."""
        due, self._due, self._told = self._due, None, False
        return due

    def _wanted(self, due: int | None, *, heard: bool) -> bool:
        """Tell an undecided caller, once, that it's its turn: as soon as the words of the agent's are there."""
        if self._improviser is None or due is None:
            return False
        if self._due is None:
            self._due = due
        if self._told or not heard:
            return False
        self._told = True
        self._improviser.wants_line(self._due)
        return True

    def _heard(self, now: int) -> bool:
        """Whether no words of the agent's are still being listened for."""
        text = self._ears.whole(now)
        if text and self._improviser is not None:
            self._improviser.overhears(text)
        return text is not None
