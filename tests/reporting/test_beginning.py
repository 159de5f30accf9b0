from __future__ import annotations

from dataclasses import replace

from harness.reporting.beginning import WORDS, card_html
from harness.scenario import OPENING, Opening
from harness.score import Score, Span, Unscored
from tests.reporting.cards import row
from tests.scorers.calls import SCENARIO

SCORES = {
    "first_ten_seconds.greeted": Score(1.0, "ratio", 1, (Span(0.5, 0.5),), detail="greeted after 0.50 s"),
    "first_ten_seconds.ai_disclosure": Score(0.0, "ratio", 1, (Span(0.0, 4.0),), detail="<not> said"),
    "first_ten_seconds.identity": Unscored("nobody knows what the agent said"),
    "first_ten_seconds.consent": Unscored("doesn't apply: the scenario doesn't ask for it"),
}


def test_each_check_is_passed_failed_not_measured_or_not_asked() -> None:
    needed = replace(SCENARIO, opening=Opening(checks={"ai_disclosure": "required"}))
    html = card_html(row(scores=SCORES), needed) or ""
    assert '<tr><td>greeted in time</td><td></td><td class="v-good">✓ pass</td>' in html
    assert '<tr><td>disclosed that it is an AI</td><td><b>required</b></td><td class="v-bad">✗ FAIL</td>' in html
    assert "&lt;not&gt; said" in html
    assert '<td class="v-unknown">? not measured</td><td class="v-dim">nobody knows what the agent said' in html
    assert '· not asked</td><td class="v-dim">the scenario doesn\'t ask for it' in html.replace("&#x27;", "'")


def test_a_call_that_was_not_scored_has_no_card() -> None:
    assert card_html(row(scores={}), None) is None


def test_every_check_has_its_words() -> None:
    assert set(WORDS) == set(OPENING)
