"""A run and a call as a reader opens them: what is there, and what kept the rest from being read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, TypeVar

import numpy as np

from harness import conversation as conversations
from harness import recording as recordings
from harness.audio import RATE, Samples
from harness.audio.peaks import peaks
from harness.conversation import Conversation
from harness.errors import BadInput
from harness.recording import Recording
from harness.reporting.outcome import in_part
from harness.reporting.reasons import Reason, Row
from harness.reporting.total import Total
from harness.reporting.totals import judged_gates, totals
from harness.run.folder import RunFolder, open_run, runs_in
from harness.run.human_leg import HumanLeg, load_leg
from harness.scenario import Scenario
from harness.scenario.saved import NAME, to_json
from harness.scenario.saved import load as load_scenario
from harness.score import Judged, Verdict

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run with its rows, its totals and its gates.

    about: `run.json`. tags: each call's, by its id; none where its scenario can't be read.
    problems: a sentence on each row that can't be read.
    """

    folder: RunFolder
    about: Mapping[str, Any]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    gates: tuple[Reason, ...]
    tags: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def row(self, call: str) -> Row | None:
        """The row of a call; None where the run has none of that id."""
        return next((row for row in self.rows if row["call"] == call), None)


def read_run(path: Path) -> OpenRun:
    """Open a run's folder.

    A row that can't be read is told among its problems. Raises BadInput, with the file, where there is no run.
    """
    folder = open_run(path)
    about = folder.run
    kept = folder.read()
    rows = kept.rows
    try:
        gates = tuple(Judged(g["score"], g["limit"], Verdict(g["verdict"])) for g in about.get("gates", ()))
        judged = judged_gates(rows, gates, in_part(about, len(rows), len(kept.unread)))
        return OpenRun(folder, about, rows, totals(rows), judged, _tags(folder, rows), kept.problems)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise BadInput("this version can't read the run", file=path, value=repr(problem)) from problem


def found_runs(reports: Path) -> tuple[Path, ...]:
    """The runs under a reports folder, the newest first; a folder that is a run itself is the only one.

    Raises BadInput where the folder can't be listed.
    """
    try:
        if (reports / "run.json").is_file():
            return (reports,)
        return tuple(run.path for run in runs_in(reports))
    except OSError as problem:
        raise BadInput("can't list the reports", file=reports, value=problem.strerror) from problem


def stamp(path: Path) -> tuple[int, ...]:
    """When a run's rows last changed: what is kept of it holds for as long as this is the same."""
    return tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in (path / "run.json", path / "calls.jsonl"))


def _tags(folder: RunFolder, rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    found = {}
    for row in rows:
        try:
            plain = json.loads((folder.call(row["call"]) / NAME).read_text(encoding="utf-8"))
            found[str(row["call"])] = tuple(str(tag) for tag in plain["tags"])
        except (OSError, ValueError, KeyError, TypeError):
            found[str(row["call"])] = ()
    return found


def folder_of(row: Row) -> str:
    """The folder that the call's scenario lies in: what it stresses."""
    return PurePath(row["file"]).parent.name or "."


@dataclass(frozen=True, slots=True, eq=False)
class OpenCall:
    """A call with whatever can be read of it.

    recording: None where there is no timeline; where the sound alone is missing (`audible` is
    False) its tracks are silence of the call's length. peaks: as harness.audio.peaks gives them
    of what was sent and heard. problems: why parts are missing. leg: what the human asked who took
    over; None where nobody did.
    """

    row: Row
    folder: Path
    scenario: Scenario | None
    recording: Recording | None
    conversation: Conversation | None
    peaks: Samples | None
    audible: bool
    problems: tuple[str, ...] = ()
    leg: HumanLeg | None = None


def read_call(run: RunFolder, row: Row) -> OpenCall:
    """Open one call; never raises for what can't be read: `problems` says so."""
    folder = run.call(row["call"])
    problems: list[str] = []
    if not folder.is_dir():
        return OpenCall(row, folder, None, None, None, None, False, ("Nothing was recorded of this call.",))
    scenario = _tried(lambda: load_scenario(folder), problems)
    recording = _tried(lambda: recordings.load(folder), problems)
    audible = recording is not None
    if recording is None:
        recording = _tried(lambda: _silent(folder, float(row["seconds"])), problems)
    if recording is not None and not recording.events:
        problems.append(f"{folder / 'timeline.jsonl'}: nothing is known to have happened")
    conversation = None if recording is None else _understood(folder, recording, problems)
    drawn = _tried(lambda: _peaks(folder, recording if audible else None), problems)
    leg = _tried(lambda: load_leg(folder), problems)
    told = tuple(dict.fromkeys(problems))
    return OpenCall(row, folder, scenario, recording, conversation, drawn, audible, told, leg)


def _understood(folder: Path, recording: Recording, problems: list[str]) -> Conversation | None:
    return _tried(lambda: conversations.load(folder, recording), problems)


def _tried(read: Callable[[], Part], problems: list[str]) -> Part | None:
    try:
        return read()
    except BadInput as problem:
        problems.append(str(problem))
        return None


def _silent(folder: Path, seconds: float) -> Recording:
    """What happened, without its sound."""
    provenance, events = recordings.read_timeline(folder / "timeline.jsonl")
    length = max([round(seconds * RATE), *(event.at for event in events)])
    silence = np.zeros(length, np.float32)
    return Recording(silence, silence, silence, events, provenance=provenance)


def _peaks(folder: Path, recording: Recording | None) -> Samples | None:
    """The peaks that were kept; taken from the sound where they are missing."""
    path = folder / "peaks.npy"
    try:
        kept = np.load(path, allow_pickle=False)
        if kept.ndim == 3 and kept.shape[:2] == (2, 2):
            return np.asarray(kept, np.float32)
    except (OSError, ValueError, EOFError):
        pass
    if recording is None:
        raise BadInput("no waveform: neither its peaks nor the recording can be read", file=path)
    return peaks([recording.sent, recording.heard])


def made_of(call: OpenCall) -> dict[str, Any]:
    """What the call was made of: its recording's provenance and its scenario, as they are kept."""
    return {
        "recording": None if call.recording is None else dict(call.recording.provenance),
        "scenario": None if call.scenario is None else to_json(call.scenario),
    }


def indented(plain: Any) -> str:
    """Plain data as JSON text: a browser's own viewer of JSON rounds great numbers, such as seeds."""
    return json.dumps(plain, ensure_ascii=False, indent=2, default=str)
