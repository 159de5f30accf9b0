from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from harness.errors import BadInput
from harness.reporting.files import write_reports
from harness.reporting.tables import write_tables
from harness.run.folder import RunFolder
from harness.score import Score, Unscored
from tests.reporting.cards import FAILS, PASSES, row

TURN = {
    "party": "agent",
    "start": 8000,
    "end": 16000,
    "spurts": [[8000, 16000]],
    "text": "Hello",
    "source": "told",
    "kind": "say",
    "step": None,
}


def a_run(folder: Path, rows: list[dict[str, object]]) -> RunFolder:
    run = RunFolder(folder)
    for one in rows:
        run.append(one)
    return run


def test_the_tables_hold_what_the_rows_hold(tmp_path: Path) -> None:
    rows = [
        row("a", condition={"world.noise.snr": "5dB"}, scores={"wer": Score(0.5, "ratio", 3, few=True)}),
        row("b", scores={"wer": Unscored("no transcript")}),
    ]
    run = a_run(tmp_path, rows)
    (tmp_path / "calls" / "a").mkdir(parents=True)
    (tmp_path / "calls" / "a" / "conversation.json").write_text(json.dumps({"turns": [TURN]}))
    assert write_tables(run, rows)
    calls = parquet.read_table(tmp_path / "calls.parquet").to_pylist()
    assert [(call["call"], json.loads(call["condition"])) for call in calls] == [
        ("a", {"world.noise.snr": "5dB"}),
        ("b", {}),
    ]
    scores = parquet.read_table(tmp_path / "scores.parquet").to_pylist()
    assert [(s["call"], s["value"], s["few"], s["unscored"]) for s in scores] == [
        ("a", 0.5, True, None),
        ("b", None, None, "no transcript"),
    ]
    (turn,) = parquet.read_table(tmp_path / "turns.parquet").to_pylist()
    assert (turn["call"], turn["turn"], turn["start"], turn["end"], turn["text"]) == ("a", 0, 0.5, 1.0, "Hello")


def test_a_run_without_a_call_has_tables_of_the_same_columns(tmp_path: Path) -> None:
    assert write_tables(RunFolder(tmp_path), [])
    assert parquet.read_table(tmp_path / "turns.parquet").column_names[:3] == ["call", "turn", "party"]


def test_a_conversation_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    run = a_run(tmp_path, [row("a")])
    (tmp_path / "calls" / "a").mkdir(parents=True)
    (tmp_path / "calls" / "a" / "conversation.json").write_text("{")
    with pytest.raises(BadInput, match=r"conversation\.json: not a conversation"):
        write_tables(run, [row("a")])


def test_a_runs_reports_are_written_beside_its_rows_and_nothing_else_is_left(tmp_path: Path) -> None:
    rows = [row("a", PASSES), row("b", FAILS)]
    write_reports(a_run(tmp_path, rows), rows, (), "demo")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "calls.jsonl",
        "calls.parquet",
        "junit.xml",
        "scores.parquet",
        "summary.md",
        "turns.parquet",
    ]
