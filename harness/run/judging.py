"""Who judges a run's calls where words alone can't tell, and keeping what was asked and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness import plugins
from harness.chat import (
    Answer,
    Chat,
    Kept,
    Message,
    Replayed,
    Row,
    check_endpoint,
    keyless,
    language_model,
    read_rows,
    write_rows,
)
from harness.errors import CallVoid, PartMissing
from harness.score import Judge

JUDGED = "judge.jsonl"
"""The file in a call's folder that holds what a judge was asked and answered; empty where there was nothing to ask."""


@dataclass(frozen=True, slots=True)
class Judging:
    """Who judges.

    model: a language model by name, and url: its endpoint, None for OpenAI's. replay: an earlier run's folder,
    whose judgements are given again; what that model was never asked there is asked of it.

    Without a replay a model is asked anew; without a model a call's own folder gives its judgements again.
    """

    model: str | None = None
    url: str | None = None
    replay: Path | None = None

    def to_json(self) -> dict[str, Any]:
        """What a run is described by: nothing, where nobody judges by these."""
        return {"judge": {"model": self.model, "url": self.url}} if self.model is not None else {}

    @contextmanager
    def of(self, folder: Path) -> Iterator[Judge | None]:
        """Whoever judges the call in this folder; None where there is nobody.

        A judge that can't be asked voids no call: what it was to judge isn't measured, and says why. Raises
        BadInput where kept answers can't be read.
        """
        given = self._given(folder)
        if given is None and self.model is None:
            yield None
            return
        kept = Kept(Replayed(given or (), self._asked()))
        judge: Judge = plugins.load("judges", "model")(chat=kept)
        try:
            yield judge
        finally:
            _keep(folder / JUDGED, kept.rows)

    def _given(self, folder: Path) -> Sequence[Row] | None:
        """What is given again; None where no judge sat."""
        if self.replay is not None:
            rows = _read(self.replay / "calls" / folder.name / JUDGED)
            return None if rows is None else [row for row in rows if self.model in (None, row["by"])]
        return _read(folder / JUDGED) if self.model is None else None

    def _asked(self) -> Chat:
        if self.model is None:
            return _nobody("what is asked now was never asked of a judge: give --model")
        missing = keyless(self.url)
        if missing is not None:
            return _nobody(missing)
        try:
            return language_model(self.model, url=self.url)
        except PartMissing as problem:
            return _nobody(str(problem))


NO_JUDGING = Judging()


def judging_by(model: str | None, url: str | None, replay: Path | None = None) -> Judging:
    """What was asked for, checked: raises BadInput for a URL that is none, or without a model."""
    check_endpoint(url, model, "--model")
    return Judging(model, url, replay)


def _nobody(why: str) -> Chat:
    def chat(_messages: Sequence[Message]) -> Answer:
        raise CallVoid(why)

    return chat


def _read(path: Path) -> list[Row] | None:
    if not path.is_file():
        return None
    return read_rows(path) if path.stat().st_size else []


def _keep(path: Path, rows: Sequence[Row]) -> None:
    """Add what was answered now; an older answer to the same question goes, one to another stays."""
    asked = {row["asked"] for row in rows}
    older = [row for row in _read(path) or () if row["asked"] not in asked]
    beside = path.with_name(f".{path.name}")
    write_rows(beside, [*older, *rows])
    beside.replace(path)
