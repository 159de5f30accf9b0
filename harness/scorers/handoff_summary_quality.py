"""How much a human can do with what the packet says, on the scale a supervisor would use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff import TONES, URGENCIES, FieldVerdict
from harness.scenario import Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._handoffs import handed_over, inherited
from harness.scorers._packets import compared
from harness.text.meaning import content, denies

PARTS = ("reason", "entities", "tone_urgency", "next_action")
BEST, WORST = 5.0, 1.0

_NEAR = frozenset(
    map(
        frozenset,
        (("frustrated", "angry"), ("worried", "distressed"), ("confused", "worried"), ("confused", "frustrated")),
    )
)
"""Tones that a listener may take for each other."""


@scorer(unit="points", better="higher", version=2, parts=PARTS)
def handoff_summary_quality(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """1 to 5 points each for reason, entities, tone and urgency, and next action, as they were handed over.

    reason, next_action: 1 + 4 × the share of the truth's content words that are there, 1 where it
    denies what is so or lists others beside it. entities: 1 + 4 × right ÷ (the truth's + invented
    ones that it doesn't know), 2 at most where one is wrong, stale or invented. tone_urgency: the mean of both; a tone
    that is easily taken for the right one has 3, an urgency loses 2 for each step that it is off.
    What the truth doesn't state isn't measured. These parts are deterministic, and go by words: the
    wording of a reason or a next action is left to a judge, in `judged_summary_quality`. Spans
    quote what was handed over.

    Source: the score catalogue, docs/metrics.md.
    """
    seen = handed_over(conversation, scenario)
    if isinstance(seen, Unscored):
        return dict.fromkeys(PARTS, seen)
    fields = compared(inherited(seen), scenario.truth, conversation)
    at = seen[-1].at / RATE
    own = {field.field: field for field in fields}
    given = ("reason", "tone", "urgency", "next_action", "tried")
    entities = [field for field in fields if field.field not in given or field.truth is None]
    return {
        "reason": _of([own["reason"]] if "reason" in own else [], at, "reason", _words),
        "entities": _entities(entities, at),
        "tone_urgency": _of([own[n] for n in ("tone", "urgency") if n in own], at, "tone and urgency", _choice),
        "next_action": _of([own["next_action"]] if "next_action" in own else [], at, "next action", _words),
    }


def _of(fields: Sequence[FieldVerdict], at: float, what: str, points: Callable[[FieldVerdict], float]) -> Outcome:
    if not fields:
        return Unscored(f"the truth states no {what}")
    values = [points(field) for field in fields]
    spans = tuple(_quote(field, at) for field in fields)
    return Score(sum(values) / len(values), "points", len(fields), spans, detail="without a judge for its wording")


def _quote(field: FieldVerdict, at: float) -> Span:
    handed = "nothing" if field.handed is None else repr(field.handed)
    return Span(at, at, f"{field.field}: {handed} for {field.truth!r}")


def _words(field: FieldVerdict) -> float:
    if field.verdict == "right":
        return BEST
    due, handed = field.truth or "", field.handed or ""
    if not handed or denies(due) != denies(handed) or field.note is not None:
        return WORST
    wanted = content(due)
    return WORST + 4.0 * len(wanted & content(handed)) / len(wanted) if wanted else WORST


def _choice(field: FieldVerdict) -> float:
    if field.verdict == "right":
        return BEST
    handed = (field.handed or "").casefold()
    if field.field == "tone":
        near = handed in TONES and frozenset((handed, field.truth)) in _NEAR
        return 3.0 if near else WORST
    if handed not in URGENCIES or field.truth not in URGENCIES:
        return WORST
    return max(WORST, BEST - 2.0 * abs(URGENCIES.index(handed) - URGENCIES.index(field.truth)))


def _entities(fields: Sequence[FieldVerdict], at: float) -> Outcome:
    due = [field for field in fields if field.truth is not None]
    invented = [field for field in fields if field.truth is None and field.verdict == "invented"]
    if not due:
        return Unscored("the truth states no entities")
    right = sum(field.verdict == "right" for field in due)
    value = WORST + 4.0 * right / (len(due) + len(invented))
    if invented or any(field.verdict in ("wrong", "stale", "invented") for field in due):
        value = min(value, 2.0)
    spans = tuple(_quote(field, at) for field in (*due, *invented) if field.verdict != "right")
    became = Counter(field.verdict for field in (*due, *invented))
    others = [f"{became[one]} {one}" for one in ("wrong", "stale", "invented", "missing") if became[one]]
    return Score(value, "points", len(due), spans, detail=", ".join([f"{right} of {len(due)} right", *others]))
