"""The noise beds that come with the package: made from numbers.

`python -m harness.run.beds` makes them anew: the same seed, the same samples.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from harness.audio import RATE, Samples
from harness.audio.files import read, write_flac
from harness.audio.level import active_level, at_level, dbov
from harness.audio.scenery import brown, cafe, car, hum, pink, street
from harness.scenario.beds import FOLDER
from harness.scenario.places import shipped
from harness.statistics import generator

LEVEL = -30.0
"""The active level, in dBov, at which beds are kept: no clink of theirs is near full scale."""

_SEED = 2026

_TALKERS = (
    ("en-US", "m3", 45, "So I told her, if the train is late again we just take the bus and meet them there."),
    ("en-US", "f4", 50, "No, honestly, it was the best soup I have had all winter. You should order it, really."),
    ("es", "f4", 60, "¿Y qué te dijo tu hermana? Pues nada, que el domingo comemos todos en su casa."),
    ("de", "m7", 40, "Ich hätte gern noch einen Kaffee und ein Stück von dem Kuchen da hinten, bitte."),
    ("fr", "f1", 58, "On part samedi matin, et on revient lundi soir, si tout se passe bien, bien sûr."),
    ("it", "m1", 42, "Guarda, io non ci credo, ha detto che arrivava alle otto e sono già le nove."),
    ("hi", "f1", 48, "अरे सुनो, कल शाम को सब लोग मिल रहे हैं, तुम भी ज़रूर आना।"),
    ("pt", "m5", 47, "Depois do almoço a gente passa na loja e compra o presente para a festa."),
)


def _babble() -> list[Samples]:
    """Eight people of our own voices, in seven languages, a sentence or two each."""
    from harness.voices.espeak import espeak

    return [
        espeak(text, language, variant=variant, pitch=pitch, rate=150 + 5 * i).samples
        for i, (language, variant, pitch, text) in enumerate(_TALKERS)
    ]


MADE: dict[str, tuple[str, Callable[[np.random.Generator], Samples]]] = {
    "cafe": (
        "eight talkers of eSpeak NG in seven languages, cups and a steam nozzle, in a room",
        lambda d: cafe(d, _babble()),
    ),
    "car": ("inside a car at speed: road, wind, an engine's orders, joints of the road", car),
    "street": ("a pavement: cars passing on both sides, and the town behind them", street),
    "pink": ("noise falling by 3 dB an octave", pink),
    "brown": ("noise falling by 6 dB an octave", brown),
    "hum": ("mains hum of 50 Hz with its harmonics, over a hiss", hum),
}
"""What each bed is of, and what makes it."""


def make(name: str) -> Samples:
    """A bed that comes with the package, made anew."""
    return at_level(MADE[name][1](generator(_SEED, name)), LEVEL)


def sources(folder: Path, names: Sequence[str]) -> str:
    """SOURCES.md: a table of the beds in a folder, measured on what lies there."""
    rows = []
    for name in names:
        path = folder / f"{name}.flac"
        sound = read(path)[:, 0]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        levels = f"{active_level(sound).dbov:.2f} | {dbov(sound):.2f}"
        rows.append(f"| {name} | made: {MADE[name][0]} | CC0-1.0 | {len(sound) / RATE:g} | {levels} | {digest} |")
    return _HEAD + "\n".join(rows) + "\n"


_HEAD = """# Noise beds

Made by this project from nothing but seeded numbers and, for the café, its own eSpeak NG voices:
`python -m harness.run.beds` makes them and this table anew. They are recordings of nothing and of
nobody. Each is a loop without a seam, 16 kHz mono FLAC.

Levels are in dBov, re full-scale RMS 1.0. *Active* is that of ITU-T P.56; *RMS* that of the whole
loop, against which a signal-to-noise ratio is set. Any ten seconds of a bed have its level within
half a dB, in the whole band and in the telephone's, so that a short call has the ratio it was promised.

| name | origin | licence | seconds | active level dBov | RMS dBov | sha256 |
|---|---|---|---|---|---|---|
"""


def main(folder: Path) -> None:
    """Make every bed, and the table of their sources, in a folder."""
    for name in MADE:
        write_flac(folder / f"{name}.flac", make(name))
    (folder / "SOURCES.md").write_text(sources(folder, tuple(MADE)), encoding="utf-8")


if __name__ == "__main__":
    main(shipped(FOLDER))
