"""Places as sound, made from seeded numbers: what noise beds are of.

Everything here is a loop: noise is shaped in the frequency domain, events wrap around the end, and
filters are circular. So there is no seam to be heard or to be hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples

Numbers = NDArray[np.float64]

LENGTH = 30 * RATE
"""Samples in a loop: half a minute."""

_EVEN = 5.0
"""Seconds over which a place's loudness is evened out, so that ten of them have the level of them all."""

_SPLIT = 300.0
"""Hz where a telephone begins: what it carries is evened out apart from what it doesn't."""


def pink(draw: np.random.Generator) -> Samples:
    """Noise whose power falls by 3 dB an octave."""
    return _sound(_coloured(draw, lambda f: f**-0.5))


def brown(draw: np.random.Generator) -> Samples:
    """Noise whose power falls by 6 dB an octave."""
    return _sound(_coloured(draw, lambda f: f**-1.0))


def hum(draw: np.random.Generator) -> Samples:
    """Mains hum: 50 Hz and its harmonics, the odd ones stronger, over a hiss 30 dB below."""
    t = np.arange(LENGTH) / RATE
    partials = np.zeros(LENGTH)
    for order in range(1, 21):
        strength = order**-1.1 * (1.0 if order % 2 else 0.4)
        partials += strength * np.sin(2.0 * np.pi * 50.0 * order * t + draw.uniform(0.0, 2.0 * np.pi))
    return _sound(_unit(partials) + 0.03 * _coloured(draw, np.ones_like))


def car(draw: np.random.Generator) -> Samples:
    """Inside a car at speed: the road falling by 10 dB an octave, an engine, wind, and joints of the road."""
    road = _coloured(draw, lambda f: (1.0 + (f / 45.0) ** 2) ** -0.84 * _above(f, 22.0)) * _drift(draw, 1.5, 4.0)
    wind = _coloured(draw, lambda f: (1.0 + (f / 350.0) ** 2) ** -0.75 * _above(f, 120.0)) * _drift(draw, 2.0, 3.0)
    engine = _engine(draw, 78.0)
    joints = np.zeros(LENGTH)
    for at in _times(draw, 1.6):
        strength = draw.uniform(0.5, 1.0)
        for axle in (0.0, 0.11):
            _add(joints, at + axle, strength * _thump(draw))
    return _sound(_evened(road + 0.045 * wind + 0.35 * engine + 0.25 * _unit(joints)))


def street(draw: np.random.Generator) -> Samples:
    """A pavement: cars passing, each a swell of tyre noise over its engine, and the town behind them."""
    town = _coloured(draw, lambda f: (1.0 + (f / 90.0) ** 2) ** -0.5 * _above(f, 30.0)) * _drift(draw, 1.5, 5.0)
    tyres = [_coloured(draw, lambda f: _hill(f, 850.0, 1.3) + 0.25 * _hill(f, 120.0, 1.0)) for _ in range(3)]
    passing = np.zeros(LENGTH)
    t = np.arange(LENGTH) / RATE
    for i, at in enumerate(_times(draw, 3.2)):
        near = draw.uniform(0.35, 1.0)
        width = draw.uniform(0.55, 1.3) / near**0.5
        away = (t - at + LENGTH / RATE / 2.0) % (LENGTH / RATE) - LENGTH / RATE / 2.0
        swell = near / (1.0 + (away / width) ** 2)
        engine = np.roll(_engine(draw, draw.uniform(55.0, 95.0)), int(at * RATE))
        passing += swell * (np.roll(tyres[i % 3], int(draw.integers(LENGTH))) + 0.5 * engine)
    return _sound(_evened(0.3 * town + passing))


def cafe(draw: np.random.Generator, talkers: Sequence[Samples]) -> Samples:
    """A café: each talker over and over from their own table, cups, a steam nozzle, and the room around them.

    talkers: a line each, at one level.
    """
    dry = np.zeros(LENGTH)
    for line in talkers:
        level, at, end = 10.0 ** (-draw.uniform(0.0, 6.0) / 20.0), draw.uniform(0.0, 3.0), 0.0
        first = at
        while end <= first + LENGTH / RATE:
            _add(dry, at, level * line)
            at += len(line) / RATE + draw.uniform(0.2, 1.2)
            end = at + len(line) / RATE
    babble = _unit(dry)
    cups = np.zeros(LENGTH)
    for at in _times(draw, 0.9):
        for tick in range(int(draw.integers(1, 4))):
            _add(cups, at + 0.09 * tick + draw.uniform(0.0, 0.05), draw.uniform(0.2, 1.0) * _clink(draw))
    steam = _coloured(draw, lambda f: _hill(f, 4200.0, 0.8)) * _spell(draw, 3.5)
    sources = babble + 0.22 * _unit(cups) + 0.12 * steam
    room = _unit(0.35 * sources + _unit(_circular(sources, _room(draw, 0.55))))
    air = _coloured(draw, lambda f: (1.0 + (f / 150.0) ** 2) ** -0.6 * _above(f, 40.0))
    return _sound(_evened(room + 0.12 * air))


def around_a_seam(sound: Samples, seconds: float = 0.25) -> Samples:
    """A recording as a loop: its end is faded into its start, so that it is that much shorter.

    Both fades are of equal power: end and start have nothing to do with each other.
    """
    count = min(round(seconds * RATE), len(sound) // 4)
    rise = np.sin(np.linspace(0.0, np.pi / 2.0, count, endpoint=False)).astype(np.float32)
    loop: Samples = sound[: len(sound) - count].copy()
    loop[:count] = rise * loop[:count] + np.sqrt(1.0 - rise**2) * sound[len(sound) - count :]
    return loop


# ---- what places are made of ----


def _sound(loop: Numbers) -> Samples:
    return np.asarray(0.05 * _unit(loop), np.float32)


def _frequencies() -> Numbers:
    """Hz of a loop's spectrum."""
    return np.asarray(np.fft.rfftfreq(LENGTH, 1.0 / RATE), np.float64)


def _unit(loop: Numbers) -> Numbers:
    """At an RMS of 1."""
    return np.asarray(loop / _size(loop))


def _coloured(draw: np.random.Generator, amplitude: Callable[[Numbers], Numbers]) -> Numbers:
    """Gaussian noise of a spectrum: amplitude(Hz), from 20 Hz up; RMS 1."""
    f = _frequencies()
    spectrum = draw.normal(size=len(f)) + 1j * draw.normal(size=len(f))
    audible = f >= 20.0
    spectrum[audible] = spectrum[audible] * amplitude(f[audible])
    spectrum[~audible] = 0.0
    return _unit(np.fft.irfft(spectrum, LENGTH))


def _above(f: Numbers, cut: float) -> Numbers:
    """A second-order high-pass."""
    return np.asarray((f / cut) ** 2 / np.sqrt(1.0 + (f / cut) ** 4))


def _hill(f: Numbers, centre: float, octaves: float) -> Numbers:
    """A bell on a scale of octaves."""
    return np.asarray(np.exp(-0.5 * (np.log2(f / centre) / octaves) ** 2))


def _slow(draw: np.random.Generator, seconds: float) -> Numbers:
    """A curve of RMS 1 that takes so long to turn."""
    f = _frequencies()
    count = int(np.searchsorted(f, 0.5 / seconds)) + 1
    spectrum = np.zeros(len(f), complex)
    spectrum[1:count] = draw.normal(size=count - 1) + 1j * draw.normal(size=count - 1)
    return _unit(np.fft.irfft(spectrum, LENGTH))


def _drift(draw: np.random.Generator, decibels: float, seconds: float) -> Numbers:
    """A gain that wanders by so many dB."""
    return np.asarray(10.0 ** (decibels * _slow(draw, seconds) / 20.0))


def _engine(draw: np.random.Generator, firing: float) -> Numbers:
    """Orders of an engine that fires so many times a second, its speed wandering by two per cent; RMS 1."""
    cycles = round(firing / 2.0 * LENGTH / RATE)
    t = np.arange(LENGTH) / RATE
    wander = np.cumsum(_slow(draw, 2.0)) / RATE
    phase = 2.0 * np.pi * (cycles * t / (LENGTH / RATE) + 0.02 * firing / 2.0 * (wander - wander[0]))
    orders = np.zeros(LENGTH)
    for order in range(1, 17):
        strength = order**-1.2 * (1.0 if order % 2 == 0 else 0.45)
        orders += strength * np.cos(order * phase + draw.uniform(0.0, 2.0 * np.pi))
    return _unit(orders)


def _times(draw: np.random.Generator, every: float) -> Numbers:
    """Instants in seconds, one about every so often: evenly laid out, then shaken."""
    count = round(LENGTH / RATE / every)
    return np.asarray((np.arange(count) + draw.uniform(-0.4, 0.4, count)) * (LENGTH / RATE / count))


def _add(loop: Numbers, at: float, sound: Numbers | Samples) -> None:
    """Lay a sound into a loop at an instant; what passes the end goes on at the start."""
    where = (round(at * RATE) + np.arange(len(sound))) % len(loop)
    np.add.at(loop, where, sound)


def _thump(draw: np.random.Generator) -> Numbers:
    """A tyre on a joint of the road: a short body of 35 to 70 Hz."""
    t = np.arange(RATE // 4) / RATE
    body = np.sin(2.0 * np.pi * draw.uniform(35.0, 70.0) * t) * np.exp(-t / 0.035)
    return np.asarray(body * (1.0 - np.exp(-t / 0.004)))


def _clink(draw: np.random.Generator) -> Numbers:
    """China on china: partials of 2 to 7 kHz out of tune with each other, gone in a tenth of a second."""
    t = np.arange(RATE // 5) / RATE
    ring = np.zeros(len(t))
    lowest = draw.uniform(1800.0, 3200.0)
    for ratio in (1.0, 1.47, 1.93, 2.31):
        fade = draw.uniform(0.012, 0.05) / ratio
        ring += draw.uniform(0.4, 1.0) * np.sin(2.0 * np.pi * lowest * ratio * t) * np.exp(-t / fade)
    return np.asarray(ring * (1.0 - np.exp(-t / 0.0005)) * (np.arange(len(t))[::-1] / len(t)))


def _spell(draw: np.random.Generator, seconds: float) -> Numbers:
    """A gain that is up for one spell of the loop, and softly rises and falls."""
    t = (np.arange(LENGTH) / RATE - draw.uniform(0.0, LENGTH / RATE)) % (LENGTH / RATE)
    return np.asarray(np.clip(np.minimum(t, seconds - t) / 0.2, 0.0, 1.0))


def _room(draw: np.random.Generator, seconds: float) -> Numbers:
    """A room that rings for so long (to -60 dB), duller as it fades; shape (LENGTH,)."""
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    bright, dull = draw.normal(size=count), _coloured(draw, lambda f: (1.0 + (f / 900.0) ** 2) ** -0.5)[:count]
    ring = 0.5 * bright * 10.0 ** (-5.0 * t / seconds) + dull * 10.0 ** (-3.0 * t / seconds)
    return np.pad(ring, (0, LENGTH - count))


def _circular(loop: Numbers, ring: Numbers) -> Numbers:
    return np.asarray(np.fft.irfft(np.fft.rfft(loop) * np.fft.rfft(ring), LENGTH))


def _evened(loop: Numbers) -> Numbers:
    """The loop with its slow swings of loudness taken out, below and above 300 Hz apart."""
    f = _frequencies()
    high = _above(f, _SPLIT) ** 2
    spectrum = np.fft.rfft(loop)
    parts = [np.fft.irfft(spectrum * share, LENGTH) for share in (1.0 - high, high)]
    reach = round(_EVEN * RATE)
    window = np.zeros(LENGTH)
    window[:reach] = np.hanning(reach) / np.hanning(reach).sum()
    window = np.roll(window, -(reach // 2))
    return np.asarray(sum(part * _calm(part, window) for part in parts))


def _size(part: Numbers) -> float:
    return float(np.sqrt(np.mean(part**2)))


def _calm(part: Numbers, window: Numbers) -> Numbers:
    """The gain that gives every window of a part the power of the whole."""
    power = _circular(part**2, window)
    return np.asarray(np.sqrt(np.mean(part**2) / np.maximum(power, 1e-6 * np.mean(part**2))))
