"""A run on disk: whole rows or none, and never two runs in one folder."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from harness.errors import BadInput
from harness.run.folder import RunFolder, create_run, open_run, runs_in
from harness.score import Scorecard

NOW = datetime(2026, 3, 1, 12, 0, 0)
ROW = Scorecard("b-0", "S", "s.yaml", "demo", 1, "simulated").to_json()


def test_two_runs_in_one_second_have_folders_of_their_own(tmp_path: Path) -> None:
    first, second = create_run(tmp_path, None, NOW), create_run(tmp_path, None, NOW)
    assert first.path.name == "2026-03-01T12-00-00"
    assert second.path.name == "2026-03-01T12-00-00-2"


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    create_run(tmp_path, "mine", NOW)
    with pytest.raises(BadInput, match="already"):
        create_run(tmp_path, "mine", NOW)


@pytest.mark.parametrize("name", ["", "..", "a/b", "../x"])
def test_a_name_that_is_no_folders_name_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        create_run(tmp_path / "reports", name, NOW)
    assert not (tmp_path / "reports").exists()


def test_reports_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file")
    with pytest.raises(BadInput, match="can't write the reports"):
        create_run(tmp_path / "reports", None, NOW)


def test_rows_are_read_in_order_of_call(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.append(ROW)
    run.append({**ROW, "call": "a-0"})
    assert [row["call"] for row in run.rows()] == ["a-0", "b-0"]


@pytest.mark.parametrize("half", [b'{"call": "c-0", "sco', b'{"call": "caf\xc3'])
def test_a_last_row_that_a_crash_cut_off_is_named_and_hides_no_other(half: bytes, tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.append(ROW)
    with (tmp_path / "calls.jsonl").open("ab") as file:
        file.write(half)
    kept = run.read()
    assert [row["call"] for row in kept.rows] == ["b-0"]
    assert kept.unread == (half,)
    assert "calls.jsonl:2: a row that is only half written" in kept.problems[0]


def test_a_broken_row_in_the_middle_is_named_with_its_line_and_hides_no_other(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.append(ROW)
    with (tmp_path / "calls.jsonl").open("a") as file:
        file.write("nonsense\n")
    run.append({**ROW, "call": "a-0"})
    kept = run.read()
    assert [row["call"] for row in kept.rows] == ["a-0", "b-0"]
    assert kept.problems == (f"{tmp_path}/calls.jsonl:2: not a row of a run: 'nonsense'",)


def test_rows_that_are_written_anew_leave_what_cannot_be_read_as_it_is(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.rewrite([ROW], [b"caf\xc3"])
    kept = run.read()
    assert ([row["call"] for row in kept.rows], kept.unread) == (["b-0"], (b"caf\xc3",))


@pytest.mark.parametrize(
    "row",
    [
        '{"call": "b-0", "scores": {}}',
        json.dumps({**ROW, "call": "../b-0"}),
        json.dumps({**ROW, "call": 5}),
        "[]",
        json.dumps({**ROW, "status": "eaten"}),
    ],
)
def test_what_is_no_row_of_a_run_is_named_with_its_line(row: str, tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.append(ROW)
    with (tmp_path / "calls.jsonl").open("a") as file:
        file.write(row + "\n")
    assert len(run.rows()) == 1
    assert "calls.jsonl:2: not a row of a run" in run.read().problems[0]


def test_a_row_with_a_damaged_letter_is_none(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.rewrite([ROW], [json.dumps({**ROW, "why": "caf?"}).encode().replace(b"?", b"\xc3")])
    assert len(run.read().rows) == 1
    assert len(run.read().problems) == 1


def test_rows_that_are_not_there_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"calls\.jsonl"):
        RunFolder(tmp_path).rows()


def test_a_number_that_json_has_not_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        RunFolder(tmp_path).append({**ROW, "seconds": float("nan")})
    assert not (tmp_path / "calls.jsonl").exists()


def test_a_folder_without_a_run_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no run here"):
        open_run(tmp_path)


def test_a_broken_run_json_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(BadInput, match=r"run\.json"):
        _ = open_run(tmp_path).run


def test_runs_are_found_newest_first(tmp_path: Path) -> None:
    import os

    for age, name in enumerate(("new", "old")):
        run = create_run(tmp_path, name, NOW)
        run.write_run({})
        os.utime(run.path / "run.json", (1000 - age, 1000 - age))
    (tmp_path / "stray").mkdir()
    assert [run.path.name for run in runs_in(tmp_path)] == ["new", "old"]
    assert runs_in(tmp_path / "none") == ()
