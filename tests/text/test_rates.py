from __future__ import annotations

from typing import Any

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.alignment import Counts, counts
from harness.text.normalising import words
from harness.text.rates import character_counts, graphemes, mixed
from tests.text.golden import rows

SETTLED = {row["id"]: row for row in rows("wer_settled.jsonl")}


def due(row: dict[str, Any]) -> tuple[int, int, int, int]:
    row = SETTLED.get(row["id"], row)
    return row["substitutions"], row["deletions"], row["insertions"], row["length"]


def found(row: dict[str, Any], group: str) -> tuple[int, int, int, int]:
    if group == "mixed":
        language = "zh+en" if any("\u4e00" <= char <= "\u9fff" for char in row["reference"]) else "hi+en"
        total, _ = mixed(row["reference"], row["hypothesis"], language)
    else:
        total = counts(words(row["reference"], group), words(row["hypothesis"], group))
    return total.substitutions, total.deletions, total.insertions, total.reference


@pytest.mark.parametrize("group", ["hi", "ta", "mixed"])
def test_pairs_that_were_labelled_by_hand_have_the_errors_that_the_labels_say(group: str) -> None:
    pairs = rows(f"wer_{group}.jsonl")
    assert len(pairs) >= 60
    other = {row["id"]: (found(row, group), due(row)) for row in pairs if found(row, group) != due(row)}
    # Of several alignments with as few errors, one may divide them otherwise than the labeller did.
    assert all(sum(one[:3]) == sum(two[:3]) and one[3] == two[3] for one, two in other.values()), other
    assert len(other) <= 1


@pytest.mark.parametrize("group", ["hi", "ta", "mixed"])
def test_where_the_two_labels_of_a_pair_differ_it_is_said_how_that_was_settled(group: str) -> None:
    second = {row["id"]: row["judged"] for row in rows(f"wer_{group}.second.jsonl")}
    for row in rows(f"wer_{group}.jsonl"):
        judged = second[row["id"]]
        marked = (judged.count("S"), judged.count("D"), judged.count("I"), len(judged) - judged.count("I"))
        counted = (row["substitutions"], row["deletions"], row["insertions"], row["length"])
        assert (marked != counted) == (row["id"] in SETTLED), row["id"]


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("हिन्दी", ["हि", "न्दी"]),
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("கொடி", ["கொ", "டி"]),
        ("பக்கம்", ["ப", "க்", "க", "ம்"]),
        ("e\u0301a", ["é", "a"]),
        ("한국", ["한", "국"]),
        ("👨\u200d👩\u200d👧🇮🇳🇮🇳", ["👨\u200d👩\u200d👧", "🇮🇳", "🇮🇳"]),
        ("a b", ["a", " ", "b"]),
        ("ক্ষ", ["ক্ষ"]),
        ("", []),
    ],
)
def test_a_character_is_a_letter_with_all_that_is_written_on_it(text: str, clusters: list[str]) -> None:
    assert list(graphemes(text)) == clusters


@given(st.text("कखगािीु्ंँ़abc é😀\u200d", max_size=24))
def test_the_characters_of_a_text_are_the_text(text: str) -> None:
    joined = "".join(graphemes(text))
    assert graphemes(joined) == graphemes(text)
    assert len(graphemes(text)) <= len(text)


def test_a_vowel_sign_that_was_misheard_is_one_character_wrong() -> None:
    assert character_counts("की किताब", "का किताब", "hi") == Counts(hits=4, substitutions=1)
    assert character_counts("36", "thirty six") == Counts(hits=2)


@given(st.text("abcd", min_size=1, max_size=16), st.text("abcd", max_size=16))
def test_of_plain_letters_the_totals_are_jiwers(reference: str, hypothesis: str) -> None:
    theirs = jiwer.process_characters(reference, hypothesis)
    ours = counts(graphemes(reference), graphemes(hypothesis))
    assert ours == Counts(theirs.hits, theirs.substitutions, theirs.deletions, theirs.insertions)


def test_a_word_is_right_in_any_of_its_accepted_variants() -> None:
    total, ops = mixed("मेरा order कहाँ है", "मेरा ऑर्डर कहां है")
    assert total == Counts(hits=4)
    assert [op.kind for op in ops] == ["equal"] * 4
    assert mixed("call कल करो", "कॉल काल करो")[0] == Counts(hits=2, substitutions=1)


def test_a_scenario_may_name_variants_of_its_own() -> None:
    assert mixed("मेरा wifi बंद है", "मेरा वाईफाई बंद है")[0].substitutions == 1
    assert mixed("मेरा wifi बंद है", "मेरा वाईफाई बंद है", variants=[("wifi", "वाईफाई")])[0].errors == 0


def test_of_mixed_speech_words_and_characters_of_unspaced_scripts_count_alike() -> None:
    total, _ = mixed("我要 cancel 票", "我 cancel 票", "zh+en")
    assert total == Counts(hits=3, deletions=1)
