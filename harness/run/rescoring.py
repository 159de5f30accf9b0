"""Scoring what was recorded before: no call is made, and the old recording stays as it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from harness import __version__, conversation, recording
from harness.errors import BadInput
from harness.listening.turns import listen
from harness.recognisers.moonshine import moonshine
from harness.run.folder import RunFolder, open_run
from harness.run.gates import judge_gates
from harness.run.human_leg import keep_leg
from harness.run.judging import NO_JUDGING, Judging
from harness.run.recognising import recognised_as_asked
from harness.run.scoring import scorecard
from harness.run.suite import Finished
from harness.scenario import Expectation
from harness.scenario.saved import load as load_scenario
from harness.score import Limit, Scorecard

WHOLE = ("call.wav", "clean.flac", "timeline.jsonl", "scenario.json")
"""What a call's folder must hold to be scored again."""


def is_ours(path: Path) -> bool:
    """Whether a path holds what we recorded: all but a sound file without what we keep beside one."""
    if not path.is_file():
        return True
    return path.name == "call.wav" and any((path.parent / name).is_file() for name in WHOLE[1:])


def rescore(
    path: Path,
    on_card: Callable[[Scorecard, int, int], None],
    *,
    recognise: bool = False,
    judging: Judging = NO_JUDGING,
) -> Finished:
    """Score a run's recordings again, or one call's: a run's folder, a call's, or its `call.wav`.

    A run's rows are put in the place of the old ones once every call is scored; one call alone
    changes no row on disk. recognise, judging: as in `score_folder`. Raises BadInput where there is no
    recording, or it can't be read.
    """
    if path.is_file() and path.name == "call.wav":
        path = path.parent
    if (path / "run.json").is_file():
        scored = partial(score_folder, recognise=recognise, judging=judging)
        return _rescore_run(open_run(path), on_card, scored, judging)
    if (path / "call.wav").is_file():
        _need_whole(path)
        started = time.monotonic()
        card = score_folder(path, recognise=recognise, judging=judging)
        on_card(card, 1, 1)
        return Finished(path, (card,), (), card.seconds, time.monotonic() - started, False, 1)
    raise BadInput("nothing to score: give a run's folder, or a call's call.wav", file=path)


def _need_whole(folder: Path) -> None:
    for name in WHOLE:
        if not (folder / name).is_file():
            raise BadInput("a call's recording is not whole: a file is missing", file=folder, value=name)


def score_folder(folder: Path, *, recognise: bool = False, judging: Judging = NO_JUDGING) -> Scorecard:
    """The scorecard of one call from its folder, listened to again.

    recognise: whether a recogniser is asked of everything, also of what the scenario expects nothing of.
    judging: who judges; where it is nobody, a judge that sat before gives its judgements again.
    """
    made = recording.load(folder)
    scenario = load_scenario(folder)
    ears = moonshine()
    understood = recognised_as_asked(listen(made, recogniser=ears), scenario, ears, everything=recognise)
    conversation.save(understood, folder)
    keep_leg(understood, scenario, folder)
    shell, agent = str(made.provenance.get("shell", "")), str(made.provenance.get("agent", ""))
    with judging.of(folder) as judge:
        return scorecard(understood, scenario, agent=agent, shell=shell, judge=judge)


def _rescore_run(
    run: RunFolder,
    on_card: Callable[[Scorecard, int, int], None],
    scored: Callable[[Path], Scorecard],
    judging: Judging,
) -> Finished:
    started = time.monotonic()
    kept = run.read()
    rows = kept.rows
    if not rows:
        raise BadInput("the run holds no call to be scored again", file=run.path)
    described = run.run
    limits = _gates(described, run.path)
    for row in rows:
        if row["status"] == "scored" or run.call(row["call"]).is_dir():
            _need_whole(run.call(row["call"]))
    cards: list[Scorecard] = []
    fresh = []
    for row in rows:
        if run.call(row["call"]).is_dir():
            card = scored(run.call(row["call"]))
            cards.append(card)
            fresh.append(card.to_json())
            on_card(card, len(cards), len(rows))
        else:
            # A call that was void or never made has nothing to listen to: it stands as it stood.
            cards.append(Scorecard.from_json(row))
            fresh.append(row)
    # Of a call that was never made, or whose row can't be read, nobody knows what it would have given.
    in_part = described.get("status") == "interrupted" or bool(kept.unread)
    gates = judge_gates(limits, [] if in_part else cards)
    run.rewrite(fresh, kept.unread)
    again = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "vahness": __version__, **judging.to_json()}
    before = described.get("rescored")
    run.write_run({**described, "rescored": [*(before if isinstance(before, list) else ()), again]})
    called = sum(card.seconds for card in cards)
    return Finished(run.path, tuple(cards), gates, called, time.monotonic() - started, False, len(cards))


def _gates(described: Mapping[str, Any], path: Path) -> tuple[Expectation, ...]:
    """The gates that a run was held against, as its `run.json` has them."""
    try:
        return tuple(
            Expectation(str(gate["score"]), Limit.parse(str(gate["limit"]))) for gate in described.get("gates", ())
        )
    except (KeyError, TypeError, BadInput) as problem:
        raise BadInput("not the gates of a run", file=path / "run.json", value=problem) from problem
