import numpy as np
import pytest

from harness.agents._hearing import Ear
from harness.audio import FRAME, RATE, Samples
from harness.audio.level import dbov
from harness.call.line import Frame
from tests.agents.calling import british, frames

ENDPOINT = round(0.6 * RATE)
LINES = ("I'd like to book an appointment please.", "Three in the afternoon.", "My name is John Smith.", "Yes.")


def spoken(gap: float = 2.0) -> tuple[Samples, list[tuple[int, int]]]:
    """The lines with silence before, between and after, and where each is voiced."""
    silence = np.zeros(int(gap * RATE), np.float32)
    parts, edges, at = [silence], [], len(silence)
    for line in LINES:
        speech = british(line)
        sound = speech.samples[speech.onset : speech.end]
        parts += [sound, silence]
        edges.append((at, at + len(sound)))
        at += len(sound) + len(silence)
    return np.concatenate(parts), edges


def babble(length: int) -> Samples:
    """Four talkers at once, the same every time."""
    track = np.zeros(length, np.float32)
    for i, line in enumerate(LINES):
        sound = np.tile(british(line).samples, 1 + length // len(british(line).samples))
        track += np.roll(sound, 7919 * (i + 1))[:length]
    return track


def hum(length: int) -> Samples:
    steps = np.random.default_rng(3).standard_normal(length + 400)
    return np.convolve(steps, np.ones(401) / 401, "valid").astype(np.float32)


def at_snr(noise: Samples, snr: float) -> Samples:
    """Noise so many dB below the active speech level of -26 dBov."""
    return noise * np.float32(10 ** ((-26.0 - snr - dbov(noise)) / 20))


def heard(sound: Samples) -> list[tuple[int, int]]:
    """The stretches that an ear finds, each ended by 0.6 s of quiet: (since, last)."""
    ear, found = Ear(), []
    for number, frame in enumerate(frames(sound)):
        ear.hear(Frame(number, frame))
        now = (number + 1) * FRAME
        if ear.since is not None and now - ear.last >= ENDPOINT:
            found.append((ear.since, ear.last))
            ear.forget()
    return found


def world(name: str, length: int) -> Samples:
    """The noise of one of the worlds that a caller calls from."""
    if name == "clean":
        return np.zeros(length, np.float32)
    kind, snr = name.split()
    return at_snr({"babble": babble, "hum": hum}[kind](length), float(snr))


@pytest.mark.parametrize(
    ("name", "within"), [("clean", 0.06), ("babble 20", 0.06), ("hum 20", 0.1), ("babble 10", 0.22), ("hum 10", 0.22)]
)
def test_each_line_is_one_stretch_whose_end_is_known_the_better_the_less_noise_there_is(
    name: str, within: float
) -> None:
    clean, edges = spoken()
    found = heard(clean + world(name, len(clean)))
    assert len(found) == len(edges)
    for (since, last), (onset, end) in zip(found, edges, strict=True):
        assert abs(since - onset) <= 0.08 * RATE
        assert abs(last - end) <= within * RATE


@pytest.mark.parametrize("snr", [20, 10, 5])
def test_noise_alone_is_no_speech_even_where_the_call_opens_in_it(snr: float) -> None:
    assert heard(at_snr(babble(20 * RATE), snr)) == []
    assert heard(at_snr(hum(20 * RATE), snr)) == []


def test_noise_that_rises_in_the_middle_of_the_call_hides_no_line_that_comes_later() -> None:
    line = british(LINES[0])
    noisy = at_snr(hum(20 * RATE), 10)
    noisy[: 5 * RATE] *= 0.01
    start = 12 * RATE
    noisy[start : start + line.end - line.onset] += line.samples[line.onset : line.end]
    since, last = heard(noisy)[-1]
    assert since == pytest.approx(start, abs=0.1 * RATE)
    assert last == pytest.approx(start + line.end - line.onset, abs=0.25 * RATE)


def test_sounds_that_turned_out_to_hold_no_words_are_no_speech_in_the_end() -> None:
    ear, stretches = Ear(), 0
    quiet, rattle = np.zeros(FRAME, np.float32), np.full(FRAME, 10 ** (-45 / 20), np.float32)
    for number in range(3000):
        ear.hear(Frame(number, rattle if number % 100 < 15 else quiet))
        if ear.since is not None and (number + 1) * FRAME - ear.last >= ENDPOINT:
            stretches += 1
            ear.forget()
            ear.held(words=False)
    assert 1 <= stretches <= 3


def test_it_is_never_made_so_wary_that_it_misses_a_caller() -> None:
    clean, edges = spoken()
    ear, found = Ear(), 0
    for _ in range(50):
        ear.held(words=False)
    for number, frame in enumerate(frames(clean)):
        ear.hear(Frame(number, frame))
        if ear.since is not None and (number + 1) * FRAME - ear.last >= ENDPOINT:
            found += 1
            ear.forget()
    assert found == len(edges)


def test_lost_packets_inside_a_word_end_no_turn() -> None:
    clean, edges = spoken()
    holed = clean.copy()
    for start, end in edges:
        for at in range(start + 4000, end - 4000, 8000):
            holed[at : at + 1280] = 0.0
    assert len(heard(holed)) == len(edges)


def test_digital_silence_teaches_no_floor_that_is_never_left() -> None:
    clean, edges = spoken(gap=30.0)
    assert len(heard(clean)) == len(edges)


def test_the_sound_of_a_stretch_holds_the_whole_line() -> None:
    clean, edges = spoken()
    ear = Ear()
    for number, frame in enumerate(frames(clean)):
        ear.hear(Frame(number, frame))
        if ear.since is not None and (number + 1) * FRAME - ear.last >= ENDPOINT:
            break
    sound = ear.sound()
    start, end = edges[0]
    assert end - start <= len(sound) <= end - start + 0.6 * RATE
    line = clean[start:end]
    assert float(np.correlate(sound, line, "valid").max()) == pytest.approx(float(line @ line), rel=1e-4)
