from __future__ import annotations

from harness.reporting.outcome import standing, tally
from harness.reporting.totals import totals
from harness.score import Score, Unscored
from tests.reporting.cards import FAILS, PASSES, UNKNOWN, row


def test_a_call_stands_by_its_verdict_only_if_it_was_scored_and_held_against_anything() -> None:
    assert standing(row(expect=PASSES)) == "pass"
    assert standing(row(expect=FAILS)) == "fail"
    assert standing(row(expect=UNKNOWN)) == "not_measured"
    assert standing(row()) == "no_limits"
    assert standing(row(expect=FAILS, status="void")) == "void"
    assert tally([row("a"), row("b"), row("c", PASSES)]) == {"no_limits": 2, "pass": 1}


def test_a_share_over_the_run_weighs_each_call_by_what_it_holds() -> None:
    rows = [row("a", scores={"wer": Score(0.5, "ratio", 10)}), row("b", scores={"wer": Score(0.0, "ratio", 40)})]
    (total,) = totals(rows)
    assert (total.score, total.cells[""]["value"], total.cells[""]["n"]) == ("wer", 0.1, 50)


def test_the_greatest_time_of_a_run_is_a_censored_one_if_there_is_any() -> None:
    rows = [
        row("a", scores={"yield_delay.max": Score(3.0, "s", 1, censored=True, values=(None,))}),
        row("b", scores={"yield_delay.max": Score(9.0, "s", 1, values=(9.0,))}),
    ]
    (total,) = totals(rows)
    assert (total.cells["max"]["value"], total.cells["max"]["censored"]) == (3.0, True)


def test_a_run_of_a_hundred_turns_in_twenty_calls_has_percentiles_and_a_lesser_one_has_not() -> None:
    def calls(n: int) -> list[dict[str, object]]:
        latencies = tuple(0.1 * k for k in range(1, 6))
        return [
            row(
                f"c{i}",
                scores={
                    "response_latency.p50": Score(0.3, "s", 5, values=latencies),
                    "response_latency.p95": Score(0.5, "s", 5, values=latencies),
                    "response_latency.max": Score(0.5, "s", 5, values=latencies),
                },
            )
            for i in range(n)
        ]

    (enough,) = totals(calls(20))
    assert {name: round(cell["value"], 3) for name, cell in enough.cells.items()} == {
        "p50": 0.3,
        "p95": 0.5,
        "max": 0.5,
    }
    (few,) = totals(calls(19))
    assert list(few.cells) == ["max"]


def test_what_no_call_measured_says_why_where_the_calls_say_it_in_few_words() -> None:
    rows = [row(f"c{i}", scores={"selectivity": Unscored(f"reason {i % 2}")}) for i in range(4)]
    (total,) = totals(rows)
    assert (total.cells, total.why) == ({}, "reason 0 / reason 1")
    many = [row(f"c{i}", scores={"selectivity": Unscored(f"reason {i}")}) for i in range(4)]
    (total,) = totals(many)
    assert total.why == "no call measured selectivity"


def test_a_void_call_adds_nothing() -> None:
    void = row("b", status="void", why="x", scores={"wer": Score(1.0, "ratio", 10)})
    (total,) = totals([row("a", scores={"wer": Unscored("no transcript")}), void])
    assert (total.cells, total.why) == ({}, "no transcript")
