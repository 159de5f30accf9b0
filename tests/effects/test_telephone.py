"""The telephone: its band, its codec's steps, its state from frame to frame, its delay."""

import numpy as np
import pytest

from harness.audio import FRAME, RATE, Samples
from harness.audio.files import from_int16, to_int16
from harness.audio.g711 import alaw_decode, alaw_encode, mulaw_decode, mulaw_encode
from harness.audio.level import dbov
from harness.effects._band import Down, Up, limited
from harness.effects.telephone import telephone
from harness.errors import BadInput
from tests.audio.sounds import hiss, silence, talk, tone
from tests.effects.lines import a_call, setting, through


def gain(hertz: float) -> float:
    """What the band does to a tone, in dB."""
    steady = tone(hertz, 1.0, -20.0)
    return dbov(through(steady, telephone(setting(), codec="none"))[4000:12000]) + 20.0


def test_the_band_is_3_db_down_at_300_and_3400_hz() -> None:
    assert gain(300.0) == pytest.approx(-3.0, abs=0.5)
    assert gain(3400.0) == pytest.approx(-3.0, abs=0.5)


def test_the_band_is_flat_inside_and_gone_outside() -> None:
    for inside in (450.0, 1000.0, 2000.0, 3100.0):
        assert gain(inside) == pytest.approx(0.0, abs=0.3)
    for outside in (50.0, 100.0, 3700.0, 4300.0, 5000.0, 7000.0):
        assert gain(outside) < -28.0


def test_frame_by_frame_is_what_the_whole_sound_gives() -> None:
    call = a_call(8.0)  # it falls silent between lines, and goes on
    assert np.abs(through(call, telephone(setting(), codec="none")) - limited(call)).max() < 1e-6


def test_the_band_is_two_convolutions_around_every_second_sample() -> None:
    sound = hiss(1.0, -20.0)
    click = silence(0.1)
    click[0] = 1.0
    # The filters' own responses: down to 8 kHz of a click at an even and at an odd sample, and up of one.
    down = np.zeros(241)
    down[0::2][:121] = Down().feed(click[:FRAME])[:121]
    late = np.roll(click, 1)[:FRAME]
    down[1::2] = Down().feed(late)[1:121]
    up = Up().feed(np.eye(1, 160)[0])[:FRAME]
    narrow = np.convolve(sound, down)[: len(sound) : 2]
    stuffed = np.zeros(len(sound))
    stuffed[::2] = narrow
    true = np.convolve(stuffed, up)[: len(sound)]
    assert np.abs(limited(sound) - true).max() < 1e-6


def test_the_delay_is_the_one_declared_to_the_sample() -> None:
    sound = np.concatenate([talk(3.0), silence(0.5)])
    line = telephone(setting())
    sent = through(sound, line)
    likeness = np.fft.irfft(np.fft.rfft(sent, 1 << 17) * np.conj(np.fft.rfft(sound, 1 << 17)))
    assert int(likeness.argmax()) == line.delay == 80


@pytest.mark.parametrize("codec", ["mulaw", "alaw"])
def test_the_codec_takes_the_steps_of_g711_at_8_khz(codec: str) -> None:
    call = a_call(4.0)
    encode, decode = {"mulaw": (mulaw_encode, mulaw_decode), "alaw": (alaw_encode, alaw_decode)}[codec]
    down, up = Down(), Up()
    true = np.zeros_like(call)
    for at in range(0, len(call), FRAME):
        narrow = to_int16(down.feed(call[at : at + FRAME]).astype(np.float32))
        true[at : at + FRAME] = up.feed(from_int16(decode(encode(narrow))))
    off = np.abs(through(call, telephone(setting(), codec=codec)) - true)
    # A sample on the verge of two steps may fall to either side of single precision.
    assert np.mean(off > 1e-6) < 0.01


def test_the_codecs_noise_lies_38_db_below_speech() -> None:
    sound = talk(4.0)
    band = limited(sound)
    for codec in ("mulaw", "alaw"):
        noise = through(sound, telephone(setting(), codec=codec)) - band
        assert dbov(band) - dbov(noise) == pytest.approx(38.0, abs=1.5)


def test_what_is_louder_than_full_scale_clips_and_does_not_wrap() -> None:
    loud = 3.0 * tone(1000.0, 0.2, -3.1)
    sent = through(loud, telephone(setting()))
    assert np.abs(sent).max() < 1.4
    assert float(np.dot(sent[80:], loud[:-80])) > 0.9 * np.sqrt(float(np.dot(sent, sent)) * float(np.dot(loud, loud)))


def test_a_mulaw_line_is_silent_where_nothing_is_said_and_an_alaw_line_lies_at_its_least_level() -> None:
    hush = silence(0.4)
    assert not through(hush, telephone(setting())).any()
    assert through(hush, telephone(setting(), codec="alaw")) == pytest.approx(np.full(len(hush), 8 / 32767), abs=1e-5)


def test_a_line_ends_with_the_tail_of_its_filters() -> None:
    sound = np.concatenate([talk(0.5)[: 24 * FRAME], silence(0.2)])
    sent = through(sound, telephone(setting()))
    assert sent[24 * FRAME : 24 * FRAME + 80].any()
    assert not sent[24 * FRAME + 3 * FRAME :].any()


def test_what_goes_in_is_left_as_it_was() -> None:
    frame = talk(0.02)
    before = frame.copy()
    telephone(setting())(frame)
    assert np.array_equal(frame, before)


def test_the_band_of_a_whole_sound_keeps_its_length_whatever_it_is() -> None:
    line = telephone(setting())
    for length in (0, 1, 319, 3904, 3905, RATE):
        assert len(line.band(hiss(1.0, -20.0)[:length])) == length


def test_an_unknown_codec_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="did you mean 'mulaw'"):
        telephone(setting(), codec="ulaw")


def test_two_calls_do_not_share_a_line() -> None:
    sound: Samples = talk(0.2)
    first, second = telephone(setting()), telephone(setting())
    alone = through(sound, telephone(setting()))
    mixed = [(first(sound[at : at + FRAME]), second(hiss(0.02, -10.0, at))) for at in range(0, len(sound), FRAME)]
    assert np.array_equal(np.concatenate([a for a, _ in mixed]), alone)
