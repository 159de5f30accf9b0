"""docs/licences.md says what is so: every distribution that a run may load, under the licence it states of itself."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import pytest

TABLE = Path(__file__).parent.parent / "docs" / "licences.md"

ROWS = {
    name: rest
    for name, rest in re.findall(r"^\| ([a-z0-9-]+) \| (.+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    if name not in ("distribution", "what")
}

FAMILIES = {
    "LGPL": r"LGPL|Lesser General Public",
    "GPL": r"\bGPL|GNU General Public",
    "MPL": r"MPL|Mozilla",
    "Apache": r"Apache",
    "BSD": r"BSD",
    "MIT": r"\bMIT\b",
    "ISC": r"ISC",
    "PSF": r"PSF|Python Software Foundation",
}


def asked_for() -> set[str]:
    """The distributions that vahness and its extras for running depend on."""
    wanted = set()
    for requirement in requires("vahness") or ():
        if "extra == 'test'" not in requirement.replace('"', "'"):
            found = re.match(r"[\w.-]+", requirement)
            assert found
            wanted.add(found[0].lower())
    return wanted


def stated(distribution: str) -> str:
    """What an installed distribution says of its licence: its first words, or its classifiers."""
    told = metadata(distribution)
    named = [told[name].partition("\n")[0] for name in ("License-Expression", "License") if name in told]
    said = named[0] if named else ""
    classifiers = [line for line in told.get_all("Classifier") or () if line.startswith("License")]
    return said if family(said) else " ".join(classifiers)


def family(licence: str) -> str | None:
    """The kind of licence that is named first."""
    found = [(match.start(), name) for name, pattern in FAMILIES.items() if (match := re.search(pattern, licence))]
    return min(found)[1] if found else None


def test_every_distribution_that_a_run_may_load_is_in_the_table_and_no_other() -> None:
    assert set(ROWS) == asked_for()


@pytest.mark.parametrize("distribution", sorted(ROWS))
def test_the_licence_is_the_one_that_the_distribution_states(distribution: str) -> None:
    licence, _, note = ROWS[distribution].partition(" | ")
    assert family(licence), f"no licence that is known: {licence}"
    try:
        said = stated(distribution)
    except PackageNotFoundError:
        assert "only" in note, "what isn't installed here says where it would be"
        return
    if family(said) is None:
        assert note.startswith("*by hand:*")
    else:
        assert family(licence) == family(said)
        assert "*by hand" not in note
