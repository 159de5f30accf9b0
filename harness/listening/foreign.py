"""From a recording that somebody else made to a conversation: the caller's turns, too, are found in its sound.

Nobody knows what its caller meant, so an onset of the caller's over the agent's speech is what its
label says; without one, its kind is estimated by a rule that never looks at what the agent then did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.audio import Samples, samples
from harness.conversation import Conversation, Turn
from harness.detection import Detected, spurts
from harness.detection.bleed import RULE, Rule
from harness.detection.offset import without_offset
from harness.listening.turns import agent_turns, dividers_of, known_turns, listener
from harness.listening.words import MARGIN, recognised, told
from harness.recording import Recording, in_order
from harness.scenario import INTERRUPTIONS, MURMURS
from harness.speech import Recogniser
from harness.text.phrases import is_backchannel
from harness.timeline import Event, Interrupted, Murmured, Party

SHORT = samples(1.0)
"""A spurt of at most this over the agent's speech is taken for a backchannel, if such words as are known agree."""

TAKES_UP = samples(0.6)
"""The caller's speech that resumes within this is the same turn, whoever speaks."""

WAITED = samples(1.5)
"""A caller that was silent for so long has ended its turn, even if nobody answered."""

NEAR = samples(0.5)
"""A label belongs to the onset within this of it: words are labelled where they are heard to begin, by ear."""

UNTOLD = "topic_switch"
"""The kind of an interruption that nobody labelled: the one that says least about what should follow."""

Spurt = tuple[int, int]
Mark = Interrupted | Murmured


@dataclass(frozen=True, slots=True)
class ListenedIn:
    """What was understood, and how.

    caller, agent: what was found on each channel. labelled, estimated: how many onsets of the
    caller's over the agent's speech have their kind from a label, from the rule. unheard: labels
    with no onset near them, which stand where they were put. moved: the farthest that a label was
    from the onset it belongs to, in samples.
    """

    conversation: Conversation
    caller: Detected
    agent: Detected
    labelled: int
    estimated: int
    unheard: int
    moved: int


def listen_in(
    recording: Recording, *, recogniser: Recogniser | None = None, veto: bool = True, rule: Rule = RULE
) -> ListenedIn:
    """The turns of both parties of a recording whose `sent` is the caller's channel and `heard` the agent's.

    What its events know of the caller's lines stays as it is known; the caller's other speech makes
    turns of source `detected` (or `recognised`, with words). Interruptions and murmurs in its
    events are labels: each moves to the onset that it belongs to. The conversation's recording has
    these events, and those of the kinds that were estimated.
    """
    sent, heard = without_offset(recording.sent), without_offset(recording.heard)
    agent = spurts(heard, veto=veto, other=sent, rule=rule)
    caller = spurts(sent, veto=veto, other=heard, rule=rule)
    known = known_turns(recording)
    unknown = [s for s in caller.spurts if not any(a < s[1] and s[0] < b for t in known for a, b in t.spurts)]
    labels = [event for event in recording.events if isinstance(event, Interrupted | Murmured)]
    onsets = [*unknown, *(turn.spurts[0] for turn in known)]
    labelled, lost, moved = _belonging(labels, onsets)
    words = None if recogniser is None else _words(sent, recogniser)
    found = [_turn(group, labelled, agent.spurts, words) for group in _grouped(unknown, labelled, agent.spurts)]
    marks = [*labelled.values(), *lost]
    estimated = [_mark(turn, number) for number, turn in enumerate(found) if turn.kind != "say"]
    estimated = [mark for mark in estimated if all(mark.at != one.at for one in marks)]
    others: list[Event] = [event for event in recording.events if not isinstance(event, Interrupted | Murmured)]
    whole = replace(recording, events=in_order([*others, *marks, *estimated]))
    theirs = told(agent_turns(agent.spurts, dividers_of(whole, [*known, *found])), whole)
    if recogniser is not None:
        theirs = recognised(theirs, replace(whole, heard=heard), recogniser)
    turns = tuple(sorted([*known, *found, *theirs], key=lambda turn: (turn.start, turn.party)))
    by = listener(veto, type(recogniser).__name__ if recogniser else None)
    by = f"{by}; bleed taken out; {len(found)} of {len(found) + len(known)} caller turns detected"
    resolution = max(agent.resolution, caller.resolution) if found else agent.resolution
    return ListenedIn(
        Conversation(whole, turns, agent.spurts, resolution, by),
        *(caller, agent),
        *(len(labelled), len(estimated), len(lost), moved),
    )


def _belonging(labels: Sequence[Mark], onsets: Sequence[Spurt]) -> tuple[dict[int, Mark], list[Mark], int]:
    """Each label at the onset it belongs to, by that onset; those that belong to none; the farthest that one moved."""
    found: dict[int, Mark] = {}
    lost: list[Mark] = []
    moved = 0
    for label in labels:
        free = [start for start, _ in onsets if start not in found and abs(start - label.at) <= NEAR]
        if not free:
            lost.append(label)
            continue
        at = min(free, key=lambda start: abs(start - label.at))
        moved = max(moved, abs(at - label.at))
        found[at] = replace(label, at=at)
    return found, lost, moved


def _grouped(found: Sequence[Spurt], labelled: dict[int, Mark], agent: Sequence[Spurt]) -> list[list[Spurt]]:
    """The caller's spurts as turns: what a label names begins one, what it says is a murmur is one by itself."""
    groups: list[list[Spurt]] = []
    for spurt in found:
        last = groups[-1] if groups else None
        alone = last is not None and last[0][0] in labelled and labelled[last[0][0]].kind in MURMURS
        if last is None or alone or spurt[0] in labelled or not _same_turn(last[-1][1], spurt[0], agent):
            groups.append([spurt])
        else:
            last.append(spurt)
    return groups


def _same_turn(stop: int, start: int, agent: Sequence[Spurt]) -> bool:
    """Whether the caller who fell silent and speaks again is in the same turn."""
    heard = any(a < start and stop < b for a, b in agent)
    return start - stop < (TAKES_UP if heard else WAITED)


def _words(sent: Samples, recogniser: Recogniser) -> Callable[[Spurt], str]:
    return lambda spurt: recogniser(sent[max(0, spurt[0] - MARGIN) : spurt[1] + MARGIN])


def _turn(
    group: Sequence[Spurt],
    labelled: dict[int, Mark],
    agent: Sequence[Spurt],
    words: Callable[[Spurt], str] | None,
) -> Turn:
    start, end = group[0][0], group[-1][1]
    text = (words((start, end)) or None) if words else None
    if start in labelled:
        kind = labelled[start].kind
    elif any(a < start < b for a, b in agent):
        brief = len(group) == 1 and end - start <= SHORT
        kind = "backchannel" if brief and (not text or is_backchannel(text)) else UNTOLD
    else:
        kind = "say"
    source = "detected" if text is None else "recognised"
    return Turn(Party.CALLER, start, end, tuple(group), text, source, kind)


def _mark(turn: Turn, number: int) -> Mark:
    """The event of an onset over the agent's speech: nobody planned it, so it was when it was."""
    assert turn.kind in INTERRUPTIONS or turn.kind in MURMURS
    event = Murmured if turn.kind in MURMURS else Interrupted
    return event(turn.start, number, turn.kind, turn.start, turn.start)
