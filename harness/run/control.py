"""Control calls: the same call without the planned event, to see what the agent would have done by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from harness.audio import FRAME, RATE, samples
from harness.call.acts import Caller, Decision, Improviser, Planned, StaySilent
from harness.detection import spurts
from harness.recording import Recording, in_order
from harness.run.desk import Desk
from harness.run.ears import ChargedEars
from harness.run.preparing import Ready, prepare
from harness.run.simulated import simulate
from harness.scenario import Scenario
from harness.timeline import Controlled, Event, Interrupted, LineSaid, Murmured

SAME = samples(0.6)
"""Speech that resumes within this much silence is the same speech."""

OVER = samples(1.0)
"""So is, while the caller still speaks, what resumes before this much."""

AFTERWARDS = samples(3.0)
"""How long a control call goes on when the agent's turn has ended: it may be about to speak again."""

AT_MOST = 60.0
"""Seconds that a control call goes on behind the event that it leaves out."""


def controlled(
    made: Recording, scenario: Scenario, desk: Desk, again: Callable[[], Ready | None] = lambda: None
) -> Recording:
    """The recording with what a control call shows of each planned event, where one can show anything.

    again: gives a caller that does once more what it did in this call, None where the script says it. Each
    is rung in simulated time with the same seed: up to the event it is the same call, to the sample.
    An agent that isn't the same twice has no control, and gets no `Controlled`.
    """
    planned = [event for event in made.events if isinstance(event, Interrupted | Murmured)]
    found = [control for event in planned if (control := _control(made, event, scenario, desk, again())) is not None]
    return replace(made, events=in_order([*made.events, *found])) if found else made


def _control(
    made: Recording, event: Interrupted | Murmured, scenario: Scenario, desk: Desk, caller: Ready | None
) -> Event | None:
    if desk.agent is None:
        return None
    earlier = sum(
        isinstance(other, Interrupted | Murmured) and other.step == event.step and other.at < event.at
        for other in made.events
    )
    call, _ = prepare(
        scenario,
        caller=caller,
        through=lambda caller: _without(caller, event.step, earlier),
        limit=event.at / RATE + AT_MOST,
        rates_until=event.step if event.step >= len(scenario.steps) else None,
        ears=ChargedEars(desk.recogniser),
    )
    simulate(call, desk.agent())
    heard = call.recording({}).heard
    before = event.at // FRAME * FRAME
    if len(heard) < before or not np.array_equal(heard[:before], made.heard[:before]):
        return None
    said = max((e.end for e in made.events if isinstance(e, LineSaid) and e.at == event.at), default=event.at)
    left, following = _by_itself(spurts(heard).spurts, event.at, said)
    return Controlled(event.at, event.step, left, following)


def _by_itself(found: tuple[tuple[int, int], ...], at: int, said: int) -> tuple[int, int | None]:
    """How long the speech that runs at a sample goes on; else how long until the next one.

    said: where the line ends that was left out. A silence before that is bridged as it would be
    under a caller who speaks, so that the two calls go by one rule.
    """
    speech: list[list[int]] = []
    for start, end in found:
        silence = start - speech[-1][1] if speech else start
        if speech and (silence <= SAME or (silence < OVER and at < start < said)):
            speech[-1][1] = end
        else:
            speech.append([start, end])
    for start, end in speech:
        if start <= at < end:
            return end - at, None
        if start > at:
            return 0, start - at
    return 0, None


class _Without:
    """A caller that does what another does up to a planned event, and then listens until the agent has finished."""

    def __init__(self, caller: Caller, step: int, earlier: int) -> None:
        self._caller = caller
        self._step = step
        self._earlier = earlier
        self._over = False

    def next_act(self) -> Decision:
        """The next act; none behind the one that is left out."""
        if self._over:
            return None
        act = self._caller.next_act()
        if isinstance(act, Planned) and act.step == self._step:
            if not self._earlier:
                self._over = True
                return StaySilent(self._step, AFTERWARDS)
            self._earlier -= 1
        return act


class _WithoutOf(_Without):
    """The same of a caller that improvises, which is told all that happens."""

    def __init__(self, caller: Improviser, step: int, earlier: int) -> None:
        super().__init__(caller, step, earlier)
        self.witness = caller.witness
        self.overhears = caller.overhears
        self.wants_line = caller.wants_line


def _without(caller: Caller, step: int, earlier: int) -> Caller:
    """The caller, without what it planned in a step."""
    if isinstance(caller, Improviser):
        return _WithoutOf(caller, step, earlier)
    return _Without(caller, step, earlier)
