"""The JSON Schemas that `vahness schema` prints, by name."""

from __future__ import annotations

from typing import Any

from harness.errors import BadInput
from harness.handoff.schema import schema as handoff_schema
from harness.run import agent_file, labels
from harness.scenario import schema

SCHEMAS = {
    "scenario": schema.schema,
    "suite": schema.suite_schema,
    "persona": schema.persona_schema,
    "calls": schema.calls_schema,
    "events": labels.schema,
    "handoff": handoff_schema,
    "agent": agent_file.schema,
}


def schema_of(what: str) -> dict[str, Any]:
    """One of the schemas. Raises BadInput, with the nearest name, where there is none."""
    if what not in SCHEMAS:
        raise BadInput("there is no such schema", value=what, known=SCHEMAS)
    return SCHEMAS[what]()
