from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

import harness.voices
from harness.audio import RATE
from harness.audio.files import from_int16, to_int16
from harness.audio.level import active_level
from harness.errors import BadInput
from harness.voices._worker import Worker
from harness.voices.espeak import espeak

LINE = "Hi, I'd like an appointment on the twelfth of March, for two of the children."
ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-us-nyc", "hi")


def afresh() -> Worker:
    return Worker(Path(harness.voices.__file__).with_name("_espeak_worker.py"))


def raw(worker: Worker, text: str, voice: str) -> bytes:
    return worker.ask({"do": "say", "text": text, "voice": voice, "rate": 165, "pitch": 50})[1]


def test_a_text_is_the_same_sound_whatever_was_said_before_and_in_any_process() -> None:
    voices = ["gmw/en-US", "gmw/en-US+f3", "inc/hi", "gmw/en-US+whisper"]
    first, second = afresh(), afresh()
    once = [raw(first, LINE, voice) for voice in voices]
    raw(second, "Something else, in between.", "roa/es")
    again = [raw(second, LINE, voice) for voice in reversed(voices)][::-1]
    first.end()
    second.end()
    assert once == again
    assert len(set(once)) == len(voices)


def test_accents_of_english_sound_different() -> None:
    said = {accent: espeak(LINE, "en-GB", accent=accent) for accent in ACCENTS}
    for one, other in combinations(ACCENTS, 2):
        assert not np.array_equal(said[one].samples, said[other].samples), f"{one} is {other}"
    for speech in said.values():
        assert 3.0 < len(speech.samples) / RATE < 6.0
        assert speech.end - speech.onset > 3.0 * RATE
        assert len(speech.words) == len(LINE.split())


@pytest.mark.parametrize(
    ("language", "text", "voice"),
    [
        ("hi-IN", "जी, धन्यवाद। मेरा नाम आशा है।", "espeak hi"),
        ("ta", "வணக்கம், எனக்கு ஒரு சந்திப்பு வேண்டும்.", "espeak ta"),
        ("es-ES", "Hola, quiero una cita para el doce de marzo.", "espeak es"),
        ("es-AR", "Hola, quiero una cita para el doce de marzo.", "espeak es-419"),
        ("en_us", LINE, "espeak en-us"),
        ("pt-BR", "Bom dia, a minha encomenda não chegou.", "espeak pt-br"),
    ],
)
def test_a_language_chooses_its_voice(language: str, text: str, voice: str) -> None:
    speech = espeak(text, language)
    assert speech.voice == voice
    assert [word.text for word in speech.words] == text.split()
    assert speech.end - speech.onset > RATE


def test_a_script_without_spaces_counts_by_the_character() -> None:
    speech = espeak("你好，世界", "zh")
    assert [word.text for word in speech.words] == ["你", "好", "世", "界"]


def test_indian_english_is_a_proxy_and_says_so() -> None:
    speech = espeak(LINE, "en-IN")
    assert speech.voice == "espeak hi (a proxy for en-IN)"
    assert np.array_equal(speech.samples, espeak(LINE, "en-GB", accent="hi").samples)


def test_an_accent_leaves_another_language_to_its_own_voice() -> None:
    text = "जी, धन्यवाद।"
    scot = espeak(text, "hi", accent="en-gb-scotland")
    assert scot.voice == "espeak hi"
    assert np.array_equal(scot.samples, espeak(text, "hi").samples)


def test_rate_pitch_and_variant_are_heard() -> None:
    plain = espeak(LINE, "en-US")
    assert len(espeak(LINE, "en-US", rate=110).samples) > 1.3 * len(plain.samples)
    assert not np.array_equal(espeak(LINE, "en-US", pitch=80).samples, plain.samples)
    assert not np.array_equal(espeak(LINE, "en-US", variant="f3").samples, plain.samples)
    assert espeak(LINE, "en-US", variant="f3").voice == "espeak en-us+f3"


def test_words_follow_each_other_between_the_voiced_edges() -> None:
    speech = espeak(LINE, "en-US", accent="en-us")
    assert speech.words[0].start == speech.onset
    assert speech.words[-1].end == speech.end
    for word, following in pairwise(speech.words):
        assert word.start < word.end <= following.start


def test_words_that_are_run_together_share_their_time() -> None:
    speech = espeak("It is one of the children.", "en-US")
    assert [word.text for word in speech.words] == ["It", "is", "one", "of", "the", "children."]
    assert all(word.end - word.start > 0.02 * RATE for word in speech.words)


def test_a_word_lies_where_its_sound_is() -> None:
    """The pause that eSpeak makes between sentences divides their words, to the sample."""
    speech = espeak("Stop. Twelve.", "en-US")
    stop, twelve = speech.words
    silence = speech.samples[stop.end : twelve.start]
    assert len(silence) > 0.15 * RATE
    assert active_level(silence).dbov < -26.0 - 30.0
    alone = espeak("Stop.", "en-US")
    assert abs((stop.end - stop.start) - (alone.end - alone.onset)) < 0.005 * RATE


def test_speech_is_delivered_at_the_nominal_level() -> None:
    for text in (LINE, "Yes."):
        assert active_level(espeak(text, "en-GB").samples).dbov == pytest.approx(-26.0, abs=0.1)


def test_speech_is_on_the_16_bit_grid() -> None:
    samples = espeak(LINE, "en-GB").samples
    assert np.array_equal(from_int16(to_int16(samples)), samples)


def test_a_text_without_words_is_silence() -> None:
    for text in ("", "...", "\0"):
        speech = espeak(text, "en-US")
        assert (speech.onset, speech.end, speech.words) == (0, 0, ())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"accent": "en-gb-scotlnd"}, "espeak has no such accent: 'en-gb-scotlnd' (did you mean 'en-gb-scotland'?)"),
        ({"variant": "f33"}, "espeak has no such variant: 'f33' (did you mean 'f3'?)"),
        ({"rate": 20}, "espeak's rate is 80 to 450 words a minute: '20'"),
        ({"pitch": 100}, "espeak's pitch is 0 to 99: '100'"),
        ({"language": "spanish"}, "espeak doesn't speak this language: 'spanish'"),
    ],
)
def test_what_is_not_there_is_refused_before_anything_is_said(options: dict[str, object], message: str) -> None:
    language = str(options.pop("language", "en-US"))
    for refuses in (espeak.check, lambda *a, **o: espeak("Hello.", *a, **o)):  # type: ignore[attr-defined]
        with pytest.raises(BadInput) as refused:
            refuses(language, **options)
        assert str(refused.value).startswith(message)
