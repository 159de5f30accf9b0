from __future__ import annotations

import pytest

from harness.text.opening import LANGUAGES, Purpose, asks_what_is_wanted, offers, reaches, spoken


def says(text: str, purpose: Purpose) -> bool:
    return reaches(spoken(text), purpose, LANGUAGES) is not None


@pytest.mark.parametrize(
    "text",
    [
        *("Hello, I'm an AI assistant.", "This is Ada, Riverside Clinic's AI assistant.", "AI assistant here."),
        *("Hi, you've reached Riverside, I'm Ada, a bot.", "I am not a person.", "I'm not a human", "I'm an AI"),
        *("Riverside's automated assistant. How can I help?", "You are talking to a virtual agent.", "I'm a robot."),
        *(
            "Thanks for calling Riverside, our virtual assistant will help you.",
            "I'm powered by artificial intelligence",
        ),
        *("I'm powered by artificial intelligence", "Before we start: I am a language model, so I may be wrong."),
        "My name is Sam and I'm a chatbot",
        *("You are speaking with an A.I.", "Would you like to book? I'm an AI.", "Soy una asistente virtual"),
        *("Soy Ada, una inteligencia artificial", "Hier ist Ada, die künstliche Intelligenz", "Ich bin kein Mensch"),
        *("Je suis Ada, une intelligence artificielle", "मैं एक एआई हूँ", "मैं वर्चुअल असिस्टेंट हूँ", "no soy humana"),
    ],
)
def test_who_says_that_it_is_a_machine_discloses_it(text: str) -> None:
    assert says(text, "disclosure")


@pytest.mark.parametrize(
    "text",
    [
        *("I'm not a robot", "I am no robot", "I'm neither a bot nor a robot", "I'm human, unlike a chatbot"),
        *("You don't have to talk to a bot", "Nobody here is a robot", "Are you a robot?", "We sell the robot you saw"),
        *("Do you want to talk to an AI or a human?", "Would you like to speak to our virtual assistant?"),
        *("We have replaced our robot with real people like me", "Tired of chatbots? I'm a human", "Say A I to go on"),
        *("you are not a person we know", "it's not a human error", "I'm an AI fan, and I'm a real person"),
        *("no soy un robot", "Ich bin kein Roboter", "je ne suis pas un robot", "मैं रोबोट नहीं हूँ", "Hello, this is Ada"),
    ],
)
def test_who_only_speaks_of_machines_or_says_that_it_is_none_discloses_nothing(text: str) -> None:
    assert not says(text, "disclosure")


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("This call is recorded.", True),
        ("This call may be recorded.", True),
        ("All calls to this number are recorded.", True),
        ("Is it okay if I record this?", True),
        ("May I store your data, do you agree?", True),
        ("Do you agree to your details being stored?", True),
        ("This call is not recorded.", False),
        ("Is it okay if I put you on hold?", False),
        ("I don't need your permission.", False),
        ("Your order is recorded in our system.", False),
        ("Your payments are recorded.", False),
        ("Do you agree to the price?", False),
    ],
)
def test_consent_is_asked_for_where_it_is_of_recording_or_data(text: str, consent: bool) -> None:
    assert says(text, "consent") is consent


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Hello, this is Riverside.", True),
        ("Don't worry, this is Ada.", True),
        ("Thank you for calling Riverside.", True),
        ("This is great.", False),
        ("This is a recorded line.", False),
        ("Hello, this is going to take a moment.", False),
        ("My name is not important.", False),
        ("Thank you for calling.", False),
    ],
)
def test_an_introduction_needs_a_name_behind_it(text: str, identity: bool) -> None:
    assert says(text, "identity") is identity


def test_a_language_that_the_agent_denies_to_speak_is_not_offered() -> None:
    assert offers(spoken("Para español, diga español."), "es") is not None
    assert offers(spoken("Sorry, we don't speak Spanish."), "es") is None
    assert offers(spoken("I can't speak Spanish"), "es") is None


@pytest.mark.parametrize(
    "text",
    [
        *("How can I help you?", "Sorry, what are you calling about?", "I didn't catch that. How may I help?"),
        *("I'm sorry, I didn't understand.", "Pardon?", "Pardon me?", "Sorry, could you please repeat that?"),
        *("Thanks for waiting. I'm afraid I didn't quite catch what you said.", "Could you say that again, please?"),
        *("Lo siento, no le he entendido. ¿Puede repetir, por favor?", "Was kann ich für Sie tun?"),
        *("Das habe ich leider nicht verstanden. Können Sie das bitte wiederholen?", "Je n'ai pas compris."),
        *("माफ़ कीजिए, मुझे समझ नहीं आया।", "मैं आपकी कैसे मदद कर सकता हूँ?"),
    ],
)
def test_who_has_understood_nothing_still_asks_what_is_wanted(text: str) -> None:
    assert asks_what_is_wanted(text, LANGUAGES)


@pytest.mark.parametrize(
    "text",
    [
        *("Sorry, I didn't catch that. What time would suit you?", "What time? I didn't catch that.", "Which day?"),
        *("Sorry, could you repeat the date?", "I didn't catch your name.", "Pardon, was that Monday?"),
        *("I don't understand. Please spell your surname.", "Can you repeat your order number?", "Of course."),
        *("Perdón. ¿A qué hora?", "¿Puede repetir su número de pedido?", "Können Sie die Uhrzeit wiederholen?"),
        *("Pardon, à quelle heure ?", "Je n'ai pas compris la date.", "माफ़ कीजिए, समझ नहीं आया। किस दिन?"),
    ],
)
def test_who_asks_for_a_detail_does_not_ask_what_is_wanted(text: str) -> None:
    assert not asks_what_is_wanted(text, LANGUAGES)
