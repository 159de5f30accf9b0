"""The caller's ears are causal: they find the agent's turns a little late, and never in line noise."""

from __future__ import annotations

import numpy as np
import pytest

from harness.audio import Samples
from harness.call.hearing import HANGOVER, Hearing
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
