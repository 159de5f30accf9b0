from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.errors import BadInput
from harness.scenario.places import shipped
from harness.scenario.suite import Suite, read_suite

FILES = sorted(path for path in shipped().rglob("*.yaml") if "personas" not in path.parts and path.name != "suite.yaml")
LINES = sorted({line for path in FILES for line in path.read_text(encoding="utf-8").splitlines()})
PIECES = ("#", "*", "&", ": ", "- ", "[", "]", "{", "}", "'", '"', ">", "|", "%", "!", "\t", "---", "<<: ", "\x00", "…")

FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def outcome(folder: Path, content: bytes) -> Suite | BadInput:
    path = folder / "call.yaml"
    path.write_bytes(content)
    refusals: list[BadInput] = []
    try:
        return read_suite([path])
    except BadInput as problem:
        refusals.append(problem)
    assert refusals[0].file is not None
    assert refusals[0].problem in str(refusals[0])
    return refusals[0]


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_are_a_suite_or_bad_input(tmp_path: Path, content: bytes) -> None:
    outcome(tmp_path, content)


@FUZZ
@given(st.text(max_size=200))
def test_any_text_is_a_suite_or_bad_input(tmp_path: Path, text: str) -> None:
    outcome(tmp_path, text.encode("utf-8", "surrogatepass"))


@FUZZ
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_any_lines_of_our_own_scenarios_are_a_suite_or_bad_input(tmp_path: Path, lines: list[str]) -> None:
    outcome(tmp_path, "\n".join(lines).encode())


@FUZZ
@given(st.sampled_from(FILES), st.data())
def test_a_scenario_with_something_put_in_anywhere_is_a_suite_or_bad_input(
    tmp_path: Path, file: Path, data: st.DataObject
) -> None:
    text = file.read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text)))
    piece = data.draw(st.sampled_from(PIECES) | st.text(max_size=3))
    until = at + data.draw(st.integers(0, 5))
    outcome(tmp_path, (text[:at] + piece + text[until:]).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_scenario_that_is_cut_short_is_a_suite_or_bad_input(tmp_path: Path, file: Path) -> None:
    content = file.read_bytes()
    for at in range(0, len(content), max(1, len(content) // 6)):
        outcome(tmp_path, content[:at])
