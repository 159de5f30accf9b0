from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from harness.agents._dialogue import sentences
from harness.agents.demo import demo
from harness.audio import FRAME, RATE, Samples
from harness.call.acts import SayIt
from harness.call.line import Agent, Arrived, Audio, Frame, Telling
from harness.errors import BadInput
from harness.recording import Recording
from harness.speech import joined
from harness.timeline import (
    AgentSaid,
    AgentState,
    AudioWithdrawn,
    HandedOff,
    HeardAs,
    HungUp,
    Interrupted,
    LineSaid,
    MessageSent,
    Party,
    StageTimed,
    Starved,
    ToolCalled,
)
from tests.agents.calling import Known, Script, british, cut_in, line_ends, onsets, press, ring, silent, those, voice

BOOKING = (
    "Hi, I'd like an appointment on the twelfth of March.",
    "Three o'clock in the afternoon, please.",
    "My name is Asha Rao.",
    "Yes, that's right.",
    "No, goodbye.",
)


def call(*steps: Any, limit: float = 120.0, first: str = "agent", **options: str) -> Recording:
    script = Script(*steps)
    return ring(demo(voice=voice, recogniser=Known(script.lines), **options), script, limit=limit, first=first)


def texts(recording: Recording) -> list[str]:
    return [event.text for event in those(recording, AgentSaid)]


def test_it_declares_how_it_hands_over_before_anything_else() -> None:
    recording = call(limit=2.0)
    state = those(recording, AgentState)[0]
    assert (state.at, state.attrs["handoff"], state.attrs["language"]) == (FRAME, ["in-band"], "en")


def test_it_greets_within_600_ms_and_says_that_it_is_an_ai() -> None:
    recording = call(silent(1))
    assert onsets(recording.heard)[0] < 0.6 * RATE
    assert "AI" in texts(recording)[0]


def test_it_books_an_appointment_from_sound_to_tool_call_and_sends_the_facts_afterwards() -> None:
    recording = call(*BOOKING)
    assert [event.text for event in those(recording, HeardAs)] == list(BOOKING)
    (booked,) = those(recording, ToolCalled)
    assert (booked.name, booked.arguments) == (
        "book_appointment",
        {"date": "2026-03-12", "time": "15:00", "name": "Asha Rao"},
    )
    (sent,) = those(recording, MessageSent)
    assert sent.channel == "whatsapp"
    assert sent.text is not None
    assert "2026-03-12 at 15:00, for Asha Rao" in sent.text
    assert not those(recording, HandedOff)
    assert not those(recording, Starved)


def test_a_call_repeats_to_the_bit() -> None:
    one, two = call(*BOOKING[:2]), call(*BOOKING[:2])
    assert one.heard.tobytes() == two.heard.tobytes()
    assert one.events == two.events


def answer_after(**options: Any) -> float:
    """Seconds from the caller's first line's end to the agent's first sample behind it."""
    recording = call("Where is my order?", **options)
    end = line_ends(recording)[0]
    return next(at for at in onsets(recording.heard) if at > end) / RATE - end / RATE


@pytest.mark.parametrize("option", ["stt", "think", "tts", "endpoint"])
def test_what_a_stage_is_charged_the_caller_waits(option: str) -> None:
    declared = {"stt": 0.25, "think": 0.3, "tts": 0.08, "endpoint": 0.6}[option]
    longer = answer_after(**{option: f"{declared + 0.4:g}s"}) - answer_after()
    assert longer == pytest.approx(0.4, abs=0.0005)


def test_it_tells_what_its_stages_took_and_they_add_up_to_the_wait() -> None:
    recording = call("Where is my order?")
    stages = {event.stage: event.ms for event in those(recording, StageTimed)}
    assert set(stages) == {"endpointing", "stt", "llm_first_token", "tts_first_byte"}
    assert (stages["stt"], stages["llm_first_token"], stages["tts_first_byte"]) == (250.0, 300.0, 80.0)
    assert sum(stages.values()) == pytest.approx(1000 * answer_after(), abs=60)


def interrupted(kind: str = "correction", **options: Any) -> tuple[Recording, int, float]:
    """A correction over the agent's question: the recording, its onset, and how long after it the agent fell silent."""
    recording = call(BOOKING[0], cut_in(1.2, "Sorry, not the twelfth, the thirteenth.", kind), **options)
    (onset,) = [event.at for event in those(recording, Interrupted)]
    sounding = np.flatnonzero(np.abs(recording.heard[: onset + 3 * RATE]) > 1e-3)
    return recording, onset, (int(sounding[-1]) - onset) / RATE


def test_it_yields_to_a_correction_within_800_ms_withdraws_the_rest_and_takes_the_new_value() -> None:
    recording, onset, delay = interrupted()
    assert 0.2 < delay < 0.8
    (withdrawn,) = those(recording, AudioWithdrawn)
    assert withdrawn.samples > RATE // 2
    assert withdrawn.at > onset
    assert "thirteenth of March" in texts(recording)[2]


def test_an_agent_that_ignores_a_barge_in_says_all_it_had_to_say() -> None:
    recording, onset, delay = interrupted(ignore_barge_in="")
    assert not those(recording, AudioWithdrawn)
    spoken = {"Thursday the twelfth of March.", "What time would suit you?"}
    length = sum(voice(text, "en-US").end for text in spoken)
    assert delay == pytest.approx(length / RATE - 1.2, abs=0.3)
    assert onset


@pytest.mark.parametrize("murmur", ["mm-hmm", "okay", "uh-huh", "right", "I see"])
def test_a_murmur_does_not_stop_it(murmur: str) -> None:
    recording = call(BOOKING[0], cut_in(0.8, murmur, "backchannel"), BOOKING[1])
    assert [event.text for event in those(recording, LineSaid)][1] == murmur
    assert not those(recording, AudioWithdrawn)
    assert texts(recording)[2].startswith("Three p.m.")


def test_a_short_stop_over_its_speech_stops_it() -> None:
    recording = call(*BOOKING[:3], cut_in(1.0, "Stop.", "stop_request"))
    assert those(recording, AudioWithdrawn)
    assert texts(recording)[4] == "Of course. I'm listening."


@pytest.mark.parametrize("slow", [{"stt": "900ms"}, {"think": "900ms"}, {"tts": "900ms"}])
def test_a_caller_that_goes_on_before_the_answer_sounds_is_answered_once_on_the_whole_of_it(
    slow: dict[str, Any],
) -> None:
    parts = ("On the twelfth of March.", "I'd like to book an appointment.")
    line = SayIt(0, joined([british(part) for part in parts], gap=round(1.3 * RATE)))
    recording = ring(demo(voice=voice, recogniser=Known(parts), **slow), Script(line), limit=30.0)
    assert [event.text for event in those(recording, HeardAs)] == list(parts)
    assert texts(recording)[1:] == ["Thursday the twelfth of March. What time would suit you?"]


def test_what_was_done_before_the_caller_went_on_is_told_after_all() -> None:
    parts = ("Yes.", "That's right.")
    line = SayIt(3, joined([british(part) for part in parts], gap=round(1.3 * RATE)))
    known = Known((*BOOKING[:3], *parts))
    recording = ring(demo(voice=voice, recogniser=known, tts="900ms"), Script(*BOOKING[:3], line), limit=60.0)
    assert len(those(recording, ToolCalled)) == 1
    assert texts(recording)[-1].startswith("You're booked")


def test_agreeing_at_length_while_it_speaks_makes_it_say_the_rest() -> None:
    recording = call(BOOKING[0], cut_in(0.5, "Okay, right, I see.", "backchannel"), silent(9))
    assert those(recording, AudioWithdrawn)
    assert texts(recording)[2] == texts(recording)[1]


def test_a_murmur_that_outlasts_its_speech_is_no_turn() -> None:
    question = "Thursday the twelfth of March. What time would suit you?"
    length = sum(voice(part, "en-US").end for part in sentences(question)) / RATE
    recording = call(BOOKING[0], cut_in(length - 0.1, "mm-hmm", "backchannel"), silent(9))
    (murmur,) = [event for event in those(recording, LineSaid) if event.kind == "backchannel"]
    assert murmur.end > those(recording, AgentSaid)[1].at + length * RATE
    assert [event.text for event in those(recording, HeardAs)] == [BOOKING[0]]
    assert "Are you still there?" in texts(recording)[2]


def test_an_interruption_stops_the_charge_for_what_will_not_be_said() -> None:
    recording, _, _ = interrupted(tts="2s", long_winded="")
    assert [event.ms for event in those(recording, StageTimed) if event.stage == "tts_first_byte"] == [2000.0, 2000.0]


def test_after_its_goodbye_it_waits_a_moment_and_hangs_up() -> None:
    recording = call("Goodbye.", silent(20))
    (hung,) = those(recording, HungUp)
    last = int(np.flatnonzero(np.abs(recording.heard) > 1e-3)[-1])
    assert hung.party is Party.AGENT
    assert RATE < hung.at - last < 2 * RATE


def test_a_caller_that_begins_together_with_it_is_given_way_to_at_once_and_answered() -> None:
    recording = call("Where is my order?", first="caller")
    (withdrawn,) = those(recording, AudioWithdrawn)
    (line,) = those(recording, LineSaid)
    assert withdrawn.at - line.at < 0.45 * RATE
    assert any("order number" in text for text in texts(recording))


def test_it_speaks_again_to_a_silent_caller_within_8_s_twice_and_then_goes() -> None:
    recording = call(silent(60))
    asked = [event for event in those(recording, AgentSaid) if event.text == "Are you still there?"]
    assert len(asked) == 2
    speech = np.flatnonzero(np.abs(recording.heard) > 1e-3)
    gaps = np.diff(speech)
    assert 6.0 * RATE < gaps.max() < 8.0 * RATE
    (hung,) = those(recording, HungUp)
    assert hung.party is Party.AGENT
    assert "Goodbye" in texts(recording)[-1]


def test_it_hands_over_with_a_packet_a_receipt_and_a_message_when_asked_for_a_human() -> None:
    recording = call(BOOKING[0], "Can I speak to a human, please?")
    (handed,) = those(recording, HandedOff)
    assert handed.to == "appointments"
    assert handed.packet["entities"] == {"date": "2026-03-12"}
    assert handed.receipt
    assert those(recording, MessageSent)


def test_keys_are_heard_as_a_choice_and_a_number() -> None:
    recording = call(press("2"), press("4417#"))
    (found,) = those(recording, ToolCalled)
    assert found.arguments == {"order": "4417"}


def test_a_key_silences_it_and_zero_asks_for_a_human() -> None:
    agent = demo(voice=voice, recogniser=Known(()))
    given = list(by_hand(agent, {40: "0"}, 200))
    assert any(type(arrived.what).__name__ == "Withdrawn" for arrived in given)
    assert "handoff" in [a.what.type for a in given if isinstance(a.what, Telling)]


def by_hand(agent: Agent, keys: dict[int, str], count: int) -> Iterator[Arrived]:
    """What an agent gives to a caller that says nothing and presses keys; no mark ever comes back."""
    quiet = np.zeros(FRAME, np.float32)
    for number in range(count):
        given: Sequence[Arrived] = agent.step(Frame(number, quiet, keys.get(number, "")))
        for arrived in given:
            assert (number + 1) * FRAME <= arrived.at < (number + 2) * FRAME
            yield arrived
        assert list(given) == sorted(given, key=lambda arrived: arrived.at)


def rattling(voiced: int) -> int:
    """How often a minute of rattles, each of so many frames, is handed to a recogniser that hears no word in them."""
    asked = []

    def deaf(samples: Samples) -> str:
        asked.append(samples)
        return ""

    agent = demo(voice=voice, recogniser=deaf)
    quiet, rattle = np.zeros(FRAME, np.float32), np.full(FRAME, 10 ** (-45 / 20), np.float32)
    for number in range(3000):
        agent.step(Frame(number, rattle if number > 250 and number % 100 < voiced else quiet))
    return len(asked)


def test_what_turns_out_to_hold_no_words_is_soon_not_listened_to_any_more() -> None:
    assert 1 <= rattling(15) <= 3


def test_a_clink_is_not_listened_to_at_all() -> None:
    assert rattling(5) == 0


def test_a_peer_that_returns_no_marks_does_not_leave_it_speaking_for_ever() -> None:
    agent = demo(voice=voice, recogniser=Known(()))
    told = [
        a.what.attrs["text"]
        for a in by_hand(agent, {}, 900)
        if isinstance(a.what, Telling) and a.what.type == "agent.text"
    ]
    assert told[1] == "Are you still there?"


def test_replies_have_names_and_ends() -> None:
    agent = demo(voice=voice, recogniser=Known(()))
    audio = [a.what for a in by_hand(agent, {}, 100) if isinstance(a.what, Audio)]
    assert {piece.reply for piece in audio} == {"r1"}
    assert [piece.last for piece in audio] == [False] * (len(audio) - 1) + [True]


def test_a_recogniser_that_hears_nothing_leaves_the_caller_unanswered_and_the_agent_asks_again() -> None:
    script = Script("Where is my order?")
    recording = ring(demo(voice=voice, recogniser=Known(())), script, limit=30.0)
    assert not those(recording, HeardAs)
    assert "Are you still there?" in texts(recording)


def test_an_interruption_without_words_is_followed_by_what_it_interrupted() -> None:
    script = Script(BOOKING[0], cut_in(1.2, "Sorry, not the twelfth, the thirteenth."))
    recording = ring(demo(voice=voice, recogniser=Known((BOOKING[0],))), script, limit=30.0)
    assert those(recording, AudioWithdrawn)
    assert texts(recording)[1:3] == [
        "Thursday the twelfth of March. What time would suit you?",
        "What time would suit you?",
    ]


def test_a_mute_agent_tells_nothing_of_itself_and_does_all_the_same() -> None:
    mute, telling = call(*BOOKING[:2], mute=""), call(*BOOKING[:2])
    assert mute.heard.tobytes() == telling.heard.tobytes()
    assert not those(mute, AgentSaid) + those(mute, HeardAs) + those(mute, AgentState)


def test_a_word_that_it_mishears_is_told_and_gone_by() -> None:
    recording = call(*BOOKING, mishear="twelfth:eleventh")
    assert "eleventh" in those(recording, HeardAs)[0].text
    assert those(recording, ToolCalled)[0].arguments["date"] == "2026-03-11"


def test_a_handoff_that_nobody_takes_has_no_receipt() -> None:
    (handed,) = those(call("I want to speak to a person.", no_receipt="", wrong_place="billing"), HandedOff)
    assert (handed.receipt, handed.to) == (None, "billing")


def test_a_late_greeting_is_as_late_as_planted() -> None:
    prompt, late = call(silent(1)), call(silent(1), greet_late="3s")
    assert onsets(late.heard)[0] - onsets(prompt.heard)[0] == 3 * RATE


def test_it_hangs_up_when_it_was_planted_to() -> None:
    recording = call(*BOOKING, hang_up_after="7s")
    (hung,) = those(recording, HungUp)
    assert (hung.party, hung.at) == (Party.AGENT, 7 * RATE)


def test_measured_charge_is_never_less_than_the_declared() -> None:
    assert answer_after(charge="measured") >= answer_after()


def test_the_day_it_thinks_it_is_decides_the_year() -> None:
    recording = call(*BOOKING, today="2026-03-20")
    assert those(recording, ToolCalled)[0].arguments["date"] == "2027-03-12"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"thnik": "1s"}, "think"),
        ({"think": "700"}, "unit"),
        ({"think": "soon"}, "a time"),
        ({"desk": "bookings"}, "booking"),
        ({"charge": "free"}, "fixed"),
        ({"lose": "dat"}, "date"),
        ({"invent": "date"}, "slot:value"),
        ({"swap": "date"}, "slot:slot"),
        ({"swap": "date:tim"}, "time"),
        ({"misjudge": "mood:angry"}, "tone"),
        ({"mishear": "twelfth"}, "word:other"),
        ({"ignore_barge_in": "maybe"}, "on or off"),
        ({"today": "tomorrow"}, "2026-03-01"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_the_cure(options: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        demo(voice=voice, recogniser=Known(()), **options)
