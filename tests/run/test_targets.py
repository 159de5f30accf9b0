"""Which agent is rung: a TARGET is read, and refused with the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import BadInput
from harness.run.targets import factory_of, read_target


def test_a_builtin_takes_its_options_from_the_query() -> None:
    target = read_target("demo?think=700ms&ignore_barge_in")
    assert (target.scheme, target.where) == ("agent", "demo")
    assert dict(target.options) == {"think": "700ms", "ignore_barge_in": ""}
    assert target.in_process


def test_a_socket_keeps_its_query_for_the_agent_behind_it() -> None:
    target = read_target("pcm+ws://127.0.0.1:9000/call?key=1")
    assert not target.in_process
    assert target.where == "pcm+ws://127.0.0.1:9000/call?key=1"


@pytest.mark.parametrize(
    ("text", "nearest"), [("dmo", "demo"), ("pcm+wz://x/", "pcm+ws"), ("http://x/", None), ("python:only", None)]
)
def test_what_is_no_target_is_refused(text: str, nearest: str | None) -> None:
    with pytest.raises(BadInput) as refused:
        read_target(text)
    assert nearest is None or nearest in str(refused.value)


def test_an_option_that_the_agent_has_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean 'think'"):
        factory_of(read_target("demo?thnk=1s"), voice=None, recogniser=None, charge="fixed")()


def test_what_the_harness_hands_cannot_be_set_by_the_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_own_agent.py").write_text("def make(*, voice, name='x'):\n    return (voice, name)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert factory_of(read_target("python:my_own_agent:make?name=y"), voice=7)() == (7, "y")  # type: ignore[comparison-overlap]
    with pytest.raises(BadInput):
        factory_of(read_target("python:my_own_agent:make?voice=y"), voice=7)


@pytest.mark.parametrize("text", ["python:no_such_module:make", "python:json:no_such_factory"])
def test_a_factory_that_is_not_there_is_said(text: str) -> None:
    with pytest.raises(BadInput):
        factory_of(read_target(text))
