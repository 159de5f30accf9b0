import pytest

from harness import plugins
from harness.reporting.scores import missed, reasons_html, reference, score_lines, scores_html
from harness.score import Score, Unscored
from tests.reporting.cards import FAILS, MEASURED, PASSES, row


def test_every_score_has_a_line_with_what_it_rests_on() -> None:
    lines = {line.score: line for line in score_lines(row(expect=FAILS))}
    assert set(lines) == set(MEASURED)
    worst = lines["response_latency.max"]
    assert (worst.mark, worst.word, worst.said, worst.limit) == ("✗", "FAIL", "2.310 s", "<= 1.5s")
    assert worst.about == "n 3 · ±2 ms · v1"
    assert lines["yield_rate"].about == "n 1, few · v1"
    assert lines["handoff_decision"].said == "missed"


def test_what_was_not_measured_says_why_and_never_passes() -> None:
    line = next(line for line in score_lines(row()) if line.score == "task_success")
    assert (line.mark, line.said, line.more) == ("?", "not measured", "the truth sets no outcome")
    limited = next(line for line in score_lines(row(expect={"task_success": "pass"})) if line.score == "task_success")
    assert (limited.mark, limited.word) == ("?", "not measured")
    never_made = next(line for line in score_lines(row(expect={"no_such": "pass"})) if line.score == "no_such")
    assert never_made.more == "no score of this name was made"


def test_that_the_agent_broke_off_is_no_score_and_has_no_line() -> None:
    lines = score_lines(row(expect=FAILS, why="the agent broke its protocol at 0.0 s: odd-sized frame"))
    assert {line.score for line in lines} == set(MEASURED)


@pytest.mark.parametrize(
    "why",
    [
        "the scenario doesn't say where the call should go",
        "the scenario doesn't ask for a human",
        "the scenario asks for no message",
        "the scenario states no outcome",
        "the truth states no entities",
        "doesn't apply: the scenario asks for no consent",
    ],
)
def test_what_the_scenario_does_not_ask_is_not_asked_unless_there_is_a_limit_on_it(why: str) -> None:
    scores = {"handoff_receipt": Unscored(why)}
    (line,) = score_lines(row(scores=scores))
    assert (line.mark, line.word, line.said, line.more) == ("·", "", "not asked", why)
    (limited,) = score_lines(row(scores=scores, expect={"handoff_receipt": "pass"}))
    assert (limited.mark, limited.word, limited.said) == ("?", "not measured", "not measured")


def test_a_failure_by_a_hair_is_not_shown_as_the_limit_itself() -> None:
    scores = {"response_latency.p50": Score(1.5004, "s", 3)}
    line = score_lines(row(expect={"response_latency.p50": "<= 1.5s"}, scores=scores))[0]
    assert line.said == "1.5004 s"


def test_every_scorer_there_is_has_a_reference() -> None:
    for name in plugins.names("scorers"):
        assert len(reference(f"{name}.part")) > 40
    assert reference("no_such.p50") == "This installation has no scorer of this name."


def test_the_evidence_is_that_of_the_limits_that_were_missed() -> None:
    found = missed(row(expect={**FAILS, **PASSES}))
    assert [(one.reason.score, one.span.start, one.span.end) for one in found] == [
        ("response_latency.max", 14.0, 16.31),
        ("yield_delay.max", 74.2, 77.2),
    ]
    assert found[1].title.endswith("at 01:14.2–01:17.2: went on speaking")


def test_verdicts_are_words_as_well_as_marks() -> None:
    html = reasons_html(row(expect={**FAILS, **PASSES, "task_success": "pass"}))
    assert html.index("✗ FAIL") < html.index("? not measured") < html.index("✓ pass")
    assert "01:14.2" in html
    assert "sets no limits" in reasons_html(row())


def test_what_a_scorer_told_is_no_markup() -> None:
    scores = {"wer": Score(0.1, "ratio", 3, detail="heard <img src=x>")}
    assert "<img" not in scores_html(score_lines(row(scores=scores)))
