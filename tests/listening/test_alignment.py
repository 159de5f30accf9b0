"""Lines planted in a track at known samples, under noise, other speech, and clocks that run apart."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.audio.resampling import resample
from harness.listening.alignment import Alignment, align
from harness.statistics import generator
from harness.voices import voice_for

TEXTS = (
    "Hello, I would like to book an appointment please.",
    "On Friday the thirteenth of March, at half past three, if that is possible.",
    "Yes.",
    "My name is John Smith, and my number is five five five one two three four.",
    "Yes.",
)


@cache
def _lines() -> tuple[Samples, ...]:
    voice = voice_for("pico", accent="en-GB")
    return tuple(voice(text, "en-GB").samples for text in TEXTS)


@cache
def _planted() -> tuple[Samples, tuple[int, ...]]:
    draw = generator(5, "places")
    track, at, places = np.zeros(32 * RATE, np.float32), RATE, []
    for line in _lines():
        at += int(draw.integers(8_000, 30_000))
        places.append(at)
        track[at : at + len(line)] += line
        at += len(line)
    return track, tuple(places)


def _noisy(track: Samples, snr: float) -> Samples:
    hiss = generator(2, "hiss").standard_normal(len(track)).astype(np.float32)
    return track + hiss * np.float32(10.0 ** ((-26.0 - snr) / 20.0))


def _places(found: Alignment) -> list[int | None]:
    return [None if placed is None else found.position(line, 0) for line, placed in enumerate(found.placed)]


def _ppm(found: Alignment) -> float:
    assert found.drift is not None
    return found.drift.ppm


@pytest.mark.parametrize("snr", [20.0, 0.0])
def test_lines_are_found_to_the_sample_under_noise_as_loud_as_they_are(snr: float) -> None:
    track, places = _planted()
    found = align(_noisy(track, snr), _lines())
    assert _places(found) == list(places)
    assert _ppm(found) == pytest.approx(0.0, abs=2.0)


def test_words_that_are_said_twice_are_found_twice() -> None:
    track, places = _planted()
    assert _places(align(track, _lines())) == list(places)


def test_a_line_under_somebody_who_talks_all_the_time_is_found_to_the_sample() -> None:
    track, places = _planted()
    other = voice_for("espeak", accent="en-us")(
        "Somebody else talks on and on and never stops for a breath. " * 9, "en-us"
    )
    talk = np.resize(other.samples, len(track))
    assert _places(align(track + talk, _lines())) == list(places)


@pytest.mark.parametrize("ppm", [50.0, 200.0, -200.0])
@pytest.mark.parametrize("snr", [30.0, 0.0])
def test_a_drift_of_clocks_is_found_and_edges_follow_it(ppm: float, snr: float) -> None:
    track, places = _planted()
    rate = 1.0 + ppm * 1e-6
    drifted = resample(track, 1_000_000, round(1_000_000 * rate))
    found = align(_noisy(drifted, snr), _lines())
    assert _ppm(found) == pytest.approx(ppm, abs=10.0)
    for number, (line, place) in enumerate(zip(_lines(), places, strict=True)):
        assert found.position(number, 0) == pytest.approx(place * rate, abs=2.0)
        assert found.position(number, len(line)) == pytest.approx((place + len(line)) * rate, abs=2.0)


def test_a_line_that_was_never_said_is_placed_nowhere() -> None:
    other = voice_for("espeak", accent="en-us")(
        "Somebody else talks about something different for a while. " * 4, "en-us"
    )
    found = align(other.samples, _lines())
    assert found.placed == (None,) * len(TEXTS)
    assert found.drift is None


def test_nothing_is_found_in_silence_or_in_less_than_a_line() -> None:
    for track in (np.zeros(RATE * 20, np.float32), np.zeros(3, np.float32), _lines()[0][:4000]):
        assert align(track, _lines()[:1]).placed == (None,)


def test_one_short_line_shows_no_drift() -> None:
    track, places = _planted()
    found = align(track, [_lines()[2]])
    assert found.drift is None
    assert found.placed == (None,), "it is said twice: which one it is isn't known"
    assert places
