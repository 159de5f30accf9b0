"""Scoring a recording that somebody else made: two channels, and whatever is told of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from harness import __version__, plugins
from harness.audio import RATE, Samples
from harness.audio.files import read
from harness.audio.level import SILENCE
from harness.callers.scripted import scripted
from harness.errors import BadInput
from harness.listening.alignment import Alignment, align
from harness.listening.foreign import ListenedIn, listen_in
from harness.recognisers.moonshine import moonshine
from harness.recording import Recording, in_order
from harness.run.labels import read_labels
from harness.run.recognising import recognised_as_asked
from harness.run.scoring import scorecard
from harness.run.suite import Finished
from harness.scenario import INTERRUPTIONS, MURMURS, Scenario
from harness.scenario.suite import read_suite
from harness.score import Scorecard
from harness.speech import Recogniser, Speech
from harness.text.counting import counted
from harness.timeline import Event, HeardAs, Interrupted, LineSaid, Murmured, Party
from harness.voices import speak

Channel = Literal["left", "right"]

OF_WORDS = ("wer", "cer", "mixed_error_rate", "entity_accuracy", "audibility_wer")
"""Scorers that hold what was understood against all that the caller said."""

_ALIKE = 1e-4
"""Channels whose difference is 40 dB below them are one: a mono recording stored as two."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of a recording: the caller's channel, a file of what happened, a scenario's file.

    recognise: whether a recogniser is asked of both sides, also of what the scenario expects nothing of.
    """

    caller: Channel
    events: Path | None = None
    scenario: Path | None = None
    recognise: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scenario's whose clean sound is known: which step it is, of what kind, held or not."""

    step: int
    kind: str
    held: bool
    speech: Speech


def score_borrowed(path: Path, telling: Telling, on_card: Callable[[Scorecard, int, int], None]) -> Finished:
    """Score one recording of any format; nothing is written.

    Raises BadInput where it isn't two parties on two channels, or what is told of it can't be read.
    """
    started = time.monotonic()
    card = card_of(path, telling, recogniser=moonshine())
    on_card(card, 1, 1)
    return Finished(path, (card,), (), card.seconds, time.monotonic() - started, False, 1)


def card_of(path: Path, telling: Telling, *, recogniser: Recogniser | None = None) -> Scorecard:
    """The scorecard of a recording; without a recogniser nobody's words are known but those that are told."""
    caller, agent = channels(path, telling.caller)
    scenario = _scenario(path, telling)
    events = read_labels(telling.events, len(agent), scenario.language) if telling.events else ()
    lines = () if any(isinstance(event, LineSaid) for event in events) else _lines(scenario)
    found = align(caller, [line.speech.samples for line in lines]) if lines else None
    said = _said(lines, found, len(caller)) if found else ()
    provenance = {"vahness": __version__, "call": scenario.id, "shell": "recorded", "caller": telling.caller}
    recording = Recording(caller, caller, agent, in_order([*said, *events]), provenance=provenance)
    heard = listen_in(recording, recogniser=recogniser)
    origin = _origin(telling, heard, lines, found)
    whole = replace(heard.conversation.recording, provenance={**provenance, **origin})
    conversation = replace(heard.conversation, recording=whole)
    if recogniser is not None:
        conversation = recognised_as_asked(conversation, scenario, recogniser, everything=telling.recognise)
    unknown = _unknown(heard, lines, found, bool(conversation.overheard))
    card = scorecard(conversation, scenario, agent=path.name, shell="recorded", unknown=unknown)
    return replace(card, origin=origin)


def channels(path: Path, caller: Channel) -> tuple[Samples, Samples]:
    """The caller's channel and the agent's, at 16 kHz. Raises BadInput where there aren't two."""
    sound = read(path)
    count = sound.shape[1]
    why = "who speaks when can't be told without a channel for each party: record the caller and the agent apart"
    if count == 1:
        raise BadInput(f"a mono recording: {why}", file=path)
    if count > 2:
        raise BadInput("a call has two channels, one for the caller and one for the agent", file=path, value=count)
    left, right = np.ascontiguousarray(sound[:, 0]), np.ascontiguousarray(sound[:, 1])
    size = float(np.square(left).mean() + np.square(right).mean())
    if size > 0.0 and float(np.square(left - right).mean()) < _ALIKE * size:
        raise BadInput(f"both channels hold the same, a mono recording stored as two: {why}", file=path)
    return (left, right) if caller == "left" else (right, left)


# --- what the caller said, where its clean sound is known


def _scenario(path: Path, telling: Telling) -> Scenario:
    """The one that is told, else one that asks nothing."""
    if telling.scenario is None:
        return Scenario(id=path.stem, name=path.name, file=str(path), seed=0)
    read = read_suite([telling.scenario]).scenarios
    if any(one.steps != read[0].steps or one.persona != read[0].persona for one in read):
        many = "a recording is of one call, and this scenario's lines differ from one of its calls to the other"
        raise BadInput(many, file=telling.scenario)
    return replace(read[0], id=path.stem)


def _lines(scenario: Scenario) -> tuple[Line, ...]:
    """The scenario's lines as its voice says them, in order."""
    if not scenario.steps:
        return ()
    found = []
    for act in scripted(scenario, speak=speak).acts:
        speech = getattr(act, "speech", None)
        if isinstance(speech, Speech) and speech.end > speech.onset:
            found.append(Line(act.step, getattr(act, "kind", "say"), getattr(act, "held", False), speech))
    return tuple(found)


def _said(lines: Sequence[Line], found: Alignment, length: int) -> Iterator[Event]:
    """What happened where a line was found: that it was said, and that it cut in or was a murmur."""
    for number, line in enumerate(lines):
        if found.placed[number] is None:
            continue
        speech = line.speech

        def at(sample: int, number: int = number) -> int:
            return min(max(found.position(number, sample), 0), length)

        start, end = at(speech.onset), at(speech.end)
        words = tuple((word.text, at(word.start), at(word.end)) for word in speech.words)
        yield LineSaid(start, end, line.step, line.kind, speech.text, speech.language, words, held=line.held)
        if line.kind in INTERRUPTIONS:
            yield Interrupted(start, line.step, line.kind, start, start)
        elif line.kind in MURMURS:
            yield Murmured(start, line.step, line.kind, start, start)


# --- what isn't known, and what is estimated


def _unknown(heard: ListenedIn, lines: Sequence[Line], found: Alignment | None, recognised: bool) -> dict[str, str]:
    """The scorers that would rest on what a recording doesn't hold, and why they can't."""
    conversation = heard.conversation
    if not any(turn.party is Party.CALLER for turn in conversation.turns):
        nobody = "the caller is never heard on its channel" + (
            "" if conversation.spurts else ", nor the agent on its own"
        )
        return dict.fromkeys(plugins.names("scorers"), nobody)
    elsewhere = "a recording made elsewhere"
    unknown = {
        "caller_drift": f"{elsewhere}: when its caller meant to speak isn't known",
        "frame_lateness": f"{elsewhere}: how late its frames were isn't known",
        "greeting_latency": f"{elsewhere}: whether it begins where the call connected isn't known",
        "caller_audibility": f"{elsewhere}: the caller's sound before the line isn't in it",
        "first_ten_seconds": f"{elsewhere}: whether it begins where the call connected isn't known",
    }
    recording = conversation.recording
    told = [event for event in recording.events if isinstance(event, HeardAs)]
    if (told or recognised) and ((found is not None and None in found.placed) or not _all_known(heard)):
        missing = "" if found is None else f" ({_count(found)} of {len(lines)} lines were found)"
        why = f"not all that the caller said is known{missing}: give --scenario, or its lines in --events"
        unknown |= dict.fromkeys(OF_WORDS, why)
    return unknown


def _all_known(heard: ListenedIn) -> bool:
    sources = {turn.source for turn in heard.conversation.turns if turn.party is Party.CALLER}
    return sources == {"known"}


def _count(found: Alignment) -> int:
    return sum(placed is not None for placed in found.placed)


def _origin(telling: Telling, heard: ListenedIn, lines: Sequence[Line], found: Alignment | None) -> dict[str, Any]:
    """How a recording was read, as plain data; times in seconds, levels in dB."""
    turns = [turn for turn in heard.conversation.turns if turn.party is Party.CALLER]
    known = sum(turn.source == "known" for turn in turns)
    origin: dict[str, Any] = {
        "caller_channel": telling.caller,
        "caller_turns": {"known": known, "detected": len(turns) - known},
        "kinds": {"labelled": heard.labelled, "estimated": heard.estimated, "without_an_onset": heard.unheard},
        "resolution": round(heard.conversation.resolution, 4),
        "bleed": {
            name: round(detected.bled, 1) if detected.bled > SILENCE else None
            for name, detected in (("of_agent_on_caller", heard.caller), ("of_caller_on_agent", heard.agent))
        },
    }
    if heard.labelled:
        origin["labels_moved_by_at_most"] = round(heard.moved / RATE, 3)
    if found is not None:
        missing = [line.step for line, placed in zip(lines, found.placed, strict=True) if placed is None]
        origin["lines"] = {"found": _count(found), "of": len(lines), "steps_not_found": missing}
        drift = found.drift
        origin["clock_drift"] = drift and {
            "ppm": round(drift.ppm, 2),
            "standard_error_ppm": round(drift.sure, 2),
            "residual_ms": round(1000.0 * drift.residual / RATE, 4),
            "stretches": drift.stretches,
        }
    return origin


def notes(card: Scorecard) -> Iterator[str]:
    """What a reader of a recording's scores must know, in words."""
    origin = card.origin
    detected = origin["caller_turns"]["detected"]
    if detected:
        sure = 1000.0 * origin["resolution"]
        turns = counted(detected, "turn")
        yield f"estimated: {turns} of the caller's, found in its sound, with edges to about {sure:.0f} ms"
    if origin["kinds"]["estimated"]:
        onsets = counted(origin["kinds"]["estimated"], "onset")
        yield f"estimated: the kind of {onsets} over the agent's speech: name it with --events"
    if origin["kinds"]["without_an_onset"]:
        labels = counted(origin["kinds"]["without_an_onset"], "label")
        yield f"no onset of the caller's within 0.5 s of {labels}"
    if "lines" in origin:
        lines = counted(origin["lines"]["of"], "line")
        yield f"found in the recording: {origin['lines']['found']} of {lines} of the scenario"
        drift = origin["clock_drift"]
        if drift and abs(drift["ppm"]) > 3.0 * drift["standard_error_ppm"]:
            sure = drift["standard_error_ppm"]
            yield f"its clock drifts by {drift['ppm']:.0f} ± {sure:.0f} ppm against ours: the lines' edges follow it"
