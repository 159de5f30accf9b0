from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import BadInput
from harness.scenario.positions import Listing, Table, Text, parse
from tests.scenario.writing import PLAIN, adding, refused, steps

QUOTES = "put the text in quotes"


def scalar(text: str, key: str) -> str:
    table = parse(text.encode(), "f.yaml")
    assert isinstance(table, Table)
    node = table.entries[key][1]
    assert isinstance(node, Text)
    return node.value


@pytest.mark.parametrize("written", ["15:00", "0123", "no", "2026-03-13", "1e3", "null", "~", "0x1F", "12_000", ".5"])
def test_every_scalar_stays_the_text_that_was_written(written: str) -> None:
    assert scalar(f"key: {written}", "key") == written


def test_everything_knows_its_line() -> None:
    table = parse(b"# why\n\na:\n  - b\n  - c: d\n", "f.yaml")
    assert isinstance(table, Table)
    mark, listing = table.entries["a"]
    assert isinstance(listing, Listing)
    assert (mark.line, [item.mark.line for item in listing.items]) == (3, [4, 5])


@pytest.mark.parametrize(
    ("text", "line", "value", "cure"),
    [
        (adding("expect:", "  wer: >= 90%"), 5, "wer: >= 90%", "put the limit in quotes"),
        (adding("expect:", "  wer: > 90%"), 5, "wer: > 90%", "put the limit in quotes"),
        (steps("say: *sigh* I am late."), 3, "- say: *sigh* I am late.", QUOTES),
        (steps("say: *sigh"), 3, "*sigh", QUOTES),
        (steps("say: & so on"), 3, "- say: & so on", QUOTES),
        (steps("say: &so on"), 3, "&so", QUOTES),
        (steps("say: !wow nice"), 3, "!wow", QUOTES),
        (steps("say: Look at this: a colon."), 3, "- say: Look at this: a colon.", "a colon"),
        (steps("say: 'tis me."), 3, "- say: 'tis me.", "a quote that isn't closed"),
        (steps("say: @home"), 3, "- say: @home", "quotes"),
        (steps("say: [a, b"), 3, "- say: [a, b", "bracket"),
        (steps("say: {en: yes #5}"), 3, "- say: {en: yes #5}", "#"),
        ("scenario: a\n<<: {tags: [b]}\n", 2, "<<", "merge keys"),
        (adding("tags: [a]", "tags: [b]"), 5, "tags", "the same key twice (first on line 4)"),
        (adding("truth:", "  reason: a", "  reason: b"), 6, "reason", "the same key twice (first on line 5)"),
        (adding("tags:", "\t- a"), 5, "- a", "a tab"),
        (PLAIN + "---\n" + PLAIN, 4, "---", "a second document"),
        ("%YAML 1.1\n---\n" + PLAIN, 1, "%", "directives"),
        (adding("? [a]", ": b"), 4, "[a]", "a key is a word"),
        (adding('"": b'), 4, None, "a key with no name"),
        (adding("x: " + "[" * 40), 4, None, "nested deeper"),
        (adding("no colon here", "tags: [a]"), 4, "no colon here", "no colon behind"),
        (steps('say: "\\ud800"'), 3, None, "surrogate"),
        (steps('say: "\\UFFFFFFFF"'), 3, "an escape that is no character", "not YAML"),
        (PLAIN + "# \x01\n", 4, "special characters are not allowed", "not YAML"),
    ],
)
def test_what_yaml_would_take_for_something_else_is_refused_with_the_cure(
    tmp_path: Path, text: str, line: int, value: str | None, cure: str
) -> None:
    problem = refused(tmp_path, text)
    assert (problem.line, problem.value or None) == (line, value)
    assert cure in problem.problem


def test_a_file_that_is_not_utf_8_is_refused_at_its_first_bad_byte(tmp_path: Path) -> None:
    problem = refused(tmp_path, b"scenario: caf\nscript:\n  - say: caf\xe9\n")
    assert (problem.line, problem.value) == (3, "0xe9")


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert scalar("\ufeffscenario: a", "scenario") == "a"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n", "---\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text).problem == "the file is empty"


def test_a_message_has_file_line_and_value() -> None:
    with pytest.raises(BadInput) as caught:
        parse(b"a: b\na: c\n", "scenarios/x.yaml")
    assert str(caught.value) == "scenarios/x.yaml:2: the same key twice (first on line 1): 'a'"
