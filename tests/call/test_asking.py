"""A caller that makes up its mind in the call: what it is told, when it is asked, and whose its delay is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.audio import FRAME, RATE, Samples
from harness.call.acts import CutIn, Decision, InSilence, Leave, LetTalk, SayIt, Undecided
from harness.call.call import Call
from harness.call.line import Agent, Arrived
from harness.recording import Recording
from harness.run.ears import ChargedEars
from harness.run.simulated import simulate
from harness.scenario import Manners
from harness.speech import Recogniser
from harness.timeline import (
    AgentSaid,
    CallerFailed,
    CallerLate,
    Event,
    HungUp,
    Interrupted,
    LineSaid,
    MissedByPlan,
    Murmured,
    Party,
    ReplyEnded,
    SpeechStarted,
    SpeechStopped,
)
from tests.call.lines import MANNERS, Timetable, of, rung, speech, spoken, streamed, told


class Thinker:
    """A caller that takes `frames` to make up its mind, each time that it's its turn; then it does the next it has.

    jumps_in: what it does as soon as the agent is heard for the n-th time.
    """

    def __init__(self, *decisions: Decision, frames: int = 0, jumps_in: tuple[int, Decision] | None = None) -> None:
        self.witnessed: list[Event] = []
        self.overheard: list[str] = []
        self.wanted: list[int] = []
        self._left = list(decisions)
        self._frames = frames
        self._ponders: int | None = None
        self._jumps_in = jumps_in

    def witness(self, event: Event) -> None:
        self.witnessed.append(event)

    def overhears(self, text: str) -> None:
        self.overheard.append(text)

    def wants_line(self, at: int) -> None:
        self.wanted.append(at)
        self._ponders = self._frames if self._ponders is None else self._ponders

    def next_act(self) -> Decision:
        onsets = sum(isinstance(event, SpeechStarted) for event in self.witnessed)
        if self._jumps_in is not None and onsets == self._jumps_in[0]:
            act, self._jumps_in = self._jumps_in[1], None
            return act
        if self._ponders is None:
            return Undecided()
        if self._ponders:
            self._ponders -= 1
            return Undecided()
        self._ponders = None
        return self._left.pop(0) if self._left else None


def held(agent: Agent, caller: Thinker, *, hears: Recogniser | None = None, limit: float = 60.0) -> Recording:
    ears = None if hears is None else ChargedEars(hears)
    call = Call(caller, manners=MANNERS, seed=1, limit=limit, ears=ears)
    simulate(call, agent)
    return call.recording({})


def agent(*arrivals: Arrived | Sequence[Arrived]) -> Timetable:
    return Timetable(*(one for some in arrivals for one in ([some] if isinstance(some, Arrived) else some)))


HELLO, REPLY = speech(8_000, 1.5), speech(96_000, 2.0)


def test_a_mind_that_is_made_up_at_once_says_the_same_to_the_sample_as_a_script() -> None:
    lines = SayIt(0, spoken(1.0)), SayIt(1, spoken(0.5, "thank you"))
    improvised = held(agent(HELLO, REPLY), Thinker(*lines))
    scripted = rung(agent(HELLO, REPLY), *lines)
    assert of(improvised, LineSaid) == of(scripted, LineSaid)
    assert improvised.sent.tobytes() == scripted.sent.tobytes()
    assert not of(improvised, CallerLate)


def test_a_line_that_is_late_is_said_to_be_by_as_much_and_since_when() -> None:
    prompt = of(held(agent(HELLO, REPLY), Thinker(SayIt(0, spoken(1.0)))), LineSaid)[0]
    made = held(agent(HELLO, REPLY), Thinker(SayIt(0, spoken(1.0)), frames=50))
    (line,), late = of(made, LineSaid), of(made, CallerLate)[0]
    assert abs(late.at - prompt.at) < FRAME
    assert line.at == late.at + late.samples
    assert abs(late.samples - 50 * FRAME) <= FRAME


def test_the_caller_is_asked_as_soon_as_the_agents_turn_is_over_not_when_its_breath_is() -> None:
    caller = Thinker(SayIt(0, spoken(1.0)), frames=1)
    call = Call(caller, manners=Manners(breath=2.0, patience=3.0), seed=1)
    simulate(call, agent(HELLO, REPLY))
    made = call.recording({})
    stop = of(made, SpeechStopped)[0].at
    assert caller.wanted[0] == stop + 2 * RATE
    assert of(made, LineSaid)[0].at == stop + 2 * RATE
    assert not of(made, CallerLate)


def test_an_agent_that_speaks_again_before_a_late_line_is_let_finish_and_the_delay_ends_where_it_spoke() -> None:
    again = speech(8_000 + 24_000 + 24_000, 1.0)
    made = held(agent(HELLO, again), Thinker(SayIt(0, spoken(1.0)), frames=150))
    (first, *_), (line,) = of(made, CallerLate), of(made, LineSaid)
    assert first.at + first.samples == of(made, SpeechStarted)[1].at
    assert line.at > of(made, SpeechStopped)[1].at


def test_a_caller_whose_patience_is_over_is_asked_though_nobody_spoke() -> None:
    caller = Thinker(SayIt(0, spoken(1.0)))
    (line,) = of(held(agent(), caller), LineSaid)
    assert line.at == pytest.approx(3.0 * RATE, abs=FRAME)


def test_what_the_agent_does_and_tells_is_witnessed_when_it_happens() -> None:
    caller = Thinker(SayIt(0, spoken(1.0)))
    held(agent(told(8_000, "hello"), HELLO), caller)
    kinds = [type(event) for event in caller.witnessed if not isinstance(event, ReplyEnded)]
    assert kinds[:4] == [AgentSaid, SpeechStarted, SpeechStopped, LineSaid]


def test_a_caller_may_jump_in_while_the_agent_is_speaking() -> None:
    cut = CutIn(0, spoken(0.8, "no wait"), RATE, "correction")
    made = held(agent(HELLO, speech(64_000, 4.0)), Thinker(LetTalk(), jumps_in=(2, cut)))
    (interrupted,) = of(made, Interrupted)
    assert interrupted.at == of(made, SpeechStarted)[1].at + RATE
    assert interrupted.at == interrupted.planned


def test_an_instant_that_had_passed_when_it_was_decided_was_knowable_only_then() -> None:
    class Slow(Thinker):
        """Jumps in a second after it could have."""

        def next_act(self) -> Decision:
            starts = [event.at for event in self.witnessed if isinstance(event, SpeechStarted)]
            self.asked = getattr(self, "asked", 0) + 1
            if len(starts) == 1 and self.asked * FRAME > starts[0] + RATE and not self.wanted:
                self.wanted.append(0)
                return CutIn(0, spoken(0.8, "no wait"), 1_600, "correction")
            return Undecided()

    made = held(agent(streamed(8_000, 4.0)), Slow(), limit=10.0)
    (interrupted,) = of(made, Interrupted)
    assert interrupted.at > interrupted.planned
    assert interrupted.at == interrupted.knowable


def test_a_sound_in_silence_counts_from_where_it_was_decided() -> None:
    cough = InSilence(0, spoken(0.3, "hm"), RATE, "cough")
    made = held(agent(HELLO), Thinker(cough, frames=100))
    (murmured,) = of(made, Murmured)
    assert murmured.at == murmured.planned
    assert murmured.at > of(made, SpeechStopped)[0].at + 100 * FRAME


def test_letting_the_agent_talk_waits_for_its_next_turn() -> None:
    caller = Thinker(LetTalk(), SayIt(0, spoken(1.0)))
    made = held(agent(HELLO, speech(72_000, 1.0)), caller)
    assert of(made, LineSaid)[0].at > of(made, SpeechStopped)[1].at
    assert not of(made, CallerLate)


def test_a_caller_that_leaves_hangs_up_with_its_reason_when_the_agents_turn_is_over() -> None:
    (hung,) = of(held(agent(HELLO), Thinker(Leave("had enough"))), HungUp)
    assert (hung.party, hung.reason) == (Party.CALLER, "had enough")
    assert hung.at > 8_000 + 24_000


def test_a_caller_that_fails_ends_the_call_at_once_and_says_so() -> None:
    made = held(agent(streamed(8_000, 10.0)), Thinker(jumps_in=(1, Leave("out of words", failed=True))))
    (failed,), (hung,) = of(made, CallerFailed), of(made, HungUp)
    assert (failed.why, failed.at) == ("out of words", hung.at)
    assert hung.at < 8_000 + RATE


def test_a_turn_whose_words_nobody_told_is_listened_to_and_the_caller_asked_when_it_was_heard() -> None:
    caller = Thinker(SayIt(0, spoken(1.0)))
    heard: list[Samples] = []

    def hears(samples: Samples) -> str:
        heard.append(samples)
        return "good morning"

    made = held(agent(HELLO), caller, hears=hears)
    assert caller.overheard == ["good morning"]
    assert abs(len(heard[0]) - 24_000) < 2 * FRAME
    (late,) = of(made, CallerLate)
    # The end of a turn is known 0.6 s behind it, and hearing is charged 0.3 s; the breath of 0.4 s was over before.
    assert of(made, LineSaid)[0].at - of(made, SpeechStopped)[0].at == pytest.approx(0.9 * RATE, abs=2 * FRAME)
    assert late.samples == pytest.approx(0.3 * RATE, abs=2 * FRAME)


def test_a_turn_whose_words_were_told_is_not_listened_to() -> None:
    def hears(samples: Samples) -> str:
        return "nobody asked"

    caller = Thinker(SayIt(0, spoken(1.0)))
    held(agent(told(8_000, "hello"), HELLO), caller, hears=hears)
    assert caller.overheard == []


def test_a_plan_that_is_decided_and_never_comes_to_its_moment_is_missed_by_plan() -> None:
    cut = CutIn(0, spoken(0.8, "no wait"), 5 * RATE, "correction")
    made = held(agent(HELLO), Thinker(jumps_in=(1, cut)))
    assert [miss.step for miss in of(made, MissedByPlan)] == [0]
