from pathlib import Path

from harness.reporting.grid import Wanted, calls_table, choices, chosen, neighbours
from harness.reporting.opened import OpenRun, read_run
from harness.score import Score
from tests.reporting.cards import FAILS, MEASURED, PASSES, UNKNOWN, row
from tests.reporting.runs import keep_call, keep_run


def run(tmp_path: Path) -> OpenRun:
    rows = [
        row("a-0", PASSES),
        row("b-0", FAILS, scenario="Wants a human", file="scenarios/handoff/human.yaml"),
        row("c-0", UNKNOWN),
        row("d-0", status="void", why="the line broke"),
    ]
    made = keep_run(tmp_path, rows)
    keep_call(made, "a-0")
    return read_run(made.path)


def ids(found: tuple[object, ...]) -> list[str]:
    return [str(one["call"]) for one in found]  # type: ignore[index]


def test_calls_that_did_not_pass_come_first(tmp_path: Path) -> None:
    assert ids(chosen(run(tmp_path), Wanted())) == ["b-0", "c-0", "d-0", "a-0"]


def test_each_filter_narrows_what_is_shown(tmp_path: Path) -> None:
    made = run(tmp_path)
    assert ids(chosen(made, Wanted(standings=("fail", "void")))) == ["b-0", "d-0"]
    assert ids(chosen(made, Wanted(folders=("handoff",)))) == ["b-0"]
    assert ids(chosen(made, Wanted(tags=("booking",)))) == ["a-0"]
    assert ids(chosen(made, Wanted(failing=("task_success",)))) == ["c-0"]
    assert ids(chosen(made, Wanted(text="WANTS"))) == ["b-0"]
    assert ids(chosen(made, Wanted(text="line broke"))) == ["d-0"]
    assert ids(chosen(made, Wanted(text="wants", standings=("pass",)))) == []


def test_there_is_to_choose_what_the_run_holds(tmp_path: Path) -> None:
    there = choices(run(tmp_path))
    assert there["standings"] == ("pass", "fail", "not_measured", "void")
    assert there["folders"] == ("handoff", "smoke")
    assert there["tags"] == ("booking", "interruption")
    assert "yield_delay.max" in there["failing"]


def test_a_censored_value_sorts_as_a_number_and_shows_that_it_is_more(tmp_path: Path) -> None:
    quick = {**MEASURED, "yield_delay.max": Score(0.4, "s", 1)}
    table = calls_table([row("a-0"), row("b-0", scores=quick), row("c-0", scores={})])
    values = list(table.data["yield"])  # type: ignore[attr-defined]
    assert values[:2] == [3.0, 0.4]
    assert values[2] != values[2]
    html = table.to_html()
    assert ">>3.00<" in html
    assert "0.40" in html
    assert "–" in html


def test_what_tells_a_call_from_its_siblings_has_a_column_of_its_own() -> None:
    rows = [row("a-0", condition={"world.noise.snr": "5dB"}), row("a-1", repeat=1)]
    assert list(calls_table(rows).data["condition"]) == ["[snr 5dB]", "#2"]  # type: ignore[attr-defined]
    assert "condition" not in calls_table([row()]).data  # type: ignore[attr-defined]


def test_the_neighbours_of_a_call_are_among_those_that_are_wanted() -> None:
    rows = [row("a-0"), row("b-0"), row("c-0")]
    assert neighbours(rows, "a-0") == (None, "b-0")
    assert neighbours(rows, "b-0") == ("a-0", "c-0")
    assert neighbours(rows, "c-0") == ("b-0", None)
    assert neighbours(rows, "d-0") == (None, None)
