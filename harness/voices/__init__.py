"""Words → Speech: what a caller means to say, in its own voice."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from harness import plugins
from harness.audio import samples
from harness.cache import keep, recall
from harness.errors import BadInput
from harness.scenario import Line, Piece, VoiceSpec
from harness.speech import Speech, Voice, joined
from harness.voices._delivery import from_bytes, to_bytes

GAP = samples(0.06)
"""Silence between two pieces of a line: what a speaker leaves where it switches language."""


def speak(spec: VoiceSpec, line: Line) -> Speech:
    """A line as a voice says it: each piece in its own language, recorded ones as they were recorded.

    What was said before is recalled, the same to the bit. Raises BadInput where the voice, one of
    its options, or a piece's language or recording isn't there; CallVoid where the voice fails.
    """
    voice = voice_for(spec.engine, **spec.options)

    def said(piece: Piece) -> Speech:
        if piece.audio is None:
            return voice(piece.text, piece.language)
        return voice_for("recorded", audio=piece.audio)(piece.text, piece.language)

    return joined([said(piece) for piece in line], GAP)


def voice_for(engine: str, **options: Any) -> Voice:
    """A voice by its engine's name, with its options chosen; what it says is kept and recalled.

    Raises BadInput, with the nearest name, for an engine or an option that isn't there.
    """
    say = plugins.load("voices", engine)
    chosen = _chosen(engine, options)
    version = getattr(say, "version", None)
    if version is None:
        return lambda text, language: from_bytes(to_bytes(say(text, language, **chosen)))
    known_by = [engine, version(), json.dumps(chosen, sort_keys=True, default=str)]

    def voice(text: str, language: str) -> Speech:
        key = "\x1f".join([*known_by, language, text])
        kept = recall("voices", key)
        if kept is None:
            kept = to_bytes(say(text, language, **chosen))
            keep("voices", key, kept)
        return from_bytes(kept)

    return voice


def check(spec: VoiceSpec, languages: Iterable[str]) -> None:
    """Raise the BadInput that speaking these languages in this voice would, without speaking."""
    chosen = _chosen(spec.engine, spec.options)
    checked = getattr(plugins.load("voices", spec.engine), "check", None)
    if checked is not None:
        for language in languages:
            checked(language, **chosen)


def _chosen(engine: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """All of an engine's options, as given or as they are without."""
    there = _there(engine)
    for name in options:
        if name not in there:
            raise BadInput(f"the voice {engine!r} has no such option", value=name, known=there)
    missing = [name for name, default in there.items() if default is inspect.Parameter.empty and name not in options]
    if missing:
        raise BadInput(f"the voice {engine!r} can't do without its option", value=missing[0])
    return {**there, **options}


@cache
def _there(engine: str) -> Mapping[str, Any]:
    return {name: option.default for name, option in plugins.options(plugins.load("voices", engine)).items()}
