from __future__ import annotations

import pytest

from tests.cli.calling import vahness


@pytest.mark.parametrize("what", ["scenario", "suite", "persona", "calls", "handoff", "agent"])
def test_a_schema_is_one_json_document(what: str) -> None:
    said = vahness("schema", what)
    assert (said.code, said.err) == (0, "")
    assert said.document["$schema"].startswith("https://json-schema.org/")
    assert said.document["type"] == "object"


def test_the_scenario_is_what_is_meant_where_nothing_is_named() -> None:
    assert vahness("schema").document == vahness("schema", "scenario").document


def test_a_schema_that_is_not_there_gets_the_nearest() -> None:
    said = vahness("schema", "scenarios")
    assert (said.code, said.out) == (2, "")
    assert "did you mean 'scenario'?" in said.err
