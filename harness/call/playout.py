"""What the agent sends, as it is heard: a buffer that drains at real time.

Agents send faster than real time, so audio is laid on the heard track behind what is queued, as
soon as it arrives; a withdrawal takes back what lies beyond the present. Nothing is done per frame.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from harness.audio import RATE, Samples, on_grid, silent_track
from harness.call.taken_back import AUDIBLE, TakenBack, missed
from harness.timeline import AudioWithdrawn, Event, MarkPlayed, ProtocolBroken, ReplyEnded, Starved

BACKLOG = 120 * RATE
"""No reply runs this far ahead of the ear; what an agent sends beyond it is a flood, and dropped."""


_NOTHING: Samples = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class _Queued:
    """A stretch of the track that belongs to one reply."""

    start: int
    end: int
    reply: str | None


@dataclass(frozen=True, slots=True)
class _Pending:
    """What is due when the audio before it has played: a mark, or the end of a reply."""

    at: int
    name: str | None
    mark: bool


class Playout:
    """The agent's side of the line, as the caller hears it.

    heard: the track, float32, zeros where nothing sounds; samples before the present are final.
    note: takes each Event as it is known.
    """

    def __init__(self, longest: int, note: Callable[[Event], None]) -> None:
        self.heard: Samples = silent_track(longest)
        self._note = note
        self._end = 0
        self._queued: list[_Queued] = []
        self._pending: list[_Pending] = []
        self._withdrawn: set[str] = set()
        self._ended: set[str] = set()
        self._open = False
        self._open_reply: str | None = None
        self._gaps: list[Starved] = []
        self._ends_told = False
        self._taken_back = TakenBack()
        self.played_marks: list[tuple[str, bool]] = []

    def arrive(self, at: int, samples: Samples, reply: str | None, last: bool) -> None:
        """Queue audio that reached us at sample `at`; `last` ends its reply."""
        if reply is not None:
            if reply in self._withdrawn:
                return
            (self._ended.add if last else self._ended.discard)(reply)
        if len(samples):
            start = max(at, self._end)
            room = min(len(self.heard), at + BACKLOG) - start
            if len(samples) > room:
                if start + len(samples) > at + BACKLOG:
                    why = f"flood: audio more than {BACKLOG // RATE} s ahead of the ear was dropped"
                    self._note(ProtocolBroken(at, why))
                samples = samples[: max(0, room)]
            if self._open and self._open_reply == reply and start > self._end:
                self._gaps.append(Starved(self._end, start - self._end, reply))
            self._taken_back.arrived(start, samples)
            self.heard[start : start + len(samples)] = on_grid(samples)
            self._end = start + len(samples)
            self._queued.append(_Queued(start, self._end, reply))
            self._open, self._open_reply = True, reply
        if last:
            self._ends_told = True
            self._open = False
            self._pending.append(_Pending(max(at, self._end), reply, mark=False))

    def mark(self, at: int, name: str) -> None:
        """A mark that comes back when everything queued before it has played."""
        self._pending.append(_Pending(max(at, self._end), name, mark=True))

    def withdraw(self, at: int, reply: str | None) -> None:
        """Take back what isn't heard by sample `at`: of one reply, or of all.

        What comes late of a withdrawn reply is dropped; marks behind it return as withdrawn.
        """
        unheard = [piece for piece in self._queued if piece.end > at]
        gone = [piece for piece in unheard if reply is None or piece.reply == reply]
        kept = [piece for piece in unheard if reply is not None and piece.reply != reply]
        dropped = sum(self._sounding(max(piece.start, at), piece.end) for piece in gone)
        parts = [self.heard[max(piece.start, at) : piece.end] for piece in gone]
        sound = np.concatenate(parts) if dropped else _NOTHING
        heard = self.heard[max(0, at - 10 * RATE) : at]
        if dropped and not missed(sound, heard):
            dropped = 0
        names = {piece.reply for piece in gone} | {reply}
        if self._open and (reply is None or reply == self._open_reply):
            names.add(self._open_reply)
            self._open = False
        names.discard(None)
        # Of a reply whose end has arrived nothing can come late: who uses its name again means another one.
        self._withdrawn.update(name for name in names if name is not None and name not in self._ended)
        first = min((max(piece.start, at) for piece in gone), default=None)
        if first is not None:
            self._close_up(first, at, kept, names)
        event = AudioWithdrawn(at, dropped, reply)
        self._taken_back.withdrawn(event, heard, sound)
        self._note(event)

    def _sounding(self, start: int, end: int) -> int:
        """How much of a stretch is more than the silence that ends it."""
        loud = np.flatnonzero(np.abs(self.heard[start:end]) > AUDIBLE)
        return int(loud[-1]) + 1 if len(loud) else 0

    def _close_up(self, first: int, at: int, kept: list[_Queued], gone: Collection[str | None]) -> None:
        """Lay what is left behind `first` end to end from there, and settle what waited; gone: what isn't."""
        waiting = [(piece, self.heard[max(piece.start, at) : piece.end].copy()) for piece in kept if piece.end > first]
        self._queued = [piece for piece in kept if piece.end <= first]
        self.heard[first : self._end] = 0.0
        moved = self._end
        self._end = first
        for piece, samples in waiting:
            self.heard[self._end : self._end + len(samples)] = samples
            self._queued.append(_Queued(self._end, self._end + len(samples), piece.reply))
            self._end += len(samples)
        due = [p for p in self._pending if p.at > first]
        self._pending = [p for p in self._pending if p.at <= first]
        for p in due:
            if p.mark:
                self.played_marks.append((str(p.name), True))
                self._note(MarkPlayed(at, str(p.name), withdrawn=True))
            elif p.name is not None and p.name not in gone and p.name not in self._withdrawn:
                self._pending.append(_Pending(p.at - (moved - self._end), p.name, mark=False))

    def settle(self, now: int) -> None:
        """Give back the marks, and note the ends, of what has played by sample `now`."""
        while self._queued and self._queued[0].end <= now:
            self._queued.pop(0)
        if not self._pending or self._pending[0].at > now:
            return
        due = [p for p in self._pending if p.at <= now]
        self._pending = [p for p in self._pending if p.at > now]
        for p in due:
            if p.mark:
                self.played_marks.append((str(p.name), False))
                self._note(MarkPlayed(p.at, str(p.name)))
            else:
                self._note(ReplyEnded(p.at, p.name))

    @property
    def busy_until(self) -> int:
        """The sample behind the last one that is queued: from there on nothing sounds."""
        return self._end

    @property
    def ends_at(self) -> int | None:
        """Where the reply that is queued ends; None while more of it is to come, as far as the agent told."""
        return None if self._open else self._end

    def take_marks(self) -> tuple[tuple[str, bool], ...]:
        """The marks to send back now: (name, withdrawn)."""
        if not self.played_marks:
            return ()
        marks = tuple(self.played_marks)
        self.played_marks.clear()
        return marks

    def close(self, at: int) -> int:
        """The line is cut at sample `at`: what is unheard is lost. Gives how many samples that was."""
        lost = max(0, self._end - at)
        self.heard[at : max(at, self._end)] = 0.0
        self._end = min(self._end, at)
        self._queued.clear()
        self._pending.clear()
        return lost

    def marked(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """The call's events, with the withdrawals marked that took nothing back."""
        return self._taken_back.marked(events)

    def starvation(self) -> list[Starved]:
        """Where a reply ran dry before its end. Only an agent that tells ends can be told from one that pauses."""
        return self._gaps if self._ends_told else []
