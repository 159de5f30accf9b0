"""Recovery is more than later speech: each part is broken once, and once nobody can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harness.conversation import Conversation
from harness.scenario import Entity, Scenario
from harness.score import Limit, Verdict
from harness.scorers.interruption_recovery import interruption_recovery
from harness.scorers.recovery_parts import recovery_parts
from harness.timeline import (
    AgentSaid,
    AgentState,
    AudioWithdrawn,
    Event,
    HandedOff,
    HungUp,
    MessageSent,
    Party,
    ToolCalled,
)
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored, with_truth

DATE = Entity("date", "2026-03-13", was=("2026-03-12",))
BOOKING = with_truth(entities=(DATE,))
OLD = (
    "Let me read that back to you now. Your appointment with doctor Mehta is on the twelfth of March at three in the "
    "afternoon and please bring your insurance card along with any letters that the hospital may have sent to you"
)
RIGHT = "The thirteenth of March it is, then."
ASKS = Said(0.2, 1.0, "I want to see doctor Mehta on the twelfth of March")
CUT_IN = Said(6.0, 8.0, "Sorry, not the twelfth, the thirteenth", "correction")
BOOKED = ToolCalled(at(9.5), "book_appointment", {"date": "2026-03-13"})


def interrupted(
    answer: str | None = RIGHT,
    events: Sequence[Event] = (BOOKED,),
    *,
    line: Said = CUT_IN,
    delay: float = 0.4,
    latency: float = 0.7,
    length: float = 2.0,
    old: str | None = OLD,
    proof: bool = True,
    later: Sequence[Said] = (),
) -> Conversation:
    """An agent that was cut off in a long turn, and what it said then; no answer where it is None."""
    stop, reply = line.start + delay, line.end + latency
    noted: list[Event] = [*events]
    noted += [AgentSaid(at(1.5), old)] if old else []
    noted += [AgentSaid(at(reply - 0.1), answer)] if answer else []
    noted += [AudioWithdrawn(at(stop), at(3.0))] if proof else []
    spurts = [(1.6, stop)] + ([(reply, reply + length)] if answer is not None else [])
    return call([ASKS, line, *later], spurts, noted, seconds=20.0)


def recovered(talk: Conversation, scenario: Scenario = BOOKING) -> float:
    return scored(interruption_recovery(talk, scenario)).value


def part(name: str, talk: Conversation, scenario: Scenario = BOOKING) -> float:
    return scored(recovery_parts(talk, scenario)[name]).value


def test_an_agent_that_yields_answers_and_keeps_the_correction_has_recovered() -> None:
    talk = interrupted()
    found = scored(interruption_recovery(talk, BOOKING))
    assert (found.value, found.n, found.few) == (1.0, 1, True)
    shown = "1 of 1 recovered: yielded 1/1, answered 1/1, addressed 1/1, kept 1/1, not_repeated 1/1"
    assert found.detail == shown
    assert [part(name, talk) for name in recovery_parts(talk, BOOKING)] == [1.0] * 5
    assert Limit.parse(">= 90%").judge(found) is Verdict.PASS


@pytest.mark.parametrize(("delay", "holds"), [(0.8, 1.0), (0.82, 0.0)])
def test_a_late_yield_is_no_recovery_and_the_rest_is_not_due(delay: float, holds: float) -> None:
    talk = interrupted(delay=delay)
    assert recovered(talk) == holds
    assert part("yielded", talk) == holds
    if not holds:
        assert reason(recovery_parts(talk, BOOKING)["answered"]) == "it did not yield"


def test_a_deaf_agent_that_speaks_later_has_not_recovered() -> None:
    deaf = call([ASKS, CUT_IN], [(1.6, 12.0)], [AgentSaid(at(1.5), OLD), BOOKED], seconds=20.0)
    assert recovered(deaf) == 0.0
    assert "still speaking after 3.0 s" in str(scored(interruption_recovery(deaf, BOOKING)).detail)


@pytest.mark.parametrize(("latency", "holds"), [(3.5, 1.0), (3.6, 0.0), (-0.5, 0.0)])
def test_an_answer_too_late_or_before_the_caller_has_finished_is_broken(latency: float, holds: float) -> None:
    talk = interrupted(latency=latency)
    assert part("answered", talk) == holds
    assert recovered(talk) == holds


def test_an_agent_that_never_answers_has_not_recovered() -> None:
    assert recovered(interrupted(None)) == 0.0
    cut_short = interrupted(None, later=[Said(10.0, 11.0, "Hello?")])
    assert "the caller waited only 2.0 s" in reason(interruption_recovery(cut_short, BOOKING))


def test_an_agent_that_hangs_up_instead_of_answering_has_not_recovered() -> None:
    gone = HungUp(at(8.5), Party.AGENT)
    assert part("answered", interrupted(None, [BOOKED, gone])) == 0.0


def test_an_answer_with_the_old_value_does_not_address_the_correction() -> None:
    talk = interrupted("The twelfth of March it is, then.")
    assert part("addressed", talk) == 0.0
    assert "it says what was corrected" in str(scored(interruption_recovery(talk, BOOKING)).detail)
    assert recovered(talk) == 0.0


def test_an_agent_that_goes_on_with_its_old_answer_does_not_address_anything() -> None:
    rest = "and please bring your insurance card along with any letters that the hospital may have sent to you"
    assert part("addressed", interrupted(rest), SCENARIO) == 0.0
    told_nothing_new = interrupted("")
    assert part("addressed", told_nothing_new, SCENARIO) == 0.0


def test_an_agent_that_answers_the_question_before_does_not_address_this_one() -> None:
    line = Said(6.0, 8.0, "Actually, what are your opening hours?", "topic_switch")
    old = interrupted("You are booked to see doctor Mehta.", line=line)
    assert part("addressed", old, SCENARIO) == 0.0
    new = interrupted("We are open from nine to five.", line=line)
    assert part("addressed", new, SCENARIO) == 1.0


def test_what_words_alone_cannot_tell_is_left_to_a_judge() -> None:
    line = Said(6.0, 8.0, "Actually, what are your opening hours?", "topic_switch")
    talk = interrupted("From nine to five.", line=line)
    assert "its words don't show" in reason(recovery_parts(talk, SCENARIO)["addressed"])
    assert "1 of 1 interruptions can't be told" in reason(interruption_recovery(talk, SCENARIO))


def test_a_correction_without_a_stated_truth_is_addressed_by_what_is_new_in_it() -> None:
    assert part("addressed", interrupted(), SCENARIO) == 1.0
    assert part("addressed", interrupted("The twelfth of March, yes."), SCENARIO) == 0.0


PACKET = {"entities": {"date": "March 13"}}
STALE = {"entities": {"date": "March 12"}}


@pytest.mark.parametrize(
    ("events", "holds"),
    [
        ([BOOKED], 1.0),
        ([ToolCalled(at(9.5), "book_appointment", {"when": {"Date": "2026-03-12"}})], 0.0),
        ([BOOKED, ToolCalled(at(12.0), "confirm", {"date": "the twelfth of March"})], 0.0),
        ([ToolCalled(at(9.5), "book", {"day": "2026-03-12"}), HandedOff(at(14.0), "desk", PACKET)], 1.0),
        ([HandedOff(at(14.0), "desk", STALE)], 0.0),
        ([HandedOff(at(14.0), "desk", "Caller moved from the twelfth to the thirteenth of March")], 1.0),
        ([AgentState(at(14.0), {"slots": {"date": "2026-03-13"}})], 1.0),
        ([MessageSent(at(14.0), "sms", None, "See you on the twelfth of March")], 0.0),
    ],
)
def test_the_last_thing_that_carries_the_fact_must_have_the_corrected_value(
    events: Sequence[Event], holds: float
) -> None:
    assert part("kept", interrupted(events=events)) == holds


def test_what_was_done_before_the_correction_proves_nothing() -> None:
    early = ToolCalled(at(5.0), "book_appointment", {"date": "2026-03-13"})
    assert "nothing that it did holds the date" in reason(recovery_parts(interrupted(events=[early]), BOOKING)["kept"])
    assert "can't be told" in reason(interruption_recovery(interrupted(events=[early]), BOOKING))
    assert "doesn't say which fact" in reason(recovery_parts(interrupted(), SCENARIO)["kept"])


AGAIN = "Let me read that back to you now. Your appointment with doctor Mehta is on the twelfth of March"


def test_what_was_heard_is_not_to_be_said_again() -> None:
    line = Said(6.0, 8.0, "Hang on, I want to talk about the hospital", "topic_switch")
    repeated = interrupted(f"The hospital? {AGAIN}", line=line)
    assert part("not_repeated", repeated, SCENARIO) == 0.0
    assert recovered(repeated, SCENARIO) == 0.0
    short = interrupted("The hospital? Let me read that back.", line=line)
    assert part("not_repeated", short, SCENARIO) == 1.0


def test_a_read_back_that_holds_the_corrected_value_is_exempt() -> None:
    answer = AGAIN.replace("twelfth", "thirteenth")
    assert part("not_repeated", interrupted(answer)) == 1.0
    assert recovered(interrupted(answer)) == 1.0
    assert part("not_repeated", interrupted(AGAIN)) == 0.0


def test_who_asks_to_have_it_said_again_wants_to_hear_it() -> None:
    line = Said(6.0, 8.0, "Sorry, what was that?", "clarify")
    talk = interrupted(AGAIN, line=line)
    assert "it was asked to say it again" in reason(recovery_parts(talk, SCENARIO)["not_repeated"])
    assert recovered(talk, SCENARIO) == 1.0


def test_what_was_not_yet_heard_may_be_said() -> None:
    line = Said(2.4, 4.0, "Hang on, which card was it?", "topic_switch")
    rest = "the card is your insurance card along with any letters that the hospital may have sent to you"
    assert part("not_repeated", interrupted(rest, line=line), SCENARIO) == 1.0


def test_a_request_to_stop_may_be_answered_by_silence() -> None:
    line = Said(6.0, 6.8, "Stop, please", "stop_request")
    assert recovered(interrupted(None, line=line), SCENARIO) == 1.0
    assert recovered(interrupted("Of course.", line=line), SCENARIO) == 1.0
    rest = "and please bring your insurance card along with any letters that the hospital may have sent to you"
    assert recovered(interrupted(rest, line=line), SCENARIO) == 0.0


def test_who_asks_for_a_person_is_answered_by_a_handoff() -> None:
    line = Said(6.0, 8.0, "I want to speak to a person", "escalate")
    handed = interrupted("One moment.", [HandedOff(at(9.0), "desk", None)], line=line)
    assert part("addressed", handed, SCENARIO) == 1.0
    talked = interrupted("I can put you through to somebody.", [], line=line)
    assert "don't show" in reason(recovery_parts(talked, SCENARIO)["addressed"])


def test_without_words_nothing_is_said_of_the_answer() -> None:
    spurts = [(1.6, 6.4), (8.7, 10.0)]
    proof = AudioWithdrawn(at(6.4), at(3.0))
    mute = call([ASKS, CUT_IN], spurts, [proof, BOOKED], seconds=20.0)
    assert reason(recovery_parts(mute, BOOKING)["addressed"]) == "nobody knows the answer's words"
    assert part("answered", mute) == 1.0
    texts = {0: OLD[:60], 1: RIGHT}
    recognised = call([ASKS, CUT_IN], spurts, [proof, BOOKED], seconds=20.0, texts=texts)
    assert "can't be told" in reason(interruption_recovery(mute, BOOKING))
    assert recovered(recognised) == 1.0


def test_an_unproved_yield_is_unknown_unless_another_part_is_broken() -> None:
    unproved = interrupted(proof=False, old=None)
    assert "nothing shows whether it had more to say" in reason(interruption_recovery(unproved, BOOKING))
    wrong = interrupted("The twelfth of March it is, then.", proof=False, old=None)
    assert recovered(wrong) == 0.0


def three_times(answers: Sequence[str]) -> Conversation:
    """A caller that asks and cuts in with the same words, as often as there are answers."""
    lines: list[Said] = []
    spurts: list[tuple[float, float]] = []
    told: list[Event] = []
    for k, answer in enumerate(answers):
        now = 20.0 * k
        lines += [replace(ASKS, start=now + 0.2, end=now + 1.0)]
        lines += [Said(now + 6.0, now + 8.0, "Wait, my parrot escaped", "topic_switch")]
        spurts += [(now + 1.6, now + 6.4), (now + 8.7, now + 10.0)]
        told += [
            AgentSaid(at(now + 1.5), OLD),
            AgentSaid(at(now + 8.6), answer),
            AudioWithdrawn(at(now + 6.4), at(3.0)),
        ]
    return call(lines, spurts, told, seconds=20.0 * len(answers))


def test_unknown_events_are_counted_and_may_not_outnumber_the_known() -> None:
    found = scored(interruption_recovery(three_times(["Your parrot?", "A parrot, I see.", "Goodness me."]), SCENARIO))
    assert (found.value, found.n) == (1.0, 2)
    assert "2 of 2 recovered, 1 unknown" in str(found.detail)
    vague = three_times(["Your parrot?", "Goodness me.", "Goodness me."])
    assert "2 of 3 interruptions can't be told" in reason(interruption_recovery(vague, SCENARIO))
    mixed = three_times(["Your parrot?", "Doctor Mehta on the twelfth.", "Goodness me."])
    assert scored(interruption_recovery(mixed, SCENARIO)).values == (1.0, 0.0)


def test_an_agent_may_go_on_once_it_has_answered() -> None:
    rest = "and please bring your insurance card along with any letters that the hospital may have sent to you"
    line = Said(6.0, 8.0, "Wait, my parrot escaped", "topic_switch")
    answered = interrupted(f"I am sorry about your parrot. As I was saying, {rest}", line=line)
    assert part("addressed", answered, SCENARIO) == 1.0


def test_an_interruption_that_never_happened_is_no_recovery() -> None:
    assert reason(interruption_recovery(call([ASKS], [(1.6, 4.0)]), BOOKING)) == "the caller never interrupted"
    silent = call([ASKS, CUT_IN], [(1.6, 3.0), (8.7, 10.0)], [BOOKED])
    assert "no interruption was there to recover from" in reason(interruption_recovery(silent, BOOKING))
    assert "the agent wasn't speaking" in reason(interruption_recovery(silent, BOOKING))
