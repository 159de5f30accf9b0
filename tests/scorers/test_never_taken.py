"""An agent that never took the call: nobody was on the line, and nothing about it is a good sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.run.scoring import measure, scorecard
from harness.scenario import HandoffTruth, Scenario, Truth
from harness.score import Score, Verdict
from harness.timeline import AgentState, HungUp, Party
from tests.scorers.calls import SCENARIO, call, reason, scored

REFUSED = HungUp(0, Party.AGENT, "refused the connection")
WHY = "the agent never took the call: refused the connection"
ASKED = replace(SCENARIO, truth=Truth(reason="book a table", outcome={"book": {}}))


@pytest.mark.parametrize(
    "score", ["dead_air.count", "dead_air.longest", "greeting_latency", "first_ten_seconds.greeted"]
)
def test_where_nobody_was_on_the_line_nothing_was_measured_and_the_reason_is_said(score: str) -> None:
    assert reason(measure(call(events=[REFUSED], seconds=0.02), ASKED)[score]) == WHY


@pytest.mark.parametrize("decision", ["required", "allowed", "forbidden"])
@pytest.mark.parametrize("scenario", [ASKED, replace(ASKED, first="caller")], ids=["greets", "is greeted"])
def test_only_that_the_task_was_not_done_is_known_of_such_a_call(scenario: Scenario, decision: str) -> None:
    truth = replace(scenario.truth, handoff=HandoffTruth(decision))  # type: ignore[arg-type]
    declared = AgentState(0, {"handoff": ["tool"]})
    found = measure(call(events=[declared, REFUSED], seconds=0.02), replace(scenario, truth=truth))
    known = {name: one.value for name, one in found.items() if isinstance(one, Score)}
    assert known.pop("task_success") == 0.0
    assert set(known.values()) <= {0.0}
    assert set(known) <= {"resolved_without_transfer", "transfer_success_with_summary"}
    assert reason(found["handoff_decision"]) == WHY


def test_an_agent_that_hangs_up_later_took_the_call() -> None:
    gone = call(events=[HungUp(320, Party.AGENT, "busy")], seconds=0.04)
    assert scored(measure(gone, SCENARIO)["greeting_latency"]).censored


def test_the_reason_is_why_the_call_went_as_it_did() -> None:
    card = scorecard(call(events=[REFUSED], seconds=0.02), SCENARIO, agent="x", shell="live")
    assert (card.status, card.verdict, card.why, card.never_taken) == ("scored", Verdict.NOT_MEASURED, WHY, True)
    bare = scorecard(call(events=[HungUp(0, Party.AGENT)], seconds=0.02), SCENARIO, agent="x", shell="live")
    assert bare.why == "the agent never took the call: it hung up at once"
