"""How fast a suite is rung: seconds of call for each second of the clock."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from bench.section import Figure, Section, at_least
from harness.call.line import Agent, Arrived, Frame
from harness.listening.turns import listen
from harness.recognisers.moonshine import serving
from harness.run.desk import Desk, Order, opened
from harness.run.placing import keep, make_recording
from harness.run.scoring import scorecard
from harness.run.suite import Plan, run_suite
from harness.run.targets import read_target
from harness.scenario import Scenario
from harness.scenario.suite import read_suite

SCENARIOS = Path(__file__).parent.parent / "scenarios"
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Job:
    """What one of two processes does. replayed: the agent costs nothing. veto: with Silero. kept: written to disk."""

    scenarios: list[Scenario]
    recogniser: str
    calls: str
    replayed: bool
    veto: bool
    kept: bool


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


@dataclass(slots=True)
class _Again:
    """An agent that costs nothing: it sends, frame by frame, what the demo agent sent in the same call before."""

    sent: list[Sequence[Arrived]]

    def step(self, said: Frame) -> Sequence[Arrived]:
        """What was sent when this frame had been heard."""
        return self.sent[said.number]


@dataclass(slots=True)
class _Noted:
    """The demo agent, and what it sends."""

    agent: Agent
    sent: list[Sequence[Arrived]]

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear a frame, and keep what is answered."""
        self.sent.append(self.agent.step(said))
        return self.sent[-1]


def _sent_by_demo(desk: Desk, scenario: Scenario) -> list[Sequence[Arrived]]:
    assert desk.agent is not None
    noted = _Noted(desk.agent(), [])
    make_recording(scenario, replace(desk, agent=lambda: noted))
    return noted.sent


def _again(desk: Desk, sent: list[Sequence[Arrived]]) -> Desk:
    return replace(desk, agent=lambda: _Again(sent))


def _own_share(job: _Job) -> tuple[float, float]:
    """(seconds of call, seconds of the clock) of everything but recognition and voices, which are cached."""
    order = Order(read_target("demo"), Path(job.calls), recogniser=job.recogniser)
    with opened(order) as desk:
        sent = {scenario.id: _sent_by_demo(desk, scenario) for scenario in job.scenarios}
        spoken = 0.0
        started = time.perf_counter()
        for scenario in job.scenarios * 2:
            made = make_recording(scenario, _again(desk, sent[scenario.id]) if job.replayed else desk)
            understood = listen(made, recogniser=desk.recogniser, veto=job.veto)
            if job.kept:
                keep(made, understood, scenario, order.calls)
            scorecard(understood, scenario, agent="demo", shell="simulated")
            spoken += made.seconds
        return spoken, time.perf_counter() - started


def _share(scratch: str, *, replayed: bool = False, veto: bool = False, kept: bool = False) -> float:
    """Times real time on two cores: two processes, each with half of the calls, both at work at once."""
    scenarios = list(read_suite([SCENARIOS], seed=0).scenarios)
    with serving() as address, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [_Job(scenarios[k::2], address, f"{scratch}/{k}", replayed, veto, kept) for k in (0, 1)]
        found = list(pool.map(_own_share, jobs))
    return sum(spoken / clock for spoken, clock in found)


def measure() -> Section:
    """Cold, cached, and the harness's own share with and without Silero; medians of three."""
    with tempfile.TemporaryDirectory() as scratch, _cache(f"{scratch}/cache"):
        cold = _whole_run(scratch, "cold")
        warm = statistics.median(_whole_run(scratch, f"warm{k}") for k in range(ROUNDS))
        bare = statistics.median(_share(scratch, replayed=True) for _ in range(ROUNDS))
        demo = statistics.median(_share(scratch) for _ in range(ROUNDS))
        on_disk = statistics.median(_share(scratch, kept=True) for _ in range(ROUNDS))
        silero = statistics.median(_share(scratch, veto=True, kept=True) for _ in range(ROUNDS))
    figures = [
        at_least("`vahness run scenarios/`, caches cold", cold, 15, "× real time"),
        at_least("the same, recognition and voices cached", warm, 30, "× real time"),
        at_least("the harness's own share: no recognition, no Silero, voices cached", bare, 1000, "× real time"),
        Figure("the same, and the demo agent's own ear and dialogue", f"{demo:.3g} × real time"),
        Figure("the same, and the recording on disk (WAV, FLAC, time line)", f"{on_disk:.3g} × real time"),
        at_least("the same, with Silero on the stretches that the gate opened", silero, 60, "× real time"),
    ]
    notes = (
        "Two workers on two cores. The first two are whole commands, with the start of every process. The own share is "
        "two processes at work at once: the call with its effects, listening, every score; the agent under test sends "
        "what it sent in the same call before, and costs nothing."
    )
    return Section("Speed", figures, notes)
