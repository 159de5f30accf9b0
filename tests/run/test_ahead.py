"""Pacing threads are scheduled ahead for as long as they pace, where the system permits it."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from harness.run.ahead import ahead


def policy() -> int:
    return os.sched_getscheduler(0) if sys.platform == "linux" else 0


def test_a_thread_is_back_where_it_was_when_the_last_of_its_calls_is_over() -> None:
    before = policy()
    first, second = ahead(), ahead()
    permitted = first.__enter__()
    assert second.__enter__() is permitted
    assert (policy() != before) is permitted
    first.__exit__(None, None, None)
    assert (policy() != before) is permitted
    second.__exit__(None, None, None)
    assert policy() == before


def test_what_is_begun_meanwhile_is_ordinary() -> None:
    before = policy()
    with ahead(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(policy).result() == before
