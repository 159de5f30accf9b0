"""What is written into a run's folder when it ends: junit.xml, summary.md, and the tables."""

from __future__ import annotations

from collections.abc import Sequence

from harness.errors import BadInput
from harness.reporting.junit import junit
from harness.reporting.reasons import Row
from harness.reporting.summary import summary
from harness.reporting.tables import write_tables
from harness.run.folder import RunFolder, replace_text
from harness.score import Judged


def write_reports(
    run: RunFolder, rows: Sequence[Row], gates: Sequence[Judged], heading: str, in_part: str | None = None
) -> tuple[str, ...]:
    """Write a run's reports beside its rows, each at once; gives the names of the files.

    in_part: why no gate could be judged on the whole run, where it isn't whole.
    Raises BadInput where the folder can't be written.
    """
    try:
        replace_text(run.path / "junit.xml", junit(rows, gates, name=heading))
        replace_text(run.path / "summary.md", summary(rows, gates, heading=heading, in_part=in_part))
        tables = write_tables(run, rows)
    except OSError as problem:
        raise BadInput("can't write the reports", file=run.path, value=problem.strerror) from problem
    return ("summary.md", "junit.xml", "calls.jsonl", *(("calls.parquet",) if tables else ()))
