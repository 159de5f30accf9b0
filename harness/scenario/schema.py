"""The JSON Schema of what vahness reads and writes, for editors and for other programs.

That of a scenario is made from the tables that read it, and the plug-ins' own signatures.
"""

from __future__ import annotations

from typing import Any

from harness.scenario.document import PERSONA, SCENARIO, SUITE
from harness.score import row_schema

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file."""
    return {
        "$schema": _DIALECT,
        "title": "A vahness scenario",
        "description": "One situation that a person would recognise: who calls, what they do, and what is so.",
        **SCENARIO.schema(),
    }


def suite_schema() -> dict[str, Any]:
    """The JSON Schema of a suite.yaml."""
    return {"$schema": _DIALECT, "title": "A vahness suite", **SUITE.schema()}


def persona_schema() -> dict[str, Any]:
    """The JSON Schema of a persona's file."""
    return {"$schema": _DIALECT, "title": "A vahness persona", **PERSONA.schema()}


def calls_schema() -> dict[str, Any]:
    """The JSON Schema of a row of calls.jsonl."""
    return {"$schema": _DIALECT, "title": "A row of calls.jsonl", **row_schema()}
