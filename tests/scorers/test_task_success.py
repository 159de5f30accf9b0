from __future__ import annotations

from typing import Any

import pytest

from harness.scenario import Entity
from harness.scorers.task_success import task_success
from harness.timeline import AgentState, HeardAs, ToolCalled
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored, with_truth

BOOKED = with_truth(outcome={"book_appointment": {"date": "2026-03-13", "time": "15:00", "name": "Asha Rao"}})
RIGHT = {"date": "the thirteenth of March", "time": "three pm", "name": "asha rao", "note": "window seat"}


def booking(seconds: float, result: Any = None, **arguments: Any) -> ToolCalled:
    return ToolCalled(at(seconds), "book_appointment", arguments, result)


def test_the_final_tool_call_with_canonical_values_is_success() -> None:
    found = scored(task_success(call([Said(2.0, 4.0)], [], [booking(5.0, **RIGHT)]), BOOKED))
    assert (found.value, found.unit, found.n) == (1.0, "ratio", 1)
    assert found.spans[0].start == 5.0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"date": "2026-03-12"}, "date '2026-03-12' instead of '2026-03-13'"),
        ({"time": "three am"}, "time 'three am'"),
        ({"name": "Usher Row"}, "name 'Usher Row'"),
        ({"date": None}, "without date"),
    ],
)
def test_one_wrong_value_is_failure_and_is_named(changed: dict[str, Any], why: str) -> None:
    found = scored(task_success(call([], [], [booking(5.0, **{**RIGHT, **changed})]), BOOKED))
    assert found.value == 0.0
    assert why in str(found.detail)


def test_the_last_call_is_the_final_state() -> None:
    stale = {**RIGHT, "date": "2026-03-12"}
    mended = call([], [], [booking(5.0, **stale), booking(8.0, **RIGHT)])
    spoiled = call([], [], [booking(5.0, **RIGHT), booking(8.0, **stale)])
    assert scored(task_success(mended, BOOKED)).value == 1.0
    assert scored(task_success(spoiled, BOOKED)).value == 0.0


@pytest.mark.parametrize("result", [{"error": "no such day"}, {"ok": False}, {"success": False}])
def test_a_call_that_failed_changes_nothing(result: Any) -> None:
    stale = booking(5.0, **{**RIGHT, "date": "2026-03-12"})
    assert scored(task_success(call([], [], [stale, booking(8.0, result, **RIGHT)]), BOOKED)).value == 0.0
    assert scored(task_success(call([], [], [booking(8.0, {"ok": True}, **RIGHT)]), BOOKED)).value == 1.0


def test_an_agent_that_tells_what_it_does_and_made_no_call_failed() -> None:
    talk = call([], [], [AgentState(0, {"handoff": ["in-band"]})])
    found = scored(task_success(talk, BOOKED))
    assert (found.value, found.detail) == (0.0, "book_appointment was never called")


def test_an_agent_that_tells_nothing_of_what_it_does_is_not_measured() -> None:
    assert reason(task_success(call([Said(2.0, 4.0)]), BOOKED)) == "the agent tells nothing of what it does"
    transcripts_only = call([], [], [HeardAs(at(2.0), "book it")])
    assert reason(task_success(transcripts_only, BOOKED)) == "the agent tells nothing of what it does"


def test_a_scenario_without_an_outcome_is_not_measured() -> None:
    assert reason(task_success(call([], [], [booking(5.0, **RIGHT)]), SCENARIO)) == "the scenario states no outcome"


def test_a_variant_that_the_truth_accepts_is_right() -> None:
    fault = Entity("fault", "no internet", accepted=("broadband fault",))
    scenario = with_truth(outcome={"open_ticket": {"fault": "no internet"}}, entities=(fault,))
    accepted = call([], [], [ToolCalled(at(5.0), "open_ticket", {"fault": "Broadband fault"})])
    other = call([], [], [ToolCalled(at(5.0), "open_ticket", {"fault": "no telephone"})])
    assert scored(task_success(accepted, scenario)).value == 1.0
    assert scored(task_success(other, scenario)).value == 0.0
