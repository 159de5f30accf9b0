"""The scenarios in the documentation are scenarios: they can be read, and what they call true is said in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.calling import vahness

ROOT = Path(__file__).parent.parent
WRITTEN = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for number, block in enumerate(re.findall(r"```yaml\n(scenario: .*?)```", page.read_text(encoding="utf-8"), re.S))
]


def test_the_documentation_shows_scenarios() -> None:
    assert len(WRITTEN) >= 3


@pytest.mark.parametrize("block", WRITTEN)
def test_a_documented_scenario_is_read_and_utters_its_truths(block: str, tmp_path: Path) -> None:
    (tmp_path / "shown.yaml").write_text(block, encoding="utf-8")
    said = vahness("check", tmp_path)
    assert (said.code, said.err) == (0, ""), said.out + said.err
