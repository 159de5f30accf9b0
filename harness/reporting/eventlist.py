"""Every event of a call as a table: when, what, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.audio import RATE
from harness.recording import Recording
from harness.reporting.reasons import clock
from harness.reporting.values import in_words


def events_table(recording: Recording) -> dict[str, list[Any]]:
    """Columns: the instant as a player shows it, in seconds, in samples; the event's type; and the rest of it."""
    plain = [event.to_json() for event in recording.events]
    return {
        "at": [clock(row["at"] / RATE) for row in plain],
        "second": [row["at"] / RATE for row in plain],
        "sample": [row["at"] for row in plain],
        "event": [row["type"] for row in plain],
        "what": [_told(row) for row in plain],
    }


def _told(row: Mapping[str, Any]) -> str:
    """The event's own fields; what is empty, and the words' positions, are left out."""
    shown = {name: value for name, value in row.items() if name not in ("at", "type", "words")}
    return ", ".join(f"{name}: {in_words(value)}" for name, value in shown.items() if value not in (None, "", {}, ()))
