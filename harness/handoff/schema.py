"""The JSON Schema of the packet, as an agent is asked to send it."""

from __future__ import annotations

from typing import Any

from harness.handoff.packet import TONES, URGENCIES

_TEXT = {"type": "string"}
_SCALAR = {"type": ["string", "number", "integer", "boolean"]}
_LIST = {"type": "array", "items": _TEXT}


def schema() -> dict[str, Any]:
    """The packet under our own names. All else is read too, by a mapping or by common names: docs/handoff.md."""
    fields: dict[str, tuple[dict[str, Any], str]] = {
        "reason": (_TEXT, "Why the caller calls, in as few words as hold it"),
        "entities": (
            {"type": "object", "additionalProperties": _SCALAR},
            "The facts of the call by name; of a corrected fact only what it is now",
        ),
        "tone": ({"enum": list(TONES)}, "How the caller sounds"),
        "urgency": ({"enum": list(URGENCIES)}, "How much it presses"),
        "summary": (_TEXT, "What happened, for a human to read in ten seconds"),
        "tried": (_LIST, "What has been tried already"),
        "promised": (_LIST, "What the caller was promised"),
        "next_action": (_TEXT, "What should happen now"),
        "language": (_TEXT, "What the caller speaks, as a BCP-47 tag"),
        "consent": ({"type": ["string", "boolean"]}, "What the caller agreed to"),
        "transcript": (
            {"anyOf": [_TEXT, {"type": "array", "items": {"type": "object"}}]},
            "What was said, as a text or as messages with `role` and `content`",
        ),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The packet that a human inherits",
        "type": "object",
        "properties": {name: {**kind, "description": about} for name, (kind, about) in fields.items()},
        "additionalProperties": True,
    }
