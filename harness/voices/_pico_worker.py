"""A program of its own that speaks through SVOX Pico, over its pipes.

A line of JSON on standard input is a request; a line of JSON on standard output is its answer, and
the `bytes` that it counts follow it.

    {"text": "...", "voice": "en-US", "rate": 1.0, "pitch": 1.0, "volume": 0.4}
        -> {"bytes": n}   and 16-bit mono PCM at 16 kHz
    anything that goes wrong
        -> {"error": "...", "bytes": 0}

Pico works in 2.5 MB that it takes from `malloc` and never clears, and what it finds there changes
what it says. Memory fresh from the system is all zeros, and that is what it gets here: each request
is answered in a fork of a process that has never spoken, nor ever given so much memory back.
"""

import json
import os
import signal
import sys
from typing import Any

LONGEST = 60
"""Seconds after which a request that hangs is ended."""


def answer(fields: dict[str, Any], sound: bytes = b"") -> None:
    """Write an answer."""
    sys.stdout.buffer.write(json.dumps({**fields, "bytes": len(sound)}).encode() + b"\n" + sound)
    sys.stdout.buffer.flush()


def child(speaker: Any, line: bytes) -> None:
    """Answer one request, in a process that does nothing else."""
    signal.alarm(LONGEST)
    fields: dict[str, Any] = {}
    sound = b""
    try:
        request = json.loads(line)
        sound = speaker.speak(
            request["text"],
            voice=request["voice"],
            speed=request["rate"],
            pitch=request["pitch"],
            volume=request["volume"],
        )
    except (ValueError, KeyError, TypeError, RuntimeError, MemoryError) as problem:
        fields = {"error": f"{type(problem).__name__}: {problem}"}
    signal.alarm(0)
    answer(fields, sound)


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        from py_nanotts import NanoTTS
    except ImportError as problem:
        answer({"error": f"Pico doesn't start: {problem}"})
        return
    speaker = NanoTTS()
    for line in sys.stdin.buffer:
        pid = os.fork()
        if not pid:
            child(speaker, line)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        if status:
            answer({"error": f"Pico ended badly on this text (status {status})"})


if __name__ == "__main__":
    main()
