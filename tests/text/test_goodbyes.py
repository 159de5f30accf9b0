from __future__ import annotations

import pytest

from harness.scorers.unanswered_turns import unanswered_turns
from harness.text.phrases import is_goodbye
from harness.timeline import Party
from tests.scorers.calls import SCENARIO, Said, call, scored


@pytest.mark.parametrize(
    "text",
    [
        *("bye", "Okay, thanks, goodbye.", "No, that's all, thank you.", "okay that's all thanks", "No. That's it."),
        *("Thanks so much for all of your help today, bye", "Bye, thanks for everything.", "Bye, Sam.", "Bye then Sam"),
        *("That's all for today, thanks.", "Thank you. Have a nice day!", "see you tomorrow", "Auf Wiedersehen"),
        *("Adiós, gracias", "Merci, au revoir", "ठीक है, धन्यवाद, अलविदा", "धन्यवाद, नमस्ते"),
    ],
)
def test_who_ends_with_a_goodbye_takes_leave(text: str) -> None:
    assert is_goodbye(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Bye! Oh wait, what time was it?", "goodbye, but can you tell me the price?", "Bye. Are you still there?"),
        *("that is all wrong", "is that all?", "that's not all", "nothing else works", "nothing else, just the refund"),
        *("I'd like to see you on Monday at three", "take care of it now please", "please take care of my booking"),
        *("I need a room for a good night", "don't say goodbye yet", "what's the Hindi word for goodbye"),
        *("नमस्ते, मुझे अपॉइंटमेंट चाहिए", "नमस्ते", "No, thank you.", "", "?", "Yes, three pm is fine."),
    ],
)
def test_who_goes_on_behind_a_goodbye_or_only_speaks_of_one_takes_no_leave(text: str) -> None:
    assert not is_goodbye(text)


@pytest.mark.parametrize(("text", "unanswered"), [("Bye, what time was it?", 1), ("No, that's all. Thanks, bye!", 0)])
def test_an_agent_that_hangs_up_on_a_question_behind_a_goodbye_left_it_unanswered(text: str, unanswered: int) -> None:
    talk = call([Said(1.0, 3.0, text)], [(0.2, 0.8)], seconds=5.0, hung_up=Party.AGENT)
    assert scored(unanswered_turns(talk, SCENARIO)).value == unanswered
