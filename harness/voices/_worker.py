"""A voice in a process of its own: asked through its input, answering on its output."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from harness.errors import CallVoid


class Worker:
    """A program that answers a line of JSON with a line of JSON and bytes.

    It is started when it is first asked, and again where it has died. It ends with this process,
    however this one ends, since its input ends then.
    """

    def __init__(self, program: Path) -> None:
        self._program = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """What the program answers, and the bytes that came with it.

        Raises CallVoid where it can't be started, dies, or says that it failed.
        """
        line = json.dumps(request).encode() + b"\n"
        with self._lock:
            whole = False
            try:
                fields, value = self._exchange(self._running(), line)
                whole = True
            except (OSError, ValueError, EOFError) as problem:
                raise CallVoid(f"{self._program.name} failed: {problem}") from problem
            finally:
                # Half an exchange (a Ctrl-C in the middle) would leave its answer to the next request.
                if not whole:
                    self.end()
        if "error" in fields:
            raise CallVoid(f"{self._program.name} failed: {fields['error']}")
        return fields, value

    def end(self) -> None:
        """End the program, if it runs and is ours."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner != os.getpid():
            self._let_go(process)
            return
        _close(process)
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid():
            return self._process
        if self._process is not None:
            # A process that forked off has its parent's pipes; to use them would mix two conversations.
            self._let_go(self._process)
        self._owner = os.getpid()
        command = [sys.executable, "-I", str(self._program)]
        # What malloc hands out is what Pico reads: nobody's settings for it may reach the program.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("MALLOC_", "GLIBC_TUNABLES"))}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        atexit.register(self.end)
        return self._process

    @staticmethod
    def _let_go(process: subprocess.Popen[bytes]) -> None:
        _close(process)
        process.returncode = 0  # it isn't this process's child, to be waited for

    @staticmethod
    def _exchange(process: subprocess.Popen[bytes], line: bytes) -> tuple[dict[str, Any], bytes]:
        if process.stdin is None or process.stdout is None:
            raise EOFError("it has no pipes")
        process.stdin.write(line)
        process.stdin.flush()
        head = process.stdout.readline()
        if not head:
            raise EOFError("it ended")
        fields: dict[str, Any] = json.loads(head)
        value = process.stdout.read(fields["bytes"])
        if len(value) < fields["bytes"]:
            raise EOFError("it ended while it answered")
        return fields, value


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what a dead program didn't read is of no interest
                pipe.close()
