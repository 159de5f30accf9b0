from io import BytesIO

import numpy as np
import soundfile

from harness.audio import RATE
from harness.audio.files import from_int16
from harness.reporting.clips import clip, evidence
from harness.score import Span
from tests.reporting.runs import planted


def heard(flac: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    integers, rate = soundfile.read(BytesIO(flac), dtype="int16")
    assert rate == RATE
    return from_int16(integers)


def test_a_clip_holds_the_very_samples_that_were_recorded() -> None:
    recording = planted().recording
    np.testing.assert_array_equal(heard(clip(recording, "heard", 1.0, 2.5)), recording.heard[RATE : RATE * 5 // 2])
    np.testing.assert_array_equal(heard(clip(recording, "sent")), recording.sent)


def test_of_both_parties_the_caller_is_left_and_the_agent_right() -> None:
    recording = planted().recording
    both = heard(clip(recording, "both", 10.9, 11.5))
    np.testing.assert_array_equal(both[:, 0], recording.sent[int(10.9 * RATE) : int(11.5 * RATE)])
    np.testing.assert_array_equal(both[:, 1], recording.heard[int(10.9 * RATE) : int(11.5 * RATE)])
    assert np.abs(both).max(axis=0).min() > 0.2


def test_evidence_comes_with_a_second_around_it_and_ends_with_the_call() -> None:
    recording = planted().recording
    assert len(heard(evidence(recording, Span(8.0, 9.2)))) == round(3.2 * RATE)
    assert len(heard(evidence(recording, Span(16.0, 16.0)))) == RATE * 3 // 2
    assert len(heard(evidence(recording, Span(0.2, 0.4)))) == round(1.4 * RATE)
