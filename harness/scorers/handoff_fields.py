"""Whether the human who takes over inherits the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff import FieldVerdict
from harness.scenario import Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._handoffs import handoffs, inherited
from harness.scorers._packets import compared

__all__ = ["compared", "handoff_fields", "inherited"]

PARTS = ("precision", "recall", "f1", "completeness")


@scorer(unit="ratio", better="higher", version=4, parts=PARTS)
def handoff_fields(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """Precision, recall and F1 of the handed-over packet's fields against the truth, and completeness.

    Each field is right, wrong (something else that was said in the call, if only by the agent), stale
    (superseded by a correction), invented (in neither truth, call nor tool results) or missing;
    "unknown" and "N/A" are missing. A packet that gives several values for one fact, or offers others
    beside it ("the 12th or the 13th", "before March 13"), is wrong in it; so is a reason or next action
    that lists others nobody spoke of in the call, or that exclude it ("book or cancel").
    What no field gives counts where the packet's free text has it. precision: right ÷ fields handed
    over, those left out that the truth doesn't ask for but the call supports. recall: right ÷
    fields of the truth. completeness: recall of the critical fields. `detail` names every field
    that isn't right. Where a human had to be brought in and wasn't, everything is missing. Measured
    only through a channel that the agent declared or that a handoff proved.

    Source: the score catalogue, docs/metrics.md.
    """
    seen = handoffs(conversation)
    if isinstance(seen, Unscored):
        return dict.fromkeys(PARTS, seen)
    truth = scenario.truth
    required = truth.handoff is not None and truth.handoff.decision == "required"
    if not seen and not required:
        return dict.fromkeys(PARTS, Unscored("nothing was handed over, and nothing had to be"))
    fields = compared(inherited(seen), truth, conversation)
    if not any(field.truth is not None for field in fields):
        return dict.fromkeys(PARTS, Unscored("the scenario's truth names no field"))
    at = seen[-1].at if seen else len(conversation.recording.heard)
    return _scores(fields, at)


def _scores(fields: Sequence[FieldVerdict], at: int) -> dict[str, Outcome]:
    due = [field for field in fields if field.truth is not None]
    handed = [field for field in fields if field.verdict not in ("missing", "supported")]
    critical = [field for field in due if field.critical]
    spans, detail = _spans(fields, at), _detail(fields)

    def share(of: Sequence[FieldVerdict], none: str) -> Outcome:
        if not of:
            return Unscored(none)
        right = sum(field.verdict == "right" for field in of)
        return Score(right / len(of), "ratio", len(of), spans, detail=detail, few=len(of) < 10)

    right = sum(field.verdict == "right" for field in due)
    f1 = 2 * right / (len(handed) + len(due))
    return {
        "precision": share(handed, "nothing was handed over"),
        "recall": share(due, "the truth names no field"),
        "f1": Score(f1, "ratio", len(due), spans, detail=detail, few=len(due) < 10),
        "completeness": share(critical, "the scenario names no critical field"),
    }


def _detail(fields: Sequence[FieldVerdict]) -> str:
    """Every field by its verdict, those that aren't right with what was handed and what was due."""
    right = [field.field for field in fields if field.verdict == "right"]
    notes = [f"right: {', '.join(right)}"] if right else []
    notes += [_note(field) for field in fields if field.verdict not in ("right", "supported")]
    return "; ".join(notes)


def _note(field: FieldVerdict) -> str:
    due = "" if field.truth is None else f" (due {field.truth!r})"
    handed = "" if field.handed is None else f" {field.handed!r}"
    note = "" if field.note is None else f" ({field.note})"
    return f"{field.verdict}: {field.field}{handed}{due}{note}"


def _spans(fields: Sequence[FieldVerdict], at: int) -> tuple[Span, ...]:
    """Where each field that isn't right was said; where the packet was handed over, if it never was."""
    wrong = [field for field in fields if field.verdict not in ("right", "supported")]
    where = [field.said or (at, at) for field in wrong]
    return tuple(Span(a / RATE, b / RATE, _note(field)) for (a, b), field in zip(where, wrong, strict=True))
