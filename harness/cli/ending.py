"""How `run` and `score` end: the reports are written, the scorecard is shown, and the exit code told."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from harness import __version__
from harness.reporting.files import write_reports
from harness.reporting.outcome import in_part, standing, tally, untaken
from harness.reporting.reasons import Row, recording
from harness.reporting.terminal import Standing, draw, heading
from harness.reporting.totals import judged_gates, totals
from harness.run.folder import KeptRows, RunFolder, open_run
from harness.run.suite import Finished
from harness.scenario.places import told
from harness.text.counting import counted

_APP = Path(__file__).parent.parent.parent / "app.py"
"""The app, which is there in a checkout only."""

INTERRUPTED = 130
"""The exit code of what Ctrl-C stopped: 128 + SIGINT, as shells have it."""


PIPED = 160
"""Columns where no terminal says how many: a file or another program has no edge to wrap at."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A run that has ended, as it's told. run: its folder; None for one recording scored by itself.

    problems: a sentence on each of its rows that can't be read. in_part: why nothing is judged of the whole.
    """

    finished: Finished
    rows: Sequence[Row]
    run: RunFolder | None
    heading: str
    code: int
    problems: tuple[str, ...] = ()
    in_part: str | None = None


def ended(finished: Finished, *, strict: bool) -> Ending:
    """Write the reports of what has finished, and say what it comes to."""
    run = open_run(finished.folder) if (finished.folder / "run.json").is_file() else None
    kept = run.read() if run else KeptRows(tuple(card.to_json() for card in finished.cards))
    rows = kept.rows
    partly = in_part(run.run, len(rows), len(kept.unread)) if run else None
    control = bool(run and run.run.get("control"))
    said = heading(rows, finished.seconds_of_calls, finished.elapsed, control=control)
    if finished.interrupted:
        said = f"interrupted: {len(rows)} of {counted(finished.planned, 'call')} finished and kept · {said}"
    if run is not None:
        write_reports(run, rows, finished.gates, said, partly)
    code = INTERRUPTED if finished.interrupted else finished.exit_code(strict=strict)
    if kept.problems:
        # What can't be read isn't known to have passed.
        code = max(code, 1)
    return Ending(finished, rows, run, said, code, kept.problems, partly)


def document(ending: Ending) -> dict[str, Any]:
    """The ending as one JSON document."""
    finished, rows = ending.finished, ending.rows
    return {
        "vahness": __version__,
        "run": str(finished.folder),
        "exit": ending.code,
        "interrupted": finished.interrupted,
        "seconds_of_calls": finished.seconds_of_calls,
        "elapsed": finished.elapsed,
        "standing": tally(rows),
        "gates": [
            {"score": g.score, "limit": g.limit, "verdict": g.verdict.value, "said": g.said or None, "why": g.why}
            for g in judged_gates(rows, finished.gates, ending.in_part)
        ],
        "totals": {total.name: _total(total.cells, total.why) for total in totals(rows)},
        "calls": list(rows),
        "unread": list(ending.problems),
    }


def _total(cells: Mapping[str, Any], why: str | None) -> dict[str, Any]:
    return {"unscored": why} if why is not None else {name or "value": cell for name, cell in cells.items()}


def show(ending: Ending) -> None:
    """Draw the scorecard on standard output."""
    folder = ending.finished.folder
    # One recording by itself lies where it lay in its run, so that's where to listen.
    beside = folder.parent.parent if folder.parent.name == "calls" else None
    around = Standing(
        ending.heading,
        ending.run.path if ending.run else beside,
        ending.finished.gates,
        tuple(_next_steps(ending)),
        ending.in_part,
    )
    draw(_console(), ending.rows, around)


def _console() -> Console:
    """Standard output, as wide as its terminal or as COLUMNS says; wide enough for a line each where it is neither."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED
    return console


def _next_steps(ending: Ending) -> Iterator[tuple[str, str]]:
    if ending.run is None or not ending.rows:
        return
    folder = ending.run.path
    heard = [row for row in ending.rows if not untaken(row)]
    worth = next((row for row in heard if standing(row) == "fail"), (heard or ending.rows)[0])
    yield "report", f"{folder}/ (summary.md, junit.xml, calls.jsonl)"
    if heard and (folder / recording(worth)).is_file():
        yield "listen", f"{folder / recording(worth)} (left: the caller, right: the agent)"
    if _APP.is_file():
        yield "look", f"{_command('streamlit')} run {told(_APP)}"
    yield "score again", f"{_command('vahness')} score {folder}"


def _command(name: str) -> str:
    """How a command of this installation is called from here: by name where that finds it."""
    by_module = Path(sys.argv[0]).name == "__main__.py"  # python -m harness
    beside = Path(sys.executable if by_module else sys.argv[0]).parent / name
    found = shutil.which(name)
    return name if found and beside.exists() and Path(found).samefile(beside) else str(beside)
