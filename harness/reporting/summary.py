"""summary.md: a run as a CI job's page shows it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from harness.reporting.outcome import standing, tally, untaken
from harness.reporting.reasons import Reason, Row, called, place, reasons, recording
from harness.reporting.terminal import COLUMNS, STANDINGS, numbers
from harness.reporting.totals import judged_gates, totals
from harness.score import Judged, Verdict
from harness.text.counting import counted


def summary(
    rows: Sequence[Row], gates: Sequence[Judged] = (), *, heading: str = "vahness", in_part: str | None = None
) -> str:
    """The page, as GitHub-flavoured Markdown; names and notes are shown as they are written.

    in_part: why no gate could be judged on the whole run, where it isn't whole.
    """
    if not rows:
        return f"## {_text(heading)}\n"
    counts = tally(rows)
    sums = ", ".join(f"{counts[name]} {word}" for name, (_, word, _) in STANDINGS.items() if name in counts)
    lines = [f"## {_text(heading)}", "", f"**{counted(len(rows), 'call')}:** {sums}", ""]
    lines += [*_table(rows), "", *_explained(rows), *_together(rows, gates, in_part)]
    return "\n".join(lines).rstrip() + "\n"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| | call | " + " | ".join(heading for heading, _, _ in COLUMNS) + " |"
    yield "|---|---|" + "--:|" * len(COLUMNS)
    for row in rows:
        mark, word, _ = STANDINGS[standing(row)]
        cells = numbers(row, [score for _, score, _ in COLUMNS])
        yield f"| {mark} {word} | {_text(called(row))} | {' | '.join(cells)} |"


def _explained(rows: Sequence[Row]) -> Iterator[str]:
    """Why the calls that didn't pass didn't, and where to listen."""
    wanting = [row for row in rows if standing(row) not in ("pass", "no_limits")]
    if wanting:
        yield "### Why"
        yield ""
    for row in wanting:
        mark, word, _ = STANDINGS[standing(row)]
        yield f"- **{mark} {word}: {_text(called(row))}** (`{recording(row)}`)"
        if row["status"] != "scored":
            yield f"  - {_text(row['why'] or 'no reason was kept')}"
            continue
        if untaken(row):
            yield f"  - {_text(row['why'])}"
            continue
        for reason in reasons(row):
            if reason.verdict is not Verdict.PASS:
                yield f"  - {_line(reason)}"
    if wanting:
        yield ""


def _together(rows: Sequence[Row], gates: Sequence[Judged], in_part: str | None) -> Iterator[str]:
    yield "### The run"
    yield ""
    for total in totals(rows):
        yield f"- {total.name}: {_text(str(total))}"
    for gate in judged_gates(rows, gates, in_part):
        mark, word, _ = STANDINGS[gate.verdict.value]
        yield f"- {mark} {word}: gate {_line(gate)}"


def _line(reason: Reason) -> str:
    if not reason.score:
        return _text(str(reason))
    where = f", {_text(place(reason.worst))}" if reason.worst else ""
    return f"`{reason.score}`{_text(str(reason).removeprefix(reason.score))}{where}"


_MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]#|~"})


def _text(text: str) -> str:
    """A text of somebody else's, as itself: on one line, nothing in it markup."""
    ends = " " if text[:1].isspace() else ""
    return ends + html.escape(" ".join(text.split()), quote=False).translate(_MARKUP)
