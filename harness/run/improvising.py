"""Callers that improvise, for a run: where their minds come from, and how they think beside a live call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.callers.improvised import Begin, Thought, at_once, improvised
from harness.chat import Chat, Kept, Replayed, Row, check_endpoint, keyless, language_model, read_rows
from harness.minds import Mind
from harness.minds.model import model
from harness.run.folder import open_run
from harness.scenario import Scenario
from harness.voices import speak

ANSWERS = "caller.jsonl"
"""The file in a call's folder that holds what the caller's mind was asked and answered."""


@dataclass(frozen=True, slots=True)
class Minds:
    """What decides for callers that improvise.

    model: a language model by name, and url: its endpoint, None for OpenAI's. replay: an earlier run's
    folder, whose answers are given again; what was never asked there is asked of the model, if there is one.
    """

    model: str | None = None
    url: str | None = None
    replay: Path | None = None

    def missing(self, scenario: Scenario) -> str | None:
        """Why there is no mind for a scenario; None where there is one."""
        if self.replay is not None and self._kept(scenario).is_file():
            return None
        if self.model is not None:
            return keyless(self.url)
        if self.replay is not None:
            return f"{self.replay} holds no answers of the caller's of this call: give --caller-model too"
        return "its caller improvises, and there is nothing to think with: give --caller-model, or --replay"

    def to_json(self) -> dict[str, Any]:
        """What a run is described by: nothing, where no caller improvises by these."""
        told = {"model": self.model, "url": self.url, "replay": None if self.replay is None else str(self.replay)}
        return {"caller": told} if any(told.values()) else {}

    def _kept(self, scenario: Scenario) -> Path:
        return Path() if self.replay is None else self.replay / "calls" / scenario.id / ANSWERS

    def chat(self, scenario: Scenario) -> Chat:
        """Whoever answers for the caller of a scenario. Raises BadInput where kept answers can't be read."""
        asked: Chat | None = None
        if self.model is not None and keyless(self.url) is None:
            asked = language_model(self.model, url=self.url, seed=scenario.seed)
        kept = self._kept(scenario)
        if self.replay is not None and kept.is_file():
            asked = Replayed(read_rows(kept), asked)
        assert asked is not None, "it is asked first whether anything is missing"
        return asked


NO_MINDS = Minds()


def minds_for(model: str | None, url: str | None, replay: Path | None) -> Minds:
    """What was asked for, checked: raises BadInput for a URL that is none, or without a model, or no run to replay."""
    check_endpoint(url, model, "--caller-model")
    if replay is not None:
        open_run(replay)
    return Minds(model, url, replay)


@dataclass(frozen=True, slots=True)
class Improviser:
    """A caller that improvises, and what its mind has answered so far."""

    caller: improvised
    rows: list[Row]

    def again(self, scenario: Scenario) -> improvised:
        """One more of the same, which decides as this one did wherever it is asked the same."""
        return caller_of(scenario, model(scenario, Replayed(tuple(self.rows))))


def caller_of(scenario: Scenario, mind: Mind, begin: Begin = at_once) -> improvised:
    """The caller of a scenario, with this mind and with its own voice."""
    return improvised(scenario, speak=speak, mind=mind, begin=begin)


@contextmanager
def improviser(scenario: Scenario, minds: Minds, *, live: bool) -> Iterator[Improviser]:
    """The caller of a scenario with a goal, for one call. live: it thinks in a thread, and no frame waits for it."""
    with ExitStack() as stack:
        kept = Kept(minds.chat(scenario))
        begin = stack.enter_context(beside()) if live else at_once
        yield Improviser(caller_of(scenario, model(scenario, kept), begin), kept.rows)


@contextmanager
def beside() -> Iterator[Begin]:
    """A thread to think in: the thought is there when it is there."""
    pool = ThreadPoolExecutor(1)

    def begin(think: Callable[[], Thought]) -> Future[Thought]:
        return pool.submit(think)

    try:
        yield begin
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
