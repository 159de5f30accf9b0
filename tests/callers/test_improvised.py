"""A caller that improvises rings agents of this process, with minds that decide by what they hear."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import cache

import pytest

from harness.agents.demo import demo
from harness.agents.faulty import faulty
from harness.agents.planted import planted
from harness.audio import RATE
from harness.call.call import Call
from harness.callers.improvised import Thought
from harness.callers.scripted import scripted
from harness.errors import BadInput, CallVoid
from harness.listening.turns import listen
from harness.minds import Mind, Move, Question
from harness.recording import Recording
from harness.run.scoring import measure, scorecard
from harness.run.simulated import simulate
from harness.scenario import (
    Add,
    Backchannel,
    Cough,
    FalseStart,
    Filler,
    Hold,
    Interrupt,
    NoiseBurst,
    Press,
    Rate,
    Say,
    Scenario,
    SideSpeech,
    Silence,
    Step,
)
from harness.score import Score
from harness.timeline import (
    CallerFailed,
    CallerLate,
    HungUp,
    Interrupted,
    KeysPressed,
    LineSaid,
    Murmured,
    SpeechStarted,
    StayedSilent,
    ToolCalled,
)
from tests.agents.calling import Known, those, voice
from tests.callers.minds import ASKS, CORRECTS, WANTS, Answers, Corrects, line, rung, say, speak


def corrected(fault: str) -> tuple[Recording, Scenario]:
    made, caller = rung(faulty(voice=voice, fault=fault), Corrects())
    return made, replace(WANTS, steps=caller.steps)


@cache
def outcomes(fault: str) -> dict[str, float]:
    made, scenario = corrected(fault)
    found = measure(listen(made), scenario)
    return {name: one.value for name, one in found.items() if isinstance(one, Score)}


def test_it_says_what_it_wants_and_cuts_in_where_the_agent_reads_it_back_wrong() -> None:
    made, scenario = corrected("recovers")
    asked, corrects = those(made, LineSaid)
    assert (asked.text, asked.kind, asked.step) == (ASKS, "say", 0)
    assert (corrects.text, corrects.kind, corrects.step) == (CORRECTS, "correction", 1)
    (interrupted,) = those(made, Interrupted)
    assert interrupted.at == interrupted.planned > interrupted.knowable
    assert [type(step) for step in scenario.steps] == [Say, Interrupt]
    assert not those(made, CallerLate)


def test_the_same_mind_and_the_same_seed_give_the_same_bytes() -> None:
    (once, _), (again, _) = corrected("recovers"), corrected("recovers")
    assert once.sent.tobytes() == again.sent.tobytes()
    assert once.heard.tobytes() == again.heard.tobytes()
    assert once.events == again.events


def test_the_scores_of_interruptions_measure_an_improvised_one_as_they_do_a_scripts() -> None:
    assert outcomes("recovers")["interruption_recovery"] == 1.0
    assert outcomes("recovers")["yield_rate"] == 1.0
    assert outcomes("recovers")["caller_drift"] == 0.0
    assert outcomes("forgets_correction")["interruption_recovery"] == 0.0
    assert outcomes("forgets_correction")["recovery_parts.kept"] == 0.0


def test_it_answers_what_it_is_asked_until_the_agent_has_booked() -> None:
    knows = (
        ("time", "Three o'clock in the afternoon, please."),
        ("name", "My name is Asha Rao."),
        ("is that right", "Yes, that's right."),
        ("anything else", "No, goodbye."),
    )
    opening = "Hi, I'd like an appointment on the twelfth of March."
    hears = Known((opening, *(answer for _, answer in knows)))
    made, _ = rung(demo(voice=voice, recogniser=hears, desk="booking"), Answers(knows, opening), limit=120.0)
    (booked,) = those(made, ToolCalled)
    assert booked.arguments == {"date": "2026-03-12", "time": "15:00", "name": "Asha Rao"}
    assert those(made, HungUp)[-1].reason == "had said all it had to say"


class Says:
    """Makes these moves in turn, then hangs up; over the agent's speech the ones for there."""

    def __init__(self, *moves: Move, over: tuple[Move, ...] = ()) -> None:
        self.asked: list[Question] = []
        self._moves = list(moves)
        self._over = list(over)

    def __call__(self, question: Question) -> Move:
        self.asked.append(question)
        if question.moment == "the agent is speaking":
            return self._over.pop(0) if self._over else Move()
        return self._moves.pop(0) if self._moves else Move(hang_up=True)


def call(mind: Mind, scenario: Scenario = WANTS, **options: str) -> Recording:
    made, _ = rung(planted(voice=voice, **options), mind, scenario)
    return made


MOVES: dict[str, tuple[Step, ...]] = {
    "thinks aloud, starts anew and adds": (
        FalseStart(line("I wanted")),
        Say(line("I want")),
        Filler(line("um")),
        Say(line("an appointment")),
        Add(line("on Monday")),
    ),
    "holds": (Hold(line("one moment please"), 3.0),),
    "stays silent": (Silence(4.0),),
    "presses keys": (Press("12"),),
    "coughs in the silence": (Say(line("hello there")), Cough(0.3, during="silence")),
    "cuts in": (Say(line("hello there")), Interrupt(line("no stop please"), 1.0, "stop_request")),
    "murmurs": (Say(line("hello there")), Backchannel(line("mm"), 1.0)),
    "speaks aside and makes a noise": (
        Say(line("hello there")),
        SideSpeech(line("come in"), 0.8),
        NoiseBurst(2.5, "door"),
    ),
}


@pytest.mark.parametrize("steps", MOVES.values(), ids=MOVES)
def test_every_step_of_a_script_is_a_move_and_the_same_one_to_the_sample(steps: tuple[Step, ...]) -> None:
    improvised_ = call(Says(Move(steps)))
    script = Call(
        scripted(replace(WANTS, steps=steps), speak=speak), manners=WANTS.persona.manners, seed=WANTS.seed, limit=60.0
    )
    simulate(script, planted(voice=voice))
    for kind in (LineSaid, Interrupted, Murmured, KeysPressed, StayedSilent):
        assert those(improvised_, kind) == those(script.recording({}), kind)
    assert any(those(improvised_, kind) for kind in (LineSaid, KeysPressed, StayedSilent))


def test_the_greeting_may_be_cut_into() -> None:
    made = call(Says(over=(Move((Interrupt(line("no stop please"), 0.5, "stop_request"),)),)))
    (interrupted,) = those(made, Interrupted)
    assert interrupted.at == those(made, SpeechStarted)[0].at + RATE // 2


def test_a_mind_is_told_the_call_so_far_in_words_and_whose_they_are() -> None:
    mind = Says(say("hello there"), over=(Move(), Move((Backchannel(line("mm")),))))
    call(mind)
    last = mind.asked[-1]
    assert last.so_far[0] == "agent: Good morning, how may I help you?"
    assert last.so_far[1] == "you: hello there"
    assert last.so_far[2].startswith("agent: Certainly")
    assert last.so_far[3] == "you: (backchannel) mm"


def test_a_mind_that_listens_lets_the_agent_talk_until_patience_is_over() -> None:
    mind = Says(Move(), say("hello there"))
    (said,) = those(call(mind), LineSaid)[:1]
    mine = [question for question in mind.asked if question.moment == "your turn"]
    assert len(mine) >= 2
    assert "(the agent says nothing)" in mine[1].so_far
    assert said.at > 6.0 * RATE


def test_a_caller_that_speaks_first_is_asked_before_anybody_has_said_anything() -> None:
    mind = Says(say("hello there"))
    made = call(mind, replace(WANTS, first="caller"), greet="never")
    assert (mind.asked[0].moment, mind.asked[0].so_far) == ("your turn", ())
    assert those(made, LineSaid)[0].at == pytest.approx(0.4 * RATE, abs=1)


def test_rates_go_on_beside_what_is_improvised() -> None:
    murmurs = replace(WANTS, backchannels=Rate(1.0, (line("mm"),), "backchannel"))
    made = call(Says(say("hello there"), say("and what then")), murmurs)
    steps = {event.step for event in those(made, Murmured)}
    assert steps
    assert min(steps) > 1000


class Garbles:
    """Answers what is no move, so many times."""

    def __init__(self, times: int) -> None:
        self.asked: list[Question] = []
        self._times = times

    def __call__(self, question: Question) -> Move:
        self.asked.append(question)
        if len(self.asked) <= self._times:
            raise BadInput("no such step", value="sing", known=("say",))
        return Move(hang_up=True) if len(self.asked) > self._times + 1 else say("hello there")


def test_an_answer_that_is_no_move_is_asked_for_once_more_with_what_is_wrong_with_it() -> None:
    mind = Garbles(1)
    made = call(mind, greet="never")
    assert [question.problem for question in mind.asked[:2]] == [None, "no such step: 'sing'"]
    assert those(made, LineSaid)[0].text == "hello there"
    assert not those(made, CallerFailed)


def test_two_such_answers_end_the_call_which_then_says_nothing_about_the_agent() -> None:
    made = call(Garbles(2))
    (failed,) = those(made, CallerFailed)
    assert "no such step: 'sing'" in failed.why
    card = scorecard(listen(made), WANTS, agent="planted", shell="simulated")
    assert (card.status, card.why) == ("void", f"our own caller failed at {failed.at / RATE:.1f} s: {failed.why}")


def test_a_mind_that_is_gone_ends_the_call_the_same_way() -> None:
    def gone(question: Question) -> Move:
        raise CallVoid("the model did not answer")

    (failed,) = those(call(gone), CallerFailed)
    assert failed.why == "the model did not answer"


def test_it_makes_no_more_moves_than_its_scenario_lets_it() -> None:
    made = call(Says(*[say("hello there")] * 9), replace(WANTS, moves=2))
    assert len(those(made, LineSaid)) == 2
    assert those(made, HungUp)[0].reason == "had made all 2 moves that it may"


class Slowly:
    """Lets thoughts take so many polls: the call goes on meanwhile, as it does live."""

    def __init__(self, polls: int) -> None:
        self._polls = polls

    def __call__(self, think: Callable[[], Thought]) -> Future[Thought]:
        late = Late(self._polls)
        late.set_result(think())
        return late


class Late(Future[Thought]):
    def __init__(self, polls: int) -> None:
        super().__init__()
        self._polls = polls

    def done(self) -> bool:
        self._polls -= 1
        return self._polls < 0


def test_a_thought_that_takes_its_time_is_the_callers_delay_and_no_frame_waits_for_it() -> None:
    made, _ = rung(planted(voice=voice), Says(say("hello there")), begin=Slowly(100))
    (late, *_), (said, *_) = those(made, CallerLate), those(made, LineSaid)
    assert said.at == late.at + late.samples
    assert late.samples == pytest.approx(2.0 * RATE, abs=RATE // 10)


def test_what_was_decided_for_a_turn_of_the_agents_that_is_over_is_let_go() -> None:
    cut = Move((Interrupt(line("no stop please"), 0.5, "stop_request"),))
    mind = Says(say("hello there"), over=(cut,))
    # The greeting lasts two seconds, and the mind takes four.
    made, caller = rung(planted(voice=voice), mind, begin=Slowly(200))
    assert not those(made, Interrupted)
    assert [question.moment for question in mind.asked[:2]] == ["the agent is speaking", "your turn"]
    assert [type(step) for step in caller.steps] == [Say]
