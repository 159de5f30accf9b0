"""Moonshine tiny: English words from sound, on the machine's own cores."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Client, Connection
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import numpy as np

from harness.audio import FRAME, Samples
from harness.audio import samples as to_samples
from harness.audio.level import short_rms, voiced_edges
from harness.cache import keep, recall
from harness.errors import CallVoid, PartMissing

EDITION = "1"
"""Names what is done here to sound and words: part of what kept words are known by."""

SHORTEST = to_samples(0.1)
"""No word is shorter; Moonshine fails on some sounds that are."""

FAINTEST = 10.0 ** (-55.0 / 20.0)
"""Speech this faint (-55 dBov in its loudest 20 ms) nobody would have heard; Moonshine calls silence "You"."""

LONGEST = to_samples(15.0)
"""Of more than this at once Moonshine loses its thread, and says the same again and again."""

MARGIN = to_samples(0.05)
QUIET = to_samples(0.25)
"""What is left around the voiced part of a sound, and the silence put around that. Of a word cut close Moonshine
makes another ("Yes." → "Yeah, yeah"): over 76 short lines 39 % of the words were wrong without, 29 % with it."""

PATIENCE = 120.0
"""Seconds to wait for the words of a sound, behind those that others asked for."""


class moonshine:  # noqa: N801  (a member of a family bears its module's name)
    """Sound → English words with Moonshine tiny; the same samples give the same words.

    server: the address that `serving` gave, so that all processes of a run share one model. Without
    one a server of this process's own is started when it is first needed, and ends with it.

    Words are kept by their sound. What is shorter than 0.1 s or fainter than -55 dBov is "". How
    much silence stands before and after the speech makes no difference. Sound longer than 15 s is
    cut at its quietest places and heard piece by piece.

    Raises PartMissing where Moonshine isn't installed; CallVoid where its server fails.

    Source: Moonshine (arXiv 2410.15608), moonshine-voice 0.0.73 (MIT).
    """

    def __init__(self, *, server: str | None = None) -> None:
        self._server = server
        self._line: Connection | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def __call__(self, samples: Samples) -> str:
        """What was said in a stretch at 16 kHz, "" where nothing was."""
        if len(samples) < SHORTEST or _loudest(samples) < FAINTEST:
            return ""
        sound = np.ascontiguousarray(samples, "<f4").tobytes()
        key = f"moonshine {_version()} {hashlib.sha256(sound).hexdigest()}"
        kept = recall("words", key)
        if kept is not None:
            return kept.decode()
        words = " ".join(filter(None, (self._asked(_set(piece)) for piece in _pieces(samples))))
        keep("words", key, words.encode())
        return words

    def close(self) -> None:
        """Hang up on the server, which goes on for others."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _asked(self, sound: bytes) -> str:
        with self._lock:
            whole = False
            try:
                line = self._connected()
                line.send_bytes(sound)
                if not line.poll(PATIENCE):
                    raise CallVoid(f"the recogniser gave no answer in {PATIENCE:g} s")
                reply = line.recv_bytes()
                whole = True
            except (OSError, EOFError) as problem:
                if self._server is None:
                    _own.cache_clear()
                reason = str(problem) or type(problem).__name__
                raise CallVoid(f"the recogniser's server is gone: {reason}") from problem
            finally:
                # An answer that is still to come must not be taken for the next one's.
                if not whole:
                    self.close()
        if reply[:1] != b"+":
            raise CallVoid(f"the recogniser failed: {reply[1:].decode()}")
        return reply[1:].decode()

    def _connected(self) -> Connection:
        if self._line is None or self._owner != os.getpid():
            # A process that forked off has its parent's line; to use it would mix two conversations.
            self.close()
            self._line, self._owner = Client(self._server or _own(), "AF_UNIX"), os.getpid()
        return self._line


@contextmanager
def serving(*, ahead: bool = False) -> Iterator[str]:
    """A server for as long as the context lasts: its address, for every process of a run.

    It is there at once. Its model, which takes a second of a core, it loads when it is first asked;
    ahead: at once, beside what goes on, for whoever has no time to wait for it then. It ends with
    the context, or with this process however that one ends. Raises PartMissing where Moonshine
    isn't installed, CallVoid where the server doesn't start.
    """
    _version()
    # A socket's path has room for a hundred bytes or so.
    folder = Path(mkdtemp(prefix="vahness-", dir="/tmp" if len(gettempdir()) > 60 else None))
    program = Path(__file__).with_name("_moonshine_server.py")
    owner = os.getpid()
    process = subprocess.Popen(
        [sys.executable, "-I", str(program), str(folder), *(["now"] if ahead else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        if process.stdout is None or process.stdout.readline() != b"ready\n":
            raise CallVoid("the recogniser's server doesn't start")
        yield str(folder / "words")
    finally:
        _end(process, folder, owner)


def _end(process: subprocess.Popen[bytes], folder: Path, owner: int) -> None:
    """End a server, unless this is a process that forked off its owner."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    if owner != os.getpid():
        process.returncode = 0  # it isn't this process's child, to be waited for
        return
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(folder, ignore_errors=True)


@cache
def _own() -> str:
    """The address of this process's own server (and of those that fork off it)."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(serving())


@cache
def _version() -> str:
    try:
        return f"{version('moonshine-voice')} {EDITION}"
    except PackageNotFoundError as problem:
        raise PartMissing("moonshine-voice isn't installed: pip install moonshine-voice==0.0.73") from problem


def _loudest(sound: Samples) -> float:
    """The RMS of the loudest of its frames."""
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return float(np.sqrt(np.einsum("ij,ij->i", frames, frames).max() / FRAME))


def _set(sound: Samples) -> bytes:
    """The voiced part of a sound in the silence that Moonshine likes around it."""
    onset, end = voiced_edges(sound)
    quiet = np.zeros(QUIET, np.float32)
    return np.concatenate([quiet, sound[max(onset - MARGIN, 0) : end + MARGIN], quiet]).astype("<f4").tobytes()


def _pieces(sound: Samples) -> list[Samples]:
    """The sound in pieces of at most LONGEST, cut where it is quietest."""
    pieces: list[Samples] = []
    while len(sound) > LONGEST:
        window = to_samples(0.2)
        quiet = short_rms(sound[LONGEST // 2 : LONGEST], window)[window - 1 : -window + 1]
        cut = LONGEST // 2 + int(quiet.argmin()) + window // 2
        pieces.append(sound[:cut])
        sound = sound[cut:]
    return [*pieces, sound]
