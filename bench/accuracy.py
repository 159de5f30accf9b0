"""The selftest as a benchmark: three seeds simulated, one live, a hundred deaf agents; kept in bench/ACCURACY.md."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.section import Figure, Section, at_least, at_most
from harness.cli.ruler import lines
from harness.selftest.checks import YIELDED
from harness.selftest.kinds import drawn_of
from harness.selftest.ringing import checked
from harness.selftest.selftest import LIVE, PLANTS, Asked, Report, machine, selftest

SEEDS = (1, 2, 3)
DEAF = "deaf, with turns of 2 to 5 s"
DRAWS = 120
PAGE = Path(__file__).with_name("ACCURACY.md")


def _credited(number: int) -> tuple[bool, bool]:
    """Whether a deaf agent was cut into at all, and whether it was credited with a yield."""
    rows = {row.score: row for row in checked(drawn_of(DEAF, 1, number))}
    return "caller_drift" in rows, rows["yield"].measured == YIELDED


def _deaf() -> Iterator[Figure]:
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("spawn")) as pool:
        found = [credited for cut, credited in pool.map(_credited, range(DRAWS), chunksize=5) if cut]
    yield at_least("deaf agents with turns of 2 to 5 s that were cut into", len(found), 100)
    yield at_most("of them credited with a yield", sum(found), 0)


def _figures(report: Report) -> Iterator[Figure]:
    where = "live" if report.asked.live else "simulated"
    name = f"{where}, seed {report.asked.seed}"
    asked = [row for row in report.rows if row.verdict and row.right is not None]
    wrong = [row for row in asked if not row.right]
    yield at_most(f"{name}: wrong verdicts of {len(asked)}", len(wrong), 0)
    yield Figure(f"{name}: not measured, our own lateness", f"{len(report.spoiled)}")
    for timing in report.timings:
        if timing.unit == "s":
            told = f"{name}: {timing.score}, 95th percentile of the error (n {timing.n})"
            yield at_most(told, 1000 * timing.p95, 1000 * timing.asked, "ms")


def _reports() -> Iterator[Report]:
    workers = len(os.sched_getaffinity(0))
    for seed in SEEDS:
        yield selftest(Asked(seed, PLANTS, workers=workers), _quietly)
    yield selftest(Asked(SEEDS[0], LIVE, live=True), _quietly)


def _quietly(_done: int, _total: int) -> None:
    pass


def page(reports: Sequence[Report], deaf: Sequence[Figure]) -> str:
    """The page of tables, without a date, so that it changes where a figure does."""
    parts = ["# Planted against measured", "", machine() + ".", ""]
    for report in reports:
        where = "Over the loopback" if report.asked.live else "Simulated"
        parts += [f"## {where}, seed {report.asked.seed}", "", "```", *lines(report), "```", ""]
    parts += ["## Deaf agents", "", *(f"- {figure.what}: {figure.measured} ({figure.asked})" for figure in deaf)]
    return "\n".join(parts) + "\n"


def measure() -> Section:
    """Planted against measured, and the page of it."""
    reports = list(_reports())
    deaf = list(_deaf())
    PAGE.write_text(page(reports, deaf), encoding="utf-8")
    figures = [*(figure for report in reports for figure in _figures(report)), *deaf]
    return Section("Planted against measured", figures, "The tables, score by score, are in bench/ACCURACY.md.")
