"""How long the default test suite takes, its voices spoken anew."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

from bench.section import Figure, Section, at_most

ROOT = Path(__file__).parent.parent


def measure() -> Section:
    """The suite by the command that the README names, with a cache of its own that is empty."""
    with tempfile.TemporaryDirectory() as folder:
        known = {**os.environ, "PYTEST_ADDOPTS": f"-o cache_dir={folder}"}
        started = time.perf_counter()
        said = subprocess.run(["make", "test"], cwd=ROOT, env=known, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
    closing = (said.stdout.strip().splitlines() or [""])[-1]
    passed = re.fullmatch(r"(\d+) passed in .*", closing) if said.returncode == 0 else None
    return Section(
        "The test suite",
        [
            Figure("tests that pass", passed[1] if passed else closing, "all", passed is not None),
            at_most("the whole suite, with nothing spoken before", seconds, 90.0, "s"),
        ],
        "Modules were compiled before, as `make` does on installing.",
    )
