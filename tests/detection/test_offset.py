"""A constant offset under an agent's speech is inaudible, and hides none of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from harness.audio import RATE, Samples, on_grid
from harness.audio.files import from_int16, read, to_int16
from harness.audio.g711 import alaw_decode, alaw_encode
from harness.audio.resampling import resample
from harness.detection import spurts
from harness.detection.offset import without_offset
from tests.detection.sounds import NO_SPEECH, SENTENCE, TALKERS, Sound, at_rms, hiss, room, rumble, said, track

LINES = ("Yes.", SENTENCE, "Sure, one moment please.")
LEAD = RATE // 10
LEVELS = (-40.0, -26.0, -20.0)


@cache
def clips() -> tuple[tuple[int, Samples], ...]:
    """What an agent plays, and from which sample on: each line with a tenth of a second of silence on either side."""
    placed, at = [], RATE + 3
    for line in LINES:
        clip = np.pad(said(line).samples, LEAD)
        placed.append((at, clip))
        at += len(clip) + RATE // 2 + 5
    return tuple(placed)


def clean() -> Samples:
    at, clip = clips()[-1]
    return on_grid(track((at + len(clip)) / RATE + 2.0, *clips()))


def offset(sound: Samples, dbfs: float, sign: int = 1) -> Samples:
    return on_grid(sound + np.float32(sign * 10.0 ** (dbfs / 20.0)))


def while_it_plays(sound: Samples, *dbfs: float) -> Samples:
    """An offset that comes and goes with each clip; -inf for none."""
    whole = sound.copy()
    for (at, clip), level in zip(clips(), dbfs, strict=True):
        whole[at : at + len(clip)] = offset(sound[at : at + len(clip)], level)
    return whole


@pytest.mark.parametrize("dbfs", LEVELS)
@pytest.mark.parametrize("sign", [1, -1])
def test_under_a_whole_track_it_moves_no_edge_and_no_level(dbfs: float, sign: int) -> None:
    assert spurts(offset(clean(), dbfs, sign)) == spurts(clean())


@pytest.mark.parametrize("dbfs", LEVELS)
def test_coming_and_going_with_what_plays_it_moves_no_edge_and_no_level(dbfs: float) -> None:
    assert spurts(while_it_plays(clean(), dbfs, dbfs, dbfs)) == spurts(clean())


def test_each_clip_may_have_one_of_its_own_or_none() -> None:
    assert spurts(while_it_plays(clean(), -np.inf, -20.0, -40.0)) == spurts(clean())


@pytest.mark.parametrize("dbfs", LEVELS)
def test_steps_that_were_resampled_are_no_edges_of_speech(dbfs: float) -> None:
    def carried(sound: Samples) -> Samples:
        return on_grid(resample(sound, RATE // 2, RATE))

    narrow = resample(clean(), RATE, RATE // 2)
    stepping = narrow.copy()
    for at, clip in clips():
        stepping[at // 2 : (at + len(clip)) // 2] += np.float32(10.0 ** (dbfs / 20.0))
    found, wanted = spurts(carried(on_grid(stepping))), spurts(carried(on_grid(narrow)))
    assert len(found.spurts) == len(wanted.spurts) == 4
    assert np.abs(np.subtract(found.spurts, wanted.spurts)).max() <= RATE // 500


@pytest.mark.parametrize("dbfs", LEVELS)
@pytest.mark.parametrize("noise", [-60.0, -40.0])
def test_the_floor_is_that_of_the_noise_and_not_the_offsets(dbfs: float, noise: float) -> None:
    noisy = on_grid(clean() + hiss(len(clean()) / RATE, noise))
    found, wanted = spurts(offset(noisy, dbfs)), spurts(noisy)
    assert np.abs(np.subtract(found.spurts, wanted.spurts)).max() <= RATE // 500
    assert found.floor == pytest.approx(wanted.floor, abs=0.1)
    assert found.level == pytest.approx(wanted.level, abs=0.1)


def test_the_other_channels_is_no_bleed() -> None:
    far = on_grid(np.roll(clean(), RATE // 2) + hiss(len(clean()) / RATE, -70.0))
    near = on_grid(clean() + hiss(len(clean()) / RATE, -70.0, 2) + np.float32(0.05) * far)
    assert spurts(near, other=offset(far, -26.0)).spurts == spurts(near, other=far).spurts


def test_a_sound_too_short_to_tell_has_that_of_the_one_before() -> None:
    stump = said("Yes.").samples[said("Yes.").onset :][: RATE // 20]
    whole = np.append(clean(), np.zeros(RATE, np.float32))
    begin = len(clean()) - RATE
    whole[begin : begin + len(stump)] = on_grid(stump)
    stepping = np.append(while_it_plays(clean(), -26.0, -26.0, -26.0), np.zeros(RATE, np.float32))
    stepping[begin : begin + len(stump)] = offset(stump, -26.0)
    assert np.abs(without_offset(stepping) - on_grid(whole)).max() <= 1e-4


def _pieces(sound: Samples) -> list[Samples]:
    """A sound, and a hundred stretches cut out of it anywhere, in digital silence."""
    draw = np.random.default_rng(1)
    cuts = [np.sort(draw.integers(0, len(sound), 2)) for _ in range(100)]
    return [sound, *(np.pad(sound[a:b], RATE // 5) for a, b in cuts)]


@cache
def _without_one() -> dict[str, Samples]:
    """Whatever may be heard of an agent, and has no offset."""
    sounds = {f"{engine} {accent}": said(SENTENCE, engine, accent).samples for engine, accent in TALKERS}
    sounds |= {name: made() for name, made in NO_SPEECH.items()}
    sounds |= {f"{hertz} Hz": at_rms(_tone(hertz), -26.0) for hertz in (25, 50, 60, 100)}
    sounds |= {bed.stem: np.ravel(read(bed)) for bed in sorted((Path(__file__).parents[2] / "noise").glob("*.flac"))}
    alaw = from_int16(alaw_decode(alaw_encode(to_int16(np.pad(said(SENTENCE).samples, RATE)))))
    return sounds | {
        "A-law, silence and all": alaw,
        "rumble": rumble(5.0, -26.0),
        "room": room(5.0, -30.0),
        "hiss": hiss(5.0, -40.0),
    }


def _tone(hertz: float) -> Sound:
    return np.asarray(np.sin(2 * np.pi * hertz * np.arange(2 * RATE) / RATE + 0.5))


@pytest.mark.parametrize("sound", _without_one())
def test_a_track_without_one_is_left_to_the_bit(sound: str) -> None:
    assert all(without_offset(piece) is piece for piece in map(on_grid, _pieces(_without_one()[sound])))
