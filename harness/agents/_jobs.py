"""Compute as charged jobs in simulated time: an agent that thinks for 700 ms is 700 ms late, and goes on hearing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from harness.audio import samples

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class Job:
    """A piece of work that was handed to a worker; it occupies the worker for `cost` samples."""

    worker: str
    submitted: int
    cost: int
    deliver: Callable[[int], None]


class Jobs:
    """Queues of work, one a named worker, on the call's sample clock.

    costs: what a job of each worker is charged, in samples. clock: gives seconds; where there is
    one, a job is charged what its work really took as well, and a call doesn't repeat.

    A job starts when its worker is free; its result appears at its start + its charge, never
    before. The work itself is done when it is submitted: only the instant of its result is simulated.
    """

    def __init__(self, costs: Mapping[str, int], clock: Callable[[], float] | None = None) -> None:
        self._costs = dict(costs)
        self._clock = clock
        self._queues: dict[str, deque[Job]] = {worker: deque() for worker in costs}
        self._free = dict.fromkeys(costs, 0)
        self._waiting = 0

    def submit(self, worker: str, at: int, work: Callable[[], Result], then: Callable[[int, Result], None]) -> Job:
        """Queue work at sample `at`; `then(ready, result)` is called when simulated time reaches `ready`."""
        before = self._clock() if self._clock is not None else 0.0
        result = work()
        took = samples(self._clock() - before) if self._clock is not None else 0
        job = Job(worker, at, self._costs[worker] + took, lambda ready: then(ready, result))
        self._queues[worker].append(job)
        self._waiting += 1
        return job

    def cancel(self, job: Job, at: int) -> None:
        """Give a job up at sample `at`: its charge stops there. One that is done stays done."""
        queue = self._queues[job.worker]
        if job not in queue:
            return
        if job is queue[0] and max(job.submitted, self._free[job.worker]) < at:
            self._free[job.worker] = at
        queue.remove(job)
        self._waiting -= 1

    def run(self, before: int) -> None:
        """Deliver, in the order of their instants, all results that appear before sample `before`.

        What a result leads to may be submitted at once, and is delivered too where it is due.
        """
        while self._waiting:
            ready, worker = min((self._ready(queue[0]), worker) for worker, queue in self._queues.items() if queue)
            if ready >= before:
                return
            job = self._queues[worker].popleft()
            self._waiting -= 1
            self._free[worker] = ready
            job.deliver(ready)

    def _ready(self, job: Job) -> int:
        return max(job.submitted, self._free[job.worker]) + job.cost
