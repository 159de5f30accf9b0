from typing import Any

import numpy as np
import pytest

from harness.agents._behaviours import Planted
from harness.agents.planted import SAY, planted
from harness.audio import RATE
from harness.audio.level import dbov
from harness.errors import BadInput
from harness.recording import Recording
from harness.timeline import AgentState, AudioWithdrawn, HungUp, Party, ProtocolBroken
from tests.agents.calling import Script, cut_in, line_ends, onsets, ring, those, voice

LINES = ("Where is my order?", "Goodbye.")
CUT = ("Where is my order?", 1.2, "Sorry, I meant my other order please.")


def call(*, limit: float = 60.0, **options: Any) -> tuple[Recording, Planted]:
    agent = planted(voice=voice, **options)
    return ring(agent, Script(*LINES), limit=limit), agent


def interrupted(**options: str) -> tuple[Recording, Planted]:
    agent = planted(voice=voice, **options)
    return ring(agent, Script(CUT[0], cut_in(CUT[1], CUT[2])), limit=60.0), agent


def logged(agent: Planted, what: str) -> list[int]:
    return [entry.at for entry in agent.log if entry.what == what]


@pytest.mark.parametrize("delay", ["0.2s", "0.7s", "1.5s", "3s"])
@pytest.mark.parametrize("options", [{}, {"pace": "burst"}, {"lead": "300ms"}, {"pace": "burst", "lead": "300ms"}])
def test_an_answer_is_audible_exactly_its_delay_after_the_lines_last_sample(
    delay: str, options: dict[str, Any]
) -> None:
    recording, agent = call(delay=delay, **options)
    wanted = [end + round(float(delay[:-1]) * RATE) for end in line_ends(recording)]
    assert logged(agent, "audible")[1:] == wanted
    assert onsets(recording.heard, gap=1.0)[1:] == pytest.approx(wanted, abs=40)


def test_a_lead_of_silence_is_in_the_stream_and_not_in_the_ear() -> None:
    leading, agent = call(lead="300ms", delay="0.7s", pace="burst")
    plain, _ = call(delay="0.7s", pace="burst")
    assert onsets(leading.heard, gap=1.0) == onsets(plain.heard, gap=1.0)
    assert logged(agent, "heard end") == line_ends(leading)


def test_what_it_logs_it_tells() -> None:
    recording, agent = call()
    told = [(e.attrs["planted"], e.attrs["sample"]) for e in those(recording, AgentState)]
    assert {("audible", at) for at in logged(agent, "audible")} <= set(told)


@pytest.mark.parametrize("pace", ["real", "burst"])
def test_it_falls_silent_exactly_when_it_says_it_does(pace: str) -> None:
    recording, agent = interrupted(pace=pace, yields_after="300ms")
    (stopped,) = logged(agent, "stopped")
    assert stopped == logged(agent, "heard onset")[1] + round(0.3 * RATE)
    assert those(recording, AudioWithdrawn)[0].at == stopped
    assert np.abs(recording.heard[stopped - 1600 : stopped]).max() > 0.001
    assert not recording.heard[stopped : stopped + RATE // 2].any()


def test_a_burst_withdraws_what_it_had_sent_ahead() -> None:
    recording, _ = interrupted(pace="burst")
    paced, _ = interrupted(pace="real")
    assert those(recording, AudioWithdrawn)[0].samples > RATE
    assert those(paced, AudioWithdrawn)[0].samples < 320


def test_a_deaf_agent_speaks_on_to_its_end() -> None:
    recording, agent = interrupted(deaf="")
    assert not those(recording, AudioWithdrawn)
    assert not logged(agent, "stopped")
    first, second = logged(agent, "audible")[1:3]
    whole = voice(SAY, "en-US")
    assert logged(agent, "finished")[1] == first + whole.end - whole.onset
    assert second == logged(agent, "finished")[1] + round(0.7 * RATE)


def test_a_deaf_agent_may_pause_in_its_speech_all_the_same() -> None:
    recording, agent = interrupted(deaf="", pause="400ms", pause_at="1.5s")
    start = logged(agent, "audible")[1] + round(1.5 * RATE)
    assert not recording.heard[start : start + 6400].any()
    assert np.abs(recording.heard[start + 6400 : start + 8000]).max() > 0.001


@pytest.mark.parametrize("level", [-60.0, -40.0])
def test_comfort_noise_is_there_all_the_time_at_its_level_and_moves_no_answer(level: float) -> None:
    recording, agent = call(noise_floor=f"{level:g}dBFS")
    (first, *_) = logged(agent, "audible")
    assert dbov(recording.heard[640:first]) == pytest.approx(level, abs=0.2)
    assert logged(agent, "audible")[1] == line_ends(recording)[0] + round(0.7 * RATE)
    (hung,) = those(recording, HungUp)
    there = recording.heard[640 : hung.at].reshape(-1, 320)
    assert float(np.abs(there).max(axis=1).min()) > 0.0


def test_a_silent_agent_never_makes_a_sound() -> None:
    recording, _ = call(silent="", limit=20.0)
    assert not recording.heard.any()


def test_it_hangs_up_in_the_middle_of_a_word() -> None:
    recording, agent = call(hang_up="0.7s")
    (hung,) = those(recording, HungUp)
    assert hung.party is Party.AGENT
    assert hung.at == logged(agent, "audible")[1] + round(0.7 * RATE) == logged(agent, "hung up")[0]


def test_a_flood_is_a_breach_once_it_is_too_far_ahead() -> None:
    recording, _ = call(flood="", silent="", limit=140.0)
    assert any("flood" in event.why for event in those(recording, ProtocolBroken))


def test_garbage_is_a_breach_that_is_counted() -> None:
    recording, _ = call(garbage="", limit=20.0)
    (breach,) = those(recording, ProtocolBroken)
    assert breach.count > 100


def test_it_talks_over_the_caller_so_long_after_its_onset() -> None:
    _, agent = call(talk_over="0.3s")
    assert logged(agent, "audible")[1] == logged(agent, "heard onset")[0] + round(0.3 * RATE)


def test_it_answers_so_many_turns_and_no_more() -> None:
    _, agent = call(turns="1", limit=30.0)
    assert len(logged(agent, "audible")) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"dealy": "1s"}, "delay"),
        ({"delay": "1"}, "unit"),
        ({"pace": "brust"}, "burst"),
        ({"deaf": "perhaps"}, "on or off"),
        ({"noise_floor": "loud"}, "number"),
        ({"noise_floor": "-60", "pace": "burst"}, "pace=real"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_the_cure(options: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        planted(voice=voice, **options)
