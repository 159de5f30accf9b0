"""A run in one look: its totals, its gates, and how each scenario stands in each of its conditions."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from harness.reporting.grid import beside, stands
from harness.reporting.opened import OpenCall, OpenRun, folder_of
from harness.reporting.outcome import calls_of, standing, tally
from harness.reporting.reasons import Cell, Row, measured
from harness.reporting.scores import MARKS
from harness.reporting.terminal import STANDINGS
from harness.scenario import Scenario
from harness.scenario.written import in_words
from harness.text.counting import counted

_TONES = {"pass": "v-good", "fail": "v-bad", "not_measured": "v-unknown"}


def run_heading(run: OpenRun) -> str:
    """Which run, of what, when, and how it ended."""
    about = run.about
    state = str(about.get("status", "finished"))
    there = calls_of(about, len(run.rows))
    told = {
        "running": f"still running, or ended without saying so: what is here is what was finished, {there}",
        "interrupted": f"interrupted: what is here is what was finished, {there}",
    }.get(state, "")
    rows = [
        f"agent {about.get('agent', 'unknown')}",
        str(about.get("shell", "")),
        "control calls" if about.get("control") else "",
        f"profile {about.get('profile', '–')}",
        f"seed {about.get('seed', '–')}",
        f"charge {about.get('charge', '–')}",
        f"vahness {about.get('vahness', '–')}",
        str(about.get("started", "")).replace("T", " "),
        *(["scored again " + str(again["at"]) for again in about.get("rescored", ())][-1:]),
    ]
    chips = "".join(f"<span>{escape(text)}</span>" for text in rows if text)
    note = f'<p class="v-card v-unknown">? {told}</p>' if told else ""
    return f'<p class="v-big">{escape(run.folder.path.name)}</p><div class="v-chips">{chips}</div>{note}'


def run_sums(run: OpenRun) -> str:
    """How many calls stand how, in words, and what came of the gates on them all."""
    counts = tally(run.rows)
    parts = [
        f'<span class="{_TONES.get(name, "v-dim")}">{mark} {counts[name]} {word}</span>'
        for name, (mark, word, _) in STANDINGS.items()
        if name in counts
    ]
    calls = counted(len(run.rows), "call")
    gates = "".join(
        f'<p class="v-card"><b>gate:</b> <span class="{_TONES[gate.verdict.value]}">'
        f"{' '.join(MARKS[gate.verdict])}</span> {escape(str(gate))}</p>"
        for gate in run.gates
    )
    return f'<p class="v-card"><b>{calls}:</b> {" · ".join(parts)}</p>{gates}'


def totals_html(run: OpenRun) -> str:
    """The run's totals."""
    rows = "".join(
        f'<tr><td class="v-k">{escape(total.score)}</td>'
        f'<td class="{"v-dim" if total.why is not None else ""}">{escape(str(total))}</td></tr>'
        for total in run.totals
        if total.axis is None
    )
    if not rows:
        return '<p class="v-dim">No call measured anything yet.</p>'
    return f'<table class="v-table"><tr><th>over the run</th><th>measured</th></tr>{rows}</table>'


def situations_html(run: OpenRun) -> str:
    """Recognition by language, accent, noise and line, one row each; nothing where no run has two of any."""
    axes: dict[str, dict[str, dict[str, Cell]]] = {}
    for total in run.totals:
        for value, cell in total.cells.items() if total.axis else ():
            axes.setdefault(total.axis or "", {}).setdefault(value, {})[total.score] = cell
    found = list(dict.fromkeys(total.score for total in run.totals if total.axis))
    rows = []
    for axis, values in axes.items():
        rows.append(f'<tr><td colspan="{1 + len(found)}" class="v-dim">by {axis}</td></tr>')
        for value, cells in values.items():
            told = "".join(f'<td class="v-n">{_share(cells.get(score))}</td>' for score in found)
            rows.append(f"<tr><td>{escape(value)}</td>{told}</tr>")
    head = "".join(f"<th>{escape(score)}</th>" for score in found)
    return f'<table class="v-table"><tr><th>understood</th>{head}</tr>{"".join(rows)}</table>' if rows else ""


def _share(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    return f'{measured(cell)} <span class="v-dim">n {cell["n"]}{", few" if cell.get("few") else ""}</span>'


def scenarios_html(run: OpenRun) -> str:
    """Each scenario with how its calls stand, folder by folder: first those of which some call didn't pass."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in run.rows:
        found.setdefault((folder_of(row), str(row["scenario"])), []).append(row)
    rows = []
    last = None
    ordered = sorted((not _wanting(calls), *name) for name, calls in found.items())
    for well, folder, scenario in ordered:
        calls = found[folder, scenario]
        if (well, folder) != last:
            rows.append(f'<tr><td colspan="2" class="v-dim">{escape(folder)}/</td></tr>')
            last = (well, folder)
        rows.append(f"<tr><td>{escape(scenario)}</td><td>{' · '.join(_calls(calls))}</td></tr>")
    head = "<tr><th style='width:64%'>scenario</th><th>verdict</th></tr>"
    return f'<table class="v-table">{head}{"".join(rows)}</table>'


def _wanting(calls: list[Row]) -> bool:
    return any(standing(row) not in ("pass", "no_limits") for row in calls)


MANY = 6
"""So many calls of a scenario are shown each by itself; of more, how many stand how."""


def _calls(rows: list[Row]) -> Iterator[str]:
    if len(rows) > MANY:
        for name, count in tally(rows).items():
            mark, word, _ = STANDINGS[name]
            yield f'<span class="{_TONES.get(name, "v-dim")}">{mark} {count} {word}</span>'
        return
    for row in rows:
        tone = _TONES.get(standing(row), "v-dim")
        yield f'<span class="{tone}">{stands(row)}</span> <span class="v-dim">{escape(beside(row))}</span>'


def call_heading(call: OpenCall, title: str) -> str:
    """Which call: its verdict, its name, and who rang whom on what line."""
    row = call.row
    tone = _TONES.get(standing(row), "v-dim")
    told = [
        str(row["file"]),
        f"agent {row['agent']}",
        str(row["shell"]),
        f"{row['seconds']:.1f} s",
        *(_caller(call.scenario) if call.scenario else ()),
    ]
    chips = "".join(f"<span>{escape(text)}</span>" for text in told if text)
    return (
        f'<p class="v-big"><span class="{tone}">{stands(row)}</span>  {escape(title)}</p>'
        f'<div class="v-chips">{chips}</div>'
    )


def _caller(scenario: Scenario) -> Iterator[str]:
    voice = scenario.persona.voice
    options = ", ".join(f"{name} {value}" for name, value in voice.options.items())
    yield f"{scenario.language} by {voice.engine}{f' ({options})' if options else ''}"
    yield from map(in_words, scenario.world)
    yield from (f"tag {tag}" for tag in scenario.tags)
