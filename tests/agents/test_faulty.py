"""Each planted fault does what it says, in a call through the engine, and its log is what is heard."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness.agents._behaviours import Planted
from harness.agents._faults import USUAL, Number
from harness.agents.faulty import FAULTS, faulty
from harness.audio import RATE, Samples, samples
from harness.audio.level import SPEECH, dbov, voiced_edges
from harness.call.line import Frame
from harness.errors import BadInput
from harness.recording import Recording
from harness.timeline import (
    AgentSaid,
    AgentState,
    AudioWithdrawn,
    HandedOff,
    HungUp,
    LineSaid,
    Party,
    ToolCalled,
)
from tests.agents.calling import Script, british, cut_in, frames, line_ends, ring, silent, those, voice

ASKS = "Where is my order please today?"
CUTS = "Sorry but I meant another order entirely please"
MURMUR = "Mm-hmm."
THEN = "So when will that be then?"

WAITS = silent(5.0)

QUIET = samples(0.2)


class Rung:
    """A call to an agent with a fault: what was recorded, and the agent's log."""

    def __init__(self, fault: str, *steps: Any, limit: float = 40.0, first: str = "agent", **options: str) -> None:
        self.agent: Planted = faulty(voice=voice, fault=fault, **options)
        self.recording: Recording = ring(self.agent, Script(*steps), limit=limit, first=first)
        self.lines = those(self.recording, LineSaid)

    def logged(self, what: str) -> list[int]:
        return [entry.at for entry in self.agent.log if entry.what == what]

    def heard(self, start: int, end: int) -> tuple[int, int]:
        """The voiced edges of what is heard within a stretch."""
        first, last = voiced_edges(self.recording.heard[start:end], SPEECH)
        return start + first, start + last

    def begins(self, start: int) -> int:
        """Where sound begins that should begin at a sample, in silence."""
        before = min(QUIET, start)
        return self.heard(start - before, start + QUIET)[0]

    def told(self) -> list[str]:
        return [event.text for event in those(self.recording, AgentSaid)]


def interrupted(fault: str, text: str = CUTS, then: Any = WAITS, kind: str = "correction", **options: Any) -> Rung:
    return Rung(fault, ASKS, cut_in(1.2, text, kind), then, greet="0.3s", **options)


def murmured(fault: str, then: Any = WAITS, **options: Any) -> Rung:
    return interrupted(fault, MURMUR, then, "backchannel", **options)


def stops_where_it_says(rung: Rung) -> int:
    """Where it fell silent, once the recording has shown that it did, to the sample."""
    (stopped,), (silent_from,) = rung.logged("stopped"), rung.logged("fell silent")
    assert not rung.recording.heard[stopped : stopped + QUIET].any()
    assert rung.heard(stopped - samples(1.0), stopped)[1] == silent_from
    return stopped


def spoken_edges_are_logged(rung: Rung) -> None:
    """Each stretch that the log says was said from its first sample to its last is heard so."""
    starts, ends = rung.logged("audible"), rung.logged("finished")
    for start, end in zip(starts, ends, strict=False):
        assert rung.begins(start) == start
        if end < len(rung.recording.heard):
            assert rung.heard(end - QUIET, end + QUIET)[1] == end


def hung_up(rung: Rung) -> int:
    """When the call ended."""
    (hung,) = those(rung.recording, HungUp)
    return hung.at


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in ("comfort_noise", "echoes_caller", "silent")])
def test_what_every_fault_logs_as_said_is_heard_to_the_sample(fault: str) -> None:
    rung = Rung(fault, ASKS, silent(1.0), limit=12.0)
    assert len(rung.logged("audible")) >= 2
    starts = rung.logged("audible")
    for start in (at for at in starts if at < hung_up(rung)):
        assert rung.begins(start) == start


def test_the_punctual_yields_to_a_turn_and_answers_it_on_time() -> None:
    rung = interrupted("punctual", yields_after="0.8s", delay="0.6s")
    stopped = stops_where_it_says(rung)
    assert stopped == rung.logged("heard onset")[1] + samples(0.8)
    assert rung.logged("audible")[1:] == [at + samples(0.6) for at in line_ends(rung.recording)]


def test_the_punctual_holds_through_a_murmur() -> None:
    rung = murmured("punctual")
    assert not rung.logged("stopped")
    start, end = rung.logged("audible")[1], rung.logged("finished")[1]
    assert start < rung.lines[1].at < end
    assert rung.heard(end - QUIET, end + QUIET)[1] == end


def test_one_too_quick_to_tell_a_murmur_stops_for_it() -> None:
    rung = murmured("punctual", yields_after="0.3s")
    assert stops_where_it_says(rung) == rung.logged("heard onset")[1] + samples(0.3)
    assert len(rung.logged("audible")) == 2


@pytest.mark.parametrize("fault", ["deaf", "bursts_blind"])
def test_the_deaf_are_heard_to_the_end(fault: str) -> None:
    rung = interrupted(fault)
    assert not those(rung.recording, AudioWithdrawn)
    assert rung.logged("finished")[1] > rung.lines[1].at + samples(3.0)
    spoken_edges_are_logged(rung)


def test_the_deaf_may_pause_without_yielding() -> None:
    rung = interrupted("deaf_but_pausing", pause="0.7s", pause_at="1.6s")
    start = rung.logged("audible")[1] + samples(1.6)
    assert not rung.recording.heard[start : start + samples(0.7)].any()
    assert rung.recording.heard[start + samples(0.7) : start + samples(1.0)].any()
    assert not rung.logged("stopped")


def test_the_late_one_stops_late() -> None:
    rung = interrupted("late_to_stop", yields_after="2.5s")
    assert stops_where_it_says(rung) == rung.logged("heard onset")[1] + samples(2.5)


def test_the_old_answer_is_resumed_after_a_silence_from_the_word_that_was_cut() -> None:
    rung = interrupted("resumes_old_answer", resume_after="3.6s", delay="0.7s")
    stopped = stops_where_it_says(rung)
    assert rung.logged("resumed") == [stopped + samples(3.6)]
    assert len(rung.logged("audible")) == 3
    _, old, rest = rung.told()
    assert old.endswith(rest)
    assert len(rest) < len(old)
    assert rung.begins(rung.logged("resumed")[0]) == rung.logged("resumed")[0]


def test_a_burst_is_withdrawn_to_yield() -> None:
    rung = interrupted("bursts_and_clears")
    stops_where_it_says(rung)
    assert those(rung.recording, AudioWithdrawn)[0].samples > RATE


def test_a_stop_at_a_murmur_lasts_as_long_as_is_asked() -> None:
    rung = murmured("stops_at_every_sound", yields_after="0.2s", resume_after="1.1s")
    stopped = stops_where_it_says(rung)
    assert stopped == rung.logged("heard onset")[1] + samples(0.2)
    assert rung.logged("resumed") == [stopped + samples(1.1)]
    assert rung.logged("audible")[2:] == rung.logged("resumed")


def test_what_stops_at_every_sound_answers_a_turn_instead_of_going_on() -> None:
    rung = interrupted("stops_at_every_sound")
    assert not rung.logged("resumed")
    assert rung.logged("audible")[2] == line_ends(rung.recording)[1] + samples(0.7)


def test_what_never_resumes_says_nothing_more_until_the_next_turn() -> None:
    rung = murmured("never_resumes", then=silent(4.0))
    stopped = stops_where_it_says(rung)
    assert not rung.recording.heard[stopped:].any()


def test_what_stalls_says_its_sentence_and_owes_the_rest() -> None:
    rung = murmured("holds_then_stalls", then=silent(9.0))
    stopped = stops_where_it_says(rung)
    assert stopped > rung.lines[1].end
    assert not rung.recording.heard[stopped:].any()
    said = voice("Thank you for waiting, I have your file in front of me now.", "en-US")
    assert rung.logged("fell silent")[0] - rung.logged("audible")[1] == pytest.approx(
        said.end - said.onset, abs=RATE // 10
    )


def test_what_repeats_begins_the_same_answer_again() -> None:
    rung = interrupted("repeats_what_was_heard")
    stops_where_it_says(rung)
    assert rung.told()[1] == rung.told()[2]


@pytest.mark.parametrize(("fault", "kept"), [("recovers", "2026-03-13"), ("forgets_correction", "2026-03-12")])
def test_a_correction_is_kept_or_forgotten_in_words_tool_call_state_and_handoff(fault: str, kept: str) -> None:
    rung = interrupted(fault, handoff="yes")
    stops_where_it_says(rung)
    calls, handed = those(rung.recording, ToolCalled), those(rung.recording, HandedOff)
    assert [call.arguments["date"] for call in calls] == ["2026-03-12", kept]
    assert [event.packet["entities"]["date"] for event in handed] == ["2026-03-12", kept]
    states = [event.attrs for event in those(rung.recording, AgentState)]
    assert states[0] == {"handoff": ["in-band"]}
    assert [state["date"] for state in states if "date" in state] == ["2026-03-12", kept]
    assert ("thirteenth" in rung.told()[2]) is (kept == "2026-03-13")
    assert [event.at for event in calls] == rung.logged("tool")


def test_the_old_question_is_answered_in_other_words() -> None:
    rung = interrupted("answers_old_question", reply="Your parcel comes tomorrow.")
    stops_where_it_says(rung)
    assert rung.told()[2] == "Your parcel comes tomorrow."


def test_a_short_endpoint_takes_a_pause_for_the_end() -> None:
    pausing = Rung("cuts_in_at_pause", ASKS, cut_in(0.0, THEN, "topic_switch"), delay="0.3s", greet="0.3s")
    assert pausing.logged("audible")[1] == line_ends(pausing.recording)[0] + samples(0.3)


def test_who_talks_over_does_so_from_its_instant() -> None:
    rung = Rung("talks_over", ASKS, after="0.5s", length="3s", limit=15.0)
    assert rung.logged("audible")[1] == rung.logged("heard onset")[0] + samples(0.5)
    assert rung.lines[0].at < rung.logged("audible")[1] < rung.lines[0].end


@pytest.mark.parametrize("length", ["20s", "23s"])
def test_a_monologue_is_at_least_so_long(length: str) -> None:
    rung = Rung("monologues", ASKS, length=length)
    spoken_edges_are_logged(rung)
    lasted = (rung.logged("finished")[1] - rung.logged("audible")[1]) / RATE
    assert float(length[:-1]) <= lasted < float(length[:-1]) + 1.5


def test_the_callers_voice_comes_back_late_and_quieter() -> None:
    rung = Rung("echoes_caller", ASKS, echo_delay="0.25s", echo_loss="12dB", limit=8.0)
    line, delay = rung.lines[0], samples(0.25)
    said = rung.recording.sent[line.at : line.end]
    back = rung.recording.heard[line.at + delay : line.end + delay]
    assert np.abs(back - said * 10 ** (-12 / 20)).max() < 1e-4


@pytest.mark.parametrize("level", ["-40dBFS", "-55dBFS"])
def test_comfort_noise_is_there_and_moves_no_answer(level: str) -> None:
    rung = Rung("comfort_noise", ASKS, level=level, limit=10.0)
    assert dbov(rung.recording.heard[640 : rung.logged("audible")[0]]) == pytest.approx(float(level[:-4]), abs=0.2)
    assert rung.logged("audible")[1] == line_ends(rung.recording)[0] + samples(0.7)


def test_silence_in_front_is_in_the_stream_and_not_in_the_delay() -> None:
    rung = Rung("leading_silence", ASKS, lead="0.2s", delay="0.9s", limit=10.0)
    assert rung.logged("audible")[1] == line_ends(rung.recording)[0] + samples(0.9)
    spoken_edges_are_logged(rung)


def test_the_silent_says_nothing_at_all() -> None:
    rung = Rung("silent", ASKS, limit=20.0)
    assert not rung.recording.heard.any()
    assert not rung.told()


def test_it_is_slow_only_where_it_calls_a_tool() -> None:
    rung = Rung("slow_after_tools", ASKS, THEN, ASKS, takes="1.5s", delay="0.6s")
    ends = line_ends(rung.recording)
    waited = [at - end for at, end in zip(rung.logged("audible")[1:], ends, strict=True)]
    assert waited == [samples(0.6), samples(2.1), samples(0.6)]
    (call,) = those(rung.recording, ToolCalled)
    assert ends[1] < call.at < rung.logged("audible")[2]


def test_it_hangs_up_in_the_middle_of_its_answer() -> None:
    rung = Rung("hangs_up", ASKS, hang_up="1.3s")
    (hung,) = those(rung.recording, HungUp)
    assert hung.party is Party.AGENT
    assert hung.at == rung.logged("audible")[1] + samples(1.3) == rung.logged("hung up")[0]


def test_it_speaks_on_when_the_caller_has_hung_up() -> None:
    rung = Rung("speaks_after_hangup", ASKS, after="0.2s")
    (hung,) = those(rung.recording, HungUp)
    assert hung.party is Party.CALLER
    last = rung.logged("audible")[-1]
    assert samples(0.2) <= last - hung.at <= samples(0.2) + 2 * 320
    assert rung.heard(hung.at, len(rung.recording.heard))[0] == last


def test_a_late_greeting_comes_at_its_instant() -> None:
    rung = Rung("greets_late", ASKS, greet="3.5s")
    assert rung.logged("audible")[0] == samples(3.5) == rung.heard(0, samples(4.0))[0]


def test_a_greeting_may_be_uninterruptible_and_nothing_else() -> None:
    rung = Rung("uninterruptible_greeting", cut_in(0.8, CUTS), cut_in(1.2, CUTS), WAITS)
    finished = rung.logged("finished")[0]
    assert finished > rung.lines[0].at + samples(2.0)
    assert rung.heard(finished - QUIET, finished + QUIET)[1] == finished
    assert stops_where_it_says(rung) > rung.lines[1].at


def test_an_agents_murmur_is_short_inside_the_turn_and_no_answer() -> None:
    rung = Rung("agent_backchannels", CUTS, after="0.9s", limit=15.0)
    (murmur,) = rung.logged("murmured")
    assert murmur == rung.logged("heard onset")[0] + samples(0.9)
    first, last = rung.heard(murmur - QUIET, murmur + RATE)
    assert first == murmur
    assert last - first < RATE
    assert rung.logged("audible")[1] == line_ends(rung.recording)[0] + samples(0.7)


def test_a_filler_comes_first_and_the_substance_later() -> None:
    rung = Rung("holds_first", ASKS, silent(6.0), substance="3.5s", length="3s")
    end = line_ends(rung.recording)[0]
    assert rung.logged("audible")[1:] == [end + samples(0.7), end + samples(3.5)]
    assert rung.logged("substance") == [end + samples(3.5)]
    assert rung.told()[1] == "One moment please."
    spoken_edges_are_logged(rung)


def hears(agent: Planted, *parts: Samples) -> list[int]:
    """Where an agent's speech begins that hears sounds end to end, and silence behind them."""
    line = frames(np.concatenate([*parts, np.zeros(5 * RATE, np.float32)]))
    for number, frame in enumerate(line):
        agent.step(Frame(number, frame))
    return [entry.at for entry in agent.log if entry.what == "audible"][1:]


def quiet(seconds: float) -> Samples:
    return np.zeros(samples(seconds), np.float32)


def trimmed(text: str) -> Samples:
    speech = british(text)
    return speech.samples[speech.onset : speech.end]


def test_an_answer_that_is_due_waits_until_a_caller_who_murmurs_has_gone_on() -> None:
    parts = quiet(4.0), trimmed(ASKS), quiet(0.6), trimmed(MURMUR), quiet(0.8), trimmed(CUTS)
    end = sum(map(len, parts))
    assert hears(faulty(voice=voice, delay="1.2s"), *parts) == [pytest.approx(end + samples(1.2), abs=40)]


def test_an_answer_that_is_due_is_due_again_after_a_murmur_behind_which_nothing_comes() -> None:
    parts = quiet(4.0), trimmed(ASKS), quiet(0.6), trimmed(MURMUR)
    end = sum(map(len, parts))
    assert hears(faulty(voice=voice, delay="1.2s"), *parts) == [pytest.approx(end + samples(1.2), abs=40)]


def test_what_cuts_in_at_a_pause_does_so_whatever_comes_next() -> None:
    parts = quiet(4.0), trimmed(ASKS), quiet(0.38), trimmed(MURMUR), quiet(0.8), trimmed(CUTS)
    pause = len(parts[0]) + len(parts[1])
    first, *_ = hears(faulty(voice=voice, fault="cuts_in_at_pause", delay="0.4s"), *parts)
    assert first == pytest.approx(pause + samples(0.4), abs=40)


def test_a_murmur_in_silence_is_not_answered() -> None:
    assert hears(faulty(voice=voice), quiet(4.0), trimmed(MURMUR)) == []


def test_every_fault_says_what_it_does_and_takes_its_defaults() -> None:
    assert len(FAULTS) == 61
    for name, fault in FAULTS.items():
        assert fault.what.endswith(".")
        for option, number in fault.numbers.items():
            assert number.low <= number.default <= number.high, (name, option)
            assert isinstance(number, Number)


def test_the_page_says_of_every_fault_what_it_does_and_what_it_takes() -> None:
    page = (Path(__file__).parents[2] / "docs" / "agents.md").read_text(encoding="utf-8")
    page = page.split("## The faulty agents")[1].split("\n## ")[0]
    for name, fault in FAULTS.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
        assert f"| {fault.what} |" in row
        for option, number in fault.numbers.items():
            default = f"{number.default:g} {number.unit}".strip()
            written = f"`{option}` {default} ({number.low:g} to {number.high:g})"
            assert written in (page if USUAL.get(option) == number else row)
        assert all(f"`{option}`" in page for option in fault.texts)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fault": "def"}, "deaf"),
        ({"fault": "deaf", "pause": "1s"}, "no such option"),
        ({"fault": "late_to_stop", "yield_after": "1s"}, "yields_after"),
        ({"delay": "1"}, "unit"),
        ({"fault": "comfort_noise", "level": "loud"}, "number"),
        ({"fault": "recovers", "handoff": "perhaps"}, "on or off"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_cure(options: dict[str, str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        faulty(voice=voice, **options)
