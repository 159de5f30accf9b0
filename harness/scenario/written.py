"""An effect in words, its options as their author wrote them."""

from __future__ import annotations

from typing import get_args

from harness import plugins
from harness.errors import BadInput
from harness.scenario import Effect
from harness.text.quantities import Quantity


def in_words(effect: Effect) -> str:
    """What an effect is and is set to: `packet loss: loss 2 %, burst 0.08 s`."""
    named = ", ".join(f"{name} {_with_unit(effect.name, name, value)}" for name, value in effect.options.items())
    return f"{effect.name.replace('_', ' ')}{f': {named}' if named else ''}"


def _with_unit(effect: str, option: str, value: object) -> str:
    """An option's value with its unit, where this installation has the effect."""
    if not isinstance(value, float):
        return str(value)
    try:
        known = plugins.options(plugins.load("effects", effect)).get(option)
    except BadInput:
        known = None
    for told in get_args(known.annotation)[1:] if known else ():
        if isinstance(told, Quantity):
            unit, size = told.units[0]
            return f"{value / size:g} {unit}"
    return f"{value:g}"
