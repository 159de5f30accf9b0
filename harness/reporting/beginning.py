"""The first ten seconds of a call as a card: each check with what came of it."""

from __future__ import annotations

from html import escape

from harness.reporting.reasons import Cell, Row, clock
from harness.scenario import OPENING, Scenario

WORDS = {
    "greeted": "greeted in time",
    "identity": "said who it is",
    "ai_disclosure": "disclosed that it is an AI",
    "consent": "consent before personal data",
    "language": "the caller's language",
    "barge_in": "yielded to a barge-in on the greeting",
    "intent": "intent captured by the second turn",
    "no_dead_air": "no dead air",
}
NOT_DUE = "doesn't apply: "


def card_html(row: Row, scenario: Scenario | None) -> str | None:
    """The card; None where the call has none."""
    cells = {name: cell for name in OPENING if (cell := row["scores"].get(f"first_ten_seconds.{name}")) is not None}
    if not cells:
        return None
    checks = {} if scenario is None else scenario.opening.checks
    rows = "".join(_line(name, cell, checks.get(name) == "required") for name, cell in cells.items())
    return (
        f'<table class="v-table"><tr><th>check</th><th></th><th>verdict</th><th>why</th><th>at</th></tr>{rows}</table>'
    )


def _line(name: str, cell: Cell, required: bool) -> str:
    mark, tone, why = _verdict(cell)
    place = "" if not cell.get("spans") else clock(float(cell["spans"][0][0]))
    asked = "<b>required</b>" if required else ""
    return (
        f'<tr><td>{WORDS[name]}</td><td>{asked}</td><td class="{tone}">{mark}</td>'
        f'<td class="v-dim">{escape(why)}</td><td class="v-t">{place}</td></tr>'
    )


def _verdict(cell: Cell) -> tuple[str, str, str]:
    if "unscored" in cell:
        why = str(cell["unscored"])
        if why.startswith(NOT_DUE):
            return "· not asked", "v-dim", why.removeprefix(NOT_DUE)
        return "? not measured", "v-unknown", why
    if cell["value"] == 1.0:
        return "✓ pass", "v-good", str(cell.get("detail", ""))
    return "✗ FAIL", "v-bad", str(cell.get("detail", ""))
