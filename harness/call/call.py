"""A call as a function: each step hears 20 ms and says 20 ms.

The frame count is the only clock. What frame n says is decided by what was heard through frame
n-1, so the caller is causal; what arrives within frame n is heard in it, at its own sample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from harness.audio import FRAME, RATE, Samples, on_grid, silent_track
from harness.audio import samples as to_samples
from harness.call.acts import Act, Caller, CutIn, PressKeys, SayIt, StaySilent
from harness.call.floor import Floor, Signal, State
from harness.call.hearing import Hearing
from harness.call.line import Arrived, Audio, Broken, Closed, Frame, Mark, Telling, Withdrawn
from harness.call.playout import Playout
from harness.call.telling import event_told
from harness.call.world import Effect
from harness.recording import Recording, in_order
from harness.scenario import MURMURS, Manners
from harness.speech import Speech
from harness.statistics import generator
from harness.timeline import (
    Event,
    HungUp,
    Interrupted,
    KeysPressed,
    LanguageSwitched,
    LineSaid,
    MissedByPlan,
    Murmured,
    Party,
    ProtocolBroken,
    SpeechStarted,
    SpeechStopped,
    StayedSilent,
)

LINGER = RATE
"""How long the line is kept after the caller hangs up, so that the agent can still tell what it did."""

LONGEST = 300.0
"""Seconds after which a call is over, whatever happens."""

MOST_EVENTS = 20_000
"""What an agent tells beyond this many events is dropped, and said to be."""

PAUSE = 12
"""Frames of quiet (240 ms) that end a spurt: nobody is cut short in a silence."""


@dataclass(slots=True)
class _Mouth:
    """The line that is being said: where it lies on the clean track."""

    step: int
    kind: str
    speech: Speech
    origin: int
    begin: int
    end: int


class Call:
    """One call, from the caller's side.

    caller: gives the acts, in order. manners: breath and patience. effects: the world, in the
    order sound meets it. seed: of this call. first: who speaks first. limit: seconds after which
    the caller hangs up whatever happens. done: whether there is nothing more to step.
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
    ) -> None:
        self.done = False
        longest = to_samples(limit) + LINGER + FRAME
        self._caller = caller
        self._manners = manners
        self._patience = to_samples(manners.patience)
        self._effects = tuple(effects)
        self._delay = sum(effect.delay for effect in effects)
        self._limit = to_samples(limit)
        self._pauses = generator(seed, "pauses")
        self._events: list[Event] = []
        self._breaches: dict[str, int] = {}
        self._clean: Samples = silent_track(longest)
        self._sent = self._clean if not effects else silent_track(longest)
        self._playout = Playout(longest, self._note)
        self._hearing = Hearing()
        self._floor = Floor(State.AWAIT if first == "agent" else State.YOURS)
        self._number = 0
        self._mouth: _Mouth | None = None
        self._spoke_at = -1
        self._language: str | None = None
        self._act: Act | None = None
        self._exhausted = False
        self._breath = self._draw_breath()
        self._anchor: int | None = None
        self._knowable = 0
        self._silent_until: int | None = None
        self._keys = ""
        self._last: int | None = None
        self._cut_off = False

    def step(self, arrived: Sequence[Arrived]) -> Frame:
        """Say the next 20 ms, and hear what arrived while they passed."""
        number = self._number
        now, then = number * FRAME, (number + 1) * FRAME
        if self._last is None:
            self._decide(now)
        said = self._say(now, then)
        for arrival in arrived:
            self._take(max(arrival.at, now), arrival.what)
        self._hear(number, now, then)
        self._playout.settle(then)
        keys, self._keys = self._keys, ""
        self._number = number + 1
        if self._last is not None and then >= self._last:
            self.done = True
        return Frame(number, said, keys, self._playout.take_marks(), self._floor.state is State.OVER)

    def note(self, event: Event) -> None:
        """Put something on the timeline that the shell saw (a late frame, a late caller)."""
        self._note(event)

    def recording(self, provenance: Mapping[str, Any], lateness: Samples | None = None) -> Recording:
        """The call as captured so far, its tracks of equal length on the 16-bit grid."""
        length = self._number * FRAME
        breaches = [ProtocolBroken(0, why, count) for why, count in self._breaches.items() if count > 1]
        firsts = {breach.why: breach.count for breach in breaches}
        events = [
            ProtocolBroken(e.at, e.why, firsts.get(e.why, 1)) if isinstance(e, ProtocolBroken) else e
            for e in self._events
        ]
        return Recording(
            self._clean[:length],
            self._sent[:length],
            self._playout.heard[:length],
            in_order([*events, *self._playout.starvation()]),
            np.zeros(0, np.float32) if lateness is None else lateness,
            provenance,
        )

    # --- what comes in

    def _take(self, at: int, what: object) -> None:
        _TAKE[type(what)](self, at, what)

    def _take_audio(self, at: int, audio: Audio) -> None:
        if self._cut_off:
            return
        sound = np.asarray(audio.samples)
        if sound.ndim != 1 or sound.dtype.kind != "f" or not np.isfinite(sound).all():
            self._note(ProtocolBroken(at, "sent audio that is no mono sound: silence stands in for it"))
            sound = np.zeros(sound.size, np.float32)
        self._playout.arrive(at, sound.astype(np.float32, copy=False), audio.reply, audio.last)

    def _take_withdrawn(self, at: int, withdrawn: Withdrawn) -> None:
        self._playout.withdraw(at, withdrawn.reply)

    def _take_mark(self, at: int, mark: Mark) -> None:
        self._playout.mark(at, mark.name)

    def _take_telling(self, at: int, telling: Telling) -> None:
        if len(self._events) < MOST_EVENTS:
            self._note(event_told(at, telling))
        else:
            self._note(ProtocolBroken(at, f"told more than {MOST_EVENTS} things; the rest was dropped"))

    def _take_broken(self, at: int, broken: Broken) -> None:
        self._note(ProtocolBroken(at, broken.why))

    def _take_closed(self, at: int, closed: Closed) -> None:
        """The agent's end is gone: nothing more is heard, and there is nobody to wait for."""
        if self._cut_off:
            return
        self._cut_off = True
        lost = self._playout.close(at)
        unheard = f"{lost / RATE:.1f} s of its audio unheard" if lost else ""
        if self._last is None:
            self._end(at, HungUp(at, Party.AGENT, "; ".join(filter(None, (closed.reason, unheard)))))
        self._last = at

    def _hear(self, number: int, now: int, then: int) -> None:
        playout, hearing = self._playout, self._hearing
        # Most frames hold nothing: there is no level to take of them.
        heard = hearing.hear(number, playout.heard[now:then]) if playout.busy_until > now else hearing.silence()
        if heard == "on":
            self._note(SpeechStarted(self._hearing.onset, Party.AGENT))
            self._floor.move(Signal.AGENT_ON, self._hearing.onset)
            if isinstance(self._act, CutIn) and self._anchor is None:
                self._anchor, self._knowable = self._hearing.onset, then
        elif heard == "off":
            self._note(SpeechStopped(self._hearing.stop, Party.AGENT))
            self._floor.move(Signal.AGENT_OFF, self._hearing.stop)
            if isinstance(self._act, CutIn) and self._anchor is not None and self._mouth is None:
                instant = self._anchor + self._act.after
                early = (instant - self._hearing.stop) / RATE
                self._miss(self._act, f"the agent's turn ended {early:.1f} s before the instant")

    # --- what goes out

    def _say(self, now: int, then: int) -> Samples:
        """The frame as it goes on the line."""
        if not self._effects:
            return self._clean[now:then]
        if self._floor.state is State.OVER:
            return self._sent[now:then]
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
            if now < self._mouth.end:
                return
            self._line_ended(self._mouth.end)
        if self._act is None and not self._exhausted:
            self._fetch(now)
        if self._act is None:
            if self._may_speak(now) is not None:
                self._end(now, HungUp(now, Party.CALLER, "said all it had to say"))
            return
        _TRY[type(self._act)](self, now, self._act)

    def _fetch(self, now: int) -> None:
        self._act = self._caller.next_act()
        self._exhausted = self._act is None
        self._breath = self._draw_breath()
        self._anchor = None
        if (
            isinstance(self._act, CutIn)
            and self._floor.state is State.LISTEN
            and self._hearing.onset > self._spoke_at >= 0
        ):
            self._anchor, self._knowable = self._hearing.onset, now

    def _draw_breath(self) -> int:
        manners = self._manners
        spread = manners.hesitation * float(self._pauses.uniform(-1.0, 1.0))
        return max(0, to_samples(manners.breath + spread))

    def _may_speak(self, now: int) -> int | None:
        """The sample within this frame from which the caller may speak; None where it must wait on."""
        floor = self._floor
        if floor.state is State.AWAIT and now >= floor.since + self._patience:
            floor.move(Signal.PATIENCE, now)
            return now
        if floor.state is State.YOURS:
            start = max(floor.since + self._breath, now)
            return start if start < now + FRAME else None
        return None

    def _try_say(self, now: int, act: SayIt) -> None:
        start = self._may_speak(now)
        if start is not None:
            self._speak(now, start, act.step, act.speech, "say")

    def _try_cut_in(self, now: int, act: CutIn) -> None:
        floor = self._floor
        if self._anchor is None:
            waited = floor.state in (State.AWAIT, State.YOURS) and now >= floor.since + to_samples(
                self._manners.patience
            )
            if waited:
                self._miss(act, "the agent never began a turn to speak into")
            return
        planned = self._anchor + act.after
        if planned >= now + FRAME:
            return
        if self._hearing.stop <= now - PAUSE * FRAME:
            # In a pause there is nothing to cut into: it fires as soon as the agent is known to go on.
            self._knowable = now + FRAME
            return
        start = max(planned, now)
        line = start + self._delay, act.step
        where = planned + self._delay, self._knowable + self._delay
        if act.kind in MURMURS:
            self._note(Murmured(*line, act.kind, *where))
        else:
            self._note(Interrupted(*line, act.kind, *where))
        self._speak(now, start, act.step, act.speech, act.kind)

    def _try_silence(self, now: int, act: StaySilent) -> None:
        if self._silent_until is None:
            start = self._may_speak(now)
            if start is not None:
                self._silent_until = start + act.samples
                self._note(StayedSilent(start, act.step, self._silent_until))
        elif now >= self._silent_until:
            self._silent_until = None
            self._act = None

    def _try_press(self, now: int, act: PressKeys) -> None:
        start = self._may_speak(now)
        if start is not None:
            self._note(KeysPressed(start, act.step, act.keys, start, now))
            self._keys = act.keys
            self._floor.move(Signal.CALLER_ON, start)
            self._floor.move(Signal.CALLER_OFF, start)
            self._spoke_at = start
            self._act = None

    def _miss(self, act: CutIn, reason: str) -> None:
        self._note(MissedByPlan(self._number * FRAME, act.step, act.kind, reason))
        self._act = None

    def _speak(self, now: int, start: int, step: int, speech: Speech, kind: str) -> None:
        """Lay a line on the clean track so that its first voiced sample falls on `start`."""
        origin = start - speech.onset
        begin = max(origin, now)
        sound = speech.samples[begin - origin : speech.end]
        room = len(self._clean) - begin
        self._clean[begin : begin + len(sound)] = on_grid(sound[:room])
        self._mouth = _Mouth(step, kind, speech, origin, start, origin + speech.end)
        if kind not in MURMURS:
            self._floor.move(Signal.CALLER_ON, start)
            self._spoke_at = start
        if self._language is not None and speech.language != self._language:
            self._note(LanguageSwitched(start + self._delay, speech.language))
        self._language = speech.language

    def _line_ended(self, at: int) -> None:
        """The line has been said, or is broken off, at sample `at`."""
        mouth = self._mouth
        if mouth is None:
            return
        shift = mouth.origin + self._delay
        said = tuple(
            (w.text, w.start + shift, w.end + shift) for w in mouth.speech.words if w.start + mouth.origin < at
        )
        speech = mouth.speech
        self._note(
            LineSaid(
                mouth.begin + self._delay,
                at + self._delay,
                mouth.step,
                mouth.kind,
                speech.text,
                speech.language,
                said,
                cut=at < mouth.end,
            )
        )
        if mouth.kind not in MURMURS:
            self._floor.move(Signal.CALLER_OFF, at)
        self._mouth = None
        self._act = None

    def _end(self, at: int, why: HungUp) -> None:
        """The line closes at sample `at`."""
        if self._mouth is not None:
            self._clean[at : self._mouth.end] = 0.0
            self._line_ended(min(at, self._mouth.end))
        self._note(why)
        self._floor.move(Signal.HANG_UP, at)
        self._last = at + LINGER

    def _note(self, event: Event) -> None:
        if isinstance(event, ProtocolBroken):
            seen = self._breaches.get(event.why, 0)
            self._breaches[event.why] = seen + event.count
            if seen:
                return
        self._events.append(event)


_TAKE: dict[type, Callable[[Call, int, Any], None]] = {
    Audio: Call._take_audio,
    Withdrawn: Call._take_withdrawn,
    Mark: Call._take_mark,
    Telling: Call._take_telling,
    Broken: Call._take_broken,
    Closed: Call._take_closed,
}
_TRY: dict[type, Callable[[Call, int, Any], None]] = {
    SayIt: Call._try_say,
    CutIn: Call._try_cut_in,
    PressKeys: Call._try_press,
    StaySilent: Call._try_silence,
}
