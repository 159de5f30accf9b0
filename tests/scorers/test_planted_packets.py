from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from bench.packets import DAMAGES, call_of, drawn, mistakes, silent


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_verdict_on_a_packet_is_the_one_that_was_planted(kind: str) -> None:
    random = Random(kind)
    for number in range(4):
        planted = drawn(random, number)
        damage = DAMAGES[kind](kind, planted, random)
        assert mistakes(damage, planted, call_of(planted, damage)) == []


def test_a_plant_that_is_not_there_is_a_mistake() -> None:
    random = Random(1)
    planted = drawn(random, 0)
    stale = DAMAGES["stale"]("stale", planted, random)
    found = mistakes(replace(stale, fields={}), planted, call_of(planted, stale))
    assert [line.split()[:4] for line in found] == [["stale:", "date", "stale", "instead"]]


def test_of_an_agent_that_tells_nothing_nothing_is_measured_and_nothing_passes() -> None:
    assert silent() == (0, 0)
