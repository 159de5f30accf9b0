"""A scenario with a goal in place of a script: what its caller wants, knows, and how long it goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.scenario import MOVES, Entity
from harness.scenario.saved import from_json, to_json
from harness.scenario.schema import schema
from harness.scenario.unsaid import unsaid
from tests.scenario.test_schema import errors
from tests.scenario.writing import read, refused, write

GOAL = "scenario: Somebody books\ngoal: Book an appointment on the thirteenth of March.\n"
FACTS = """facts:
  date: {value: 2026-03-13, was: 2026-03-12, type: date}
  name: Asha Rao
"""


def test_a_goal_stands_in_place_of_a_script_and_facts_are_read_as_entities_are(tmp_path: Path) -> None:
    scenario = read(tmp_path, GOAL + FACTS + "moves: 12\n")
    assert scenario.goal == "Book an appointment on the thirteenth of March."
    assert scenario.facts == (
        Entity("date", "2026-03-13", ("2026-03-12",), type="date"),
        Entity("name", "Asha Rao"),
    )
    assert (scenario.moves, scenario.steps) == (12, ())
    assert read(tmp_path, GOAL).moves == MOVES


def test_it_is_saved_and_comes_back_equal(tmp_path: Path) -> None:
    scenario = read(tmp_path, GOAL + FACTS)
    assert from_json(json.loads(json.dumps(to_json(scenario)))) == scenario


@pytest.mark.parametrize(
    ("text", "line", "value", "problem"),
    [
        ("scenario: a\n", 1, "script", "a scenario needs a key that isn't there: a script, or a goal"),
        (GOAL + "script:\n  - say: Hello.\n", 2, "goal", "a goal stands in place of a script: leave out one of them"),
        (
            "scenario: a\nscript:\n  - say: Hello.\nfacts: {name: Asha}\n",
            4,
            "facts",
            "facts goes with a goal: a caller with a script says what is written there",
        ),
        (GOAL + "language: xx\n", 2, "xx", "espeak doesn't speak this language"),
        (GOAL + "moves: 0\n", 3, "0", "a number of moves lies between 1 and 200"),
        (GOAL + "facts:\n  date: {vlaue: 2026-03-13}\n", 4, "vlaue", "no such key in an entity"),
        (GOAL + "facts: [Asha]\n", 3, "[Asha]", "the entities is written as keys and values"),
        (
            GOAL + "truth:\n  handoff: {decision: required, cue: {1: human}}\n",
            4,
            "1",
            "no such step to be a cue",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, value: str, problem: str
) -> None:
    found = refused(tmp_path, text)
    assert (found.line, found.value, found.problem) == (line, value, problem)


PLAIN: dict[str, Any] = {"scenario": "a", "goal": "Book.", "facts": {"name": "Asha", "date": {"value": "2026-03-13"}}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"scenario": "a"},
        {**PLAIN, "script": [{"say": "Hello."}]},
        {"scenario": "a", "script": [{"say": "Hello."}], "facts": {}},
        {**PLAIN, "moves": 0},
        {**PLAIN, "facts": {"date": {}}},
    ],
)
def test_the_schema_refuses_what_reading_refuses(wrong: dict[str, Any]) -> None:
    assert errors(PLAIN, schema) == []
    assert errors({**PLAIN, "moves": 3}, schema) == []
    assert errors(wrong, schema) != []


def test_what_an_improvising_caller_knows_it_may_say_and_what_it_does_not_know_is_told(tmp_path: Path) -> None:
    truth = """truth:
  entities: {date: {value: 2026-03-13, was: 2026-03-12}, name: Asha Rao, city: Pune}
  outcome: {book: {date: 2026-03-13}}
"""
    path = write(tmp_path, GOAL + FACTS + truth)
    assert [(one.line, one.what) for one in unsaid([path])] == [(7, "city")]
    path.write_text(path.read_text().replace(", city: Pune", ""))
    assert unsaid([path]) == ()


def test_the_example_in_the_documentation_is_one(tmp_path: Path) -> None:
    documented = Path(__file__).parents[2] / "docs" / "scenarios.md"
    _, _, behind = documented.read_text(encoding="utf-8").partition("### goal and facts\n")
    text = behind.split("```yaml\n")[1].split("```")[0]
    assert len(read(tmp_path, text).facts) == 3
    assert unsaid([tmp_path]) == ()
