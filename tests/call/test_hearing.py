"""The caller's ears are causal: they find the agent's turns a little late, and never in line noise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from harness.audio import FRAME, RATE, Samples, on_grid
from harness.audio.files import read
from harness.call.hearing import HANGOVER, Hearing, bare_offset
from harness.voices import voice_for
from tests.call.lines import tone


def heard(track: Samples) -> list[tuple[str, int, int]]:
    """(on or off, frame it was known, sample it was put at)."""
    ears = Hearing()
    found = []
    for number in range(len(track) // 320):
        change = ears.hear(number, track[number * 320 : (number + 1) * 320])
        if change:
            found.append((change, number, ears.onset if change == "on" else ears.stop))
    return found


def test_an_onset_is_put_where_the_sound_rose_and_a_stop_where_it_ended() -> None:
    track = np.zeros(16000 * 4, np.float32)
    track[10123 : 10123 + 16000] = tone(1.0)
    (on, known, onset), (off, late, stop) = heard(track)
    assert (on, off) == ("on", "off")
    assert abs(onset - 10123) <= 2
    assert 0 <= stop - 26123 < 320
    assert known * 320 - onset <= 2 * 320
    assert late == stop // 320 + HANGOVER - 1


def test_a_pause_for_breath_is_no_end_of_a_turn() -> None:
    track = np.zeros(16000 * 5, np.float32)
    track[8000:24000] = tone(1.0)
    track[24000 + 8000 : 48000] = tone(1.0)
    assert [change for change, _, _ in heard(track)] == ["on", "off"]


@pytest.mark.parametrize("level", [-60, -50, -40])
def test_comfort_noise_is_never_speech_and_speech_in_it_is_heard(level: int) -> None:
    noise = np.random.default_rng(7).normal(0, 10 ** (level / 20), 16000 * 6).astype(np.float32)
    noise[:4000] = 0.0
    assert heard(noise) == []
    noise[32000:48000] += tone(1.0)
    changes = heard(noise)
    assert [change for change, _, _ in changes] == ["on", "off"]
    assert abs(changes[0][2] - 32000) <= 320


def answers(dbfs: float = -np.inf, *, playing: bool = True, lead: float = 0.1) -> Samples:
    """Two sentences with silence around each, on an offset: under what plays, or under the whole track."""
    track = np.zeros(9 * RATE, np.float32)
    offset = np.float32(10.0 ** (dbfs / 20.0))
    for at, words in (
        (RATE + 7, "Your appointment is on Friday, at half past three."),
        (6 * RATE + 99, "Sure, one moment please."),
    ):
        clip = np.pad(voice_for("pico")(words, "en").samples, round(lead * RATE))
        track[at : at + len(clip)] = clip + (offset if playing else np.float32(0.0))
    return on_grid(track if playing else track + offset)


@pytest.mark.parametrize("dbfs", [-40.0, -26.0, -20.0])
@pytest.mark.parametrize("playing", [True, False])
@pytest.mark.parametrize("lead", [0.0, 0.1])
def test_an_offset_is_no_speech_and_hides_none(dbfs: float, playing: bool, lead: float) -> None:
    wanted, found = heard(answers(lead=lead)), heard(answers(dbfs, playing=playing, lead=lead))
    assert [change for change, _, _ in found] == [change for change, _, _ in wanted] == ["on", "off"] * 2
    assert max(abs(one[1] - other[1]) for one, other in zip(found, wanted, strict=True)) <= 1
    assert max(abs(one[2] - other[2]) for one, other in zip(found, wanted, strict=True)) <= FRAME


@pytest.mark.parametrize("dbfs", [-40.0, -26.0, -20.0])
def test_nothing_but_an_offset_is_never_heard(dbfs: float) -> None:
    bare = np.zeros(3 * RATE, np.float32)
    bare[5000:21111] = bare[30010:31000] = np.float32(10.0 ** (dbfs / 20.0))
    assert heard(bare) == []


def test_no_sound_is_taken_for_an_offset_nor_any_rumble() -> None:
    beds = [np.ravel(read(bed)) for bed in sorted((Path(__file__).parents[2] / "noise").glob("*.flac"))]
    words = "She sells sea shells, one moment please."
    speech = [voice_for(engine)(words, "en").samples for engine in ("pico", "espeak")]
    assert len(beds) >= 6
    for sound in (*beds, *speech, tone(1.0)):
        frames = np.pad(sound, (0, -len(sound) % FRAME)).reshape(-1, FRAME)
        assert not any(bare_offset(frame, float(np.dot(frame, frame)) / FRAME) for frame in frames if frame.any())
