"""A run in a few numbers: what its calls measured together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.reporting.reasons import Cell, Reason, Row, measured
from harness.reporting.situations import apart
from harness.reporting.total import Total
from harness.run.gates import CALLS, TURNS, of_the_run
from harness.scenario import STAGES
from harness.score import Judged, Limit, Outcome, Score, Scorecard, Unscored, Verdict
from harness.statistics import nearest_rank

TIMINGS = ("greeting_latency", "response_latency", "yield_delay")
"""Timing scores: percentiles over the run where there is enough for them, and the greatest."""

RATES = ("yield_rate", "selectivity", "wer", "handoff_decision", "task_success", "resolved_without_transfer")
"""Shares, each call weighing as much as it holds. A yield rate never stands without its selectivity:
an agent that stops for every cough yields perfectly."""


UNDERSTANDING = (
    *("cer", "mixed_error_rate", "entity_accuracy.all", "reply_language", "first_ten_seconds.passed"),
    *("agent_intelligibility", "audibility_wer", "caller_audibility"),
)
"""More shares, told only where there is one."""

IN_PART = "the run was broken off before all its calls were made"
"""Why a gate isn't judged although the calls there are would give a number."""

REASONS = 3
"""So many different reasons for not measuring are all told."""


def totals(rows: Sequence[Row]) -> tuple[Total, ...]:
    """The run's totals over the calls that were scored; scores that none of them has are left out."""
    scored = [row for row in rows if row["status"] == "scored"]
    cards = [Scorecard.from_json(row) for row in scored]
    found = [_timing(name, scored, cards) for name in TIMINGS] + [_rate(name, cards) for name in RATES]
    together = (total for total in found if total is not None)
    return (*together, *_understanding(cards), *apart(scored), *_stages(scored))


def _timing(name: str, rows: Sequence[Row], cards: Sequence[Scorecard]) -> Total | None:
    cells: dict[str, Cell] = {}
    for part in ("p50", "p95"):
        outcome = of_the_run(f"{name}.{part}", cards)
        if isinstance(outcome, Score):
            cells[part] = outcome.to_json()
    most = [cell for row in rows if "value" in (cell := row["scores"].get(f"{name}.max", row["scores"].get(name, {})))]
    if most:
        greatest = max(most, key=lambda cell: (bool(cell.get("censored")), cell["value"]))
        cells["max"] = {**greatest, "n": sum(cell["n"] for cell in most)}
    return Total(name, cells) if cells else None


def _rate(name: str, cards: Sequence[Scorecard]) -> Total | None:
    found = [card.scores[name] for card in cards if name in card.scores]
    if not found:
        return None
    outcome = of_the_run(name, cards)
    if isinstance(outcome, Score):
        return Total(name, {"": outcome.to_json()})
    whys = dict.fromkeys(one.reason for one in found if isinstance(one, Unscored))
    return Total(name, why=" / ".join(whys) if 0 < len(whys) <= REASONS else outcome.reason)


def _understanding(cards: Sequence[Scorecard]) -> Iterator[Total]:
    """Shares that are told where some call measured them: errors ÷ what was due, over the whole run."""
    for name in UNDERSTANDING:
        total = _rate(name, cards)
        if total is not None and total.cells:
            yield total


def _stages(rows: Sequence[Row]) -> Iterator[Total]:
    """What each stage of the agent's took, over every turn of the run."""
    for name in (*STAGES, "unattributed"):
        cells = [cell for row in rows if "value" in (cell := row["scores"].get(f"stage.{name}", {}))]
        values = [value for cell in cells for value in cell.get("values", ()) if value is not None]
        if not values:
            continue
        enough = len(values) >= TURNS and len(cells) >= CALLS
        shares = {"p50": 0.5, **({"p95": 0.95} if enough else {}), "max": 1.0}
        found = {part: Score(nearest_rank(values, share), "ms", len(values)) for part, share in shares.items()}
        yield Total(f"stage.{name}", {part: score.to_json() for part, score in found.items()})


def judged_gates(rows: Sequence[Row], gates: Sequence[Judged], why: str | None = None) -> tuple[Reason, ...]:
    """The gates on the whole run, each with what it was held against.

    why: what kept those from being judged that weren't, where that is more than what the calls gave.
    """
    cards = [Scorecard.from_json(row) for row in rows]
    return tuple(_gate(gate, of_the_run(gate.score, cards), why) for gate in gates)


def _gate(gate: Judged, outcome: Outcome, why: str | None) -> Reason:
    if gate.verdict is Verdict.NOT_MEASURED and why is not None:
        return Reason(gate.score, gate.limit, gate.verdict, why=why)
    if not isinstance(outcome, Score):
        return Reason(gate.score, gate.limit, gate.verdict, why=outcome.reason)
    if gate.verdict is Verdict.NOT_MEASURED:
        return Reason(gate.score, gate.limit, gate.verdict, why=IN_PART)
    said = measured(outcome.to_json(), Limit.parse(gate.limit))
    return Reason(gate.score, gate.limit, gate.verdict, said, outcome.n, outcome.few, detail=outcome.detail)
