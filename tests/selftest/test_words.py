"""Plants of words: packets, languages, transcripts, openings, messages; and what is said of a truth that is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from harness.score import Score, Unscored
from harness.selftest.handoff_calls import ACTIONS, REASONS, facts
from harness.selftest.kinds import KINDS, OF_THE_FLOOR, OF_WORDS, ROUND, drawn, drawn_of, spread
from harness.selftest.plants import Draw
from harness.selftest.ringing import rows, rung
from harness.selftest.rows import UNKNOWN, Row, exact
from harness.selftest.rung import Rung
from harness.selftest.selftest import LIVE, PLANTS, Asked, Report
from harness.selftest.tables import verdicts
from harness.text.meaning import content

RINGING: dict[str, Rung] = {}


def ringing(kind: str) -> Rung:
    """A plant's call, rung once."""
    if kind not in RINGING:
        RINGING[kind] = rung(drawn_of(kind, 1, 3))
    return RINGING[kind]


def wrong(found: Rung) -> set[str]:
    return {row.score for row in rows(found) if not row.right}


def believing(found: Rung, old: str, new: str) -> Rung:
    """The same call, its agent taken for one that was asked for something else: a truth that is wrong."""
    assert old in found.plant.agent
    return replace(found, plant=replace(found.plant, agent=found.plant.agent.replace(old, new)))


@pytest.mark.parametrize(
    "kind",
    [
        "hands_over_late",
        "swaps_fields, reason and next_action",
        "hands_over, with a promise nobody made",
        "hands_over, between two cues",
        "does_it_wrongly",
        "relapses",
        "switches_late, when the caller has gone",
        "mishears, a whole line",
        "takes_for_another, code",
        "opens_without_consent",
        "uninterruptible_greeting, cut into",
        "writes_late",
    ],
)
def test_what_is_planted_in_words_is_measured_as_it_was(kind: str) -> None:
    found = list(rows(ringing(kind)))
    assert found
    assert [row for row in found if not row.right] == []


@pytest.mark.parametrize("kind", ["tells_nothing", "tells_nothing, of its words"])
def test_of_an_agent_that_tells_nothing_nothing_is_measured(kind: str) -> None:
    found = list(rows(ringing(kind)))
    assert len(found) > 15
    assert {row.planted for row in found} == {row.measured for row in found} == {UNKNOWN}


@pytest.mark.parametrize(
    ("kind", "old", "new", "seen"),
    [
        ("loses_field, time", "what=time", "what=amount", {"handoff_fields, a field"}),
        ("invents_field, date", "fault=invents_field", "fault=passes_on_stale", {"handoff_fields, a field"}),
        ("passes_on_stale", "what=date", "what=time", {"handoff_fields.completeness", "transfer_success_with_summary"}),
        ("hands_over_without_receipt", "fault=hands_over_without_receipt", "fault=hands_over", {"handoff_receipt"}),
        ("does_it_wrongly", "fault=does_it_wrongly", "fault=does_the_task", {"task_success"}),
        ("relapses", "fault=relapses", "fault=follows_language", {"reply_language", "language_relapse"}),
        ("mishears, by one word in place of another", "substituted=2", "substituted=1", {"wer", "cer"}),
        ("opens_without_consent", "opens_without_consent", "opens_without_name", {"first_ten_seconds.identity"}),
    ],
)
def test_a_truth_that_is_wrong_is_seen_to_be(kind: str, old: str, new: str, seen: set[str]) -> None:
    found = ringing(kind)
    assert wrong(found) == set()
    assert wrong(believing(found, old, new)) >= seen


def test_a_handoff_that_a_log_knows_nothing_of_is_seen_to_be_wrong() -> None:
    found = ringing("hands_over_late")
    silent = replace(found, log=[entry for entry in found.log if entry[0] != "handed over"])
    assert {"handoff_decision", "handoff_receipt", "handoff_fields.recall"} <= wrong(silent)
    later = replace(found, log=[(what, at + 800 * (what == "handed over")) for what, at in found.log])
    assert wrong(later) == {"handoff_delay.seconds"}


@pytest.mark.parametrize("score", ["wer", "cer", "mixed_error_rate"])
def test_a_rate_that_is_off_by_one_error_is_seen_to_be_wrong(score: str) -> None:
    found = ringing("mishears, in two languages")
    outcome = found.scores[score]
    assert isinstance(outcome, Score)
    off = {**found.scores, score: replace(outcome, value=outcome.value + 1 / outcome.n)}
    assert wrong(replace(found, scores=off)) == {score}


def test_to_measure_what_nothing_can_be_said_of_is_wrong_and_so_is_not_to_measure_what_can() -> None:
    found = ringing("tells_nothing")
    assert exact(found, "handoff_decision", 1.0).right is False
    measured = {**found.scores, "handoff_decision": Score(1.0, "ratio", 1)}
    assert exact(replace(found, scores=measured), "handoff_decision", None).right is False
    late = {**found.scores, "handoff_decision": Unscored("harness was late: 50 ms")}
    assert exact(replace(found, scores=late), "handoff_decision", 1.0).right is None


def test_a_share_is_tabled_by_what_it_is_of() -> None:
    def row(planted: float, measured: float) -> Row:
        right = planted == measured
        return Row(0, "a", "k", "s", "simulated", planted, measured, right, True, unit="share")

    found = list(verdicts([row(1.0, 1.0), row(0.25, 0.25), row(0.5, 0.5), row(0.5, 0.25)]))
    assert [(one.label, one.planted, one.both) for one in found] == [
        ("1", 1, 1),
        ("other", 3, 2),
        ("other, and wrong", 0, 0),
    ]
    assert Report(Asked(), (row(0.5, 0.25),)).right is False


def test_the_plants_of_the_floor_are_as_many_as_ever_and_every_kind_is_among_the_rest() -> None:
    of = Counter(drawn(0, number).kind for number in range(PLANTS))
    assert sum(of[kind] for kind in OF_THE_FLOOR) >= 300
    assert min(of[kind] for kind in KINDS) >= 2
    assert [drawn(0, number).kind for number in range(len(KINDS))] == list(KINDS)


@pytest.mark.parametrize("count", [1, 8, LIVE, 500])
def test_few_plants_are_spread_over_those_of_the_floor_and_of_words(count: int) -> None:
    numbers = spread(count)
    assert len(set(numbers)) == len(numbers) == count
    kinds = [ROUND[number % len(ROUND)] for number in numbers]
    assert sum(kind in OF_WORDS for kind in kinds) == count // 4


def test_no_two_reasons_or_actions_of_a_plant_have_a_word_in_common() -> None:
    words = [content(text) for text in (*REASONS, *ACTIONS)]
    assert sum(map(len, words)) == len(frozenset[str]().union(*words))


def test_the_caller_says_every_fact_of_a_call_that_is_drawn() -> None:
    for seed in range(20):
        call = facts(Draw(seed, 1))
        assert len({entity.value for entity in call.truth.entities}) == len(call.truth.entities)
        assert all(len(line.split()) > 5 for line in call.lines)
        assert all(one.isascii() and "," not in one for one in call.lines)
    assert all(a != b for a, b in pairwise(facts(Draw(seed, 1)) for seed in range(5)))
