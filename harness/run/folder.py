"""A run on disk: one folder a run, one row a call, one folder a call beneath it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from harness.errors import BadInput
from harness.score import Scorecard, Status, Verdict

_NO_ROW = "not a row of a run"


@dataclass(frozen=True, slots=True)
class KeptRows:
    """What a `calls.jsonl` holds.

    rows: those that can be read, in order of call. unread: the lines that can't, as they are. problems:
    a sentence on each of those, with file and line.
    """

    rows: tuple[dict[str, Any], ...]
    unread: tuple[bytes, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run's folder: `run.json`, `calls.jsonl`, and `calls/<call>/`."""

    path: Path

    @property
    def run(self) -> dict[str, Any]:
        """What was run, with what."""
        path = self.path / "run.json"
        try:
            plain = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise BadInput("not a run", file=path, value=problem) from problem
        if not isinstance(plain, dict):
            raise BadInput("not a run", file=path)
        return plain

    def read(self) -> KeptRows:
        """The rows of `calls.jsonl`, and what in it can't be read as one.

        Raises BadInput where there is no such file.
        """
        path = self.path / "calls.jsonl"
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as problem:
            raise BadInput("can't read the calls", file=path, value=problem) from problem
        rows: list[dict[str, Any]] = []
        unread: list[bytes] = []
        problems: list[str] = []
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            try:
                rows.append(_row(line))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                cut_off = number == len(lines)
                what = "a row that is only half written, as a run leaves it that is killed" if cut_off else _NO_ROW
                shown = line[:80].decode("utf-8", "replace")
                unread.append(line)
                problems.append(str(BadInput(what, file=path, line=number, value=shown)))
        return KeptRows(tuple(sorted(rows, key=lambda row: str(row["call"]))), tuple(unread), tuple(problems))

    def rows(self) -> list[dict[str, Any]]:
        """The rows of `calls.jsonl` that can be read, in order of call. Raises BadInput where there is no such file."""
        return list(self.read().rows)

    def call(self, name: str) -> Path:
        """The folder of one call."""
        return self.path / "calls" / name

    def append(self, row: Mapping[str, Any]) -> None:
        """Add a row, in one write that is on its way to the disk when this returns."""
        line = json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n"
        with (self.path / "calls.jsonl").open("ab") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())

    def rewrite(self, rows: Iterable[Mapping[str, Any]], unread: Iterable[bytes] = ()) -> None:
        """Put these rows in the place of all there are, at once; unreadable lines stay behind them as they are."""
        lines = [json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n" for row in rows]
        _replace(self.path / "calls.jsonl", b"".join([*lines, *(line + b"\n" for line in unread)]))

    def write_run(self, plain: Mapping[str, Any]) -> None:
        """Write `run.json`, at once."""
        replace_text(self.path / "run.json", json.dumps(plain, ensure_ascii=False, indent=1) + "\n")


def _row(line: bytes) -> dict[str, Any]:
    """The row that a line holds. Raises KeyError, TypeError, AttributeError or ValueError where it holds none."""
    row: dict[str, Any] = json.loads(line.decode("utf-8"))
    card = Scorecard.from_json(row)
    if Path(card.call).name != row["call"]:
        raise ValueError("a call's id is a folder's name")
    if card.status not in get_args(Status):
        raise ValueError("no call stands like this")
    Verdict(row["verdict"])
    return row


def replace_text(path: Path, text: str) -> None:
    """Write a file so that it is either the old one or the whole new one."""
    _replace(path, text.encode("utf-8"))


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def create_run(reports: Path, name: str | None, now: datetime) -> RunFolder:
    """A new folder for a run: of this name, or named for the instant.

    Two runs never share one: making the folder is the claim to it. Raises BadInput where the
    given name is taken or can't be a folder's.
    """
    if name is not None:
        if name in ("", ".", "..") or "/" in name or "\0" in name:
            raise BadInput("a run's name is a folder's name", value=name)
        try:
            (reports / name).mkdir(parents=True)
        except FileExistsError as problem:
            raise BadInput("there is a run of this name already", file=reports / name) from problem
        except OSError as problem:
            raise BadInput("can't write the reports", file=reports, value=problem.strerror) from problem
        return RunFolder(reports / name)
    stamp = now.strftime("%Y-%m-%dT%H-%M-%S")
    for count in range(1, 1000):
        folder = reports / (stamp if count == 1 else f"{stamp}-{count}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as problem:
            raise BadInput("can't write the reports", file=reports, value=problem.strerror) from problem
        return RunFolder(folder)
    raise BadInput("too many runs in one second", file=reports)


def open_run(path: Path) -> RunFolder:
    """A run that is there already. Raises BadInput where the folder holds none."""
    folder = RunFolder(path)
    if not (path / "run.json").is_file():
        raise BadInput("no run here: a run's folder holds run.json and calls.jsonl", file=path)
    return folder


def runs_in(reports: Path) -> tuple[RunFolder, ...]:
    """All the runs under a reports folder, the newest first."""
    if not reports.is_dir():
        return ()
    found = [path for path in reports.iterdir() if (path / "run.json").is_file()]
    newest_first = sorted(found, key=lambda path: (path / "run.json").stat().st_mtime, reverse=True)
    return tuple(RunFolder(path) for path in newest_first)
