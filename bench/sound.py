"""Whether the world does what it was told: the ratio that was really sent, and µ-law on every input."""

from __future__ import annotations

import numpy as np

from bench.section import Figure, Section, at_most
from harness import plugins
from harness.audio import FRAME, RATE, Samples
from harness.audio.g711 import mulaw_encode
from harness.audio.snr import achieved_snr
from harness.call.world import Effect, Setting
from harness.scenario.beds import find_bed
from harness.statistics import generator
from harness.voices import voice_for

BEDS = ("cafe", "car", "street")
RATIOS = (20.0, 10.0, 5.0, 0.0)
LINES = (
    "I would like to book an appointment please.",
    "On the thirteenth of March, at three.",
    "My name is John Smith.",
)


def _clean() -> tuple[Samples, Samples]:
    """(the call's clean track, the lines with a meter's hangover behind each): 21 s with three lines."""
    voice = voice_for("pico")
    spoken = [voice(text, "en-US").samples for text in LINES]
    track = np.zeros(21 * RATE // FRAME * FRAME, np.float32)
    for number, line in enumerate(spoken):
        start = (3 + 6 * number) * RATE
        track[start : start + len(line)] = line
    gap = np.zeros(round(0.3 * RATE), np.float32)
    return track, np.concatenate([piece for line in spoken for piece in (line, gap)])


def _error(bed: str, ratio: float, band: bool, clean: Samples, speech: Samples) -> float:
    chain: list[Effect] = []

    def setting() -> Setting:
        behind = tuple(chain)

        def through(sound: Samples) -> Samples:
            for effect in behind:
                sound = effect.band(sound)
            return sound

        return Setting(speech, lambda purpose: generator(3, purpose), lambda name: find_bed(name), through)

    if band:
        chain.insert(0, plugins.load("effects", "telephone")(setting(), codec="none"))
    chain.insert(0, plugins.load("effects", "noise")(setting(), bed=bed, snr=ratio))
    sent = np.empty_like(clean)
    for start in range(0, len(clean), FRAME):
        frame = clean[start : start + FRAME]
        for effect in chain:
            frame = effect(frame)
        sent[start : start + FRAME] = frame

    def whole(sound: Samples) -> Samples:
        for effect in chain:
            sound = effect.band(sound)
        return sound

    found = achieved_snr(clean, sent, whole)
    assert found is not None
    return abs(found - ratio)


def _segment_search(sample: int) -> int:
    """µ-law of a 16-bit sample by the recommendation's own words: a bias, a segment, four bits of interval."""
    sign = 0x80 if sample < 0 else 0x00
    magnitude = min(abs(sample) if sample >= 0 else ~sample, 32635) + 132
    segment = magnitude.bit_length() - 8
    return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F)) & 0xFF


def measure() -> Section:
    """Three beds at four ratios, with and without the telephone's band; µ-law by its formula."""
    clean, speech = _clean()
    figures: list[Figure] = []
    for band in (False, True):
        errors = [_error(bed, ratio, band, clean, speech) for bed in BEDS for ratio in RATIOS]
        where = "in the telephone's band" if band else "in the full band"
        figures.append(at_most(f"achieved SNR, {where}: worst error of {len(errors)}", max(errors), 0.5, "dB"))
    inputs = np.arange(-32768, 32768).astype(np.int16)
    coded = mulaw_encode(inputs)
    other = sum(_segment_search(int(sample)) != int(code) for sample, code in zip(inputs, coded, strict=True))
    what = "µ-law: of 65,536 inputs, coded otherwise than by a search of the segments"
    figures.append(Figure(what, str(other), "0", other == 0))
    return Section("Sound", figures, "21 s with three lines; SNR against the active level (P.56) of what was sent.")
