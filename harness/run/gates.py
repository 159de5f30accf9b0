"""Gates on a whole run: what its calls give together, held against the suite's limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.scenario import Expectation
from harness.score import Judged, Outcome, Score, Scorecard, Unscored, Verdict
from harness.statistics import percentile_over_calls
from harness.text.counting import counted

TURNS = 100
CALLS = 20
"""A percentile of a run is judged from this many turns in this many calls on."""

_ABOVE = float("inf")

_OF_EVERY_TURN = ("stage",)
"""Scores whose value is a call's worst turn: a run's is the worst of all, however few there are."""

_SHARES = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99, "max": 1.0}


def judge_gates(gates: Iterable[Expectation], cards: Sequence[Scorecard]) -> tuple[Judged, ...]:
    """What came of each gate of the suite."""
    return tuple(Judged(gate.score, gate.limit.text, gate.limit.judge(of_the_run(gate.score, cards))) for gate in gates)


def of_the_run(score: str, cards: Sequence[Scorecard]) -> Outcome:
    """One score over all the calls of a run.

    `pass_rate`; a timing score's percentile over every turn, with an interval by resampling calls; a
    stage's longest turn; else the mean of what was measured, weighted by what it rests on: a rate
    over the whole corpus.
    Unscored where no call measured it, or too few turns did.
    """
    if score == "pass_rate":
        return _pass_rate(cards)
    part = score.partition(".")[2]
    held = [outcome for card in cards if card.status == "scored" and (outcome := card.scores.get(score)) is not None]
    scored = [outcome for outcome in held if isinstance(outcome, Score)]
    if not scored:
        return Unscored(f"no call measured {score}")
    if part in _SHARES:
        return _pooled(part, scored)
    if any(outcome.censored for outcome in scored):
        return Unscored(f"{score} is greater than could be measured in some call")
    total = sum(outcome.n for outcome in scored)
    if score.partition(".")[0] in _OF_EVERY_TURN:
        worst = max(scored, key=lambda outcome: outcome.value)
        return Score(worst.value, worst.unit, total, detail=f"the worst turn of {counted(len(scored), 'call')}")
    if not total:
        return Unscored(f"{score} rests on nothing in any call")
    mean = sum(outcome.value * outcome.n for outcome in scored) / total
    return Score(
        mean, scored[0].unit, total, few=total < 10, detail=f"measured in {len(scored)} of {counted(len(held), 'call')}"
    )


def _pooled(part: str, scored: Sequence[Score]) -> Outcome:
    """A percentile of every turn of the run; a censored turn (None among the values) ranks above all."""
    calls = [[_ABOVE if value is None else value for value in outcome.values] for outcome in scored if outcome.values]
    values = [value for call in calls for value in call]
    greatest = max((value for value in values if value < _ABOVE), default=0.0)
    if len(values) < TURNS or len(calls) < CALLS:
        return Unscored(
            f"{counted(len(values), 'turn')} in {counted(len(calls), 'call')} are too few for {part} of a run "
            f"({TURNS} turns in {CALLS} calls are needed); the greatest is {greatest:.3g}"
        )
    found = percentile_over_calls(calls, _SHARES[part], seed=0)
    interval = f"{found.share:.0%} interval {found.low:.3g} to {found.high:.3g}, by resampling calls"
    if found.value == _ABOVE:
        return Score(greatest, scored[0].unit, len(values), censored=True, detail=interval)
    return Score(found.value, scored[0].unit, len(values), detail=interval)


def _pass_rate(cards: Sequence[Scorecard]) -> Outcome:
    """Calls that passed ÷ calls that were held against anything; unknown while one could not be judged."""
    asked = [card for card in cards if card.expect]
    if not asked:
        return Unscored("no scenario expects anything")
    unknown = sum(card.verdict is Verdict.NOT_MEASURED for card in asked)
    if unknown:
        return Unscored(f"{unknown} of {counted(len(asked), 'call')} could not be judged")
    passed = sum(card.verdict is Verdict.PASS for card in asked)
    return Score(passed / len(asked), "ratio", len(asked), few=len(asked) < 10)
