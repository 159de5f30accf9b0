"""How long the agent leaves a caller who has gone quiet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Span, Unscored, scorer
from harness.scorers._lateness import spoiled
from harness.scorers._ranking import SHARES, Reading, ranked
from harness.scorers._speech import RESUMES_OVER, call_end, caller_turns, events, onsets, pieces, running
from harness.timeline import StayedSilent

PARTS = ("p50", "max")

GOOD = samples(8.0)
"""Up to this an agent that speaks again is in time: who was given less to do it in has not failed to."""


@scorer(unit="s", better="lower", version=2, parts=PARTS)
def silence_reprompt(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """Seconds for which a caller who stays silent on purpose hears nothing, until the agent speaks again.

    From the end of what was heard last, the agent's own turn or the caller's line; up to 8 s is
    good. Speech that goes on before 1.0 s of silence isn't said again, but has a pause. An agent that
    doesn't speak again in 8 s or more is censored at the end of the silence, which ranks above every
    other; one that was left less is left out, counted. Unscored where the caller never stayed silent; a
    hold that it asked for is no such silence.

    Source: the score catalogue, docs/metrics.md.
    """
    silences = [event for event in events(conversation, StayedSilent) if event.kind == "silence"]
    if not silences:
        return dict.fromkeys(PARTS, Unscored("the caller never stayed silent on purpose"))
    readings = list(_readings(conversation, silences))
    if not readings:
        return dict.fromkeys(PARTS, Unscored("no silence shows it: it spoke nearly through, or the harness was late"))
    left = len(silences) - len(readings)
    note = f"{left} left out" if left else None
    return {part: ranked(readings, SHARES[part], conversation.resolution, note) for part in PARTS}


def _readings(conversation: Conversation, silences: list[StayedSilent]) -> Iterator[Reading]:
    for silence in silences:
        since, until = _quiet(conversation, silence)
        if until <= since or spoiled(conversation.recording, since, until) is not None:
            continue
        again = next((onset for onset in onsets(conversation) if since < onset <= until), None)
        end = until if again is None else again
        waited = (end - since) / RATE
        if again is None and end - since < GOOD:
            continue
        if again is not None:
            yield Reading(waited, Span(since / RATE, end / RATE, f"spoke again after {waited:.2f} s"))
        else:
            yield Reading(None, Span(since / RATE, end / RATE, "never spoke again"), waited, "never spoke again")


def _quiet(conversation: Conversation, silence: StayedSilent) -> tuple[int, int]:
    """From where nobody is heard, and until where the caller's silence lasted."""
    speech = running(conversation, silence.at, in_pause=True)
    before = [end for _, end in pieces(conversation) if end <= silence.at]
    said = [turn.end for turn in caller_turns(conversation) if turn.start <= silence.at]
    since = max([0, *before, *said, *([speech.end] if speech else [])])
    for start, end in pieces(conversation):
        if since <= start < since + RESUMES_OVER:
            since = end
    speaks = min((turn.start for turn in caller_turns(conversation) if turn.start > silence.at), default=silence.end)
    return since, min(silence.end, speaks, call_end(conversation))
