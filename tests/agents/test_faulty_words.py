"""What agents tell whose faults are of words: packets, places, languages, transcripts, greetings and messages."""

from __future__ import annotations

from typing import Any

import pytest

from harness.agents._behaviours import Planted
from harness.agents.faulty import faulty
from harness.audio import RATE, samples
from harness.errors import BadInput
from harness.recording import Recording
from harness.timeline import AgentSaid, AgentState, HandedOff, HeardAs, HungUp, MessageSent, ToolCalled
from tests.agents.calling import Script, line_ends, ring, silent, those, voice

LINES = ("I would like to come on Friday please", "my name is John Smith", "thank you very much for your help")
USUAL = {"greet": "0.3s", "greeting": "Hello.", "answers": "Certainly."}


def rung(fault: str, *steps: Any, **options: str) -> tuple[Planted, Recording]:
    usual = {name: text for name, text in USUAL.items() if name != "answers" or fault in HANDING}
    agent = faulty(voice=voice, fault=fault, **{**usual, **options})
    return agent, ring(agent, Script(*(steps or LINES)), limit=40.0)


HANDING = {
    *("hands_over", "loses_field", "invents_field", "swaps_fields", "passes_on_stale", "contradicts_itself"),
    *("misjudges", "hands_over_late", "hands_over_turns_late", "hands_over_elsewhere", "hands_over_without_receipt"),
    *("hands_over_needlessly", "never_hands_over", "does_the_task", "does_it_wrongly", "does_it_and_hands_over"),
    *("tells_nothing", "mishears", "takes_for_another", "writes_afterwards", "writes_late", "never_writes"),
}
WHOLE = {
    "reason": "book an appointment",
    "entities": {"date": "2026-03-13", "time": "15:00", "name": "Asha Rao"},
    "tone": "calm",
    "urgency": "normal",
    "next_action": "call the caller back",
}


def handed(fault: str, **options: str) -> HandedOff:
    (found,) = those(rung(fault, **options)[1], HandedOff)
    return found


def test_a_packet_that_is_whole_goes_where_it_should_and_is_acknowledged() -> None:
    found = handed("hands_over", tried="looked on the website|rang before")
    assert found.packet == {**WHOLE, "tried": ["looked on the website", "rang before"]}
    assert (found.to, found.receipt) == ("appointments", "Q-17")


@pytest.mark.parametrize(
    ("fault", "options", "changed"),
    [
        ("loses_field", {"what": "reason"}, {"reason": None}),
        ("loses_field", {}, {"entities": {"time": "15:00", "name": "Asha Rao"}}),
        ("invents_field", {"what": "policy", "value": "X1"}, {"entities": {**WHOLE["entities"], "policy": "X1"}}),  # type: ignore[dict-item]
        ("swaps_fields", {}, {"reason": "call the caller back", "next_action": "book an appointment"}),
        ("misjudges", {}, {"tone": "angry"}),
    ],
)
def test_one_fault_changes_one_field_and_nothing_else(
    fault: str, options: dict[str, str], changed: dict[str, Any]
) -> None:
    due = {name: value for name, value in {**WHOLE, **changed}.items() if value is not None}
    assert handed(fault, **options).packet == due


def test_a_stale_value_takes_the_place_of_the_present_one_or_stands_beside_it() -> None:
    assert handed("passes_on_stale").packet["entities"]["date"] == "2026-03-12"
    assert handed("contradicts_itself").packet["entities"]["date"] == ["2026-03-13", "2026-03-12"]


def test_a_call_is_handed_over_elsewhere_or_without_receipt() -> None:
    assert handed("hands_over_elsewhere").to == "billing"
    assert handed("hands_over_without_receipt").receipt is None


def test_a_handoff_that_is_late_comes_so_long_behind_its_turn() -> None:
    agent, recording = rung("hands_over_late", *LINES[:2], silent(6.0), late="4s", turn="2")
    (found,) = those(recording, HandedOff)
    assert found.at - line_ends(recording)[1] == pytest.approx(samples(4.0), abs=40)
    assert [entry.at for entry in agent.log if entry.what == "handed over"] == [found.at]


def test_a_handoff_that_is_turns_late_comes_behind_another_turn() -> None:
    _, recording = rung("hands_over_turns_late", turn="1", turns_late="1")
    (found,) = those(recording, HandedOff)
    assert line_ends(recording)[1] < found.at < line_ends(recording)[1] + RATE


def test_who_never_hands_over_says_that_it_could() -> None:
    _, recording = rung("never_hands_over")
    assert those(recording, HandedOff) == []
    assert [s.attrs["handoff"] for s in those(recording, AgentState) if "handoff" in s.attrs] == [["in-band"]]


def test_a_task_is_done_rightly_wrongly_or_handed_over_as_well() -> None:
    for fault, date in (("does_the_task", "2026-03-13"), ("does_it_wrongly", "2026-03-12")):
        (call,) = those(rung(fault)[1], ToolCalled)
        assert (call.name, call.arguments["date"]) == ("book_appointment", date)
    _, recording = rung("does_it_and_hands_over")
    assert len(those(recording, ToolCalled)) == len(those(recording, HandedOff)) == 1


def test_who_tells_nothing_still_speaks_and_logs() -> None:
    agent, recording = rung("tells_nothing")
    assert {type(event) for event in recording.events} & {AgentSaid, AgentState, HandedOff, HeardAs} == set()
    assert {"audible", "handed over"} <= {entry.what for entry in agent.log}
    assert abs(recording.heard).max() > 0.01


@pytest.mark.parametrize(
    ("fault", "options", "languages"),
    [
        ("follows_language", {"switch": "2"}, "en es es"),
        ("switches_late", {"switch": "1", "turns_late": "1"}, "en es es"),
        ("never_switches", {}, "en en en"),
        ("relapses", {"switch": "1", "holds": "1", "relapses": "1"}, "es en es"),
    ],
)
def test_the_languages_of_the_answers_are_those_that_were_asked_for(
    fault: str, options: dict[str, str], languages: str
) -> None:
    _, recording = rung(fault, **options)
    said = [one.text.split()[0] for one in those(recording, AgentSaid)[1:]]
    assert [{"Certainly,": "en", "Claro,": "es"}[word] for word in said] == languages.split()


def test_transcripts_are_told_line_by_line_with_the_words_that_were_planted() -> None:
    lines = "|".join(LINES)
    _, recording = rung("mishears", lines=lines, substituted="1", dropped="0", put_in="0", draw="3")
    told = [heard.text for heard in those(recording, HeardAs)]
    wrong = [(a, b) for a, b in zip(" ".join(LINES).split(), " ".join(told).split(), strict=True) if a != b]
    assert [set(b) for _, b in wrong] == [{"z"}]
    _, recording = rung("takes_for_another", lines=lines, word="John", other="Joan")
    assert [heard.text for heard in those(recording, HeardAs)][1] == "my name is Joan Smith"


@pytest.mark.parametrize(
    ("fault", "missing"),
    [
        ("opens_in_full", None),
        ("opens_without_name", "Ada"),
        ("opens_without_disclosure", "AI"),
        ("opens_without_consent", "recorded"),
    ],
)
def test_a_greeting_lacks_what_its_fault_leaves_out(fault: str, missing: str | None) -> None:
    agent = faulty(voice=voice, fault=fault)
    said = those(ring(agent, Script(LINES[0]), limit=20.0), AgentSaid)[0].text
    assert {word for word in ("Ada", "AI", "recorded") if word not in said} == ({missing} if missing else set())


@pytest.mark.parametrize(("fault", "after"), [("writes_afterwards", 0.2), ("writes_late", 0.7)])
def test_a_message_comes_so_long_after_the_call(fault: str, after: float) -> None:
    _, recording = rung(fault)
    (ended,), (sent,) = those(recording, HungUp), those(recording, MessageSent)
    assert (sent.at - ended.at) / RATE == pytest.approx(after, abs=0.05)
    assert sent.text is not None
    assert "13th of March" in sent.text


def test_who_never_writes_says_that_it_could() -> None:
    _, recording = rung("never_writes")
    assert those(recording, MessageSent) == []
    assert any(state.attrs.get("messages") == ["whatsapp"] for state in those(recording, AgentState))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fault": "loses_field", "what": "dat"}, "no such field"),
        ({"fault": "hands_over", "entities": "date"}, "name=value"),
        ({"fault": "hands_over", "turn": "1.5"}, "whole number"),
        ({"fault": "hands_over", "length": "3s"}, "no such option"),
        ({"fault": "switches_late", "to": "xx"}, "one of"),
        ({"fault": "hands_over", "answers": " "}, "one at least"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_cure(options: dict[str, str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        faulty(voice=voice, **options)
