"""Agents that talk by rules known to the sample, for tests of the shells: they log when they spoke."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harness.audio import FRAME, RATE, Samples
from harness.call.line import Arrived, Audio, Closed, Frame, Mark, Telling, What, Withdrawn
from tests.call.lines import tone

LOUD = 1e-4


class Clerk:
    """Greets, and answers each line of the caller's `delay` seconds after its last loud sample.

    pace: `burst` sends an answer whole, `paced` as it sounds, in pieces of no particular size. lead: seconds of
    silence before an answer. yields: whether it withdraws its answer when spoken to. hangs_up_after: answers.
    answered: (last loud sample of the caller, first sample of the answer that sounds), as it knows them.
    """

    def __init__(
        self,
        *,
        delay: float = 0.7,
        pace: str = "burst",
        lead: float = 0.0,
        yields: bool = True,
        hangs_up_after: int = 99,
        greeting: float = 0.6,
        answer: float = 1.0,
    ) -> None:
        self.answered: list[tuple[int, int]] = []
        self.heard: list[Frame] = []
        self._delay = round(delay * RATE)
        self._pace = pace
        self._lead = np.zeros(round(lead * RATE), np.float32)
        self._yields = yields
        self._patience = hangs_up_after
        self._answer = tone(answer)
        self._out: list[tuple[int, What]] = [(0, Telling("state", {"handoff": ["in-band"]}))]
        self._speak(FRAME, tone(greeting), "hello")
        self._last_loud: int | None = None
        self._until = 0

    def step(self, said: Frame) -> Sequence[Arrived]:
        self.heard.append(said)
        now = (said.number + 1) * FRAME
        loud = np.flatnonzero(np.abs(said.samples) > LOUD)
        if len(loud):
            self._last_loud = said.number * FRAME + int(loud[-1]) + 1
            if self._yields and self._until > now:
                self._out = [(now, Withdrawn()), *((at, what) for at, what in self._out if not _sounds(what))]
                self._until = now
        elif self._last_loud is not None and now >= self._last_loud + min(self._delay, 3200) - FRAME:
            self._reply(max(now, self._last_loud + self._delay))
        if said.keys:
            self._out.append((now, Telling("user.transcript", {"text": f"pressed {said.keys}"})))
        due = [Arrived(max(at, now), what) for at, what in self._out if at < now + FRAME]
        self._out = [(at, what) for at, what in self._out if at >= now + FRAME]
        return sorted(due, key=lambda arrival: arrival.at)

    def _reply(self, onset: int) -> None:
        assert self._last_loud is not None
        self.answered.append((self._last_loud, onset + len(self._lead)))
        self._out.append((onset, Telling("user.transcript", {"text": "heard", "final": True})))
        self._speak(onset, np.concatenate([self._lead, self._answer]), f"answer {len(self.answered)}")
        self._last_loud = None
        self._patience -= 1
        if not self._patience:
            self._out.append((self._until + 1600, Closed("said enough")))

    def _speak(self, at: int, sound: Samples, text: str) -> None:
        sizes = [len(sound)] if self._pace == "burst" else [300, 320, 347, 1, 633] * (len(sound) // 1600 + 1)
        sent = 0
        for size in sizes:
            piece = sound[sent : sent + size]
            if len(piece):
                self._out.append((at + (sent if self._pace == "paced" else 0), Audio(piece)))
            sent += size
        end = at + (len(sound) if self._pace == "paced" else 0)
        self._out.append((at, Telling("agent.text", {"text": text})))
        self._out += [(end, Audio(np.zeros(0, np.float32), last=True)), (end, Mark(text))]
        self._until = at + len(sound)


def _sounds(what: What) -> bool:
    return isinstance(what, Audio | Mark)
