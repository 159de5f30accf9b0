"""Whether the agent stops for its own voice, coming back over the line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from harness.audio import RATE, Samples, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._speech import Speech, events, pieces, running
from harness.scorers._yields import LEFT, left_by_text
from harness.timeline import LineSaid

COHERENT = 0.7
"""Coherence from which on what we sent is what we had heard."""

ROUND_TRIP = samples(0.5)
"""An echo comes back within this."""

WINDOW = samples(1.0)
"""How much of the sound before a stop is looked at."""

BLOCK = 512
"""Samples over which a coherence is taken, 31 Hz apart: a window holds 61 of them."""


@scorer(unit="count", better="lower", version=1)
def echo_interruption(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """How often the agent stops for its own echo.

    A stop with more to come (audio was withdrawn, or the agent's text had 1.0 s or more left) while
    the caller says nothing, and what went out on the line in the second before is what the agent
    had said at most 0.5 s earlier: coherence 0.7 or more, weighted by the power of each frequency.
    n is how many such stops there were, for whatever reason. Unscored where the line returned no
    echo.

    Source: the score catalogue, docs/metrics.md.
    """
    if not any(_sent(conversation, end).any() for _, end in pieces(conversation) if _alone(conversation, end)):
        return Unscored("the line returned no echo")
    echoes = [(speech, _returned(conversation, speech.end)) for speech in _stops(conversation)]
    found = [(speech, coherence) for speech, coherence in echoes if coherence >= COHERENT]
    if not found and not _any_echo(conversation):
        return Unscored("the line returned no echo")
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
    """The agent's speeches that it broke off while the caller said nothing."""
    seen = -1
    for _, end in pieces(conversation):
        if end <= seen or not _alone(conversation, end):
            continue
        speech = running(conversation, end - 1, in_pause=True)
        if speech is None or speech.end != end:
            continue
        seen = end
        least, _ = left_by_text(conversation, speech, speech.end)
        if speech.ending == "withdrawn" or (speech.ending == "silent" and least is not None and least >= LEFT):
            yield speech


def _alone(conversation: Conversation, at: int) -> bool:
    """Whether the caller makes no sound in the window before a sample."""
    return not any(line.at < at and line.end > at - WINDOW for line in events(conversation, LineSaid))


def _sent(conversation: Conversation, end: int) -> Samples:
    """What went out on the line in the window before a sample."""
    return conversation.recording.sent[max(0, end - WINDOW) : end]


def _any_echo(conversation: Conversation) -> bool:
    """Whether the line returns what the agent says where it speaks alone."""
    alone = [end for start, end in pieces(conversation) if end - start >= WINDOW and _alone(conversation, end)]
    return any(_returned(conversation, end) >= COHERENT for end in alone[:3])


def _returned(conversation: Conversation, end: int) -> float:
    """How much of what was sent in the window before a sample is what had been heard, from 0 to 1."""
    start = max(0, end - WINDOW)
    sent = _sent(conversation, end)
    if len(sent) < 2 * BLOCK or not sent.any():
        return 0.0
    before = max(0, start - ROUND_TRIP)
    heard = conversation.recording.heard[before:end]
    size = 1 << (len(heard) + len(sent) - 1).bit_length()
    alike = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sent, size)), size)
    shift = int(np.argmax(np.abs(alike[: start - before + 1])))
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
