"""eSpeak NG: many accents and a hundred languages, spoken by rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from harness.audio import RATE
from harness.audio.files import from_int16
from harness.audio.resampling import resample
from harness.cache import keep, recall
from harness.errors import BadInput
from harness.speech import Speech, engine
from harness.voices._delivery import EDITION, delivered
from harness.voices._languages import family, installed, nearest, plain
from harness.voices._worker import Worker

RATES = (80, 450)
PITCHES = (0, 99)

# Indian English is spoken by the Hindi voice reading English: a proxy for the accent, and called so.
_NEIGHBOURS = {
    "en-in": "hi",
    "en-ca": "en-us",
    **{f"es-{region}": "es-419" for region in ("ar", "bo", "cl", "co", "ec", "gt", "pe", "py", "us", "uy", "ve")},
}

_worker = Worker(Path(__file__).with_name("_espeak_worker.py"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What this eSpeak can speak: language tag → its name for the voice, and the variants of a voice."""

    voices: Mapping[str, str]
    variants: tuple[str, ...]


def _version() -> str:
    return f"{installed('espeakng-loader')} {installed('soxr')} {EDITION}"


def _check(
    language: str, *, accent: str | None = None, variant: str | None = None, rate: int = 165, pitch: int = 50
) -> None:
    _chosen(language, accent)
    if variant is not None and variant not in _known().variants:
        raise BadInput("espeak has no such variant", value=variant, known=_known().variants)
    if not RATES[0] <= rate <= RATES[1]:
        raise BadInput(f"espeak's rate is {RATES[0]} to {RATES[1]} words a minute", value=rate)
    if not PITCHES[0] <= pitch <= PITCHES[1]:
        raise BadInput(f"espeak's pitch is {PITCHES[0]} to {PITCHES[1]}", value=pitch)


def _accents() -> list[str]:
    return sorted(_known().voices)


@engine(version=_version, check=_check, accents=_accents)
def espeak(
    text: str,
    language: str,
    *,
    accent: str | None = None,
    variant: str | None = None,
    rate: int = 165,
    pitch: int = 50,
) -> Speech:
    """Say a text with eSpeak NG, which tells when each word falls.

    accent: how the language is spoken, by eSpeak's tags (`en-us`, `en-gb-scotland`, `en-029`…)
    variant: another throat for the same accent (`f3`, `m7`…)
    rate: words a minute, 80 to 450
    pitch: 0 to 99

    Without an accent the language's tag chooses. An accent of another language reads English as its
    speakers would (`hi`, `es`); `en-IN` is the Hindi voice reading English. That is a *proxy* for
    the accent, and `Speech.voice` says so. Any other language than the accent's own is left to that
    language's voice.

    Raises BadInput, with the nearest name, for a language, accent or variant that isn't there.

    Source: eSpeak NG 1.52 (GPL-3), in a process of its own.
    """
    _check(language, accent=accent, variant=variant, rate=rate, pitch=pitch)
    tag = _chosen(language, accent)
    throat = f"+{variant}" if variant else ""
    request = {"do": "say", "text": text, "voice": _known().voices[tag] + throat, "rate": rate, "pitch": pitch}
    told, pcm = _worker.ask(request)
    sound = resample(from_int16(np.frombuffer(pcm, "<i2")), told["rate"], RATE)
    marks = [(where, round(at * RATE / told["rate"])) for where, at in told["words"]]
    proxy = "" if family(tag) == family(language) else f" (a proxy for {language})"
    return delivered(sound, text, language, f"espeak {tag}{throat}{proxy}", marks)


def _chosen(language: str, accent: str | None) -> str:
    """The tag of the voice that reads a language in an accent."""
    there = _known().voices
    if accent is not None:
        if plain(accent) not in there:
            raise BadInput("espeak has no such accent", value=accent, known=there)
        if family(accent) == family(language) or family(language) == "en":
            return plain(accent)
    tag = nearest(language, there, _NEIGHBOURS)
    if tag is None:
        raise BadInput("espeak doesn't speak this language", value=language, known=there)
    return tag


@cache
def _known() -> _Known:
    key = f"espeak knows {_version()}"
    kept = recall("voices", key)
    if kept is None:
        told, _ = _worker.ask({"do": "list"})
        kept = json.dumps({"voices": told["voices"], "variants": told["variants"]}).encode()
        keep("voices", key, kept)
    known = json.loads(kept)
    return _Known(known["voices"], tuple(known["variants"]))
