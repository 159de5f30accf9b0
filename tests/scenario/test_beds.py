"""Beds are found by name: beside the scenario, at its suite's root, then in the package."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from harness.audio import RATE, Samples, on_grid
from harness.audio.files import write_flac, write_wav
from harness.errors import BadInput
from harness.scenario.beds import bed_names, find_bed
from tests.audio.sounds import hiss, silence, tone


def a_suite(root: Path) -> Path:
    """A suite with a folder of scenarios inside; gives that folder."""
    (root / "suite.yaml").write_text("", encoding="utf-8")
    (root / "noise").mkdir()
    inside = root / "loud" / "places"
    (inside / "noise").mkdir(parents=True)
    return inside


def test_a_bed_of_the_package_is_found_from_anywhere(tmp_path: Path) -> None:
    assert len(find_bed("cafe", tmp_path)) == len(find_bed("cafe")) == 30 * RATE


def test_a_bed_is_the_same_array_each_time_it_is_asked_for() -> None:
    assert find_bed("car") is find_bed("car")


def test_a_bed_beside_the_scenario_comes_before_the_suites_and_the_packages(tmp_path: Path) -> None:
    inside = a_suite(tmp_path)
    write_flac(tmp_path / "noise" / "cafe.flac", hiss(3.0, -30.0))
    assert len(find_bed("cafe", inside)) == pytest.approx(3 * RATE, abs=RATE // 4)
    write_wav(inside / "noise" / "cafe.wav", hiss(2.0, -30.0))
    assert len(find_bed("cafe", inside)) == pytest.approx(2 * RATE, abs=RATE // 4)
    assert len(find_bed("cafe")) == 30 * RATE


def test_a_name_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    inside = a_suite(tmp_path)
    write_wav(inside / "noise" / "workshop.wav", hiss(2.0, -30.0))
    assert "workshop" in bed_names(inside)
    with pytest.raises(BadInput, match="did you mean 'workshop'"):
        find_bed("worksop", inside)
    with pytest.raises(BadInput, match="no such noise bed"):
        find_bed("../noise/workshop", inside)


def test_a_recording_of_ones_own_goes_round_without_a_click(tmp_path: Path) -> None:
    inside = a_suite(tmp_path)
    cut = tone(313.7, 2.0, -20.0)  # its end and start don't meet
    write_wav(inside / "noise" / "tone.wav", cut)
    loop = find_bed("tone", inside)
    assert len(loop) == 2 * RATE - RATE // 4
    assert abs(float(loop[0] - loop[-1])) <= 1.05 * float(np.abs(np.diff(cut)).max())
    assert np.array_equal(loop[RATE // 4 :], on_grid(cut)[RATE // 4 : 2 * RATE - RATE // 4])


def test_a_stereo_recording_of_another_rate_is_mixed_and_resampled(tmp_path: Path) -> None:
    inside = a_suite(tmp_path)
    t = np.arange(3 * 44100) / 44100
    left = 0.4 * np.sin(2 * np.pi * 500.0 * t)
    soundfile.write(inside / "noise" / "stereo.wav", np.stack([left, 0 * left], axis=1), 44100)
    loop = find_bed("stereo", inside)
    assert loop.shape == (3 * RATE - RATE // 4,)
    assert np.sqrt(np.mean(loop[RATE:] ** 2)) == pytest.approx(0.2 / 2**0.5, rel=0.01)


@pytest.mark.parametrize(
    ("sound", "why"), [(hiss(0.5, -30.0), "at least a second"), (silence(2.0), "silent")], ids=["short", "silent"]
)
def test_a_bed_that_is_no_use_is_refused(sound: Samples, why: str, tmp_path: Path) -> None:
    inside = a_suite(tmp_path)
    write_wav(inside / "noise" / "mine.wav", sound)
    with pytest.raises(BadInput, match=why):
        find_bed("mine", inside)
