from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from harness.reporting.junit import junit
from harness.score import NEVER_TAKEN, Judged, Unscored, Verdict
from tests.reporting.cards import FAILS, MEASURED, PASSES, UNKNOWN, row


def cases(document: str) -> list[Element]:
    return list(fromstring(document).iter("testcase"))


def outcome(case: Element) -> str:
    found = [child.tag for child in case if child.tag != "system-out"]
    return found[0] if found else "passed"


def test_a_call_is_a_test_case_whose_outcome_is_its_verdict() -> None:
    rows = [
        row("a", PASSES),
        row("b", FAILS),
        row("c", UNKNOWN),
        row("d"),
        row("e", PASSES, status="void", why="the voice died", scores={}),
        row("f", PASSES, status="invalid", why="inaudible", scores={}),
        row("g", PASSES, status="not_run", why="no key", scores={}),
    ]
    found = cases(junit(rows))
    assert [outcome(case) for case in found] == ["passed", "failure", "skipped", "skipped", "error", "error", "skipped"]
    root = fromstring(junit(rows))
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped", "time")} == {
        "tests": "7",
        "failures": "1",
        "errors": "2",
        "skipped": "3",
        "time": "288.400",
    }


def test_a_call_that_the_agent_never_took_is_a_failure_or_an_error_that_names_the_reason() -> None:
    why = f"{NEVER_TAKEN}: refused the connection"
    rows = [row("a", FAILS, why=why), row("b", UNKNOWN, why=why), row("c", why=why)]
    failed, unknown, unasked = cases(junit(rows))
    assert [outcome(case) for case in (failed, unknown, unasked)] == ["failure", "error", "error"]
    assert [case[0].get("message") for case in (failed, unknown, unasked)] == [why, why, why]


def test_a_failure_says_which_limit_by_how_much_and_where() -> None:
    (case,) = cases(junit([row(expect=FAILS)]))
    said = case.find("failure")
    assert said is not None
    assert said.text is not None
    assert "response_latency.max is 2.310 s, limit <= 1.5s (n 3), at 00:14.0–00:16.3: turn 1" in said.text
    assert "handoff_decision: missed" in said.text
    assert said.get("message") == said.text.splitlines()[0]


def test_cases_are_grouped_by_the_folder_of_their_scenario() -> None:
    rows = [row("a"), row("b", file="/srv/x/noise/cafe.yaml"), row("c"), row("d", file="alone.yaml")]
    root = fromstring(junit(rows))
    assert [(suite.get("name"), suite.get("tests")) for suite in root] == [
        ("scenarios.smoke", "2"),
        ("srv.x.noise", "1"),
        ("scenarios", "1"),
    ]
    assert {case.get("classname") for case in root[0]} == {"scenarios.smoke"}


def test_a_gate_on_the_run_is_a_test_case_too() -> None:
    gates = [Judged("pass_rate", ">= 90%", Verdict.FAIL), Judged("wer", "<= 2%", Verdict.NOT_MEASURED)]
    scores = {**MEASURED, "wer": Unscored("no transcript")}
    rows = [row("a", PASSES, scores=scores), row("b", FAILS, scores=scores)]
    failed, unknown = cases(junit(rows, gates))[2:]
    assert (outcome(failed), outcome(unknown)) == ("failure", "skipped")
    assert failed[0].get("message") == "pass_rate is 50.0 %, limit >= 90% (n 2, few)"
    assert unknown[0].get("message") == "wer <= 2%: not measured: no call measured wer"


@given(text=st.text())
def test_it_is_well_formed_whatever_names_and_reasons_hold(text: str) -> None:
    document = junit([row(text, scenario=text, file=text, status="void", why=text, scores={})], name=text)
    (case,) = cases(document.encode("utf-8", "strict").decode())
    assert outcome(case) == "error"
