"""The scores of ourselves: how punctual our own caller and our own frames were."""

from __future__ import annotations

import pytest

from harness.score import Limit, Score, Verdict
from harness.scorers.caller_drift import caller_drift
from harness.scorers.frame_lateness import frame_lateness
from harness.timeline import Event, Interrupted, KeysPressed, Murmured
from tests.scorers.calls import SCENARIO, at, call, reason, scored


def test_drift_is_the_real_instant_less_the_later_of_planned_and_knowable() -> None:
    events: list[Event] = [
        Interrupted(at(2.01), 0, "correction", at(2.0), at(1.0)),
        Murmured(at(4.0), 1, "backchannel", at(3.0), at(3.97)),
        KeysPressed(at(6.0), 2, "1", at(6.0), at(6.0)),
    ]
    found = scored(caller_drift(call([], [], events), SCENARIO))
    assert found.value == pytest.approx(0.03)
    assert found.values == pytest.approx((0.01, 0.03, 0.0))
    assert found.n == 3
    assert found.spans[0].start == 4.0


def test_a_call_without_planned_events_has_no_drift() -> None:
    assert reason(caller_drift(call(), SCENARIO)) == "nothing was planned for an instant"


def test_lateness_is_nearest_rank_over_all_our_frames() -> None:
    late = [float(k) for k in range(1, 201)]
    found = frame_lateness(call(seconds=5.0, lateness=late), SCENARIO)
    assert scored(found["p50"]).value == 100.0
    assert scored(found["p99"]).value == 198.0
    assert scored(found["max"]).value == 200.0
    assert scored(found["max"]).n == 200
    assert scored(found["max"]).spans[0].start == pytest.approx(199 * 0.02)


def test_a_simulated_call_has_no_lateness() -> None:
    assert reason(frame_lateness(call(seconds=5.0), SCENARIO)["p99"]) == "a simulated call has no lateness"


@pytest.mark.parametrize(("limit", "verdict"), [("<= 40ms", Verdict.PASS), ("<= 0.03s", Verdict.FAIL)])
def test_a_limit_in_time_holds_for_a_score_in_milliseconds(limit: str, verdict: Verdict) -> None:
    assert Limit.parse(limit).judge(Score(35.0, "ms", 100)) is verdict
