"""Scenarios written for a test, and what reading them comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import BadInput
from harness.scenario import Scenario
from harness.scenario.suite import read_suite

PLAIN = "scenario: Somebody calls\nscript:\n  - say: Hello.\n"


def write(folder: Path, text: str | bytes, name: str = "call.yaml") -> Path:
    """A file in a folder, which is made where it isn't there."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str) -> Scenario:
    """The one scenario that a text is."""
    suite = read_suite([write(folder, text)])
    assert len(suite.scenarios) == 1
    return suite.scenarios[0]


def refused(folder: Path, text: str | bytes) -> BadInput:
    """How a scenario's text is refused, which names its file."""
    path = write(folder, text)
    with pytest.raises(BadInput) as caught:
        read_suite([path])
    assert caught.value.file == str(path)
    return caught.value


def steps(*lines: str) -> str:
    """A scenario with this script; the first step stands on line 3."""
    return "scenario: Somebody calls\nscript:\n" + "".join(f"  - {line}\n" for line in lines)


def adding(*lines: str) -> str:
    """A plain scenario with these lines behind it; the first stands on line 4."""
    return PLAIN + "".join(f"{line}\n" for line in lines)
