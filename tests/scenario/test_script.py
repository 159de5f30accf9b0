from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from harness.audio.files import write_wav
from harness.scenario import Backchannel, Interrupt, Piece, Press, Say, Silence
from tests.scenario.writing import adding, read, refused, steps, write


def test_a_script_is_its_steps_in_order(tmp_path: Path) -> None:
    text = steps(
        "say: Hello there.",
        'interrupt: {after: 1.2s, kind: escalate, say: "No, a person."}',
        "backchannel: {during: next turn, after: 800ms, say: mm-hmm}",
        "silence: 10s",
        'press: "1#"',
    )
    assert read(tmp_path, text).steps == (
        Say((Piece("Hello there.", "en-US"),)),
        Interrupt((Piece("No, a person.", "en-US"),), 1.2, "escalate"),
        Backchannel((Piece("mm-hmm", "en-US"),), 0.8),
        Silence(10.0),
        Press("1#"),
    )


def test_an_interruption_is_a_correction_and_a_backchannel_comes_after_a_second_unless_told(tmp_path: Path) -> None:
    found = read(tmp_path, steps("interrupt: {after: 1s, say: wait}", "backchannel: {say: yes}")).steps
    assert found == (Interrupt((Piece("wait", "en-US"),), 1.0, "correction"), Backchannel((Piece("yes", "en-US"),)))


def test_a_line_is_in_the_scenarios_language_unless_it_names_its_own(tmp_path: Path) -> None:
    text = steps("say: Hello.", "say: {hi: धन्यवाद।}", "say: [Thanks, {hi: बहुत धन्यवाद}]") + "language: en-IN\n"
    assert read(tmp_path, text).steps == (
        Say((Piece("Hello.", "en-IN"),)),
        Say((Piece("धन्यवाद।", "hi"),)),
        Say((Piece("Thanks", "en-IN"), Piece("बहुत धन्यवाद", "hi"))),
    )


@pytest.mark.parametrize("written", ["15:00", "0123", "no", "2026-03-13", "42"])
def test_a_line_is_said_as_it_was_written(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, steps(f"say: {written}")).steps == (Say((Piece(written, "en-US"),)),)


def test_a_line_over_several_lines_of_the_file_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, steps("say: Hello\n      there.")).steps == (Say((Piece("Hello there.", "en-US"),)),)


def test_a_comment_behind_a_quoted_line_is_a_comment(tmp_path: Path) -> None:
    assert read(tmp_path, steps('say: "Number #5"  # his')).steps == (Say((Piece("Number #5", "en-US"),)),)


def test_a_recorded_line_is_found_beside_the_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines").mkdir()
    write_wav(tmp_path / "lines" / "thanks.wav", np.full(1600, 0.1, np.float32))
    text = steps('say: {audio: lines/thanks.wav, text: "Thanks, bye."}')
    assert read(tmp_path, text).steps == (Say((Piece("Thanks, bye.", "en-US", "lines/thanks.wav"),)),)


@pytest.mark.parametrize(
    ("step", "value", "nearest"),
    [
        ("sya: Hello.", "sya", "say"),
        ("interrupt: {afer: 1s, say: no}", "afer", "after"),
        ("interrupt: {after: 1s, say: no, kind: corection}", "corection", "correction"),
        ("backchannel: {during: next turns, say: yes}", "next turns", "next turn"),
        ("say: {audio: lines/thx.wav, txt: Thanks}", "txt", "text"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_the_nearest(
    tmp_path: Path, step: str, value: str, nearest: str
) -> None:
    problem = refused(tmp_path, steps("say: Hello.", step))
    assert (problem.line, problem.value, problem.nearest) == (4, value, nearest)


@pytest.mark.parametrize(
    ("step", "value", "cure"),
    [
        ("say: My order # is 5", "My order", "an unquoted # cuts the line short"),
        ("say: {hi: नमस्ते #\n      }", "नमस्ते", "an unquoted # cuts the line short"),
        ("say: # nothing", "", "a # begins a comment"),
        ("say:", "", "nothing is written where a line should stand"),
        ('say: "  "', "  ", "nothing is written"),
        ('say: "bell \\a"', "bell \a", "a character that can't be said"),
        ("say: []", "[]", "an empty list"),
        ("say: [[nested]]", "[nested]", "a list where a line should stand"),
        ("say: {en: a, hi: b}", "{en: a, hi: b}", "one key, the language"),
        ("say: {english: a}", "english", "BCP-47"),
        ("say: {audio: a.wav}", "text", "needs a key that isn't there"),
        ("silence: 10", "10", "a time without its unit"),
        ("silence: 10m", "10m", "a time is written in s or ms"),
        ("silence: -1s", "-1s", "a time can't be less than 0"),
        ("silence: 301s", "301s", "a time can't be more than 300"),
        ("silence: long", "long", "not a time"),
        ("silence: [1s]", "[1s]", "a list where a time should stand"),
        ("interrupt: {after: -200ms, say: no}", "-200ms", "a time can't be less than 0"),
        ("interrupt: {say: no}", "after", "needs a key that isn't there"),
        ("interrupt: {after: 1s}", "say", "needs a key that isn't there"),
        ("interrupt: no", "no", "an interruption is written as keys and values"),
        ("interrupt: {after: 1s, kind: backchannel, say: yes}", "backchannel", "a step of its own"),
        ("interrupt: {after: 1s, kind: cough, say: yes}", "cough", "isn't built yet"),
        ("cough: {after: 1s}", "cough", "isn't built yet"),
        ("noise_burst: {after: 1s}", "noise_burst", "isn't built yet"),
        ("side_speech: {after: 1s}", "side_speech", "isn't built yet"),
        ("hold: 10s", "hold", "isn't built yet"),
        ("press: one", "one", "not telephone keys"),
        ("{say: a, press: '1'}", "{say: a, press: 1}", "a step does one thing"),
        ("Hello.", "Hello.", "a step is one of say, interrupt, backchannel, silence, press"),
    ],
)
def test_a_step_that_cannot_be_done_is_refused(tmp_path: Path, step: str, value: str, cure: str) -> None:
    problem = refused(tmp_path, steps("say: Hello.", step))
    assert (problem.line, problem.value) == (4, value)
    assert cure in problem.problem


@pytest.mark.parametrize("text", ["scenario: a\nscript: []\n", "scenario: a\nscript: Hello.\n"])
def test_a_script_has_a_step(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text).line == 2


def test_a_recording_that_is_not_there_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    write(tmp_path / "lines", b"x", "thanks.wav")
    problem = refused(tmp_path, steps("say: {audio: lines/thank.wav, text: Thanks}"))
    assert (problem.line, problem.value, problem.nearest) == (3, "lines/thank.wav", "lines/thanks.wav")


@pytest.mark.parametrize("content", [b"", b"RIFF this is no sound", b"\x00" * 100])
def test_a_recording_that_cannot_be_read_is_refused_where_it_is_named(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, content, "thanks.wav")
    problem = refused(tmp_path, steps("say: {audio: thanks.wav, text: Thanks}"))
    assert (problem.line, problem.value) == (3, "thanks.wav")
    assert "can't use the recording" in problem.problem


def test_words_of_a_later_version_say_that_they_are_not_built(tmp_path: Path) -> None:
    problem = refused(tmp_path, adding("goal: Book a table"))
    assert (problem.line, problem.value, problem.problem) == (4, "goal", "isn't built yet")
