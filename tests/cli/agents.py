"""An agent for the command line to ring: it talks in a real voice, by rules known to the sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.audio import Samples
from harness.call.line import Arrived, Frame
from harness.speech import Voice
from tests.run.talkers import Clerk


class Talker(Clerk):
    """A clerk with a human voice in place of tones; it hangs up after two answers."""

    def __init__(self, voice: Voice, delay: float) -> None:
        self._voice = voice
        super().__init__(delay=delay, hangs_up_after=2)

    def _speak(self, at: int, sound: Samples, text: str) -> None:
        said = self._voice("Certainly, I can help you with that today.", "en-US").samples
        super()._speak(at, said, "Certainly, I can help you with that today.")


def talker(*, voice: Voice, delay: str = "0.7") -> Talker:
    """Answers `delay` seconds after the caller's last loud sample."""
    return Talker(voice, float(delay))


class Telling:
    """An agent that says nothing, and tells through a named pipe that a call is under way."""

    def __init__(self, pipe: Path) -> None:
        self._pipe: Path | None = pipe

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear a frame."""
        if self._pipe is not None:
            self._pipe.write_text("stepped")
            self._pipe = None
        return ()


def telling(*, pipe: str) -> Telling:
    """Writes `stepped` to the pipe when its first frame comes."""
    return Telling(Path(pipe))


def nothing() -> None:
    """A factory that forgot to give what it made."""
