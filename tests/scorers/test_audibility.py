from __future__ import annotations

from dataclasses import replace

import pytest

from harness.conversation import Conversation, Overheard
from harness.run.scoring import scorecard
from harness.scenario import Expectation
from harness.score import Limit, Verdict
from harness.scorers.agent_intelligibility import agent_intelligibility
from harness.scorers.audibility_wer import audibility_wer
from harness.scorers.caller_audibility import caller_audibility
from harness.timeline import AudioWithdrawn
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored

TEN = "I would like to book a table for four people"
FIVE = "on the twelfth of March"


def overheard(*found: Overheard) -> Conversation:
    """Two lines of the caller's of ten and five words, and two turns of the agent's."""
    talk = call(
        [Said(2.0, 5.0, TEN), Said(8.0, 9.5, FIVE)],
        [(0.5, 1.5), (5.6, 7.0)],
        texts={0: "Hello, how can I help you today?", 1: "Of course, which day?"},
    )
    return replace(talk, overheard=found)


def on(track: str, start: float, end: float, text: str, doubt: str | None = None) -> Overheard:
    return Overheard(track, at(start), at(end), text, doubt)


def test_errors_of_the_caller_as_sent_add_up_over_its_lines() -> None:
    talk = overheard(on("sent", 2.0, 5.0, "I would like to cook a table for people"), on("sent", 8.0, 9.5, FIVE))
    found = scored(audibility_wer(talk, SCENARIO))
    assert found.value == pytest.approx(2 / found.n)
    assert str(found.detail).startswith("1 substituted, 1 missed, 0 from nowhere")
    assert [(span.start, span.end) for span in found.spans] == [(2.0, 5.0)]
    assert "heard 'cook' for 'book'" in found.spans[0].note


def test_each_track_is_its_own_score() -> None:
    talk = overheard(on("sent", 2.0, 5.0, "nothing of it"), on("clean", 2.0, 5.0, TEN))
    assert scored(caller_audibility(talk, SCENARIO)).value == 0.0
    assert scored(audibility_wer(talk, SCENARIO)).value == 1.0


def test_what_the_agent_says_is_compared_with_what_it_tells() -> None:
    talk = overheard(
        on("heard", 0.5, 1.5, "Hello, how can I help you today?"), on("heard", 5.6, 7.0, "Of horse, which day?")
    )
    found = scored(agent_intelligibility(talk, SCENARIO))
    assert found.value == pytest.approx(1 / 11)
    assert found.n == 11


def test_a_turn_that_was_taken_back_told_more_than_was_heard() -> None:
    talk = overheard(on("heard", 0.5, 1.5, "Hello, how can I help you today?"), on("heard", 5.6, 7.0, "Of course"))
    events = (*talk.recording.events, AudioWithdrawn(at(7.0), at(1.0)))
    found = scored(agent_intelligibility(replace(talk, recording=replace(talk.recording, events=events)), SCENARIO))
    assert (found.value, found.n) == (0.0, 7)
    assert "1 turns that were cut into left out" in str(found.detail)


def test_a_stretch_that_the_recogniser_raves_on_is_apart() -> None:
    talk = overheard(on("sent", 2.0, 5.0, TEN), on("sent", 8.0, 9.5, "you you you", "'you' over and over"))
    found = scored(audibility_wer(talk, SCENARIO))
    assert found.value == 0.0
    assert "1 unreliable ('you' over and over)" in str(found.detail)


def test_audio_that_is_mostly_raved_on_is_said_to_be_unreliable() -> None:
    talk = overheard(on("sent", 2.0, 5.0, "you you you", "'you' over and over"), on("sent", 8.0, 9.5, FIVE))
    assert reason(audibility_wer(talk, SCENARIO)).startswith("the audio is unreliable: of 2 stretches 1 unreliable")


def test_without_a_recogniser_nothing_is_measured_and_the_cure_is_said() -> None:
    for score in (agent_intelligibility, audibility_wer, caller_audibility):
        assert "vahness score --recognise" in reason(score(overheard(), SCENARIO))


def test_an_agent_that_tells_no_text_has_nothing_to_be_compared_with() -> None:
    talk = call([Said(2.0, 5.0)], [(0.5, 1.5)])
    assert reason(agent_intelligibility(talk, SCENARIO)) == "the agent told no text of what it says"


def test_a_caller_in_a_language_that_the_recogniser_does_not_know_is_unscored() -> None:
    talk = call([Said(2.0, 5.0, "हाँ", language="hi")], [(0.5, 1.5)])
    assert reason(audibility_wer(talk, SCENARIO)) == "the recogniser knows no hi"


def test_a_caller_that_cannot_be_understood_makes_the_case_invalid_and_not_the_agent() -> None:
    limits = (
        Expectation("caller_audibility", Limit.parse("<= 20%")),
        Expectation("unanswered_turns", Limit.parse("== 0")),
    )
    talk = overheard(on("clean", 2.0, 5.0, "nothing of it"))
    card = scorecard(talk, replace(SCENARIO, expect=limits), agent="demo", shell="simulated")
    assert card.status == "invalid"
    assert "100.0% of its words wrong before any effect" in str(card.why)
    assert card.verdict is Verdict.NOT_MEASURED
