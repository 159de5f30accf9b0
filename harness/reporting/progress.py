"""How far a run is, on standard error: a bar where somebody watches, a line a call where nobody does."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from harness.reporting.outcome import standing
from harness.reporting.reasons import called
from harness.reporting.terminal import STANDINGS
from harness.score import Scorecard


class Watch:
    """Shows each scorecard as it comes: `with Watch() as on_card: run_suite(plan, on_card)`.

    doing: what the bar says is being done. console: where; standard error where none is given.
    """

    def __init__(self, doing: str = "ringing", console: Console | None = None) -> None:
        self._doing = doing
        self._console = console or Console(stderr=True, highlight=False)
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Watch:
        if self._console.is_terminal:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
            )
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._task = self._bar.add_task(self._doing, total=None)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, card: Scorecard, done: int, total: int) -> None:
        """Tell of one more call that has ended."""
        row = card.to_json()
        mark, word, style = STANDINGS[standing(row)]
        if self._bar is None or self._task is None:
            self._console.print(Text(f"[{done}/{total}] {mark} {word}  {called(row)}"), soft_wrap=True, highlight=False)
            return
        if standing(row) != "pass":
            self._bar.console.print(Text.assemble((f"{mark} {word}", style), f"  {called(row)}"))
        self._bar.update(self._task, completed=done, total=total)
