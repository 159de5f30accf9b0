import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from harness.audio.files import write_wav
from harness.errors import BadInput
from harness.scenario import Piece, VoiceSpec
from harness.speech import Speech
from harness.voices import GAP, check, speak, voice_for

SCOT = VoiceSpec("espeak", {"accent": "en-gb-scotland", "rate": 150})


def same(one: Speech, other: Speech) -> bool:
    return (
        one.samples.tobytes() == other.samples.tobytes()
        and one.samples.dtype == other.samples.dtype == np.float32
        and (one.text, one.language, one.words, one.onset, one.end, one.voice)
        == (other.text, other.language, other.words, other.onset, other.end, other.voice)
    )


@pytest.mark.parametrize("engine", ["espeak", "pico"])
def test_what_is_recalled_is_what_was_said_to_the_bit(engine: str) -> None:
    said = voice_for(engine)("Thanks, bye.", "en-US")
    recalled = voice_for(engine)("Thanks, bye.", "en-US")
    assert said.end > 0
    assert same(said, recalled)


def test_what_was_said_before_needs_no_engine() -> None:
    said = speak(SCOT, (Piece("Thanks, bye.", "en-GB"),))
    program = (
        "import sys; sys.executable = '/nowhere'\n"
        "from harness.voices import voice_for; from harness.errors import CallVoid\n"
        "voice = voice_for('espeak', accent='en-gb-scotland', rate=150)\n"
        "print(len(voice('Thanks, bye.', 'en-GB').samples))\n"
        "try: voice('Something new.', 'en-GB')\n"
        "except CallVoid: print('void')\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert told == [str(len(said.samples)), "void"]


def test_a_broken_entry_is_said_again(own_cache: Path) -> None:
    said = voice_for("espeak")("Thanks, bye.", "en-US")
    for entry in own_cache.rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-1])
    assert same(voice_for("espeak")("Thanks, bye.", "en-US"), said)


def test_every_option_and_the_language_make_another_sound() -> None:
    chosen: list[tuple[dict[str, object], str]] = [
        ({}, "en-US"),
        ({}, "en-GB"),
        ({"rate": 150}, "en-US"),
        ({"pitch": 70}, "en-US"),
        ({"variant": "m7"}, "en-US"),
        ({"accent": "en-us-nyc"}, "en-US"),
    ]
    said = [voice_for("espeak", **options)("Thanks, bye.", language).samples.tobytes() for options, language in chosen]
    assert len(set(said)) == len(said)


def test_a_line_switches_language_inside() -> None:
    english, hindi = Piece("Yes please,", "en-IN"), Piece("जी, धन्यवाद।", "hi-IN")
    line = speak(SCOT, (english, hindi))
    first, second = speak(SCOT, (english,)), speak(SCOT, (hindi,))
    assert np.array_equal(line.samples[: len(first.samples)], first.samples)
    assert not line.samples[len(first.samples) : len(first.samples) + GAP].any()
    assert np.array_equal(line.samples[len(first.samples) + GAP :], second.samples)
    assert [word.text for word in line.words] == ["Yes", "please,", "जी,", "धन्यवाद।"]
    assert (line.language, line.voice) == ("en-IN+hi-IN", "espeak en-gb-scotland+espeak hi")


def test_a_piece_that_was_recorded_is_played(tmp_path: Path) -> None:
    tone = (0.3 * np.sin(np.arange(16000) / 10.0)).astype(np.float32)
    write_wav(tmp_path / "thanks.wav", tone)
    line = speak(SCOT, (Piece("Okay.", "en-GB"), Piece("Thanks.", "en-GB", str(tmp_path / "thanks.wav"))))
    assert line.voice == "espeak en-gb-scotland+recorded thanks.wav"
    assert [word.text for word in line.words] == ["Okay.", "Thanks."]
    write_wav(tmp_path / "thanks.wav", tone[:8000])
    shorter = speak(SCOT, (Piece("Thanks.", "en-GB", str(tmp_path / "thanks.wav")),))
    assert len(shorter.samples) < 9000, "a recording that has changed is read again"


@pytest.mark.parametrize(
    ("engine", "options", "message"),
    [
        ("espek", {}, "no such thing among the voices: 'espek' (did you mean 'espeak'?)"),
        ("espeak", {"acent": "en-us"}, "the voice 'espeak' has no such option: 'acent' (did you mean 'accent'?)"),
        ("recorded", {}, "the voice 'recorded' can't do without its option: 'audio'"),
        ("espeak", {"accent": "en-uk"}, "espeak has no such accent: 'en-uk'"),
    ],
)
def test_a_voice_that_is_not_there_is_refused_with_the_nearest(
    engine: str, options: dict[str, str], message: str
) -> None:
    spec = VoiceSpec(engine, options)
    for refuses in (lambda: check(spec, ["en-GB"]), lambda: speak(spec, (Piece("Hello.", "en-GB"),))):
        with pytest.raises(BadInput) as refused:
            refuses()
        assert str(refused.value).startswith(message)
