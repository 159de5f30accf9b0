from __future__ import annotations

import pytest

from harness.reporting.reasons import brief, called, clock, measured, place, reasons, worst_span
from harness.score import Limit, Score, Span, Unscored, Verdict
from tests.reporting.cards import FAILS, MEASURED, UNKNOWN, row


def test_a_failed_limit_says_the_value_and_the_second_at_which_it_was_worst() -> None:
    slow = next(iter(reasons(row(expect=FAILS))))
    assert (slow.score, slow.limit, slow.verdict, slow.said, slow.n) == (
        "response_latency.max",
        "<= 1.5s",
        Verdict.FAIL,
        "2.310 s",
        3,
    )
    assert slow.worst == Span(14, 16.31, "turn 1")
    assert place(slow.worst) == "at 00:14.0–00:16.3: turn 1"


def test_what_was_not_measured_says_why() -> None:
    (unknown,) = reasons(row(expect=UNKNOWN))
    assert (unknown.verdict, unknown.why, unknown.said) == (Verdict.NOT_MEASURED, "the truth sets no outcome", "")


def test_a_limit_on_a_score_that_no_call_has_is_not_measured_and_says_so() -> None:
    (unknown,) = reasons(row(expect={"nonesuch": "<= 1s"}))
    assert unknown.verdict is Verdict.NOT_MEASURED
    assert unknown.why == "no score of this name was made"


def test_a_void_call_gives_its_own_reason_for_every_limit() -> None:
    void = row(expect={"wer": "<= 15%"}, scores={}, status="void", why="the voice died")
    assert [reason.why for reason in reasons(void)] == ["the voice died"]


@pytest.mark.parametrize(
    ("score", "limit", "said"),
    [
        (Score(0.81234, "s", 1), None, "0.812 s"),
        (Score(12.0, "ms", 1), None, "12 ms"),
        (Score(0.0833, "ratio", 48), None, "8.3 %"),
        (Score(25.0, "words", 4), None, "25 words"),
        (Score(2.5, "words", 4), None, "2.50 words"),
        (Score(3.0, "s", 1, censored=True), None, "> 3.000 s"),
        (Score(0.0, "ratio", 1, detail="missed"), None, "0.0 %"),
        (Score(0.0, "ratio", 1, detail="missed"), "pass", "missed"),
        (Score(0.0, "ratio", 1), "pass", "not passed"),
        (Score(1.0, "ratio", 1), "pass", "passed"),
        (Score(0.8004, "s", 1), "<= 800ms", "0.8004 s"),
        (Score(0.8, "s", 1), "<= 800ms", "0.800 s"),
        (Score(0.1503, "ratio", 999), "<= 15%", "15.03 %"),
        (Score(-0.25, "s", 1), ">= 0s", "-0.250 s"),
    ],
)
def test_a_measurement_has_its_unit_and_never_looks_like_the_limit_it_misses(
    score: Score, limit: str | None, said: str
) -> None:
    assert measured(score.to_json(), None if limit is None else Limit.parse(limit)) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (MEASURED["response_latency.p50"], "0.90"),
        (MEASURED["yield_delay.max"], ">3.00"),
        (MEASURED["wer"], "8%"),
        (Score(25.0, "words", 4), "25"),
        (Unscored("nobody told"), "–"),
        (None, "–"),
    ],
)
def test_a_narrow_column_keeps_the_number(cell: Score | Unscored | None, said: str) -> None:
    assert brief(None if cell is None else cell.to_json()) == said


@pytest.mark.parametrize(("value", "said"), [(1.0, "✓"), (0.0, "✗")])
def test_a_category_is_right_or_wrong_in_a_narrow_column(value: float, said: str) -> None:
    assert brief(Score(value, "ratio", 1).to_json(), category=True) == said
    assert brief(None, category=True) == "–"


def test_a_reason_is_a_sentence_with_what_else_the_scorer_told() -> None:
    scores = {
        "wer": Score(0.2, "ratio", 5, detail="1 missed", few=True),
        "handoff_decision": Score(0.0, "ratio", 1, detail="missed"),
        "task_success": Unscored("the truth sets no outcome"),
    }
    limits = {"wer": "<= 15%", "handoff_decision": "pass", "task_success": "pass"}
    assert [str(reason) for reason in reasons(row(expect=limits, scores=scores))] == [
        "wer is 20.0 %, limit <= 15% (n 5, few): 1 missed",
        "handoff_decision: missed",
        "task_success pass: not measured: the truth sets no outcome",
    ]


SPANS = (Span(1, 2, "a"), Span(5, 8, "b"), Span(9, 9.5, "c"))


@pytest.mark.parametrize(
    ("score", "limit", "note"),
    [
        (Score(3, "s", 3, SPANS, values=(1, 3, 0.5)), "<= 1s", "b"),
        (Score(3, "s", 3, SPANS, values=(1, 3, None)), "<= 1s", "c"),
        (Score(3, "s", 3, SPANS, values=(1, 3, 0.5)), ">= 5s", "c"),
        (Score(3, "s", 3, SPANS), "<= 1s", "b"),
        (Score(3, "s", 3, SPANS), ">= 5s", "c"),
        (Score(0.5, "ratio", 3, SPANS), ">= 90%", "a"),
        (Score(0.5, "ratio", 3, SPANS, values=(1, 1, 0)), "pass", "c"),
    ],
)
def test_the_worst_span_is_the_one_farthest_on_the_wrong_side(score: Score, limit: str, note: str) -> None:
    span = worst_span(score.to_json(), limit)
    assert span is not None
    assert span.note == note


def test_a_score_without_evidence_has_no_worst_span() -> None:
    assert worst_span(Score(1, "s", 1).to_json(), "<= 1s") is None


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00.0"), (59.96, "01:00.0"), (64.25, "01:04.2"), (3599.9, "59:59.9"), (6000, "100:00.0")],
)
def test_an_instant_reads_as_a_player_shows_it(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_a_call_is_told_from_its_siblings_by_condition_and_repeat() -> None:
    assert called(row()) == "Books an appointment"
    assert called(row(condition={"world.noise.snr": "5dB"}, repeat=1)) == "Books an appointment [snr 5dB] #2"


def test_a_count_stands_without_a_unit_and_one_word_is_a_word() -> None:
    told = [measured(Score(value, unit, 1).to_json()) for value, unit in ((4, "count"), (0.5, "count"), (1, "words"))]
    assert told == ["4", "0.50", "1 word"]
