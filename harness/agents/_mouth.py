"""The agent's mouth: replies sentence by sentence, sent as soon as they are made, and what of them has been heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from harness.agents._dialogue import sentences
from harness.agents._jobs import Job, Jobs
from harness.audio import RATE, Samples, samples
from harness.call.line import Audio, Mark, What, Withdrawn
from harness.speech import Voice

BETWEEN = samples(0.14)
"""Silence between two sentences of a reply: short enough to be one turn's."""

LANGUAGE = "en-US"

_GRACE = RATE
"""A mark that is this late won't come: the peer returns none."""


@dataclass(slots=True)
class _Reply:
    name: str
    sentences: Sequence[str]
    began: Callable[[int, str], None]
    jobs: list[Job] = field(default_factory=list)
    sent: int = 0
    played: int = 0


class Mouth:
    """Says one reply at a time.

    speaking: whether audio was sent that hasn't been heard to its end. expecting: whether a reply
    is being made of which nothing was sent yet. starts, ends: when, by its own reckoning, the
    reply is heard from and to.

    send(at, what): puts something on the line.
    """

    def __init__(self, voice: Voice, jobs: Jobs, send: Callable[[int, What], None]) -> None:
        self.speaking = False
        self.expecting = False
        self.starts = self.ends = 0
        self._voice = voice
        self._jobs = jobs
        self._send = send
        self._count = 0
        self._reply: _Reply | None = None

    def say(self, at: int, text: str, began: Callable[[int, str], None]) -> None:
        """Say a text as a reply of its own; `began(at, name)` is called as its first sound is sent."""
        self._count += 1
        reply = self._reply = _Reply(f"r{self._count}", sentences(text), began)
        self.expecting = True
        reply.jobs = [
            self._jobs.submit("tts", at, partial(self._made, sentence), self._sound) for sentence in reply.sentences
        ]

    def played(self, marks: Sequence[tuple[str, bool]]) -> bool:
        """Take marks that came back; whether with them the whole reply has been heard."""
        reply = self._reply
        if reply is None:
            return False
        for name, withdrawn in marks:
            if not withdrawn and name.startswith(f"{reply.name}."):
                reply.played = int(name.partition(".")[2])
        return self._finished(reply.played == len(reply.sentences))

    def overdue(self, now: int) -> bool:
        """Whether the reply must have been heard by now, though its mark never came back."""
        reply = self._reply
        return reply is not None and self._finished(reply.sent == len(reply.sentences) and now > self.ends + _GRACE)

    def stop(self, at: int) -> str:
        """Say no more, and withdraw what hasn't been heard; gives the text from the first unheard sentence on."""
        reply = self._reply
        if reply is None:
            return ""
        for job in reply.jobs:
            self._jobs.cancel(job, at)
        if self.speaking:
            self._send(at, Withdrawn())
        self.ends = at
        self._finished(True)
        return " ".join(reply.sentences[reply.played :])

    def _made(self, text: str) -> Samples:
        return self._voice(text, LANGUAGE).samples

    def _sound(self, at: int, sound: Samples) -> None:
        reply = self._reply
        if reply is None:
            return
        if not reply.sent:
            self.expecting, self.speaking = False, True
            self.starts = max(self.ends, at)
            reply.began(at, reply.name)
        else:
            sound = np.concatenate([np.zeros(BETWEEN, np.float32), sound])
        reply.sent += 1
        self.ends = max(self.ends, at) + len(sound)
        self._send(at, Audio(sound, reply.name, last=reply.sent == len(reply.sentences)))
        self._send(at, Mark(f"{reply.name}.{reply.sent}"))

    def _finished(self, over: bool) -> bool:
        if over:
            self._reply = None
            self.speaking = self.expecting = False
        return over
