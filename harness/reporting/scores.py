"""Every score of a call as a reader meets it: the value beside its limit, and what the score is."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

from harness import plugins
from harness.errors import BadInput
from harness.reporting.reasons import Cell, Reason, Row, measured, not_asked, place, reasons
from harness.score import Limit, Span, Verdict

MARKS = {Verdict.PASS: ("✓", "pass"), Verdict.FAIL: ("✗", "FAIL"), Verdict.NOT_MEASURED: ("?", "not measured")}
"""Mark and word of a verdict on one limit."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score of a call.

    mark, word: the verdict where a limit was set, else empty. said: the value with its unit, or
    `not measured`, or `not asked` where the scenario doesn't ask for it. about: what it rests on
    (n, how sure its timing is, its version). more: what else the scorer told, or why nothing was
    measured. help: the score's reference.
    """

    score: str
    mark: str
    word: str
    limit: str
    said: str
    about: str
    more: str
    help: str


def score_lines(row: Row) -> tuple[ScoreLine, ...]:
    """All scores of a row, by name; a limit on a score that wasn't made has a line too.

    That the agent broke off is no score, and has none.
    """
    held: dict[str, list[Reason]] = {}
    for reason in reasons(row):
        if reason.score:
            held.setdefault(reason.score, []).append(reason)
    names = sorted({*row["scores"], *held})
    return tuple(line for name in names for line in _lines(name, row["scores"].get(name), held.get(name, [])))


def _lines(name: str, cell: Cell | None, held: list[Reason]) -> Iterator[ScoreLine]:
    each: list[Reason | None] = [*held] or [None]
    for reason in each:
        mark, word = ("", "") if reason is None else MARKS[reason.verdict]
        limit = "" if reason is None else reason.limit
        if cell is None or "unscored" in cell:
            why = (reason.why or "") if cell is None and reason is not None else cell["unscored"] if cell else ""
            # Whoever set a limit asked, whatever the rest of the scenario leaves out.
            unasked = reason is None and cell is not None and not_asked(cell)
            sign, said = ("·", "not asked") if unasked else (mark or "?", "not measured")
            yield ScoreLine(name, sign, word, limit, said, "", why, reference(name))
            continue
        said = measured(cell, Limit.parse(limit) if limit else None)
        detail = str(cell.get("detail") or "")
        yield ScoreLine(name, mark, word, limit, said, _about(cell), "" if detail == said else detail, reference(name))


def _about(cell: Cell) -> str:
    sure = cell.get("resolution")
    notes = [f"n {cell['n']}{', few' if cell.get('few') else ''}"]
    if sure is not None:
        notes.append(f"±{sure * 1000:g} ms")
    notes.append(f"v{cell['version']}")
    return " · ".join(notes)


@cache
def reference(score: str) -> str:
    """What a score is, in the words of whoever wrote the scorer; says so where that scorer isn't here."""
    try:
        return inspect.getdoc(plugins.load("scorers", score.partition(".")[0])) or "(not documented)"
    except BadInput:
        return "This installation has no scorer of this name."


def scores_html(lines: tuple[ScoreLine, ...]) -> str:
    """The scores as a table; each name opens its reference, and shows it when pointed at."""
    rows = "".join(_row(line) for line in lines)
    head = "<tr><th>verdict</th><th>score</th><th>value</th><th>limit</th><th>rests on</th><th>more</th></tr>"
    return f'<table class="v-table">{head}{rows}</table>'


def _row(line: ScoreLine) -> str:
    tone = {"✓": "v-good", "✗": "v-bad", "?": "v-unknown"}.get(line.mark if line.word else "", "v-dim")
    return (
        f'<tr><td class="{tone}">{line.mark} {line.word}</td>'
        f'<td class="v-k"><details><summary title="{escape(line.help)}">{escape(line.score)}</summary>'
        f"<pre>{escape(line.help)}</pre></details></td>"
        f'<td class="{"v-dim" if line.said in ("not measured", "not asked") else ""}">{escape(line.said)}</td>'
        f'<td class="v-t">{escape(line.limit)}</td><td class="v-dim">{escape(line.about)}</td>'
        f'<td class="v-dim">{escape(line.more)}</td></tr>'
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch that a limit's verdict rests on."""

    reason: Reason
    span: Span

    @property
    def title(self) -> str:
        """The limit and what came of it, then where."""
        return f"{MARKS[self.reason.verdict][0]} {self.reason}, {place(self.span)}"


def missed(row: Row) -> tuple[Evidence, ...]:
    """The evidence of the limits that were missed, where there is a place to show."""
    return tuple(
        Evidence(reason, reason.worst)
        for reason in reasons(row)
        if reason.verdict is Verdict.FAIL and reason.worst is not None
    )


def reasons_html(row: Row) -> str:
    """Every limit of the scenario with what came of it: a line for each that wasn't passed, the others in one."""
    found = list(reasons(row))
    lines = [
        _reason(one) for verdict in (Verdict.FAIL, Verdict.NOT_MEASURED) for one in found if one.verdict is verdict
    ]
    passed = [f"{one.score} {one.said}" for one in found if one.verdict is Verdict.PASS]
    if passed:
        mark, word = MARKS[Verdict.PASS]
        lines.append(f'<p><span class="v-good">{mark} {word}</span> {escape(" · ".join(passed))}</p>')
    if not found:
        lines.append('<p class="v-dim">The scenario sets no limits, so nothing was asked of this call.</p>')
    return f'<div class="v-reasons">{"".join(lines)}</div>'


def _reason(reason: Reason) -> str:
    mark, word = MARKS[reason.verdict]
    tone = "v-bad" if reason.verdict is Verdict.FAIL else "v-unknown"
    where = ""
    if reason.worst is not None:
        where = f' <span class="v-dim">{escape(place(reason.worst))}</span>'
    return f'<p><span class="{tone}">{mark} {word}</span> {escape(str(reason))}{where}</p>'
