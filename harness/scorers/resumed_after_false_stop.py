"""Whether an agent that stopped for a mere sound finds back into what it was saying."""

from __future__ import annotations

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._sounds import Sound, sounds

SOON = samples(2.0)
"""Who goes on within this has not lost the thread."""


@scorer(unit="ratio", better="higher", version=2)
def resumed_after_false_stop(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """False stops after which the agent spoke again within 2.0 s ÷ all false stops.

    A false stop is an error of `selectivity`'s over the agent's speech. Where the caller's next
    event, or the call's end, came before 2.0 s of silence the stop is left out and counted. Unscored
    where there was no false stop: it is no merit not to have had to. `values` holds the seconds of
    silence, None for an agent that did not go on in time.

    Source: the score catalogue, docs/metrics.md.
    """
    stops = [sound for sound in sounds(conversation, scenario) if sound.standing == "false_stop"]
    if not stops:
        return Unscored("the agent never stopped wrongly")
    waits = [(sound, silence) for sound in stops if (silence := _silence(sound)) is not None]
    if not waits:
        return Unscored(f"{len(stops)} false stops, none of which was waited out")
    back = [silence for _, silence in waits if silence <= SOON]
    left = len(stops) - len(waits)
    return Score(
        len(back) / len(waits),
        "ratio",
        len(waits),
        spans=tuple(_span(sound, silence) for sound, silence in waits),
        resolution=conversation.resolution,
        detail=f"{len(back)} of {len(waits)} went on" + (f", {left} not waited out" if left else ""),
        values=tuple(silence / RATE if silence <= SOON else None for _, silence in waits),
        few=len(waits) < 10,
    )


def _silence(sound: Sound) -> int | None:
    """Samples of silence behind a false stop, at most just beyond what is soon; None where it wasn't waited out."""
    if sound.speech is None:
        return None
    stop = sound.speech.end
    if sound.resumed is not None and sound.resumed <= min(sound.until, stop + SOON):
        return sound.resumed - stop
    return SOON + 1 if sound.until - stop > SOON else None


def _span(sound: Sound, silence: int) -> Span:
    stop = sound.event.at if sound.speech is None else sound.speech.end
    note = f"went on after {silence / RATE:.2f} s" if silence <= SOON else "did not go on within 2 s"
    return Span(stop / RATE, (stop + silence) / RATE, note)
