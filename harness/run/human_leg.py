"""The leg behind a handoff: the human who takes over asks what the packet lacks, and the caller answers.

It is played after the call, from the packet and the scenario's truth, so that what the customer
would feel can be read and heard. Kept beside the call as `human_leg.json` and `human_leg.wav`
(left: the caller, right: the human); the recording and its time line stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from harness.audio import RATE, Samples, on_grid, samples
from harness.audio.files import write_wav
from harness.conversation import Conversation
from harness.errors import BadInput, VahnessError
from harness.run.human_words import Who, Words, words_of
from harness.scenario import Piece, Scenario, VoiceSpec
from harness.scorers._human_leg import Taking, human_leg
from harness.speech import Speech
from harness.voices import speak

NAME = "human_leg.json"
SOUND = "human_leg.wav"

PAUSE = samples(0.4)
"""Silence between two lines: what people leave on the telephone."""

_NOTED = ("field", "verdict", "truth", "handed")
"""What is kept of a field that is noted."""

_HUMANS = tuple(VoiceSpec("pico", {"accent": accent}) for accent in ("en-GB", "en-US"))
"""Voices of the human's: it has the first that isn't the caller's."""


@dataclass(frozen=True, slots=True)
class HumanLine:
    """A line of the leg. about: the field that it asks for or gives, None of what is read back; why: of `Question`.

    again: the caller had said in the call what it is asked for. start, end: its voiced edges in
    seconds, None where it wasn't spoken.
    """

    who: Who
    text: str
    about: str | None = None
    why: str | None = None
    again: bool = False
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class HumanLeg:
    """What was said behind the handoff. noted: what a human would notice of the packet without asking.

    to: where the call went. voices: who spoke in which. unspoken: why there is no sound of it.
    """

    lines: tuple[HumanLine, ...]
    to: str | None = None
    noted: tuple[Mapping[str, str | None], ...] = ()
    voices: tuple[tuple[Who, str], ...] = ()
    unspoken: str | None = None

    def asked(self, *, again: bool) -> tuple[HumanLine, ...]:
        """The human's questions; again: only those for what the caller had said in the call."""
        return tuple(line for line in self.lines if line.who == "human" and line.about and (line.again or not again))

    @property
    def seconds_again(self) -> float | None:
        """What the caller spends on saying things again, from each question to the end of its answer."""
        if self.unspoken is not None:
            return None
        pairs = zip(self.lines, self.lines[1:], strict=False)
        spent = ((a.start or 0.0, b.end or 0.0) for a, b in pairs if a.again and a.who == "human")
        return round(sum((end - start for start, end in spent), 0.0), 3)


def keep_leg(conversation: Conversation, scenario: Scenario, folder: Path) -> None:
    """Play the leg of a call and write it into the call's folder; where there is none, leave none there.

    A voice that fails us costs the leg its sound and not the call its scores.
    """
    taking = human_leg(conversation, scenario)
    if taking is None:
        for name in (NAME, SOUND):
            (folder / name).unlink(missing_ok=True)
        return
    leg, sound = played(taking, scenario)
    if sound is None:
        (folder / SOUND).unlink(missing_ok=True)
    else:
        write_wav(folder / SOUND, sound)
    text = json.dumps(to_json(leg), ensure_ascii=False, indent=1)
    # Half of a surrogate pair, which a packet may hold, is no character of UTF-8, but JSON can say it.
    (folder / NAME).write_text(text + "\n", encoding="utf-8", errors="backslashreplace")


def played(taking: Taking, scenario: Scenario) -> tuple[HumanLeg, Samples | None]:
    """The leg as it is said, and its sound of shape (n, 2), the caller left; None where a voice can't say it."""
    words = words_of(taking)
    noted = tuple({name: getattr(field, name) for name in _NOTED} for field in taking.noted)
    leg = HumanLeg(tuple(_line(one) for one in words), taking.to, noted)
    try:
        said = _spoken(words, scenario)
    except VahnessError as problem:
        return replace(leg, unspoken=str(problem)), None
    sound, lines = _laid(leg.lines, said)
    voices = tuple(dict.fromkeys((line.who, speech.voice) for line, speech in zip(lines, said, strict=True)))
    return replace(leg, lines=lines, voices=voices), sound


def to_json(leg: HumanLeg) -> dict[str, Any]:
    """The leg as plain data, with what it comes to."""
    sums = {
        "questions": len(leg.asked(again=False)),
        "again": len(leg.asked(again=True)),
        "seconds": None if leg.unspoken is not None or not leg.lines else leg.lines[-1].end,
        "seconds_again": leg.seconds_again,
    }
    voices = dict(leg.voices)
    return {**sums, **asdict(leg), "voices": voices}


def load_leg(folder: Path) -> HumanLeg | None:
    """The leg that `keep_leg` wrote into a call's folder; None where there was none.

    Raises BadInput, naming the file, where it can't be read.
    """
    path = folder / NAME
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        lines = tuple(_read_line(line) for line in plain["lines"])
        noted = tuple({name: _text_or_none(one[name]) for name in _NOTED} for one in plain["noted"])
        voices = tuple((who, str(voice)) for who, voice in plain["voices"].items())
        return HumanLeg(lines, _text_or_none(plain["to"]), noted, voices, _text_or_none(plain["unspoken"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise BadInput("not the leg behind a handoff", file=path, value=problem) from problem


def _read_line(plain: Any) -> HumanLine:
    line = HumanLine(**plain)
    times = [at for at in (line.start, line.end) if at is not None]
    if line.who not in ("human", "caller") or not all(isinstance(at, int | float) for at in times):
        raise ValueError("no line of a leg")
    return replace(line, text=str(line.text), about=_text_or_none(line.about), why=_text_or_none(line.why))


def _text_or_none(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _line(one: Words) -> HumanLine:
    if one.about is None:
        return HumanLine(one.who, one.text)
    return HumanLine(one.who, one.text, one.about.field, one.about.why, one.about.again)


def _spoken(words: Sequence[Words], scenario: Scenario) -> list[Speech]:
    """Each line as sound, in two voices. What is asked is English, and so is the answer."""
    english = scenario.language if scenario.language.lower().startswith("en") else "en-US"
    voice = scenario.persona.voice
    answers = {i: speak(voice, (Piece(one.text, english),)) for i, one in enumerate(words) if one.who == "caller"}
    taken = {answer.voice for answer in answers.values()}
    asks = (Piece(words[0].text, "en"),)
    human = next((spec for spec in _HUMANS if speak(spec, asks).voice not in taken), _HUMANS[0])
    return [answers[i] if i in answers else speak(human, (Piece(one.text, "en"),)) for i, one in enumerate(words)]


def _laid(lines: Sequence[HumanLine], said: Sequence[Speech]) -> tuple[Samples, tuple[HumanLine, ...]]:
    """The lines one behind the other, each on its own side, with when they fall."""
    sound = np.zeros((sum(len(speech.samples) + PAUSE for speech in said), 2), np.float32)
    at, timed = 0, []
    for line, speech in zip(lines, said, strict=True):
        sound[at : at + len(speech.samples), 0 if line.who == "caller" else 1] = speech.samples
        edges = ((at + speech.onset) / RATE, (at + speech.end) / RATE)
        timed.append(replace(line, start=round(edges[0], 4), end=round(edges[1], 4)))
        at += len(speech.samples) + PAUSE
    return on_grid(sound), tuple(timed)
