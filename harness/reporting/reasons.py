"""Why a call got its verdict: each limit beside what was measured, and where in the recording to listen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from harness.score import Limit, Span, Verdict

Row: TypeAlias = Mapping[str, Any]
"""A row of `calls.jsonl`, as plain data."""

Cell: TypeAlias = Mapping[str, Any]
"""A row's entry for one score: its value with the evidence, or `unscored` with the reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A limit that a call was held against, and what came of it.

    said: the measurement as a reader meets it (`0.812 s`, `> 3.000 s`; for the limit `pass` what
    it came to: `missed`), empty where nothing was measured. detail: what else the scorer told of
    it. worst: the stretch that tells it best, if there is one. why: what kept it from being
    measured.
    """

    score: str
    limit: str
    verdict: Verdict
    said: str = ""
    n: int = 0
    few: bool = False
    worst: Span | None = None
    why: str | None = None
    detail: str | None = None

    def __str__(self) -> str:
        """The reason as a sentence, without its place: `wer is 21.0 %, limit <= 15% (n 38): 8 substituted`."""
        if not self.limit:
            return str(self.why)
        if self.why is not None:
            return f"{self.score} {self.limit}: not measured: {self.why}"
        if self.limit == "pass":
            return f"{self.score}: {self.said}"
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.score} is {self.said}, limit {self.limit} (n {self.n}{', few' if self.few else ''}){detail}"


def reasons(row: Row) -> Iterator[Reason]:
    """Every limit that the row was held against, in the scenario's order.

    Where a call that was scored didn't pass and the agent broke off, that comes first, without a
    limit: it explains the others.
    """
    if row["status"] == "scored" and row["why"] and row["verdict"] != Verdict.PASS:
        yield Reason("", "", Verdict(row["verdict"]), why=row["why"])
    for judged in row["expect"]:
        cell = row["scores"].get(judged["score"])
        score, limit, verdict = judged["score"], judged["limit"], Verdict(judged["verdict"])
        if cell is None:
            yield Reason(score, limit, verdict, why=row["why"] or "no score of this name was made")
        elif "unscored" in cell:
            yield Reason(score, limit, verdict, why=cell["unscored"])
        else:
            few, detail = bool(cell.get("few")), cell.get("detail")
            said = measured(cell, Limit.parse(limit))
            worst = worst_span(cell, limit)
            yield Reason(score, limit, verdict, said, int(cell["n"]), few, worst, detail=detail)


_SHOWN = {"s": (1.0, "s", 3), "ms": (1.0, "ms", 0), "ratio": (100.0, "%", 1), "dB": (1.0, "dB", 1)}
"""Unit → factor, what is written behind the number, and decimals."""


_NOT_ASKED = re.compile(
    r"doesn't apply: |the (?:scenario(?:'s truth)?|truth) "
    r"(?:doesn't (?:say|ask)|asks for no|requires none|names no|states no)"
)


def not_asked(cell: Cell) -> bool:
    """Whether nothing was measured since the scenario doesn't ask for it: nothing is missing then."""
    return _NOT_ASKED.match(str(cell.get("unscored", ""))) is not None


def measured(cell: Cell, limit: Limit | None = None) -> str:
    """A measurement with its unit: `0.812 s`, `> 3.000 s` where it was censored.

    Beside a limit it has as many decimals as it takes to differ from it, so that a failure by a
    hair isn't printed as the limit itself; beside `pass` it is what the category came to (`missed`).
    """
    if limit is not None and limit.text == "pass":
        return str(cell.get("detail") or ("passed" if cell["value"] == 1 else "not passed"))
    factor, unit, decimals = _SHOWN.get(cell["unit"], (1.0, str(cell["unit"]), 0 if _whole(cell["value"]) else 2))
    value = cell["value"] * factor
    text = f"{value:.{decimals}f}"
    while limit is not None and decimals < 6 and _hides(text, value, limit.number * factor):
        decimals += 1
        text = f"{value:.{decimals}f}"
    unit = {"count": "", "words": "word" if text == "1" else "words"}.get(unit, unit)
    return f"{'> ' if cell.get('censored') else ''}{text} {unit}".rstrip()


def _hides(text: str, value: float, limit: float) -> bool:
    return float(text) == limit and value != limit


def _whole(value: float) -> bool:
    return float(value).is_integer()


def brief(cell: Cell | None, *, category: bool = False) -> str:
    """A measurement in a narrow column: `0.81`, `>3.0`, `4%`; `✓` or `✗` for a category; `–` unmeasured."""
    if cell is None or "unscored" in cell:
        return "–"
    value, more = float(cell["value"]), ">" if cell.get("censored") else ""
    if category:
        return "✓" if value == 1.0 else "✗"
    if cell["unit"] == "ratio":
        return f"{more}{value:.0%}"
    return f"{more}{value:.2f}" if cell["unit"] == "s" else f"{more}{value:.0f}"


def worst_span(cell: Cell, limit: str) -> Span | None:
    """The stretch that tells best why a limit came out as it did.

    Where every raw value has its span, the span of the value farthest on the limit's wrong side
    (a censored one is longer than any); else, for a time, the span whose length is; else the
    first, as the scorer put them.
    """
    spans = [Span(float(start), float(end), str(note)) for start, end, note in cell.get("spans", ())]
    if not spans:
        return None
    held = Limit.parse(limit)
    values: Sequence[float | None] = cell.get("values", ())
    if len(values) == len(spans):
        return max(zip(values, spans, strict=True), key=lambda pair: _badness(pair[0], held))[1]
    if cell["unit"] in ("s", "ms"):
        return max(spans, key=lambda span: _badness(span.end - span.start, held))
    return spans[0]


def _badness(value: float | None, limit: Limit) -> float:
    known = float("inf") if value is None else value
    if limit.compare in ("<", "<="):
        return known
    return -known if limit.compare in (">", ">=") else abs(known - limit.number)


def clock(seconds: float) -> str:
    """An instant of a recording as a player shows it, to the tenth: `01:04.2`."""
    tenths = round(seconds * 10)
    return f"{tenths // 600:02d}:{tenths % 600 // 10:02d}.{tenths % 10}"


def place(span: Span) -> str:
    """Where to listen: `at 00:14.2–00:17.2: went on speaking`."""
    note = f": {span.note}" if span.note else ""
    until = f"–{clock(span.end)}" if clock(span.end) != clock(span.start) else ""
    return f"at {clock(span.start)}{until}{note}"


def called(row: Row) -> str:
    """The scenario's name with what tells this call from its siblings: condition and repeat."""
    again = row["repeat"]
    axes = ", ".join(f"{axis.rpartition('.')[2]} {value}" for axis, value in row["condition"].items())
    return f"{row['scenario']}{f' [{axes}]' if axes else ''}{f' #{again + 1}' if again else ''}"


def recording(row: Row) -> str:
    """The call's recording, relative to the run's folder."""
    return f"calls/{row['call']}/call.wav"
