"""The scorecard in a terminal: a line a call, then why each failed and at which second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeAlias

from rich.console import Console
from rich.text import Text

from harness.errors import BadInput
from harness.reporting.human_leg import brief as asked_again
from harness.reporting.outcome import standing, tally, untaken
from harness.reporting.reasons import Reason, Row, brief, called, place, reasons, recording
from harness.reporting.total import Total
from harness.reporting.totals import judged_gates, totals
from harness.run.folder import RunFolder
from harness.run.human_leg import load_leg
from harness.score import Judged, Verdict
from harness.text.counting import counted

STANDINGS = {
    "pass": ("✓", "pass", "green"),
    "fail": ("✗", "FAIL", "bold red"),
    "not_measured": ("?", "not measured", "yellow"),
    "no_limits": ("·", "no limits", "dim"),
    "void": ("!", "void", "magenta"),
    "invalid": ("!", "invalid", "magenta"),
    "not_run": ("-", "not run", "dim"),
}
"""How a call stands → mark, word, style. The word says it without the colour."""

WIDE = 100
"""Columns from which a scenario is shown by its whole name; in fewer, by its file's."""

COLUMNS = (
    ("reply", "response_latency.p50", 0),
    ("worst", "response_latency.max", WIDE),
    ("yield", "yield_delay.max", 0),
    ("WER", "wer", 0),
    ("handoff", "handoff_decision", 0),
    ("task", "task_success", 0),
)
"""The key numbers: heading, score, and the least width of a terminal that has room for it."""

CATEGORIES = ("handoff_decision", "task_success")
"""Scores that are right or wrong, and nothing between."""

Block: TypeAlias = list[tuple[int, Text]]
"""Lines that belong together, each with the columns it is indented by, also where it wraps."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is drawn around the rows.

    heading: one line on what was rung, with what. folder: the run's, to say where to listen; None
    where nothing was written. next_steps: (what for, command) at the end. gates: on the whole run.
    in_part: why those that weren't judged weren't, where the run isn't whole.
    """

    heading: str
    folder: Path | None = None
    gates: Sequence[Judged] = ()
    next_steps: Sequence[tuple[str, str]] = ()
    in_part: str | None = None


def heading(rows: Sequence[Row], called: float, elapsed: float, *, control: bool = False) -> str:
    """One line on what was rung: the agents, the shells, how long the calls were and how long they took.

    control: whether each planned event had its control call.
    """
    if not rows:
        return f"no call in {_lasting(elapsed)}"
    agents, shells = (", ".join(dict.fromkeys(str(row[name]) for row in rows)) for name in ("agent", "shell"))
    pace = f", {called / elapsed:.1f} times real time" if elapsed > 0 else ""
    shells += ", with control calls" if control else ""
    return f"{agents} · {shells} · {_lasting(called)} of calls in {_lasting(elapsed)}{pace}"


def _lasting(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def draw(console: Console, rows: Sequence[Row], around: Standing) -> None:
    """Print the scorecard of a run, as wide as the terminal is; calls by their scenario's folder."""
    rows = sorted(rows, key=lambda row: (PurePath(row["file"]).parent, row["call"]))
    console.print(Text(around.heading, style="bold"))
    if not rows:
        return
    console.print()
    for line in _table(rows, console.width):
        console.print(line, no_wrap=True, crop=True)
    _print(console, 0, _legend(console.width))
    taken = [row for row in rows if not untaken(row)]
    for block in (*_failures(taken, around.folder), *_untaken(rows), *_unmeasured(taken), *_unscored(rows)):
        console.print()
        for indent, line in block:
            _print(console, indent, line)
    console.print()
    for indent, line in _sums(rows, around):
        _print(console, indent, line)
    if around.next_steps:
        console.print()
    most = max((len(what) for what, _ in around.next_steps), default=0)
    for what, command in around.next_steps:
        console.print(Text.assemble((what.ljust(most + 2), "dim"), command), soft_wrap=True)


def _print(console: Console, indent: int, line: Text) -> None:
    """A line, wrapped under itself; one that mustn't be broken (a path) runs over the edge instead."""
    if line.no_wrap:
        console.print(Text(" " * indent) + line, soft_wrap=True)
        return
    for piece in line.wrap(console, max(console.width - indent, 1)):
        piece.rstrip()
        console.print(Text(" " * indent) + piece, soft_wrap=True)


def _table(rows: Sequence[Row], width: int) -> Iterator[Text]:
    """A line a call under its folder's; the name gets what room the numbers leave."""
    shown = [(heading, score) for heading, score, least in COLUMNS if width >= least]
    cells = [numbers(row, [score for _, score in shown]) for row in rows]
    wide = [max([len(shown[i][0]), *(len(line[i]) for line in cells)]) for i in range(len(shown))]
    marks = [STANDINGS[standing(row)] for row in rows]
    first = max(len(word) for _, word, _ in marks) + 3
    room = max(12, width - first - sum(wide) - len(wide))
    headings = "".join(f" {heading:>{wide[i]}}" for i, (heading, _) in enumerate(shown))
    yield Text(" " * (first + room) + headings, style="dim")
    for folder in dict.fromkeys(PurePath(row["file"]).parent for row in rows):
        yield Text(f"{folder.name or '.'}/", style="dim")
        for row, line, (mark, word, style) in zip(rows, cells, marks, strict=True):
            if PurePath(row["file"]).parent == folder:
                columns = "".join(f" {cell:>{wide[i]}}" for i, cell in enumerate(line))
                yield Text.assemble(
                    (f"{mark} {word}".ljust(first), style), _named(row, room, whole=width >= WIDE), columns
                )


def numbers(row: Row, scores: Iterable[str]) -> list[str]:
    """A call's key numbers; a call that wasn't scored has none."""
    if row["status"] != "scored":
        return ["–" for _ in scores]
    return [brief(row["scores"].get(score), category=score in CATEGORIES) for score in scores]


def _legend(width: int) -> Text:
    """What the columns are called in full."""
    named = [f"{heading}: {score}" for heading, score, least in COLUMNS if width >= least and heading.lower() != score]
    return Text(" · ".join([*named, "–: not measured"]), style="dim")


def _named(row: Row, room: int, *, whole: bool) -> Text:
    """The call's name in `room` columns: its scenario's, or (shorter) that of the scenario's file.

    What tells it from its siblings is kept.
    """
    suffix = Text(called(row)[len(row["scenario"]) :])
    name = Text(row["scenario"] if whole else PurePath(row["file"]).stem)
    name.truncate(max(room - suffix.cell_len, 8), overflow="ellipsis")
    name.append_text(suffix)
    name.truncate(room, overflow="ellipsis", pad=True)
    return name


def _failures(rows: Sequence[Row], folder: Path | None) -> Iterator[Block]:
    for row in rows:
        if standing(row) != "fail":
            continue
        mark, _, style = STANDINGS["fail"]
        block = [(0, Text.assemble((f"{mark} {called(row)}", style), (f"  {row['file']}", "dim")))]
        for reason in reasons(row):
            if reason.verdict is not Verdict.PASS:
                block += _explained(reason)
        if folder is not None:
            block += _behind(folder, row)
            block.append((4, Text(f"listen: {folder / recording(row)}", style="dim", no_wrap=True)))
        yield block


def _explained(reason: Reason) -> Block:
    mark, style = ("?", "yellow") if reason.verdict is Verdict.NOT_MEASURED else ("✗", "red")
    told = str(reason)
    block = [(4, Text.assemble((f"{mark} {reason.score}", style), told.removeprefix(reason.score)))]
    if reason.worst is not None:
        block.append((8, Text(place(reason.worst))))
    return block


def _behind(folder: Path, row: Row) -> Block:
    """What the human who took over had to ask again."""
    try:
        leg = load_leg(RunFolder(folder).call(row["call"]))
    except BadInput as problem:
        return [(4, Text(str(problem), style="dim"))]
    told = None if leg is None else asked_again(leg)
    return [] if told is None else [(4, Text(told))]


def _untaken(rows: Sequence[Row]) -> Iterator[Block]:
    """The calls that the agent never took, those of one reason together: no limit of theirs says more than that."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if untaken(row):
            found.setdefault(str(row["why"]), []).append(row)
    for why, calls in found.items():
        failed = any(standing(row) == "fail" for row in calls)
        mark, _, style = STANDINGS["fail" if failed else "not_measured"]
        times = f" ({counted(len(calls), 'call')})" if len(calls) > 1 else ""
        yield [(0, Text(f"{mark} {why}{times}", style=style)), *((4, Text(called(row))) for row in calls)]


def _unmeasured(rows: Sequence[Row]) -> Iterator[Block]:
    """The limits that could not be judged, those of one reason together."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        if standing(row) == "not_measured":
            for reason in reasons(row):
                if reason.verdict is Verdict.NOT_MEASURED:
                    found.setdefault((reason.score, reason.limit, reason.why or ""), []).append(called(row))
    if found:
        mark, word, style = STANDINGS["not_measured"]
        block = [(0, Text(f"{mark} {word}: never a pass", style=style))]
        for (score, limit, why), calls in found.items():
            block.append((4, Text(f"{score} {limit}: {why}" if limit else why)))
            block += [(8, Text(call, style="dim")) for call in calls]
        yield block


def _unscored(rows: Sequence[Row]) -> Iterator[Block]:
    """The calls that say nothing about the agent, and why."""
    block = []
    for row in rows:
        stands = standing(row)
        if stands in ("void", "invalid", "not_run"):
            mark, word, style = STANDINGS[stands]
            why = row["why"] or "no reason was kept"
            block.append((0, Text.assemble((f"{mark} {word}", style), f"  {called(row)}: {why}")))
    if block:
        yield block


def _in_brief(found: Iterable[Total]) -> Iterator[Total]:
    """Of several scores that are told apart by the same thing the first: summary.md and the app have them all."""
    axes: set[str] = set()
    for total in found:
        if total.axis not in axes:
            yield total
        if total.axis is not None:
            axes.add(total.axis)


def _sums(rows: Sequence[Row], around: Standing) -> Block:
    counts = tally(rows)
    parts = [f"{counts[name]} {word.lower()}" for name, (_, word, _) in STANDINGS.items() if name in counts]
    block = [(0, Text(f"{counted(len(rows), 'call')}: {', '.join(parts)}", style="bold"))]
    block += [(4, Text(f"{total.name}  {total}")) for total in _in_brief(totals(rows))]
    for gate in judged_gates(rows, around.gates, around.in_part):
        mark, word, style = STANDINGS[gate.verdict.value]
        block.append((0, Text.assemble((f"{mark} {word}", style), f"  gate on the run: {gate}")))
    return block
