from pathlib import Path

import numpy as np
import pytest

import harness.voices
from harness.audio import RATE
from harness.audio.level import active_level
from harness.errors import BadInput
from harness.voices._delivery import LEAD, TAIL
from harness.voices._worker import Worker
from harness.voices.pico import VOICES, VOLUME, pico

LINES = (
    "Hi, I'd like an appointment on the twelfth of March.",
    "Thanks, bye.",
    "No, not the twelfth, the thirteenth.",
)
GREETINGS = {
    "en-US": LINES[0],
    "en-GB": LINES[0],
    "es-ES": "Hola, quiero una cita para el doce de marzo.",
    "fr-FR": "Bonjour, je voudrais un rendez-vous le douze mars.",
    "de-DE": "Guten Tag, ich hätte gern einen Termin am zwölften März.",
    "it-IT": "Buongiorno, vorrei un appuntamento per il dodici marzo.",
}


def afresh() -> Worker:
    return Worker(Path(harness.voices.__file__).with_name("_pico_worker.py"))


def raw(worker: Worker, text: str, voice: str = "en-US") -> bytes:
    return worker.ask({"text": text, "voice": voice, "rate": 1.0, "pitch": 1.0, "volume": VOLUME})[1]


def test_a_text_is_the_same_sound_whatever_was_said_before_and_in_any_process() -> None:
    first, second = afresh(), afresh()
    once = [raw(first, line) for line in LINES]
    raw(second, GREETINGS["es-ES"], "es-ES")
    again = [raw(second, line) for line in reversed(LINES)][::-1]
    more = [raw(second, line) for line in LINES]
    first.end()
    second.end()
    assert once == again == more


def test_settings_of_the_memory_allocator_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, perturbed = afresh(), afresh()
    once = raw(plain, LINES[1])
    monkeypatch.setenv("MALLOC_PERTURB_", "7")
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.perturb=7")
    again = raw(perturbed, LINES[1])
    plain.end()
    perturbed.end()
    assert once == again


def test_every_language_is_spoken_at_the_nominal_level_without_clipping() -> None:
    worker = afresh()
    for language, text in GREETINGS.items():
        assert np.abs(np.frombuffer(raw(worker, text, language), "<i2").astype(int)).max() < 0.8 * 32767
        speech = pico(text, language)
        assert speech.voice == f"pico {language}"
        assert active_level(speech.samples).dbov == pytest.approx(-26.0, abs=0.1)
        assert speech.end - speech.onset > 1.5 * RATE
    worker.end()


def test_the_silence_around_a_line_is_trimmed() -> None:
    worker = afresh()
    for line in LINES:
        speech = pico(line, "en-US")
        assert speech.onset <= LEAD
        assert len(speech.samples) - speech.end <= TAIL
        assert len(speech.samples) < len(raw(worker, line)) // 2 - 0.4 * RATE
    worker.end()


@pytest.mark.parametrize("text", ["Sì.", "Buongiorno, come va?"])
def test_the_clicks_behind_the_last_word_are_no_speech(text: str) -> None:
    """Both end with a faint click half a second after the last word."""
    speech = pico(text, "it-IT")
    last = speech.words[-1]
    assert last.end == pytest.approx(speech.end, abs=0.01 * RATE)
    assert len(speech.samples) < {"Sì.": 0.5, "Buongiorno, come va?": 1.9}[text] * RATE


def test_words_are_those_of_the_text_in_order_within_the_edges() -> None:
    speech = pico(LINES[0], "en-US")
    assert [word.text for word in speech.words] == LINES[0].split()
    times = [time for word in speech.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] == speech.onset
    assert abs(times[-1] - speech.end) <= 32


def test_rate_and_pitch_are_heard() -> None:
    plain = pico(LINES[0], "en-US")
    assert len(pico(LINES[0], "en-US", rate=0.7).samples) > 1.2 * len(plain.samples)
    assert not np.array_equal(pico(LINES[0], "en-US", pitch=1.3).samples, plain.samples)


def test_an_accent_holds_for_its_own_language_only() -> None:
    assert pico(LINES[1], "en-US", accent="en-GB").voice == "pico en-GB"
    assert pico(GREETINGS["es-ES"], "es", accent="en-GB").voice == "pico es-ES"
    assert pico(LINES[1], "en").voice == "pico en-US"
    assert pico(LINES[1], "en-IN").voice == "pico en-GB"


def test_a_text_with_angle_brackets_is_not_taken_for_tags() -> None:
    assert pico("<volume level='0'>Hello there.</volume>", "en-US").end > 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"accent": "en-UK"}, "pico has no such accent: 'en-UK' (did you mean 'en-US'?)"),
        ({"rate": 9.0}, "pico's rate is 0.2 to 5 times its own: '9.0'"),
        ({"pitch": 0.1}, "pico's pitch is 0.5 to 2 times its own: '0.1'"),
        ({"language": "hi-IN"}, "pico doesn't speak this language: 'hi-IN'"),
    ],
)
def test_what_is_not_there_is_refused_before_anything_is_said(options: dict[str, object], message: str) -> None:
    language = str(options.pop("language", "en-US"))
    for refuses in (pico.check, lambda *a, **o: pico("Hello.", *a, **o)):  # type: ignore[attr-defined]
        with pytest.raises(BadInput) as refused:
            refuses(language, **options)
        assert str(refused.value).startswith(message)


def test_all_its_voices_are_tried_here() -> None:
    assert set(GREETINGS) == set(VOICES.values())
