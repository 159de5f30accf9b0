"""calls.parquet, turns.parquet, scores.parquet: a run's rows as tables, for whoever wants to count."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import accumulate
from typing import Any

import numpy as np

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

    arrays = [_array([line.get(column) for line in lines], kind) for column, kind in columns]
    beside = run.path / f".{name}.parquet"
    parquet.write_table(pa.Table.from_arrays(arrays, names=[column for column, _ in columns]), beside)
    beside.replace(run.path / f"{name}.parquet")


def _array(values: Sequence[Any], kind: str) -> Any:
    """A column as Arrow lays it out: `pyarrow.array` would make the same, and import pandas, half a second, to do so.

    Raises TypeError, AttributeError or OverflowError for a value of another kind.
    """
    import pyarrow as pa

    there = [value is not None for value in values]
    buffers = [None if all(there) else pa.py_buffer(_bits(there))]
    if kind == "string":
        texts = [b"" if value is None else value.encode() for value in values]
        buffers.append(pa.py_buffer(array("i", accumulate(map(len, texts), initial=0)).tobytes()))
        buffers.append(pa.py_buffer(b"".join(texts)))
    elif kind == "bool":
        buffers.append(pa.py_buffer(_bits(values)))
    else:
        whole = array("q" if kind == "int64" else "d", [0 if value is None else value for value in values])
        buffers.append(pa.py_buffer(whole.tobytes()))
    return pa.Array.from_buffers(pa.type_for_alias(kind), len(values), buffers, there.count(False))


def _bits(values: Sequence[bool | None]) -> bytes:
    """A bit a value, the first in the lowest place of the first byte."""
    return np.packbits(np.array(values, bool), bitorder="little").tobytes()
