from __future__ import annotations

from harness.reporting.summary import summary
from harness.score import Judged, Verdict
from tests.reporting.cards import FAILS, PASSES, UNKNOWN, row


def test_the_page_has_a_line_a_call_and_says_why_those_that_did_not_pass_did_not() -> None:
    page = summary([row("a", PASSES), row("b", FAILS), row("c", UNKNOWN), row("d", status="void", why="it broke")])
    assert "**4 calls:** 1 pass, 1 FAIL, 1 not measured, 1 void" in page
    assert page.count("| Books an appointment |") == 4
    assert "| ✗ FAIL | Books an appointment | 0.90 | 2.31 | >3.00 | 8% | ✗ | – |" in page
    assert "- **✗ FAIL: Books an appointment** (`calls/b/call.wav`)" in page
    assert "  - `response_latency.max` is 2.310 s, limit &lt;= 1.5s (n 3), at 00:14.0–00:16.3: turn 1" in page
    assert "  - `task_success` pass: not measured: the truth sets no outcome" in page
    assert "  - it broke" in page


def test_a_yield_rate_never_stands_without_its_selectivity() -> None:
    page = summary([row("a", PASSES)])
    assert "- yield\\_rate" in page or "- yield_rate" in page
    assert "selectivity: not measured" in page


def test_a_gate_is_shown_with_what_it_was_held_against() -> None:
    page = summary([row("a", PASSES)], [Judged("pass_rate", ">= 90%", Verdict.PASS)])
    assert "✓ pass: gate `pass_rate` is 100.0 %, limit &gt;= 90% (n 1, few)" in page


def test_nothing_that_somebody_wrote_becomes_markup() -> None:
    wicked = "a | b\n<img src=x> [link](http://x) **bold** `code`"
    page = summary([row("a", status="void", why=wicked, scenario=wicked)])
    assert "<img" not in page
    assert "a \\| b &lt;img src=x&gt; \\[link\\](http://x) \\*\\*bold\\*\\* \\`code\\`" in page


def test_that_the_agent_broke_off_is_told_without_a_scores_name() -> None:
    page = summary([row("a", FAILS, why="the agent broke its protocol at 0.0 s: odd_frame")])
    assert "\n  - the agent broke its protocol at 0.0 s: odd\\_frame\n  - `response_latency.max` is" in page
    assert all(line.count("`") % 2 == 0 for line in page.splitlines())


def test_of_a_call_that_the_agent_never_took_nothing_else_is_told() -> None:
    page = summary([row("a", FAILS, why="the agent never took the call: did not answer within 10 s")])
    assert "  - the agent never took the call: did not answer within 10 s\n\n###" in page
