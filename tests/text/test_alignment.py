from __future__ import annotations

import jiwer
from hypothesis import given
from hypothesis import strategies as st

from harness.text.alignment import Counts, aligned, counts, tally

VOCABULARY = st.sampled_from(["a", "b", "c", "d", "ee"])
TEXTS = st.lists(VOCABULARY, min_size=1, max_size=25)


@given(TEXTS, TEXTS)
def test_the_totals_are_jiwers(reference: list[str], hypothesis: list[str]) -> None:
    theirs = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    ours = counts(reference, hypothesis)
    assert ours == Counts(theirs.hits, theirs.substitutions, theirs.deletions, theirs.insertions)
    assert ours.errors / ours.reference == theirs.wer


@given(TEXTS, TEXTS)
def test_an_alignment_has_the_errors_that_are_counted_and_every_word_once(
    reference: list[str], hypothesis: list[str]
) -> None:
    ops = aligned(reference, hypothesis)
    assert tally(ops) == counts(reference, hypothesis)
    assert [op.reference for op in ops if op.reference is not None] == list(range(len(reference)))
    assert [op.hypothesis for op in ops if op.hypothesis is not None] == list(range(len(hypothesis)))
    for op in ops:
        if op.reference is not None and op.hypothesis is not None:
            same = reference[op.reference] == hypothesis[op.hypothesis]
            assert op.kind == ("equal" if same else "substitute")


def _fewest(reference: list[str], hypothesis: list[str], optional: list[bool]) -> int:
    """The fewest errors of any choice of optional words to leave out: slow and sure."""
    if not any(optional):
        return counts(reference, hypothesis).errors
    i = optional.index(True)
    left = _fewest(reference[:i] + reference[i + 1 :], hypothesis, optional[:i] + optional[i + 1 :])
    kept = _fewest(reference, hypothesis, [*optional[:i], False, *optional[i + 1 :]])
    return min(left, kept)


@given(st.lists(st.tuples(VOCABULARY, st.booleans()), min_size=1, max_size=8), st.lists(VOCABULARY, max_size=8))
def test_optional_words_are_left_out_where_that_makes_the_fewest_errors(
    reference: list[tuple[str, bool]], hypothesis: list[str]
) -> None:
    words, optional = [word for word, _ in reference], [due for _, due in reference]
    ops = aligned(words, hypothesis, optional)
    assert tally(ops).errors == _fewest(words, hypothesis, optional)
    assert [op.reference for op in ops if op.reference is not None] == list(range(len(words)))
    assert [op.hypothesis for op in ops if op.hypothesis is not None] == list(range(len(hypothesis)))
    assert all(optional[op.reference] for op in ops if op.kind == "excused" and op.reference is not None)


def test_an_optional_word_counts_as_due_only_where_it_was_heard() -> None:
    optional = [True, False, False]
    heard = tally(aligned(["um", "a", "b"], ["um", "a", "b"], optional))
    unheard = tally(aligned(["um", "a", "b"], ["a", "b"], optional))
    assert (heard.errors, heard.reference) == (0, 3)
    assert (unheard.errors, unheard.reference) == (0, 2)


def test_a_word_that_is_due_comes_before_an_optional_one_of_the_same_sound() -> None:
    behind = tally(aligned(["b", "yes", "yes"], ["c", "yes"], [False, False, True]))
    before = tally(aligned(["yes", "yes", "b"], ["yes", "c"], [True, False, False]))
    assert behind == before == Counts(hits=1, substitutions=1)


def test_an_optional_word_heard_as_another_is_no_substitution() -> None:
    found = tally(aligned(["um", "a"], ["hm", "a"], [True, False]))
    assert found == Counts(hits=1, insertions=1)


def test_counts_add_up_over_a_corpus() -> None:
    total = counts(["a", "b"], ["a"]) + counts(["c"], ["c", "d"])
    assert total == Counts(2, 0, 1, 1)
    assert (total.errors, total.reference) == (2, 3)
