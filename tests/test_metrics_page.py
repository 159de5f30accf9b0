"""The reference of the scores is what the scorers say of themselves."""

from __future__ import annotations

from bench.metrics import PAGE, page


def test_the_page_of_the_scores_is_as_the_scorers_have_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m bench.metrics"
