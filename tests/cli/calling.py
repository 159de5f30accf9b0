"""The command line as a shell has it: arguments in; exit code, standard output and standard error out."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from harness.cli import main


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document that standard output is, to the last byte."""
        return json.loads(self.out)


def vahness(*arguments: object) -> Said:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    code: object = None
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
    return Said(code if isinstance(code, int) else 0 if code is None else 1, out.getvalue(), err.getvalue())


def names(listed: Mapping[str, Any], family: str) -> list[str]:
    """The names in a family of a listing."""
    return [entry["name"] for entry in listed[family]]
