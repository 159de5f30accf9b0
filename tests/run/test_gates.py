"""Gates judge a whole run: what its calls give together."""

from __future__ import annotations

from harness.run.gates import judge_gates, of_the_run
from harness.scenario import Expectation
from harness.score import Judged, Limit, Outcome, Score, Scorecard, Status, Unscored, Verdict


def card(number: int = 0, status: Status = "scored", verdict: Verdict | None = None, **scores: Outcome) -> Scorecard:
    expect = (Judged("wer", "<= 15%", verdict),) if verdict else ()
    named = {name.replace("__", "."): outcome for name, outcome in scores.items()}
    return Scorecard(f"call-{number}", "s", "s.yaml", "demo", 1, "simulated", status, scores=named, expect=expect)


def timed(*values: float | None) -> Score:
    return Score(max((v for v in values if v is not None), default=0.0), "s", len(values), values=values)


def test_the_pass_rate_is_over_the_calls_that_were_held_against_anything() -> None:
    cards = [card(0, verdict=Verdict.PASS), card(1, verdict=Verdict.FAIL), card(2)]
    outcome = of_the_run("pass_rate", cards)
    assert isinstance(outcome, Score)
    assert (outcome.value, outcome.n, outcome.few) == (0.5, 2, True)


def test_a_call_that_could_not_be_judged_leaves_the_pass_rate_unknown() -> None:
    cards = [card(0, verdict=Verdict.PASS), card(1, verdict=Verdict.NOT_MEASURED)]
    (judged,) = judge_gates([Expectation("pass_rate", Limit.parse(">= 50%"))], cards)
    assert judged.verdict is Verdict.NOT_MEASURED


def test_a_run_without_expectations_has_no_pass_rate() -> None:
    assert isinstance(of_the_run("pass_rate", [card()]), Unscored)


def test_a_percentile_of_few_turns_is_not_measured() -> None:
    outcome = of_the_run("response_latency.p95", [card(k, response_latency__p95=timed(0.5)) for k in range(5)])
    assert isinstance(outcome, Unscored)
    assert "5 turns in 5 calls are too few" in outcome.reason


def test_a_percentile_of_enough_turns_pools_them_and_has_an_interval() -> None:
    cards = [card(k, response_latency__p95=timed(*(0.01 * (5 * k + i) for i in range(5)))) for k in range(20)]
    outcome = of_the_run("response_latency.p95", cards)
    assert isinstance(outcome, Score)
    assert outcome.n == 100
    assert abs(outcome.value - 0.94) < 1e-9
    assert "interval" in str(outcome.detail)


def test_an_unanswered_turn_ranks_above_every_latency() -> None:
    cards = [card(k, response_latency__p95=timed(0.5, 0.5, 0.5, 0.5, None)) for k in range(20)]
    outcome = of_the_run("response_latency.p95", cards)
    assert isinstance(outcome, Score)
    assert outcome.censored
    assert Limit.parse("<= 100s").judge(outcome) is Verdict.FAIL


def test_a_rate_of_the_run_is_over_the_corpus_not_over_the_calls() -> None:
    cards = [
        card(0, wer=Score(0.0, "ratio", 90)),
        card(1, wer=Score(1.0, "ratio", 10)),
        card(2, wer=Unscored("told none")),
    ]
    outcome = of_the_run("wer", cards)
    assert isinstance(outcome, Score)
    assert outcome.value == 0.1
    assert outcome.detail == "measured in 2 of 3 calls"


def test_a_void_call_is_in_no_rate_of_the_run() -> None:
    cards = [card(0, wer=Score(0.0, "ratio", 90)), card(1, status="void", wer=Score(1.0, "ratio", 90))]
    outcome = of_the_run("wer", cards)
    assert isinstance(outcome, Score)
    assert outcome.value == 0.0


def test_a_score_that_no_call_measured_is_not_measured() -> None:
    (judged,) = judge_gates([Expectation("wer", Limit.parse("<= 15%"))], [card(0, wer=Unscored("told none"))])
    assert judged.verdict is Verdict.NOT_MEASURED
