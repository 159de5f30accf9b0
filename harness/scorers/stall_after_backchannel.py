"""Whether an agent that rightly went on then lost the rest of what it had to say."""

from __future__ import annotations

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._sounds import Sound, heard_until, sounds
from harness.scorers._speech import call_end, ours, pieces
from harness.scorers._yields import LEFT, control_of, left_by_text
from harness.timeline import Party

STALLED = samples(8.0)
"""A silence this long of an agent that had more to say."""


@scorer(unit="ratio", better="lower", version=2)
def stall_after_backchannel(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Held events after which the agent said nothing for 8 s or more though it owed the rest ÷ held events.

    Held are the sounds over its speech that it rightly ignored (see `selectivity`). It owed the
    rest if 1.0 s or more was left by a control call, by its own text, or by audio that it withdrew.
    Where a silence of 8 s is shown by nothing to be owed, or the caller (or the call's end) came
    before 8 s of an owed one, the event is left out and counted. Unscored where nothing was held.

    Source: the score catalogue, docs/metrics.md.
    """
    held = [s for s in sounds(conversation, scenario) if s.standing == "ignored" and s.speech is not None]
    if not held:
        return Unscored("the agent went on through no sound of the caller's")
    outcomes = [(sound, _stalled(conversation, sound)) for sound in held]
    known = [(sound, stalled) for sound, stalled in outcomes if stalled is not None]
    if not known:
        return Unscored(f"{len(held)} held, none of which shows whether the agent owed more")
    stalls = [sound for sound, stalled in known if stalled]
    left = len(held) - len(known)
    return Score(
        len(stalls) / len(known),
        "ratio",
        len(known),
        spans=tuple(_span(conversation, sound) for sound in stalls),
        resolution=conversation.resolution,
        detail=f"{len(stalls)} of {len(known)} stalled" + (f", {left} undecided" if left else ""),
        few=len(known) < 10,
    )


def _silence(conversation: Conversation, sound: Sound) -> tuple[int, int]:
    """From where the agent is silent behind a sound, and until where somebody is heard or the call was over."""
    end = sound.event.at if sound.speech is None else heard_until(conversation, sound.speech.end)
    following = [start for start, _ in pieces(conversation) if start >= end]
    following += [turn.start for turn in conversation.of(Party.CALLER) if turn.start >= end]
    return end, ours(conversation, end, min([*following, call_end(conversation)]))


def _stalled(conversation: Conversation, sound: Sound) -> bool | None:
    since, until = _silence(conversation, sound)
    owed = _owed(conversation, sound, since)
    if until - since >= STALLED:
        return owed
    goes_on = any(start == until for start, _ in pieces(conversation))
    return None if owed and not goes_on else False


def _owed(conversation: Conversation, sound: Sound, since: int) -> bool | None:
    """Whether the agent still had something to say where it fell silent; None where nothing shows."""
    control = control_of(conversation, sound.event)
    if control is not None and control.left:
        return control.left - (since - sound.event.at) >= samples(LEFT)
    if sound.speech is None or sound.speech.end != since:
        return None
    if sound.speech.ending == "withdrawn":
        return True
    least, most = left_by_text(conversation, sound.speech, sound.event.at)
    if least is not None and least >= LEFT:
        return True
    ended = sound.speech.ending == "ended" or (most is not None and most < LEFT)
    return False if ended else None


def _span(conversation: Conversation, sound: Sound) -> Span:
    since, until = _silence(conversation, sound)
    return Span(since / RATE, until / RATE, f"silent for {(until - since) / RATE:.1f} s after a {sound.event.kind}")
