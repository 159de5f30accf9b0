"""The words of the agent's turns: as it told them, else as a recogniser has them, else nobody's."""

from __future__ import annotations

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.conversation import Turn
from harness.listening.turns import listen
from harness.recording import Recording, in_order
from harness.timeline import AgentSaid, Event, LineSaid, Party
from tests.listening.test_turns import agent

GREETING, ANSWER = 1 * RATE, 6 * RATE
ASKED = LineSaid(4 * RATE, 5 * RATE, 0, "say", "When is it?", "en")


class Measuring:
    """A recogniser that says how long what it was given is, and keeps it."""

    def __init__(self) -> None:
        self.given: list[Samples] = []

    def __call__(self, samples: Samples) -> str:
        self.given.append(samples)
        return f"{len(samples)} samples"


def heard() -> Samples:
    track = np.zeros(12 * RATE, np.float32)
    for at in (GREETING, ANSWER):
        track[at : at + len(agent().samples)] = agent().samples
    return track


def turns(*events: Event, recogniser: Measuring | None = None) -> tuple[Turn, ...]:
    silence = np.zeros(12 * RATE, np.float32)
    recording = Recording(silence, silence, heard(), in_order([ASKED, *events]))
    return listen(recording, recogniser=recogniser).of(Party.AGENT)


@pytest.mark.parametrize("early", [-0.5, 0.0, 0.8, 1.5, 2.2])
def test_a_text_is_of_the_turn_it_was_told_by(early: float) -> None:
    """Some agents tell a text before its sound, some in its midst, some when it is through."""
    told = [AgentSaid(round(at + early * RATE), text) for at, text in ((GREETING, "Hello."), (ANSWER, "On Friday."))]
    assert [(turn.text, turn.source) for turn in turns(*told)] == [("Hello.", "told"), ("On Friday.", "told")]


def test_the_texts_of_a_turn_are_joined_in_the_order_they_were_told() -> None:
    told = (AgentSaid(ANSWER, "It is"), AgentSaid(ANSWER + RATE, " on Friday. "))
    assert turns(*told)[1].text == "It is on Friday."


@pytest.mark.parametrize("event", [AgentSaid(GREETING, "Hello.", spoken=False), AgentSaid(GREETING, "  ")])
def test_what_was_not_spoken_is_no_text_of_a_turn(event: AgentSaid) -> None:
    assert [(turn.text, turn.source) for turn in turns(event)] == [(None, "none")] * 2


def test_without_a_recogniser_a_turn_that_nobody_told_has_no_words() -> None:
    assert [turn.source for turn in turns(AgentSaid(GREETING, "Hello."))] == ["told", "none"]


def test_a_recogniser_is_asked_for_what_was_not_told_and_for_nothing_else() -> None:
    recogniser = Measuring()
    greeting, answer = turns(AgentSaid(GREETING, "Hello."), recogniser=recogniser)
    assert (greeting.text, greeting.source) == ("Hello.", "told")
    assert (answer.text, answer.source) == (f"{len(recogniser.given[0])} samples", "recognised")
    assert len(recogniser.given) == 1


def test_a_recogniser_is_given_the_turn_with_a_tenth_of_a_second_around_it() -> None:
    recogniser = Measuring()
    _, answer = turns(AgentSaid(GREETING, "Hello."), recogniser=recogniser)
    margin = RATE // 10
    assert np.array_equal(recogniser.given[0], heard()[answer.start - margin : answer.end + margin])


def test_the_recogniser_is_named_where_words_are_its_own() -> None:
    silence = np.zeros(12 * RATE, np.float32)
    told = (AgentSaid(GREETING, "Hello."), AgentSaid(ANSWER, "On Friday."))
    some = listen(Recording(silence, silence, heard(), in_order([ASKED])), recogniser=Measuring())
    none = listen(Recording(silence, silence, heard(), in_order([ASKED, *told])), recogniser=Measuring())
    assert some.listener.endswith("words by Measuring")
    assert "words by" not in none.listener
