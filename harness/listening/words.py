"""What the agent said in each of its turns: as it told it, or as a recogniser has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.audio import RATE
from harness.conversation import Turn
from harness.recording import Recording
from harness.speech import Recogniser
from harness.timeline import AgentSaid

MARGIN = RATE // 10
"""How much of the sound around a turn its recogniser is given: words have quiet edges."""


def told(turns: Sequence[Turn], recording: Recording) -> list[Turn]:
    """The agent's turns with the text that it told for each.

    A text belongs to the turn it was told in, else to the one that begins or ended nearest to it:
    some agents tell a text before its sound, some when it is through.
    """
    texts: list[list[str]] = [[] for _ in turns]
    for event in recording.events:
        if turns and isinstance(event, AgentSaid) and event.spoken and event.text.strip():
            texts[_nearest(turns, event.at)].append(event.text.strip())
    return [
        replace(turn, text=" ".join(said), source="told") if said else turn
        for turn, said in zip(turns, texts, strict=True)
    ]


def _nearest(turns: Sequence[Turn], at: int) -> int:
    return min(range(len(turns)), key=lambda number: max(turns[number].start - at, at - turns[number].end, 0))


def recognised(turns: Sequence[Turn], recording: Recording, recogniser: Recogniser) -> list[Turn]:
    """The turns that nobody told the text of, with the words a recogniser hears in them."""
    return [turn if turn.source == "told" else _heard(turn, recording, recogniser) for turn in turns]


def _heard(turn: Turn, recording: Recording, recogniser: Recogniser) -> Turn:
    sound = recording.heard[max(0, turn.start - MARGIN) : turn.end + MARGIN]
    return replace(turn, text=recogniser(sound), source="recognised")
