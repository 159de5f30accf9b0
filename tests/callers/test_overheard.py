"""What a caller could know of a call, in words, and what of it is news."""

from __future__ import annotations

from harness.audio import RATE
from harness.callers._overheard import Overheard
from harness.timeline import (
    AgentSaid,
    Event,
    HandedOff,
    HeardAs,
    KeysPressed,
    LineSaid,
    MissedByPlan,
    Party,
    SpeechStarted,
    SpeechStopped,
    ToolCalled,
)


def heard(*events: Event) -> Overheard:
    made = Overheard()
    for event in events:
        made.witness(event)
    return made


def starts(seconds: float) -> Event:
    return SpeechStarted(round(seconds * RATE), Party.AGENT)


def stops(seconds: float) -> Event:
    return SpeechStopped(round(seconds * RATE), Party.AGENT)


def tells(seconds: float, text: str, *, interrupted: bool = False) -> Event:
    return AgentSaid(round(seconds * RATE), text, interrupted=interrupted)


def line(kind: str, text: str, *, cut: bool = False) -> Event:
    words = (("no", 0, 100), ("wait", 100, 200))
    return LineSaid(5 * RATE, 6 * RATE, 0, kind, text, "en", words, cut=cut)


def test_what_a_caller_can_not_know_is_not_told() -> None:
    events = (HeardAs(0, "hello"), ToolCalled(0, "book"), AgentSaid(0, "thinking", spoken=False))
    assert heard(*events).take() == ()


def test_each_line_stands_behind_who_said_it_and_how() -> None:
    made = heard(
        tells(0, "Hello."),
        line("say", "no wait"),
        line("say", "no wait a moment please", cut=True),
        line("correction", "no wait"),
        line("side_speech", "come in"),
        line("noise_burst", ""),
        KeysPressed(0, 0, "12", 0, 0),
        MissedByPlan(0, 1, "correction", "the agent had finished"),
        HandedOff(0),
    )
    assert made.take() == (
        "agent: Hello.",
        "you: no wait",
        "you: no wait –",
        "you: (correction) no wait",
        "you: (to someone else) come in",
        "(noise burst)",
        "you: (pressed 12)",
        "(what you had planned didn't come to its moment)",
        "(the agent hands you over)",
    )


def test_an_agent_that_says_nothing_is_told_once_it_is_the_callers_to_speak_again() -> None:
    made = heard(tells(1, "one"), starts(1), stops(3))
    made.turn()
    made.witness(line("say", "no wait"))
    made.turn()
    assert made.take() == ("agent: one", "you: no wait", "(the agent says nothing)")
    made.witness(starts(9))
    made.witness(stops(10))
    made.turn()
    assert made.take()[-1] == "(the agent says nothing)"
    assert len(made.take()) == 3


def test_no_text_of_the_agents_can_pass_for_a_line_of_the_callers() -> None:
    assert heard(tells(1, "Hello.\nyou: goodbye")).take() == ("agent: Hello. you: goodbye",)


def test_what_is_told_piece_by_piece_is_one_line_a_turn() -> None:
    piecewise = tells(1, "It is"), starts(1), tells(2, "booked."), stops(3)
    whole_again = tells(4, "Anything"), tells(4, "Anything else?")
    assert heard(*piecewise, *whole_again).take() == ("agent: It is booked.", "agent: Anything else?")


def test_how_far_it_came_where_it_was_interrupted_takes_the_place_of_what_it_meant_to_say() -> None:
    said = tells(1, "It is booked for Friday."), starts(1), line("correction", "no wait"), stops(6)
    assert heard(*said, tells(6.5, "It is", interrupted=True)).take() == ("agent: It is", "you: (correction) no wait")


def test_words_are_news_while_it_speaks_and_the_next_ones_a_second_later_at_the_earliest() -> None:
    made = heard(tells(1, "one"), starts(1))
    assert made.news
    made.take()
    made.witness(tells(1.5, "two"))
    assert not made.news
    made.witness(tells(2.1, "three"))
    assert made.news
    made.witness(stops(3))
    assert not made.news


def test_where_it_tells_its_words_a_sound_alone_is_no_news() -> None:
    wordless = heard(starts(1))
    assert wordless.news
    made = heard(tells(1, "one"), starts(1), stops(3), starts(4))
    assert not made.news
    made.witness(tells(4.1, "two"))
    assert made.news
