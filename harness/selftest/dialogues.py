"""Dialogues on two channels whose truth is known to the sample, and how near listening comes to it.

The truth is planted: lines are placed at samples, and the edge rule of the score catalogue is
applied, 2 ms by 2 ms, to the agent's *clean* track. What is listened to is that track after comfort
noise and the telephone, so what the telephone takes away of an edge counts as an error. (One
condition has the rule applied behind the line, where it is the listener's error alone.)
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from harness.audio import FRAME, RATE, Samples, on_grid, samples
from harness.audio.files import from_int16, to_int16
from harness.audio.g711 import mulaw_decode, mulaw_encode
from harness.audio.level import EDGE_BELOW_ACTIVE, EDGE_WINDOW, active_level, at_level, short_rms
from harness.audio.resampling import resample
from harness.detection import BRIDGED, Detected, spurts
from harness.effects.telephone import Telephone
from harness.recording import Recording, in_order
from harness.speech import Speech
from harness.statistics import generator, nearest_rank
from harness.timeline import AgentSaid, LineSaid
from harness.voices import voice_for

NEAR = 0.020
"""An edge that is found within this many seconds counts as found."""

_FAR = RATE // 2
_NEVER = float("inf")

LINES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Hello, this is the appointment desk, I am an automated assistant. How can I help you?",
        "Yes.",
        "Sure, one moment please.",
        "Your appointment is on the thirteenth of March, at half past three.",
        "Sorry, I did not catch that. Could you say it again?",
        "First, unplug the router. Then wait for thirty seconds, and plug it in again.",
        "That's fine, thanks.",
        "Forty five dollars and sixty cents, is that right?",
        "I have a slot on Monday, and another on Thursday afternoon. Both are with the same doctor.",
        "No problem, goodbye.",
    ),
    "es": (
        "Hola, soy la asistente automática de la clínica. ¿En qué puedo ayudarle?",
        "Sí, claro.",
        "Su cita es el trece de marzo, a las tres y media.",
        "Perdón, no le he entendido. ¿Puede repetirlo?",
        "Muy bien, gracias y hasta luego.",
    ),
    "fr": (
        "Bonjour, je suis l'assistante automatique du cabinet. Que puis-je faire pour vous ?",
        "Oui, bien sûr.",
        "Votre rendez-vous est le treize mars, à trois heures et demie.",
        "Pardon, je n'ai pas compris. Pouvez-vous répéter ?",
        "Merci, au revoir.",
    ),
    "de": (
        "Guten Tag, hier ist die automatische Assistentin der Praxis. Was kann ich für Sie tun?",
        "Ja, gern.",
        "Ihr Termin ist am dreizehnten März um halb vier.",
        "Das habe ich leider nicht verstanden. Können Sie das wiederholen?",
        "Vielen Dank, auf Wiederhören.",
    ),
    "it": (
        "Buongiorno, sono l'assistente automatica dello studio. Come posso aiutarla?",
        "Sì, certo.",
        "Il suo appuntamento è il tredici marzo, alle tre e mezza.",
        "Mi scusi, non ho capito. Può ripetere?",
        "Va bene, grazie e arrivederci.",
    ),
    "hi": (
        "नमस्ते, मैं क्लिनिक की स्वचालित सहायक हूँ। मैं आपकी क्या मदद कर सकती हूँ?",
        "जी हाँ।",
        "आपकी अपॉइंटमेंट तेरह मार्च को साढ़े तीन बजे है।",
        "माफ़ कीजिए, मैं समझ नहीं पाई। क्या आप दोहरा सकते हैं?",
        "ठीक है, धन्यवाद।",
    ),
}
"""What an agent at a desk says: long and short, with pauses inside, in the languages that the voices speak."""

VOICES = (
    ("pico", "en-US", "en"),
    ("pico", "en-GB", "en"),
    ("pico", "es-ES", "es"),
    ("pico", "fr-FR", "fr"),
    ("pico", "de-DE", "de"),
    ("pico", "it-IT", "it"),
    ("espeak", "en-us", "en"),
    ("espeak", "en-gb-scotland", "en"),
    ("espeak", "en-gb-x-rp", "en"),
    ("espeak", "en-029", "en"),
    ("espeak", "hi", "hi"),
    ("espeak", "es", "es"),
)
"""(engine, accent, language): who the agents are."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a dialogue goes through.

    noise: comfort noise in dBov under all of it, None for digital silence. line: plain for wideband,
    g711 for 8 kHz and mu-law, telephone for that behind 300-3400 Hz. level: of the speech, dBov.
    carried: whether truth is what the line carries instead of what was said.
    """

    name: str
    noise: float | None = None
    line: str = "plain"
    level: float = -26.0
    carried: bool = False


CLEAN = Condition("clean")
G711 = Condition("G.711", line="g711")
CARRIED = Condition("G.711, edges as the line carries them", line="g711", carried=True)
FAINT_NOISE = Condition("noise at -60 dBov", noise=-60.0)
NOISE = Condition("noise at -40 dBov", noise=-40.0)
CONDITIONS = (
    CLEAN,
    Condition("clean, speech at -38 dBov", level=-38.0),
    G711,
    CARRIED,
    Condition("telephone, 300-3400 Hz", line="telephone"),
    FAINT_NOISE,
    Condition("noise at -60 dBov, G.711", noise=-60.0, line="g711"),
    Condition("noise at -50 dBov", noise=-50.0),
    NOISE,
    Condition("noise at -40 dBov, G.711", noise=-40.0, line="g711"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Dialogue:
    """A recording, and the agent's spurts as they were planted: (first voiced sample, one past the last)."""

    recording: Recording
    spurts: tuple[tuple[int, int], ...]
    level: float


@dataclass(slots=True)
class Tally:
    """How near the detector came. Errors: found less planted, in seconds; infinite where none is within half a second.

    invented: spurts found where none was planted. windows: of Silero. took: seconds of the processor.
    """

    onsets: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    resolutions: list[float] = field(default_factory=list)
    invented: int = 0
    windows: int = 0
    seconds: float = 0.0
    took: float = 0.0

    def note(self, planted: Dialogue, found: Detected) -> None:
        """Take in what was found of a dialogue."""
        onsets, stops = [a for a, _ in found.spurts], [b for _, b in found.spurts]
        self.onsets += [_error(start, onsets) for start, _ in planted.spurts]
        self.stops += [_error(end, stops) for _, end in planted.spurts]
        self.invented += sum(not any(a < z and y < b for y, z in planted.spurts) for a, b in found.spurts)
        self.resolutions.append(found.resolution)
        self.windows += found.windows
        self.seconds += planted.recording.seconds


def _error(planted: int, found: Sequence[int]) -> float:
    near = min((at - planted for at in found), key=abs, default=_FAR)
    return near / RATE if abs(near) < _FAR else _NEVER


def within(errors: Sequence[float]) -> float:
    """The share of edges that were found within 20 ms."""
    return sum(abs(error) <= NEAR for error in errors) / len(errors)


def middle(errors: Sequence[float], share: float = 0.5) -> float:
    """The nearest-rank percentile of the errors' sizes, in ms."""
    return 1000.0 * nearest_rank([abs(error) for error in errors], share)


def said_by(engine: str, accent: str, language: str) -> tuple[Speech, ...]:
    """All lines of a language in one voice."""
    voice = voice_for(engine, accent=accent)
    return tuple(voice(text, language) for text in LINES[language])


def dialogue(agent: Sequence[Speech], caller: Sequence[Speech], condition: Condition, seed: int) -> Dialogue:
    """A dialogue in which the two take turns, the agent first; gaps, overlaps and levels are drawn from the seed.

    The caller starts from 0.3 s before the agent ends to 1.2 s after it; the agent answers within
    0.2 to 2 s. Its lines lie within 3 dB of each other.
    """
    draw = generator(seed, "dialogue")
    at = samples(float(draw.uniform(0.3, 1.5)))
    placed: list[tuple[int, Samples]] = []
    said: list[tuple[int, Speech]] = []
    told: list[AgentSaid] = []
    for number, line in enumerate(agent):
        placed.append((at, at_level(line.samples, condition.level + float(draw.uniform(-1.5, 1.5)))))
        told.append(AgentSaid(at, line.text))
        at += len(line.samples) + samples(float(draw.uniform(-0.3, 1.2)))
        if number < len(caller):
            said.append((at, caller[number]))
            at += len(caller[number].samples)
        at += samples(float(draw.uniform(0.2, 2.0)))
    clean = _track(placed, at + RATE)
    ours = _track([(start, line.samples) for start, line in said], len(clean))
    events = in_order([*told, *(_said(start, step, line) for step, (start, line) in enumerate(said))])
    recording = Recording(ours, ours, on_grid(worsened(clean, condition, seed)), events)
    true = worsened(clean, replace(condition, noise=None), seed) if condition.carried else clean
    level = active_level(true).dbov
    return Dialogue(recording, voiced_spurts(true, level), level)


def _track(placed: Iterable[tuple[int, Samples]], length: int) -> Samples:
    track = np.zeros(length, np.float32)
    for start, sound in placed:
        track[start : start + len(sound)] += sound
    return track


def _said(start: int, step: int, line: Speech) -> LineSaid:
    words = tuple((word.text, start + word.start, start + word.end) for word in line.words)
    return LineSaid(start + line.onset, start + line.end, step, "say", line.text, line.language, words)


def worsened(clean: Samples, condition: Condition, seed: int) -> Samples:
    """The track after its condition, still on its own clock: what a line delays by is taken off."""
    track = clean
    if condition.noise is not None:
        hiss = generator(seed, "noise").standard_normal(len(track)).astype(np.float32)
        track = track + hiss * np.float32(10.0 ** (condition.noise / 20.0))
    if condition.line == "g711":
        narrow = to_int16(resample(track, RATE, 8000))
        return resample(from_int16(mulaw_decode(mulaw_encode(narrow))), 8000, RATE)[: len(track)]
    if condition.line == "telephone":
        line = Telephone("mulaw")
        padded = np.concatenate([track, np.zeros(2 * FRAME - len(track) % FRAME, np.float32)])
        passed = np.concatenate([line(frame) for frame in padded.reshape(-1, FRAME)])
        return passed[line.delay : line.delay + len(track)]
    return track


def voiced_spurts(clean: Samples, dbov: float) -> tuple[tuple[int, int], ...]:
    """The spurts of a clean track, straight from the definition: every 2 ms of it against the level less 30 dB."""
    loud = np.flatnonzero(short_rms(clean, EDGE_WINDOW) >= 10.0 ** ((dbov - EDGE_BELOW_ACTIVE) / 20.0))
    if not len(loud):
        return ()
    onsets, ends = loud, loud - EDGE_WINDOW + 2
    apart = np.flatnonzero(onsets[1:] - ends[:-1] >= BRIDGED)
    firsts, lasts = np.append(0, apart + 1), np.append(apart, len(loud) - 1)
    return tuple((int(onsets[a]), int(ends[b])) for a, b in zip(firsts, lasts, strict=True))


def generated(condition: Condition, seed: int) -> Iterator[Dialogue]:
    """A dialogue of every voice with the next, in one condition."""
    agents = [said_by(*voice) for voice in VOICES]
    for number, agent in enumerate(agents):
        order = generator(seed + number, "order").permutation(len(agent))
        caller = agents[(number + 1) % len(agents)]
        yield dialogue([agent[k] for k in order], caller, condition, seed + number)


def tallied(condition: Condition, seeds: Iterable[int], *, veto: bool = True) -> Tally:
    """How near the detector comes to what was planted, over the dialogues of one condition."""
    tally = Tally()
    for seed in seeds:
        for planted in generated(condition, seed):
            started = time.process_time()
            found = spurts(planted.recording.heard, veto=veto)
            tally.took += time.process_time() - started
            tally.note(planted, found)
    return tally
