"""Sound files in and out.

We write 16-bit PCM as round(clip(x) * 32767). Every 16-bit file, ours or not, is read as its
integers over 32767, so that what was written comes back on the same grid to the bit (of the
integers another program wrote, -32768 becomes -1.0).
"""

from __future__ import annotations

import io
import re
import wave
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from harness.audio import RATE, Samples
from harness.audio.resampling import resample
from harness.errors import BadInput, PartMissing

if TYPE_CHECKING:
    import soundfile

_FULL = np.float32(32767.0)

_STREAMED = 0x7FFF_0000
"""A header with a size from here on was written by a program that couldn't know it: no promise."""


def read(path: Path) -> Samples:
    """A recording's samples, shape (n, channels), at 16 kHz, whatever its format and rate.

    What libsndfile knows (wav, flac, mp3, ogg, opus…) is read by it, the rest by pydub and ffmpeg
    where they are there. Raises BadInput, with the file and the reason, where it is missing,
    unreadable, empty or cut short; PartMissing where only ffmpeg could tell.
    """
    path = Path(path)
    if not path.is_file():
        raise BadInput("not a file" if path.exists() else "no such recording", file=path)
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as problem:
        raise BadInput("can't read the recording", file=path, value=problem.strerror) from problem
    if not size:
        raise BadInput("the recording is empty: no bytes", file=path)
    sound, rate = _decoded(path)
    if not len(sound):
        raise BadInput("the recording is empty: no samples", file=path)
    if not np.isfinite(sound).all():
        raise BadInput("the recording holds values that are no numbers (NaN or infinity)", file=path)
    return np.asarray(np.clip(resample(sound, rate, RATE), -1.0, 1.0), np.float32)


def write_wav(path: Path, samples: Samples) -> None:
    """Write sound, shape (n,) or (n, channels) at 16 kHz, as 16-bit WAV: the same bytes each time."""
    integers = to_int16(samples)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if integers.ndim == 1 else integers.shape[1])
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(integers.astype("<i2", copy=False).tobytes())


def write_flac(path: Path, samples: Samples) -> None:
    """Write sound, shape (n,) or (n, channels) at 16 kHz, as 16-bit FLAC: the same bytes each time."""
    import soundfile

    # Into memory: libsndfile waits for the disk before it lets go of a file. At the least effort:
    # a recording is some tenths larger, and written in a third of the time.
    encoded = io.BytesIO()
    soundfile.write(encoded, to_int16(samples), RATE, subtype="PCM_16", format="FLAC", compression_level=0.0)
    path.write_bytes(encoded.getvalue())


def to_int16(samples: Samples) -> NDArray[np.int16]:
    """The integers that 16-bit PCM holds: round(clip(x) * 32767)."""
    scaled = np.asarray(samples * _FULL)
    np.rint(scaled, out=scaled)
    np.minimum(scaled, _FULL, out=scaled)
    np.maximum(scaled, -_FULL, out=scaled)
    return scaled.astype(np.int16)


def from_int16(integers: NDArray[np.int16]) -> Samples:
    """16-bit integers as sound: k / 32767, and -1.0 for -32768."""
    return np.asarray(np.maximum(integers / _FULL, -1.0), np.float32)


def _decoded(path: Path) -> tuple[Samples, int]:
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            return _all_of(file, path), file.samplerate
    except soundfile.LibsndfileError as problem:
        reason = str(problem.error_string).strip().rstrip(".")
        if path.suffix.lower().lstrip(".") in ("wav", "flac", "mp3", "ogg", "opus", "aiff", "aif", "au"):
            raise BadInput("not a sound file, or a damaged one", file=path, value=reason) from problem
        return _by_ffmpeg(path)


def _all_of(file: soundfile.SoundFile, path: Path) -> Samples:
    """All samples of an open file; raises BadInput where it holds fewer than it says."""
    cut = re.search(r"^data : (\d+) \(should be (\d+)\)", file.extra_info, re.MULTILINE)
    if cut and int(cut[2]) < int(cut[1]) < _STREAMED:
        share = int(cut[2]) / int(cut[1])
        raise BadInput("the recording is cut short", file=path, value=f"{share:.0%} of what its header says")
    if file.subtype == "PCM_16":
        sound = from_int16(file.read(dtype="int16", always_2d=True))
    else:
        sound = file.read(dtype="float32", always_2d=True)
    # An MP3 without a full index only estimates its length; half of it missing is no estimate.
    if len(sound) < file.frames * (0.9 if file.format == "MP3" else 1.0):
        raise BadInput("the recording is cut short", file=path, value=f"{len(sound)} of {file.frames} samples")
    return sound


def _by_ffmpeg(path: Path) -> tuple[Samples, int]:
    if not (which("ffmpeg") and which("ffprobe")):
        raise PartMissing(f"{path}: not a wav, flac, mp3, ogg or opus; for other formats ffmpeg must be on the PATH")
    try:
        import pydub
        from pydub.exceptions import CouldntDecodeError
    except ImportError as problem:
        raise PartMissing(f"{path}: reading this format needs pydub: pip install 'vahness[audio]'") from problem
    try:
        segment = pydub.AudioSegment.from_file(path).set_sample_width(2)
    except (CouldntDecodeError, IndexError, KeyError, ValueError) as problem:
        raise BadInput("not a sound file, or a damaged one", file=path) from problem
    integers = np.frombuffer(segment.raw_data, np.int16).reshape(-1, segment.channels)
    return from_int16(integers), int(segment.frame_rate)
