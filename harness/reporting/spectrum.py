"""The sound of a stretch as a picture: how loud each pitch is at each second, as it was sent and as it was heard.

A telephone shows as a picture with nothing above 4 kHz, a bed of noise as colour between the words, lost
packets as gaps that cut through a word, or, where a receiver hides them, as a sound that stands still and fades.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples, samples
from harness.errors import PartMissing
from harness.recording import Recording
from harness.reporting.clips import AROUND
from harness.reporting.opened import OpenCall
from harness.reporting.reasons import clock
from harness.reporting.scores import missed
from harness.score import Span

LEAST = 6.0
"""Seconds that a picture shows at least, where the call has them: a word is told by what stands around it."""

MOST = 20.0
"""Seconds that a picture shows at most: a lost packet of 20 ms is a pixel wide then."""

HOP = 160
"""Samples of a column: 10 ms."""

WINDOW = 400
"""Samples that a column is measured over: 25 ms, in which the voice of one sound holds still."""

SIZE = 1024
"""Samples of the transform: more than the window has, so that the lowest bands too have a bin of their own."""

BANDS = 96
"""Bands from 0 to 8 kHz, equally far from each other to the ear (mel)."""

QUIET, LOUD = -120.0, -40.0
"""Levels at the ends of the colours. They are the same for every picture, so that two calls can be compared."""

HOW_TO_READ = (
    "A telephone lets nothing past 4 kHz: dark above it. Noise is a bed of colour where nobody speaks; "
    "what the line lost stands still and fades, or is a dark gap from top to bottom, through a word."
)
"""What an ill line looks like."""

_SILENCE = 1e-15

_KILOHERTZ = (0, 0.5, 1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What there is to look at: a title, its own place in the call, and the seconds that are shown with it."""

    title: str
    span: Span
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """How loud each band is, a column every 10 ms from `start` to `end` in seconds of the call.

    levels: in dB below a full scale of 1, by hertz, shape (bands, columns), the lowest band first. pitches: the
    middle of each band, in Hz.
    """

    start: float
    end: float
    levels: Samples
    pitches: NDArray[np.float64]


# --- which stretches there are


def stretches(call: OpenCall) -> tuple[Stretch, ...]:
    """The evidence of each missed limit, then every turn; of a call without turns, all of it piece by piece."""
    length = 0.0 if call.recording is None else call.recording.seconds
    found = [(f"{clock(one.span.start)} ✗ {one.reason.score} {one.reason.said}", one.span) for one in missed(call.row)]
    turns = () if call.conversation is None else call.conversation.turns
    for turn in turns:
        span = Span(turn.start / RATE, turn.end / RATE)
        found.append((f"{clock(span.start)} {turn.party.value}: {turn.text or '(words unknown)'}", span))
    shown = [Stretch(title, span, *around(span, length)) for title, span in found]
    return tuple(shown) if turns else (*shown, *_pieces(length))


def _pieces(length: float) -> Iterator[Stretch]:
    for piece in range(max(1, ceil(length / MOST))):
        start, end = piece * MOST, min(length, (piece + 1) * MOST)
        yield Stretch(f"{clock(start)}–{clock(end)}", Span(start, end), start, end)


def around(span: Span, length: float) -> tuple[float, float]:
    """The seconds to show of a call this long, so that a span is seen among its neighbours; a long one's first."""
    natural = span.end - span.start + 2 * AROUND
    long = min(max(natural, LEAST), MOST, length)
    wanted = span.start - AROUND - max(0.0, LEAST - natural) / 2
    start = min(max(0.0, wanted), length - long)
    return start, start + long


# --- the picture


def spectrum(track: Samples, start: float = 0.0, end: float | None = None) -> Spectrum:
    """The mel spectrum of a stretch of a track, from `start` to `end` in seconds, cut to what there is.

    Raises PartMissing where librosa isn't installed.
    """
    edges = _edges()
    a = min(max(0, samples(start)), len(track))
    b = len(track) if end is None else min(max(a, samples(end)), len(track))
    columns = max(1, ceil((b - a) / HOP))
    # The window of a column reaches beyond it on both sides, and at the stretch's edge hears what the call has there.
    reach = (WINDOW - HOP) // 2
    sound = np.zeros(columns * HOP + 2 * reach, np.float32)
    first = max(0, a - reach)
    there = track[first : a - reach + len(sound)]
    sound[first - (a - reach) :][: len(there)] = there
    window = np.hanning(WINDOW + 1)[:-1]
    pieces = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP] * window
    power = np.abs(np.fft.rfft(pieces, SIZE)) ** 2 * (2 / (RATE * np.sum(window**2)))
    levels = 10 * np.log10(np.maximum(_bands(edges) @ power.T, _SILENCE))
    return Spectrum(a / RATE, b / RATE, levels.astype(np.float32), edges[1:-1])


def _edges() -> NDArray[np.float64]:
    """Where the bands begin, culminate and end: each begins where the one below culminates."""
    try:
        # librosa's own spectrogram compiles all of librosa first, for half a minute where it wasn't compiled before.
        from librosa import mel_frequencies
    except ImportError as problem:
        raise PartMissing("a picture of the sound needs librosa: pip install 'vahness[audio]'") from problem
    return np.asarray(mel_frequencies(BANDS + 2, fmin=0.0, fmax=RATE / 2), np.float64)


def _bands(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each band hears of each bin: a triangle, whose weights sum to one."""
    bins = np.fft.rfftfreq(SIZE, 1 / RATE)[None, :]
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    weights = np.maximum(0.0, np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle)))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def picture(shown: Spectrum) -> bytes:
    """The spectrum as a PNG, a pixel a band and column: the highest pitch on top, the loudest brightest."""
    steps = (shown.levels[::-1] - QUIET) * (255 / (LOUD - QUIET))
    pixels = np.clip(np.rint(steps), 0, 255).astype(np.uint8)
    high, wide = pixels.shape
    lines = np.zeros((high, wide + 1), np.uint8)
    lines[:, 1:] = pixels
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)),
        (b"PLTE", colours().tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 6)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


_MAGMA = "000004 1d1147 51127c 822681 b63679 e65164 fb8861 fec287 fcfdbf"
"""Magma, every eighth of its way: it grows lighter evenly, so that equal steps in dB look equal.

Source: matplotlib's magma, by Nathaniel Smith and Stéfan van der Walt (CC0).
"""


def colours() -> NDArray[np.uint8]:
    """The 256 colours from quiet to loud, shape (256, 3): red, green, blue."""
    known = np.array([list(bytes.fromhex(one)) for one in _MAGMA.split()], np.float64)
    at = np.linspace(0, len(known) - 1, 256)
    return np.stack(
        [np.rint(np.interp(at, np.arange(len(known)), known[:, i])).astype(np.uint8) for i in range(3)], axis=1
    )


# --- the page


def spectrum_html(recording: Recording, stretch: Stretch) -> str:
    """What was sent above what was heard, with axes, and the colours' scale. Raises PartMissing without librosa."""
    tracks = (("caller", "as sent to the agent", recording.sent), ("agent", "as heard by the caller", recording.heard))
    drawn = "".join(
        f"<p><b>{who}</b> {how}</p>{_drawing(spectrum(track, stretch.start, stretch.end), stretch.span)}"
        for who, how, track in tracks
    )
    ramp = ", ".join(f"#{one}" for one in _MAGMA.split())
    scale = (
        f'<p class="v-legend">−{-QUIET:.0f} dB <i class="v-ramp" style="background:linear-gradient(90deg,{ramp})"></i>'
        f" −{-LOUD:.0f} dB of full scale in each hertz · across: min:s of the call; up: kHz, as far apart as they "
        "sound · the blue line: the stretch that was chosen</p>"
    )
    return f'<div class="v-spectrum">{drawn}{scale}</div>'


def _drawing(shown: Spectrum, span: Span) -> str:
    long = max(shown.end - shown.start, HOP / RATE)
    left, right = (100 * min(max((at - shown.start) / long, 0.0), 1.0) for at in (span.start, span.end))
    image = base64.b64encode(picture(shown)).decode()
    pitches = "".join(
        f'<span style="bottom:{height(1000 * khz):.2f}%">{khz:g}{" kHz" if khz == _KILOHERTZ[-1] else ""}</span>'
        f'<i style="bottom:{height(1000 * khz):.2f}%"></i>'
        for khz in _KILOHERTZ
    )
    return (
        f'<div class="v-picture"><div class="v-within" style="left:{left:.2f}%;width:{right - left:.2f}%"></div>'
        f'<img alt="spectrogram" src="data:image/png;base64,{image}">{pitches}{"".join(_seconds(shown, long))}</div>'
    )


def _seconds(shown: Spectrum, long: float) -> Iterator[str]:
    for second in range(ceil(shown.start), int(shown.end) + 1):
        at = 100 * (second - shown.start) / long
        yield f'<b style="left:{at:.2f}%">{second // 60}:{second % 60:02d}</b>'


def height(pitch: float) -> float:
    """Where a pitch in Hz stands in the picture, in percent from its lower edge."""
    edges = _edges()
    band = float(np.interp(pitch, edges, np.arange(len(edges)))) - 0.5
    return 100 * min(max(band / BANDS, 0.0), 1.0)
