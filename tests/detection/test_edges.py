"""Where speech starts and stops, in tracks without noise of their own."""

from __future__ import annotations

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.audio.level import active_level
from harness.detection import BRIDGED, spurts
from harness.selftest.dialogues import CLEAN, G711, Condition, Dialogue, Tally, dialogue, middle, voiced_spurts, within
from tests.detection.sounds import SENTENCE, TALKERS, said, track

LINES = ("Yes.", SENTENCE, "Sure, one moment please.", "She sells sea shells.")


def spoken(condition: Condition, engine: str = "pico", accent: str = "en-US", seed: int = 1) -> Dialogue:
    agent = [said(text, engine, accent) for text in LINES]
    return dialogue(agent, agent[::-1], condition, seed)


@pytest.mark.parametrize(("engine", "accent"), TALKERS)
def test_a_spurt_begins_and_ends_on_its_voiced_edges_to_the_sample(engine: str, accent: str) -> None:
    planted = spoken(CLEAN, engine, accent)
    found = spurts(planted.recording.heard)
    assert len(found.spurts) == len(planted.spurts) >= len(LINES)
    # The level is measured to a hundredth of a dB; an edge that rises slowly moves by a few samples for that.
    assert np.abs(np.subtract(found.spurts, planted.spurts)).max() <= RATE // 1000
    assert found.level == pytest.approx(planted.level, abs=0.05)


@pytest.mark.parametrize("level", [-50.0, -38.0, -18.0])
def test_the_edges_are_the_same_however_loud_the_speech_is(level: float) -> None:
    quiet, usual = spoken(Condition("", level=level)), spoken(CLEAN)
    found = spurts(quiet.recording.heard)
    assert np.abs(np.subtract(found.spurts, usual.spurts)).max() <= RATE // 100
    assert found.level == pytest.approx(level, abs=1.5)


def test_silences_are_bridged_up_to_250_ms_to_the_sample() -> None:
    word = said("Yes.")
    voiced = word.samples[word.onset : word.end]
    counts = []
    for silence in range(BRIDGED - 200, BRIDGED + 40, 10):
        heard = track(4.0, (RATE, voiced), (RATE + len(voiced) + silence, voiced))
        found = spurts(heard, veto=False).spurts
        assert found == voiced_spurts(heard, active_level(heard).dbov)
        counts.append(len(found))
    assert counts == sorted(counts)
    assert {*counts} == {1, 2}


def test_speech_may_fill_its_track_from_the_first_sample_to_the_last() -> None:
    word = said("Sure, one moment please.")
    voiced = word.samples[word.onset : word.end]
    found = spurts(voiced).spurts
    assert found[0][0] <= RATE // 200
    assert found[-1][1] >= len(voiced) - RATE // 200


def test_a_monologue_without_a_rest_keeps_every_edge() -> None:
    planted = spoken(CLEAN)
    lines = [said(text).samples for text in LINES] * 4
    whole = np.concatenate(lines)
    found = spurts(whole)
    assert found.resolution == pytest.approx(0.002)
    assert found.level == pytest.approx(active_level(whole).dbov, abs=0.05)
    assert len(found.spurts) >= len(planted.spurts)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 511, 5_000, 16_000, 16_001])
def test_silence_of_any_length_holds_no_spurt(length: int) -> None:
    found = spurts(np.zeros(length, np.float32))
    assert found.spurts == ()
    assert found.level == found.floor == -100.0
    assert found.windows == 0


def test_a_bias_on_the_line_is_no_speech() -> None:
    """A-law has no level at zero: an idle line lies at its least one."""
    planted = spoken(CLEAN)
    idle: Samples = planted.recording.heard + np.float32(8 / 32768)
    assert len(spurts(idle).spurts) == len(planted.spurts)


def test_through_g711_most_onsets_are_within_20_ms_and_half_within_one() -> None:
    tally = Tally()
    for engine, accent in TALKERS:
        planted = spoken(G711, engine, accent)
        tally.note(planted, spurts(planted.recording.heard))
    assert within(tally.onsets) >= 0.88
    assert middle(tally.onsets) <= 1.0
    assert tally.invented == 0


def test_the_same_track_gives_the_same_spurts_again() -> None:
    heard = spoken(CLEAN).recording.heard
    assert spurts(heard) == spurts(heard)
