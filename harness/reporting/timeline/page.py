"""The time line as a page of its own: HTML that needs nothing from anywhere, drawn by position.

Everything is placed by its second, and a second's width is one variable of the style sheet; so a
browser zooms without drawing anew, and the text keeps its size.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

import numpy as np

from harness.audio import RATE, Samples
from harness.audio.peaks import SLICE
from harness.reporting.opened import OpenCall
from harness.reporting.timeline.lanes import LANES, Mark, marks, spoken_words

STRIP = 840.0
"""Pixels that a whole call takes at least: labels are put apart for this width, so in no wider one do they meet."""

LEAST = 6.0
"""Pixels that a second takes at least: a longer call scrolls."""

LETTER = 7.2
"""Pixels of a label's letter, on average and a little more."""

ROW = 17
"""Pixels of a row of labels."""

RULER = 18
BAR = 34
WAVE = 72
SCROLLBAR = 16

WAVES = ("caller", "agent")
"""Lanes that have a waveform."""

COLUMNS = 6000
"""Columns of a waveform at most: a long call's slices are drawn several in one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in a row of its lane; `flip` where its label stands to its left, there being no room right."""

    mark: Mark
    row: int
    flip: bool = False


def timeline_page(call: OpenCall, sound: bytes | None) -> tuple[str, int]:
    """The page of a call, and how many pixels high it is.

    sound: the call as a FLAC file, both parties, to be played along; None where there is none.
    """
    length = max(_length(call), 0.1)
    scale = max(LEAST, STRIP / length)
    lanes = {lane: place([mark for mark in marks(call) if mark.lane == lane], length, scale) for lane, _ in LANES}
    heights = {lane: _height(lane, placed) for lane, placed in lanes.items()}
    strip = "".join(
        [_ruler(length), *_grid(length), *_columns(lanes["evidence"])]
        + [_lane(lane, lanes[lane], heights[lane], call) for lane, _ in LANES if heights[lane]]
    )
    names = f'<div style="height:{RULER}px">min:s</div>' + "".join(
        f'<div style="height:{heights[lane]}px"><b>{name}</b>{_UNDER.get(lane, "")}</div>'
        for lane, name in LANES
        if heights[lane]
    )
    here = files(__package__)
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Time line</title>'
        f"<style>{here.joinpath('timeline.css').read_text('utf-8')}</style></head><body>{_bar(sound)}"
        f'<div class="body"><div class="names">{names}</div><div class="scroll" tabindex="0">'
        f'<div class="strip" data-length="{length:.4f}" data-least="{scale:.3f}" '
        f'style="--s:{scale:.3f};--d:{length:.4f}">'
        f'{strip}<div class="head" style="--t:0"></div></div></div></div>'
        f"<script>{here.joinpath('timeline.js').read_text('utf-8')}</script></body></html>"
    )
    return page, BAR + RULER + sum(heights.values()) + SCROLLBAR + 4


def _length(call: OpenCall) -> float:
    drawn = 0.0 if call.peaks is None else call.peaks.shape[2] * SLICE / RATE
    return max(float(call.row["seconds"]), drawn, 0.0 if call.recording is None else call.recording.seconds)


def _bar(sound: bytes | None) -> str:
    off = "" if sound else " disabled"
    hint = "click: go there, on a missed limit: hear it · Ctrl+wheel: zoom · point: read"
    audio = ""
    if sound:
        audio = f'<audio preload="auto" src="data:audio/flac;base64,{base64.b64encode(sound).decode()}"></audio>'
    else:
        hint = "there is no sound of this call"
    return (
        f'<div class="bar"><button id="play"{off}>▶ Play</button><select id="side" aria-label="whom to hear"{off}>'
        '<option value="both">both</option><option value="caller">caller</option><option value="agent">agent</option>'
        '</select><span class="now"></span><button id="out" aria-label="zoom out">−</button>'
        '<button id="in" aria-label="zoom in">+</button><button id="fit">whole call</button>'
        f'<span class="hint">{hint}</span>{audio}</div>'
    )


# --- where labels go


def place(found: Sequence[Mark], length: float, scale: float) -> list[Placed]:
    """A lane's marks in rows, so that no two labels meet; bare ones, and turns over their wave, keep the first row."""
    rows: list[float] = []
    placed = []
    for mark in sorted(found, key=lambda m: m.start):
        if not mark.label or (mark.boxed and mark.lane in WAVES):
            placed.append(Placed(mark, 0))
            continue
        wide = 0.0 if mark.boxed else len(mark.label) * LETTER + 10
        left, right = mark.start * scale, max(mark.end * scale, mark.start * scale + wide)
        flip = mark.start * scale + wide > length * scale and mark.start * scale > wide
        if flip:
            left, right = left - wide, mark.end * scale
        row = next((i for i, taken in enumerate(rows) if taken <= left), len(rows))
        rows[row:] = [right + 4, *rows[row + 1 :]]
        placed.append(Placed(mark, row, flip))
    return placed


def _height(lane: str, placed: Sequence[Placed]) -> int:
    if lane in WAVES:
        return WAVE + ROW + 5
    return (max(one.row for one in placed) + 1) * ROW + 3 if placed else 0


def _lane(lane: str, placed: Sequence[Placed], height: int, call: OpenCall) -> str:
    inner = "".join(_mark(one) for one in placed)
    if lane in WAVES:
        inner = _wave(lane, call.peaks) + inner
    if lane == "caller":
        inner += "".join(
            f'<div class="word" style="--a:{start:.3f};--w:{end - start:.3f}">{escape(word)}</div>'
            for word, start, end in spoken_words(call)
        )
    return f'<div class="lane {lane}" style="height:{height}px">{inner}</div>'


_UNDER = {"caller": "as sent", "agent": "as heard"}

_TOPS: Mapping[str, int] = {"spurt": WAVE + ROW + 1}


def _mark(one: Placed) -> str:
    mark = one.mark
    top = _TOPS.get(mark.kind, 2 + one.row * ROW)
    classes = f"mark {mark.kind}{' boxed' if mark.boxed else ''}{' flip' if one.flip else ''}"
    return (
        f'<div class="{classes}" style="top:{top}px;--a:{mark.start:.3f};--w:{mark.end - mark.start:.3f}" '
        f'data-start="{mark.start:.3f}" data-end="{mark.end:.3f}" title="{escape(mark.title)}">'
        f"{f'<span>{escape(mark.label)}</span>' if mark.label else ''}</div>"
    )


def _columns(placed: Sequence[Placed]) -> Iterator[str]:
    """A stretch that several limits rest on is shaded once."""
    for start, end in dict.fromkeys((one.mark.start, one.mark.end) for one in placed):
        yield f'<div class="column" style="--a:{start:.3f};--w:{end - start:.3f}"></div>'


# --- the ruler and the waveforms


def _rank(second: int) -> str:
    return next(f"t{step}" for step in (60, 15, 5, 1) if second % step == 0)


def _ruler(length: float) -> str:
    ticks = "".join(
        f'<div class="tick {_rank(s)}" style="left:calc(var(--s)*{s}px);--left:{length - s:.3f}">'
        f"<span>{s // 60}:{s % 60:02d}</span></div>"
        for s in range(int(length) + 1)
    )
    return f'<div class="lane" style="height:{RULER}px">{ticks}</div>'


def _grid(length: float) -> Iterator[str]:
    for s in range(int(length) + 1):
        yield f'<div class="grid {_rank(s)}" style="left:calc(var(--s)*{s}px)"></div>'


def _wave(lane: str, drawn: Samples | None) -> str:
    if drawn is None:
        return f'<span style="position:absolute;top:{ROW + 24}px;left:8px">the waveform is missing</span>'
    # Both parties at one scale: the louder swing of the two fills the lane.
    full = max(float(np.abs(drawn).max(initial=0.0)), 1e-3)
    path = _path(drawn[0 if lane == "caller" else 1] / full)
    slices = drawn.shape[2]
    style = f"top:{ROW + 3}px;height:{WAVE}px"
    return (
        f'<div class="zero" style="top:{ROW + 3 + WAVE // 2}px"></div>'
        f'<svg class="wave" style="{style}" viewBox="0 -1 {slices} 2" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="{path}"/></svg>'
    )


def _path(swings: Samples) -> str:
    """The outline of a waveform, shape (2, slices) of minima and maxima; x in slices, y down."""
    step = max(1, -(-swings.shape[1] // COLUMNS))
    starts = np.arange(0, swings.shape[1], step)
    if not len(starts):
        return ""
    least = np.minimum.reduceat(swings[0], starts)
    most = np.maximum.reduceat(swings[1], starts)
    ends = np.minimum(starts + step, swings.shape[1])
    over = "".join(f"L{a} {-y:.3f}L{b} {-y:.3f}" for a, b, y in zip(starts, ends, most + 0.004, strict=True))
    under = "".join(
        f"L{b} {-y:.3f}L{a} {-y:.3f}" for a, b, y in zip(starts[::-1], ends[::-1], least[::-1] - 0.004, strict=True)
    )
    return f"M0 0{over}{under}Z"
