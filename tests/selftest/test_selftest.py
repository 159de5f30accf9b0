"""The selftest: what it plants, what it says of a measurement that is wrong, and how it ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from harness.agents.faulty import FAULTS
from harness.audio import RATE
from harness.call.line import Arrived, Audio, Withdrawn
from harness.score import Score
from harness.selftest.kinds import KINDS, drawn
from harness.selftest.live import _held_against
from harness.selftest.ringing import checked, rows, rung
from harness.selftest.rows import Row
from harness.selftest.rung import sound_of, spurts_of
from harness.selftest.selftest import Asked, Report, selftest
from harness.selftest.tables import timings, verdicts
from tests.cli.calling import vahness

NAMES = list(KINDS)


def number(kind: str) -> int:
    return NAMES.index(kind)


def row(planted: float | str | None, measured: float | str | None, *, right: bool | None, verdict: bool = False) -> Row:
    return Row(0, "planted", "k", "score", "simulated", planted, measured, right, verdict)


def test_every_fault_that_there_is_is_planted() -> None:
    planted = {drawn(1, k).agent.partition("fault=")[2].partition("&")[0] for k in range(len(KINDS))}
    assert planted >= set(FAULTS)


def test_the_same_seed_plants_the_same_and_another_something_else() -> None:
    assert drawn(4, 11) == drawn(4, 11)
    assert drawn(4, 11).agent != drawn(5, 11).agent


@pytest.mark.parametrize(
    "kind",
    [
        "punctual",
        "late_to_stop",
        "never_resumes",
        "cuts_in_at_pause",
        "recovers",
        "stops_for_echo, cut into",
        "cancels_echo, cut into",
    ],
)
def test_a_fault_is_measured_as_it_was_planted(kind: str) -> None:
    found = checked(drawn(1, number(kind)))
    assert found
    assert [one for one in found if not one.right] == []


def test_a_measurement_that_is_wrong_is_seen_to_be() -> None:
    ringing = rung(drawn(1, number("punctual, cut into")))
    assert all(one.right for one in rows(ringing))
    rate = ringing.scores["yield_rate"]
    assert isinstance(rate, Score)
    ringing.scores["yield_rate"] = replace(rate, value=0.0)
    delay = ringing.scores["yield_delay.max"]
    assert isinstance(delay, Score)
    ringing.scores["yield_delay.max"] = replace(delay, values=tuple((v or 0.0) + 0.03 for v in delay.values))
    assert {one.score for one in rows(ringing) if not one.right} == {"yield", "yield_delay"}


def test_each_stop_for_an_echo_is_counted_and_one_too_many_is_seen() -> None:
    ringing = rung(drawn(1, number("stops_for_echo")))
    (counted,) = [one for one in rows(ringing) if one.score == "echo_interruption"]
    assert counted.planted == counted.measured == 3
    score = ringing.scores["echo_interruption"]
    assert isinstance(score, Score)
    ringing.scores["echo_interruption"] = replace(score, value=2)
    assert [one.score for one in rows(ringing) if not one.right] == ["echo_interruption"]


def test_over_a_wire_no_plant_of_an_echo_is_measured() -> None:
    ringing = rung(drawn(1, number("cancels_echo, left in silence")))
    found = _held_against(replace(ringing, shell="live"))
    assert found
    assert all(one.right is None and "over a wire" in one.note for one in found)


def test_what_is_heard_of_an_agent_is_told_from_what_it_sent() -> None:
    tone = np.full(RATE, 0.1, np.float32)
    sent = [Arrived(RATE, Audio(tone)), Arrived(RATE + 160, Audio(tone)), Arrived(int(2.5 * RATE), Withdrawn())]
    assert spurts_of(sound_of(sent)) == ((RATE, int(2.5 * RATE)),)


def test_a_table_of_timings_holds_bias_and_the_95th_percentile_of_the_error() -> None:
    errors = [0.001] * 94 + [-0.01] * 5 + [0.5]
    (table,) = timings([row(1.0, 1.0 + e, right=e < 0.02) for e in errors])
    assert table.n == 100
    assert table.p95 == pytest.approx(0.01)
    assert table.worst == pytest.approx(0.5)
    assert table.bias == pytest.approx(sum(errors) / 100)
    assert table.right


def test_a_verdict_has_the_precision_and_recall_of_each_thing_it_says() -> None:
    seen = [("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")]
    no, yes = verdicts([row(a, b, right=a == b, verdict=True) for a, b in seen])
    assert no.precision == pytest.approx(2 / 3)
    assert no.recall == 1.0
    assert yes.precision == 1.0
    assert yes.recall == 0.5
    assert not yes.right


def test_a_timing_that_never_came_is_told_from_one_that_did() -> None:
    wrong = Report(Asked(), (row(None, 2.0, right=False),))
    assert not wrong.right
    assert Report(Asked(), (row(None, None, right=True),)).right


def test_what_our_own_lateness_spoiled_is_neither_right_nor_wrong() -> None:
    report = Report(Asked(live=True), (row(1.0, None, right=None), row(1.0, 1.01, right=True)))
    assert len(report.spoiled) == 1
    assert [table.n for table in report.timings] == [1]


def test_one_plant_can_be_rung_again() -> None:
    report = selftest(Asked(seed=3, only=number("silent")), lambda _done, _total: None)
    assert {one.plant for one in report.rows} == {number("silent")}
    assert report.right


def test_the_command_prints_one_document_and_exits_0_where_all_is_right() -> None:
    said = vahness("selftest", "--plant", number("silent"), "--seed", 2, "--json")
    assert said.code == 0, said.out + said.err
    assert said.document["seed"] == 2
    assert said.document["right"]
    for result in said.document["results"]:
        assert {"agent", "score", "shell", "planted", "measured", "right"} <= set(result)
    assert said.document["scores"]["unanswered_turns"]["simulated"]["verdicts"]["1"]["recall"] == 1.0
    assert said.document["machine"].startswith("vahness ")


def test_the_command_refuses_what_is_no_number() -> None:
    assert vahness("selftest", "--plants", "0").code == 2
    assert vahness("selftest", "--seed", "-1").code == 2
