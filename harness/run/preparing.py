"""A call made ready: the caller with all its lines as sound, and the world that they meet on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from harness import plugins
from harness.audio import Samples
from harness.call.acts import Caller, Rate
from harness.call.call import LONGEST, Call
from harness.call.overhearing import Ears
from harness.call.world import PLACES, Effect, Setting
from harness.callers.scripted import scripted
from harness.scenario import Scenario
from harness.scenario.beds import find_bed
from harness.statistics import generator
from harness.voices import speak


class Ready(Caller, Protocol):
    """A caller of a scenario's: `rates` is what it does beside all else."""

    @property
    def rates(self) -> tuple[Rate, ...]:
        """What it does again and again."""
        ...

    def speech(self) -> Samples:
        """What it says, end to end, or as loud: what the levels of the world are set against."""
        ...


def prepare(
    scenario: Scenario,
    *,
    caller: Ready | None = None,
    through: Callable[[Caller], Caller] | None = None,
    limit: float = LONGEST,
    rates_until: int | None = None,
    ears: Ears | None = None,
) -> tuple[Call, tuple[Effect, ...]]:
    """The call, ready to be stepped, and its world: every line of a script is sound already.

    caller: who decides what comes next, None for one that keeps to the script. through: what makes
    another caller of it. limit: seconds after which the caller hangs up. rates_until: the first step
    of those at a rate that isn't done any more. ears: the caller's, for words.
    """
    caller = scripted(scenario, speak=speak) if caller is None else caller
    effects = world(scenario, caller.speech())
    call = Call(
        caller if through is None else through(caller),
        manners=scenario.persona.manners,
        seed=scenario.seed,
        effects=effects,
        first=scenario.first,
        limit=limit,
        rates=caller.rates,
        rates_until=rates_until,
        ears=ears,
    )
    return call, effects


def world(scenario: Scenario, speech: Samples) -> tuple[Effect, ...]:
    """The scenario's effects in the order sound meets them.

    They are made from the network back to the scene, so that each knows the band that those
    behind it leave.
    """
    makers = [(plugins.load("effects", effect.name), effect.options) for effect in scenario.world]
    makers.sort(key=lambda made: PLACES.index(made[0].place))
    beside = Path(scenario.file).parent
    chain: list[Effect] = []
    for maker, options in reversed(makers):
        setting = Setting(
            speech=speech,
            draw=lambda purpose: generator(scenario.seed, purpose),
            bed=lambda name: find_bed(name, beside),
            band=band_behind(tuple(chain)),
        )
        chain.insert(0, maker(setting, **options))
    return tuple(chain)


def band_behind(behind: Sequence[Effect]) -> Callable[[Samples], Samples]:
    """What these effects, in their order, do to a sound's band."""

    def through(sound: Samples) -> Samples:
        for effect in behind:
            sound = effect.band(sound)
        return sound

    return through
