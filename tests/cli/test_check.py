from __future__ import annotations

from pathlib import Path

from harness.scenario.places import shipped
from tests.cli.calling import vahness

SCENARIO = """scenario: A booking
script:
  - say: I'd like an appointment on the twelfth of March.
  - interrupt: {after: 1s, kind: correction, say: "Not the twelfth, the thirteenth of March."}
  - press: "9266"
truth:
  reason: book an appointment
  entities:
    date: {value: 2026-03-13, was: 2026-03-12}
    order: {value: "9266", type: code}
    name: NAME
  outcome: {book: {date: 2026-03-13, time: "15:00"}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "booking.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_truth_that_comes_with_vahness_is_uttered() -> None:
    said = vahness("check", shipped())
    assert (said.code, said.out) == (0, "every truth is uttered\n")


def test_a_truth_that_the_script_never_utters_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    path = written(tmp_path, SCENARIO.replace("NAME", "Asha Rao"))
    said = vahness("check", path)
    assert said.code == 1
    assert said.out.splitlines() == [
        f"{path}:11: the caller never says name: 'Asha Rao'",
        f"{path}:12: the caller never says time of book: '15:00'",
    ]
    assert [row["line"] for row in vahness("check", path, "--json").document] == [11, 12]


def test_what_it_was_before_must_be_uttered_too(tmp_path: Path) -> None:
    text = (
        SCENARIO.replace("    name: NAME\n", "")
        .replace(', time: "15:00"', "")
        .replace("was: 2026-03-12", "was: 2026-05-20")
    )
    said = vahness("check", written(tmp_path, text))
    assert [line.partition(": ")[2] for line in said.out.splitlines()] == [
        "the caller never says what date was: '2026-05-20'",
    ]


def test_a_condition_is_named_where_only_some_are_wrong(tmp_path: Path) -> None:
    text = SCENARIO.replace("    name: NAME\n", "").replace(', time: "15:00"', "")
    path = written(tmp_path, text + 'matrix:\n  truth.entities.order.value: ["9266", "7777"]\n')
    found = vahness("check", path, "--json").document
    assert [(row["line"], row["value"]) for row in found] == [(10, "7777")]
    assert "7777" in found[0]["condition"]


def test_bad_input_is_bad_input(tmp_path: Path) -> None:
    assert vahness("check", tmp_path / "none").code == 2
