"""Placing one call: from a scenario to a recording on disk and its scorecard."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from harness import __version__, conversation, recording
from harness.audio import FRAME, Samples
from harness.audio.peaks import peaks
from harness.audio.snr import achieved_snr
from harness.call.world import Coupled, Effect
from harness.chat import Row, write_rows
from harness.errors import BadInput, VahnessError
from harness.listening.turns import listen
from harness.run.control import controlled
from harness.run.declared import as_declared
from harness.run.desk import Desk, Order
from harness.run.ears import ears
from harness.run.human_leg import keep_leg
from harness.run.improvising import ANSWERS, Improviser, improviser
from harness.run.preparing import Ready, band_behind, prepare
from harness.run.recognising import recognised_as_asked
from harness.run.scoring import scorecard, unjudged
from harness.run.simulated import simulate
from harness.scenario import Scenario
from harness.scenario.saved import save as save_scenario
from harness.score import Scorecard, Status
from harness.timeline import HungUp


def place(scenario: Scenario, desk: Desk) -> Scorecard:
    """Make the call, keep the recording, listen to it and score it.

    Our own failing voids the call and is said; a scenario that can't be used is raised as BadInput. Without
    a mind for a caller that improvises there is no call.
    """
    try:
        if scenario.goal is None:
            return _scored(make_recording(scenario, desk), scenario, desk)
        missing = desk.order.minds.missing(scenario)
        if missing is not None:
            return _empty(scenario, desk.order, "not_run", missing)
        with improviser(scenario, desk.order.minds, live=desk.ring is not None) as one:
            made = make_recording(scenario, desk, one.caller)
        return _scored(made, replace(scenario, steps=one.caller.steps), desk, one)
    except BadInput:
        raise
    except Exception as fault:  # noqa: BLE001 - the one place that catches all: our failing is not the agent's
        why = str(fault) if isinstance(fault, VahnessError) else f"{type(fault).__name__}: {fault}"
        return void(scenario, desk.order, why)


def _scored(made: recording.Recording, scenario: Scenario, desk: Desk, one: Improviser | None = None) -> Scorecard:
    """A call listened to, kept and scored. scenario: with the steps that were done; one: who improvised them."""
    if desk.order.control:
        made = controlled(made, scenario, desk, lambda: None if one is None else one.again(scenario))
    understood = listen(made, recogniser=desk.recogniser)
    understood = recognised_as_asked(understood, scenario, desk.recogniser)
    keep(made, understood, scenario, desk.order.calls, () if one is None else one.rows)
    with desk.order.judging.of(desk.order.calls / scenario.id) as judge:
        return scorecard(understood, scenario, agent=desk.order.agent, shell=desk.shell, judge=judge)


def void(scenario: Scenario, order: Order, why: str) -> Scorecard:
    """The scorecard of a call that our side failed: it says nothing about the agent."""
    return _empty(scenario, order, "void", why)


def _empty(scenario: Scenario, order: Order, status: Status, why: str) -> Scorecard:
    return Scorecard(
        call=scenario.id,
        scenario=scenario.name,
        file=scenario.file,
        agent=order.agent,
        seed=scenario.seed,
        shell="live" if order.live else "simulated",
        status=status,
        why=why,
        condition=scenario.condition,
        repeat=scenario.repeat,
        expect=unjudged(scenario),
    )


def make_recording(scenario: Scenario, desk: Desk, caller: Ready | None = None) -> recording.Recording:
    """Ring the agent with this scenario, and give what both sides heard; caller: as `prepare` has it."""
    lateness = None
    with ears(desk.recogniser, live=desk.ring is not None) as heard_with:
        call, effects = prepare(scenario, caller=caller, ears=heard_with)
        if desk.ring is not None:
            lateness = desk.ring(call, scenario.id)
        elif desk.agent is not None:
            simulate(call, desk.agent())
    provenance = {
        "vahness": __version__,
        "call": scenario.id,
        "agent": desk.order.agent,
        "shell": desk.shell,
        "seed": scenario.seed,
        "scenario": scenario.digest,
    }
    made = call.recording(provenance, lateness)
    if effects:
        made = replace(made, provenance={**provenance, **achieved(made, effects)})
    file = desk.order.file
    return made if file is None else as_declared(made, file, intake=desk.ring is not None and file.port is not None)


def achieved(made: recording.Recording, effects: Sequence[Effect]) -> dict[str, float]:
    """What the world did, measured on what was sent: `achieved_snr` in dB, `achieved_loss` as a ratio."""
    found: dict[str, float] = {}
    lost = [frame for effect in effects for frame in getattr(effect, "lost", ())]
    if any(hasattr(effect, "gain") for effect in effects):
        # Behind the hang-up the line is dead: the noise has ended with it.
        ended = next((event.at for event in made.events if isinstance(event, HungUp)), len(made.sent))
        whole = ended // FRAME * FRAME
        back = returned(made.heard[:whole], effects)
        snr = achieved_snr(made.clean[:whole], made.sent[:whole], band_behind(effects), lost, back)
        if snr is not None:
            found["achieved_snr"] = round(snr, 3)
    for effect in effects:
        if hasattr(effect, "loss"):
            found["achieved_loss"] = round(effect.loss, 5)
    return found


def returned(heard: Samples, effects: Sequence[Effect]) -> Samples | None:
    """What was sent of the agent's own sound, as the effects behind its return leave it; None where none does."""
    back = [
        band_behind(effects[i + 1 :])(effect.returned(heard))
        for i, effect in enumerate(effects)
        if isinstance(effect, Coupled)
    ]
    return np.sum(back, axis=0, dtype=np.float32) if back else None


def keep(
    made: recording.Recording,
    understood: conversation.Conversation,
    scenario: Scenario,
    calls: Path,
    answers: Sequence[Row] = (),
) -> None:
    """Write the call's folder under `calls`, so that it is there whole or not at all.

    answers: what the mind of a caller that improvised was asked and answered.
    """
    folder = calls / scenario.id
    unfinished = folder.with_name(f".{folder.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    recording.save(made, unfinished)
    conversation.save(understood, unfinished)
    save_scenario(scenario, unfinished)
    keep_leg(understood, scenario, unfinished)
    if answers:
        write_rows(unfinished / ANSWERS, answers)
    np.save(unfinished / "peaks.npy", peaks([made.sent, made.heard]))
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
