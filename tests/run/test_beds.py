"""The beds that come with the package: what the table says of them, and that they are fit for any call."""

import hashlib

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.audio.files import read
from harness.audio.level import active_level, dbov
from harness.effects._band import limited
from harness.run.beds import LEVEL, MADE, make, sources
from harness.scenario.beds import find_bed
from harness.scenario.places import shipped

NOISE = shipped("noise")


def octave(bed: Samples, centre: float) -> float:
    """The power density in an octave, in dB."""
    f = np.fft.rfftfreq(len(bed), 1.0 / RATE)
    power = np.abs(np.fft.rfft(bed.astype(np.float64))) ** 2
    return float(10.0 * np.log10(power[(f >= centre / 2**0.5) & (f < centre * 2**0.5)].mean()))


def swings(bed: Samples, seconds: float) -> float:
    """By how many dB the level of any stretch of the loop differs from the whole's, at most."""
    count = round(seconds * RATE)
    total = np.concatenate([[0.0], np.cumsum(np.tile(bed.astype(np.float64) ** 2, 2))])
    power = (total[count : count + len(bed)] - total[: len(bed)]) / count
    return float(np.abs(10.0 * np.log10(power / np.mean(bed.astype(np.float64) ** 2))).max())


def test_the_table_of_sources_is_that_of_the_files_there() -> None:
    table = (NOISE / "SOURCES.md").read_text(encoding="utf-8")
    assert table == sources(NOISE, tuple(MADE))
    assert {file.stem for file in NOISE.glob("*.flac")} == set(MADE)
    for file in NOISE.glob("*.flac"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in table


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_bed_is_half_a_minute_of_one_track_at_its_level_and_below_a_megabyte(name: str) -> None:
    assert read(NOISE / f"{name}.flac").shape == (30 * RATE, 1)
    assert active_level(find_bed(name)).dbov == pytest.approx(LEVEL, abs=0.02)
    assert (NOISE / f"{name}.flac").stat().st_size < 1_000_000


@pytest.mark.parametrize("name", sorted(MADE))
def test_any_ten_seconds_of_a_bed_have_its_level_within_half_a_db(name: str) -> None:
    bed = find_bed(name)
    assert swings(bed, 10.0) < 0.5
    assert swings(limited(np.concatenate([bed[-RATE:], bed]))[RATE:], 10.0) < 0.5


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_loop_has_no_click_at_its_seam(name: str) -> None:
    bed = find_bed(name).astype(np.float64)
    bends = np.abs(np.diff(np.concatenate([bed[-2:], bed[:2]]), 2))
    assert bends.max() < 5.0 * np.std(np.diff(bed, 2))
    around = np.concatenate([bed[-80:], bed[:80]]).astype(np.float32)
    assert dbov(around) < dbov(bed.astype(np.float32)) + 8.0


@pytest.mark.parametrize("name", ["car", "pink"])
def test_the_same_numbers_make_the_same_bed_again(name: str) -> None:
    off = np.abs(make(name) - find_bed(name))
    assert off.max() <= 1.01 * 0.5 / 32767.0 + 1e-6  # but for its rounding to 16 bits


def test_a_cars_noise_falls_by_9_to_12_db_an_octave() -> None:
    levels = [octave(find_bed("car"), centre) for centre in (125.0, 250.0, 500.0, 1000.0, 2000.0)]
    for falls in -np.diff(levels):
        assert 8.5 < falls < 12.5


def test_coloured_noise_falls_as_its_colour_has_it() -> None:
    for name, falls in (("pink", 3.01), ("brown", 6.02)):
        levels = [octave(find_bed(name), centre) for centre in (125.0, 250.0, 500.0, 1000.0, 2000.0)]
        assert -np.diff(levels) == pytest.approx(np.full(4, falls), abs=0.4)


def test_a_street_swells_and_a_cafe_chatters_where_pink_noise_is_even() -> None:
    assert swings(find_bed("street"), 0.5) > 2.5
    assert swings(find_bed("cafe"), 0.25) > 2.5
    assert swings(find_bed("pink"), 0.5) < 1.0


def test_a_cafe_has_its_power_where_speech_has() -> None:
    levels = {centre: octave(find_bed("cafe"), centre) for centre in (63.0, 250.0, 500.0, 1000.0, 4000.0)}
    assert min(levels[250.0], levels[500.0], levels[1000.0]) > max(levels[63.0], levels[4000.0])
