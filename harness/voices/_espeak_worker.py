"""A program of its own that speaks through eSpeak NG, over its pipes.

It imports nothing of the package around it: eSpeak NG is under the GPL-3, and this process is the
whole of what is linked with it.

A line of JSON on standard input is a request; a line of JSON on standard output is its answer, and
the `bytes` that it counts follow it.

    {"do": "list"}
        -> {"voices": {tag: identifier}, "variants": [name], "version": "1.52.0", "bytes": 0}
    {"do": "say", "text": "...", "voice": "en-us+f3", "rate": 165, "pitch": 50}
        -> {"rate": 22050, "words": [[character, sample], ...], "bytes": n}   and 16-bit mono PCM
    anything that goes wrong
        -> {"error": "...", "bytes": 0}

eSpeak repeats to the bit only in the first utterance of a process, so this one starts eSpeak up
once and answers every request in a fork of itself. It draws the breath of its breathy throats (`f3`)
from the clock unless it is given a seed. This program ends when its input does, and never calls
`espeak_Terminate`, which can hang.
"""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Answer = tuple[dict[str, Any], bytes]

SYNCHRONOUS = 2
UTF8 = 1
RATE, PITCH = 1, 3
WORD = 1
SEED = 1
LONGEST = 60
"""Seconds after which a request that hangs is ended."""


class Id(ctypes.Union):
    """What an event is about."""

    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", Id),
    ]


class Voice(ctypes.Structure):
    """`espeak_VOICE` of speak_lib.h; `languages` is a priority and a name, again and again, then a zero."""

    _fields_ = [
        ("name", ctypes.c_char_p),
        ("languages", ctypes.POINTER(ctypes.c_ubyte)),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    ]


HEARD = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


def start() -> tuple[Any, str, int]:
    """The library, ready to speak, with its data's folder and its sample rate."""
    import espeakng_loader

    data = espeakng_loader.get_data_path()
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(Voice))
    library.espeak_Info.restype = ctypes.c_char_p
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, str(Path(data).parent).encode(), 0)
    if rate <= 0:
        raise OSError(f"espeak_Initialize gave {rate}")
    return library, str(data), int(rate)


def tags(languages: Any) -> Iterator[tuple[int, str]]:
    """The language tags of a voice, each with how far down the list for that language it stands."""
    at = 0
    while languages[at]:
        place = int(languages[at])
        tag = bytearray()
        at += 1
        while languages[at]:
            tag.append(languages[at])
            at += 1
        at += 1
        yield place, tag.decode()


def listed(library: Any, data: str, _rate: int, _request: dict[str, Any]) -> Answer:
    """The first voice for each language tag, and the variants."""
    voices: dict[str, tuple[int, str]] = {}
    every = library.espeak_ListVoices(None)
    at = 0
    while every[at]:
        voice = every[at].contents
        at += 1
        identifier = voice.identifier.decode()
        if identifier.startswith("mb/"):
            continue  # needs MBROLA's data, which doesn't come with it
        for place, tag in tags(voice.languages):
            here = place, identifier
            voices[tag.lower()] = min(here, voices.get(tag.lower(), here))
    variants = sorted(file.name for file in (Path(data) / "voices" / "!v").iterdir())
    version = library.espeak_Info(None).decode().split()[0]
    return {"voices": {tag: voices[tag][1] for tag in sorted(voices)}, "variants": variants, "version": version}, b""


def said(library: Any, _data: str, rate: int, request: dict[str, Any]) -> Answer:
    """A text as sound, and at which sample each word that eSpeak knows of begins."""
    sound = bytearray()
    words: list[tuple[int, int]] = []

    def heard(samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            sound.extend(ctypes.string_at(samples, 2 * count))
        at = 0
        while events[at].type:
            if events[at].type == WORD:
                words.append((events[at].text_position - 1, events[at].sample))
            at += 1
        return 0

    library.espeak_ng_SetRandSeed(ctypes.c_long(SEED))
    callback = HEARD(heard)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(request["voice"].encode()):
        raise ValueError(f"no voice {request['voice']}")
    library.espeak_SetParameter(RATE, request["rate"], 0)
    library.espeak_SetParameter(PITCH, request["pitch"], 0)
    text = request["text"].replace("\0", " ").encode() + b"\0"
    if library.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, 1, 0, UTF8, None, None):
        raise ValueError("espeak_Synth failed")
    library.espeak_Synchronize()
    return {"rate": rate, "words": words}, bytes(sound)


def answer(fields: dict[str, Any], sound: bytes = b"") -> None:
    """Write an answer."""
    sys.stdout.buffer.write(json.dumps({**fields, "bytes": len(sound)}).encode() + b"\n" + sound)
    sys.stdout.buffer.flush()


def child(started: tuple[Any, str, int], line: bytes) -> None:
    """Answer one request, in a process that does nothing else."""
    signal.alarm(LONGEST)
    try:
        request = json.loads(line)
        fields, sound = {"list": listed, "say": said}[request["do"]](*started, request)
    except (ValueError, KeyError, TypeError, OSError) as problem:
        fields, sound = {"error": f"{type(problem).__name__}: {problem}"}, b""
    signal.alarm(0)
    answer(fields, sound)


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        started = start()
    except (ImportError, OSError, RuntimeError) as problem:
        answer({"error": f"eSpeak NG doesn't start: {problem}"})
        return
    for line in sys.stdin.buffer:
        pid = os.fork()
        if not pid:
            child(started, line)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        if status:
            answer({"error": f"eSpeak NG ended badly on this text (status {status})"})


if __name__ == "__main__":
    main()
