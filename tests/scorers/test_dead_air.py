from __future__ import annotations

from dataclasses import replace

import pytest

from harness.score import Limit, Verdict
from harness.scorers.dead_air import dead_air
from harness.timeline import AgentSaid, KeysPressed, Party, Starved, StayedSilent
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored


def test_a_silence_of_three_seconds_that_the_agent_owed_is_dead_air() -> None:
    talk = call([Said(2.0, 4.0), Said(10.0, 11.0)], [(0.5, 1.5), (7.0, 9.0), (13.9, 15.0)])
    found = dead_air(talk, SCENARIO)
    assert scored(found["count"]).value == 1
    assert scored(found["longest"]).value == pytest.approx(3.0)
    assert scored(found["flagged"]).value == 0
    assert scored(found["count"]).n == 3
    span = scored(found["longest"]).spans[0]
    assert (span.start, span.end) == pytest.approx((4.0, 7.0))


def test_a_call_without_dead_air_says_so() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (6.9, 8.0)])
    found = dead_air(talk, SCENARIO)
    assert scored(found["count"]).value == 0
    assert scored(found["longest"]).value == 0.0
    assert Limit.parse("<= 3s").judge(found["longest"]) is Verdict.PASS


def test_ten_seconds_are_flagged_and_a_silence_that_the_caller_broke_is_censored() -> None:
    talk = call([Said(2.0, 4.0), Said(16.0, 17.0)], [(0.5, 1.5), (17.5, 19.0)])
    found = dead_air(talk, SCENARIO)
    assert scored(found["flagged"]).value == 1
    longest = scored(found["longest"])
    assert longest.value == pytest.approx(12.0)
    assert longest.censored
    assert Limit.parse("<= 20s").judge(longest) is Verdict.FAIL


def test_a_silence_that_the_caller_owes_is_none() -> None:
    talk = call([Said(9.0, 10.0)], [(0.5, 1.5), (10.5, 12.0)], [StayedSilent(at(1.9), 0, at(9.0))])
    assert scored(dead_air(talk, SCENARIO)["count"]).value == 0


def test_a_hold_does_not_discharge_the_turn() -> None:
    lines, spurts = [Said(2.0, 4.0)], [(0.5, 1.5), (4.5, 5.5), (9.5, 12.0)]
    told = [AgentSaid(at(4.4), "One moment please."), AgentSaid(at(9.3), "Your order left on Monday.")]
    assert scored(dead_air(call(lines, spurts, told), SCENARIO)["longest"]).value == pytest.approx(4.0)
    answered = [AgentSaid(at(4.4), "Your order left on Monday."), AgentSaid(at(9.3), "Anything else?")]
    assert scored(dead_air(call(lines, spurts, answered), SCENARIO)["count"]).value == 0


def test_a_hold_is_known_by_recognised_words_where_the_agent_tells_none() -> None:
    lines, spurts = [Said(2.0, 4.0)], [(0.5, 1.5), (4.5, 5.3), (9.5, 12.0)]
    held = "One moment please. Your order left the warehouse on Monday and is due tomorrow."
    assert scored(dead_air(call(lines, spurts, texts={1: held}), SCENARIO)["count"]).value == 1
    answered = "Your order left the warehouse on Monday. Is there anything else I can do for you?"
    assert scored(dead_air(call(lines, spurts, texts={1: answered}), SCENARIO)["count"]).value == 0
    assert scored(dead_air(call(lines, spurts), SCENARIO)["count"]).value == 0


def test_a_greeting_is_owed_unless_the_caller_speaks_first() -> None:
    talk = call([Said(6.0, 7.0)], [(7.5, 9.0)])
    assert scored(dead_air(talk, SCENARIO)["count"]).value == 1
    assert scored(dead_air(talk, replace(SCENARIO, first="caller"))["count"]).value == 0


def test_pressed_keys_are_answered_like_a_turn() -> None:
    keys = KeysPressed(at(2.0), 0, "1", at(2.0), at(2.0))
    talk = call([], [(0.5, 1.5), (6.0, 8.0)], [keys])
    assert scored(dead_air(talk, SCENARIO)["longest"]).value == pytest.approx(4.0)


def test_a_murmur_of_the_callers_divides_a_silence() -> None:
    talk = call(
        [Said(2.0, 4.0), Said(6.0, 6.4, "mm-hmm", "backchannel")],
        [(0.5, 1.5), (8.0, 9.0)],
    )
    assert scored(dead_air(talk, SCENARIO)["count"]).value == 0


def test_an_utterance_that_starves_leaves_dead_air_as_heard() -> None:
    talk = call([Said(2.0, 4.0)], [(0.5, 1.5), (4.5, 5.5), (9.0, 12.0)], [Starved(at(5.5), at(3.5), "r2")])
    assert scored(dead_air(talk, SCENARIO)["longest"]).value == pytest.approx(3.5)


def test_speech_that_ran_on_from_before_answers_nothing() -> None:
    talk = call([Said(2.0, 3.0, kind="clarify")], [(0.5, 3.5), (7.0, 9.0)])
    assert scored(dead_air(talk, SCENARIO)["longest"]).value == pytest.approx(3.5)


def test_an_agent_that_never_owed_a_turn_is_not_measured() -> None:
    talk = call([], [(0.5, 1.5)], seconds=9.0, hung_up=Party.CALLER)
    assert reason(dead_air(talk, replace(SCENARIO, first="caller"))["count"]) == "the agent never owed a turn"
