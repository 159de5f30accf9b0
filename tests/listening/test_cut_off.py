"""The beginning of a word that the agent itself cut off is speech, however short it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from harness.audio import RATE, Samples, on_grid, samples
from harness.listening.turns import listen
from harness.recording import Recording
from harness.timeline import AudioWithdrawn
from harness.voices import voice_for

STOP = samples(6.0)


@pytest.fixture(scope="module")
def speech() -> Samples:
    said = voice_for("pico")("Certainly, let me look into that for you.", "en-US")
    return said.samples[said.onset : said.end]


def heard(speech: Samples, pause: float, stump: float, noise: float = 0.0) -> Recording:
    """A sentence, a pause, and the first of another that stops at STOP, where the rest was withdrawn."""
    track = np.zeros(samples(8.0), np.float32)
    begin = STOP - samples(stump)
    end = begin - samples(pause)
    track[end - len(speech) : end] = speech
    loud = samples(0.2)
    track[begin:STOP] = speech[loud : loud + STOP - begin]
    if noise:
        track += noise * np.random.default_rng(1).standard_normal(len(track)).astype(np.float32)
    silent = np.zeros_like(track)
    return Recording(silent, silent, track, (AudioWithdrawn(STOP, RATE),))


@pytest.mark.parametrize("stump", [0.006, 0.02, 0.05, 0.09])
def test_what_sounds_right_up_to_the_stop_is_the_speech_that_was_stopped(speech: Samples, stump: float) -> None:
    spurts = listen(heard(speech, 0.6, stump)).spurts
    assert spurts[-1][1] == pytest.approx(STOP, abs=samples(0.003))
    assert spurts[-1][0] == pytest.approx(STOP - samples(stump), abs=samples(0.003))


def test_behind_a_short_pause_it_goes_on_with_its_spurt(speech: Samples) -> None:
    (spurt,) = listen(heard(speech, 0.2, 0.02)).spurts
    assert spurt[1] == pytest.approx(STOP, abs=samples(0.003))


def test_without_a_stop_it_is_a_click_and_none(speech: Samples) -> None:
    made = heard(speech, 0.6, 0.02)
    (spurt,) = listen(replace(made, events=())).spurts
    assert spurt[1] == pytest.approx(STOP - samples(0.62), abs=samples(0.005))


def test_a_stop_in_a_pause_adds_nothing(speech: Samples) -> None:
    made = heard(speech, 0.6, 0.02)
    late = replace(made, events=(AudioWithdrawn(STOP + samples(0.3), RATE),))
    assert len(listen(late).spurts) == 1


def test_under_noise_nobody_can_say(speech: Samples) -> None:
    assert len(listen(heard(speech, 0.6, 0.006, noise=0.003)).spurts) == 1


@pytest.mark.parametrize("stump", [0.02, 0.09])
def test_on_an_offset_it_is_found_where_it_is_without(speech: Samples, stump: float) -> None:
    plain = heard(speech, 0.6, stump)
    found, wanted = (
        listen(replace(plain, heard=on_grid(plain.heard + np.float32(offset)))).spurts for offset in (0.05, 0.0)
    )
    assert np.abs(np.subtract(found, wanted)).max() <= samples(0.001)
