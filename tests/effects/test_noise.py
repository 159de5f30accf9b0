"""Noise: at the ratio asked for, within the line's band, from the first frame to the last."""

import numpy as np
import pytest

from harness.audio import FRAME, RATE, Samples
from harness.audio.level import active_level, dbov
from harness.audio.snr import achieved_snr
from harness.effects.noise import noise
from harness.effects.packet_loss import PacketLoss, packet_loss
from harness.effects.telephone import telephone
from harness.errors import BadInput
from harness.scenario.beds import find_bed
from tests.audio.sounds import hiss, silence, tone
from tests.effects.lines import a_call, setting, through


def same(sound: Samples) -> Samples:
    return sound


@pytest.mark.parametrize("bed", ["cafe", "car", "street"])
@pytest.mark.parametrize("snr", [20.0, 10.0, 5.0, 0.0])
@pytest.mark.parametrize("narrow", [False, True], ids=["open", "telephone"])
def test_the_ratio_sent_is_the_one_asked_for(bed: str, snr: float, narrow: bool) -> None:
    call = a_call(15.0)
    line = telephone(setting(), codec="none")
    band = line.band if narrow else same
    around = noise(setting(bed=find_bed, band=band), bed=bed, snr=snr)
    sent = through(call, around, line) if narrow else through(call, around)
    speech = band(call)
    assert active_level(speech).dbov - dbov(sent - speech) == pytest.approx(snr, abs=0.5)
    assert achieved_snr(call, sent, band) == pytest.approx(snr, abs=0.5)


def test_the_telephones_band_changes_the_gain_of_car_noise_by_many_db() -> None:
    line = telephone(setting())
    open_, narrow = (noise(setting(bed=find_bed, band=b), bed="car", snr=10.0) for b in (same, line.band))
    ratio = np.mean(narrow(silence(0.02)) ** 2) / np.mean(open_(silence(0.02)) ** 2)
    assert 10.0 * np.log10(ratio) > 10.0


def test_the_ratio_holds_through_the_codec_and_where_packets_came() -> None:
    call = a_call(15.0)
    line, drop = telephone(setting()), packet_loss(setting(), loss=0.05)
    assert isinstance(drop, PacketLoss)
    sent = through(call, noise(setting(bed=find_bed, band=line.band), bed="street", snr=10.0), line, drop)
    assert achieved_snr(call, sent, line.band, drop.lost) == pytest.approx(10.0, abs=0.5)


def test_noise_sounds_from_the_first_frame_on_and_never_starts_anew() -> None:
    bed = hiss(2.0, -30.0)
    call = a_call(7.0)
    added = through(call, noise(setting(bed=lambda _: bed), bed="x", snr=10.0)) - call
    likeness = np.fft.irfft(np.fft.rfft(bed) * np.conj(np.fft.rfft(added[:640], len(bed))))
    start = int(likeness.argmax())
    endless = np.tile(np.roll(bed, -start), 4)[: len(call)]
    gain = np.sqrt(np.mean(added[:640] ** 2) / np.mean(endless[:640] ** 2))
    assert np.abs(added - gain * endless).max() < 1e-5


def test_the_seed_chooses_where_the_bed_begins_and_the_same_seed_the_same_place() -> None:
    first, again, other = (
        through(silence(1.0), noise(setting(seed, bed=find_bed), bed="cafe", snr=10.0)) for seed in (1, 1, 2)
    )
    assert first.tobytes() == again.tobytes()
    assert not np.array_equal(first, other)
    assert dbov(first) == pytest.approx(dbov(other), abs=3.0)


def test_louder_speech_has_louder_noise_around_it() -> None:
    quiet, loud = (
        noise(setting(bed=find_bed, speech=gain * a_call(5.0)), bed="pink", snr=10.0)(silence(0.02)) for gain in (1, 2)
    )
    assert loud == pytest.approx(2.0 * quiet, rel=1e-3)


def test_silence_between_lines_does_not_count_for_speech() -> None:
    dense, sparse = (
        noise(setting(bed=find_bed, speech=speech), bed="pink", snr=10.0)(silence(0.02))
        for speech in (a_call(8.0), np.concatenate([a_call(8.0), silence(30.0)]))
    )
    assert dense == pytest.approx(sparse, rel=0.01)


def test_around_a_caller_who_says_nothing_noise_is_set_against_minus_26_dbov() -> None:
    bed = hiss(2.0, -40.0)
    sent = through(silence(2.0), noise(setting(bed=lambda _: bed, speech=silence(0.0)), bed="x", snr=10.0))
    assert dbov(sent) == pytest.approx(-36.0, abs=0.05)


def test_what_goes_in_is_left_as_it_was() -> None:
    frame = tone(440.0, 0.02)
    before = frame.copy()
    noise(setting(bed=find_bed), bed="pink", snr=0.0)(frame)
    assert np.array_equal(frame, before)


def test_a_bed_as_short_as_a_frame_and_a_bit_goes_round_too() -> None:
    bed = hiss(0.03, -30.0)
    sent = through(silence(1.0), noise(setting(bed=lambda _: bed), bed="x", snr=10.0))
    period = len(bed)
    assert period == 480
    assert np.abs(sent[period:] - sent[:-period]).max() < 1e-7


def test_a_silent_bed_is_refused() -> None:
    with pytest.raises(BadInput, match="silent"):
        noise(setting(bed=lambda _: silence(2.0)), bed="void", snr=10.0)


def test_a_bed_that_is_not_there_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(BadInput, match="did you mean 'cafe'"):
        noise(setting(bed=find_bed), bed="caffe", snr=10.0)


def test_two_bands_of_one_bed_are_measured_apart() -> None:
    low, high = tone(100.0, 1.0, -30.0), tone(1000.0, 1.0, -30.0)
    bed = low + high
    line = telephone(setting())
    open_, narrow = (noise(setting(bed=lambda _: bed, band=b), bed="x", snr=10.0) for b in (same, line.band))
    sent = through(silence(1.0), narrow, line)
    assert dbov(sent[FRAME:]) == pytest.approx(active_level(line.band(setting().speech)).dbov - 10.0, abs=0.3)
    assert dbov(open_(silence(0.02))) < dbov(narrow(silence(0.02)))
    assert len(bed) == RATE
