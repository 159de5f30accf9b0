"""What comes from the agent, taken by what it is: sound into the playout, tellings onto the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from harness.audio import RATE
from harness.call.line import Audio, Broken, Closed, Mark, Telling, Withdrawn
from harness.call.notes import Notes
from harness.call.playout import Playout
from harness.call.telling import event_told
from harness.timeline import AgentSaid, ProtocolBroken

MOST_EVENTS = 20_000
"""What an agent tells beyond this many events is dropped, and said to be."""


class Arriving:
    """Takes what arrives.

    said: is told the text of what the agent says. closed: is told, once, when its end was gone and why.
    """

    def __init__(
        self, playout: Playout, notes: Notes, said: Callable[[str], None], closed: Callable[[int, str], None]
    ) -> None:
        self._playout = playout
        self._note = notes
        self._said = said
        self._closed = closed
        self._cut_off = False

    def take(self, at: int, what: object) -> None:
        """Take what arrived at sample `at`."""
        _TAKE[type(what)](self, at, what)

    def _audio(self, at: int, audio: Audio) -> None:
        if self._cut_off:
            return
        sound = np.asarray(audio.samples)
        if sound.ndim != 1 or sound.dtype.kind != "f" or not np.isfinite(sound).all():
            self._note(ProtocolBroken(at, "sent audio that is no mono sound: silence stands in for it"))
            sound = np.zeros(sound.size, np.float32)
        # However loud it is meant to be, the line carries full scale.
        with np.errstate(over="ignore"):
            self._playout.arrive(at, sound.astype(np.float32, copy=False), audio.reply, audio.last)

    def _withdrawn(self, at: int, withdrawn: Withdrawn) -> None:
        self._playout.withdraw(at, withdrawn.reply)

    def _mark(self, at: int, mark: Mark) -> None:
        self._playout.mark(at, mark.name)

    def _telling(self, at: int, telling: Telling) -> None:
        if len(self._note) < MOST_EVENTS:
            event = event_told(at, telling)
            self._note(event)
            if isinstance(event, AgentSaid) and event.spoken and not event.interrupted:
                self._said(event.text)
        else:
            self._note(ProtocolBroken(at, f"told more than {MOST_EVENTS} things; the rest was dropped"))

    def _broken(self, at: int, broken: Broken) -> None:
        self._note(ProtocolBroken(at, broken.why))

    def _close(self, at: int, closed: Closed) -> None:
        """The agent's end is gone: nothing more is heard, and there is nobody to wait for."""
        if self._cut_off:
            return
        self._cut_off = True
        lost = self._playout.close(at)
        unheard = f"{lost / RATE:.1f} s of its audio unheard" if lost else ""
        self._closed(at, "; ".join(filter(None, (closed.reason, unheard))))


_TAKE: dict[type, Callable[[Arriving, int, Any], None]] = {
    Audio: Arriving._audio,
    Withdrawn: Arriving._withdrawn,
    Mark: Arriving._mark,
    Telling: Arriving._telling,
    Broken: Arriving._broken,
    Closed: Arriving._close,
}
