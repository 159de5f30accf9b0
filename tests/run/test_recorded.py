"""Recordings that somebody else made: what was planted in them is what is scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from bench.plants import cuts_in, prepared, says, scenario
from harness.agents.planted import SAY, planted
from harness.audio import RATE, Samples, samples
from harness.audio.files import write_wav
from harness.audio.resampling import resample
from harness.conversation import Conversation
from harness.errors import BadInput
from harness.listening.foreign import listen_in
from harness.listening.turns import listen
from harness.recording import Recording
from harness.run.borrowed import Telling, card_of, channels
from harness.run.scoring import measure
from harness.run.simulated import simulate
from harness.score import Score, Scorecard, Unscored
from harness.statistics import generator
from harness.timeline import Interrupted, LineSaid, Murmured, Party
from harness.voices import voice_for

PLAN = scenario(
    says("Hello, I would like to book an appointment please."),
    cuts_in("Sorry, not the twelfth, I meant the thirteenth of March, please.", 1.2),
    says("Thank you very much for your help, goodbye."),
)
YAML = """scenario: Caller corrects the date
language: en-GB
caller: {voice: {engine: pico, accent: en-GB}}
script:
  - say: Hello, I would like to book an appointment please.
  - interrupt: {after: 1.2s, kind: correction, say: "Sorry, not the twelfth, I meant the thirteenth of March, please."}
  - say: Thank you very much for your help, goodbye.
"""


@pytest.fixture(scope="module")
def kept() -> tuple[Recording, Conversation]:
    """A call of our own, with an interruption that the agent yields to."""
    engine = prepared(PLAN)
    simulate(engine, planted(voice=voice_for("pico"), say=SAY, yields_after="400ms"))
    recording = engine.recording({})
    return recording, listen(recording)


def _file(folder: Path, left: Samples, right: Samples, name: str = "line.wav") -> Path:
    write_wav(folder / name, np.stack([left, right], axis=1))
    return folder / name


def _scored(path: Path, caller: str = "left", **told: Any) -> Scorecard:
    assert caller in ("left", "right")
    return card_of(path, Telling("left" if caller == "left" else "right", **told))


@pytest.fixture(scope="module")
def card(kept: tuple[Recording, Conversation], tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    """What is scored of that call where nothing is told of it."""
    return _scored(_file(tmp_path_factory.mktemp("kept"), kept[0].sent, kept[0].heard))


def _told(folder: Path, *rows: Any) -> Path:
    path = folder / "events.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


# --- our own call as if it were another's


def test_our_own_recording_has_the_same_agent_turns_when_nothing_is_told_of_it(
    kept: tuple[Recording, Conversation],
) -> None:
    recording, ours = kept
    found = listen_in(Recording(recording.sent, recording.sent, recording.heard)).conversation
    assert found.spurts == ours.spurts
    theirs = [(turn.start, turn.end) for turn in found.of(Party.AGENT)]
    assert theirs == [(turn.start, turn.end) for turn in ours.of(Party.AGENT)]


def test_its_caller_turns_are_found_where_they_were_said(kept: tuple[Recording, Conversation]) -> None:
    recording, ours = kept
    found = listen_in(Recording(recording.sent, recording.sent, recording.heard)).conversation.of(Party.CALLER)
    assert [turn.source for turn in found] == ["detected"] * len(found)
    known = ours.of(Party.CALLER)
    assert len(found) == len(known)
    for one, other in zip(found, known, strict=True):
        assert one.start == pytest.approx(other.start, abs=samples(0.02))
        assert one.end == pytest.approx(other.end, abs=samples(0.02))


def test_its_latencies_are_nearly_the_same(kept: tuple[Recording, Conversation], card: Scorecard) -> None:
    before = measure(kept[1], PLAN)
    for name in ("response_latency.p50", "response_latency.max"):
        one, other = card.scores[name], before[name]
        assert isinstance(one, Score)
        assert isinstance(other, Score)
        assert one.value == pytest.approx(other.value, abs=0.02)


def test_the_caller_may_be_on_either_channel(
    kept: tuple[Recording, Conversation], card: Scorecard, tmp_path: Path
) -> None:
    recording, _ = kept
    assert _scored(_file(tmp_path, recording.heard, recording.sent), "right").scores == card.scores


def test_what_a_recording_does_not_hold_is_not_measured_and_says_why(card: Scorecard) -> None:
    for name in ("caller_drift", "greeting_latency", "frame_lateness.p50", "wer", "handoff_decision", "task_success"):
        outcome = card.scores[name]
        assert isinstance(outcome, Unscored), name
        assert len(outcome.reason) > 10
    assert card.shell == "recorded"
    assert card.origin["caller_turns"] == {"known": 0, "detected": 3}


# --- formats


@pytest.mark.parametrize(
    ("name", "subtype", "rate"),
    [
        ("call.flac", "PCM_24", 44_100),
        ("call.mp3", "MPEG_LAYER_III", 44_100),
        ("call.ogg", "VORBIS", 48_000),
        ("call.opus", "OPUS", 48_000),
        ("call.wav", "FLOAT", 8_000),
    ],
)
def test_any_format_gives_the_same_turns(
    kept: tuple[Recording, Conversation], tmp_path: Path, name: str, subtype: str, rate: int
) -> None:
    recording, ours = kept
    cut = ours.of(Party.AGENT)[2].start  # two turns of each
    sound = resample(np.stack([recording.sent[:cut], recording.heard[:cut]], axis=1), RATE, rate)
    path = tmp_path / name
    kind = "OGG" if name.endswith("opus") else None
    with soundfile.SoundFile(path, "w", rate, 2, subtype, format=kind) as file:
        for second in range(0, len(sound), rate):  # libsndfile's Vorbis can't take a long sound at once
            file.write(sound[second : second + rate])
    caller, agent = channels(path, "left")
    found = listen_in(Recording(caller, caller, agent)).conversation
    # A codec smears an edge by its own block, and a band of 4 kHz leaves out the end of an s.
    near = samples(0.2 if rate == 8_000 else 0.1)
    for party in Party:
        turns, others = found.of(party), ours.of(party)[:2]
        assert len(turns) == len(others) == 2
        for one, other in zip(turns, others, strict=True):
            assert one.start == pytest.approx(other.start, abs=near)
            assert one.end == pytest.approx(other.end, abs=near)


# --- what can't be a call


def test_a_mono_recording_is_refused_and_told_why(tmp_path: Path) -> None:
    write_wav(tmp_path / "mono.wav", np.zeros(RATE, np.float32))
    with pytest.raises(BadInput, match=r"mono\.wav: a mono recording: who speaks when can't be told"):
        channels(tmp_path / "mono.wav", "left")


def test_a_mono_recording_stored_as_two_channels_is_mono(kept: tuple[Recording, Conversation], tmp_path: Path) -> None:
    both = kept[0].sent + kept[0].heard
    path = tmp_path / "mono.mp3"
    soundfile.write(path, np.stack([both, both], axis=1), RATE, subtype="MPEG_LAYER_III")
    with pytest.raises(BadInput, match="both channels hold the same"):
        channels(path, "left")


def test_more_than_two_channels_are_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "three.wav", np.zeros((RATE, 3), np.float32))
    with pytest.raises(BadInput, match="two channels, one for the caller and one for the agent: '3'"):
        channels(tmp_path / "three.wav", "left")


@pytest.mark.parametrize("length", [1, 7, 100, 1_600, RATE])
def test_what_is_too_short_or_silent_measures_nothing(tmp_path: Path, length: int) -> None:
    hiss = generator(1, "short").standard_normal((2, length)).astype(np.float32) * np.float32(1e-3)
    for name, (left, right) in {"hiss": hiss, "silence": np.zeros((2, length), np.float32)}.items():
        card = _scored(_file(tmp_path, left, right, f"{name}.wav"))
        measured = {name: outcome for name, outcome in card.scores.items() if isinstance(outcome, Score)}
        assert not measured


# --- what is told of it


def _talk(lasting: str, at: float = 1.2) -> tuple[Samples, Samples, int]:
    """(caller, agent, the caller's onset): a long speech of the agent's, and the caller over it."""
    agent = voice_for("pico")(f"{SAY} {SAY}", "en-US")
    caller = voice_for("espeak", accent="en-us")(lasting, "en-us")
    tracks = np.zeros((2, len(agent.samples) + 3 * RATE), np.float32)
    tracks[1, : len(agent.samples)] = agent.samples
    start = samples(at)
    tracks[0, start : start + len(caller.samples)] = caller.samples
    return tracks[0], tracks[1], start + caller.onset


@pytest.mark.parametrize(
    ("said", "event", "kind"),
    [
        ("mm-hmm", Murmured, "backchannel"),
        ("Wait, stop, that is not at all what I asked you for", Interrupted, "topic_switch"),
    ],
)
def test_without_a_label_an_onset_over_the_agent_is_what_its_length_says(said: str, event: type, kind: str) -> None:
    caller, agent, onset = _talk(said)
    heard = listen_in(Recording(caller, caller, agent))
    marks = [e for e in heard.conversation.recording.events if isinstance(e, Interrupted | Murmured)]
    assert [(type(e), e.kind) for e in marks] == [(event, kind)]
    assert marks[0].at == pytest.approx(onset, abs=samples(0.02))
    assert (heard.labelled, heard.estimated) == (0, 1)


def test_a_short_onset_whose_words_want_something_is_an_interruption() -> None:
    caller, agent, _ = _talk("mm-hmm")
    for words, kind in (("Mm-hmm.", "backchannel"), ("Yeah, right.", "backchannel"), ("Stop!", "topic_switch")):
        heard = listen_in(Recording(caller, caller, agent), recogniser=lambda _sound, words=words: words)
        assert [turn.kind for turn in heard.conversation.of(Party.CALLER)] == [kind]


def test_a_label_names_the_onset_that_it_lies_near(tmp_path: Path) -> None:
    caller, agent, onset = _talk("mm-hmm")
    told = _told(tmp_path, {"type": "Interrupted", "at_s": onset / RATE + 0.2, "kind": "stop_request"})
    card = _scored(_file(tmp_path, caller, agent), events=told)
    assert card.origin["kinds"] == {"labelled": 1, "estimated": 0, "without_an_onset": 0}
    assert card.origin["labels_moved_by_at_most"] == pytest.approx(0.2, abs=0.02)
    outcome = card.scores["yield_rate"]
    assert isinstance(outcome, Score), "the agent spoke on for more than three seconds: it didn't yield"
    assert (outcome.value, outcome.n) == (0.0, 1)
    assert outcome.spans[0].start == pytest.approx(onset / RATE, abs=0.02)


def test_a_label_without_an_onset_is_counted(tmp_path: Path) -> None:
    caller, agent, onset = _talk("mm-hmm")
    told = _told(tmp_path, {"type": "Murmured", "at": onset + 2 * RATE, "kind": "cough"})
    card = _scored(_file(tmp_path, caller, agent), events=told)
    assert card.origin["kinds"] == {"labelled": 0, "estimated": 1, "without_an_onset": 1}


def test_lines_in_the_events_are_known_and_not_looked_for(tmp_path: Path) -> None:
    caller, agent, onset = _talk("Wait, stop, that is not at all what I asked you for")
    row = {"type": "LineSaid", "at": onset, "end_s": onset / RATE + 3.0, "text": "Wait, stop", "kind": "stop_request"}
    heard = {"type": "HeardAs", "at": onset + RATE, "text": "wait stop"}
    card = _scored(_file(tmp_path, caller, agent), events=_told(tmp_path, row, heard))
    assert card.origin["caller_turns"] == {"known": 1, "detected": 0}
    wer = card.scores["wer"]
    assert isinstance(wer, Score)
    assert wer.value == 0.0


def test_a_transcript_against_words_that_nobody_knows_is_no_error_rate(tmp_path: Path) -> None:
    caller, agent, onset = _talk("Wait, stop, that is not at all what I asked you for")
    told = _told(tmp_path, {"type": "HeardAs", "at": onset + RATE, "text": "wait stop"})
    wer = _scored(_file(tmp_path, caller, agent), events=told).scores["wer"]
    assert isinstance(wer, Unscored)
    assert "not all that the caller said is known" in wer.reason


# --- lines whose clean sound is known


def _scenario(folder: Path) -> Path:
    path = folder / "scenario.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


def _lines_of(recording: Recording) -> list[LineSaid]:
    return [event for event in recording.events if isinstance(event, LineSaid)]


@pytest.mark.parametrize("ppm", [0, 200])
def test_the_lines_of_a_scenario_are_found_to_the_sample_and_follow_the_clock(
    kept: tuple[Recording, Conversation], tmp_path: Path, ppm: int
) -> None:
    recording, ours = kept
    rate = 1.0 + ppm * 1e-6
    sound = resample(np.stack([recording.sent, recording.heard], axis=1), 1_000_000, 1_000_000 + ppm)
    hiss = generator(3, "hiss").standard_normal(len(sound)).astype(np.float32) * np.float32(10 ** (-36 / 20))
    card = _scored(_file(tmp_path, sound[:, 0] + hiss, sound[:, 1]), scenario=_scenario(tmp_path))
    assert card.origin["lines"] == {"found": 3, "of": 3, "steps_not_found": []}
    assert card.origin["clock_drift"]["ppm"] == pytest.approx(ppm, abs=10.0)
    interrupted = card.scores["yield_rate"]
    assert not isinstance(interrupted, Unscored) or "unproved" in interrupted.reason
    latency, before = card.scores["response_latency.max"], measure(ours, PLAN)["response_latency.max"]
    assert isinstance(latency, Score)
    assert isinstance(before, Score)
    assert latency.value == pytest.approx(before.value * rate, abs=0.003)


def test_a_line_that_is_not_in_the_recording_is_named(kept: tuple[Recording, Conversation], tmp_path: Path) -> None:
    recording, _ = kept
    last = _lines_of(recording)[-1].at - RATE
    path = _file(tmp_path, recording.sent[:last], recording.heard[:last])
    card = _scored(path, scenario=_scenario(tmp_path))
    assert card.origin["lines"] == {"found": 2, "of": 3, "steps_not_found": [2]}
