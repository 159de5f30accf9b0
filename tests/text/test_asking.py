from __future__ import annotations

import pytest

from harness.text.asking import asks_for_human


@pytest.mark.parametrize(
    "text",
    [
        "Actually, I want to speak to a real person, please.",
        "agent please",
        "Can you put me through to someone?",
        "Operator!",
        "I need a human",
        "let me talk to your supervisor",
        "is there a real person I can talk to",
        "No, give me a person.",
        "transfer me to an agent",
        "Quiero hablar con una persona",
        "मुझे किसी इंसान से बात करनी है",
        "mujhe insaan se baat karni hai",
        "Ich möchte mit einem Mitarbeiter sprechen",
        "je voudrais parler à un conseiller",
    ],
)
def test_a_caller_asks_for_a_human_in_many_ways(text: str) -> None:
    assert asks_for_human(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to book an appointment",
        "I don't want to talk to a person",
        "my manager told me to call",
        "The agent who came yesterday was rude",
        "I need a table for four people",
        "I have called you three times already",
        "No, I want the refund.",
        "can I have an appointment with the specialist",
    ],
)
def test_who_speaks_of_people_asks_for_none(text: str) -> None:
    assert not asks_for_human(text)
