from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from harness.reporting.human_leg import brief, leg_html, leg_sound, summed
from harness.reporting.opened import read_call
from harness.reporting.terminal import Standing, draw
from harness.run.human_leg import NAME, SOUND, HumanLeg, HumanLine, keep_leg, load_leg
from tests.reporting.cards import FAILS, row
from tests.reporting.runs import SCENARIO, keep_run, planted

HELLO = HumanLine("human", "Hello.", start=0.0, end=0.5)
ASKS = HumanLine("human", "May I have your <name>?", "name", "missing", True, 1.0, 2.5)
TELLS = HumanLine("caller", "It's Ann.", "name", "missing", True, 3.0, 4.0)
NEW = HumanLine("human", "What is the date?", "date", "missing", False, 5.0, 6.0)
NOTED = ({"field": "tone", "verdict": "wrong", "truth": "angry", "handed": "calm"},)


def test_a_leg_is_drawn_with_why_each_was_asked_and_what_it_cost() -> None:
    html = leg_html(HumanLeg((HELLO, ASKS, TELLS, NEW), noted=NOTED))
    assert "2 questions; the human had to ask again: name (3.0 s of the caller&#x27;s time)." in html
    assert "&lt;name&gt;" in html
    assert '<td class="v-bad">✗ name: missing; the caller had said it</td>' in html
    assert '<td class="v-dim">date: missing; the caller had not said it</td>' in html
    assert "00:03.0" in html
    assert "tone wrong &#x27;calm&#x27; (due &#x27;angry&#x27;)" in html


@pytest.mark.parametrize(
    ("leg", "sentence", "short"),
    [
        (HumanLeg((HELLO,)), "The human had everything, and asked for nothing.", None),
        (HumanLeg((HELLO, NEW)), "The human asked 1 question, none for what the caller had said in the call.", None),
        (
            HumanLeg((HELLO, ASKS, TELLS), unspoken="no such voice"),
            "The human asked 1 question; the human had to ask again: name.",
            "the human had to ask again: name",
        ),
    ],
)
def test_a_leg_is_summed_up(leg: HumanLeg, sentence: str, short: str | None) -> None:
    assert (summed(leg), brief(leg)) == (sentence, short)


def test_a_call_opens_with_its_leg_and_without_it_where_it_is_broken(tmp_path: Path) -> None:
    run = keep_run(tmp_path)
    folder = run.call("one-0")
    assert read_call(run, row("one-0", FAILS)).leg is None
    assert leg_sound(folder) is None
    keep_leg(planted(), SCENARIO, folder)
    opened = read_call(run, row("one-0", FAILS))
    assert opened.leg == load_leg(folder)
    assert leg_sound(folder) == (folder / SOUND).read_bytes()
    (folder / NAME).write_text("{}")
    broken = read_call(run, row("one-0", FAILS))
    assert broken.leg is None
    assert NAME in broken.problems[-1]


def test_a_failed_call_says_what_the_human_had_to_ask_again(tmp_path: Path) -> None:
    run = keep_run(tmp_path)

    def said() -> str:
        out = io.StringIO()
        draw(Console(file=out, width=200), [row("one-0", FAILS)], Standing("demo", folder=run.path))
        return out.getvalue()

    assert "ask again" not in said()
    keep_leg(planted(), SCENARIO, run.call("one-0"))
    assert "    the human had to ask again: date (" in said()
    (run.call("one-0") / NAME).write_text("{}")
    assert "not the leg behind a handoff" in said()
