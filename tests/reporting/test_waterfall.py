from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from harness.reporting.junit import junit
from harness.reporting.summary import summary
from harness.reporting.terminal import Standing, draw
from harness.reporting.totals import totals
from harness.reporting.waterfall import turn_bars, waterfall_html
from harness.run.gates import of_the_run
from harness.run.scoring import scorecard
from harness.scenario import Expectation
from harness.score import Limit, Score, Scorecard
from harness.timeline import StageTimed
from tests.reporting.cards import row
from tests.scorers.calls import SCENARIO, Said, at, call, scored

BUDGET = replace(SCENARIO, budget={"stt": 0.3}, expect=(Expectation("stage.stt", Limit.parse("<= 300ms")),))
TOLD = [StageTimed(at(5.0), "stt", 200), StageTimed(at(5.0), "llm_first_token", 750), StageTimed(at(10.4), "stt", 412)]
TALK = call([Said(2.0, 4.0), Said(8.0, 9.0, "<b>yes")], [(0.5, 1.5), (5.0, 7.0), (10.4, 12.0)], TOLD)


def test_stages_stand_one_behind_the_other_and_the_rest_at_the_end() -> None:
    first, second = turn_bars(TALK, BUDGET)
    assert [(bar.stage, bar.start, bar.length) for bar in first.bars] == [
        ("stt", 0, 200),
        ("llm_first_token", 200, 750),
        ("unattributed", 950, pytest.approx(50)),
    ]
    assert (first.at, first.response, first.wanting) == (4.0, 1000, False)
    assert second.wanting
    assert second.note == "988 ms that no stage accounts for (> 20 % or 300 ms)"


def test_a_bar_over_its_budget_is_marked() -> None:
    html = waterfall_html(turn_bars(TALK, BUDGET))
    assert html.count("v-over") == 1
    assert "✗ stt 412 ms, budget 300 ms" in html
    assert "stt 200 ms, budget 300 ms" in html
    assert "&lt;b&gt;yes" in html


def test_stages_that_are_more_than_the_wait_are_said_to_be() -> None:
    told = [StageTimed(at(5.0), "stt", 700), StageTimed(at(5.0), "llm_first_token", 700)]
    (turn,) = turn_bars(call([Said(2.0, 4.0)], [(5.0, 7.0)], told), None)
    assert turn.note == (
        "400 ms more than the wait: stages overlap, a clock is wrong, or the agent's endpointing began before the "
        "caller's last voiced sample"
    )
    assert [bar.stage for bar in turn.bars] == ["stt", "llm_first_token"]


def test_what_is_within_a_frame_of_the_wait_is_no_clock_that_is_wrong() -> None:
    told = [StageTimed(at(5.0), "stt", 700), StageTimed(at(5.0), "llm_first_token", 318)]
    (turn,) = turn_bars(call([Said(2.0, 4.0)], [(5.0, 7.0)], told), None)
    assert (turn.note, turn.wanting) == ("all accounted for, to 18 ms", False)


def test_a_breach_of_a_budget_names_the_stage_and_the_turn() -> None:
    breach = "stage.stt is 412 ms, limit <= 300ms (n 2): p50 200 ms; over budget in 1 of 2 turns"
    plain = scorecard(TALK, BUDGET, agent="demo", shell="simulated").to_json()
    out = io.StringIO()
    draw(Console(file=out, width=160), [plain], Standing("one"))
    assert f"{breach} at 00:09.0–00:10.4: stt 412 ms" in " ".join(out.getvalue().split())
    assert f"{breach}, at 00:09.0–00:10.4: stt 412 ms" in junit([plain]).replace("&lt;", "<")
    assert "`stage.stt` is 412 ms, limit &lt;= 300ms" in summary([plain])


def stt(*values: float) -> dict[str, Any]:
    return row(scores={"stage.stt": Score(max(values), "ms", len(values), values=values)})


def test_a_run_tells_each_stages_median_and_longest_over_all_its_turns() -> None:
    (total,) = totals([stt(100, 900), stt(200)])
    assert str(total) == "p50 200 ms · max 900 ms (n 3)"


@pytest.mark.parametrize(("calls", "told"), [(20, True), (19, False)])
def test_a_runs_p95_is_told_from_a_hundred_turns_in_twenty_calls_on(calls: int, told: bool) -> None:
    (total,) = totals([stt(*range(1, 7)) for _ in range(calls)])
    assert ("p95" in total.cells) is told


def test_a_gate_on_a_stage_holds_for_every_turn_of_the_run() -> None:
    cards = [Scorecard.from_json(stt(100, 900)), Scorecard.from_json(stt(200))]
    found = scored(of_the_run("stage.stt", cards))
    assert (found.value, found.n) == (900, 3)
