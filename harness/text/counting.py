"""How many of something there are, in English."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 call`, `11 calls`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
