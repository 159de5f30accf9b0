"""An agent that does by HTTP what others do on the line: it calls a tool, posts its packet, writes to the caller."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Sequence

from harness.call.line import Arrived, Closed, Frame

PACKET = {"data": {"why": "a refund", "facts": {"order": "1234"}}, "queue": "orders"}
MESSAGE = {"messaging_product": "whatsapp", "to": "+49151", "text": {"body": "Your refund is with our orders desk."}}


def post(port: int, path: str, body: object) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        line.getresponse().read()
    except OSError:
        return
    finally:
        line.close()


class Outside:
    """Calls a tool at half a second, hands over at one, hangs up, and writes to the caller half a second later."""

    def __init__(self, port: int) -> None:
        self._port = port

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear a frame."""
        if said.number == 25:
            post(self._port, "/tools/look_up", {"order": "1234"})
        if said.number == 50:
            post(self._port, "/handoff", PACKET)
            threading.Timer(0.5, post, (self._port, "/v21.0/1/messages", MESSAGE)).start()
            return [Arrived((said.number + 1) * 320, Closed("handed over"))]
        return ()


def outside(*, port: str) -> Outside:
    """The agent, and the port of the loopback at which it posts."""
    return Outside(int(port))
