"""How often the agent rightly goes on when the caller only makes a sound."""

from __future__ import annotations

from collections import Counter

from harness.conversation import Conversation
from harness.scenario import MURMURS, Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._sounds import Sound, sounds
from harness.scorers._speech import events
from harness.timeline import MissedByPlan


@scorer(unit="ratio", better="higher", version=3)
def selectivity(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Events rightly ignored ÷ all eligible sounds of the caller's that want no floor.

    Backchannels, coughs, bursts of noise, words to somebody else and fillers; `detail` counts them
    by kind. An event is eligible if the agent had more than 2 s left, or was silent and owed
    nothing (a filler in the caller's own turn finds it so). That it had is known from what it then
    did (it spoke on for more than 2 s: a right hold counts), from a control call, from the audio
    that it withdrew, or from its own text. While it speaks an error is to fall silent within 1.0 s
    of the sound's onset and stay so for 0.6 s; while it is silent, to begin to speak within 2.0 s,
    unless a control call shows that it would have anyway. An event's window ends at the caller's
    next; over the agent's speech one shorter than 1.0 s decides nothing. What is not eligible, or
    not decided, is left out and counted; where stops of which nobody knows the reason outnumber
    what is decided, it is not measured, since going on always decides and stopping doesn't.
    `values` holds 1 for each event that was ignored, else 0.

    Source: the score catalogue, docs/metrics.md.
    """
    found = sounds(conversation, scenario)
    if not found:
        missed = [event for event in events(conversation, MissedByPlan) if event.kind in MURMURS]
        why = f"{len(missed)} missed by plan: {missed[0].reason}" if missed else ""
        return Unscored(why or "the caller made no sound that the agent should ignore")
    counted = [sound for sound in found if sound.standing in ("ignored", "false_stop", "false_start")]
    note = _tally(found)
    if not counted:
        return Unscored(f"none of {len(found)} sounds decides anything: {note}")
    stops = sum(sound.stopped and sound.standing == "undecided" for sound in found)
    if stops > len(counted):
        return Unscored(f"more stops that nothing explains than sounds that decide something: {note}")
    ignored = [sound for sound in counted if sound.standing == "ignored"]
    return Score(
        len(ignored) / len(counted),
        "ratio",
        len(counted),
        spans=tuple(sound.span for sound in sorted(counted, key=lambda sound: sound in ignored)),
        resolution=conversation.resolution,
        detail=f"{len(ignored)} of {len(counted)} ignored: {note}",
        values=tuple(float(sound.standing == "ignored") for sound in counted),
        few=len(counted) < 10,
    )


def _tally(found: tuple[Sound, ...]) -> str:
    """By kind, and why the others don't count."""
    counted = Counter(s.event.kind for s in found if s.standing not in ("ineligible", "undecided"))
    ignored = Counter(s.event.kind for s in found if s.standing == "ignored")
    notes = [f"{kind} {ignored[kind]} of {counted[kind]}" for kind in MURMURS if counted[kind]]
    for standing, name in (("ineligible", "not eligible"), ("undecided", "undecided")):
        why = [sound.why for sound in found if sound.standing == standing]
        if why:
            notes.append(f"{len(why)} {name} ({'; '.join(dict.fromkeys(why))})")
    return ", ".join(notes)
