"""The caller's words as they were played, with what the agent made of each, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

from harness.audio import RATE
from harness.conversation import Conversation
from harness.reporting.reasons import clock
from harness.scorers.wer import Understood, understood
from harness.timeline import HeardAs, LineSaid

Kind: TypeAlias = Literal["equal", "substitute", "delete", "insert", "excused"]


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a word: `said` "" where it came from nowhere, `heard` "" where it was missed."""

    kind: Kind
    said: str
    heard: str


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of the caller's: when, what kind, as it was written, and word by word in normal form."""

    start: float
    end: float
    kind: str
    text: str
    language: str
    cut: bool
    steps: tuple[Step, ...]

    @property
    def errors(self) -> int:
        """Words substituted, missed or from nowhere."""
        return sum(step.kind not in ("equal", "excused") for step in self.steps)


def marked_lines(conversation: Conversation) -> tuple[MarkedLine, ...] | None:
    """The lines with their errors, as the score `wer` counts them; None where the agent told no transcript.

    A word from nowhere stands with the line of the word before it.
    """
    found = understood(conversation)
    if found is None:
        return None
    steps: list[list[Step]] = [[] for _ in found.lines]
    line = 0
    for op in found.ops:
        if op.reference is not None:
            line = found.due[op.reference].line
        if steps:
            steps[line].append(_step(found, op.kind, op.reference, op.hypothesis))
    return tuple(_marked(said, tuple(of)) for said, of in zip(found.lines, steps, strict=True))


def _step(found: Understood, kind: Kind, reference: int | None, hypothesis: int | None) -> Step:
    said = "" if reference is None else found.due[reference].text
    heard = "" if hypothesis is None else found.heard[hypothesis]
    return Step(kind, said, heard)


def _marked(line: LineSaid, steps: tuple[Step, ...]) -> MarkedLine:
    return MarkedLine(line.at / RATE, line.end / RATE, line.kind, line.text, line.language, line.cut, steps)


def transcripts_html(conversation: Conversation) -> str:
    """The agent's own final transcripts of the caller, as it told them."""
    told = [event for event in conversation.recording.events if isinstance(event, HeardAs) and event.final]
    rows = "".join(
        f'<tr><td class="v-t">{clock(event.at / RATE)}</td><td>{escape(event.text)}</td></tr>' for event in told
    )
    return f'<table class="v-table"><tr><th>told at</th><th>the agent\'s own transcript</th></tr>{rows}</table>'


LEGEND = (
    '<p class="v-legend"><del>missed</del> · '
    '<span class="v-sub"><del>said</del>&#8201;→&#8201;<ins>heard</ins></span> · '
    '<ins class="v-new">+from nowhere</ins> · <span class="v-may">(may be missing)</span>. '
    "Words are compared in their normal form, aligned over the whole call.</p>"
)
"""What the marks mean. Each is a sign as well as a colour."""


def words_html(lines: tuple[MarkedLine, ...]) -> str:
    """The lines as a table: when, the words with their errors marked, and how many there are."""
    rows = "".join(
        f'<tr><td class="v-t">{clock(line.start)}</td><td class="v-k">{escape(_about(line))}</td>'
        f'<td>{" ".join(_words(line))}<div class="v-dim">{escape(line.text)}</div></td>'
        f'<td class="v-n">{_counted(line.errors)}</td></tr>'
        for line in lines
    )
    made = "what the agent made of it; below it, as it was written"
    head = f"<tr><th>at</th><th>line</th><th>{made}</th><th>errors</th></tr>"
    return f'{LEGEND}<table class="v-table">{head}{rows}</table>'


def _about(line: MarkedLine) -> str:
    return f"{line.kind} · {line.language}{' · cut short' if line.cut else ''}"


def _counted(errors: int) -> str:
    return "✓ none" if not errors else f"✗ {errors}"


def _words(line: MarkedLine) -> Iterator[str]:
    for step in line.steps:
        said, heard = escape(step.said), escape(step.heard)
        if step.kind == "equal":
            yield said
        elif step.kind == "substitute":
            yield f'<span class="v-sub"><del>{said}</del>&#8201;→&#8201;<ins>{heard}</ins></span>'
        elif step.kind == "delete":
            yield f"<del>{said}</del>"
        elif step.kind == "insert":
            yield f'<ins class="v-new">+{heard}</ins>'
        else:
            yield f'<span class="v-may">({said})</span>'
