"""`vahness score` of a recording that somebody else made: what is given, what is refused, and with which words."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.audio.files import write_wav
from harness.voices import voice_for
from tests.cli.calling import vahness

_JSONSCHEMA = import_module("jsonschema")


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caller on the left asks something; the agent on the right greets before, and answers 0.7 s after."""
    agent, caller = voice_for("pico"), voice_for("espeak", accent="en-us")
    track = np.zeros((12 * RATE, 2), np.float32)

    def put(channel: int, at: float, sound: Samples) -> float:
        start = round(at * RATE)
        track[start : start + len(sound), channel] = sound
        return (start + len(sound)) / RATE

    greeted = put(1, 0.5, agent("Good morning, how can I help you?", "en-US").samples)
    asked = put(0, greeted + 0.5, caller("What time do you close today?", "en-us").samples)
    put(1, asked + 0.7, agent("We close at six in the evening.", "en-US").samples)
    path = tmp_path_factory.mktemp("borrowed") / "theirs.wav"
    write_wav(path, track)
    return path


def test_a_stereo_recording_is_scored_and_nothing_is_written(call: Path) -> None:
    before = sorted(call.parent.iterdir())
    said = vahness("score", call, "--caller", "left", "--json")
    assert said.code == 0
    (row,) = said.document["calls"]
    assert row["shell"] == "recorded"
    assert row["scores"]["response_latency.p50"]["value"] == pytest.approx(0.7, abs=0.1)
    assert "unscored" in row["scores"]["wer"]
    assert row["origin"]["caller_turns"] == {"known": 0, "detected": 1}
    assert "estimated: 1 turn of the caller's, found" in said.err
    assert sorted(call.parent.iterdir()) == before


def test_its_row_is_one_that_the_schema_of_rows_knows(call: Path) -> None:
    (row,) = vahness("score", call, "--caller", "left", "--json").document["calls"]
    _JSONSCHEMA.validate(row, vahness("schema", "calls").document)


def test_a_scenario_holds_it_to_its_limits(call: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    text = "scenario: Asks\ncaller: {voice: {engine: espeak, accent: en-us}}\n"
    text += "script:\n  - say: What time do you close today?\n"
    plan.write_text(text + 'expect:\n  response_latency.max: "<= 100ms"\n', encoding="utf-8")
    said = vahness("score", call, "--caller", "left", "--scenario", plan, "--json")
    assert said.code == 1
    (row,) = said.document["calls"]
    assert row["origin"]["lines"] == {"found": 1, "of": 1, "steps_not_found": []}
    assert row["expect"] == [{"score": "response_latency.max", "limit": "<= 100ms", "verdict": "fail"}]


def test_a_recording_whose_caller_is_on_an_unknown_channel_is_asked_about(call: Path) -> None:
    said = vahness("score", call)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{call}: which channel is the caller on? give --caller left or --caller right\n"


def test_mono_is_refused_with_one_message_that_explains(tmp_path: Path) -> None:
    write_wav(tmp_path / "mono.wav", np.zeros(RATE, np.float32))
    said = vahness("score", tmp_path / "mono.wav", "--caller", "left")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "a mono recording: who speaks when can't be told without a channel for each party" in said.err


@pytest.mark.parametrize(
    "content", [b"", b"not a sound at all", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"\xff\xfb\x90\x00" * 9]
)
@pytest.mark.parametrize("name", ["call.wav", "call.mp3", "call.flac", "call.opus"])
def test_what_is_no_recording_is_refused_without_a_traceback(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    said = vahness("score", tmp_path / name, "--caller", "right")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(str(tmp_path / name))
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("nonsense", "not events: a JSON list of rows"),
        ('[{"at": 1}]', "row 1 is no event: an object with `type`"),
        ('[{"at": 1, "type": "HungUp", "party": "agent"}, {"at": 1, "type": "Interupted"}]', "row 2: no such type"),
        ('[{"type": "Interrupted", "kind": "correction"}]', "row 1: Interrupted without: 'at'"),
        ('[{"at_s": "soon", "type": "HungUp", "party": "agent"}]', "row 1: `at_s` is a number of seconds: 'soon'"),
        ('[{"at": 1, "at_s": 1, "type": "HungUp", "party": "agent"}]', "row 1: both `at` and `at_s`: which?"),
        ('[{"at": -1, "type": "HungUp", "party": "agent"}]', "row 1 is no event"),
        ('[{"at_s": 99, "type": "HungUp", "party": "agent"}]', "row 1 lies behind the recording's end"),
        ('[{"at": 1, "type": "Interrupted", "kind": "corection"}]', "row 1: no such kind: 'corection' (did you mean"),
        ('[{"at": 1, "type": "Murmured", "kind": "cough", "loud": 1}]', "row 1: Murmured holds no such thing: 'loud'"),
        ('[{"at": 9, "end": 9, "type": "LineSaid", "text": "x"}]', "row 1: a line ends behind its start"),
    ],
)
def test_a_bad_row_of_the_events_is_named(call: Path, tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "events.json"
    path.write_text(rows, encoding="utf-8")
    said = vahness("score", call, "--caller", "left", "--events", path)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{path}: ")
    assert message in said.err


def test_events_have_a_schema_that_takes_what_is_read(call: Path, tmp_path: Path) -> None:
    rows = [
        {"at_s": 3.1, "end_s": 4.5, "type": "LineSaid", "text": "What time do you close today?"},
        {"at_s": 3.2, "type": "HeardAs", "text": "what time do you close today"},
        {"at": 80000, "type": "Murmured", "kind": "cough"},
        {"at_s": 5.0, "type": "ToolCalled", "name": "hours", "arguments": {"day": "today"}},
    ]
    schema = vahness("schema", "events").document
    _JSONSCHEMA.Draft202012Validator.check_schema(schema)
    holding = _JSONSCHEMA.Draft202012Validator(schema)
    holding.validate(rows)
    for bad in ({"type": "HungUp"}, {"at": 1, "type": "Interrupted", "kind": "cough"}, {"at": 1, "at_s": 2, **rows[1]}):
        with pytest.raises(_JSONSCHEMA.ValidationError):
            holding.validate([bad])
    path = tmp_path / "events.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    said = vahness("score", call, "--caller", "left", "--events", path, "--json")
    assert said.code == 0
    assert said.document["calls"][0]["scores"]["wer"]["value"] == 0.0


def test_what_is_told_of_a_recording_goes_with_its_channel(tmp_path: Path) -> None:
    said = vahness("score", tmp_path, "--events", tmp_path / "events.json")
    assert (said.code, said.out) == (2, "")
    assert "--events and --scenario go with --caller" in said.err
