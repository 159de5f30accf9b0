"""Whether the agent stops for its own voice, coming back over the line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from harness.audio import RATE, Samples, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._speech import EDGE, RESUMES, RESUMES_OVER, Speech, events, pieces, running
from harness.scorers._yields import GIVEN_UP, LEFT, left_by_text
from harness.timeline import AudioWithdrawn, LineSaid

COHERENT = 0.7
"""Coherence from which on what we sent is what we had heard."""

ROUND_TRIP = samples(0.5)
"""An echo comes back within this."""

WINDOW = samples(1.0)
"""How much of the sound before a stop is looked at."""

SHORTEST = samples(0.3)
"""Of less sound than this, noise is now and then as much like it as an echo."""

BLOCK = 512
"""Samples over which a coherence is taken, 31 Hz apart: a window holds 61 of them."""


@scorer(unit="count", better="lower", version=2)
def echo_interruption(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """How often the agent stops for its own echo.

    A stop with more to come that isn't for the caller, where what went out on the line in the second
    before, behind the caller's last line, is what the agent had said at most 0.5 s earlier:
    coherence 0.7 or more, weighted by the power of each frequency. There was more to come where
    audio was withdrawn, where the agent's text had 1.0 s or more left, and where the agent cleared
    what it had sent in the middle of its sound, or with any of its text left. A stop may be for a
    caller who sounds in the second before it, or who began over the same speech in the 3.0 s before:
    so long a yield is one. Less than a second of silence between two words is a pause. n is how many
    stops there were that aren't for the caller, for whatever reason. Unscored where the line
    returned no echo, or none that can be told from its noise.

    Source: the score catalogue, docs/metrics.md.
    """
    echoes = [(speech, _returned(conversation, speech.end)) for speech in _stops(conversation)]
    found = [(speech, coherence) for speech, coherence in echoes if coherence >= COHERENT]
    if not found and not _any_echo(conversation):
        masked = any(effect.name == "echo" for effect in scenario.world)
        return Unscored("the line's echo is lost in what else was sent" if masked else "the line returned no echo")
    return Score(
        len(found),
        "count",
        len(echoes),
        spans=tuple(
            Span(max(0, speech.end - WINDOW) / RATE, speech.end / RATE, f"stopped; coherence {coherence:.2f}")
            for speech, coherence in found
        ),
        resolution=conversation.resolution,
    )


def _stops(conversation: Conversation) -> Iterator[Speech]:
    """The agent's speeches that it broke off, and not for the caller."""
    seen = -1
    for _, end in pieces(conversation):
        if end <= seen:
            continue
        speech = running(conversation, end - 1, in_pause=True)
        if speech is None or speech.end != end:
            continue
        seen = end
        if _broken_off(conversation, speech) and not _for_the_caller(conversation, speech):
            yield speech


def _broken_off(conversation: Conversation, speech: Speech) -> bool:
    """Whether a speech had more to come when it ended."""
    if speech.ending not in ("withdrawn", "silent"):
        return False
    cleared = _cleared(conversation, speech)
    following = next((start for start, _ in pieces(conversation) if start >= speech.end), None)
    if following is not None and cleared is not None and following < cleared:
        return False  # What was broken off is what comes in between.
    if speech.ending == "withdrawn":
        return True
    if following is not None and following - speech.end < RESUMES_OVER:
        return False
    # Who sends in real time has nothing left to withdraw where it stops between two frames, or in a pause.
    if cleared is not None and cleared <= speech.end + EDGE:
        return True
    least, _ = left_by_text(conversation, speech, speech.end)
    return least is not None and (least >= LEFT or (cleared is not None and least > 0))


def _cleared(conversation: Conversation, speech: Speech) -> int | None:
    """Where the agent took back what was left of a speech, be it nothing; None where it didn't."""
    found = (event.at for event in events(conversation, AudioWithdrawn))
    return next((at for at in found if speech.end - EDGE <= at <= speech.end + RESUMES), None)


def _for_the_caller(conversation: Conversation, speech: Speech) -> bool:
    """Whether a sound of the caller's over a speech may be why it was broken off."""
    end = max(speech.end, _cleared(conversation, speech) or 0)
    over = [line for line in events(conversation, LineSaid) if line.at < end and line.end > speech.start]
    return any(line.end > end - WINDOW or (line.at >= speech.start and end - line.at <= GIVEN_UP) for line in over)


def _any_echo(conversation: Conversation) -> bool:
    """Whether the line returns what the agent says where it speaks alone."""
    alone = [end for start, end in pieces(conversation) if end - max(start, _said_until(conversation, end)) >= WINDOW]
    return any(_returned(conversation, end) >= COHERENT for end in alone[:3])


def _said_until(conversation: Conversation, end: int) -> int:
    """Where the caller's last line ends that begins before a sample."""
    return max((line.end for line in events(conversation, LineSaid) if line.at < end), default=0)


def _returned(conversation: Conversation, end: int) -> float:
    """How much of what was sent before a sample, behind the caller's last line, had been heard: from 0 to 1."""
    start = max(0, end - WINDOW, _said_until(conversation, end))
    sent = conversation.recording.sent[start:end]
    if len(sent) < SHORTEST or not sent.any():
        return 0.0
    # Before the call nothing was heard; an echo early in it comes back as late as any.
    heard = np.pad(conversation.recording.heard[max(0, start - ROUND_TRIP) : end], (max(0, ROUND_TRIP - start), 0))
    size = 1 << (len(heard) + len(sent) - 1).bit_length()
    alike = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sent, size)), size)
    shift = int(np.argmax(np.abs(alike[: ROUND_TRIP + 1])))
    return coherence(heard[shift : shift + len(sent)], sent)


def coherence(one: Samples, other: Samples) -> float:
    """Magnitude-squared coherence of two sounds of equal length, weighted by the power of `other`: 0 to 1.

    Source: Welch's method (Carter, Knapp and Nuttall 1973), Hann windows that overlap by half.
    """
    window = np.hanning(BLOCK).astype(np.float32)
    steps = range(0, len(one) - BLOCK + 1, BLOCK // 2)
    a, b = (np.fft.rfft(np.stack([sound[i : i + BLOCK] for i in steps]) * window) for sound in (one, other))
    cross = np.abs((a * b.conj()).sum(axis=0)) ** 2
    power_a, power_b = ((np.abs(spectra) ** 2).sum(axis=0) for spectra in (a, b))
    both = power_a * power_b
    if not both.any():
        return 0.0
    share = np.divide(cross, both, out=np.zeros_like(cross), where=both > 0)
    return float((share * power_b).sum() / power_b.sum())
