"""Dialogues on two channels whose truth is known to the sample, and how near the detector comes.

The truth is planted: lines are placed at samples, and the edge rule of the score catalogue is
applied to the agent's *clean* track, sample by sample. What the detector hears is that track after
comfort noise and the telephone.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from harness.audio import RATE, Samples, on_grid, samples
from harness.audio.level import EDGE_BELOW_ACTIVE, EDGE_WINDOW, active_level, at_level, short_rms
from harness.audio.resampling import resample
from harness.detection import Detected, spurts
from harness.recording import Recording, in_order
from harness.speech import Speech
from harness.statistics import generator
from harness.timeline import AgentSaid, LineSaid

NEAR = 0.020
"""An edge that is found within this many seconds counts as found."""

_BRIDGED = 0.250


@dataclass(frozen=True, slots=True)
class Condition:
    """What a dialogue goes through: noise in dBov (None: digital silence), the telephone, the speech's level in dBov."""

    name: str
    noise: float | None = None
    telephone: bool = False
    level: float = -26.0


CONDITIONS = (
    Condition("clean"),
    Condition("clean, quiet voice", level=-38.0),
    Condition("G.711", telephone=True),
    Condition("noise -60 dBov", noise=-60.0),
    Condition("noise -60 dBov, G.711", noise=-60.0, telephone=True),
    Condition("noise -40 dBov", noise=-40.0),
    Condition("noise -40 dBov, G.711", noise=-40.0, telephone=True),
)


@dataclass(frozen=True, slots=True, eq=False)
class Dialogue:
    """A recording, and the agent's spurts as they were planted: (first voiced sample, one past the last)."""

    recording: Recording
    spurts: tuple[tuple[int, int], ...]
    level: float


@dataclass(slots=True)
class Measured:
    """How near the detector came in one condition. Errors are found less planted, in seconds; None where none is near."""

    condition: str
    onsets: list[float | None] = field(default_factory=list)
    stops: list[float | None] = field(default_factory=list)
    resolutions: list[float] = field(default_factory=list)
    invented: int = 0
    windows: int = 0
    seconds: float = 0.0
    took: float = 0.0

    def row(self) -> dict[str, float | int | str]:
        """The row of a table: shares within 20 ms, median and 95th percentile of |error| in ms, and costs."""
        row: dict[str, float | int | str] = {"condition": self.condition, "n": len(self.onsets)}
        for name, errors in (("onset", self.onsets), ("stop", self.stops)):
            sizes = np.array([np.inf if error is None else abs(error) for error in errors])
            row[f"{name} within 20 ms"] = round(float((sizes <= NEAR).mean()), 4)
            row[f"{name} median ms"] = round(1000 * float(np.quantile(sizes, 0.5, method="inverted_cdf")), 1)
            row[f"{name} p95 ms"] = round(1000 * float(np.quantile(sizes, 0.95, method="inverted_cdf")), 1)
        row["invented"] = self.invented
        row["resolution ms"] = round(1000 * float(np.median(self.resolutions)), 1)
        row["windows run"] = round(self.windows * 512 / RATE / self.seconds, 3)
        row["s per audio hour"] = round(3600 * self.took / self.seconds, 2)
        return row


def dialogue(agent: Sequence[Speech], caller: Sequence[Speech], condition: Condition, seed: int) -> Dialogue:
    """A dialogue in which the two take turns, the agent first; gaps, overlaps and levels are drawn from the seed.

    Gaps run from 0.3 s of overlap to 2 s; the agent's lines lie within 3 dB of each other.
    """
    draw = generator(seed, "dialogue")
    at = samples(float(draw.uniform(0.3, 1.5)))
    placed: list[tuple[int, Samples]] = []
    said: list[tuple[int, Speech]] = []
    told: list[AgentSaid] = []
    for number, line in enumerate(agent):
        sound = at_level(line.samples, condition.level + float(draw.uniform(-1.5, 1.5)))
        placed.append((at, sound))
        told.append(AgentSaid(at, line.text))
        at += len(sound) + samples(float(draw.uniform(-0.3, 1.2)))
        if number < len(caller):
            said.append((at, caller[number]))
            at += len(caller[number].samples)
        at += samples(float(draw.uniform(0.2, 2.0)))
    clean = _track(placed, at + RATE)
    level = active_level(clean).dbov
    heard = on_grid(worsened(clean, condition, seed))
    ours = _track([(start, line.samples) for start, line in said], len(heard))
    events = in_order([*told, *(_said(start, step, line) for step, (start, line) in enumerate(said))])
    return Dialogue(Recording(ours, ours, heard, events), voiced_spurts(clean, level), level)


def _track(placed: Iterable[tuple[int, Samples]], length: int) -> Samples:
    track = np.zeros(length, np.float32)
    for start, sound in placed:
        track[start : start + len(sound)] += sound
    return track


def _said(start: int, step: int, line: Speech) -> LineSaid:
    words = tuple((word.text, start + word.start, start + word.end) for word in line.words)
    return LineSaid(start + line.onset, start + line.end, step, "say", line.text, line.language, words)


def worsened(clean: Samples, condition: Condition, seed: int) -> Samples:
    """The track with the condition's comfort noise under all of it, through the telephone if it says so."""
    track = clean
    if condition.noise is not None:
        hiss = generator(seed, "noise").standard_normal(len(track)).astype(np.float32)
        track = track + hiss * np.float32(10.0 ** (condition.noise / 20.0))
    return telephoned(track) if condition.telephone else track


def telephoned(track: Samples) -> Samples:
    """The track after 8 kHz and mu-law, on its own clock (whole-track resampling delays nothing)."""
    from harness.audio.g711 import mulaw_decode, mulaw_encode  # placeholder

    narrow = resample(track, RATE, 8000)
    return resample(mulaw_decode(mulaw_encode(narrow)), 8000, RATE)[: len(track)]


def voiced_spurts(clean: Samples, dbov: float) -> tuple[tuple[int, int], ...]:
    """The spurts of a clean track, straight from the definition: every 2 ms of it against the level less 30 dB."""
    loud = np.flatnonzero(short_rms(clean, EDGE_WINDOW) >= 10.0 ** ((dbov - EDGE_BELOW_ACTIVE) / 20.0))
    if not len(loud):
        return ()
    onsets, ends = loud, loud - EDGE_WINDOW + 2
    apart = np.flatnonzero(onsets[1:] - ends[:-1] >= _BRIDGED * RATE)
    firsts, lasts = np.append(0, apart + 1), np.append(apart, len(loud) - 1)
    return tuple((int(onsets[a]), int(ends[b])) for a, b in zip(firsts, lasts, strict=True))


def measure(dialogues: Iterable[Dialogue], condition: Condition, *, veto: bool = True) -> Measured:
    """How near the detector comes to what was planted, over dialogues of one condition."""
    measured = Measured(condition.name)
    for planted in dialogues:
        started = time.process_time()
        found = spurts(planted.recording.heard, veto=veto)
        measured.took += time.process_time() - started
        measured.seconds += planted.recording.seconds
        measured.windows += found.windows
        measured.resolutions.append(found.resolution)
        compare(planted, found, measured)
    return measured


def compare(planted: Dialogue, found: Detected, measured: Measured) -> None:
    """Note each planted edge's error, and how many spurts were found where none was planted."""
    onsets, stops = [a for a, _ in found.spurts], [b for _, b in found.spurts]
    for start, end in planted.spurts:
        measured.onsets.append(_error(start, onsets))
        measured.stops.append(_error(end, stops))
    measured.invented += sum(not any(a < end and start < b for start, end in planted.spurts) for a, b in found.spurts)


def _error(planted: int, found: Sequence[int]) -> float | None:
    near = min(found, key=lambda at: abs(at - planted), default=None)
    return None if near is None or abs(near - planted) > RATE // 2 else (near - planted) / RATE
