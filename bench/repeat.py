"""Whether a run repeats: the same seed twice, and with one worker or two, to the byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.section import Figure, Section
from harness.run.suite import Plan, run_suite
from harness.scenario.suite import read_suite

SCENARIOS = Path(__file__).parent.parent / "scenarios"


def differences(one: Path, other: Path) -> dict[str, int]:
    """How many calls of two runs differ, by what is compared."""
    compare: dict[str, Callable[[Path], bytes]] = {
        "call.wav": lambda folder: (folder / "call.wav").read_bytes(),
        "timeline.jsonl": lambda folder: (folder / "timeline.jsonl").read_bytes(),
        "conversation.json": lambda folder: (folder / "conversation.json").read_bytes(),
    }
    calls = sorted(path.name for path in (one / "calls").iterdir())
    if calls != sorted(path.name for path in (other / "calls").iterdir()):
        return {"calls": 1}
    found = {
        name: sum(read(one / "calls" / call) != read(other / "calls" / call) for call in calls)
        for name, read in compare.items()
    }
    rows = [sorted((run / "calls.jsonl").read_text().splitlines()) for run in (one, other)]
    found["scores (rows of calls.jsonl)"] = sum(a != b for a, b in zip(*rows, strict=True))
    return found


def measure() -> Section:
    """Three runs of the whole suite with one seed: one worker, one worker again, two workers."""
    suite = read_suite([SCENARIOS], seed=11)
    with tempfile.TemporaryDirectory() as scratch:
        folders = []
        for name, workers in (("first", 1), ("again", 1), ("two", 2)):
            plan = Plan(suite=suite, seed=11, reports=Path(scratch), name=name, workers=workers)
            folders.append(run_suite(plan, lambda _card, _done, _total: None).folder)
        figures = []
        for what, other in (("the same seed twice", folders[1]), ("one worker and two", folders[2])):
            for name, count in differences(folders[0], other).items():
                figures.append(Figure(f"{what}: calls whose {name} differ", str(count), "0", count == 0))
    return Section("Repeating", figures, f"{len(suite.scenarios)} calls, `charge: fixed`.")
