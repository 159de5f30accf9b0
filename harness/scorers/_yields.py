"""What the agent's speech did when the caller cut in, and what shows that it did so for the caller.

A speech that ends while the caller interrupts may have ended by itself: it is a yield only where
something shows that there was more to come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import INTERRUPTIONS
from harness.score import Span, Unscored
from harness.scorers._exchanges import COLLISION, collides
from harness.scorers._lateness import spoiled
from harness.scorers._once import once_a_call
from harness.scorers._speech import RESUMES_OVER, Speech, caller_turns, events, pieces, running, withdrawals
from harness.text.normalising import words
from harness.text.phrases import letters
from harness.timeline import AgentSaid, Controlled, Interrupted, MissedByPlan, Murmured

GIVEN_UP = samples(3.0)
"""An agent that still speaks this long after the onset did not yield."""

LEFT = 1.0
"""Seconds that a speech must have had left for its stop to be a yield."""

Standing: TypeAlias = Literal["proved", "failed", "ended_on_its_own", "unproved", "apart"]
"""proved: it stopped with more to come. failed: no yield by 3.0 s. ended_on_its_own: shown to have
had less than 1.0 s left. unproved: nothing shows either. apart: there was no speech to yield, or
the timing says nothing."""


@dataclass(frozen=True, slots=True)
class Yield:
    """One true interruption, and the agent's speech that was running.

    delay: seconds from the onset to the end of that speech; None where it ran on past 3.0 s or
    nothing was running. why: what shows its standing.
    """

    event: Interrupted
    standing: Standing
    delay: float | None
    why: str

    @property
    def span(self) -> Span:
        """From the onset to the end of the agent's speech, or to where it was given up."""
        start = self.event.at / RATE
        return Span(start, start + (GIVEN_UP / RATE if self.delay is None else self.delay), self.why)


@once_a_call
def yields(conversation: Conversation) -> tuple[Yield, ...]:
    """One for each true interruption, in order."""
    found = (event for event in events(conversation, Interrupted) if event.kind in INTERRUPTIONS)
    return tuple(_yield(conversation, event) for event in found)


def _yield(conversation: Conversation, event: Interrupted) -> Yield:
    speech = running(conversation, event.at, in_pause=True)
    if speech is None:
        return Yield(event, "apart", None, "the agent wasn't speaking")
    if collides(conversation, event.at):
        return Yield(event, "apart", None, f"a collision: both began within {COLLISION / RATE:g} s")
    late = spoiled(conversation.recording, event.at, min(speech.end, event.at + GIVEN_UP))
    if late is not None:
        return Yield(event, "apart", None, f"harness was late: {late}")
    if speech.end - event.at > GIVEN_UP:
        return Yield(event, "failed", None, "still speaking after 3.0 s")
    delay = (speech.end - event.at) / RATE
    if speech.ending == "call over":
        return Yield(event, "apart", delay, "the call was over before it was decided")
    standing, why = _proof(conversation, event, speech, delay)
    return Yield(event, standing, delay, f"stopped after {delay:.2f} s: {why}")


def control_of(conversation: Conversation, event: Interrupted | Murmured) -> Controlled | None:
    """What a control call showed of an event, None where there was none."""
    return next((c for c in events(conversation, Controlled) if c.at == event.at and c.step == event.step), None)


def _proof(conversation: Conversation, event: Interrupted, speech: Speech, delay: float) -> tuple[Standing, str]:
    """What shows that a speech stopped for the caller: a withdrawal, else its control call, else its text."""
    if speech.ending == "withdrawn":
        return "proved", "unplayed audio was withdrawn"
    control = control_of(conversation, event)
    if control is not None and control.left:
        left = control.left / RATE - delay
        standing: Standing = "proved" if left >= LEFT else "ended_on_its_own"
        return standing, f"left alone it went on for {max(0.0, left):.1f} s more"
    least, most = left_by_text(conversation, speech, event.at)
    onward = next((start for start, _ in pieces(conversation) if start >= speech.end), None)
    if least is not None and least >= LEFT and onward is not None and onward - speech.end < RESUMES_OVER:
        # What its text had left may be what it then said: a pause between two utterances is no yield.
        ended = "its utterance had been played to its end" if speech.ending == "ended" else "it fell silent"
        return "unproved", f"{ended}, and it spoke on at once"
    if least is not None and least >= LEFT and says_the_rest(conversation, speech, event.at):
        return "unproved", "its utterance had been played to its end, and it then said what it had told before"
    if least is not None and least >= LEFT:
        return "proved", f"its text had {least:.1f} s or more left"
    if speech.ending == "ended":
        return "ended_on_its_own", "its utterance had been played to its end"
    if most is not None and most < LEFT:
        return "ended_on_its_own", "its text had been said"
    return "unproved", "nothing shows whether it had more to say"


# --- how much of what it had told was still to be said

SLOWEST, FASTEST = 10.0, 22.0
"""Letters a second that voices speak at: what is left is bounded from both, where the agent's own pace isn't known."""

PACE_VARIES = 0.15

TOLD_LATE = samples(0.5)
"""The words of an utterance may be told this long after it began."""


def left_by_text(conversation: Conversation, speech: Speech, by: int) -> tuple[float | None, float | None]:
    """Seconds of speech that the agent had told but not said when a speech ended: least and most.

    The least counts what it had told by sample `by`, before there was anything to stop for: what it
    tells later may be of its next utterance. None where it had told no words. The pace is the
    agent's own, from its turns that nobody cut into; where there is none, anything that voices speak at.
    """
    since = _asked(conversation, speech)
    before, told = _letters(conversation, since, by), _letters(conversation, since, speech.end)
    said = sum(min(end, speech.end) - start for start, end in pieces(conversation) if since <= start < speech.end)
    slow, fast = pace(conversation)
    least = before / fast - said / RATE if before else None
    return least, told / slow - said / RATE if told else None


def _asked(conversation: Conversation, speech: Speech) -> int:
    """Where the caller had finished what a speech answers."""
    return max((turn.end for turn in caller_turns(conversation) if turn.end <= speech.start), default=0)


def says_the_rest(conversation: Conversation, speech: Speech, by: int) -> bool:
    """Whether the agent, its utterance played to its end, goes on with what it had told by sample `by`.

    Who tells ahead what it says in several utterances, with silence between, stopped for nobody.
    """
    onward = next((start for start, _ in pieces(conversation) if start >= speech.end), None)
    if speech.ending != "ended" or onward is None:
        return False
    if any(speech.end < turn.start <= onward for turn in caller_turns(conversation)):
        return False
    since = _asked(conversation, speech)
    return _letters(conversation, since, onward + TOLD_LATE) <= _letters(conversation, since, by)


def _letters(conversation: Conversation, since: int, until: int) -> int:
    """Letters of what the agent told in a stretch; what it told again, or as the beginning of more, counts once."""
    texts: list[tuple[str, ...]] = []
    for event in events(conversation, AgentSaid):
        if since <= event.at <= until and event.spoken and not event.interrupted:
            said = words(event.text)
            texts = [text for text in texts if said[: len(text)] != text]
            if not any(text[: len(said)] == said for text in texts):
                texts.append(said)
    return sum(letters(text) for text in texts)


@once_a_call
def pace(conversation: Conversation) -> tuple[float, float]:
    """Letters a second, slowest and fastest, of the turns that nothing may have cut short."""
    turns = caller_turns(conversation)
    starts = [0, *(turn.end for turn in turns)]
    ends = [*(turn.start for turn in turns), len(conversation.recording.heard)]
    paces = []
    cut = [event.at for event in events(conversation, Interrupted)]
    broken = [event.at for event in (*events(conversation, Murmured), *withdrawals(conversation))]
    for start, end in zip(starts, ends, strict=True):
        if end in cut or end <= start or any(start <= at < end for at in broken):
            continue
        spoken = sum(min(b, end) - a for a, b in pieces(conversation) if start <= a < end)
        told = _letters(conversation, start, end)
        # Told faster than any voice speaks, a turn wasn't said to its end, whatever broke it off.
        if told and spoken >= samples(1.0) and told * RATE <= FASTEST * (1 + PACE_VARIES) * spoken:
            paces.append(told * RATE / spoken)
    if not paces:
        return SLOWEST, FASTEST
    own = median(paces)
    return own * (1 - PACE_VARIES), own * (1 + PACE_VARIES)


# --- what there is to score


def counted(found: Iterable[Yield]) -> tuple[Yield, ...]:
    """The events that a score rests on: proved yields, and failures to yield."""
    return tuple(one for one in found if one.standing in ("proved", "failed"))


def unmeasured(conversation: Conversation) -> Unscored | None:
    """Why nothing can be said of this call's yields; None where something can."""
    found = yields(conversation)
    if not found:
        missed = [e for e in events(conversation, MissedByPlan) if e.kind in INTERRUPTIONS]
        why = f"{len(missed)} missed by plan: {missed[0].reason}" if missed else "the caller never interrupted"
        return Unscored(why)
    unproved = sum(one.standing == "unproved" for one in found)
    if unproved > len(counted(found)):
        return Unscored(f"more yields unproved than proved: {tallied(conversation)}")
    if not counted(found):
        return Unscored(f"no interruption shows a yield or a failure to yield: {tallied(conversation)}")
    return None


def tallied(conversation: Conversation) -> str:
    """How many interruptions stand how; those that nothing proves with their delays."""
    found = yields(conversation)
    seen = Counter(one.standing for one in found)
    unproved = ", ".join(f"{one.delay:.2f} s" for one in found if one.standing == "unproved" and one.delay is not None)
    apart = "; ".join(dict.fromkeys(one.why for one in found if one.standing == "apart"))
    missed = sum(e.kind in INTERRUPTIONS for e in events(conversation, MissedByPlan))
    notes = [
        f"{seen['proved']} proved" if seen["proved"] else "",
        f"{seen['failed']} did not yield" if seen["failed"] else "",
        f"{seen['ended_on_its_own']} ended on its own" if seen["ended_on_its_own"] else "",
        f"{seen['unproved']} unproved ({unproved})" if unproved else "",
        f"{seen['apart']} apart ({apart})" if apart else "",
        f"{missed} missed by plan" if missed else "",
    ]
    return ", ".join(note for note in notes if note)
