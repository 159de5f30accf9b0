"""How each call stands, and how many stand how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from harness.reporting.reasons import Row
from harness.score import NEVER_TAKEN
from harness.text.counting import counted


def standing(row: Row) -> str:
    """How a call stands: its status where it wasn't scored, else `pass`, `fail`, `not_measured` or `no_limits`."""
    if row["status"] != "scored":
        return str(row["status"])
    return str(row["verdict"]) if row["expect"] else "no_limits"


def untaken(row: Row) -> bool:
    """Whether the agent never took the call: its `why` then says all that there is to say of it."""
    return row["status"] == "scored" and str(row["why"] or "").startswith(NEVER_TAKEN)


def tally(rows: Sequence[Row]) -> dict[str, int]:
    """How many calls stand how, by `standing`; what there is none of is left out."""
    return dict(Counter(standing(row) for row in rows))


def calls_of(about: Mapping[str, Any], calls: int) -> str:
    """How many calls are there of how many: `11 of 33 calls`, by a run's `run.json`."""
    planned = about.get("planned") or len(about.get("scenarios", ()))
    return f"{calls} of {counted(planned, 'call')}" if planned else counted(calls, "call")


def in_part(about: Mapping[str, Any], calls: int, unread: int = 0) -> str | None:
    """Why a run is known in part only, so that nothing is judged of the whole; None where it is whole.

    about: its `run.json`. calls: how many rows could be read. unread: how many could not.
    """
    if about.get("status") == "interrupted":
        return f"the run was broken off: {calls_of(about, calls)}"
    if unread:
        return f"{unread} of its rows can't be read" if unread > 1 else "one of its rows can't be read"
    return None
