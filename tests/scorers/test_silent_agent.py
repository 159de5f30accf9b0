"""An agent that tells nothing of itself, whose words nobody recognised: what can't be known is never passed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness import plugins
from harness.conversation import Conversation
from harness.run.scoring import measure
from harness.scenario import Entity, HandoffTruth, Opening, Truth
from harness.score import Limit, Metric, Unscored, Verdict
from tests.scorers.calls import SCENARIO, Said, call

TELLING = (
    *("stage", "first_ten_seconds", "reply_language", "language_switch_lag", "language_relapse"),
    *("wer", "cer", "mixed_error_rate", "entity_accuracy"),
    *("agent_intelligibility", "caller_audibility", "audibility_wer"),
)
"""Scorers of what an agent tells, or of what a recogniser was asked."""

HEARD_ANYWAY = frozenset({f"first_ten_seconds.{check}" for check in ("greeted", "barge_in", "no_dead_air")})
"""Checks on the sound alone."""

ASKED = replace(
    SCENARIO,
    opening=Opening(("Riverside",), {"ai_disclosure": "required", "consent": "required", "greeted": "required"}),
    truth=Truth(
        reason="book a table",
        entities=(Entity("date", "2026-03-13"), Entity("name", "Asha Rao")),
        handoff=HandoffTruth("required", to="front desk", critical=("date",)),
    ),
    budget={"stt": 0.3},
)


def silent() -> Conversation:
    lines = [
        Said(3, 5, "a table on the thirteenth of March"),
        Said(8, 9, "me llamo Asha Rao", language="es-MX"),
        Said(12, 14, "no, the thirteenth", kind="correction"),
    ]
    return call(lines, [(0.5, 2), (6, 7), (10, 12.5), (15, 16)])


def ids() -> list[str]:
    found: list[str] = []
    for name in TELLING:
        metric: Metric = plugins.load("scorers", name).metric
        found += [f"{name}.{part}" for part in metric.parts] or [name]
    return [id_ for id_ in found if id_ not in HEARD_ANYWAY]


@pytest.mark.parametrize("score", ids())
def test_what_the_agent_does_not_tell_is_unscored_with_the_reason(score: str) -> None:
    outcome = measure(silent(), ASKED)[score]
    assert isinstance(outcome, Unscored), outcome
    assert len(outcome.reason) > 10


@pytest.mark.parametrize("limit", ["pass", "<= 1000s", ">= 0%", "< 100000", "> -1", "== 0"])
def test_no_limit_on_it_passes(limit: str) -> None:
    outcomes = measure(silent(), ASKED)
    verdicts = {Limit.parse(limit).judge(outcomes[score]) for score in ids()}
    assert verdicts == {Verdict.NOT_MEASURED}


def test_only_what_is_in_the_sound_is_measured_of_its_beginning() -> None:
    outcomes = measure(silent(), ASKED)
    measured = {id_ for id_ in outcomes if id_.startswith("first_ten") and not isinstance(outcomes[id_], Unscored)}
    assert measured == HEARD_ANYWAY - {"first_ten_seconds.barge_in"}
