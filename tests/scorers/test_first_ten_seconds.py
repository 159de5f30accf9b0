from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from harness.conversation import Conversation
from harness.scenario import OPENING, Entity, Opening, Scenario, Truth
from harness.score import Outcome, Score, Unscored
from harness.scorers.first_ten_seconds import PARTS, first_ten_seconds
from harness.timeline import AgentSaid, AudioWithdrawn, Event, ToolCalled
from tests.scorers.calls import SCENARIO, Said, at, call, reason, scored

GREETING = "Hello, this is Ada, Riverside Clinic's AI assistant. This call is recorded. How can I help?"


def opening(**checks: str) -> Scenario:
    return replace(SCENARIO, opening=Opening(("Riverside Clinic",), checks))


def begun(
    text: str | None = GREETING,
    *events: Event,
    greeting: tuple[float, float] = (0.5, 6.5),
    caller: str = "I would like to book a table",
    **rest: Any,
) -> Conversation:
    """A greeting, the caller's first line at 7 s, and a reply."""
    texts = {} if text is None else {0: text, 1: "Sure, which day?"}
    told: tuple[Event, ...] = ()
    if text is not None:
        told = (AgentSaid(at(0.5), text, language="en"), AgentSaid(at(9.8), texts[1], language="en"))
    return call([Said(7.0, 9.0, caller)], [greeting, (9.8, 11.0)], (*told, *events), texts=texts, **rest)


def holds(outcome: Outcome) -> bool | None:
    """What a check came to; None where it wasn't measured."""
    return None if isinstance(outcome, Unscored) else outcome.value == 1.0


def card(talk: Conversation, scenario: Scenario = SCENARIO) -> Mapping[str, Outcome]:
    found = first_ten_seconds(talk, scenario)
    assert set(found) == set(PARTS)
    return found


def test_a_good_beginning_passes_every_check_that_applies() -> None:
    found = card(begun(), opening(consent="required", identity="required"))
    assert {name: holds(found[name]) for name in OPENING} == {
        **dict.fromkeys(OPENING, True),
        "barge_in": None,
        "intent": None,
    }
    assert reason(found["barge_in"]) == "doesn't apply: the caller didn't cut into the greeting"
    assert reason(found["intent"]) == "doesn't apply: the scenario states no reason"
    assert (scored(found["passed"]).value, scored(found["passed"]).n) == (1.0, 6)
    assert scored(found["required"]).value == 1.0


def test_the_share_is_of_those_that_apply_and_names_what_failed() -> None:
    passed = scored(card(begun("Hello, this is Ada. How can I help?"))["passed"])
    assert passed.value == pytest.approx(4 / 5)
    assert passed.detail == "4 of 5; not ai_disclosure"


def test_a_check_that_nobody_can_know_is_left_out_and_named_unless_they_are_half() -> None:
    wanted = replace(SCENARIO, truth=Truth(reason="book a table"))
    passed = scored(card(begun(), wanted)["passed"])
    assert (passed.value, passed.detail) == (1.0, "5 of 5; not known: intent")


def test_a_greeting_that_was_told_but_cannot_have_been_said_shows_nothing() -> None:
    found = card(begun(greeting=(0.5, 0.9)), opening(consent="required", ai_disclosure="required"))
    for name in ("identity", "ai_disclosure", "consent"):
        assert holds(found[name]) is not True
    assert holds(found["required"]) is not True


def test_what_is_required_and_missing_fails_whatever_else_holds() -> None:
    found = card(
        begun("Hello, this is Ada at Riverside Clinic."), opening(ai_disclosure="required", greeted="required")
    )
    assert scored(found["required"]).value == 0.0
    assert scored(found["required"]).detail == "not ai_disclosure"


def test_a_required_check_that_nobody_can_know_is_not_passed() -> None:
    found = card(begun(None), opening(ai_disclosure="required", greeted="required"))
    assert reason(found["required"]) == "not known: ai_disclosure"
    assert reason(found["passed"]).startswith("not known: identity (nobody knows what the agent said)")


def test_a_check_that_is_off_counts_for_nothing() -> None:
    found = card(begun("Hello, this is Ada."), replace(SCENARIO, opening=Opening(checks={"ai_disclosure": "off"})))
    assert reason(found["ai_disclosure"]) == "doesn't apply: the scenario doesn't ask for it"
    assert scored(found["passed"]).n == 4


@pytest.mark.parametrize(
    ("greeting", "good"), [((0.5, 6.0), True), ((1.5, 6.0), True), ((1.6, 6.0), False)], ids=["soon", "edge", "late"]
)
def test_a_greeting_is_due_within_a_second_and_a_half(greeting: tuple[float, float], good: bool) -> None:
    assert holds(card(begun(greeting=greeting))["greeted"]) is good


def test_no_greeting_is_no_greeting_in_time() -> None:
    found = card(call([Said(7.0, 9.0)], [(9.8, 11.0)]))
    assert holds(found["greeted"]) is False
    assert holds(found["no_dead_air"]) is False


@pytest.mark.parametrize(
    ("text", "discloses"),
    [
        ("Hi, I'm Ada, a virtual assistant.", True),
        ("You're speaking with an A.I.", True),
        ("I am not a human, but I can help.", True),
        ("Don't worry, I'm not a robot!", False),
        ("Hello, this is Ada, your assistant.", False),
        ("Please hold, you said Jai?", False),
    ],
)
def test_only_who_says_so_has_disclosed_that_it_is_no_human(text: str, discloses: bool) -> None:
    assert holds(card(begun(text))["ai_disclosure"]) is discloses


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es-MX", "Buenos días, soy Ana, su asistente virtual. Esta llamada es grabada."),
        ("de", "Guten Tag, hier ist Anna, Ihr digitaler Assistent. Das Gespräch wird aufgezeichnet."),
        ("fr", "Bonjour, ici Anne, l'assistant virtuel de la clinique. Cet appel peut être enregistré."),
        ("hi", "नमस्ते, मैं आशा, आपकी एआई सहायक। यह कॉल रिकॉर्ड की जा रही है।"),
    ],
)
def test_openings_are_known_in_five_languages(language: str, text: str) -> None:
    here = replace(SCENARIO, language=language, opening=Opening(checks={"consent": "checked"}))
    found = card(begun(text), here)
    assert [holds(found[name]) for name in ("identity", "ai_disclosure", "consent")] == [True, True, True]


def test_who_it_is_is_one_of_the_scenarios_names() -> None:
    assert holds(card(begun("Hello, this is Ada."), opening())["identity"]) is False
    assert holds(card(begun("Hello, River side clinic here."), opening())["identity"]) is True


def test_what_comes_after_ten_seconds_is_too_late() -> None:
    late = "Hello. " + "We are so very glad that you have called us on this fine day. " * 4 + "This is Ada, an AI."
    talk = call([Said(21.0, 22.0)], [(0.5, 20.0)], [AgentSaid(at(0.5), late)], texts={0: late})
    assert holds(card(talk)["ai_disclosure"]) is False


def test_of_a_greeting_that_was_cut_short_only_what_was_heard_counts() -> None:
    long = "Hello. How are you on this very fine morning of ours? This is Ada, an AI assistant."
    cut = (AgentSaid(at(0.5), long), AudioWithdrawn(at(1.5), at(4.0)))
    talk = call([Said(1.2, 4.0, kind="correction")], [(0.5, 1.5), (4.9, 6.0)], cut, texts={0: long, 1: "Yes?"})
    found = card(talk)
    assert holds(found["ai_disclosure"]) is False
    assert holds(found["barge_in"]) is True


def test_where_it_may_or_may_not_have_been_heard_nothing_is_measured() -> None:
    text = "Hello, this is Ada, an AI assistant for you."
    cut = (AgentSaid(at(0.5), text), AudioWithdrawn(at(2.0), at(1.0)))
    talk = call([Said(1.7, 4.0, kind="correction")], [(0.5, 2.0), (4.9, 6.0)], cut, texts={0: text, 1: "Yes?"})
    assert "nobody knows whether it was heard in time" in reason(card(talk)["ai_disclosure"])


def test_an_agent_that_talks_on_over_a_barge_in_on_its_greeting_fails() -> None:
    talk = call([Said(2.0, 4.0, kind="correction")], [(0.5, 8.0)])
    assert holds(card(talk)["barge_in"]) is False


CONSENTS = "Hello. Which name, please? This call is recorded."
NAMED = replace(opening(consent="required"), truth=Truth(entities=(Entity("name", "Asha Rao"),)))


def test_consent_comes_before_the_callers_first_personal_fact() -> None:
    early = begun("Hello. This call is recorded. Your name?", caller="My name is Asha Rao")
    assert holds(card(early, NAMED)["consent"]) is True
    late = call(
        [Said(3.0, 5.0, "My name is Asha Rao"), Said(9.0, 10.0, "yes")],
        [(0.5, 2.0), (5.5, 8.0)],
        texts={0: "Hello. Which name, please?", 1: "This call is recorded."},
    )
    assert holds(card(late, NAMED)["consent"]) is False
    assert holds(card(late, opening(consent="required"))["consent"]) is True


@pytest.mark.parametrize(
    ("reply", "events", "captured"),
    [
        ("Sure, I can book that table.", (), True),
        ("Of course.", (ToolCalled(at(10.0), "reserve_table", {}),), True),
        ("Which day would you like the table for?", (), None),
        ("And your telephone?", (), None),
        ("Sorry, what can I do for you?", (), False),
        ("I didn't catch that.", (), False),
        ("Sorry, I didn't catch that. What time would suit you?", (), None),
    ],
    ids=["said", "done", "in part", "nothing", "asks again", "did not hear", "did not hear a detail"],
)
def test_the_reason_is_understood_by_the_callers_third_turn(
    reply: str, events: tuple[Event, ...], captured: bool | None
) -> None:
    talk = call([Said(3.0, 5.0)], [(0.5, 2.0), (5.5, 8.0)], events, texts={0: "Hello.", 1: reply}, seconds=12.0)
    assert holds(card(talk, replace(SCENARIO, truth=Truth(reason="book a table")))["intent"]) is captured


def test_what_is_understood_in_the_third_turn_came_too_late() -> None:
    lines = [Said(3.0, 4.0, "hello"), Said(6.0, 7.0, "hello"), Said(9.0, 10.0, "a table")]
    texts = {0: "Hello.", 1: "Pardon?", 2: "Pardon me?", 3: "I can book a table."}
    talk = call(lines, [(0.5, 2.0), (4.5, 5.0), (7.5, 8.0), (10.5, 12.0)], texts=texts)
    assert holds(card(talk, replace(SCENARIO, truth=Truth(reason="book a table")))["intent"]) is False


def test_the_callers_language_is_used_or_offered() -> None:
    spanish = replace(SCENARIO, language="es-MX")
    offered = begun("Hello, this is Ada. Para español, diga español.", caller="hola")
    assert holds(card(_in("es-MX", offered), spanish)["language"]) is True
    english = begun("Hello, this is Ada.", caller="hola")
    assert holds(card(_in("es-MX", english), spanish)["language"]) is False


def _in(language: str, talk: Conversation) -> Conversation:
    """The call with the caller's lines in a language."""
    lines = tuple(
        replace(event, language=language) if type(event).__name__ == "LineSaid" else event  # type: ignore[call-arg]
        for event in talk.recording.events
    )
    return replace(talk, recording=replace(talk.recording, events=lines))


def test_each_check_stands_in_expect_by_its_name() -> None:
    assert isinstance(card(begun())["greeted"], Score)
    assert scored(card(begun())["greeted"]).unit == "ratio"
