"""Plain data in words: what an agent told of itself, as somebody reads it who writes no code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def in_words(value: Any) -> str:
    """A value as one reads it: `status: delayed, days: 2`; yes or no for what is so or isn't, – for nothing.

    What is inside something else stands in brackets: `items: (name: tea, left: no); (name: milk)`.
    """
    if value is None or value in ("", (), [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_inside(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_inside, value))
    return str(value)


def _inside(value: Any) -> str:
    told = in_words(value)
    return f"({told})" if isinstance(value, Mapping) and value else told
