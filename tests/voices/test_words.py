from itertools import pairwise

import numpy as np

from harness.audio import RATE, Samples
from harness.audio.level import SPEECH
from harness.voices import voice_for
from harness.voices._words import estimated, tokens, told

LEVEL = 20 * np.log10(0.3)


def buzz(seconds: float) -> Samples:
    return np.full(int(seconds * RATE), 0.3, np.float32)


def quiet(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


def test_a_text_is_divided_at_its_spaces_and_keeps_its_punctuation() -> None:
    assert [t.text for t in tokens(" Hi,  I'd like £1,250.50 - please! ")] == [
        "Hi,",
        "I'd",
        "like",
        "£1,250.50",
        "-",
        "please!",
    ]
    assert [(t.start, t.end) for t in tokens("a bc")] == [(0, 1), (2, 4)]


def test_a_word_begins_at_its_mark_and_ends_where_its_sound_does() -> None:
    sound = np.concatenate([buzz(0.5), quiet(0.3), buzz(0.4)])
    words = told("one, two", [(0, 0), (5, int(0.8 * RATE))], sound, LEVEL)
    assert [(w.text, w.start, w.end) for w in words] == [("one,", 0, 0.5 * RATE), ("two", 0.8 * RATE, 1.2 * RATE)]


def test_a_mark_that_comes_early_doesnt_begin_a_word_in_silence() -> None:
    sound = np.concatenate([buzz(0.5), quiet(0.3), buzz(0.4)])
    words = told("one, two", [(0, 0), (5, int(0.6 * RATE))], sound, LEVEL)
    assert words[1].start == 0.8 * RATE


def test_words_without_a_mark_share_the_time_of_the_one_before_by_their_letters() -> None:
    words = told("of the", [(0, 0)], buzz(0.7), LEVEL)
    assert [(w.text, w.start, w.end) for w in words] == [("of", 0, 0.3 * RATE), ("the", 0.3 * RATE, 0.7 * RATE)]


def test_a_dash_is_no_word() -> None:
    assert [w.text for w in told("yes - no", [(0, 0), (6, 8000)], buzz(1.0), LEVEL)] == ["yes", "no"]
    assert [w.text for w in estimated("yes - no …", buzz(1.0), LEVEL)] == ["yes", "no"]


def test_an_estimate_takes_pauses_for_the_punctuation_they_lie_near() -> None:
    sound = np.concatenate([buzz(0.4), quiet(0.3), buzz(1.0), quiet(0.2), buzz(0.5)])
    words = estimated("Hi, tell me the date. Please.", sound, LEVEL)
    starts = {word.text: word.start / RATE for word in words}
    assert (starts["Hi,"], starts["tell"], starts["Please."]) == (0.0, 0.7, 1.9)


def test_an_estimate_of_sound_without_pauses_shares_it_by_letters() -> None:
    words = estimated("Hi, no.", buzz(0.6), LEVEL)
    assert [(w.text, w.start, w.end) for w in words] == [("Hi,", 0, 4800), ("no.", 4800, 9600)]


def test_an_estimate_of_silence_has_no_words() -> None:
    assert estimated("Hello there.", quiet(1.0), LEVEL) == ()
    assert estimated("", buzz(1.0), LEVEL) == ()


def test_an_estimate_is_near_the_truth() -> None:
    """Against the times that eSpeak tells of its own speech."""
    lines = (
        "Hi, I'd like an appointment on the twelfth of March, for two of the children.",
        "Sorry, not the twelfth, the thirteenth.",
        "Where is my order? It was meant to come on Tuesday.",
        "I've been waiting for three hours, nobody has called me back, and I want to speak to a human being now!",
    )
    wrong: list[float] = []
    for line in lines:
        speech = voice_for("espeak")(line, "en-US")
        guessed = estimated(line, speech.samples, SPEECH)
        assert [word.text for word in guessed] == [word.text for word in speech.words]
        assert all(a.end <= b.start for a, b in pairwise(guessed))
        wrong += [abs(a.end - b.end) / RATE for a, b in zip(guessed, speech.words, strict=True)]
    assert float(np.median(wrong)) < 0.12
    assert max(wrong) < 0.6
