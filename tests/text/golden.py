"""The sets in tests/golden, read, and what is right of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from harness.text.entities import canonical, same

_FOLDER = Path(__file__).parent.parent / "golden"

BLIND = ("entities_blind_a", "entities_blind_b", "entities_blind_c", "entities_blind_d")
"""The sets of facts that were labelled before the code that reads them was seen."""

LEFT_UNSEEN = "entities_blind_e"
"""One more, by which nothing was mended: what an unseen form meets."""


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set."""
    return [json.loads(line) for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines()]


def _today(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["today"]) if "today" in row else None


def read(row: dict[str, Any]) -> str:
    """The canonical form that a row's fact is read as."""
    return canonical(row["spoken"], row["type"], language=row["language"], today=_today(row))


def is_right(row: dict[str, Any]) -> bool:
    """Whether a row's fact comes to its value, and what is only near it doesn't."""
    taken = "near" in row and same(row["spoken"], row["near"], row["type"], row["language"], _today(row))
    return read(row) == row["canonical"] and not taken
