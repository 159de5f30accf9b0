"""Scorecards made by hand, and their rows: what a report is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.score import Judged, Limit, Outcome, Score, Scorecard, Span, Unscored

LATENCIES = (0.7, 2.31, 0.9)
REPLIES = (Span(3, 3.7, "turn 0"), Span(14, 16.31, "turn 1"), Span(30, 30.9, "turn 2"))

MEASURED: dict[str, Outcome] = {
    "response_latency.p50": Score(0.9, "s", 3, REPLIES, 0.002, values=LATENCIES),
    "response_latency.max": Score(2.31, "s", 3, REPLIES, 0.002, values=LATENCIES),
    "yield_delay.max": Score(3.0, "s", 1, (Span(74.2, 77.2, "went on speaking"),), censored=True, values=(None,)),
    "yield_rate": Score(0.0, "ratio", 1, (Span(74.2, 77.2, "did not yield"),), few=True),
    "selectivity": Unscored("1 to be ignored; needs control calls"),
    "wer": Score(0.0833, "ratio", 48),
    "handoff_decision": Score(0.0, "ratio", 1, detail="missed"),
    "task_success": Unscored("the truth sets no outcome"),
}


def card(call: str = "one-0", expect: Mapping[str, str] | None = None, **changed: Any) -> Scorecard:
    """A scored call, held against `expect` (score → limit); anything else of it may be changed."""
    scores: Mapping[str, Outcome] = changed.pop("scores", MEASURED)
    held = tuple(
        Judged(score, limit, Limit.parse(limit).judge(scores.get(score))) for score, limit in (expect or {}).items()
    )
    plain: dict[str, Any] = {
        "call": call,
        "scenario": "Books an appointment",
        "file": "scenarios/smoke/books.yaml",
        "agent": "demo",
        "seed": 1,
        "shell": "simulated",
        "seconds": 41.2,
        "scores": scores,
        "expect": held,
    }
    return Scorecard(**{**plain, **changed})


def row(call: str = "one-0", expect: Mapping[str, str] | None = None, **changed: Any) -> dict[str, Any]:
    """The row of `card`."""
    return card(call, expect, **changed).to_json()


PASSES = {"response_latency.p50": "<= 1.5s"}
FAILS = {"response_latency.max": "<= 1.5s", "yield_delay.max": "<= 800ms", "handoff_decision": "pass"}
UNKNOWN = {"task_success": "pass"}
