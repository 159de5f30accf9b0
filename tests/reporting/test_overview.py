import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.reporting.opened import read_call, read_run
from harness.reporting.overview import call_heading, run_heading, run_sums, scenarios_html, situations_html, totals_html
from harness.scenario import Effect
from harness.score import Score
from tests.reporting.cards import FAILS, PASSES, UNKNOWN, row
from tests.reporting.runs import keep_run


def test_the_line_the_caller_had_is_told_in_its_units(tmp_path: Path) -> None:
    run = read_run(keep_run(tmp_path).path)
    call = read_call(run.folder, run.rows[0])
    assert call.scenario is not None
    world = (Effect("noise", {"bed": "cafe", "snr": 5.0}), Effect("packet_loss", {"loss": 0.02, "burst": 0.08}))
    html = call_heading(replace(call, scenario=replace(call.scenario, world=world)), "A call")
    assert "noise: bed cafe, snr 5 dB" in html
    assert "packet loss: loss 2 %, burst 0.08 s" in html
    unknown = replace(call.scenario, world=(Effect("gone", {"depth": 2.5}),))
    assert "gone: depth 2.5" in call_heading(replace(call, scenario=unknown), "A call")


def test_a_run_that_did_not_end_says_so(tmp_path: Path) -> None:
    gates = [{"score": "pass_rate", "limit": ">= 80%", "verdict": "not_measured"}]
    run = read_run(keep_run(tmp_path, status="interrupted", planned=33, gates=gates).path)
    assert "interrupted: what is here is what was finished, 1 of 33 calls" in run_heading(run)
    assert "pass_rate &gt;= 80%: not measured: the run was broken off: 1 of 33 calls" in run_sums(run)


def test_a_run_with_control_calls_says_so(tmp_path: Path) -> None:
    with_, without = (
        run_heading(read_run(keep_run(tmp_path / name, control=on).path)) for name, on in (("a", True), ("b", False))
    )
    assert ">control calls<" in with_
    assert "control calls" not in without


def test_each_scenario_stands_once_with_all_its_conditions(tmp_path: Path) -> None:
    rows = [row("a-0", PASSES, condition={"world.noise.snr": "20dB"}), row("b-0", FAILS, condition={"x.snr": "5dB"})]
    html = scenarios_html(read_run(keep_run(tmp_path, rows).path))
    assert html.count("Books an appointment") == 1
    assert html.index("✓ pass") < html.index("[snr 20dB]") < html.index("✗ FAIL") < html.index("[snr 5dB]")


def test_scenarios_of_which_a_call_did_not_pass_come_first(tmp_path: Path) -> None:
    rows = [
        row("a-0", PASSES, scenario="Alpha", file="scenarios/first/a.yaml"),
        row("b-0", PASSES, scenario="Beta", file="scenarios/last/b.yaml"),
        row("c-0", FAILS, scenario="Gamma", file="scenarios/last/c.yaml"),
        row("d-0", UNKNOWN, scenario="Delta", file="scenarios/last/d.yaml"),
    ]
    html = scenarios_html(read_run(keep_run(tmp_path, rows).path))
    shown = ("last/", "Delta", "Gamma", "first/", "Alpha", "last/", "Beta")
    assert re.findall("|".join(shown), html) == list(shown)


def test_a_scenario_of_many_calls_is_counted(tmp_path: Path) -> None:
    rows = [row(f"a-{i}", PASSES if i else FAILS, repeat=i) for i in range(9)]
    html = scenarios_html(read_run(keep_run(tmp_path, rows).path))
    assert "✗ 1 FAIL" in html
    assert "✓ 8 pass" in html


def test_recognition_is_a_row_for_each_condition(tmp_path: Path) -> None:
    def heard(noise: str, wer: float, n: int) -> dict[str, Any]:
        return row(noise, scores={"wer": Score(wer, "ratio", n, few=n < 10)}, situation={"noise": noise})

    run = read_run(keep_run(tmp_path, [heard("none", 0.1, 40), heard("car 5 dB", 0.5, 6)]).path)
    html = situations_html(run)
    assert ">by noise<" in html
    noisy, clean = html.split("<tr>")[-2:]
    assert "none" in clean
    assert '10.0 % <span class="v-dim">n 40</span>' in clean
    assert '50.0 % <span class="v-dim">n 6, few</span>' in noisy
    assert "wer by noise" not in totals_html(run)


def test_a_run_of_one_condition_tells_nothing_apart(tmp_path: Path) -> None:
    assert situations_html(read_run(keep_run(tmp_path, [row()]).path)) == ""


def test_what_no_call_measured_is_not_measured_over_the_run(tmp_path: Path) -> None:
    html = totals_html(read_run(keep_run(tmp_path, [row()]).path))
    assert "not measured: the truth sets no outcome" in html
    assert "0.0 % (n 1, few)" in html
