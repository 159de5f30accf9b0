"""The calls of a run as a table to sort and to search, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.reporting.opened import OpenRun, folder_of
from harness.reporting.outcome import standing, tally
from harness.reporting.reasons import Row, brief, called, reasons
from harness.reporting.terminal import CATEGORIES, COLUMNS, STANDINGS
from harness.score import Verdict

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls a reader wants to see; what is empty asks for nothing.

    standings: as harness.reporting.outcome has them. text: somewhere in the call's name, id or
    reasons, whatever its case. failing: a limit on one of these scores wasn't passed.
    """

    standings: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    failing: tuple[str, ...] = ()


def chosen(run: OpenRun, wanted: Wanted) -> tuple[Row, ...]:
    """The rows that are wanted: those that didn't pass first, then in the run's order."""
    found = [row for row in run.rows if _is_wanted(run, row, wanted)]
    return tuple(sorted(found, key=lambda row: _ORDER.index(standing(row))))


_ORDER = ("fail", "not_measured", "void", "invalid", "not_run", "no_limits", "pass")


def _is_wanted(run: OpenRun, row: Row, wanted: Wanted) -> bool:
    if wanted.standings and standing(row) not in wanted.standings:
        return False
    if wanted.folders and folder_of(row) not in wanted.folders:
        return False
    if wanted.tags and not set(wanted.tags) & set(run.tags.get(str(row["call"]), ())):
        return False
    if wanted.failing and not set(wanted.failing) & set(_wanting(row)):
        return False
    return not wanted.text or wanted.text.casefold() in _searched(row)


def neighbours(rows: Sequence[Row], call: str) -> tuple[str | None, str | None]:
    """The calls before and after one among these; None where there is none, or it isn't among them."""
    ids = [None, *(str(row["call"]) for row in rows), None]
    at = ids.index(call) if call in ids else 0
    return (ids[at - 1], ids[at + 1]) if at else (None, None)


def _wanting(row: Row) -> tuple[str, ...]:
    return tuple(j["score"] for j in row["expect"] if j["verdict"] != Verdict.PASS)


def _searched(row: Row) -> str:
    return f"{called(row)} {row['call']} {row['file']} {row['why'] or ''} {why(row)}".casefold()


def choices(run: OpenRun) -> Mapping[str, tuple[str, ...]]:
    """What there is to filter by: standings, folders, tags, and scores whose limit some call didn't pass."""
    return {
        "standings": tuple(name for name in STANDINGS if name in tally(run.rows)),
        "folders": tuple(sorted({folder_of(row) for row in run.rows})),
        "tags": tuple(sorted({tag for tags in run.tags.values() for tag in tags})),
        "failing": tuple(sorted({score for row in run.rows for score in _wanting(row)})),
    }


def stands(row: Row) -> str:
    """How a call stands, as a mark and a word."""
    mark, word, _ = STANDINGS[standing(row)]
    return f"{mark} {word}"


def beside(row: Row) -> str:
    """What tells a call from its scenario's others: condition and repeat; empty for an only one."""
    return called(row)[len(row["scenario"]) :].strip()


def why(row: Row) -> str:
    """What kept a call from passing, in a line; empty where nothing did."""
    if row["status"] != "scored":
        return str(row["why"] or "no reason was kept")
    return " · ".join(str(reason) for reason in reasons(row) if reason.verdict is not Verdict.PASS)


KEYS = tuple((heading, score) for heading, score, _ in COLUMNS)
"""The key numbers: heading, score."""


def calls_table(rows: Sequence[Row]) -> Styler:
    """The calls as a table: numbers sort as numbers and are shown as they were measured.

    A censored value shows its `>`, one that wasn't measured is a dash and sorts apart.
    """
    import pandas as pd

    numbers = {heading: [_number(row, score) for row in rows] for heading, score in KEYS if score not in CATEGORIES}
    categories = {heading: [_category(row, score) for row in rows] for heading, score in KEYS if score in CATEGORIES}
    plain: dict[str, list[Any]] = {
        "verdict": [stands(row) for row in rows],
        "call": [str(row["scenario"]) for row in rows],
        "condition": [beside(row) for row in rows],
        "length": [float(row["seconds"]) for row in rows],
        **{heading: numbers.get(heading) or categories.get(heading) or [] for heading, _ in KEYS},
        "why": [why(row) for row in rows],
        "folder": [folder_of(row) for row in rows],
    }
    if not any(plain["condition"]):
        del plain["condition"]
    frame = pd.DataFrame(plain)
    style = frame.style.format({"length": "{:.1f} s"})
    for heading, score in KEYS:
        if heading in numbers:
            for censored, lines in _alike(rows, score):
                style = style.format(_shower(rows, score, censored), subset=(lines, [heading]), na_rep="–")
    colours = [_COLOURS.get(standing(row), "") for row in rows]
    return style.apply(lambda _: colours, subset=["verdict"])


_COLOURS = {
    "pass": "color: #1a7f37",
    "fail": "color: #b3261e; font-weight: bold",
    "not_measured": "color: #8a6100",
    "void": "color: #8250a0",
    "invalid": "color: #8250a0",
}


def _number(row: Row, score: str) -> float | None:
    cell = row["scores"].get(score)
    return None if row["status"] != "scored" or cell is None or "unscored" in cell else float(cell["value"])


def _category(row: Row, score: str) -> str:
    cell = row["scores"].get(score)
    return "–" if row["status"] != "scored" else brief(cell, category=True)


def _alike(rows: Sequence[Row], score: str) -> list[tuple[bool, list[int]]]:
    """The lines whose value is shown alike: those that are censored, and the others."""
    censored = [bool(row["scores"].get(score, {}).get("censored")) for row in rows]
    groups = ((which, [i for i, one in enumerate(censored) if one is which]) for which in (False, True))
    return [(which, lines) for which, lines in groups if lines]


def _shower(rows: Sequence[Row], score: str, censored: bool) -> Callable[[object], str]:
    cells = (row["scores"].get(score, {}) for row in rows)
    unit = next((cell["unit"] for cell in cells if "unit" in cell), "")
    return lambda value: brief({"value": value, "unit": unit, "censored": censored})
