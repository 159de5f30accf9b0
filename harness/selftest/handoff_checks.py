"""The truth of a handoff held against its scores: whether, when, where to, with what, and what the human asks again."""

from __future__ import annotations

from collections.abc import Iterator

from harness.audio import RATE
from harness.score import Score
from harness.scorers._handoffs import handoffs, inherited
from harness.scorers._packets import compared
from harness.selftest.checks import Check
from harness.selftest.handoff_calls import phrase
from harness.selftest.handoff_truth import RIGHT, Handed
from harness.selftest.rows import UNKNOWN, Row, exact, late, timing, told, unmeasured, verdict
from harness.selftest.rung import Rung

COMPLETE = 0.9


def decision(rung: Rung) -> Iterator[Row]:
    """Whether a human was brought in, and had to be."""
    handed = Handed(rung)
    happened = handed.at is not None
    label = {
        ("required", False): "missed",
        ("forbidden", True): "unnecessary",
    }.get((handed.due.decision, happened), "correct" if happened else "contained")
    outcome = rung.scores["handoff_decision"]
    measured = (outcome.detail or "") if isinstance(outcome, Score) else UNKNOWN
    yield verdict(rung, "handoff_decision, by name", label if handed.tells else UNKNOWN, measured, told(outcome))
    value = float(label in ("correct", "contained"))
    yield exact(rung, "handoff_decision", value if handed.tells else None)


def delay(rung: Rung) -> Iterator[Row]:
    """How long after its cue the call was handed over, in seconds and in answers."""
    handed = Handed(rung)
    seconds, turns = rung.scores["handoff_delay.seconds"], rung.scores["handoff_delay.turns"]
    cue = next(iter(handed.cues), None)
    unknown = not handed.tells or cue is None or (handed.at is None and not handed.required)
    if unknown or cue is None or (handed.at is not None and handed.at < cue.at):
        yield exact(rung, "handoff_delay.seconds", None)
        yield exact(rung, "handoff_delay.turns", None)
        return
    planted = None if handed.at is None else (handed.at - cue.end) / RATE
    if late(seconds):
        yield unmeasured(rung, "handoff_delay.seconds", planted, told(seconds))
        return
    measured = seconds.value if isinstance(seconds, Score) and not seconds.censored else None
    yield timing(rung, "handoff_delay.seconds", planted, measured, told(seconds))
    counted = turns.value if isinstance(turns, Score) and not turns.censored else "never"
    due = "never" if handed.at is None else float(handed.turns_after(cue))
    yield verdict(rung, "handoff_delay.turns", due, counted, told(turns))


def transfer(rung: Rung) -> Iterator[Row]:
    """Where the call went, whether anyone took it, and whether a human could go on from there."""
    handed = Handed(rung)
    there = handed.at is not None and handed.tells
    destination = float(handed.to == handed.due.to) if there and handed.due.to else None
    receipt = float(bool(handed.options["receipt"])) if there else None
    yield exact(rung, "handoff_destination", destination)
    yield exact(rung, "handoff_receipt", receipt)
    yield exact(rung, "handoff_faithfulness", handed.faithfulness if there else None)
    unknown = not handed.tells or (handed.at is None and not handed.required)
    whole = None if unknown else _whole(handed, destination, receipt)
    yield exact(rung, "transfer_success_with_summary", whole)


def _whole(handed: Handed, destination: float | None, receipt: float | None) -> float | None:
    """All of it: one that fails is enough; else one that nobody knows."""
    decided = (handed.at is not None) if handed.required else handed.due.decision == "allowed"
    completeness = handed.completeness if _counts(handed) else None
    known = ((float(decided), 1.0), (destination, 1.0), (receipt, 1.0), (completeness, COMPLETE))
    parts = (*known, (handed.faithfulness if handed.at is not None else None, 1.0))
    if any(value is not None and value < least for value, least in parts):
        return 0.0
    return None if any(value is None for value, _ in parts) else 1.0


def _counts(handed: Handed) -> bool:
    """Whether there is, or had to be, a packet."""
    return handed.at is not None or handed.required


def fields(rung: Rung) -> Iterator[Row]:
    """What became of each field of the truth, and the four numbers that follow from it."""
    handed = Handed(rung)
    scores = ("precision", "recall", "f1", "completeness")
    if not handed.tells or not _counts(handed):
        for part in scores:
            yield exact(rung, f"handoff_fields.{part}", None)
        return
    seen = handoffs(rung.conversation)
    found = compared(inherited(seen), handed.truth, rung.conversation) if isinstance(seen, tuple) else ()
    measured = {field.field: field.verdict for field in found if field.truth is not None}
    for name, due in handed.fields.items():
        yield verdict(rung, "handoff_fields, a field", due, measured.get(name, UNKNOWN), name)
    extra = sum(field.truth is None and field.verdict == "invented" for field in found)
    yield verdict(rung, "handoff_fields, made up", float(handed.made_up), float(extra))
    right = sum(one == RIGHT for one in handed.fields.values())
    sent = sum(one != "missing" for one in handed.fields.values()) + handed.made_up
    numbers = (
        right / sent if sent else None,
        right / len(handed.fields),
        2 * right / (sent + len(handed.fields)),
        handed.completeness,
    )
    for part, number in zip(scores, numbers, strict=True):
        yield exact(rung, f"handoff_fields.{part}", number)


def quality(rung: Rung) -> Iterator[Row]:
    """How many points each part of the packet has."""
    handed = Handed(rung)
    there = handed.at is not None and handed.tells
    for part, points in handed.quality.items():
        yield exact(rung, f"handoff_summary_quality.{part}", points if there else None)


def triggers(rung: Rung) -> Iterator[Row]:
    """The share of the cues that led to a human in time."""
    handed = Handed(rung)
    planted: float | None = None
    if handed.tells and handed.required:
        led = [cue for cue in handed.cues if handed.at is not None and handed.at >= cue.at]
        within = handed.due.within
        led = [cue for cue in led if within is None or handed.turns_after(cue) <= within]
        planted = len(led) / len(handed.cues)
    yield exact(rung, "escalation_triggers", planted)


def asked_again(rung: Rung) -> Iterator[Row]:
    """What the caller is asked for again, by the agent and by the human who takes over."""
    handed = Handed(rung)
    if not handed.tells:
        yield exact(rung, "repeated_questions", None)
        return
    by_human = 0
    if handed.at is not None and handed.due.decision != "forbidden":
        by_human = sum(handed.fields[name] != RIGHT for name in ("reason", *handed.critical))
    said = len(rung.utterances) - 1
    answers = handed.options["answers"].split("|")
    by_agent = sum(answers[min(turn, len(answers) - 1)] in QUESTIONS.values() for turn in range(said))
    yield exact(rung, "repeated_questions", float(by_human + by_agent))


QUESTIONS = {"date": "Which day was that for?", "order": "What is your order number?", "name": "May I have your name?"}
"""What an agent asks that has forgotten a fact; it does so behind the third turn, when all were given."""


def read_back(rung: Rung) -> Iterator[Row]:
    """The share of the critical facts that the agent said back."""
    handed = Handed(rung)
    critical = [entity for entity in handed.truth.entities if entity.critical]
    back = sum(phrase(entity.name, entity.value) in handed.options["answers"] for entity in critical)
    yield exact(rung, "confirmation", back / len(critical) if handed.tells else None)


def done(rung: Rung) -> Iterator[Row]:
    """Whether the task was done, and whether it was done by the agent alone."""
    handed = Handed(rung)
    outcome = handed.truth.outcome
    if not outcome:
        return
    success = None
    if handed.tells:
        success = float(handed.fault in ("does_the_task", "does_it_and_hands_over"))
    yield exact(rung, "task_success", success)
    alone = None if success is None or handed.required else success * (handed.at is None)
    yield exact(rung, "resolved_without_transfer", alone)


HANDED: tuple[Check, ...] = (decision, delay, transfer, fields, quality, triggers, asked_again, read_back, done)
"""All that can be said of a call at whose end a human may be needed."""
