"""Noise beds by their names: where they lie, and what they sound like."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeAlias

import numpy as np

from harness.audio import RATE, Samples
from harness.audio.files import read
from harness.audio.scenery import around_a_seam
from harness.errors import BadInput, PartMissing
from harness.scenario import kinds
from harness.scenario.kinds import Kind, Schema
from harness.scenario.places import Place, shipped
from harness.scenario.positions import Node, bad

FOLDER = "noise"
"""Where beds lie: beside the scenario, at its suite's root, in the working directory, in the package."""

_FORMATS = (".flac", ".wav", ".ogg", ".opus", ".mp3")
_SHORTEST = 1.0


def find_bed(name: str, beside: Path | None = None) -> Samples:
    """A bed by its name, at 16 kHz: a loop without a seam, the same array each time it is asked for.

    beside: the folder of the scenario that names it. A stereo recording is mixed down; one that
    isn't ours has its end faded into its start. Raises BadInput, with the nearest name, where there
    is no such bed, and where its file can't be read, is shorter than a second, or is silent.
    """
    return _loop(bed_file(name, beside))


def bed_file(name: str, beside: Path | None = None) -> Path:
    """The file of a bed. Raises BadInput, with the nearest name, where there is none."""
    known: dict[str, Path] = {}
    for folder in reversed(_folders(beside)):
        known |= _beds(folder)
    if name not in known:
        raise BadInput("no such noise bed", value=name, known=sorted(known))
    return known[name]


def bed_names(beside: Path | None = None) -> tuple[str, ...]:
    """The beds that a scenario in this folder may name, sorted."""
    return tuple(sorted({name for folder in _folders(beside) for name in _beds(folder)}))


def _folders(beside: Path | None) -> list[Path]:
    """Where to look, first things first."""
    found: list[Path] = []
    if beside is not None:
        whole = beside.absolute()
        roots = [place for place in (whole, *whole.parents) if (place / "suite.yaml").is_file()]
        found += [place / FOLDER for place in (whole, *roots[:1])]
    return [*found, Path.cwd() / FOLDER, shipped(FOLDER)]


def _beds(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    return {file.stem: file.resolve() for file in sorted(folder.iterdir()) if file.suffix.lower() in _FORMATS}


@lru_cache(maxsize=32)
def _loop(path: Path) -> Samples:
    sound: Samples = read(path).mean(axis=1, dtype=np.float32)
    if len(sound) < _SHORTEST * RATE:
        raise BadInput("a bed is at least a second long", file=path, value=f"{len(sound) / RATE:.2f}s")
    if not sound.any():
        raise BadInput("the bed is silent", file=path, value=path.stem)
    return sound if path.parent == shipped(FOLDER).resolve() else around_a_seam(sound)


def _read_bed(node: Node, place: Place) -> str:
    name = kinds.words(node, "a noise bed")
    try:
        path = bed_file(name, place.folder)
    except BadInput as problem:
        raise bad(problem.problem, node, known=bed_names(place.folder)) from problem
    if path.parent != shipped(FOLDER).resolve():
        place.take(path)
        _check_own(name, node, place)
    return name


def _check_own(name: str, node: Node, place: Place) -> None:
    try:
        find_bed(name, place.folder)
    except BadInput as problem:
        raise bad(f"can't use the bed ({problem.problem})", node) from problem
    except PartMissing as problem:
        raise bad(f"can't read the bed's format here ({problem})", node) from problem


def _bed_schema() -> Schema:
    return {"type": "string", "examples": list(bed_names())}


Bed: TypeAlias = Annotated[str, Kind(_read_bed, _bed_schema)]
"""An effect's option that is a noise bed's name; one of the author's own is read when the scenario is."""
