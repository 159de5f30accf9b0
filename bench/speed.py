"""How fast a suite is rung: seconds of call for each second of the clock."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from bench.section import Figure, Section, at_least
from harness.listening.turns import listen
from harness.recognisers.moonshine import serving
from harness.run.desk import Order, opened
from harness.run.placing import keep, make_recording
from harness.run.scoring import scorecard
from harness.run.suite import Plan, run_suite
from harness.run.targets import read_target
from harness.scenario import Scenario
from harness.scenario.suite import read_suite

SCENARIOS = Path(__file__).parent.parent / "scenarios"
ROUNDS = 3


@contextmanager
def _cache(folder: str) -> Iterator[None]:
    before = os.environ.get("VAHNESS_CACHE")
    os.environ["VAHNESS_CACHE"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["VAHNESS_CACHE"]
        else:
            os.environ["VAHNESS_CACHE"] = before


def _whole_run(scratch: str, name: str) -> float:
    """Times real time of `vahness run scenarios/` with two workers, as a user has it."""
    suite = read_suite([SCENARIOS], seed=0)
    started = time.perf_counter()
    finished = run_suite(
        Plan(suite=suite, reports=Path(scratch), name=name, workers=2), lambda _card, _done, _total: None
    )
    return finished.seconds_of_calls / (time.perf_counter() - started)


def _own_share(job: tuple[list[Scenario], str, str, bool, bool]) -> tuple[float, float]:
    """(seconds of call, seconds of the clock) of everything but recognition and voices, which are cached."""
    scenarios, address, calls, veto, kept = job
    order = Order(read_target("demo"), Path(calls), recogniser=address)
    with opened(order) as desk:
        for scenario in scenarios[:2]:
            make_recording(scenario, desk)
        spoken = 0.0
        started = time.perf_counter()
        for scenario in scenarios:
            made = make_recording(scenario, desk)
            understood = listen(made, recogniser=desk.recogniser, veto=veto)
            if kept:
                keep(made, understood, scenario, order.calls)
            scorecard(understood, scenario, agent="demo", shell="simulated")
            spoken += made.seconds
        return spoken, time.perf_counter() - started


def _share(scratch: str, *, veto: bool, kept: bool) -> float:
    """Times real time on two cores: two processes, each with half of the calls, both at work at once."""
    scenarios = list(read_suite([SCENARIOS], seed=0).scenarios)
    with serving() as address, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [(scenarios[k::2] * 2, address, f"{scratch}/{veto}{k}", veto, kept) for k in (0, 1)]
        found = list(pool.map(_own_share, jobs))
    return sum(spoken / clock for spoken, clock in found)


def measure() -> Section:
    """Cold, cached, and the harness's own share with and without Silero; medians of three."""
    with tempfile.TemporaryDirectory() as scratch, _cache(f"{scratch}/cache"):
        cold = _whole_run(scratch, "cold")
        warm = statistics.median(_whole_run(scratch, f"warm{k}") for k in range(ROUNDS))
        bare = statistics.median(_share(scratch, veto=False, kept=False) for _ in range(ROUNDS))
        on_disk = statistics.median(_share(scratch, veto=False, kept=True) for _ in range(ROUNDS))
        silero = statistics.median(_share(scratch, veto=True, kept=True) for _ in range(ROUNDS))
    figures = [
        at_least("`vahness run scenarios/`, caches cold", cold, 15, "× real time"),
        at_least("the same, recognition and voices cached", warm, 30, "× real time"),
        at_least("the harness's own share: no recognition, no Silero, voices cached", bare, 1000, "× real time"),
        Figure("the same, and the recording on disk (WAV, FLAC, time line)", f"{on_disk:.3g} × real time"),
        at_least("the same with Silero on the stretches that the gate opened", silero, 60, "× real time"),
    ]
    notes = (
        "Two workers on two cores. The first two are whole commands, with the start of every process. The own share is "
        "two processes at work at once: the call with its effects, the demo agent, listening, every score."
    )
    return Section("Speed", figures, notes)
