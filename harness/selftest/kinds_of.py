"""What a kind of plant is: how it is drawn, and which scores its truth is known of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.selftest.checks import Check
from harness.selftest.plants import Draw, Plan


@dataclass(frozen=True, slots=True)
class Kind:
    """One way for an agent to be at fault.

    noisy: it has a floor of noise, which its truth is taken without. echoing: its voice comes back, and
    it knows when to the sample, as nobody does who is heard over a wire.
    """

    about: str
    agent: str
    plan: Callable[[Draw], Plan]
    checks: tuple[Check, ...]
    noisy: bool = False
    echoing: bool = False
