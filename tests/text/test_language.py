from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.language import language_of
from tests.text.golden import rows


def test_the_language_of_hand_written_sentences_is_known_and_of_others_it_is_not_sure() -> None:
    golden = rows("languages.jsonl") + rows("languages_unseen.jsonl")
    assert len(golden) >= 100
    wrong = []
    for row in golden:
        tag, sure = language_of(row["text"])
        right = (tag, sure) == (row["language"], True) if row["language"] else not sure
        wrong += [] if right else [(row, tag, sure)]
    assert len(wrong) <= 0.05 * len(golden), wrong
    assert not [row for row, tag, sure in wrong if sure], "what is wrong is never sure"


@pytest.mark.parametrize("text", ["", "  ", "12345", "?!", "ok", "Pizza", "no"])
def test_what_shows_no_language_is_in_none_for_sure(text: str) -> None:
    assert not language_of(text)[1]


def test_a_hindi_sentence_with_english_words_in_it_is_hindi() -> None:
    assert language_of("मेरा order cancel कर दीजिए please") == ("hi", True)
    assert language_of("mera order cancel kar dijiye please") == ("hi-Latn", True)


def test_a_word_of_another_script_does_not_make_an_english_sentence_hindi() -> None:
    assert language_of("Your appointment is booked for the thirteenth of March, धन्यवाद") == ("en", True)
    assert language_of("Sure मैं which day would you like to have it on, please tell me") == ("en", True)
    assert language_of("आपका appointment confirm हो गया है, thank you for calling us") == ("hi", True)


@given(st.text(max_size=30))
def test_any_text_can_be_asked_for_its_language(text: str) -> None:
    tag, sure = language_of(text)
    assert tag is not None or not sure
