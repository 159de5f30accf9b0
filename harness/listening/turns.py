"""From a recording to a conversation: whose turn was when, and what was said in it.

The caller's turns are taken from what was scheduled, exact to the sample. Only the agent's are
found in its sound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from harness.conversation import Conversation, Turn
from harness.detection import spurts
from harness.detection.offset import without_offset
from harness.detection.say_so import says_so
from harness.listening.cut_off import with_cut_off
from harness.listening.words import recognised, told
from harness.recording import Recording
from harness.scenario import MURMURS
from harness.speech import Recogniser
from harness.timeline import KeysPressed, LineSaid, Party

EDITION = 5
"""Which way of listening found a conversation's turns: a new number where it would find others."""


def listen(recording: Recording, *, recogniser: Recogniser | None = None, veto: bool = True) -> Conversation:
    """The turns of both parties, and their words.

    recogniser: asked for the words of agent turns whose text the agent didn't tell; without one
    they have none. veto: whether Silero is asked if what sounds is speech.
    """
    audible = replace(recording, heard=without_offset(recording.heard))
    detected = spurts(audible.heard, veto=veto)
    heard = with_cut_off(audible, detected)
    caller = known_turns(recording)
    agent = agent_turns(heard, dividers_of(recording, caller))
    agent = told(agent, recording)
    if recogniser is not None:
        agent = recognised(agent, audible, recogniser)
    turns = sorted([*caller, *agent], key=lambda turn: (turn.start, turn.party))
    words = any(turn.source == "recognised" for turn in agent)
    by = listener(veto, type(recogniser).__name__ if words else None)
    return Conversation(recording, tuple(turns), heard, detected.resolution, by)


@cache
def listener(veto: bool, recogniser: str | None) -> str:
    """Who found this: the edges, whose say-so it was that it is speech, and whose the words are."""
    edges = f"energy edges {EDITION}"
    speech = f"speech by {says_so()}" if veto else "all that sounds"
    return "; ".join(filter(None, (edges, speech, recogniser and f"words by {recogniser}")))


def known_turns(recording: Recording) -> list[Turn]:
    """A turn for each line that was said, as it is known; lines behind which the caller kept the floor make one."""
    found: list[Turn] = []
    held: Turn | None = None
    for line in (event for event in recording.events if isinstance(event, LineSaid) and event.end > event.at):
        spurt = ((line.at, line.end),)
        turn = Turn(Party.CALLER, line.at, line.end, spurt, line.text, "known", line.kind, line.step)
        if line.kind in MURMURS:
            found.append(turn)
            continue
        if held is not None:
            turn = replace(held, end=line.end, spurts=held.spurts + spurt, text=f"{held.text} {line.text}")
        held = turn if line.held else None
        if held is None:
            found.append(turn)
    return [*found, *filter(None, (held,))]


def dividers_of(recording: Recording, caller: Iterable[Turn]) -> list[int]:
    """The samples at which the caller takes a turn: a backchannel doesn't, pressing a key does."""
    spoken = [turn.start for turn in caller if turn.kind not in MURMURS]
    pressed = [event.at for event in recording.events if isinstance(event, KeysPressed)]
    return sorted([*spoken, *pressed])


def agent_turns(found: Sequence[tuple[int, int]], dividers: Sequence[int]) -> list[Turn]:
    """All spurts between two turns of the caller's are one turn.

    A spurt belongs where it begins: speech that runs into the caller's turn stays with the turn
    before, speech that begins over the caller is of the turn that follows.
    """
    blank = Turn(Party.AGENT, 0, 0, ())
    grouped = groupby(found, key=lambda spurt: bisect_right(dividers, spurt[0]))
    turns = (tuple(group) for _, group in grouped)
    return [replace(blank, start=spurts[0][0], end=spurts[-1][1], spurts=spurts) for spurts in turns]
