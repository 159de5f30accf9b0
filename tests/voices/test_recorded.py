from pathlib import Path

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.audio.files import write_wav
from harness.audio.level import active_level
from harness.errors import BadInput
from harness.voices._delivery import LEAD, TAIL
from harness.voices.recorded import recorded


def buzz(seconds: float, level: float = 0.3) -> Samples:
    """A sound that is voiced from its first sample to its last."""
    return (level * np.sign(np.sin(2 * np.pi * 150.0 * np.arange(int(seconds * RATE)) / RATE + 0.1))).astype(np.float32)


def quiet(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


def test_a_recorded_line_is_trimmed_to_its_voiced_edges_and_levelled(tmp_path: Path) -> None:
    write_wav(tmp_path / "line.wav", np.concatenate([quiet(0.7), buzz(1.5), quiet(0.9)]))
    speech = recorded("Thanks, bye.", "en-US", audio=str(tmp_path / "line.wav"))
    assert (speech.onset, speech.end) == (LEAD, LEAD + 1.5 * RATE)
    assert len(speech.samples) == LEAD + 1.5 * RATE + TAIL
    assert active_level(speech.samples).dbov == pytest.approx(-26.0, abs=0.1)
    assert (speech.text, speech.language, speech.voice) == ("Thanks, bye.", "en-US", "recorded line.wav")


def test_a_pause_in_the_recording_is_taken_for_its_comma(tmp_path: Path) -> None:
    write_wav(tmp_path / "line.wav", np.concatenate([buzz(0.6), quiet(0.4), buzz(0.5)]))
    thanks, bye = recorded("Thanks, bye.", "en-US", audio=str(tmp_path / "line.wav")).words
    assert (thanks.start, bye.start) == (0, RATE)
    assert thanks.end == pytest.approx(0.6 * RATE, abs=0.01 * RATE)


def test_of_two_channels_the_mean_is_heard(tmp_path: Path) -> None:
    write_wav(tmp_path / "one.wav", buzz(1.0, 0.2))
    write_wav(tmp_path / "two.wav", np.stack([buzz(1.0, 0.4), quiet(1.0)], axis=1))
    one, two = (recorded("Hm.", "en", audio=str(tmp_path / name)).samples for name in ("one.wav", "two.wav"))
    assert np.abs(one - two).max() < 1e-4


def test_what_can_not_be_a_line_is_refused_by_name(tmp_path: Path) -> None:
    write_wav(tmp_path / "three.wav", np.stack([buzz(1.0)] * 3, axis=1))
    write_wav(tmp_path / "silent.wav", quiet(1.0))
    (tmp_path / "text.wav").write_text("no sound at all")
    for name, problem in {
        "three.wav": "one channel, or two: '3'",
        "silent.wav": "nothing can be heard",
        "text.wav": "not a sound file",
        "nowhere.wav": "no such recording",
    }.items():
        with pytest.raises(BadInput, match=problem) as refused:
            recorded("Thanks.", "en-US", audio=str(tmp_path / name))
        assert str(refused.value).startswith(f"{tmp_path / name}: ")
