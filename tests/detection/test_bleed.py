"""Two parties on two channels, each faintly on the other's: what is planted is who said what, and how faint."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from harness.audio import RATE, Samples, samples
from harness.detection import spurts
from harness.detection.bleed import RULE, bleed
from harness.statistics import generator
from harness.voices import voice_for

FAR = "The tall fence around the garden was painted green last summer, and nobody has liked it since then."
NEAR = "Wait, that is not what I meant."


def _said() -> tuple[Samples, Samples, tuple[int, int]]:
    """(the near party's track, the far one's, where the near one speaks), each alone: it cuts in after two seconds."""
    far = voice_for("pico", accent="en-GB")(FAR, "en-GB")
    near = voice_for("espeak", accent="en-us")(NEAR, "en-us")
    at = samples(2.0)
    tracks = np.zeros((2, 9 * RATE), np.float32)
    tracks[0, at : at + len(near.samples)] = near.samples
    tracks[1, RATE // 2 : RATE // 2 + len(far.samples)] = far.samples
    return tracks[0], tracks[1], (at + near.onset, at + near.end)


def _mixed(gain: float, delay: int = 40) -> tuple[Samples, Samples, tuple[int, int]]:
    """The same with each on the other's channel, `gain` dB fainter and some ms late, over a little noise."""
    near, far, when = _said()
    ratio = np.float32(10.0 ** (gain / 20.0))
    hiss = generator(1, "bleed").standard_normal((2, len(near))).astype(np.float32) * np.float32(1e-4)
    return near + ratio * np.roll(far, delay) + hiss[0], far + ratio * np.roll(near, delay) + hiss[1], when


@pytest.mark.parametrize("gain", [-20.0, -26.0, -32.0])
def test_the_other_party_on_a_channel_is_nobody_who_speaks_there(gain: float) -> None:
    near, far, (start, end) = _mixed(gain)
    found = spurts(near, other=far).spurts
    assert len(found) == 1
    assert abs(found[0][0] - start) <= samples(0.15)
    assert abs(found[0][1] - end) <= samples(0.15)


def test_without_the_other_channel_the_bleed_is_taken_for_speech() -> None:
    near, _, (start, _) = _mixed(-20.0)
    assert spurts(near).spurts[0][0] < start - RATE


@pytest.mark.parametrize("gain", [-20.0, -32.0])
def test_how_faint_the_other_is_is_read_from_the_recording(gain: float) -> None:
    near, far, _ = _mixed(gain)
    assert spurts(near, other=far).bled == pytest.approx(gain, abs=6.0)


@pytest.mark.parametrize("delay", [0.06, 0.25])
def test_what_bleeds_late_bleeds_still(delay: float) -> None:
    near, far, (start, end) = _mixed(-26.0, delay=samples(delay))
    ((first, last),) = spurts(near, other=far).spurts
    assert abs(first - start) <= samples(0.15)
    assert abs(last - end) <= samples(0.2)


def test_channels_that_keep_apart_are_heard_as_if_each_were_alone() -> None:
    near, far, _ = _said()
    assert not bleed(near, far).blocks.any()
    assert spurts(near, other=far).spurts == spurts(near).spurts
    # A party who is only ever heard over the other leaves nothing to read its bleed from but both at once.
    for one, alone in zip(spurts(far, other=near).spurts, spurts(far).spurts, strict=True):
        assert one == pytest.approx(alone, abs=samples(0.05))


@pytest.mark.parametrize("name", ["window", "tail", "share", "above", "enough", "faint"])
@pytest.mark.parametrize("factor", [0.5, 1.5])
def test_no_number_of_the_rule_decides_by_itself(name: str, factor: float) -> None:
    near, far, (start, _) = _mixed(-26.0)
    rule = replace(RULE, **{name: getattr(RULE, name) * factor})
    found = spurts(near, other=far, rule=rule).spurts
    assert abs(found[0][0] - start) <= samples(0.2)


def test_silence_on_both_channels_is_no_bleed() -> None:
    nothing = np.zeros(RATE, np.float32)
    assert not bleed(nothing, nothing).blocks.any()
    assert spurts(nothing, other=nothing).spurts == ()
