"""How long the default test suite takes, its voices spoken anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.section import Figure, Section, at_most

ROOT = Path(__file__).parent.parent


def measure() -> Section:
    """The suite as `make test` runs it, with a cache of its own that is empty."""
    workers = len(os.sched_getaffinity(0)) + 1
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "--dist", "worksteal", "--numprocesses", str(workers)]
        known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        started = time.perf_counter()
        said = subprocess.run(
            [*command, "-o", f"cache_dir={folder}"], cwd=ROOT, env=known, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - started
    closing = (said.stdout.strip().splitlines() or [""])[-1]
    passed = re.fullmatch(r"(\d+) passed in .*", closing)
    return Section(
        "The test suite",
        [
            Figure("tests that pass", passed[1] if passed else closing, "all", passed is not None),
            at_most("the whole suite, with nothing spoken before", seconds, 90.0, "s"),
        ],
        f"{workers} processes.",
    )
