"""The intake's server: HTTP on the loopback, beside the calls and never in their way."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Any, cast

from harness import __version__
from harness.call.line import Telling
from harness.errors import BadInput
from harness.intake.doors import Request, Taken, take

LARGEST = 1 << 20
"""Bytes of a body that are taken."""

PATIENCE = 5.0
"""Seconds that a request may take to be whole."""

AT_ONCE = 32
"""Requests that are heard at the same time."""

MOST = 10_000
"""Things that may come in for one call; what is more is refused."""


class Intake:
    """What comes in for the call in flight, one call at a time, each with the instant it was whole.

    What names another call, or comes while there is none, belongs to no call: it is kept in the log
    with the reason, and counted in `strays`; what was refused likewise, in `refused`. after: seconds
    for which a call is listened for behind its end.
    """

    def __init__(self, tools: Mapping[str, Any], log: Path | None = None, after: float = 5.0) -> None:
        self.strays = self.refused = 0
        self.after = after
        self._tools = tools
        self._log = log
        self._lock = threading.Lock()
        self._call: str | None = None
        self._came: list[tuple[float, Telling]] = []
        self._room = MOST
        self._requests = 0

    @contextmanager
    def during(self, call: str) -> Iterator[None]:
        """While a call, and the time after it, lasts: what comes in is its own."""
        with self._lock:
            self._call, self._came, self._room = call, [], MOST
        try:
            yield
        finally:
            with self._lock:
                self._call = None

    def received(self) -> Sequence[tuple[float, Telling]]:
        """What came since this was last asked, with `time.monotonic` of each."""
        if not self._came:
            return ()
        with self._lock:
            came, self._came = self._came, []
        return came

    def take(self, request: Request) -> Taken:
        """Take a request in, and give its answer."""
        when = time.monotonic()
        with self._lock:
            self._requests += 1
            if self._room <= 0:
                return Taken(429, {"error": f"more than {MOST} things for one call"})
            taken = take(request, self._tools, self._requests)
            self._room -= max(1, len(taken.told))
            for named, telling in taken.told:
                why = self._stray(named)
                if why is None:
                    self._came.append((when, telling))
                self.strays += why is not None
                self._note({"call": named or self._call, "type": telling.type, "attrs": dict(telling.attrs)}, why)
            if not taken.told and taken.status >= 400:
                self.refused += 1
                self._note({"call": None, "path": request.path[:200], "status": taken.status}, _why(taken))
        return taken

    def _stray(self, named: str | None) -> str | None:
        """Why something belongs to no call; None where it belongs to the one in flight."""
        if self._call is None:
            return "no call was in flight"
        return None if named in (None, self._call) else f"names the call {named}, which isn't in flight"

    def _note(self, row: Mapping[str, Any], why: str | None) -> None:
        if self._log is None:
            return
        line = json.dumps({**row, "at": round(time.time(), 3), **({"why": why} if why else {})}, ensure_ascii=False)
        with self._log.open("a", encoding="utf-8") as log:
            log.write(line + "\n")


def _why(taken: Taken) -> str:
    """Why a request was refused, as it was answered."""
    error = taken.answer.get("error", taken.answer.get("message")) if isinstance(taken.answer, Mapping) else None
    return str(error.get("message") if isinstance(error, Mapping) else error or "couldn't be read")


@contextmanager
def serving(intake: Intake, port: int = 0) -> Iterator[str]:
    """Serve an intake on the loopback as long as the context lasts; gives its URL. Port 0: a free one.

    Raises BadInput where the port is taken.
    """
    try:
        server = _Server(port, intake)
    except OSError as problem:
        raise BadInput(f"can't listen on the intake's port: {problem.strerror}", value=port) from problem
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, intake: Intake) -> None:
        self.intake = intake
        self._room = threading.BoundedSemaphore(AT_ONCE)
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hear a request in a thread of its own, or close it where too many are heard already."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Hear it, and make room."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up in the middle of a request is told nothing, and nobody else is."""


class _Handler(BaseHTTPRequestHandler):
    server_version = f"vahness/{__version__}"
    timeout = PATIENCE

    def do_POST(self) -> None:
        """Take a request with a body in."""
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            self._answer(Taken(411, {"error": "a body with its Content-Length is due"}))
        elif int(length) > LARGEST:
            self._answer(Taken(413, {"error": f"more than {LARGEST} bytes"}))
        elif (body := self._body(int(length))) is None:
            self.close_connection = True
        else:
            self._take(body)

    def do_GET(self) -> None:
        """Say what there is."""
        self._take(b"")

    do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET  # noqa: N815 - as http.server calls them

    def _take(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        intake = cast(_Server, self.server).intake
        self._answer(intake.take(Request(self.command, self.path, headers, body)))

    def _body(self, length: int) -> bytes | None:
        """The whole body; None where it doesn't come in time."""
        until, line = time.monotonic() + PATIENCE, cast(socket, self.connection)
        body = b""
        while len(body) < length:
            left = until - time.monotonic()
            if left <= 0:
                return None
            line.settimeout(left)
            try:
                part = self.rfile.read1(min(length - len(body), 65536))
            except OSError:
                return None
            if not part:
                return None
            body += part
        return body

    def _answer(self, taken: Taken) -> None:
        content = b"" if taken.answer is None else json.dumps(taken.answer, ensure_ascii=False).encode()
        self.send_response(taken.status)
        if content:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: what comes in is in the run's folder."""
