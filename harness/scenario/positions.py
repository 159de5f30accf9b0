"""YAML with positions: every value stays the text that was written, and knows its file and line.

What YAML would quietly turn into something else is refused here, with the cure: a comment that
eats the end of a sentence, an alias where a text begins with `*`, a limit read as a block of text.
Source: YAML 1.1, as PyYAML's parser has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

import yaml
import yaml.reader

from harness.errors import BadInput

_DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something is written."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as it was written.

    plain: without quotes. block: as YAML's block text (`|` or `>`). cut: a comment follows it on
    its line, which in a sentence is seldom meant.
    """

    mark: Mark
    value: str
    plain: bool = True
    block: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A sequence."""

    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping: key → (where the key stands, its value), in the order written."""

    mark: Mark
    entries: Mapping[str, tuple[Mark, Node]]


Node: TypeAlias = Text | Listing | Table


def written(node: Node) -> str:
    """A node in brief, as it's shown in a message and named in a condition."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Listing):
        return "[" + ", ".join(written(item) for item in node.items) + "]"
    return "{" + ", ".join(f"{key}: {written(value)}" for key, (_, value) in node.entries.items()) + "}"


def bad(problem: str, at: Node | Mark, value: object | None = None, known: Iterable[str] = ()) -> BadInput:
    """The error for something written at a place; without a value, what is written there is shown."""
    mark = at if isinstance(at, Mark) else at.mark
    shown = written(at) if value is None and not isinstance(at, Mark) else value
    if isinstance(shown, str) and len(shown) > 80:
        shown = shown[:79] + "…"
    return BadInput(problem, file=mark.file, line=mark.line, value=shown, known=known)


def read_bytes(path: Path, file: str) -> bytes:
    """A file's bytes. Raises BadInput where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise BadInput("can't read the file", file=file, value=problem.strerror) from problem
    except ValueError as problem:  # a path with a NUL in it
        raise BadInput("can't read the file", file=file, value=problem) from problem


def parse(content: bytes, file: str) -> Node:
    """The one document in a YAML file.

    Raises BadInput, with the line, for what isn't UTF-8 or isn't YAML, for an empty file, and for
    tabs, tags, anchors, aliases, merge keys, duplicate keys and a second document.
    """
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        byte = f"0x{content[problem.start]:02x}"
        raise BadInput("not UTF-8: save the file as UTF-8", file=file, line=line, value=byte) from problem
    lines = source.splitlines()
    for number, line_text in enumerate(lines, 1):
        if "\t" in line_text:
            raise BadInput("a tab: indent with spaces", file=file, line=number, value=line_text.strip()[:80])
    loader = yaml.SafeLoader("")
    try:
        loader = yaml.SafeLoader(source)
        return _Builder(source, file, loader).document()
    except yaml.MarkedYAMLError as problem:
        raise _not_yaml(problem, lines, file) from problem
    except yaml.reader.ReaderError as problem:
        number = source[: problem.position].count("\n") + 1
        raise BadInput("not YAML", file=file, line=number, value=problem.reason) from problem
    except (ValueError, OverflowError) as problem:  # an escape that stands for no character
        number = loader.get_mark().line + 1
        raise BadInput("not YAML", file=file, line=number, value="an escape that is no character") from problem


_CURES = (
    ("scanning a block scalar", "an unquoted > or | begins YAML's block text: put the limit in quotes"),
    ("scanning an alias", "an unquoted * begins YAML's alias: put the text in quotes"),
    ("scanning an anchor", "an unquoted & begins YAML's anchor: put the text in quotes"),
    ("scanning a directive", "an unquoted % begins YAML's directive: put the text in quotes"),
    ("scanning a tag", "an unquoted ! begins YAML's tag: put the text in quotes"),
    ("parsing a tag", "an unquoted ! begins YAML's tag: put the text in quotes"),
    ("mapping values are not allowed", "a colon where none can be: put a text that holds one in quotes"),
    ("cannot start any token", "no text begins with this unquoted: put it in quotes"),
    ("sequence entries are not allowed", "a dash where none can be: put the text in quotes"),
    ("scanning a quoted scalar", "a quote that isn't closed"),
    ("parsing a flow", "a bracket that isn't closed, or a text with a comma, a bracket or a # that wants quotes"),
    ("could not find expected ':'", "a line with no colon behind its key"),
    ("expected <block end>", "what stands here doesn't belong: look at its indentation, or put the text in quotes"),
)


_OPENED = ("quoted scalar", "parsing a flow", "could not find expected ':'")
"""Problems that are seen later than where they stand."""


def _not_yaml(problem: yaml.MarkedYAMLError, lines: list[str], file: str) -> BadInput:
    said = f"{problem.context or ''} {problem.problem or ''}"
    cure = next((cure for words, cure in _CURES if words in said), None)
    opened = problem.context_mark if any(words in said for words in _OPENED) else None
    mark = opened or problem.problem_mark or problem.context_mark
    number = min(mark.line + 1, max(len(lines), 1)) if mark else 1
    value = lines[number - 1].strip()[:80] if lines else None
    return BadInput(cure or f"not YAML ({problem.problem})", file=file, line=number, value=value)


_COMMENT = re.compile(r"[ ]*#")


class _Builder:
    """Nodes from the parser's events."""

    def __init__(self, source: str, file: str, loader: yaml.SafeLoader) -> None:
        self._source = source
        self._file = file
        self._next: Callable[[], yaml.Event] = loader.get_event

    def document(self) -> Node:
        self._next()  # the stream's start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise BadInput("the file is empty", file=self._file)
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            raise bad("YAML's directives aren't used here", self._mark(event), "%")
        root = self._node(self._next(), 0)
        self._next()  # the document's end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise bad("a second document: one file holds one", self._mark(event), "---")
        if root == Text(root.mark, ""):
            raise BadInput("the file is empty", file=self._file)
        return root

    def _mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        return Mark(self._file, start.line + 1 if start else 1)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        mark = self._mark(event)
        if depth > _DEEPEST:
            raise bad(f"nested deeper than {_DEEPEST}", mark)
        if isinstance(event, yaml.AliasEvent):
            raise bad("an unquoted * begins YAML's alias: put the text in quotes", mark, f"*{event.anchor}")
        node = cast(yaml.ScalarEvent, event)  # or a collection's start: they have the same two marks of an author's
        if node.anchor is not None:
            raise bad("an unquoted & begins YAML's anchor: put the text in quotes", mark, f"&{node.anchor}")
        if node.tag is not None:
            raise bad("an unquoted ! begins YAML's tag: put the text in quotes", mark, node.tag)
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                items.append(self._node(event, depth + 1))
            return Listing(mark, tuple(items))
        return self._table(mark, depth)

    def _text(self, event: yaml.ScalarEvent, mark: Mark) -> Text:
        if any("\ud800" <= character <= "\udfff" for character in event.value):
            raise bad("half of a surrogate pair is no character", mark)
        plain, block = event.style is None, event.style in ("|", ">")
        end = event.end_mark
        cut = plain and end is not None and _COMMENT.match(self._source, end.index) is not None
        return Text(mark, event.value, plain, block, cut)

    def _table(self, mark: Mark, depth: int) -> Table:
        entries: dict[str, tuple[Mark, Node]] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                raise bad("a key is a word", key)
            if key.value == "<<" and key.plain:
                raise bad("merge keys aren't used here: write the keys out", key)
            if not key.value:
                raise bad("a key with no name", key)
            if key.value in entries:
                first = entries[key.value][0].line
                raise bad(f"the same key twice (first on line {first})", key)
            entries[key.value] = (key.mark, self._node(self._next(), depth + 1))
        return Table(mark, entries)
