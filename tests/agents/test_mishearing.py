"""Errors of hearing are planted exactly: no cheaper way leads from what was said to what is told."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import Levenshtein

from harness.agents._mishearing import misheard
from harness.errors import BadInput
from harness.selftest.plants import LINES


@pytest.mark.parametrize("seed", range(60))
def test_no_fewer_errors_than_were_planted_explain_what_was_heard(seed: int) -> None:
    found = misheard(LINES, seed % 4, seed // 4 % 3, seed // 12 % 3, seed)
    said, heard = " ".join(LINES), " ".join(found.heard)
    assert found.words == seed % 4 + seed // 4 % 3 + seed // 12 % 3
    assert Levenshtein.distance(said.split(), heard.split()) == found.words
    assert Levenshtein.distance(said, heard) == found.characters
    assert (found.due_words, found.due_characters) == (len(said.split()), len(said))


def test_what_is_misheard_follows_from_the_seed() -> None:
    assert misheard(LINES, 2, 1, 1, 5) == misheard(LINES, 2, 1, 1, 5)
    assert misheard(LINES, 2, 1, 1, 5).heard != misheard(LINES, 2, 1, 1, 6).heard


def test_nothing_is_misheard_where_nothing_is_asked_for() -> None:
    assert misheard(LINES, 0, 0, 0, 5).heard == LINES


def test_more_errors_than_the_lines_hold_apart_are_refused() -> None:
    with pytest.raises(BadInput, match="too few"):
        misheard(("one two three",), 2, 0, 0, 1)


def test_a_line_that_holds_what_nobody_said_is_refused() -> None:
    with pytest.raises(BadInput, match="may hold"):
        misheard(("a zebra",), 1, 0, 0, 1)
