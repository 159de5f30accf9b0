"""What sounds is speech only where Silero says so; it is asked sparingly."""

from __future__ import annotations

import numpy as np
import pytest

from harness.audio import RATE
from harness.audio.level import active_level
from harness.detection import spurts
from harness.detection.silero import WINDOW, is_key
from harness.selftest.dialogues import voiced_spurts
from tests.detection.sounds import NO_SPEECH, SENTENCE, TALKERS, bang, hiss, keys, said, track


@pytest.mark.parametrize("name", NO_SPEECH)
def test_what_is_no_speech_is_no_spurt(name: str) -> None:
    assert spurts(track(9.0, (RATE, NO_SPEECH[name]()))).spurts == ()


@pytest.mark.parametrize(("engine", "accent"), TALKERS)
@pytest.mark.parametrize("word", ["Yes.", "No.", "Okay.", "Five."])
def test_the_shortest_word_is_speech(engine: str, accent: str, word: str) -> None:
    heard = track(3.0, (RATE, said(word, engine, accent).samples))
    found, true = spurts(heard).spurts, voiced_spurts(heard, active_level(heard).dbov)
    assert len(found) == len(true) == 1
    assert found[0] == pytest.approx(true[0], abs=RATE // 1000)


def test_a_hum_before_the_words_belongs_to_them() -> None:
    heard = track(4.0, (RATE, said("Hmm, let me see.", "pico", "en-GB").samples))
    assert spurts(heard).spurts[0] == voiced_spurts(heard, active_level(heard).dbov)[0]


@pytest.mark.parametrize("name", ["a bang", "typing", "a burst of hiss", "hiss that swells"])
@pytest.mark.parametrize("gap", [0.0, 0.1])
def test_a_noise_before_speech_is_not_its_onset(name: str, gap: float) -> None:
    noise, line = NO_SPEECH[name](), said(SENTENCE)
    begin = RATE + len(noise) + round(gap * RATE)
    heard = track(15.0, (RATE, noise), (begin, line.samples))
    start, _ = spurts(heard).spurts[0]
    # Where they touch nothing but Silero's windows of 32 ms tells them apart.
    assert start == pytest.approx(begin + line.onset, abs=RATE // 50 if gap else RATE // 10)
    assert spurts(heard, veto=False).spurts[0][0] < begin


@pytest.mark.parametrize("name", ["typing", "a burst of hiss", "hiss that swells", "ringing"])
def test_a_noise_after_speech_is_not_its_end(name: str) -> None:
    noise, line = NO_SPEECH[name](), said(SENTENCE)
    after = RATE + line.end + RATE // 10
    heard = track(15.0, (RATE, line.samples), (after, noise))
    _, end = spurts(heard).spurts[-1]
    assert RATE + line.end - RATE // 50 <= end <= RATE + line.end + RATE // 3
    assert spurts(heard, veto=False).spurts[-1][1] > after + len(noise) // 2


def test_silero_hears_a_fifth_of_a_dialogue_and_all_of_a_noise() -> None:
    line = said(SENTENCE)
    heard = track(24.0, *((second * RATE, line.samples) for second in (1, 7, 13, 19)))
    found = spurts(heard)
    assert len(found.spurts) >= 4
    assert 0 < found.windows * WINDOW <= len(heard) / 5
    assert spurts(track(9.0, (RATE, NO_SPEECH["hiss that swells"]()))).windows * WINDOW >= 2.5 * RATE


def test_without_the_veto_silero_is_never_asked_and_what_sounds_counts() -> None:
    found = spurts(track(3.0, (RATE, bang())), veto=False)
    assert len(found.spurts) == 1
    assert found.windows == 0


def test_quiet_speech_is_heard_as_speech() -> None:
    line = said("Yes.")
    assert len(spurts(track(3.0, (RATE, line.samples * np.float32(10 ** (-46 / 20))))).spurts) == 1


def test_a_key_is_told_from_a_voice() -> None:
    dialled, line = keys(), said(SENTENCE)
    assert all(is_key(dialled[at : at + WINDOW]) for at in (0, 3_400, 6_600))
    voiced = line.samples[line.onset : line.end]
    assert not any(is_key(voiced[at : at + WINDOW]) for at in range(0, len(voiced) - WINDOW, WINDOW))
    assert not is_key(hiss(WINDOW / RATE, -26.0))
