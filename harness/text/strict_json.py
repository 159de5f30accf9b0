"""JSON from somebody else, taken only where it can be written down again as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

DEEPEST = 32
"""Levels that a text may nest."""


def read_json(text: str) -> Any:
    """The JSON in a text, None where it is none that could be written down again: finite, shallow, real characters."""
    try:
        value = _DECODER.decode(text)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return None if text.count("{") + text.count("[") > DEEPEST and _deep(value, DEEPEST) else value


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _not_json(text)


def _not_json(text: str) -> float:
    raise ValueError(f"{text} is no number in JSON")


def _deep(value: Any, levels: int) -> bool:
    """Whether a value nests deeper than so many levels."""
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deep(part, levels - 1) for part in parts)


_DECODER = json.JSONDecoder(parse_constant=_not_json, parse_float=_finite)
