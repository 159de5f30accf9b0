from __future__ import annotations

import math

import pytest

from harness.errors import BadInput
from harness.score import (
    PROFILES,
    Judged,
    Limit,
    Score,
    Scorecard,
    Span,
    Unscored,
    Verdict,
    outcome_from_json,
    scorer,
    stamped,
)


def judged(limit: str, outcome: Score | Unscored | None) -> Verdict:
    return Limit.parse(limit).judge(outcome)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_score_is_a_finite_number(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Score(value, "s", 1)


@pytest.mark.parametrize(
    ("limit", "value", "unit", "verdict"),
    [
        ("<= 800ms", 0.8, "s", Verdict.PASS),
        ("<= 800ms", 0.8001, "s", Verdict.FAIL),
        ("< 1.5s", 1.5, "s", Verdict.FAIL),
        (">= 90%", 0.9, "ratio", Verdict.PASS),
        ("== 29%", 0.29, "ratio", Verdict.PASS),
        ("<= 15%", 0.16, "ratio", Verdict.FAIL),
        ("== 0", 0, "count", Verdict.PASS),
        ("> 0", 0, "count", Verdict.FAIL),
        (">= 10dB", 10.0, "dB", Verdict.PASS),
        ("<= 40ms", 35.0, "ms", Verdict.PASS),
        ("pass", 1.0, "ratio", Verdict.PASS),
        ("pass", 0.99, "ratio", Verdict.FAIL),
    ],
)
def test_a_limit_judges_a_score_in_its_unit(limit: str, value: float, unit: str, verdict: Verdict) -> None:
    assert judged(limit, Score(value, unit, 1)) is verdict


@pytest.mark.parametrize("limit", ["<= ", "800ms", "=< 3s", "<= 3 h", "<= fast", "", "passed", ">= 1e3"])
def test_what_is_no_limit_is_refused(limit: str) -> None:
    with pytest.raises(BadInput, match="not a limit"):
        Limit.parse(limit)


def test_not_measured_is_never_passed() -> None:
    for limit in ("<= 100s", ">= 0%", "pass", "== 0"):
        assert judged(limit, Unscored("the agent told no transcript")) is Verdict.NOT_MEASURED
        assert judged(limit, None) is Verdict.NOT_MEASURED


def test_a_censored_score_fails_every_limit_from_above() -> None:
    late = Score(3.0, "s", 1, censored=True)
    for limit in ("<= 3s", "<= 1000s", "< 1000s", "== 3s"):
        assert judged(limit, late) is Verdict.FAIL
    assert judged(">= 3s", late) is Verdict.PASS


def card(*verdicts: Verdict, status: str = "scored") -> Scorecard:
    return Scorecard(
        "a-0",
        "A",
        "a.yaml",
        "demo",
        1,
        "simulated",
        status=status,  # type: ignore[arg-type]
        scores={"wer": Unscored("none"), "response_latency.p50": Score(0.7, "s", 2, (Span(1.0, 1.7, "0.70 s"),))},
        expect=tuple(Judged("wer", "<= 15%", verdict) for verdict in verdicts),
    )


def test_in_a_conjunction_any_false_is_false_and_else_any_unknown_is_unknown() -> None:
    passed, failed, unknown = Verdict.PASS, Verdict.FAIL, Verdict.NOT_MEASURED
    assert card(passed, passed).verdict is passed
    assert card(passed, unknown).verdict is unknown
    assert card(passed, unknown, failed).verdict is failed
    assert card().verdict is unknown
    assert card(passed, status="void").verdict is unknown


def test_a_row_reads_back_as_the_scorecard_it_was() -> None:
    one = card(Verdict.PASS, Verdict.NOT_MEASURED)
    assert Scorecard.from_json(one.to_json()) == one


def test_an_outcome_reads_back_as_it_was() -> None:
    scores: list[Score | Unscored] = [
        Unscored("harness was late: p99 12 ms"),
        Score(0.7, "s", 3, (Span(1.0, 2.0),), 0.002, "1 unanswered", True, (0.7, None, 0.2), True, 2),
        Score(0.0, "count", 4),
    ]
    for one in scores:
        assert outcome_from_json(one.to_json()) == one


def test_a_scorers_metric_stands_beside_it_and_its_version_on_its_scores() -> None:
    @scorer(unit="s", better="lower", version=3, parts=("count", "longest"), units={"count": "count"})
    def silence() -> Score:
        """Silence."""
        return Score(1.0, "s", 1)

    metric = silence.metric  # type: ignore[attr-defined]
    assert metric.unit_of("count") == "count"
    assert metric.unit_of("longest") == "s"
    outcome = stamped(silence(), metric)
    assert isinstance(outcome, Score)
    assert outcome.version == 3
    assert stamped(Unscored("none"), metric) == Unscored("none")


def test_the_profiles_grow_laxer_from_human_to_floor() -> None:
    human, production, floor = PROFILES["human"], PROFILES["production"], PROFILES["floor"]
    assert (production.response_p50, production.response_p95, production.greeting, production.yield_p95) == (
        1.5,
        3.5,
        1.5,
        0.8,
    )
    for name in ("response_p50", "response_p95", "greeting", "yield_p95"):
        assert getattr(human, name) < getattr(production, name) < getattr(floor, name)
