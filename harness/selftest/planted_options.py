"""The options of a plant's agent, as they were drawn and as they are by default."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import parse_qsl

from harness.agents.faulty import FAULTS
from harness.selftest.plants import Plant


def options_of(plant: Plant) -> Mapping[str, str]:
    """What a faulty agent was asked to do, with the defaults of what it wasn't asked."""
    return _options(plant.agent)


@cache
def _options(agent: str) -> Mapping[str, str]:
    given = dict(parse_qsl(agent.partition("?")[2], keep_blank_values=True))
    fault = FAULTS[given["fault"]]
    numbers = {name: f"{number.default:g}{number.unit}" for name, number in fault.numbers.items()}
    return MappingProxyType({**numbers, **fault.texts, **given})
