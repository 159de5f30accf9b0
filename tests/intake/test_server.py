"""The intake on a real socket of the loopback, asked by Python's own HTTP client and by a peer that misbehaves."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from harness.errors import BadInput
from harness.intake.server import LARGEST, MOST, Intake, serving


@contextmanager
def door(intake: Intake) -> Iterator[http.client.HTTPConnection]:
    with serving(intake) as url:
        line = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
        try:
            yield line
        finally:
            line.close()


def ask(line: http.client.HTTPConnection, path: str, body: object, method: str = "POST") -> tuple[int, Any]:
    line.request(method, path, json.dumps(body).encode())
    answer = line.getresponse()
    content = answer.read()
    return answer.status, json.loads(content) if content else None


def kept(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_what_comes_in_during_a_call_is_that_calls_with_its_instant(tmp_path: Path) -> None:
    intake = Intake({}, tmp_path / "intake.jsonl")
    with door(intake) as line, intake.during("a-0"):
        before = time.monotonic()
        assert ask(line, "/handoff", {"reason": "a refund"}) == (200, {"receipt": "vahness-1"})
        after = time.monotonic()
        ((when, told),) = intake.received()
        assert before <= when <= after
        assert told.attrs["packet"] == {"reason": "a refund"}
        assert intake.received() == ()
    assert intake.strays == 0
    assert [(entry["call"], entry["type"]) for entry in kept(tmp_path / "intake.jsonl")] == [("a-0", "handoff")]


def test_what_comes_between_calls_or_names_another_is_a_stray_with_the_reason(tmp_path: Path) -> None:
    intake = Intake({}, tmp_path / "intake.jsonl")
    with door(intake) as line:
        ask(line, "/handoff", {"reason": "early"})
        with intake.during("a-0"):
            ask(line, "/handoff?vahness_call=b-0", {"reason": "another's"})
            assert intake.received() == ()
        ask(line, "/handoff", {"reason": "late"})
        with intake.during("c-0"):
            assert intake.received() == ()
    assert intake.strays == 3
    whys = [entry["why"] for entry in kept(tmp_path / "intake.jsonl")]
    assert whys == ["no call was in flight", "names the call b-0, which isn't in flight", "no call was in flight"]


def test_what_cannot_be_read_is_refused_and_kept(tmp_path: Path) -> None:
    intake = Intake({"book": None}, tmp_path / "intake.jsonl")
    with door(intake) as line, intake.during("a-0"):
        assert ask(line, "/tools/cancel", {})[0] == 404
        assert ask(line, "/handoff", None, method="GET")[0] == 405
        assert ask(line, "/handoff", None, method="DELETE")[0] == 405
        assert intake.received() == ()
    entries = kept(tmp_path / "intake.jsonl")
    assert [entry["status"] for entry in entries] == [404, 405, 405]
    assert [entry["why"] for entry in entries] == [
        "the agent file has no tool 'cancel'",
        "only POST has a door here",
        "only POST has a door here",
    ]
    assert (intake.refused, intake.strays) == (3, 0)


def test_a_body_that_is_too_large_or_has_no_length_is_refused() -> None:
    intake = Intake({})
    with door(intake) as line, intake.during("a-0"):
        line.putrequest("POST", "/handoff")
        line.putheader("Content-Length", str(LARGEST + 1))
        line.endheaders()
        answer = line.getresponse()
        assert (answer.status, "bytes" in answer.read().decode()) == (413, True)
        line.close()
        line.putrequest("POST", "/handoff")
        line.endheaders()
        assert line.getresponse().status == 411
        assert intake.received() == ()


def test_a_flood_is_refused_behind_what_a_call_can_use() -> None:
    intake = Intake({})
    row = json.dumps({"event": "x-vahness", "v": 1, "type": "state", "attrs": {}})
    with door(intake) as line, intake.during("a-0"):
        line.request("POST", "/v1/events", "\n".join([row] * MOST).encode())
        assert line.getresponse().read() == b""
        assert ask(line, "/handoff", {"reason": "one more"})[0] == 429
        assert len(intake.received()) == MOST


def test_a_peer_that_sends_garbage_or_hangs_up_takes_nothing_from_the_others() -> None:
    intake = Intake({})
    with serving(intake) as url, intake.during("a-0"):
        host, port = url.removeprefix("http://").split(":")
        for garbage in (b"\x00\xff\r\n\r\n", b"POST /handoff HTTP/1.1\r\nContent-Length: 50\r\n\r\n{", b""):
            with socket.create_connection((host, int(port)), timeout=10) as peer:
                peer.sendall(garbage)
        line = http.client.HTTPConnection(host, int(port), timeout=10)
        assert ask(line, "/handoff", {"reason": "a refund"})[0] == 200
        line.close()
        assert [told.attrs["packet"] for _, told in intake.received()] == [{"reason": "a refund"}]


def test_a_port_that_is_taken_is_said() -> None:
    with serving(Intake({})) as url:
        taken = int(url.rpartition(":")[2])
        with pytest.raises(BadInput, match="can't listen on the intake's port"), serving(Intake({}), taken):
            pass
