"""The parts of which a recovery is made, each as a rate of its own."""

from __future__ import annotations

from collections.abc import Mapping

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Score, Unscored, scorer
from harness.scorers._recoveries import PARTS, Recovery, recoveries


@scorer(unit="ratio", better="higher", version=1, parts=PARTS)
def recovery_parts(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """Of the interruptions for which a part of `interruption_recovery` is due and known, the share in which it holds.

    `yielded`, `answered`, `addressed`, `kept`, `not_repeated`: (a) to (e), as defined there. A part
    that was due in no interruption, or that nothing shows, is not measured, and says why.

    Source: the score catalogue, docs/metrics.md.
    """
    found = recoveries(conversation, scenario)
    return {part: _rate(conversation, found, part) for part in PARTS}


def _rate(conversation: Conversation, found: tuple[Recovery, ...], part: str) -> Outcome:
    due = [one for one in found if one.parts[part][0] in ("holds", "broken")]
    unknown = [one.parts[part][1] for one in found if one.parts[part][0] == "unknown"]
    if not due:
        why = dict.fromkeys(unknown or [one.parts[part][1] for one in found])
        return Unscored("; ".join(why) or "no interruption was there to recover from")
    held = [one for one in due if one.parts[part][0] == "holds"]
    return Score(
        len(held) / len(due),
        "ratio",
        len(due),
        spans=tuple(one.span for one in sorted(due, key=lambda one: one in held)),
        resolution=conversation.resolution,
        detail=f"{len(held)} of {len(due)}" + (f", {len(unknown)} unknown" if unknown else ""),
        few=len(due) < 10,
    )
