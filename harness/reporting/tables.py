"""calls.parquet, turns.parquet, scores.parquet: a run's rows as tables, for whoever wants to count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from harness.audio import seconds
from harness.errors import BadInput
from harness.reporting.reasons import Row
from harness.run.folder import RunFolder

CALLS = (
    ("call", "string"),
    ("scenario", "string"),
    ("file", "string"),
    ("condition", "string"),
    ("repeat", "int64"),
    ("seed", "int64"),
    ("agent", "string"),
    ("shell", "string"),
    ("status", "string"),
    ("why", "string"),
    ("seconds", "float64"),
    ("verdict", "string"),
)
"""Columns of calls.parquet; `condition` is a JSON object, axis → value."""

SCORES = (
    ("call", "string"),
    ("score", "string"),
    ("value", "float64"),
    ("unit", "string"),
    ("n", "int64"),
    ("version", "int64"),
    ("resolution", "float64"),
    ("detail", "string"),
    ("censored", "bool"),
    ("few", "bool"),
    ("unscored", "string"),
)
"""Columns of scores.parquet; `value` is null where `unscored` says why."""

TURNS = (
    ("call", "string"),
    ("turn", "int64"),
    ("party", "string"),
    ("start", "float64"),
    ("end", "float64"),
    ("kind", "string"),
    ("step", "int64"),
    ("source", "string"),
    ("text", "string"),
)
"""Columns of turns.parquet; `start` and `end` in seconds of the recording."""


def write_tables(run: RunFolder, rows: Sequence[Row]) -> bool:
    """Write the three tables into a run's folder; False where the part that writes them ([app]) is missing."""
    if find_spec("pyarrow") is None:
        return False
    _write(run, "calls", CALLS, [{**row, "condition": json.dumps(row["condition"])} for row in rows])
    _write(run, "scores", SCORES, [cell for row in rows for cell in _scores(row)])
    _write(run, "turns", TURNS, [turn for row in rows for turn in _turns(run, row)])
    return True


def _scores(row: Row) -> Iterator[dict[str, Any]]:
    for score, cell in row["scores"].items():
        marks = {} if "unscored" in cell else {"censored": bool(cell.get("censored")), "few": bool(cell.get("few"))}
        yield {**cell, **marks, "call": row["call"], "score": score}


def _turns(run: RunFolder, row: Row) -> Iterator[dict[str, Any]]:
    """The call's turns from its conversation.json; none where the call was never listened to."""
    path = run.call(row["call"]) / "conversation.json"
    if not path.exists():
        return
    try:
        for number, turn in enumerate(json.loads(path.read_text(encoding="utf-8"))["turns"]):
            yield {
                **turn,
                "call": row["call"],
                "turn": number,
                "start": seconds(turn["start"]),
                "end": seconds(turn["end"]),
            }
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadInput("not a conversation", file=path, value=problem) from problem


def _write(run: RunFolder, name: str, columns: Sequence[tuple[str, str]], lines: Sequence[Row]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    types = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    arrays = [pa.array([line.get(column) for line in lines], types[kind]) for column, kind in columns]
    beside = run.path / f".{name}.parquet"
    parquet.write_table(pa.table(dict(zip((column for column, _ in columns), arrays, strict=True))), beside)
    beside.replace(run.path / f"{name}.parquet")
