"""An endpoint on the loopback that speaks as OpenAI's does: a real server, for the real client."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the endpoint sends back: a status, and a body as JSON."""

    status: int
    body: Any


def says(text: str) -> Reply:
    """A chat completion of one message."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return Reply(200, {"id": "1", "object": "chat.completion", "created": 0, "model": "tiny", "choices": [choice]})


def fails(status: int, message: str, param: str | None = None) -> Reply:
    """An error, as OpenAI's API has them."""
    return Reply(status, {"error": {"message": message, "type": "error", "param": param, "code": None}})


@dataclass
class Endpoint:
    """url: where it is. requests: what it was asked, in order; keys: with which key; connections: over how many."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    connections: int = 0

    @property
    def questions(self) -> list[str]:
        """The last message of each request."""
        return [request["messages"][-1]["content"] for request in self.requests]


@contextmanager
def endpoint(answer: Callable[[Request], Reply]) -> Iterator[Endpoint]:
    """An endpoint that answers so."""
    served = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        # A connection is kept for the next request, as any endpoint of today does, for as long as the client may wait.
        protocol_version = "HTTP/1.1"
        timeout = 5.0

        def setup(self) -> None:
            super().setup()
            served.connections += 1

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append(request)
            served.keys.append(self.headers["Authorization"].removeprefix("Bearer "))
            reply = answer(request)
            body = json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            # Without this the client would ask again, and wait in between.
            self.send_header("x-should-retry", "false")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
