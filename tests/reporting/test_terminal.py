from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from harness.reporting.terminal import Standing, draw, heading
from harness.score import Judged, Score, Verdict
from tests.reporting.cards import FAILS, PASSES, UNKNOWN, row


def drawn(rows: Sequence[Any], width: int = 80, **around: Any) -> str:
    out = io.StringIO()
    draw(Console(file=out, width=width, highlight=False), rows, Standing("demo · simulated", **around))
    lines = out.getvalue().splitlines()
    assert lines == [line.rstrip() for line in lines], "no line ends in blanks"
    return "\n".join(lines)


LONG = "Caller corrects the date while the agent reads it back"

ROWS = (
    row("a", PASSES),
    row("b", FAILS, scenario=LONG, file="scenarios/interruption/date.yaml", condition={"world.noise.snr": "10dB"}),
    row("c", UNKNOWN, scenario="Asks where an order is"),
    row("d", PASSES, scenario="Leaves a message", status="void", why="the voice died", scores={}),
)


def test_the_scorecard() -> None:
    assert (
        drawn(ROWS, folder=Path("reports/r"), next_steps=(("report", "reports/r/"),))
        == """\
demo · simulated

                                                    reply yield WER handoff task
interruption/
✗ FAIL         date [snr 10dB]                       0.90 >3.00  8%       ✗    –
smoke/
✓ pass         books                                 0.90 >3.00  8%       ✗    –
? not measured books                                 0.90 >3.00  8%       ✗    –
! void         books                                    –     –   –       –    –
reply: response_latency.p50 · yield: yield_delay.max · handoff: handoff_decision
· task: task_success · –: not measured

✗ Caller corrects the date while the agent reads it back [snr 10dB]
scenarios/interruption/date.yaml
    ✗ response_latency.max is 2.310 s, limit <= 1.5s (n 3)
        at 00:14.0–00:16.3: turn 1
    ✗ yield_delay.max is > 3.000 s, limit <= 800ms (n 1)
        at 01:14.2–01:17.2: went on speaking
    ✗ handoff_decision: missed
    listen: reports/r/calls/b/call.wav

? not measured: never a pass
    task_success pass: the truth sets no outcome
        Asks where an order is

! void  Leaves a message: the voice died

4 calls: 1 pass, 1 fail, 1 not measured, 1 void
    response_latency  max 2.310 s (n 9)
    yield_delay  max > 3.000 s (n 3)
    yield_rate  0.0 % (n 3, few)
    selectivity  not measured: 1 to be ignored; needs control calls
    wer  8.3 % (n 144)
    handoff_decision  0.0 % (n 3, few)
    task_success  not measured: the truth sets no outcome

report  reports/r/"""
    )


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_a_call_is_one_line_that_fits_at_any_width(width: int) -> None:
    rows = [
        row(f"c{i}", PASSES, scenario=f"{LONG} {LONG}", file=f"{'x' * 99}.yaml", condition={"world.noise.bed": "café"})
        for i in range(24)
    ]
    lines = [line for line in drawn(rows, width).splitlines() if line.startswith("✓ pass")]
    assert len(lines) == 24
    assert {cell_len(line) for line in lines} == {width}
    assert all("[bed café]" in line for line in lines)


def test_wide_letters_keep_the_columns_straight() -> None:
    lines = drawn([row("a", PASSES), row("b", PASSES, scenario="日本語の電話です" * 8)], 101).splitlines()
    assert {cell_len(line) for line in lines if line.startswith("✓")} == {101}


def test_a_narrow_terminal_shows_the_scenarios_file_and_a_wide_one_its_whole_name() -> None:
    assert "✓ pass books " in drawn([row("a", PASSES)], 99)
    assert "✓ pass Books an appointment " in drawn([row("a", PASSES)], 100)


def test_the_word_says_the_verdict_where_there_is_no_colour() -> None:
    page = drawn(ROWS)
    for word in ("✓ pass", "✗ FAIL", "? not measured", "! void"):
        assert word in page


def test_a_scenario_without_limits_is_said_to_have_none() -> None:
    assert "· no limits" in drawn([row("a")])
    assert "1 call: 1 no limits" in drawn([row("a")])


def test_calls_that_could_not_be_measured_for_one_reason_are_told_together() -> None:
    page = drawn([row("a", UNKNOWN), row("b", UNKNOWN, scenario="Another")])
    assert page.count("task_success pass: the truth sets no outcome") == 1
    assert "        Another" in page


def test_what_was_not_measured_is_told_beside_what_failed() -> None:
    assert "? task_success pass: not measured: the truth sets no outcome" in drawn([row("a", {**FAILS, **UNKNOWN})])


def test_a_gate_on_the_run_says_what_it_was_held_against() -> None:
    page = drawn([row("a", PASSES), row("b", FAILS)], gates=(Judged("pass_rate", ">= 90%", Verdict.FAIL),))
    assert "✗ FAIL  gate on the run: pass_rate is 50.0 %, limit >= 90% (n 2, few)" in page


def test_a_path_to_listen_to_is_never_broken_over_lines() -> None:
    folder = Path("a-folder-with-a-long-name" * 5)
    assert f"listen: {folder}/calls/a/call.wav" in drawn([row("a", FAILS)], folder=folder)


def test_a_note_that_looks_like_markup_is_shown_as_it_is() -> None:
    assert "why [bold]not[/bold]" in drawn([row("a", status="void", why="why [bold]not[/bold]")])


def test_the_heading_says_how_long_the_calls_were_and_how_long_they_took() -> None:
    assert heading(ROWS, 723.0, 41.0) == "demo · simulated · 12 min 3 s of calls in 41.0 s, 17.6 times real time"


def test_the_heading_says_that_planned_events_had_control_calls() -> None:
    assert heading(ROWS, 10.0, 0.0, control=True) == "demo · simulated, with control calls · 10.0 s of calls in 0.0 s"


def test_what_tells_calls_apart_is_told_once_for_recognition_and_the_rest_is_for_the_report() -> None:
    scores = [{"wer": Score(value, "ratio", 100), "cer": Score(value / 2, "ratio", 100)} for value in (0.1, 0.2)]
    rows = [row(name, scores=of, situation={"noise": name}) for name, of in zip(("cafe", "car"), scores, strict=True)]
    told = drawn(rows)
    assert "wer by noise  cafe 10.0 % · car 20.0 % (n 100 each)" in told
    assert "cer  7.5 % (n 200)" in told
    assert "cer by noise" not in told


def test_calls_that_the_agent_never_took_are_told_once_with_their_names() -> None:
    why = "the agent never took the call: refused the connection: is anything listening at 127.0.0.1:9?"
    unanswered = [row(name, FAILS, scenario=f"Call {name}", why=why) for name in "ab"]
    page = drawn([*unanswered, row("c", UNKNOWN, scenario="Call c", why=why), row("d", PASSES)], 160)
    assert f"✗ {why} (3 calls)\n    Call a\n    Call b\n    Call c\n\n4 calls: 1 pass, 2 fail, 1 not measured" in page
    assert page.count(why) == 1
    assert "limit <=" not in page


def test_a_gate_that_is_not_judged_says_why() -> None:
    gates = (Judged("pass_rate", ">= 80%", Verdict.NOT_MEASURED),)
    told = "? not measured  gate on the run: pass_rate >= 80%: not measured: "
    broken_off = drawn([row("a", PASSES)], 160, gates=gates, in_part="the run was broken off: 11 of 33 calls")
    assert f"{told}the run was broken off: 11 of 33 calls\n" in f"{broken_off}\n"
    assert f"{told}the run was broken off before all its calls were made" in drawn([row("a", PASSES)], 160, gates=gates)
