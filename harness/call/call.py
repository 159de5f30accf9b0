"""A call as a function: each step hears 20 ms and says 20 ms.

The frame count is the only clock. What frame n says is decided by what was heard through frame
n-1, so the caller is causal; what arrives within frame n is heard in it, at its own sample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np

from harness.audio import FRAME, RATE, Samples, on_grid, silent_track
from harness.audio import samples as to_samples
from harness.call.acts import (
    Act,
    AddOn,
    Caller,
    CutIn,
    GoOn,
    InSilence,
    Leave,
    LetTalk,
    Planned,
    PressKeys,
    Rate,
    SayIt,
    StaySilent,
    Undecided,
)
from harness.call.arriving import Arriving
from harness.call.asking import Asking
from harness.call.floor import Floor, Signal, State
from harness.call.hearing import Hearing
from harness.call.line import Arrived, Frame
from harness.call.mouth import Mouth
from harness.call.notes import Notes
from harness.call.overhearing import Ears, Overhearing
from harness.call.playout import Playout
from harness.call.progress import Progress
from harness.call.rates import Rates
from harness.call.world import Coupled, Effect
from harness.recording import Recording
from harness.scenario import MURMURS, Manners
from harness.speech import Speech
from harness.statistics import generator
from harness.timeline import (
    CallerFailed,
    CallerLate,
    Event,
    HungUp,
    Interrupted,
    KeysPressed,
    LanguageSwitched,
    MissedByPlan,
    Murmured,
    Party,
    SpeechStarted,
    SpeechStopped,
    StayedSilent,
)

LINGER = RATE
"""How long the line is kept after the caller hangs up, so that the agent can still tell what it did."""

LONGEST = 300.0
"""Seconds after which a call is over, whatever happens."""

TOO_LATE = to_samples(0.1)
"""An instant that is known later than this behind itself is another one."""

PAUSE = 12
"""Frames of quiet (240 ms) that end a spurt: nobody is cut short in a silence."""


class Call:
    """One call, from the caller's side.

    caller: gives the acts, in order. manners: breath, patience, and how it yields. effects: the
    world, in the order sound meets it. seed: of this call. first: who speaks first. limit: seconds
    after which the caller hangs up whatever happens. rates: what it does beside its script, up to
    step `rates_until` where one is left out. ears: with which a phrase is waited for where the agent
    doesn't tell its text. done: whether there is nothing more to step.
    """

    def __init__(
        self,
        caller: Caller,
        *,
        manners: Manners,
        seed: int,
        effects: Sequence[Effect] = (),
        first: Literal["agent", "caller"] = "agent",
        limit: float = LONGEST,
        rates: Sequence[Rate] = (),
        rates_until: int | None = None,
        ears: Ears | None = None,
    ) -> None:
        self.done = False
        longest = to_samples(limit) + LINGER + FRAME
        self._manners = manners
        self._patience = to_samples(manners.patience)
        self._effects = tuple(effects)
        self._coupled = tuple(effect for effect in effects if isinstance(effect, Coupled))
        self._delay = sum(effect.delay for effect in effects)
        self._limit = to_samples(limit)
        self._pauses = generator(seed, "pauses")
        self._overhearing = Overhearing(ears)
        self._asking = Asking(caller, self._overhearing)
        self._note = Notes(self._asking.noted)
        self._clean: Samples = silent_track(longest)
        self._sent = self._clean if not effects else silent_track(longest)
        self._playout = Playout(longest, self._note)
        self._hearing = Hearing()
        self._progress = Progress()
        self._arriving = Arriving(self._playout, self._note, self._progress.tell, self._closed)
        self._rates = Rates(rates, seed, rates_until)
        self._floor = Floor(State.AWAIT if first == "agent" else State.YOURS)
        self._number = 0
        self._mouth: Mouth | None = None
        self._spoke_at = -1
        self._language: str | None = None
        self._act: Act | LetTalk | None = None
        self._leaving = ""
        self._breath = self._draw_breath()
        self._anchor: int | None = None
        self._knowable = 0
        self._reckoned: int | None = None
        self._done_at = 0
        self._murmured = False
        self._again = False
        self._silent_until: int | None = None
        self._keys = ""
        self._last: int | None = None

    def step(self, arrived: Sequence[Arrived]) -> Frame:
        """Say the next 20 ms, and hear what arrived while they passed."""
        number = self._number
        now, then = number * FRAME, (number + 1) * FRAME
        if self._last is None:
            self._decide(now)
        said = self._say(now, then)
        for arrival in arrived:
            self._arriving.take(max(arrival.at, now), arrival.what)
        self._hear(number, now, then)
        self._playout.settle(then)
        keys, self._keys = self._keys, ""
        self._number = number + 1
        if self._last is not None and then >= self._last:
            self.done = True
        # Who hears a frame may write into it; the track is ours.
        return Frame(number, said.copy(), keys, self._playout.take_marks(), self._floor.state is State.OVER)

    def note(self, event: Event) -> None:
        """Put something on the timeline that the shell saw (a late frame, a late caller)."""
        self._note(event)

    def recording(self, provenance: Mapping[str, Any], lateness: Samples | None = None) -> Recording:
        """The call as captured so far, its tracks of equal length on the 16-bit grid."""
        length = self._number * FRAME
        return Recording(
            self._clean[:length],
            self._sent[:length],
            self._playout.heard[:length],
            self._playout.marked(self._note.with_(self._playout.starvation())),
            np.zeros(0, np.float32) if lateness is None else lateness,
            provenance,
        )

    # --- what comes in

    def _closed(self, at: int, why: str) -> None:
        """The agent's end is gone."""
        if self._last is None:
            self._end(at, HungUp(at, Party.AGENT, why))
        self._last = at

    def _hear(self, number: int, now: int, then: int) -> None:
        playout, hearing = self._playout, self._hearing
        # Most frames hold nothing: there is no level to take of them.
        heard = hearing.hear(number, playout.heard[now:then]) if playout.busy_until > now else hearing.silence()
        if heard == "on":
            self._note(SpeechStarted(hearing.onset, Party.AGENT))
            self._floor.move(Signal.AGENT_ON, hearing.onset)
            if isinstance(self._act, CutIn) and self._anchor is None:
                self._anchor, self._knowable = hearing.onset, then
            if self._floor.state is State.TALKED_OVER:
                self._talked_over(hearing.onset)
            self._late(hearing.onset)
        elif heard == "off":
            self._note(SpeechStopped(hearing.stop, Party.AGENT))
            self._floor.move(Signal.AGENT_OFF, hearing.stop)
            if isinstance(self._act, CutIn) and self._anchor is not None and self._mouth is None:
                act, planned = self._act, self._instant(self._act, now)
                self._miss(act, self._progress.ended_before(act.phrase, planned, hearing.stop, self._overhearing.hears))
            onset, stop = hearing.onset, hearing.stop
            self._asking.turn_ended(then, stop, lambda: playout.heard[onset:stop].copy())
            if hearing.onset >= self._spoke_at:
                self._progress.sounded(hearing.stop - hearing.onset)

    # --- what goes out

    def _say(self, now: int, then: int) -> Samples:
        """The frame as it goes on the line."""
        if not self._effects:
            return self._clean[now:then]
        if self._floor.state is State.OVER:
            return self._sent[now:then]
        if now:
            for coupled in self._coupled:
                coupled.hear(self._playout.heard[now - FRAME : now])
        frame = self._clean[now:then]
        for effect in self._effects:
            frame = effect(frame)
        self._sent[now:then] = on_grid(frame)
        return self._sent[now:then]

    def _decide(self, now: int) -> None:
        """What the caller does in the frame that starts at `now`."""
        if now >= self._limit:
            self._end(now, HungUp(now, Party.CALLER, f"the call ran into its limit of {self._limit / RATE:g} s"))
            return
        if self._mouth is not None:
            until = self._mouth.until(now, self._hearing.stop > now - PAUSE * FRAME)
            if now < until and until == self._mouth.end:
                return
            self._clean[until : self._mouth.end] = 0.0
            self._line_ended(until)
        if self._act is None and not self._leaving:
            self._fetch(now)
        if self._rates and self._aside(now):
            return
        if self._act is None:
            if self._leaving and self._may_speak(now) is not None:
                self._end(now, HungUp(now, Party.CALLER, self._leaving))
            return
        _TRY[type(self._act)](self, now, self._act)

    def _fetch(self, now: int) -> None:
        """Ask the caller for its next act, where it has made up its mind."""
        pondered = self._asking.undecided
        if not pondered:
            self._breath = self._draw_breath()
        answer = self._asking.next_act(now, lambda: self._free(now))
        if isinstance(answer, Undecided):
            return
        self._late(now)
        if answer is None or isinstance(answer, Leave):
            self._leave(now, answer or Leave("said all it had to say"))
            return
        self._act = act = answer
        self._anchor = self._reckoned = None
        self._overhearing.forget()
        if pondered:
            self._done_at = max(self._done_at, now)
        onset = self._hearing.onset
        if not isinstance(act, CutIn) or self._floor.state is not State.LISTEN or onset <= self._spoke_at:
            return
        self._anchor, self._knowable = onset, now
        planned = self._instant(act, now)
        if self._murmured and not pondered and planned is not None and planned < now:
            self._miss(act, "the caller was still busy with the step before at its instant")

    def _leave(self, now: int, leave: Leave) -> None:
        """There is nothing more to say; a caller that failed hangs up at once."""
        self._leaving = leave.why
        if leave.failed:
            self._note(CallerFailed(now, leave.why))
            self._end(now, HungUp(now, Party.CALLER, "our own caller failed"))

    def _late(self, until: int) -> None:
        """The caller has its line, or is spoken to, at sample `until`: what it was late by is its own."""
        due = self._asking.answered()
        if due is not None and due < until:
            self._note(CallerLate(due, until - due))

    def _free(self, now: int) -> int | None:
        """The sample from which on the caller could speak; None while the floor isn't its own."""
        floor = self._floor
        if floor.state is State.AWAIT and now >= floor.since + self._patience:
            # Who has waited in vain has had its breath.
            self._breath = 0
            floor.move(Signal.PATIENCE, now)
        return max(floor.since + self._breath, now) if floor.state is State.YOURS else None

    def _instant(self, act: CutIn, now: int) -> int | None:
        """The sample an act's anchor asks for, as it can be known by now."""
        if self._anchor is None:
            return None
        if act.share is None and act.phrase is None:
            return self._anchor + act.after
        if act.phrase is not None and not self._progress.told:
            planned = self._overhearing.instant(act.phrase, self._playout.heard, self._anchor, now)
        else:
            planned = self._progress.instant(act.share, act.phrase, self._anchor, self._playout.ends_at)
        if planned != self._reckoned:
            self._reckoned, self._knowable = planned, max(self._knowable, now)
        return planned

    def _aside(self, now: int) -> bool:
        """Whether something is said now that is said at a rate: where it disturbs nothing of the script."""
        waits = isinstance(self._act, SayIt | PressKeys | StaySilent | None) and self._silent_until is None
        if self._floor.state is not State.LISTEN or not waits or self._hearing.stop <= now - PAUSE * FRAME:
            return False
        due = self._rates.due(now, self._hearing.onset)
        if due is None:
            return False
        act, start = due
        self._sound(now, start, act, (start, now))
        if self._mouth is not None:
            self._mouth.aside = True
        return True

    def _draw_breath(self) -> int:
        manners = self._manners
        spread = manners.hesitation * float(self._pauses.uniform(-1.0, 1.0))
        return max(0, to_samples(manners.breath + spread))

    def _may_speak(self, now: int) -> int | None:
        """The sample within this frame from which the caller may speak; None where it must wait on."""
        start = self._free(now)
        return start if start is not None and start < now + FRAME else None

    def _try_say(self, now: int, act: SayIt) -> None:
        start = self._may_speak(now)
        if start is not None:
            self._speak(now, start, act.step, act.speech, "say", act.held)

    def _try_go_on(self, now: int, act: GoOn) -> None:
        planned = self._done_at + act.gap
        if planned >= now + FRAME:
            return
        start = max(planned, now)
        if act.kind in MURMURS:
            where = planned + self._delay, self._done_at + self._delay
            self._note(Murmured(start + self._delay, act.step, act.kind, *where))
        over = self._floor.state is State.LISTEN and self._hearing.sounding
        self._speak(now, start, act.step, act.speech, act.kind, act.held)
        if over:
            self._talked_over(start)

    def _talked_over(self, since: int) -> None:
        """The agent speaks over a line of the caller's since a sample, which may make the caller stop."""
        if self._mouth is not None and self._mouth.kind == "say" and self._manners.yields == "gives_way":
            self._mouth.give_way(since)

    def _try_add_on(self, now: int, act: AddOn) -> None:
        planned = self._done_at + act.gap
        if self._hearing.sounding:
            self._miss(act, "the agent had begun to speak")
        elif planned < now + FRAME:
            self._speak(now, max(planned, now), act.step, act.speech, "say")

    def _try_in_silence(self, now: int, act: InSilence) -> None:
        planned = self._done_at + act.after
        if planned >= now + FRAME:
            return
        if self._hearing.sounding and self._hearing.stop > now - PAUSE * FRAME:
            self._miss(act, "the agent was speaking")
            return
        self._sound(now, max(planned, now), act, (planned, self._done_at))

    def _try_cut_in(self, now: int, act: CutIn) -> None:
        floor = self._floor
        if self._anchor is None:
            waited = floor.state in (State.AWAIT, State.YOURS) and now >= floor.since + to_samples(
                self._manners.patience
            )
            if waited:
                self._miss(act, "the agent never began a turn to speak into")
            return
        first = self._reckoned is None
        planned = self._instant(act, now)
        if planned is None or planned >= now + FRAME:
            return
        if first and act.share is not None and planned < now - TOO_LATE:
            self._miss(act, "how long the agent's turn is was known too late for a share of it")
            return
        if self._hearing.stop <= now - PAUSE * FRAME:
            # In a pause there is nothing to cut into: it fires as soon as the agent is known to go on.
            self._knowable = now + FRAME
            return
        self._sound(now, max(planned, now), act, (planned, self._knowable))

    def _sound(self, now: int, start: int, act: Planned, where: tuple[int, int]) -> None:
        """Do what was planned for an instant; where: the instant, and from when on it could be known."""
        delay = self._delay
        event = Murmured if act.kind in MURMURS else Interrupted
        self._note(event(start + delay, act.step, act.kind, where[0] + delay, where[1] + delay))
        self._speak(now, start, act.step, act.speech, act.kind)

    def _try_silence(self, now: int, act: StaySilent) -> None:
        if self._silent_until is None:
            start = self._done_at if act.kind == "hold" else self._may_speak(now)
            if start is not None:
                self._silent_until = start + act.samples
                self._note(StayedSilent(start, act.step, self._silent_until, act.kind))
        elif now >= self._silent_until:
            if act.kind == "hold":
                # Who was asked to wait owes nothing: it's the caller's to go on.
                self._floor.move(Signal.PATIENCE, self._silent_until)
            self._done_at = self._silent_until
            self._silent_until = None
            self._act = None

    def _try_press(self, now: int, act: PressKeys) -> None:
        start = self._may_speak(now)
        if start is not None:
            self._note(KeysPressed(start, act.step, act.keys, start, now))
            self._keys = act.keys
            self._progress.interposed(cut=False)
            self._floor.move(Signal.CALLER_ON, start)
            self._floor.move(Signal.CALLER_OFF, start)
            self._spoke_at = self._done_at = start
            self._murmured = False
            self._act = None

    def _try_let_talk(self, now: int, _act: LetTalk) -> None:
        start = self._may_speak(now)
        if start is not None:
            self._floor.move(Signal.CALLER_ON, start)
            self._floor.move(Signal.CALLER_OFF, start)
            self._act = None

    def _miss(self, act: Planned | AddOn, reason: str) -> None:
        now = self._number * FRAME
        self._note(MissedByPlan(now, act.step, "add" if isinstance(act, AddOn) else act.kind, reason))
        self._done_at = now
        self._act = None

    def _speak(self, now: int, start: int, step: int, speech: Speech, kind: str, held: bool = False) -> None:
        """Lay a line on the clean track so that its first voiced sample falls on `start`."""
        self._mouth = Mouth(step, kind, speech, start - speech.onset, start, held)
        self._mouth.lay(self._clean, now)
        self._murmured = kind in MURMURS
        if not self._murmured:
            self._progress.interposed(cut=self._hearing.sounding)
            self._floor.move(Signal.CALLER_ON, start)
            self._spoke_at = start
        if not speech.text or kind == "side_speech":
            return
        if self._language is not None and speech.language != self._language:
            self._note(LanguageSwitched(start + self._delay, speech.language))
        self._language = speech.language

    def _line_ended(self, at: int) -> None:
        """The line has been said, or is broken off, at sample `at`."""
        mouth = self._mouth
        if mouth is None:
            return
        self._note(mouth.said(at, self._delay))
        self._mouth, self._done_at = None, at
        through = self._floor.state is State.TALKED_OVER
        if mouth.kind not in MURMURS:
            self._floor.move(Signal.CALLER_OFF, at)
        if mouth.aside:
            return
        # Who insists says a line once more that the agent spoke through, when that has ended.
        insists = through and isinstance(self._act, SayIt) and self._manners.yields == "insists" and at == mouth.end
        self._again = insists and not self._again
        if not self._again:
            self._act = None

    def _end(self, at: int, why: HungUp) -> None:
        """The line closes at sample `at`."""
        if self._mouth is not None:
            self._clean[at : self._mouth.end] = 0.0
            self._line_ended(min(at, self._mouth.end))
        self._note(why)
        self._floor.move(Signal.HANG_UP, at)
        self._last = at + LINGER


_TRY: dict[type, Callable[[Call, int, Any], None]] = {
    SayIt: Call._try_say,
    GoOn: Call._try_go_on,
    AddOn: Call._try_add_on,
    InSilence: Call._try_in_silence,
    CutIn: Call._try_cut_in,
    PressKeys: Call._try_press,
    StaySilent: Call._try_silence,
    LetTalk: Call._try_let_talk,
}
