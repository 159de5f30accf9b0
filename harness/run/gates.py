"""Gates on a whole run: what its calls give together, held against the suite's limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.scenario import Expectation
from harness.score import Judged, Outcome, Score, Scorecard, Unscored, Verdict
from harness.statistics import nearest_rank

TURNS = 100
CALLS = 20
"""A percentile of a run is judged from this many turns in this many calls on."""

_SHARES = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99, "max": 1.0}


def judge_gates(gates: Iterable[Expectation], cards: Sequence[Scorecard]) -> tuple[Judged, ...]:
    """What came of each gate of the suite."""
    return tuple(Judged(gate.score, gate.limit.text, gate.limit.judge(of_the_run(gate.score, cards))) for gate in gates)


def of_the_run(score: str, cards: Sequence[Scorecard]) -> Outcome:
    """One score over all the calls of a run: `pass_rate`, or a timing score's values pooled."""
    if score == "pass_rate":
        return _pass_rate(cards)
    part = score.partition(".")[2]
    held = [card.scores.get(score) for card in cards]
    scored = [one for one in held if isinstance(one, Score)]
    if not scored:
        return Unscored(f"no call measured {score}")
    if part in _SHARES and scored[0].values:
        return _pooled(part, scored)
    worst = max(scored, key=lambda one: one.value)
    if len(scored) < CALLS and part in _SHARES:
        return Unscored(f"{len(scored)} calls are too few for {score} of a run; the greatest is {worst.value:g}")
    total = sum(one.n for one in scored)
    mean = sum(one.value * one.n for one in scored) / total if total else 0.0
    return Score(mean, scored[0].unit, total, few=total < 10)


def _pooled(part: str, scored: Sequence[Score]) -> Outcome:
    """A percentile of every turn of the run; a censored turn ranks above all."""
    values = [value for one in scored for value in one.values]
    if len(values) < TURNS or len(scored) < CALLS:
        known = [value for value in values if value is not None]
        most = f"; the greatest is {max(known):.3g}" if known else ""
        return Unscored(f"{len(values)} turns in {len(scored)} calls are too few for {part} of a run{most}")
    ranked = nearest_rank([float("inf") if value is None else value for value in values], _SHARES[part])
    if ranked == float("inf"):
        greatest = max((value for value in values if value is not None), default=0.0)
        return Score(greatest, scored[0].unit, len(values), censored=True)
    return Score(ranked, scored[0].unit, len(values))


def _pass_rate(cards: Sequence[Scorecard]) -> Outcome:
    """Calls that passed ÷ calls that were held against anything."""
    asked = [card for card in cards if card.expect]
    if not asked:
        return Unscored("no scenario expects anything")
    if any(card.verdict is Verdict.NOT_MEASURED for card in asked):
        unknown = sum(card.verdict is Verdict.NOT_MEASURED for card in asked)
        return Unscored(f"{unknown} of {len(asked)} calls could not be judged")
    passed = sum(card.verdict is Verdict.PASS for card in asked)
    return Score(passed / len(asked), "ratio", len(asked), few=len(asked) < 10)
