from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from harness.audio.files import write_wav
from harness.scenario import (
    Add,
    Backchannel,
    Cough,
    FalseStart,
    Filler,
    Hold,
    Interrupt,
    Line,
    NoiseBurst,
    Piece,
    Press,
    Say,
    SideSpeech,
    Silence,
    VoiceSpec,
)
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


def said(text: str) -> Line:
    return (Piece(text, "en-US"),)


def test_what_wants_no_floor_has_its_steps_with_levels_and_places(tmp_path: Path) -> None:
    text = steps(
        "cough: {during: silence, after: 500ms}",
        "noise_burst: {kind: clatter, at: 40%, level: -6dB}",
        "silence: 2s",
        'side_speech: {after_phrase: "your order", say: "Not now."}',
        "silence: 2s",
        "side_speech: {say: No., voice: {engine: pico}}",
    )
    assert read(tmp_path, text).steps == (
        Cough(0.5, during="silence"),
        NoiseBurst(kind="clatter", at=0.4, level=-6.0),
        Silence(2.0),
        SideSpeech(said("Not now."), phrase="your order", voice=VoiceSpec("espeak", {"variant": "f2"})),
        Silence(2.0),
        SideSpeech(said("No."), voice=VoiceSpec("pico")),
    )


def test_a_caller_may_think_start_anew_add_and_ask_to_wait(tmp_path: Path) -> None:
    text = steps(
        "say: I'd like",
        "filler: {say: um, pause: 2s}",
        "false_start: {say: I want to}",
        "say: A room.",
        "add: {after: 1s, say: For two.}",
        "hold: {say: One moment., for: 6s}",
    )
    assert read(tmp_path, text).steps == (
        Say(said("I'd like")),
        Filler(said("um"), 2.0),
        FalseStart(said("I want to"), 0.5),
        Say(said("A room.")),
        Add(said("For two."), 1.0),
        Hold(said("One moment."), 6.0),
    )


def test_an_interruption_has_one_of_three_anchors(tmp_path: Path) -> None:
    text = steps("interrupt: {at: 40%, say: no}", 'interrupt: {during: next turn, after_phrase: "on Monday", say: no}')
    assert read(tmp_path, text).steps == (Interrupt(said("no"), at=0.4), Interrupt(said("no"), phrase="on Monday"))


def test_the_other_in_the_room_never_has_the_callers_own_throat(tmp_path: Path) -> None:
    text = steps("side_speech: {say: Come in.}") + "caller: {voice: {engine: espeak, variant: f2}}\n"
    (step,) = read(tmp_path, text).steps
    assert isinstance(step, SideSpeech)
    assert step.voice == VoiceSpec("espeak", {"variant": "m3"})


@pytest.mark.parametrize(
    ("first", "second", "cure"),
    [
        ("say: a", "interrupt: {after: 1s, at: 40%, say: no}", "one instant"),
        ("say: a", "backchannel: {at: 10%, after_phrase: order, say: yes}", "one instant"),
        ("say: a", "cough: {during: silence, at: 40%}", "no turn of the agent's"),
        ("silence: 1s", "filler: {say: um}", "put a say before it"),
        ("say: a", "filler: {say: um}", "put the say behind it"),
        ("say: a", "false_start: {say: I want}", "put the say behind it"),
        ("silence: 1s", "add: {say: and this}", "put a say or an interrupt before it"),
        ("backchannel: {after: 2s, say: yes}", "interrupt: {after: 1s, say: no}", "overlaps the step before"),
        (
            "backchannel: {after: 1s, say: yes of course I understand what you mean}",
            "cough: {after: 2s}",
            "1 to at least 2.5 s of the same turn",
        ),
        ("cough: {after: 1s}", "cough: {after: 1.1s}", "overlaps the step before"),
        ("cough: {at: 50%}", "interrupt: {at: 50%, say: no}", "at 50% of the same turn"),
    ],
)
def test_steps_that_do_not_go_together_are_refused_at_the_line(
    tmp_path: Path, first: str, second: str, cure: str
) -> None:
    problem = refused(tmp_path, steps(first, second))
    assert problem.line == 4
    assert cure in problem.problem


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("backchannel: {after: 1s, say: yes}", "backchannel: {after: 2s, say: yes}"),
        ("interrupt: {after: 2s, say: no}", "backchannel: {after: 1s, say: yes}"),
        ("cough: {after: 2s}", "cough: {during: silence, after: 1s}"),
        ("cough: {at: 50%}", "interrupt: {after: 500ms, say: no}"),
    ],
)
def test_steps_that_may_go_together_are_read(tmp_path: Path, first: str, second: str) -> None:
    assert len(read(tmp_path, steps("say: a", first, second)).steps) == 3


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
        ("interrupt: {after: 1s, kind: cough, say: yes}", "cough", "a step of its own"),
        ("interrupt: {at: 101%, say: no}", "101%", "100% at most"),
        ("interrupt: {at: -1%, say: no}", "-1%", "can't be less than 0"),
        ("interrupt: {at: 40, say: no}", "40", "without its unit"),
        ("interrupt: {after_phrase: '?!', say: no}", "?!", "a phrase without a word"),
        ("interrupt: {during: silence, after: 1s, say: no}", "silence", "not a time"),
        ("cough: {after: 1s, level: 30dB}", "30dB", "can't be more than 20"),
        ("cough: {after: -1s}", "-1s", "a time can't be less than 0"),
        ("noise_burst: {kind: dor}", "dor", "not a burst of noise"),
        ("side_speech: {after: 1s}", "say", "needs a key that isn't there"),
        ("side_speech: {say: {xx: hi}}", "xx", "doesn't speak this language"),
        ("hold: 10s", "10s", "written as keys and values"),
        ("wait: 10s", "wait", "isn't built yet"),
        ("press: one", "one", "not telephone keys"),
        ("{say: a, press: '1'}", "{say: a, press: 1}", "a step does one thing"),
        ("Hello.", "Hello.", "a step is one of say, interrupt, backchannel, cough, noise_burst"),
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
    problem = refused(tmp_path, adding("judge: a stern one"))
    assert (problem.line, problem.value, problem.problem) == (4, "judge", "isn't built yet")
