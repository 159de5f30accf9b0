"""SVOX Pico: six languages, clearer than eSpeak and with one voice each."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from harness.audio import Samples, samples
from harness.audio.files import from_int16
from harness.audio.level import active_level, dbov
from harness.errors import BadInput
from harness.speech import Speech, engine
from harness.voices._delivery import EDITION, delivered
from harness.voices._languages import family, installed, nearest, plain
from harness.voices._words import stretches, voicing
from harness.voices._worker import Worker

VOICES = {tag.lower(): tag for tag in ("en-US", "en-GB", "es-ES", "fr-FR", "de-DE", "it-IT")}
RATES = (0.2, 5.0)
PITCHES = (0.5, 2.0)

VOLUME = 0.4
"""At its full volume Pico clips; here its loudest voice peaks 4 dB below full scale."""

CLICK = samples(0.08)
FAINT = 15.0
"""After a pause, what is shorter than this and fainter than speech by this many dB is no word."""

_NEIGHBOURS = {
    **{f"en-{region}": "en-gb" for region in ("au", "ie", "in", "nz", "za")},
    **{tag.partition("-")[0]: tag for tag in reversed(VOICES)},
}

_worker = Worker(Path(__file__).with_name("_pico_worker.py"))


def _version() -> str:
    return f"{installed('py-nanotts')} {EDITION}"


def _check(language: str, *, accent: str | None = None, rate: float = 1.0, pitch: float = 1.0) -> None:
    _chosen(language, accent)
    if not RATES[0] <= rate <= RATES[1]:
        raise BadInput(f"pico's rate is {RATES[0]:g} to {RATES[1]:g} times its own", value=rate)
    if not PITCHES[0] <= pitch <= PITCHES[1]:
        raise BadInput(f"pico's pitch is {PITCHES[0]:g} to {PITCHES[1]:g} times its own", value=pitch)


@engine(version=_version, check=_check, accents=VOICES.values)
def pico(text: str, language: str, *, accent: str | None = None, rate: float = 1.0, pitch: float = 1.0) -> Speech:
    """Say a text with SVOX Pico.

    accent: en-US, en-GB, es-ES, fr-FR, de-DE or it-IT, for its own language; else its tag chooses
    rate: how many times its own speed, 0.2 to 5
    pitch: how many times its own, 0.5 to 2

    Pico tells no word times: those of its `Speech.words` are estimates from where it pauses and how
    long each word is.

    Raises BadInput, with the nearest name, for a language or accent that isn't there.

    Source: SVOX Pico (Apache-2.0), in a process of its own.
    """
    _check(language, accent=accent, rate=rate, pitch=pitch)
    voice = VOICES[_chosen(language, accent)]
    # Pico reads tags (its volume is set by one), so a text's own brackets must not look like any.
    words = text.replace("<", " ").replace(">", " ")
    request = {"text": words, "voice": voice, "rate": rate, "pitch": pitch, "volume": VOLUME}
    _, pcm = _worker.ask(request)
    return delivered(_ended(from_int16(np.frombuffer(pcm, "<i2"))), text, language, f"pico {voice}")


def _ended(sound: Samples) -> Samples:
    """The sound up to the end of its last word: Pico's closing half second holds faint clicks."""
    level = active_level(sound).dbov
    parts = stretches(voicing(sound, level))
    while len(parts) > 1:
        start, end = parts[-1]
        if end - start > CLICK or dbov(sound[start:end]) > level - FAINT:
            break
        parts.pop()
    return sound[: parts[-1][1]] if parts else sound


def _chosen(language: str, accent: str | None) -> str:
    if accent is not None:
        if plain(accent) not in VOICES:
            raise BadInput("pico has no such accent", value=accent, known=VOICES.values())
        if family(accent) == family(language):
            return plain(accent)
    tag = nearest(language, VOICES, _NEIGHBOURS)
    if tag is None:
        raise BadInput("pico doesn't speak this language", value=language, known=VOICES.values())
    return tag
