"""A recogniser is asked besides, of what is said on each track."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from harness import conversation as conversations
from harness.audio import Samples
from harness.listening.overhearing import doubtful, overhear
from harness.run.recognising import recognised_as_asked
from harness.scenario import Expectation
from harness.score import Limit
from harness.timeline import AgentSaid
from tests.scorers.calls import SCENARIO, Said, at, call

TALK = call(
    [Said(2.0, 4.0, "hello there"), Said(6.0, 7.0, "हाँ जी", language="hi"), Said(8.0, 8.4, "", kind="cough")],
    [(0.5, 1.5), (4.6, 5.5)],
    [AgentSaid(at(0.6), "Hello.", language="en"), AgentSaid(at(4.7), "Hola.", language="es")],
    texts={0: "Hello.", 1: "Hola."},
)


def loudness(samples: Samples) -> str:
    """A recogniser that says how long what it is given is."""
    return f"{len(samples) / 16_000:.1f}"


def test_each_line_and_each_turn_is_asked_of_on_its_track_with_a_margin() -> None:
    found = overhear(TALK, loudness, ("heard", "sent"), agent="en").overheard
    assert [(one.track, one.start, one.end, one.text) for one in found] == [
        ("heard", at(0.5), at(1.5), "1.2"),
        ("sent", at(2.0), at(4.0), "2.2"),
    ]


def test_only_what_the_scenario_expects_something_of_is_asked_for() -> None:
    assert recognised_as_asked(TALK, SCENARIO, loudness) is TALK
    expecting = replace(SCENARIO, expect=(Expectation("caller_audibility", Limit.parse("<= 20%")),))
    assert {one.track for one in recognised_as_asked(TALK, expecting, loudness).overheard} == {"clean"}
    every = recognised_as_asked(TALK, SCENARIO, loudness, everything=True)
    assert {one.track for one in every.overheard} == {"heard", "sent", "clean"}


def test_what_was_overheard_is_kept_with_the_conversation(tmp_path: Path) -> None:
    made = overhear(TALK, loudness, ("sent",), agent="en")
    conversations.save(made, tmp_path)
    assert conversations.load(tmp_path, made.recording).overheard == made.overheard


@pytest.mark.parametrize(
    ("text", "seconds", "doubted"),
    [
        ("I would like to book a table for two", 3.0, False),
        ("seven seven seven", 1.0, False),
        ("no no no no", 1.0, False),
        ("yes", 0.1, False),
        ("", 5.0, False),
        ("Thank you very much. " * 3, 6.0, True),
        ("you " * 9, 6.0, True),
        ("I would like to book a table for two tonight please", 0.5, True),
    ],
)
def test_words_that_nobody_can_have_said_are_doubted(text: str, seconds: float, doubted: bool) -> None:
    assert (doubtful(text, seconds) is not None) is doubted


def test_silence_is_not_raved_on() -> None:
    assert doubtful(loudness(np.zeros(16_000, np.float32)), 1.0) is None
