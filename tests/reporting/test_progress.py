from __future__ import annotations

import io

from rich.console import Console

from harness.reporting.progress import Watch
from tests.reporting.cards import FAILS, PASSES, card


def test_where_nobody_watches_each_call_is_a_line() -> None:
    out = io.StringIO()
    with Watch(console=Console(file=out, width=40)) as on_card:
        on_card(card("a", PASSES, scenario="A name far longer than the line is wide [bold]"), 1, 2)
        on_card(card("b", FAILS), 2, 2)
    assert out.getvalue() == (
        "[1/2] ✓ pass  A name far longer than the line is wide [bold]\n[2/2] ✗ FAIL  Books an appointment\n"
    )


def test_on_a_terminal_there_is_a_bar_and_what_did_not_pass_stays_on_the_screen() -> None:
    out = io.StringIO()
    with Watch(console=Console(file=out, width=80, force_terminal=True)) as on_card:
        on_card(card("a", PASSES, scenario="Passes quietly"), 1, 2)
        on_card(card("b", FAILS), 2, 2)
    assert "2/2" in out.getvalue()
    assert "Books an appointment" in out.getvalue()
    assert "Passes quietly" not in out.getvalue()
