"""The leg behind a handoff as a reader meets it: what the human asked, what the caller answered, and its sound."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from harness.reporting.reasons import clock
from harness.run.human_leg import SOUND, HumanLeg, HumanLine


def leg_html(leg: HumanLeg) -> str:
    """The lines with when they are heard, why each was asked, and what a human would notice besides."""
    head = "<tr><th>at</th><th></th><th>said</th><th>why it was asked</th></tr>"
    html = f'<p>{escape(summed(leg))}</p><table class="v-table">{head}{"".join(map(_row, leg.lines))}</table>'
    noted = "; ".join(_noted(leg))
    return f'{html}<p class="v-dim">Noticed, not asked: {escape(noted)}.</p>' if noted else html


def leg_sound(folder: Path) -> bytes | None:
    """The leg's sound as a WAV file, the caller left and the human right; None where there is none."""
    path = folder / SOUND
    return path.read_bytes() if path.is_file() else None


def summed(leg: HumanLeg) -> str:
    """What the leg comes to, in one sentence."""
    asked, again = leg.asked(again=False), leg.asked(again=True)
    if not asked:
        return "The human had everything, and asked for nothing."
    told = f"The human asked {len(asked)} {'question' if len(asked) == 1 else 'questions'}"
    if not again:
        return f"{told}, none for what the caller had said in the call."
    return f"{told}; {brief(leg)}."


def brief(leg: HumanLeg) -> str | None:
    """What the caller had to say again and what it cost; None where that was nothing."""
    again = leg.asked(again=True)
    if not again:
        return None
    spent = "" if leg.seconds_again is None else f" ({leg.seconds_again:.1f} s of the caller's time)"
    return f"the human had to ask again: {', '.join(line.about or '' for line in again)}{spent}"


def _row(line: HumanLine) -> str:
    at = "" if line.start is None else clock(line.start)
    why = _why(line)
    mark = f'<td class="{"v-bad" if line.again else "v-dim"}">{escape(why)}</td>' if why else "<td></td>"
    return f'<tr><td class="v-t">{at}</td><td class="v-k">{line.who}</td><td>{escape(line.text)}</td>{mark}</tr>'


def _why(line: HumanLine) -> str:
    if line.who != "human" or line.about is None:
        return ""
    why = f"{line.about}: {line.why}"
    return f"✗ {why}; the caller had said it" if line.again else f"{why}; the caller had not said it"


def _noted(leg: HumanLeg) -> Iterator[str]:
    for one in leg.noted:
        handed = "" if one["handed"] is None else f" {one['handed']!r}"
        yield f"{one['field']} {one['verdict']}{handed} (due {one['truth']!r})"
