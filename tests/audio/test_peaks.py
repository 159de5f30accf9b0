"""Peaks for drawing."""

import numpy as np

from harness.audio.peaks import SLICE, peaks
from tests.audio.sounds import hiss, silence


def test_each_slice_has_its_least_and_greatest_sample() -> None:
    sent, heard = hiss(0.5, -20.0), hiss(0.5, -20.0, seed=1)
    drawn = peaks([sent, heard])
    assert drawn.shape == (2, 2, 50)
    assert np.array_equal(peaks(np.stack([sent, heard])), drawn)
    for track, swings in zip((sent, heard), drawn, strict=True):
        slices = [track[i : i + SLICE] for i in range(0, len(track), SLICE)]
        assert swings[0].tolist() == [float(s.min()) for s in slices]
        assert swings[1].tolist() == [float(s.max()) for s in slices]


def test_a_spike_of_one_sample_is_seen_in_its_slice_alone() -> None:
    track = silence(1.0)
    track[SLICE * 7 + 3] = -0.5
    drawn = peaks([track])
    assert np.flatnonzero(drawn[0, 0]).tolist() == [7]
    assert drawn[0, 0, 7] == -0.5
    assert not drawn[0, 1].any()


def test_what_is_left_at_the_end_is_a_slice_too() -> None:
    drawn = peaks([np.arange(SLICE + 2, dtype=np.float32)])
    assert drawn.shape == (1, 2, 2)
    assert drawn[0, :, 1].tolist() == [SLICE, SLICE + 1]


def test_no_sound_has_no_peaks() -> None:
    assert peaks([silence(0.0), silence(0.0)]).shape == (2, 2, 0)
    assert peaks([]).shape == (0, 2, 0)
