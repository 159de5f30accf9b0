"""The sets in tests/golden, read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "golden"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set."""
    return [json.loads(line) for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines()]
