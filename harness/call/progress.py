"""How far the agent is in what it says, from what it told and sent so far: causal, and an estimate."""

from __future__ import annotations

from harness.audio import RATE
from harness.text.normalising import words
from harness.text.phrases import letters

PACE = 15.0
"""Letters a second, until the agent's own pace is known."""

FASTEST = 22.0
"""Letters a second that no voice exceeds: a text too long for the audio that is queued has more of it to come."""

ENOUGH = RATE
"""So much speech of the agent's shows its own pace."""


class Progress:
    """Where in its turn the agent is.

    Its text is what it told since the caller last spoke. Where all its audio is queued the text lies
    on that audio, by the share of letters; else on its own pace, from its turns so far.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._sounded = 0
        self._read: tuple[int, tuple[str, ...]] = (0, ())
        self._paced_letters = 0
        self._paced_samples = 0
        self._pending: list[tuple[str, int]] = []

    def tell(self, text: str) -> None:
        """Take what the agent said it says."""
        self._texts.append(text)

    def sounded(self, samples: int) -> None:
        """Take that a stretch of its speech of so many samples has ended."""
        self._sounded += samples

    def interposed(self, cut: bool) -> None:
        """Take that the caller begins a line; cut: over the agent, whose text may not all have been said."""
        if not cut and self._texts and self._sounded:
            self._pending.append((" ".join(self._texts), self._sounded))
        self._texts, self._sounded, self._read = [], 0, (0, ())

    def instant(self, share: float | None, phrase: str | None, onset: int, until: int | None) -> int | None:
        """The sample at which the agent is through with a share of its turn, or with a phrase; None if unknown.

        onset: of the speech that runs. until: where its audio ends, if all of it is queued.
        """
        said = self._said()
        if not said:
            turn = None if share is None or until is None else self._sounded + until - onset
            return None if turn is None else onset + round((share or 0.0) * turn) - self._sounded
        whole = letters(said)
        said_by = whole * share if share is not None else through(said, words(phrase or ""))
        if said_by is None or not whole:
            return None
        queued = 0 if until is None else self._sounded + until - onset
        long = queued if queued * FASTEST >= whole * RATE else whole / self._pace() * RATE
        return onset + round(said_by / whole * long) - self._sounded

    @property
    def told(self) -> bool:
        """Whether the agent has told what it says, since the caller last spoke."""
        return bool(self._texts)

    def ended_before(self, phrase: str | None, planned: int | None, stop: int, listened: bool) -> str:
        """Why the agent's turn, which ended at `stop`, never came to a planned instant.

        listened: whether it was listened to for the phrase.
        """
        if planned is not None:
            return f"the agent's turn ended {max(0, planned - stop) / RATE:.1f} s before the instant"
        if phrase is not None and self._texts:
            return f"the agent never said {phrase!r}"
        if phrase is not None and listened:
            return f"the agent was not heard to say {phrase!r}, and tells no text"
        if phrase is not None:
            return f"the agent tells no text, so nobody knows when it says {phrase!r}"
        return "the agent told neither its text nor, in time, where its audio ends: a share of its turn isn't known"

    def _said(self) -> tuple[str, ...]:
        if self._read[0] != len(self._texts):
            self._read = (len(self._texts), words(" ".join(self._texts)))
        return self._read[1]

    def _pace(self) -> float:
        """Letters a second."""
        for text, samples in self._pending:
            self._paced_letters += letters(words(text))
            self._paced_samples += samples
        self._pending.clear()
        if self._paced_samples < ENOUGH or not self._paced_letters:
            return PACE
        return self._paced_letters * RATE / self._paced_samples


def through(said: tuple[str, ...], phrase: tuple[str, ...]) -> int | None:
    """Letters up to the end of a phrase's first place in a text; None where it isn't in it."""
    for i in range(len(said) - len(phrase) + 1):
        if phrase and said[i : i + len(phrase)] == phrase:
            return letters(said[: i + len(phrase)])
    return None
