"""A program of its own that turns sound into words with Moonshine, for every process of a run.

    python _moonshine_server.py FOLDER [now]

It listens on the socket `words` in the folder, and writes `ready` on its output once it does. Its
model it loads when it is first asked; told `now`, at once, beside listening. A
message is sound, 32-bit floats at 16 kHz; the answer is `+` and the words, or `-` and what went
wrong. One sound is worked on at a time: Moonshine uses every core for it.

It ends, and removes the folder, when its standard input ends or the process that started it is
gone, so that nobody's crash leaves it behind.
"""

import ctypes
import os
import select
import shutil
import signal
import sys
import threading
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

RATE = 16_000


class Ears:
    """Moonshine, loaded when it is first needed or told to; one sound at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None

    def load(self) -> None:
        """Load the model, which takes most of a second."""
        with self._lock:
            self._loaded()

    def _loaded(self) -> Any:
        if self._model is None:
            from moonshine_voice.moonshine_api import ModelArch
            from moonshine_voice.transcriber import Transcriber
            from moonshine_voice.utils import get_model_path

            # At its own threshold a leading silence becomes a bogus "You"; at 0 all of it is heard.
            options = {"vad_threshold": "0", "return_audio_data": "false"}
            self._model = Transcriber(str(get_model_path("tiny-en")), ModelArch.TINY, options=options)
        return self._model

    def words(self, sound: bytes) -> str:
        """What was said. Raises RuntimeError where Moonshine fails."""
        from moonshine_voice.moonshine_api import TranscriptC

        with self._lock:
            model = self._loaded()
            # Its own wrapper takes a list, and builds one for the sound in every line that it gives back.
            floats = (ctypes.c_float * (len(sound) // 4)).from_buffer_copy(sound)
            found = ctypes.POINTER(TranscriptC)()
            failed = model._lib.moonshine_transcribe_without_streaming(
                model._handle, floats, len(floats), RATE, 0, ctypes.byref(found)
            )
            if failed:
                raise RuntimeError(f"Moonshine failed with {failed}")
            lines = [found.contents.lines[i] for i in range(found.contents.line_count)] if found else []
            texts = [ctypes.string_at(line.text).decode("utf-8", "ignore").strip() for line in lines if line.text]
            return " ".join(text for text in texts if text)


def answer(line: Connection, ears: Ears) -> None:
    """Answer one process until it hangs up."""
    with line:
        while True:
            try:
                sound = line.recv_bytes()
            except (EOFError, OSError):
                return
            try:
                reply = b"+" + ears.words(sound).encode()
            except (RuntimeError, OSError, ImportError, ValueError) as problem:
                reply = f"-{type(problem).__name__}: {problem}".encode()
            try:
                line.send_bytes(reply)
            except OSError:
                return


def outlast(parent: int, folder: Path) -> None:
    """End with whoever started this, however that one ends."""
    while os.getppid() == parent:
        readable, _, _ = select.select([sys.stdin], [], [], 1.0)
        if readable and not os.read(sys.stdin.fileno(), 1):
            break
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main() -> None:
    """Listen until the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder = Path(sys.argv[1])
    ears = Ears()
    with Listener(str(folder / "words"), "AF_UNIX", backlog=64) as listener:
        threading.Thread(target=outlast, args=(os.getppid(), folder), daemon=True).start()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        if "now" in sys.argv[2:]:
            threading.Thread(target=ears.load, daemon=True).start()
        while True:
            threading.Thread(target=answer, args=(listener.accept(), ears), daemon=True).start()


if __name__ == "__main__":
    main()
