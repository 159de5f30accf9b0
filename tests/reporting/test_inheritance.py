from dataclasses import replace

from harness.reporting.inheritance import handoff_html, inheritance, outcome_html
from harness.score import Score, Unscored
from harness.timeline import HandedOff
from tests.reporting.cards import MEASURED, row
from tests.reporting.runs import PACKET, SCENARIO, TOLD, planted
from tests.scorers.calls import at

RIGHT = row(scores={**MEASURED, "handoff_decision": Score(1.0, "ratio", 1, detail="correct")})


def test_each_field_stands_with_what_became_of_it() -> None:
    found = inheritance(planted(), SCENARIO, RIGHT)
    assert {field.field: field.verdict for field in found.fields} == {
        "reason": "right",
        "date": "stale",
        "guests": "missing",
        "name": "invented",
    }
    html = handoff_html(found)
    assert "✗ stale" in html
    assert "✗ missing" in html
    assert "date <b>critical</b>" in html
    assert [sent.packet for sent in found.sent] == [PACKET]
    assert found.sent[0].title == "The packet sent at 00:13.6, in-band, to front desk"
    assert dict(found.rest) == {"summary": "Wants a table."}


def test_a_handoff_that_had_to_come_and_did_not_lacks_every_field() -> None:
    made = planted([event for event in TOLD if not isinstance(event, HandedOff)])
    found = inheritance(made, SCENARIO, row())
    assert not found.happened
    assert (found.mark, found.decision) == ("✗", "missed")
    assert {field.verdict for field in found.fields} == {"missing"}


def test_what_could_not_be_seen_is_not_measured() -> None:
    made = planted([event for event in TOLD if not isinstance(event, HandedOff)])
    unseen = row(scores={"handoff_decision": Unscored("the agent declared no channel")})
    found = inheritance(made, SCENARIO, unseen)
    assert (found.mark, found.fields) == ("?", ())
    assert "? not measured: the agent declared no channel" in handoff_html(found)


def test_tool_calls_stand_beside_those_that_were_due() -> None:
    html = outcome_html(planted(), SCENARIO)
    assert html is not None
    assert "<td>status: booked</td>" in html
    assert html.index("date: 2026-03-12") < html.index("date: 2026-03-13")
    quiet = planted([event for event in TOLD if type(event).__name__ != "ToolCalled"])
    assert "no tool was called" in (outcome_html(quiet, SCENARIO) or "")
    assert outcome_html(quiet, replace(SCENARIO, truth=replace(SCENARIO.truth, outcome=None))) is None


def test_of_several_handoffs_each_says_when_how_and_to_whom_and_which_counts() -> None:
    again = HandedOff(at(14.0), None, {**PACKET, "summary": "Again."}, channel="webhook")
    bare = HandedOff(at(14.5), "billing", None)
    found = inheritance(planted([*TOLD, again, bare]), SCENARIO, RIGHT)
    assert [sent.title for sent in found.sent] == [
        "The packet sent at 00:13.6, in-band, to front desk · superseded by a later one",
        "The packet sent at 00:14.0, webhook, to nobody named · this one counts: the last",
        "The packet sent at 00:14.5, in-band, to billing · no packet with it",
    ]
    assert ("summary", "Again.") in found.rest


def test_a_destination_that_the_scenario_does_not_ask_for_is_told_dimly() -> None:
    scores = {**MEASURED, "handoff_destination": Unscored("the scenario doesn't say where the call should go")}
    html = handoff_html(inheritance(planted(), SCENARIO, row(scores=scores)))
    assert '<td class="v-dim">· not asked: the scenario doesn&#x27;t say where the call should go</td>' in html
