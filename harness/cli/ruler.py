"""What a selftest found, as text: a table of timings, one of verdicts, the dialogues, and all that is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from harness.selftest.listened import LISTENED
from harness.selftest.rows import Row, Value
from harness.selftest.selftest import Report
from harness.text.counting import counted


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    calls = len(report.asked.numbers)
    yield f"{counted(calls, 'plant')} of seed {report.asked.seed}, {'live' if report.asked.live else 'simulated'}"
    yield ""
    yield f"{'timing':36} {'n':>5} {'bias':>9} {'p95 error':>10} {'worst':>9} {'asked':>8}"
    for t in report.timings:
        bias, p95, worst, asked = (_figure(value, t.unit) for value in (t.bias, t.p95, t.worst, t.asked))
        mark = "" if t.right else "  WRONG"
        yield f"{t.score:36} {t.n:>5} {bias:>9} {p95:>10} {worst:>9} {asked:>8}{mark}"
    yield ""
    yield f"{'verdict':36} {'':24} {'planted':>8} {'precision':>10} {'recall':>7}"
    for v in report.verdicts:
        mark = "" if v.right else "  WRONG"
        yield f"{v.score:36} {v.label:24} {v.planted:>8} {_share(v.precision):>10} {_share(v.recall):>7}{mark}"
    yield from _dialogues(report)
    yield from _listed(report)
    yield "the ruler is right" if report.right else "THE RULER IS WRONG"


def progress(done: int, total: int) -> None:
    """Say on standard error how many plants are done, every tenth."""
    if done == total or done % 10 == 0:
        print(f"{done} of {counted(total, 'plant')}", file=sys.stderr, flush=True)


def _dialogues(report: Report) -> Iterator[str]:
    heard = [row for row in report.rows if row.shell == LISTENED]
    if heard:
        yield ""
        yield f"{'dialogues':48} {'edges':28} {'asked':>6} {'found':>6}"
    for row in heard:
        mark = "" if row.right else "  WRONG"
        yield f"{row.kind:48} {row.score:28} {_value(row.planted):>6} {_value(row.measured):>6}{mark}"
    yield ""


def _listed(report: Report) -> Iterator[str]:
    wrong = [row for row in report.wrong if row.shell != LISTENED]
    for row in wrong:
        yield f"WRONG  {_told(row)}"
        yield f"       {row.note}" if row.note else "       nothing was said of it"
        yield f"       again: vahness selftest --seed {report.asked.seed} --plant {row.plant}{_live(report)}"
        yield f"       agent: {row.agent}"
    for row in report.spoiled:
        yield f"not measured  {row.kind}, plant {row.plant}: {row.score}: {row.note}"


def _told(row: Row) -> str:
    return f"{row.kind}, plant {row.plant}: {row.score} planted {_value(row.planted)}, measured {_value(row.measured)}"


def _live(report: Report) -> str:
    return " --live" if report.asked.live else ""


def _value(value: Value) -> str:
    return f"{value:.4g}" if isinstance(value, int | float) else "never" if value is None else value


def _figure(value: float, unit: str) -> str:
    return f"{1000 * value:.1f} ms" if unit == "s" else f"{100 * value:.2f} %"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
