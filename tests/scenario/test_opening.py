"""What the first ten seconds are to hold: each check by itself, and those that gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.scenario import OPENING, Opening
from harness.scenario.saved import from_json, to_json
from tests.scenario.writing import adding, read, refused


def test_a_required_check_is_a_limit_too(tmp_path: Path) -> None:
    text = adding("opening:", "  name: Riverside Clinic", "  ai_disclosure: required", "  consent: checked")
    scenario = read(tmp_path, text)
    assert scenario.opening == Opening(("Riverside Clinic",), {"ai_disclosure": "required", "consent": "checked"})
    held = [(one.score, one.limit.text, one.line) for one in scenario.expect]
    assert held == [("first_ten_seconds.ai_disclosure", "pass", 6)]
    assert from_json(to_json(scenario)) == scenario


def test_every_check_stands_in_expect_by_its_name(tmp_path: Path) -> None:
    lines = [f"  first_ten_seconds.{check}: pass" for check in (*OPENING, "required")]
    scenario = read(tmp_path, adding("expect:", *lines, '  first_ten_seconds.passed: ">= 80%"'))
    assert len(scenario.expect) == len(OPENING) + 2


@pytest.mark.parametrize(
    ("opening", "value", "nearest"),
    [
        ("{ai_disclosed: required}", "ai_disclosed", "ai_disclosure"),
        ("{greeted: requird}", "requird", "required"),
        ("{name: []}", "[]", None),
        ("polite", "polite", None),
    ],
)
def test_an_opening_that_is_none_is_refused_where_it_stands(
    tmp_path: Path, opening: str, value: str, nearest: str | None
) -> None:
    problem = refused(tmp_path, adding(f"opening: {opening}"))
    assert (problem.line, problem.value, problem.nearest) == (4, value, nearest)
