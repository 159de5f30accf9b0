"""Recording: what was captured of a call, before anything is understood of it.

Saved as `call.wav` (left = sent, right = heard), `clean.flac`, `timeline.jsonl` and, for live
calls, `lateness.npy`. Tracks are on the 16-bit grid from the start, so a call that is scored
again from disk has the very samples it was scored from at first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from harness.audio import RATE, Samples
from harness.audio.files import read, write_flac, write_wav
from harness.errors import BadInput
from harness.timeline import Event, event_from_json


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """What both sides heard, on one sample clock.

    clean: the caller before effects; sent: what went on the line; heard: the agent, after playout.
    Three tracks of equal length. lateness: milliseconds each of our frames went out late, shape
    (frames,), empty for a simulated call. provenance: plain data on how it was made.
    """

    clean: Samples
    sent: Samples
    heard: Samples
    events: tuple[Event, ...] = ()
    lateness: Samples = field(default_factory=lambda: np.zeros(0, np.float32))
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long the call was."""
        return len(self.heard) / RATE


def save(recording: Recording, folder: Path) -> None:
    """Write a recording into a folder that exists."""
    write_wav(folder / "call.wav", np.stack([recording.sent, recording.heard], axis=1))
    write_flac(folder / "clean.flac", recording.clean)
    lines = [json.dumps({"at": 0, "type": "Provenance", **recording.provenance}, ensure_ascii=False)]
    lines += [json.dumps(event.to_json(), ensure_ascii=False) for event in recording.events]
    (folder / "timeline.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if len(recording.lateness):
        np.save(folder / "lateness.npy", recording.lateness)


def load(folder: Path) -> Recording:
    """Read back a recording that `save` wrote.

    Raises BadInput, naming the file (and line), where one is missing or can't be read.
    """
    tracks = read(folder / "call.wav")
    if tracks.shape[1] != 2:
        raise BadInput("a recording has two channels, the caller left and the agent right", file=folder / "call.wav")
    clean = read(folder / "clean.flac")[:, 0]
    if len(clean) != len(tracks):
        lengths = f"{len(clean)} and {len(tracks)} samples"
        raise BadInput("call.wav and clean.flac aren't of one call: their lengths differ", file=folder, value=lengths)
    provenance, events = read_timeline(folder / "timeline.jsonl")
    return Recording(clean, tracks[:, 0], tracks[:, 1], events, _read_lateness(folder / "lateness.npy"), provenance)


def _read_lateness(path: Path) -> Samples:
    """How late each frame went out; empty where the call was simulated."""
    if not path.exists():
        return np.zeros(0, np.float32)
    try:
        found = np.asarray(np.load(path), np.float32)
    except (OSError, ValueError, EOFError) as problem:
        raise BadInput("can't read how late the frames were", file=path) from problem
    if found.ndim != 1 or not np.isfinite(found).all():
        raise BadInput("not how late the frames were: milliseconds, one number a frame", file=path)
    return found


def read_timeline(path: Path) -> tuple[dict[str, Any], tuple[Event, ...]]:
    """The provenance and the events of a `timeline.jsonl`. Raises BadInput, naming file and line."""
    provenance: dict[str, Any] = {}
    events: list[Event] = []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput("can't read the timeline", file=path, value=problem) from problem
    # Not splitlines, for which U+2028 inside a text ends a line too.
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        try:
            row = json.loads(line)
            if row["type"] == "Provenance":
                provenance = {k: v for k, v in row.items() if k not in ("at", "type")}
            else:
                events.append(event_from_json(row))
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise BadInput("not an event", file=path, line=number, value=line[:80]) from problem
    return provenance, tuple(events)


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Events by the sample they happened at; those of one sample as they were noted."""
    return tuple(sorted(events, key=lambda event: event.at))
