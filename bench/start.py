"""How soon the command answers: `vahness --help` against a bare import of what it can't do without."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from bench.section import Section, at_most

RUNS = 15


def _seconds(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def measure() -> Section:
    """The two in turn, the ratio pair by pair, the median of the ratios."""
    ratios = []
    for _ in range(RUNS):
        bare = _seconds(sys.executable, "-c", "import typer, rich")
        ours = _seconds(sys.executable, "-m", "harness", "--help")
        ratios.append(ours / bare)
    figure = at_most("`vahness --help` ÷ `import typer, rich`, median of the pairs", statistics.median(ratios), 2.0)
    return Section("Start", [figure], f"{RUNS} pairs, whole processes, wall time.")
