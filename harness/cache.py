"""What was made once and would come out the same again: speech by its text, words by their sound.

Entries live in files under `root()`, one a key. An entry is whole or it isn't there: it is written
beside its place and then moved there, and one that is broken or cut short is treated as absent. So
any number of processes may read and write at once. Losing all of it costs time and nothing else,
which is why a folder that can't be written to is no error.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkstemp

_MARK = b"vahness1"
_HEAD = len(_MARK) + 12


def root() -> Path:
    """The cache's folder: $VAHNESS_CACHE, else $XDG_CACHE_HOME/vahness, else ~/.cache/vahness.

    Who has no home has it under the system's folder for temporary files.
    """
    own = os.environ.get("VAHNESS_CACHE")
    if own:
        return Path(own)
    general = os.environ.get("XDG_CACHE_HOME")
    if general:
        return Path(general) / "vahness"
    try:
        return Path.home() / ".cache" / "vahness"
    except RuntimeError:
        return Path(gettempdir()) / f"vahness-{os.getuid()}"


def recall(kind: str, key: str) -> bytes | None:
    """What was kept under a key, or None where nothing (or nothing whole) is there.

    kind: a family of entries, a folder's name. key: any text that names all the value depends on.
    """
    try:
        entry = _place(kind, key).read_bytes()
    except OSError:
        return None
    value = memoryview(entry)[_HEAD:]
    if entry[:_HEAD] != _head(value):
        return None
    return bytes(value)


def keep(kind: str, key: str, value: bytes) -> None:
    """Keep a value under a key, in place of what was there.

    Where it can't be written nothing is kept.
    """
    place = _place(kind, key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=".", dir=place.parent)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_head(memoryview(value)))
            file.write(value)
        Path(name).replace(place)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()


def _place(kind: str, key: str) -> Path:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return root() / kind / digest[:2] / digest[2:]


def _head(value: memoryview) -> bytes:
    """What stands before a value: its length and checksum, by which a broken entry is known."""
    return _MARK + len(value).to_bytes(8, "big") + zlib.crc32(value).to_bytes(4, "big")
