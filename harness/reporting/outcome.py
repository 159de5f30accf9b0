"""How each call stands, and how many stand how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harness.reporting.reasons import Row


def standing(row: Row) -> str:
    """How a call stands: its status where it wasn't scored, else `pass`, `fail`, `not_measured` or `no_limits`."""
    if row["status"] != "scored":
        return str(row["status"])
    return str(row["verdict"]) if row["expect"] else "no_limits"


def tally(rows: Sequence[Row]) -> dict[str, int]:
    """How many calls stand how, by `standing`; what there is none of is left out."""
    return dict(Counter(standing(row) for row in rows))
