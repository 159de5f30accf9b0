from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from bench.packets import DAMAGES, call_of, drawn
from harness import recording as recordings
from harness.audio import RATE
from harness.audio.files import read
from harness.conversation import Conversation
from harness.conversation import save as save_conversation
from harness.errors import BadInput
from harness.run.desk import Order, opened
from harness.run.human_leg import NAME, SOUND, keep_leg, load_leg
from harness.run.human_words import LONGEST, aloud, words_of
from harness.run.placing import place
from harness.run.rescoring import score_folder
from harness.run.targets import read_target
from harness.scenario import Entity, HandoffTruth, Persona, Scenario, VoiceSpec
from harness.scenario.saved import save as save_scenario
from harness.scenario.suite import read_suite
from harness.score import Score, Verdict
from harness.scorers._human_leg import human_leg
from harness.text.entities import KINDS, Kind, said_in
from harness.timeline import HandedOff
from tests.scorers.calls import Said, at, call, with_truth

FACTS = (
    Entity("date", "2026-03-13", was=("2026-03-12",)),
    Entity("customer_name", "Asha Rao", type="name"),
    Entity("order", "9266", type="code"),
)
LINES = (
    Said(2.0, 4.0, "I want to move my order to the twelfth of March, I am Asha Rao"),
    Said(6.0, 8.0, "Sorry, not the twelfth, the thirteenth of March"),
)
SCENARIO = with_truth(handoff=HandoffTruth("required"), entities=FACTS, reason="move the order", tone="angry")
RIGHT = {"date": "2026-03-13", "customer_name": "Asha Rao", "order": "9266"}
STALE = {"reason": "move the order", "entities": {**RIGHT, "date": "2026-03-12"}, "tone": "calm"}


def handed(packet: Any, to: str = "front_desk") -> Conversation:
    return call(LINES, [], [HandedOff(at(9.0), to, packet)])


def texts(packet: Any, scenario: Scenario = SCENARIO, to: str = "front_desk") -> list[str]:
    taking = human_leg(handed(packet, to), scenario)
    assert taking is not None
    return [one.text for one in words_of(taking)]


def test_the_human_reads_back_what_it_has_and_asks_for_what_it_lacks() -> None:
    entities = {"date": "2026-03-12", "order": "9266", "policy": "ZX-7"}
    assert texts({"reason": "move the order", "entities": entities}) == [
        "Hello, front desk here.",
        "I see that this is about: move the order. I have that your order number is 9 2 6 6. Is that right?",
        "Yes, that's right.",
        "I have that the date is Thursday the twelfth of March. Is that right?",
        "No, it's Friday the thirteenth of March.",
        "May I have your customer name, please?",
        "I said so already, it's Asha Rao.",
        "I have that your policy number is Z X 7. Is that right?",
        "No, I never said that.",
        "Thank you. I'll take it from here.",
    ]


def test_who_inherits_nothing_asks_why_they_call_and_for_each_fact() -> None:
    assert texts(None, to="sip:+14155550123@desk.example") == [
        "Hello.",
        "How can I help you?",
        "I said so already, it's about this: move the order.",
        "What is the date, please?",
        "I said so already, it's Friday the thirteenth of March.",
        "May I have your customer name, please?",
        "I said so already, it's Asha Rao.",
        "May I have your order number, please?",
        "It's 9 2 6 6.",
        "Thank you. I'll take it from here.",
    ]


def test_a_packet_that_contradicts_itself_is_asked_which_is_right() -> None:
    both = {"reason": "move the order", "entities": {**RIGHT, "date": ["2026-03-12", "2026-03-13"]}}
    asked, answered = texts(both)[3:5]
    assert asked.startswith("I have more than one thing here for the date: Thursday the twelfth of March, and Friday")
    assert answered == "It's Friday the thirteenth of March."


@pytest.mark.parametrize("kind", ["lose", "stale", "swap", "invent a value", "contradict", "reason"])
def test_every_answer_holds_what_is_so(kind: str) -> None:
    random = Random(kind)
    answers = 0
    for number in range(10):
        planted = drawn(random, number)
        truth = planted.scenario.truth
        facts = tuple(replace(fact, critical=False) for fact in truth.entities)
        scenario = replace(planted.scenario, truth=replace(truth, entities=facts))
        taking = human_leg(call_of(planted, DAMAGES[kind](kind, planted, random)), scenario)
        assert taking is not None
        for line in words_of(taking):
            if line.who == "caller" and line.about is not None and line.about.truth is not None:
                assert said_in(line.text.removeprefix("No. "), line.about.truth, line.about.kind)
                answers += 1
    assert answers >= 10


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ["", "…", "\ud800", "2026-02-31", "31/31/31", "99:99", "x" * 300, "a b " * 90, "0"])
def test_whatever_a_packet_holds_is_read_aloud_or_passed_over(value: str, kind: Kind) -> None:
    said = aloud(value, kind)
    assert len(said) <= LONGEST
    assert said.isprintable()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A call's folder with the leg behind it."""
    folder = tmp_path_factory.mktemp("call")
    keep_leg(handed(STALE), SCENARIO, folder)
    return folder


def test_the_leg_is_kept_as_lines_with_the_seconds_at_which_they_are_heard(kept: Path) -> None:
    leg = load_leg(kept)
    assert leg is not None
    sound = np.abs(read(kept / SOUND))
    assert [(line.about, line.why) for line in leg.asked(again=True)] == [("date", "stale")]
    for line in leg.lines:
        assert line.start is not None
        assert line.end is not None
        a, b = round(line.start * RATE), round(line.end * RATE)
        own, other = (0, 1) if line.who == "caller" else (1, 0)
        assert sound[a:b, own].max() > 0.05
        assert not sound[a:b, other].any()
    question, answer = leg.lines[3:5]
    assert leg.seconds_again == pytest.approx((answer.end or 0) - (question.start or 0), abs=1e-3)
    plain = json.loads((kept / NAME).read_text())
    assert (plain["questions"], plain["again"], plain["seconds"]) == (1, 1, leg.lines[-1].end)
    assert plain["noted"] == [{"field": "tone", "verdict": "wrong", "truth": "angry", "handed": "calm"}]


def test_the_human_has_another_voice_than_the_caller(kept: Path, tmp_path: Path) -> None:
    def voices(folder: Path) -> Mapping[str, str]:
        leg = load_leg(folder)
        assert leg is not None
        return dict(leg.voices)

    alike = replace(SCENARIO, persona=Persona(voice=VoiceSpec("pico", {"accent": "en-GB"})))
    keep_leg(handed(STALE), alike, tmp_path)
    for folder in (kept, tmp_path):
        assert len(set(voices(folder).values())) == 2


def test_the_same_leg_is_the_same_bytes(kept: Path, tmp_path: Path) -> None:
    keep_leg(handed(STALE), SCENARIO, tmp_path)
    for name in (NAME, SOUND):
        assert (tmp_path / name).read_bytes() == (kept / name).read_bytes()


def test_a_voice_that_is_not_there_costs_the_leg_its_sound_alone(tmp_path: Path) -> None:
    keep_leg(handed(STALE), SCENARIO, tmp_path)
    keep_leg(handed(STALE), replace(SCENARIO, persona=Persona(voice=VoiceSpec("espeek"))), tmp_path)
    leg = load_leg(tmp_path)
    assert leg is not None
    assert "espeak" in (leg.unspoken or "")
    assert leg.seconds_again is None
    assert [line.about for line in leg.asked(again=True)] == ["date"]
    assert not (tmp_path / SOUND).exists()


def test_a_leg_of_half_a_character_is_kept(tmp_path: Path) -> None:
    keep_leg(handed({**STALE, "entities": {"\ud800 policy": "ZX-\ud8007"}}), SCENARIO, tmp_path)
    leg = load_leg(tmp_path)
    assert leg is not None
    assert len(leg.asked(again=False)) == 4


def test_without_a_handoff_there_is_no_leg_and_an_old_one_goes(tmp_path: Path) -> None:
    keep_leg(handed(STALE), SCENARIO, tmp_path)
    keep_leg(call(LINES), SCENARIO, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert load_leg(tmp_path) is None


SOUND_LEG: dict[str, Any] = {
    "lines": [{"who": "human", "text": "Hello."}],
    "to": None,
    "noted": [],
    "voices": {},
    "unspoken": None,
}
BROKEN: tuple[dict[str, Any], ...] = (
    {"lines": [{"who": "nobody", "text": ""}]},
    {"lines": [{"who": "human", "text": "Hello.", "start": "soon"}]},
    {"lines": [{"who": "human", "text": "Hello.", "about": 1}]},
    {"lines": [{"a": 1}]},
    {"noted": [{"field": "tone"}]},
    {"voices": []},
    {"to": 7},
)


@pytest.mark.parametrize("text", ["", "[]", "{", *(json.dumps({**SOUND_LEG, **wrong}) for wrong in BROKEN)])
def test_a_broken_leg_names_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(json.dumps(SOUND_LEG))
    assert load_leg(tmp_path) is not None
    (tmp_path / NAME).write_text(text)
    with pytest.raises(BadInput, match=NAME):
        load_leg(tmp_path)


CALL = """\
scenario: Somebody corrects the date and wants a person
caller:
  voice: {engine: pico}
script:
  - say: I'd like to book an appointment for the twelfth of March at three p.m.
  - say: Sorry, not the twelfth, the thirteenth of March.
  - say: I want to speak to a real person, please.
truth:
  reason: book an appointment
  entities: {date: {value: 2026-03-13, was: 2026-03-12}, time: "15:00"}
  handoff: {decision: required, to: appointments}
expect: {repeated_questions: "<= 0"}
"""


def test_what_an_agent_loses_and_passes_on_stale_is_asked_for_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "call.yaml"
    path.write_text(CALL, encoding="utf-8")
    (scenario,) = read_suite([path]).scenarios
    with opened(Order(read_target("demo?stale=true&lose=time"), tmp_path / "calls")) as desk:
        card = place(scenario, desk)
    leg = load_leg(tmp_path / "calls" / scenario.id)
    assert leg is not None
    assert [(line.about, line.why) for line in leg.asked(again=True)] == [("date", "stale"), ("time", "missing")]
    score = card.scores["repeated_questions"]
    assert isinstance(score, Score)
    assert score.detail is not None
    assert score.detail.endswith("the human had to ask again: date, time")
    assert card.verdict is Verdict.FAIL


def test_scoring_again_plays_the_leg_again(tmp_path: Path) -> None:
    made = handed(STALE)
    recordings.save(made.recording, tmp_path)
    save_conversation(made, tmp_path)
    save_scenario(SCENARIO, tmp_path)
    score_folder(tmp_path)
    leg = load_leg(tmp_path)
    assert leg is not None
    assert [line.about for line in leg.asked(again=False)] == ["date"]
