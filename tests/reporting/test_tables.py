from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet
import pytest

from harness.errors import BadInput
from harness.reporting.files import write_reports
from harness.reporting.tables import _array, write_tables
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


VALUES: dict[str, list[object]] = {
    "string": ["a", None, "जी", "", "b" * 300],
    "int64": [1, None, 2**63 - 1, -(2**63)],
    "float64": [1.5, None, -0.0, 3, float("inf")],
    "bool": [True, None, False, *[True] * 9],
}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("gaps", [True, False])
def test_a_column_is_to_the_byte_what_arrow_makes_of_it(kind: str, gaps: bool, tmp_path: Path) -> None:
    values = [value for value in VALUES[kind] if gaps or value is not None]
    for count in (0, 1, len(values)):
        ours, theirs = _array(values[:count], kind), pyarrow.array(values[:count], pyarrow.type_for_alias(kind))
        ours.validate(full=True)
        for name, array in (("ours", ours), ("theirs", theirs)):
            parquet.write_table(pyarrow.table({"x": array}), tmp_path / name)
        assert (tmp_path / "ours").read_bytes() == (tmp_path / "theirs").read_bytes()


@pytest.mark.parametrize(("kind", "value"), [("int64", 1.5), ("int64", "1"), ("int64", 2**63), ("string", 5)])
def test_a_value_of_another_kind_is_in_no_column(kind: str, value: object) -> None:
    with pytest.raises((TypeError, AttributeError, OverflowError)):
        _array([value], kind)


def test_tables_are_written_without_waiting_for_pandas(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from harness.reporting.tables import write_tables\n"
        "from harness.run.folder import RunFolder; from tests.reporting.cards import row\n"
        "write_tables(RunFolder(Path(sys.argv[1])), [row('a')]); sys.exit('pandas' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
