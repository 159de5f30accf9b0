from __future__ import annotations

import pytest

from harness.conversation import Conversation
from harness.score import Limit, Verdict
from harness.scorers._stages import waterfalls
from harness.scorers.stage import PARTS, stage
from harness.timeline import Event, StageTimed
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored


def told(seconds: float, **stages: float) -> list[Event]:
    """These stages, told at an instant."""
    return [StageTimed(at(seconds), name, ms) for name, ms in stages.items()]


def two_turns(*events: Event) -> Conversation:
    """Replies 1.0 s and 1.4 s after the caller's turns."""
    return call([Said(2.0, 4.0), Said(8.0, 9.0)], [(0.5, 1.5), (5.0, 7.0), (10.4, 12.0)], events)


def test_a_stage_is_worth_its_longest_turn_and_keeps_them_all() -> None:
    found = stage(two_turns(*told(5.0, stt=300, llm_first_token=400), *told(10.4, stt=500)), SCENARIO)
    stt = scored(found["stt"])
    assert (stt.value, stt.unit, stt.n, stt.values) == (500, "ms", 2, (300, 500))
    assert [(span.start, span.end) for span in stt.spans] == [(4.0, 5.0), (9.0, 10.4)]
    assert scored(found["llm_first_token"]).n == 1
    assert reason(found["transport_in"]) == "the agent never reported transport_in"


def test_what_no_stage_accounts_for_is_the_wait_less_their_sum() -> None:
    found = stage(two_turns(*told(5.0, stt=300, llm_first_token=650), *told(10.4, stt=500)), SCENARIO)
    left = scored(found["unattributed"])
    assert left.values == pytest.approx((50, 900))
    assert left.value == pytest.approx(900)
    assert "more than 20% of the response or 300 ms in 1 of 2 turns" in str(left.detail)


def test_a_fifth_of_the_response_is_warned_of_below_300_ms_too() -> None:
    first, second = waterfalls(two_turns(*told(5.0, stt=790), *told(10.4, stt=1130)))
    assert first.unattributed == pytest.approx(210)
    assert first.warned
    assert second.unattributed == pytest.approx(270)
    assert not second.warned


def test_overlapping_stages_are_shown_as_negative() -> None:
    left = scored(stage(two_turns(*told(5.0, stt=700, llm_first_token=700)), SCENARIO)["unattributed"])
    assert left.value == pytest.approx(-400)
    assert "negative in 1: stages overlap, a clock is wrong, or the agent's endpointing began" in str(left.detail)


def test_stages_that_are_more_than_the_wait_pass_no_limit_on_what_they_leave_over() -> None:
    limit = Limit.parse("<= 300ms")
    too_much = [*told(5.0, stt=80_000), *told(10.4, stt=1300)]
    left = scored(stage(two_turns(*too_much), SCENARIO)["unattributed"])
    assert left.values == pytest.approx((-79_000, 100))
    assert left.censored
    assert limit.judge(left) is Verdict.FAIL
    sound = stage(two_turns(*told(5.0, stt=1150), *told(10.4, stt=1300)), SCENARIO)["unattributed"]
    assert limit.judge(sound) is Verdict.PASS


def test_a_report_belongs_to_the_last_turn_that_had_ended() -> None:
    # Told in the middle of the reply, and long after it: both are the first turn's.
    falls = waterfalls(two_turns(*told(6.0, stt=300), *told(7.9, tts_first_byte=90)))
    assert [(dict(fall.stages), fall.exchange.turn.end) for fall in falls] == [
        ({"stt": 300, "tts_first_byte": 90}, at(4.0))
    ]


def test_a_report_told_while_the_caller_speaks_is_of_a_reply_that_began_too_soon() -> None:
    talk = call([Said(2.0, 4.0), Said(8.0, 12.0)], [(5.0, 6.0), (10.0, 13.5)], told(10.0, endpointing=200))
    (fall,) = waterfalls(talk)
    assert fall.exchange.turn.start == at(8.0)
    assert fall.unattributed is None
    assert reason(stage(talk, SCENARIO)["unattributed"]).startswith("no turn of which stages were reported")


def test_a_report_while_the_caller_speaks_is_else_of_the_turn_before() -> None:
    (fall,) = waterfalls(two_turns(*told(8.5, stt=300)))
    assert fall.exchange.turn.end == at(4.0)


def test_of_several_reports_the_last_by_the_replys_first_sound_counts() -> None:
    talk = two_turns(*told(4.3, stt=150), *told(4.9, stt=250), *told(6.0, stt=20), *told(6.0, tts_first_byte=80))
    assert dict(waterfalls(talk)[0].stages) == {"stt": 250, "tts_first_byte": 80}


def test_stages_stand_in_the_order_in_which_a_reply_goes_through_them() -> None:
    (fall,) = waterfalls(two_turns(*told(5.0, tts_first_byte=80, endpointing=400, stt=100)))
    assert list(fall.stages) == ["endpointing", "stt", "tts_first_byte"]


def test_what_is_told_after_the_call_or_is_no_duration_counts_for_nothing() -> None:
    talk = two_turns(*told(5.0, stt=300, warp=5), *told(10.4, stt=-4), *told(12.5, stt=999))
    stt = scored(stage(talk, SCENARIO)["stt"])
    assert stt.value == 300
    assert str(stt.detail) == "p50 300 ms; also reported: warp, 1 told after the call, 1 that are no duration"


def test_an_agent_that_reports_nothing_is_unscored() -> None:
    for found in (stage(two_turns(), SCENARIO), stage(call(), SCENARIO)):
        assert set(found) == set(PARTS)
        assert {reason(one) for one in found.values()} == {"the agent reported none of its stages"}


def test_reports_of_the_greeting_alone_are_unscored() -> None:
    found = stage(two_turns(*told(0.5, tts_first_byte=90)), SCENARIO)
    assert reason(found["tts_first_byte"]) == "the agent reported stages before the caller's first turn only"
