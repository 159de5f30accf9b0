"""An agent's own code may do anything: it is the agent's breach, and the call is scored."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from harness import recording
from harness.audio import RATE
from harness.call.acts import SayIt
from harness.call.line import Arrived, Audio, Closed, Frame, Mark, Telling, Withdrawn
from harness.errors import BadInput, CallVoid
from harness.recording import Recording
from harness.run.targets import factory_of, read_target
from harness.timeline import AgentState, HandedOff, HungUp, Party, ProtocolBroken, ToolCalled
from tests.call.lines import of, rung, spoken


class Does:
    """An agent that does a thing once, in its fifth frame."""

    def __init__(self, thing: Callable[[int], Any]) -> None:
        self._thing = thing

    def step(self, said: Frame) -> Sequence[Arrived]:
        return cast("Sequence[Arrived]", self._thing((said.number + 1) * 320)) if said.number == 4 else ()


def call(thing: Callable[[int], Any]) -> Recording:
    return rung(Does(thing), SayIt(0, spoken(0.5)))


def breaches(made: Recording) -> str:
    return "; ".join(event.why for event in of(made, ProtocolBroken) if isinstance(event, ProtocolBroken))


def leaves(_at: int) -> None:
    sys.exit(0)


def refuses(_at: int) -> None:
    raise BadInput("no such thing")


@pytest.mark.parametrize(
    ("thing", "why"),
    [
        (leaves, "SystemExit"),
        (refuses, "no such thing"),
        (lambda _at: None, "NoneType"),
        (lambda _at: ["hello"], "sent str where an Arrived is due"),
        (lambda at: [Arrived(cast("int", at + 0.5), Mark("m"))], "float"),
        (lambda _at: [Arrived(cast("int", None), Mark("m"))], "NoneType"),
    ],
)
def test_code_that_fails_ends_the_agents_side_of_the_call(thing: Callable[[int], Any], why: str) -> None:
    made = call(thing)
    assert why in breaches(made)
    (end,) = of(made, HungUp)
    assert isinstance(end, HungUp)
    assert end.party is Party.AGENT


def test_what_an_agent_raises_says_where_in_its_own_code() -> None:
    def fails(_at: int) -> Any:
        return np.stack([])

    line = fails.__code__.co_firstlineno + 1
    assert f"(test_agents_code.py:{line})" in breaches(call(fails))


def test_our_own_failing_is_not_the_agents() -> None:
    def fails(_at: int) -> None:
        raise CallVoid("the recogniser is gone")

    with pytest.raises(CallVoid):
        call(fails)


@pytest.mark.parametrize(
    "what",
    ["hello", Mark(cast("str", None)), Audio(np.zeros(3, np.float32), cast("str", ["r"])), Telling(cast("str", 5), {})],
)
def test_what_cannot_cross_a_line_is_a_breach_and_the_call_goes_on(what: Any) -> None:
    made = call(lambda at: [Arrived(at, what)])
    assert "can't cross a line" in breaches(made)
    (end,) = of(made, HungUp)
    assert isinstance(end, HungUp)
    assert end.party is Party.CALLER


@pytest.mark.parametrize("sound", [None, ["a"], b"\0\1", np.full(320, 3000, np.int16), np.full(320, 1j), [[0.0]]])
def test_sound_that_is_no_mono_sound_is_a_breach_and_silence_stands_in_for_it(sound: Any) -> None:
    made = call(lambda at: [Arrived(at, Audio(sound))])
    assert "no mono sound" in breaches(made)
    assert not made.heard.any()


class Refusing:
    """A sound that can't be looked at."""

    def __array__(self, *_given: object, **_named: object) -> None:
        raise RuntimeError("no")


@pytest.mark.parametrize("sound", [[[1.0, 2.0], [3.0]], Audio(np.zeros(3, np.float32), None, cast("bool", [1, 2]))])
def test_sound_that_is_no_array_at_all_is_the_agents_breach_and_not_our_failing(sound: Any) -> None:
    what = sound if isinstance(sound, Audio) else Audio(sound)
    made = call(lambda at: [Arrived(at, what)])
    assert re.search("no mono sound|can't cross a line", breaches(made))
    (end,) = of(made, HungUp)
    assert end.party is Party.CALLER


def test_sound_whose_own_code_fails_ends_the_agents_side_of_the_call() -> None:
    made = call(lambda at: [Arrived(at, Audio(cast("Any", Refusing())))])
    assert "RuntimeError" in breaches(made)
    (end,) = of(made, HungUp)
    assert end.party is Party.AGENT


@pytest.mark.parametrize("sound", [np.full(320, 1e300), np.full(320, 1e38, np.float32)])
def test_sound_beyond_full_scale_is_heard_at_full_scale(sound: Any) -> None:
    assert call(lambda at: [Arrived(at, Audio(sound))]).heard.max() == 1.0


def test_what_is_sent_for_later_arrives_then_as_on_a_wire() -> None:
    later = 2 * RATE
    sent = [Arrived(later + 5, Audio(np.full(320, 0.5, np.float32))), Arrived(later, Telling("state", {"a": 1}))]
    made = call(lambda _at: sent)
    assert int(np.argmax(made.heard > 0)) == later + 5
    (told,) = of(made, AgentState)
    assert told.at == later


@pytest.mark.parametrize(
    "what", [Closed("bye"), Audio(np.ones(320, np.float32)), Mark("m"), Withdrawn(), Telling("state", {})]
)
def test_what_is_sent_for_after_the_call_never_arrives(what: Any) -> None:
    made = call(lambda _at: [Arrived(10**30, what)])
    (end,) = of(made, HungUp)
    assert end.party is Party.CALLER
    assert not made.heard.any()
    assert all(event.at < len(made.heard) for event in made.events)


def test_an_agent_that_writes_into_what_it_hears_changes_nothing_of_the_recording() -> None:
    class Scribbles:
        def step(self, said: Frame) -> Sequence[Arrived]:
            said.samples[:] = 0.3
            return ()

    kept = call(lambda _at: [])
    made = rung(Scribbles(), SayIt(0, spoken(0.5)))
    assert np.array_equal(made.clean, kept.clean)
    assert np.array_equal(made.sent, kept.sent)


def deep() -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(5000):
        found = {"a": found}
    return found


def ring() -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    found["a"] = found
    return found


@pytest.mark.parametrize(
    "attrs",
    [None, [1], {"packet": deep()}, {"packet": ring()}, {"packet": float("nan")}, {"to": "\ud800"}, {"a": {(1, 2): 3}}],
)
def test_what_cannot_be_written_down_is_not_told(attrs: Any) -> None:
    made = call(lambda at: [Arrived(at, Telling("handoff", attrs))])
    assert "can't be written down" in breaches(made)
    assert not of(made, HandedOff)


def test_what_an_agent_tells_is_what_it_would_be_behind_a_socket(tmp_path: Path) -> None:
    told = {"name": "book", "arguments": {"days": (1, 2), 3: "x", "at": Path("there")}}
    made = call(lambda at: [Arrived(at, Telling("tool.call", told))])
    recording.save(made, tmp_path)
    for one in (made, recording.load(tmp_path)):
        (tool,) = of(one, ToolCalled)
        assert isinstance(tool, ToolCalled)
        assert tool.arguments == {"days": [1, 2], "3": "x", "at": "there"}


@pytest.mark.parametrize("code", ["def make(:", "raise RuntimeError('boom')", "import sys; sys.exit(0)", "make = 3.14"])
def test_a_module_that_makes_no_agent_is_refused_in_one_message(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "an_agent_of_theirs.py").write_text(code + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "an_agent_of_theirs", raising=False)
    with pytest.raises(BadInput, match=r"an_agent_of_theirs|factory"):
        factory_of(read_target("python:an_agent_of_theirs:make"))


@pytest.mark.parametrize("text", ["python::make", "python:.:make", "python:json:", "python:.json:make"])
def test_what_names_no_factory_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="python:module:factory"):
        read_target(text)
