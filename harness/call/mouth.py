"""The line that the caller is saying: where it lies on the clean track, and where it is broken off."""

from __future__ import annotations

from dataclasses import dataclass

from harness.audio import FRAME, Samples, on_grid
from harness.audio import samples as to_samples
from harness.speech import Speech
from harness.timeline import LineSaid

GIVES_WAY = to_samples(0.4)
"""A caller that gives way has heard the agent for so long before it stops."""


@dataclass(slots=True)
class Mouth:
    """A line whose sample 0 lies on sample `origin`; `begin` is its first voiced sample.

    held: the floor is kept behind it. aside: it is none of the script's. stop: where it is broken
    off, if the agent that cut in is still speaking there.
    """

    step: int
    kind: str
    speech: Speech
    origin: int
    begin: int
    held: bool = False
    aside: bool = False
    stop: int | None = None

    @property
    def end(self) -> int:
        """One past its last sample."""
        return self.origin + self.speech.end

    def lay(self, track: Samples, now: int) -> None:
        """Lay it on the track, from sample `now` at the earliest."""
        begin = max(self.origin, now)
        sound = self.speech.samples[begin - self.origin : self.speech.end]
        room = len(track) - begin
        track[begin : begin + len(sound)] = on_grid(sound[:room])

    def give_way(self, onset: int) -> None:
        """Break off behind the first word that ends once the agent, which began at `onset`, has been heard."""
        heard = max(onset, self.begin) + GIVES_WAY
        ends = (word.end + self.origin for word in self.speech.words)
        self.stop = next((end for end in ends if heard <= end < self.end), None)

    def until(self, now: int, agent_speaks: bool) -> int:
        """Where it ends, as it stands in the frame at `now`: who gives way to one that fell silent goes on."""
        if self.stop is None or self.stop >= now + FRAME:
            return self.end
        stop, self.stop = max(self.stop, now), None
        return stop if agent_speaks else self.end

    def said(self, at: int, delay: int) -> LineSaid:
        """The line as it was said up to sample `at`, on a line that delays by `delay`: only words that were begun."""
        speech, shift = self.speech, self.origin + delay
        words = tuple((w.text, w.start + shift, w.end + shift) for w in speech.words if w.start + self.origin < at)
        cut = at < self.end
        return LineSaid(
            self.begin + delay,
            at + delay,
            self.step,
            self.kind,
            speech.text,
            speech.language,
            words,
            cut=cut,
            held=self.held,
        )
