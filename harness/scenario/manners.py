"""How a caller carries itself: temperaments as numbers, each of which a single key overrides."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from harness import plugins
from harness.scenario import Manners, VoiceSpec, kinds
from harness.scenario.kinds import Field, Kind
from harness.scenario.places import Place
from harness.scenario.plugged import check_voice
from harness.scenario.positions import Node, bad
from harness.scenario.script import seconds

RATES = (0.5, 2.0)
"""How much slower or faster than its own a caller may speak."""

TEMPERAMENTS: Mapping[str, tuple[Manners, float]] = {
    "patient": (Manners(breath=0.6, hesitation=0.2, patience=20.0, yields="gives_way"), 1.0),
    "hurried": (Manners(breath=0.15, hesitation=0.05, patience=6.0, yields="insists"), 1.2),
    "talkative": (Manners(breath=0.3, hesitation=0.2, patience=12.0, yields="finishes"), 1.1),
    "elderly_slow": (Manners(breath=1.2, hesitation=0.5, patience=20.0, yields="gives_way"), 0.8),
    "hard_of_hearing": (Manners(breath=0.9, hesitation=0.3, patience=15.0, yields="finishes"), 0.95),
}
"""Manners by name, and the factor on the voice's speaking rate."""

_YIELDS = get_args(get_type_hints(Manners)["yields"])


@dataclass(frozen=True, slots=True)
class Carriage:
    """Manners as they were written, and the factor on the voice's speaking rate."""

    manners: Manners
    rate: float = 1.0


def _rate(value: float, node: Node, _place: Place) -> float:
    if not RATES[0] <= value <= RATES[1]:
        raise bad(f"a caller speaks {RATES[0]:g} to {RATES[1]:g} times as fast as its voice does by itself", node)
    return value


_MANNERS = kinds.table(
    "manners",
    lambda: {
        "temperament": Field(
            kinds.one_of("a temperament", lambda: TEMPERAMENTS), "Manners by name, from which the keys beside it differ"
        ),
        "breath": Field(seconds, "The pause before the caller speaks, once the agent's turn has ended (default 0.4s)"),
        "hesitation": Field(seconds, "Each pause is drawn from breath ± this (default 0s)"),
        "patience": Field(seconds, "The longest wait for the agent to begin (default 12s)"),
        "rate": Field(
            kinds.made(kinds.number("a speaking rate"), _rate), "A factor on the voice's speaking rate (default 1)"
        ),
        "yields": Field(
            kinds.one_of("a manner of yielding", lambda: _YIELDS),
            "What the caller does when the agent cuts in on it (default finishes)",
        ),
    },
)


def _carriage(values: dict[str, Any], node: Node, _place: Place) -> Carriage:
    manners, rate = TEMPERAMENTS.get(values.get("temperament", ""), (Manners(), 1.0))
    breath = values.get("breath", manners.breath)
    hesitation = values.get("hesitation", min(manners.hesitation, breath))
    if hesitation > breath:
        raise bad("a hesitation longer than the breath would begin before the agent's turn ended", node)
    chosen = Manners(breath, hesitation, values.get("patience", manners.patience), values.get("yields", manners.yields))
    return Carriage(chosen, values.get("rate", rate))


carriage: Kind[Carriage] = kinds.made(_MANNERS, _carriage)
"""Manners: a temperament, single keys, or both."""


def at_rate(voice: VoiceSpec, rate: float, place: Place, node: Node) -> VoiceSpec:
    """The voice, speaking so many times as fast.

    Raises BadInput at the node where the voice has no speaking rate, or not that one.
    """
    if rate == 1.0:
        return voice
    engine = plugins.load("voices", voice.engine)
    own = plugins.options(engine).get("rate")
    if own is None or own.default is inspect.Parameter.empty:
        raise bad(f"the voice {voice.engine} has no speaking rate that manners could change: add rate: 1", node)
    value = float(voice.options.get("rate", own.default)) * rate
    faster = VoiceSpec(voice.engine, {**voice.options, "rate": round(value) if own.annotation is int else value})
    return check_voice(faster, place, node)
