"""An agent with one planted fault, by its name: what it does, and when, it logs to the sample."""

from __future__ import annotations

from collections.abc import Mapping

from harness.agents._behaviours import Planted
from harness.agents._choices import as_one_of, refuse
from harness.agents._faults import Fault
from harness.agents._faults_answers import ANSWERS
from harness.agents._faults_floor import FLOOR
from harness.agents._faults_handoff import HANDOFF
from harness.agents._faults_line import LINE
from harness.agents._faults_words import WORDS
from harness.speech import Voice

FAULTS: Mapping[str, Fault] = {**FLOOR, **ANSWERS, **LINE, **HANDOFF, **WORDS}
"""Every fault that can be planted."""


def faulty(*, voice: Voice, fault: str = "punctual", **given: str) -> Planted:
    """An agent that has one fault and is good otherwise; its `log` holds what it did, to the sample.

    fault: one of FAULTS, which also says what options it takes. It hears edges exactly, which takes a
    line without noise, and takes a sound shorter than 0.7 s for a murmur. What it logs it tells too, as
    `state {planted, sample}`. Raises BadInput for a fault or an option that isn't there or can't be read.
    """
    chosen = FAULTS[as_one_of("fault", fault, FAULTS)]
    refuse([name for name in given if name not in chosen.takes], chosen.takes)
    return chosen.make(chosen.chosen(voice, given))
