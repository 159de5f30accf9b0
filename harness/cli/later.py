"""What the design names and this version doesn't have yet: said in one place, by one sentence."""

from __future__ import annotations

from collections.abc import Callable

import typer

from harness.errors import NotBuilt

COMMANDS = (
    "report",
    "compare",
    "ab",
    "baseline",
    "load",
    "resume",
    "app",
    "init",
    "new",
    "try",
    "say",
    "voices",
    "noise",
    "limit",
)
"""Commands to come. They take anything, are left out of `--help`, and exit 2."""


def add_commands(app: typer.Typer) -> None:
    """Give the app each command to come, so that its name isn't taken for a slip."""
    for name in COMMANDS:
        settings = {"allow_extra_args": True, "ignore_unknown_options": True}
        app.command(name, hidden=True, add_help_option=False, context_settings=settings)(_refusing(f"vahness {name}"))


def _refusing(what: str) -> Callable[[], None]:
    def refuse() -> None:
        raise NotBuilt(f"{what} isn't built yet")

    return refuse
