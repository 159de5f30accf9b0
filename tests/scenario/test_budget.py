"""What an agent's stages may take: a limit on every turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.scenario.saved import from_json, to_json
from harness.scenario.suite import read_suite
from tests.scenario.writing import PLAIN, adding, read, refused, write


def test_a_budget_is_a_limit_on_each_stage(tmp_path: Path) -> None:
    text = adding('expect: {wer: "<= 15%"}', "budget: {stt: 300ms, llm_first_token: 0.5s}")
    scenario = read(tmp_path, text)
    assert scenario.budget == {"stt": 0.3, "llm_first_token": 0.5}
    held = [(one.score, one.limit.text, one.limit.number, one.line) for one in scenario.expect]
    assert held == [
        ("wer", "<= 15%", 0.15, 4),
        ("stage.stt", "<= 300ms", 0.3, 5),
        ("stage.llm_first_token", "<= 0.5s", 0.5, 5),
    ]
    assert from_json(to_json(scenario)) == scenario


@pytest.mark.parametrize(
    ("budget", "value", "nearest"),
    [
        ("{llm_first_tokens: 500ms}", "llm_first_tokens", "llm_first_token"),
        ("{tts: 500ms}", "tts", "stt"),
        ("{stt: 300}", "300", None),
        ("{stt: 30%}", "30%", None),
        ("300ms", "300ms", None),
    ],
)
def test_a_budget_that_is_none_is_refused_where_it_stands(
    tmp_path: Path, budget: str, value: str, nearest: str | None
) -> None:
    problem = refused(tmp_path, adding(f"budget: {budget}"))
    assert (problem.line, problem.value, problem.nearest) == (4, value, nearest)


def test_a_suites_budget_holds_where_a_scenario_says_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "defaults:\n  budget: {stt: 300ms, endpointing: 700ms}\n", "suite.yaml")
    write(tmp_path, PLAIN + "budget: {stt: 200ms}\n", "one.yaml")
    (scenario,) = read_suite([tmp_path]).scenarios
    assert scenario.budget == {"stt": 0.2, "endpointing": 0.7}
