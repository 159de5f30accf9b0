"""The caller's ears with words: charged in simulated time, beside the call in a live one."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from harness.audio import RATE, Samples
from harness.run.desk import Desk, Order, opened
from harness.run.ears import TAKES, ChargedEars, ears
from harness.run.placing import make_recording
from harness.run.targets import read_target
from harness.scenario.suite import read_suite
from harness.timeline import AgentSaid, Interrupted

SOUND = np.zeros(RATE, np.float32)

SCENARIO = """
scenario: Cuts in where the agent offers its help
caller: {voice: {engine: pico}, manners: {breath: 0.5s, patience: 3s}}
script:
  - say: Hello, I would like to know where my order is please.
  - interrupt: {after_phrase: order, kind: clarify, say: sorry what was that}
"""


def test_simulated_words_come_when_they_are_paid_for() -> None:
    heard = ChargedEars(lambda _sound: "your order")
    heard.ask(1000, SOUND)
    assert heard.answer(1000 + TAKES - 1) is None
    assert heard.answer(1000 + TAKES) == "your order"


def test_live_nobody_waits_for_the_words() -> None:
    done = threading.Event()

    def slow(samples: Samples) -> str:
        assert len(samples) == RATE
        done.wait(30)
        return "your order"

    with ears(slow, live=True) as heard:
        heard.ask(0, SOUND)
        assert heard.answer(320) is None
        done.set()
        answer = None
        while answer is None:
            answer = heard.answer(640)
    assert answer == "your order"


def test_an_agent_that_tells_nothing_is_cut_into_behind_a_phrase_that_it_was_heard_to_say(tmp_path: Path) -> None:
    (tmp_path / "phrase.yaml").write_text(SCENARIO)
    (scenario,) = read_suite([tmp_path], seed=1).scenarios
    order = Order(read_target("demo?mute=true"), tmp_path)
    with opened(order) as desk:
        assert isinstance(desk, Desk)
        made = make_recording(scenario, desk)
    assert not [event for event in made.events if isinstance(event, AgentSaid)]
    (cut_in,) = (event for event in made.events if isinstance(event, Interrupted))
    assert cut_in.at == cut_in.planned == cut_in.knowable
    spoken = made.heard[cut_in.at - RATE : cut_in.at]
    assert float(np.abs(spoken).max()) > 0.01, "the agent was speaking"
