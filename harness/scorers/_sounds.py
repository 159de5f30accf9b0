"""What the agent did at each sound of the caller's that wants no floor, and whether it had to decide anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Span
from harness.scorers._exchanges import COLLISION, exchanges, holds
from harness.scorers._holds import only_holds
from harness.scorers._lateness import spoiled
from harness.scorers._speech import (
    RESUMES,
    RESUMES_OVER,
    Speech,
    Stretch,
    call_end,
    caller_turns,
    events,
    onsets,
    pieces,
    running,
    withdrawals,
)
from harness.scorers._yields import control_of, left_by_text, says_the_rest
from harness.timeline import CallerLate, Event, Interrupted, KeysPressed, LineSaid, Murmured

STOPS = samples(1.0)
"""Falling silent within this of the sound's onset is for the sound."""

STARTS = samples(2.0)
"""So is beginning to speak within this."""

MORE = samples(2.0)
"""The agent must have had more than this left for its going on to mean anything."""

Standing: TypeAlias = Literal["ignored", "false_stop", "false_start", "ineligible", "undecided"]
"""ignored: rightly. ineligible: nothing was at stake (2 s or less left, or it owed the turn).
undecided: nothing shows whether there was, or the window was too short."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound of the caller's, and what became of it.

    until: where its window ends, the caller's next event. speech: the agent's that was running,
    None where it was silent. resumed: where the agent was heard again after it, if it was.
    """

    event: Murmured
    standing: Standing
    why: str
    until: int
    speech: Speech | None = None
    resumed: int | None = None

    @property
    def stopped(self) -> bool:
        """Whether the agent's speech ended within 1.0 s of it, for whatever reason."""
        return self.speech is not None and self.speech.end - self.event.at <= STOPS

    @property
    def span(self) -> Span:
        """From the sound's onset to where it was decided."""
        end = self.event.at + (STARTS if self.speech is None else STOPS)
        if self.standing == "false_stop" and self.speech is not None:
            end = max(self.event.at, self.speech.end)
        return Span(self.event.at / RATE, end / RATE, f"{self.event.kind}: {self.why}")


def sounds(conversation: Conversation, scenario: Scenario) -> tuple[Sound, ...]:
    """One for each sound that wants no floor, in order."""
    return tuple(_sound(conversation, scenario, event) for event in events(conversation, Murmured))


def _sound(conversation: Conversation, scenario: Scenario, event: Murmured) -> Sound:
    until = _until(conversation, event)
    late = spoiled(conversation.recording, event.at, min(until, event.at + STARTS))
    if late is not None:
        return Sound(event, "undecided", f"harness was late: {late}", until)
    speech = running(conversation, event.at, in_pause=True) or _paused(conversation, event)
    return _in_silence(conversation, scenario, event, until) if speech is None else _over(conversation, event, speech)


def _paused(conversation: Conversation, event: Murmured) -> Speech | None:
    """The speech in a pause of which a sound fell, as a control call shows, where the agent then didn't go on."""
    control = control_of(conversation, event)
    end = max((end for _, end in pieces(conversation) if end <= event.at), default=0)
    if control is None or not control.left or event.at - end > RESUMES or not end:
        return None
    return running(conversation, end - 1, in_pause=True)


def _until(conversation: Conversation, event: Murmured) -> int:
    """Where the next thing that the caller does begins, or was to begin, or the call was over."""
    later: list[Event] = [
        *events(conversation, Interrupted),
        *events(conversation, Murmured),
        *events(conversation, KeysPressed),
        *events(conversation, CallerLate),
        *(line for line in events(conversation, LineSaid) if line.step != event.step or line.kind != event.kind),
    ]
    return min((other.at for other in later if other.at > event.at), default=call_end(conversation))


# --- over the agent's speech


def _over(conversation: Conversation, event: Murmured, speech: Speech) -> Sound:
    until = _until(conversation, event)
    after = speech.end - event.at
    resumed = next((start for start, _ in pieces(conversation) if start >= speech.end), None)

    def found(standing: Standing, why: str) -> Sound:
        return Sound(event, standing, why, until, speech, resumed)

    control = control_of(conversation, event)
    if control is not None and 0 < control.left <= MORE:
        return found("ineligible", f"left alone it went on for {control.left / RATE:.1f} s")
    if until - event.at < STOPS:
        over = until == call_end(conversation)
        return found("undecided", "the call was over before it was decided" if over else "the caller went on at once")
    if after > STOPS:
        return found(*_held(conversation, event, speech))
    if resumed is not None and resumed - speech.end < RESUMES:
        went_on = heard_until(conversation, speech.end) - event.at > MORE
        why = f"went on after {(resumed - speech.end) / RATE:.2f} s"
        return found("ignored", why) if went_on else found("undecided", f"{why}, but not for long")
    if speech.ending == "call over" or (resumed is None and until - speech.end < RESUMES):
        return found("undecided", "the call was over before it was decided")
    more, why = _had_more(conversation, event, speech, resumed)
    if more is None:
        return found("undecided", f"stopped after {max(0, after) / RATE:.2f} s: {why}")
    if more:
        return found("false_stop", f"stopped after {max(0, after) / RATE:.2f} s: {why}")
    return found("ineligible", why)


def _held(conversation: Conversation, event: Murmured, speech: Speech) -> tuple[Standing, str]:
    """What becomes of speech that did not stop: it counts if there was something to stop."""
    after = speech.end - event.at
    control = control_of(conversation, event)
    if heard_until(conversation, speech.end) - event.at > MORE or (control is not None and control.left > MORE):
        return "ignored", f"spoke on for {after / RATE:.1f} s"
    least, most = left_by_text(conversation, speech, event.at)
    if speech.ending == "withdrawn" or (least is not None and after + least * RATE > MORE):
        return "ignored", f"spoke on for {after / RATE:.1f} s, with more to say"
    if speech.ending == "ended" or (most is not None and after + most * RATE <= MORE):
        return "ineligible", f"it had {after / RATE:.1f} s left"
    return "undecided", "nothing shows whether it had more than 2 s left"


def heard_until(conversation: Conversation, end: int) -> int:
    """Until where the agent is heard on from the end of a speech, whatever it says, without 0.6 s of silence."""
    for start, stop in pieces(conversation):
        if (
            start >= end
            and start - end < RESUMES
            and not any(end < t.start <= start for t in caller_turns(conversation))
        ):
            end = stop
    return end


def _had_more(
    conversation: Conversation, event: Murmured, speech: Speech, resumed: int | None
) -> tuple[bool | None, str]:
    """Whether a speech that stopped had had more than 2 s left at the sound's onset, and what shows it."""
    control = control_of(conversation, event)
    after = speech.end - event.at
    if control is not None and control.left:
        return True, f"left alone it went on for {control.left / RATE:.1f} s"
    dropped = _dropped(conversation, speech)
    if after + dropped > MORE:
        return True, f"{dropped / RATE:.1f} s of audio were withdrawn"
    least, most = left_by_text(conversation, speech, event.at)
    at_once = speech.ending == "ended" and resumed is not None and resumed - speech.end < RESUMES_OVER
    at_once = at_once or says_the_rest(conversation, speech, event.at)
    if least is not None and after + least * RATE > MORE and not at_once:
        return True, f"its text had {least:.1f} s or more left"
    if dropped and after + _said_from(conversation, speech.end) > MORE:
        return True, "it was withdrawn, and said later"
    if not dropped and speech.ending == "ended" and not at_once:
        return False, f"it had {after / RATE:.1f} s left: its utterance had been played to its end"
    if not dropped and most is not None and after + most * RATE <= MORE:
        return False, f"it had {after / RATE:.1f} s left: its text had been said"
    return None, "nothing shows whether it had more than 2 s left"


def _dropped(conversation: Conversation, speech: Speech) -> int:
    """Samples that were withdrawn where a speech ended."""
    if speech.ending != "withdrawn":
        return 0
    return sum(e.samples for e in withdrawals(conversation) if speech.end - RESUMES <= e.at <= speech.end + RESUMES)


def _said_from(conversation: Conversation, since: int) -> int:
    """Samples that the agent goes on to say before the caller's next turn."""
    until = min((turn.start for turn in caller_turns(conversation) if turn.start >= since), default=1 << 62)
    return sum(min(end, until) - start for start, end in pieces(conversation) if since <= start < until)


# --- while the agent is silent


def _in_silence(conversation: Conversation, scenario: Scenario, event: Murmured, until: int) -> Sound:
    if _owes(conversation, scenario, event.at):
        return Sound(event, "ineligible", "the agent owed the turn", until)
    start = next((onset for onset in onsets(conversation) if onset > event.at - COLLISION), None)
    if start is not None and start - event.at <= COLLISION:
        return Sound(event, "undecided", "a collision: both began within 0.3 s", until)
    control = control_of(conversation, event)
    if control is not None and control.next is not None and control.next <= STARTS:
        return Sound(event, "ineligible", "left alone it had begun to speak as well", until)
    if control is None and any(event.at - RESUMES < end <= event.at for _, end in pieces(conversation)):
        return Sound(event, "undecided", "it fell in a pause between two utterances", until)
    if start is not None and start <= min(until, event.at + STARTS):
        return Sound(event, "false_start", f"began to speak {(start - event.at) / RATE:.2f} s after it", until)
    if until == call_end(conversation) and until - event.at < STARTS:
        return Sound(event, "undecided", "the call was over before it was decided", until)
    return Sound(event, "ignored", "stayed silent", until)


def _owes(conversation: Conversation, scenario: Scenario, at: int) -> bool:
    """Whether the agent owes the turn at a sample: it was given it, and has said nothing that matters yet."""
    if any(start <= at < end for start, end in holds(conversation)):
        return False
    moves: list[Stretch] = [(exchange.turn.start, exchange.turn.end) for exchange in exchanges(conversation)]
    moves += [(press.at, press.at) for press in events(conversation, KeysPressed)]
    last = max((move for move in moves if move[0] <= at), default=None)
    if last is None:
        return scenario.first == "agent" and not _said_something(conversation, 0, 0, at)
    if at < last[1]:
        return False
    held = next((one.held for one in exchanges(conversation) if one.turn.end == last[1]), last[1])
    return not _said_something(conversation, last[1], held, at)


def _said_something(conversation: Conversation, since: int, held: int, until: int) -> bool:
    """Whether the agent said what matters between two samples, in speech that began at `held` or later."""
    heard: Iterable[Stretch] = [p for p in pieces(conversation) if p[1] > since and held <= p[0] < until]
    return any(not only_holds(conversation, since, piece, until) for piece in heard)
