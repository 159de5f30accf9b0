"""Which steps go together: what must stand between lines, and plans for one turn of the agent's that overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from harness.audio.sounds import LEAST
from harness.scenario import (
    Add,
    Backchannel,
    Cough,
    FalseStart,
    Filler,
    Interrupt,
    Line,
    NoiseBurst,
    Say,
    SideSpeech,
    Step,
)
from harness.scenario.positions import Node, bad

FASTEST = 22.0
"""Letters a second that no voice exceeds: how long a line lasts at least."""

_Murmur: TypeAlias = Backchannel | Cough | NoiseBurst | SideSpeech


def check_order(steps: Sequence[Step], nodes: Sequence[Node]) -> None:
    """Refuse a step where it can't be done, with its line.

    A filler lies between two lines of one turn, a false start before a line, an added turn behind
    one. Sounds over the same turn of the agent's (a murmur, and what follows it) come one after
    another; what a file can't tell, such as how long the agent speaks, is seen in the call.
    """
    for i, (step, node) in enumerate(zip(steps, nodes, strict=True)):
        before = steps[i - 1] if i else None
        after = steps[i + 1] if i + 1 < len(steps) else None
        if isinstance(step, Filler) and not isinstance(before, Say | FalseStart | Filler):
            raise bad("a filler lies inside the caller's own turn: put a say before it", node)
        if isinstance(step, Filler | FalseStart) and not isinstance(after, Say | FalseStart | Filler):
            raise bad("the caller keeps the floor here: put the say behind it with which its turn goes on", node)
        if isinstance(step, Add) and not isinstance(before, Say | Interrupt | Add):
            raise bad("an added turn follows one of the caller's own: put a say or an interrupt before it", node)
        if isinstance(step, _Murmur | Interrupt) and isinstance(before, _Murmur):
            _check_apart(before, step, node)


def _check_apart(before: _Murmur, step: _Murmur | Interrupt, node: Node) -> None:
    """Both lie over the same turn, as far as the file can tell."""
    if "silence" in (_during(before), _during(step)) or before.phrase is not None or step.phrase is not None:
        return
    if before.at is not None and step.at is not None and step.at <= before.at:
        raise bad(f"overlaps the step before, which is at {before.at:.0%} of the same turn of the agent's", node)
    if before.at is not None or step.at is not None:
        return
    end = before.after + _lasts(before)
    if step.after < end:
        span = f"{before.after:g} to at least {end:.2g} s"
        raise bad(f"overlaps the step before, which takes {span} of the same turn of the agent's", node)


def _during(step: _Murmur | Interrupt) -> str:
    return step.during if isinstance(step, Cough | NoiseBurst | SideSpeech) else "next turn"


def _lasts(step: _Murmur) -> float:
    """Seconds that a step sounds at least."""
    if isinstance(step, Cough | NoiseBurst):
        return LEAST
    return _letters(step.line) / FASTEST


def _letters(line: Line) -> int:
    return sum(character.isalnum() for piece in line for character in piece.text)
