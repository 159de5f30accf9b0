"""A control call shows what the agent would have done had the caller not cut in."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from harness.agents._behaviours import Planted
from harness.agents.planted import planted
from harness.audio import FRAME, RATE
from harness.call.line import Agent
from harness.errors import BadInput
from harness.recording import Recording
from harness.run.control import controlled
from harness.run.desk import Desk, Order
from harness.run.placing import make_recording
from harness.run.suite import Plan, run_suite
from harness.run.targets import read_target
from harness.scenario import Scenario
from harness.scenario.suite import Suite, read_suite
from harness.timeline import Controlled, Interrupted, Murmured
from harness.voices import voice_for

SCENARIO = """
scenario: Cuts in once and murmurs once
caller: {voice: {engine: pico}, manners: {breath: 0.5s, hesitation: 0.2s, patience: 3s}}
world:
  noise: {bed: car, snr: 30dB}
script:
  - say: hello there
  - backchannel: {after: 1s, say: mm-hmm}
  - say: and what about my order
  - interrupt: {after: 1.5s, kind: correction, say: no wait a moment please}
  - say: goodbye
"""
PLAIN = SCENARIO.replace("world:\n  noise: {bed: car, snr: 30dB}\n", "")


def suite(folder: Path, text: str = PLAIN) -> Suite:
    (folder / "once.yaml").write_text(text)
    return read_suite([folder], seed=3)


def desk(make: type[Agent] | None = None, **options: str) -> Desk:
    def agent() -> Agent:
        return planted(voice=voice_for("pico"), **options)

    return Desk(Order(read_target("planted"), Path()), lambda _sound: "", agent=make or agent)


def rung(scenario: Scenario, at: Desk) -> tuple[Recording, list[Controlled]]:
    made = controlled(make_recording(scenario, at), scenario, at)
    return made, [event for event in made.events if isinstance(event, Controlled)]


@pytest.mark.parametrize("text", [PLAIN, SCENARIO])
def test_each_planned_event_gets_how_long_the_speech_it_fell_into_would_have_gone_on(tmp_path: Path, text: str) -> None:
    (scenario,) = suite(tmp_path, text).scenarios
    agents: list[Planted] = []

    def deaf() -> Planted:
        agents.append(planted(voice=voice_for("pico"), deaf="true"))
        return agents[-1]

    made, controls = rung(scenario, replace(desk(), agent=deaf))
    planned = [event for event in made.events if isinstance(event, Interrupted | Murmured)]
    assert [(control.at, control.step) for control in controls] == [(event.at, event.step) for event in planned]
    # A deaf agent does in the call itself what it would have done without the event.
    finished = [entry.at for entry in agents[0].log if entry.what == "finished"]
    for control in controls:
        by_itself = min(at for at in finished if at > control.at) - control.at
        assert control.left == pytest.approx(by_itself, abs=RATE // 50)
        assert control.next is None


def test_what_an_agent_that_yields_had_left_is_seen_too(tmp_path: Path) -> None:
    (scenario,) = suite(tmp_path).scenarios
    deaf, through = rung(scenario, desk(deaf="true"))
    _, controls = rung(scenario, desk(yields_after="300ms"))
    assert controls[1].left > RATE
    assert len(deaf.events) > len(through)


def test_an_agent_that_is_not_the_same_twice_has_no_control(tmp_path: Path) -> None:
    (scenario,) = suite(tmp_path).scenarios
    calls = count()

    def fickle() -> Planted:
        return planted(voice=voice_for("pico"), greet=f"{0.5 + 0.1 * next(calls)}s")

    _, controls = rung(scenario, replace(desk(), agent=fickle))
    assert controls == []


def test_a_run_with_control_calls_keeps_them_on_the_time_line(tmp_path: Path) -> None:
    plan = Plan(suite=suite(tmp_path), agent="planted?deaf=true", reports=tmp_path, name="with", control=True)
    run_suite(plan, lambda _card, _done, _total: None)
    (timeline,) = (tmp_path / "with" / "calls").glob("*/timeline.jsonl")
    assert timeline.read_text().count('"Controlled"') == 2


def test_live_calls_have_no_control(tmp_path: Path) -> None:
    plan = Plan(suite=suite(tmp_path), agent="planted", reports=tmp_path, control=True, live=True)
    with pytest.raises(BadInput, match="control calls are made in simulated time"):
        run_suite(plan, lambda _card, _done, _total: None)
    assert [path.name for path in tmp_path.iterdir()] == ["once.yaml"]


def test_control_changes_no_sample_of_the_call(tmp_path: Path) -> None:
    (scenario,) = suite(tmp_path).scenarios
    at = desk(yields_after="300ms")
    plain = make_recording(scenario, at)
    made, controls = rung(scenario, at)
    assert np.array_equal(plain.heard, made.heard)
    assert len(made.events) == len(plain.events) + len(controls)
    assert all(control.at // FRAME < len(made.heard) // FRAME for control in controls)


def test_a_pause_that_the_caller_would_speak_through_ends_no_speech(tmp_path: Path) -> None:
    (scenario,) = suite(tmp_path).scenarios
    made, found = rung(scenario, desk(deaf="true", pause="800ms", pause_at="1.9s"))
    cut = next(event for event in made.events if isinstance(event, Interrupted))
    control = next(event for event in found if event.at == cut.at)
    # It pauses 0.4 s behind the onset, for 0.8 s, and has seconds to say behind that.
    assert control.left > 3 * RATE
