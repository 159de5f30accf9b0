"""Sound files: what is written comes back to the bit, and what can't be read is refused by name."""

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from harness.audio import RATE, Samples, on_grid
from harness.audio.files import from_int16, read, to_int16, write_flac, write_wav
from harness.errors import BadInput, PartMissing
from tests.audio.sounds import hiss, talk, tone

WRITERS = [pytest.param(write_wav, "a.wav", id="wav"), pytest.param(write_flac, "a.flac", id="flac")]


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_what_was_written_comes_back_on_the_16_bit_grid_to_the_bit(write, name, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    stereo = np.stack([hiss(1.0, -8.0), talk(1.0)], axis=1)
    assert np.abs(stereo).max() > 1.0  # some of it clips
    write(tmp_path / name, stereo)
    back = read(tmp_path / name)
    assert back.dtype == np.float32
    assert np.array_equal(back, on_grid(stereo))
    write(tmp_path / f"again-{name}", back)
    assert np.array_equal(read(tmp_path / f"again-{name}"), back)


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_the_same_sound_makes_the_same_bytes(write, name, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / name, talk(1.0))
    write(tmp_path / f"b{name}", talk(1.0))
    assert (tmp_path / name).read_bytes() == (tmp_path / f"b{name}").read_bytes()


def test_one_track_comes_back_as_one_channel(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", talk(0.5))
    assert read(tmp_path / "a.wav").shape == (RATE // 2, 1)


def test_a_wav_holds_the_integers_round_of_clip_times_32767(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.array([0.0, 1.0, -1.0, 2.0, -2.0, 0.5, 1 / 32767], np.float32))
    raw = (tmp_path / "a.wav").read_bytes()
    assert struct.unpack("<7h", raw[-14:]) == (0, 32767, -32767, 32767, -32767, 16384, 1)


def test_every_16_bit_integer_survives_but_for_the_one_below_the_grid() -> None:
    every = np.arange(-32768, 32768).astype(np.int16)
    assert np.array_equal(to_int16(from_int16(every))[1:], every[1:])
    assert from_int16(every)[0] == -1.0


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000])
def test_a_recording_of_another_rate_is_brought_to_16_khz(rate: int, tmp_path: Path) -> None:
    t = np.arange(rate) / rate
    soundfile.write(tmp_path / "a.wav", 0.5 * np.sin(2 * np.pi * 440.0 * t), rate, subtype="FLOAT")
    sound = read(tmp_path / "a.wav")
    assert sound.shape == (RATE, 1)
    true = 0.5 * np.sin(2 * np.pi * 440.0 * np.arange(RATE) / RATE)
    assert np.abs(sound[500:-500, 0] - true[500:-500]).max() < 1e-3


@pytest.mark.parametrize("name", ["a.mp3", "a.ogg", "a.aiff"])
def test_other_formats_are_read_too(name: str, tmp_path: Path) -> None:
    soundfile.write(tmp_path / name, tone(440.0, 1.0), RATE)
    sound = read(tmp_path / name)
    assert sound.shape[1] == 1
    assert np.sqrt(np.mean(sound**2)) == pytest.approx(0.1, rel=0.05)


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    assert caught.value.file == str(path)
    return str(caught.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    assert "no such recording" in refused(tmp_path / "nowhere.wav")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "not a file" in refused(tmp_path)


def test_a_file_of_no_bytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"")
    assert "empty" in refused(tmp_path / "a.wav")


def test_a_file_of_no_samples_is_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.zeros(0, np.float32))
    assert "no samples" in refused(tmp_path / "a.wav")


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.ogg"])
def test_garbage_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"this is no sound at all, whatever it is called" * 50)
    assert "not a sound file" in refused(tmp_path / name)


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_recording_that_is_cut_short_is_refused(name: str, share: float, tmp_path: Path) -> None:
    (write_wav if name == "a.wav" else write_flac)(tmp_path / name, hiss(2.0, -20.0))
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: round(share * len(whole))])
    refused(tmp_path / name)


def test_a_wav_from_a_pipe_whose_header_knows_no_length_is_read(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", talk(0.5))
    raw = bytearray((tmp_path / "a.wav").read_bytes())
    raw[4:8] = raw[40:44] = b"\xff\xff\xff\xff"
    (tmp_path / "a.wav").write_bytes(raw)
    assert np.array_equal(read(tmp_path / "a.wav")[:, 0], on_grid(talk(0.5)))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_no_numbers_are_refused(value: float, tmp_path: Path) -> None:
    sound: Samples = talk(0.5)
    sound[100] = value
    soundfile.write(tmp_path / "a.wav", sound, RATE, subtype="FLOAT")
    assert "no numbers" in refused(tmp_path / "a.wav")


def test_a_format_that_only_ffmpeg_might_know_says_what_it_takes(tmp_path: Path) -> None:
    (tmp_path / "a.m4a").write_bytes(b"\x00\x00\x00\x18ftypM4A nothing follows" * 9)
    # Where ffmpeg is there it refuses the file itself.
    with pytest.raises((PartMissing, BadInput), match=r"ffmpeg|not a sound file"):
        read(tmp_path / "a.m4a")
