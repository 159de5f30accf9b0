from __future__ import annotations

from pathlib import Path

import pytest

from harness.cli.checkup import EXTRAS, Part, lines, whole
from tests.cli.calling import Said, vahness


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def doctor(kept: Path) -> Said:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAHNESS_CACHE", str(kept))
        return vahness("doctor", "--json")


def test_every_part_of_the_core_is_tried_on_a_sentence(doctor: Said) -> None:
    assert doctor.code == 0
    found = {part["name"]: part["found"] for part in doctor.document if part["core"]}
    assert found["espeak"].startswith("said 7 words in ")
    assert found["pico"].startswith("said 7 words in ")
    assert "I would like an appointment on Friday" in found["moonshine"]
    assert found["silero"].startswith("found the speech")


def test_the_extras_are_told_beside_it(doctor: Said) -> None:
    told = {part["name"]: part for part in doctor.document if not part["core"]}
    assert {f"[{extra}]" for extra in EXTRAS} <= set(told)
    assert all(part["whole"] or part["cure"] for part in told.values())


def test_nothing_that_was_tried_is_recalled_or_kept(doctor: Said, kept: Path) -> None:
    assert [path.name for path in kept.iterdir()] == ["doctor"]
    assert {part["name"]: part["found"] for part in doctor.document}["cache"] == str(kept)


BROKEN = Part("pico", "a voice", False, "it says nothing", "pip install 'py-nanotts==0.1.1'")
FINE = Part("espeak", "a voice", True, "said 7 words")
EXTRA = Part("[app]", "the app", False, "without streamlit", "pip install streamlit", core=False)


def test_the_core_is_whole_only_if_each_of_its_parts_is() -> None:
    assert whole([FINE, EXTRA])
    assert not whole([FINE, BROKEN])


def test_what_is_missing_is_told_with_its_cure() -> None:
    told = list(lines([FINE, BROKEN, EXTRA]))
    assert told[1:] == [
        "  ✓ there   espeak  a voice: said 7 words",
        "  ✗ BROKEN  pico    a voice: it says nothing",
        "                    cure: pip install 'py-nanotts==0.1.1'",
        "  - absent  [app]   the app: without streamlit",
        "                    cure: pip install streamlit",
        "the core is not whole: no call can be made",
    ]
