"""Other people's recordings: verdicts on those that are given as RECORDINGS=DIR, and what an hour of them costs.

The folder holds stereo files and a truth.json: a list of {file, event (backchannel, interruption),
onset, floor_holder (held, yielded), left_segments}, in seconds, left being who starts to talk.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.section import Figure, Section, at_most
from harness.audio import RATE, samples
from harness.conversation import Conversation
from harness.detection.bleed import RULE, Rule
from harness.listening.foreign import ListenedIn, listen_in
from harness.recording import Recording
from harness.run.borrowed import channels
from harness.run.scoring import measure as scored
from harness.scenario import Scenario
from harness.scorers._yields import yields
from harness.selftest.dialogues import CLEAN, generated
from harness.statistics import nearest_rank
from harness.timeline import Interrupted, Murmured

FALLS_SILENT, STAYS_SILENT = samples(1.0), samples(0.6)
"""The rule for what wants no floor: an agent that falls silent within 1.0 s, for 0.6 s, gave it up."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled recording."""

    recording: Recording
    name: str
    kind: str
    onset: float
    verdict: str
    segments: Sequence[tuple[float, float]]


def clips(folder: Path) -> tuple[Clip, ...]:
    """The recordings of a folder, by its truth.json."""
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return tuple(_clip(folder, row) for row in rows)


def _clip(folder: Path, row: Mapping[str, Any]) -> Clip:
    caller, agent = channels(folder / row["file"], "left")
    segments = tuple((float(a), float(b)) for a, b in row["left_segments"])
    return Clip(
        Recording(caller, caller, agent), row["file"], row["event"], row["onset"], row["floor_holder"], segments
    )


def heard(clip: Clip, rule: Rule = RULE, *, labelled: bool = True) -> ListenedIn:
    """What is understood of a recording, with its label or without."""
    at = samples(clip.onset)
    kind = Murmured(at, 0, "backchannel", at, at) if clip.kind == "backchannel" else None
    label = kind or Interrupted(at, 0, "topic_switch", at, at)
    return listen_in(replace(clip.recording, events=(label,) if labelled else ()), rule=rule)


def verdict(found: Conversation) -> str:
    """Whether who held the floor gave it up for the first onset over it, by the rules of the score catalogue."""
    mark = next(e for e in found.recording.events if isinstance(e, Interrupted | Murmured))
    if isinstance(mark, Interrupted):
        delay = yields(found)[0].delay
        return "held" if delay is None else "yielded"
    ends = [end for _, end in found.spurts if mark.at < end <= mark.at + FALLS_SILENT]
    nexts = {end: min((a for a, _ in found.spurts if a >= end), default=len(found.recording.heard)) for end in ends}
    return "yielded" if any(onward - end >= STAYS_SILENT for end, onward in nexts.items()) else "held"


def _told(clip: Clip, found: Conversation) -> str:
    if clip.kind == "backchannel":
        return verdict(found)
    one = yields(found)[0]
    return f"{verdict(found)} in {one.delay:.2f} s ({one.standing})" if one.delay is not None else verdict(found)


def _errors(clip: Clip, found: ListenedIn) -> Iterator[float]:
    """How far the onsets that were found lie from those labelled, in ms."""
    for start, _ in clip.segments:
        near = min((abs(a / RATE - start) for a, _ in found.caller.spurts), default=float("inf"))
        yield 1000.0 * near


def _labelled(all_clips: Sequence[Clip]) -> Iterator[Figure]:
    right, errors = 0, []
    rows = []
    for clip in all_clips:
        found = heard(clip)
        errors += list(_errors(clip, found))
        mine = verdict(found.conversation)
        right += mine == clip.verdict
        rows.append(Figure(clip.name, _told(clip, found.conversation), clip.verdict, mine == clip.verdict))
    yield Figure("verdicts right", f"{right} of {len(all_clips)}", f"{len(all_clips)}", right == len(all_clips))
    yield from rows
    yield at_most(f"onset against the word labels, median (n = {len(errors)})", nearest_rank(errors, 0.5), 150, "ms")
    yield Figure("onset against the word labels, the worst", f"{max(errors):.0f} ms")
    unlabelled = [heard(clip, labelled=False).conversation.recording.events for clip in all_clips]
    wanted = [Murmured if clip.kind == "backchannel" else Interrupted for clip in all_clips]
    same = sum(
        any(isinstance(e, cls) and abs(e.at / RATE - clip.onset) <= 0.5 for e in events)
        for clip, cls, events in zip(all_clips, wanted, unlabelled, strict=True)
    )
    yield Figure("without labels: kind of the labelled onset estimated right", f"{same} of {len(all_clips)}")


def _varied(all_clips: Sequence[Clip]) -> Iterator[Figure]:
    """The same verdicts with each number of the bleed's rule half as large, and half as large again."""
    for field in fields(Rule):
        worst = len(all_clips)
        for factor in (0.5, 1.5):
            rule = replace(RULE, **{field.name: getattr(RULE, field.name) * factor})
            worst = min(worst, sum(verdict(heard(clip, rule).conversation) == clip.verdict for clip in all_clips))
        what = f"verdicts right with the bleed's `{field.name}` (of {getattr(RULE, field.name):g}) ± 50 %"
        yield Figure(what, f"{worst} of {len(all_clips)}", f"{len(all_clips)}", worst == len(all_clips))


def an_hour(seconds: int = 3600) -> Recording:
    """A stereo hour of generated dialogues, nothing known of it."""
    parts = [dialogue.recording for dialogue in generated(CLEAN, 1)]
    length = seconds * RATE
    sent = np.resize(np.concatenate([part.sent for part in parts]), length)
    other = np.resize(np.concatenate([part.heard for part in parts]), length)
    return Recording(sent, sent, other)


def cost_of_an_hour(veto: bool) -> float:
    """The processor's seconds for hearing and scoring an hour."""
    recording = an_hour()
    started = time.process_time()
    found = listen_in(recording, veto=veto).conversation
    scored(found, Scenario("hour", "hour", "hour.yaml", 0))
    return time.process_time() - started


def _cost() -> Iterator[Figure]:
    what = "scoring a stereo hour without words, one core"
    yield Figure(f"{what}, energy alone", f"{cost_of_an_hour(veto=False):.1f} s")
    yield at_most(f"{what}, with Silero's say-so", cost_of_an_hour(veto=True), 30, "s")


def measure() -> Section:
    """Verdicts on the recordings that were given, and the cost of an hour."""
    given = os.environ.get("RECORDINGS")
    figures = list(_cost())
    notes = "The hour is made of generated dialogues, both channels listened to, each against the other's bleed."
    if not given:
        notes += " No recordings of people were given (`make bench RECORDINGS=DIR`)."
        return Section("Other people's recordings", figures, notes)
    all_clips = clips(Path(given))
    figures = [*_labelled(all_clips), *_varied(all_clips), *figures]
    notes += (
        " A verdict is `yielded` where the speech that was running ended within 3.0 s of an interruption, or fell"
        " silent within 1.0 s, for 0.6 s, of a backchannel; kinds are the labels'. Nothing in a recording proves that"
        " there was more to say, so a yield stays `unproved` in the scores. The labels are of words, by an aligner."
    )
    return Section("Other people's recordings", figures, notes)
