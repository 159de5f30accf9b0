import struct
import sys
import zlib
from base64 import b64encode
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from harness.audio import FRAME, RATE, Samples, on_grid
from harness.effects.telephone import Telephone
from harness.errors import PartMissing
from harness.reporting.opened import OpenCall
from harness.reporting.spectrum import (
    BANDS,
    MOST,
    QUIET,
    Spectrum,
    around,
    colours,
    height,
    picture,
    spectrum,
    spectrum_html,
    stretches,
)
from harness.score import Span
from tests.reporting.cards import FAILS, PASSES, row
from tests.reporting.runs import planted


def tone(pitch: float, seconds: float = 0.5) -> Samples:
    return on_grid((0.25 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32))


def noise(seconds: float = 0.5) -> Samples:
    return on_grid((0.1 * np.random.default_rng(1).standard_normal(round(seconds * RATE))).astype(np.float32))


def pixels(png: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """The colours' numbers of a picture, read back chunk by chunk."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(png):
        long, name = struct.unpack(">I4s", png[at : at + 8])
        chunks[name] = png[at + 8 : at + 8 + long]
        assert struct.unpack(">I", png[at + 8 + long : at + 12 + long])[0] == zlib.crc32(name + chunks[name])
        at += 12 + long
    wide, high = struct.unpack(">II", chunks[b"IHDR"][:8])
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(high, wide + 1)
    assert not lines[:, 0].any()
    return lines[:, 1:]


def call(plain: dict[str, Any], **what: Any) -> OpenCall:
    made = planted()
    opened = OpenCall(plain, None, None, made.recording, made, None, True)  # type: ignore[arg-type]
    return replace(opened, **what)


@pytest.mark.parametrize("pitch", [440.0, 1000.0, 3000.0, 6000.0])
def test_a_tone_is_brightest_at_its_own_pitch(pitch: float) -> None:
    shown = spectrum(tone(pitch))
    loudest = shown.pitches[shown.levels[:, 5:-5].argmax(axis=0)]
    assert np.abs(loudest / pitch - 1).max() < 0.03
    away = np.abs(shown.pitches / pitch - 1) > 0.5
    assert shown.levels[~away].max() - shown.levels[away][:, 5:-5].max() > 50


def test_a_picture_has_the_highest_pitch_on_top_where_its_axis_says() -> None:
    drawn = pixels(picture(spectrum(tone(1000.0))))
    assert drawn.shape == (BANDS, 50)
    middle = 100 - 100 * (drawn[:, 25].argmax() + 0.5) / BANDS
    assert abs(middle - height(1000.0)) < 100 / BANDS
    assert (height(0.0), height(8000.0)) == (0.0, 100.0)


@pytest.mark.parametrize("codec", ["none", "mulaw"])
def test_a_telephone_has_nothing_above_its_band_where_the_clean_line_has(codec: str) -> None:
    clean = noise()
    line = Telephone(codec)
    sent = np.concatenate([line(clean[at : at + FRAME]) for at in range(0, len(clean), FRAME)])
    before, after = spectrum(clean), spectrum(sent)
    high, speech = before.pitches > 4200, (before.pitches > 500) & (before.pitches < 3000)
    assert before.levels[high].mean() - after.levels[high].mean() > 30
    assert abs(before.levels[speech].mean() - after.levels[speech].mean()) < 3


def test_noise_of_one_density_has_one_level_at_every_pitch() -> None:
    levels = spectrum(noise(2.0)).levels.mean(axis=1)
    assert np.ptp(levels) < 4
    # 0.01 of power over 8000 Hz; a mean of decibels lies up to 2.5 dB below that of the power.
    assert abs(levels.mean() - 10 * np.log10(0.01 / 8000)) < 3


def test_a_gap_in_the_sound_is_dark_from_top_to_bottom() -> None:
    sound = noise(1.0)
    sound[RATE // 2 : RATE // 2 + 4 * FRAME] = 0
    drawn = pixels(picture(spectrum(sound)))
    assert not drawn[:, 51:57].any()
    assert drawn[:, :49].min() > 0
    assert drawn[:, 59:].min() > 0


def test_a_stretch_begins_and_ends_where_it_was_asked() -> None:
    sound = np.concatenate([tone(3000.0, 1.0), tone(500.0, 1.0), tone(3000.0, 1.0)])
    shown = spectrum(sound, 1.0, 2.0)
    assert (shown.start, shown.end, shown.levels.shape) == (1.0, 2.0, (BANDS, 100))
    loudest = shown.pitches[shown.levels.argmax(axis=0)]
    assert np.abs(loudest[2:-2] / 500 - 1).max() < 0.05
    np.testing.assert_allclose(shown.levels, spectrum(sound).levels[:, 100:200], atol=1e-3)


@pytest.mark.parametrize("sound", [np.zeros(0, np.float32), np.zeros(RATE, np.float32), tone(440.0)[:3]])
def test_nothing_silence_and_three_samples_have_a_picture(sound: Samples) -> None:
    shown = spectrum(sound)
    assert shown.levels.shape[1] == max(1, round(shown.end / 0.01))
    assert pixels(picture(shown)).shape == shown.levels.shape
    if not sound.any():
        assert shown.levels.max() < QUIET


def test_a_stretch_that_lies_outside_the_call_is_empty() -> None:
    shown = spectrum(tone(440.0), 3.0, 9.0)
    assert (shown.start, shown.end, shown.levels.shape) == (0.5, 0.5, (BANDS, 1))


def test_louder_is_lighter_by_steps_that_look_alike() -> None:
    rgb = colours().astype(float) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    light = 116 * np.cbrt(linear @ [0.2126, 0.7152, 0.0722])
    steps = np.diff(light[16::16])
    assert steps.min() / steps.mean() > 0.6
    assert steps.max() / steps.mean() < 1.4


def test_the_colours_ends_are_the_quietest_and_the_loudest_that_are_told_apart() -> None:
    levels = np.full((BANDS, 3), [[-200.0, -80.0, 0.0]], np.float32)
    assert pixels(picture(Spectrum(0.0, 0.03, levels, np.zeros(BANDS))))[0].tolist() == [0, 128, 255]


@pytest.mark.parametrize(
    ("span", "length", "shown"),
    [
        (Span(30.0, 36.0), 60.0, (29.0, 37.0)),
        (Span(30.0, 31.0), 60.0, (27.5, 33.5)),
        (Span(0.2, 1.0), 60.0, (0.0, 6.0)),
        (Span(59.0, 60.0), 60.0, (54.0, 60.0)),
        (Span(10.0, 50.0), 60.0, (9.0, 29.0)),
        (Span(1.0, 2.0), 3.0, (0.0, 3.0)),
        (Span(0.0, 0.0), 0.0, (0.0, 0.0)),
    ],
)
def test_a_turn_is_shown_among_its_neighbours_and_a_long_one_is_cut(
    span: Span, length: float, shown: tuple[float, float]
) -> None:
    assert around(span, length) == shown


def test_the_evidence_of_missed_limits_comes_first_and_then_every_turn() -> None:
    titles = [one.title for one in stretches(call(row("one-0", FAILS)))]
    assert titles[0] == "00:14.0 ✗ response_latency.max 2.310 s"
    turns = [one for one in titles if "✗" not in one]
    assert turns[0] == "00:00.5 agent: Hello, how can I help?"
    assert turns[1] == "00:05.0 caller: I would like to book a table on the twelfth"
    assert len(turns) == len(planted().turns)


def test_a_call_that_nobody_listened_to_is_shown_piece_by_piece() -> None:
    long = replace(planted().recording, heard=np.zeros(RATE * 45, np.float32))
    found = stretches(call(row("one-0", PASSES), recording=long, conversation=None))
    assert [(one.start, one.end) for one in found] == [(0.0, MOST), (MOST, 2 * MOST), (2 * MOST, 45.0)]
    empty = replace(long, heard=np.zeros(0, np.float32), sent=np.zeros(0, np.float32))
    (only,) = stretches(call(row("one-0", PASSES), recording=empty, conversation=None))
    assert spectrum_html(empty, only).count("data:image/png;base64,") == 2


def test_what_was_sent_stands_above_what_was_heard_with_seconds_and_kilohertz() -> None:
    opened = call(row("one-0", PASSES))
    assert opened.recording is not None
    page = spectrum_html(opened.recording, stretches(opened)[1])
    sent, _, heard = page.partition("as heard by the caller")
    assert "as sent to the agent" in sent
    for part, track in ((sent, opened.recording.sent), (heard, opened.recording.heard)):
        assert b64encode(picture(spectrum(track, 3.5, 9.5))).decode() in part
    assert ">8 kHz</span>" in page
    assert f'<span style="bottom:{height(4000.0):.2f}%">4</span>' in page
    # The turn is from 5 to 8 s; the picture shows 6 s, from 3.5 to 9.5.
    assert page.count('<b style="left:25.00%">0:05</b>') == 2
    assert page.count('style="left:25.00%;width:50.00%"') == 2


def test_without_librosa_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "librosa", None)
    with pytest.raises(PartMissing, match=r"pip install 'vahness\[audio\]'"):
        spectrum(tone(440.0))
