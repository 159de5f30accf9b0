"""A language model as a caller's mind: what it is told, and which of its answers are moves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.chat import Answer, Message
from harness.errors import BadInput
from harness.minds import Move, Question
from harness.minds.model import EXAMPLES, briefing, model, read_move
from harness.scenario import INTERRUPTIONS, Interrupt, Persona, Press, Say, Scenario, Step, VoiceSpec
from harness.scenario.manners import TEMPERAMENTS
from harness.scenario.places import Place
from tests.callers.minds import CORRECTS, WANTS, line

PLACE = Place(Path(), Path(), language="en-GB", voice=VoiceSpec("pico", {"accent": "en-GB"}))


def test_a_model_is_told_what_the_caller_wants_and_knows_and_nothing_of_the_truth() -> None:
    told = briefing(WANTS)
    assert "What you want: Book an appointment on the thirteenth of March." in told
    assert "- date: 2026-03-13 (at first you say 2026-03-12, and correct it later)" in told
    assert "Speak en-GB" in told
    assert "secret" not in briefing(Scenario("a-0", "a", "a.yaml", 1, goal="g", truth=WANTS.truth.__class__("secret")))


def test_a_model_is_told_who_it_is_where_the_scenario_says() -> None:
    known = replace(WANTS, persona=Persona("hurried-dev", manners=TEMPERAMENTS["hurried"][0]))
    assert "You are known as hurried-dev. Your temperament: hurried. You are the caller" in briefing(known)
    assert "temperament" not in briefing(WANTS)


def test_every_move_that_a_model_is_shown_is_one() -> None:
    moves = [read_move(json.dumps(example), PLACE) for _, example in EXAMPLES]
    shown: set[type[Step]] = {type(step) for move in moves for step in move.steps}
    assert shown == set(Step.__args__)
    assert moves[-2:] == [Move(), Move((Say(line("Thank you, goodbye.")),), hang_up=True)]
    assert all(kind in briefing(WANTS) for kind in INTERRUPTIONS)


def test_a_model_is_asked_with_the_call_so_far_and_whose_turn_it_is() -> None:
    asked: list[Sequence[Message]] = []

    def chat(messages: Sequence[Message]) -> Answer:
        asked.append(messages)
        return Answer('{"steps": [{"say": "Hello."}]}', "tiny")

    mind = model(WANTS, chat)
    assert mind(Question("your turn", ("agent: Hello, this is Ada.", "you: Hi."))) == Move((Say(line("Hello.")),))
    mind(Question("the agent is speaking", (), problem="no such step: 'sing'"))
    (system, first), (_, second) = asked
    assert system == {"role": "system", "content": briefing(WANTS)}
    assert first["content"].startswith("The call so far:\nagent: Hello, this is Ada.\nyou: Hi.\n\nIt is your turn.")
    assert "The agent is still speaking." in second["content"]
    assert second["content"].endswith("Your last answer can't be used: no such step: 'sing'")


@pytest.mark.parametrize(
    ("answer", "move"),
    [
        ('{"steps": [{"press": "12"}]}', Move((Press("12"),))),
        ('```json\n{"steps": [{"press": 12}]}\n```', Move((Press("12"),))),
        ('{"hang_up": true}', Move(hang_up=True)),
        ('{"listen": true, "hang_up": false, "steps": null}', Move()),
        (
            json.dumps({"steps": [{"interrupt": {"after_phrase": "twelfth", "say": CORRECTS}}]}),
            Move((Interrupt(line(CORRECTS), phrase="twelfth"),)),
        ),
        ('{"steps": [{"say": "Number #5: yes & no"}]}', Move((Say(line("Number #5: yes & no")),))),
    ],
)
def test_an_answer_is_read_as_a_scenarios_steps_are(answer: str, move: Move) -> None:
    assert read_move(answer, PLACE) == move


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("Hello, I would like to book.", "the caller's answer is no JSON"),
        ('["say"]', "the caller's answer: a move is written as keys and values"),
        ("{}", "a move is steps, hang_up, or listen alone"),
        ('{"listen": true, "hang_up": true}', "a move is steps, hang_up, or listen alone"),
        ('{"say": "Hello."}', "no such key in a move"),
        ('{"steps": [{"sya": "Hello."}]}', "(did you mean 'say'?)"),
        ('{"steps": [{"interrupt": {"say": "No."}}]}', "needs a key that isn't there: after"),
        ('{"steps": [{"interrupt": {"after": 1, "say": "No."}}]}', "a time"),
        ('{"steps": [{"filler": {"say": "um"}}]}', "put a say before it"),
        ('{"steps": [{"say": ""}]}', "nothing is written"),
        ('{"steps": [{"say": {"audio": "/etc/hostname", "text": "a"}}]}', "speaks its lines, and plays none"),
        ('{"steps": [{"say": null}]}', "a step does one thing"),
        ('{"steps": [null]}', "a step is one of say"),
        ("[" * 5_000, "the caller's answer is no JSON"),
    ],
)
def test_an_answer_that_is_no_move_is_refused_as_a_scenario_is(answer: str, problem: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_move(answer, PLACE)
    assert problem in str(refused.value)
