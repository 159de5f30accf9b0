"""Where each reply's time went: what the agent reports of its stages, and what no one accounts for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from harness.audio import FRAME, RATE
from harness.conversation import Conversation
from harness.reporting.reasons import clock
from harness.scenario import STAGES, Scenario
from harness.scorers._stages import TOO_MUCH, Waterfall, waterfalls

UNATTRIBUTED = "unattributed"

FRAME_MS = 1000.0 * FRAME / RATE
"""An agent hears frame by frame: by so much its own stages can't be told from the wait."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stage of one reply.

    start, length: in ms from the caller's last voiced sample, stage behind stage in the order in
    which a reply goes through them: agents report how long, not when. budget: ms it may take, None
    where the scenario doesn't say. over: whether it took longer.
    """

    stage: str
    start: float
    length: float
    budget: float | None = None

    @property
    def over(self) -> bool:
        """Whether it broke its budget."""
        return self.budget is not None and self.length > self.budget


@dataclass(frozen=True, slots=True)
class TurnBars:
    """One reply: when the caller had finished, in seconds, what it said, the wait in ms, and the bars.

    note: what there is to say of the time that no stage accounts for; wanting: whether it is a warning.
    """

    at: float
    text: str
    response: float | None
    bars: tuple[Bar, ...]
    note: str
    wanting: bool


def turn_bars(conversation: Conversation, scenario: Scenario | None) -> tuple[TurnBars, ...]:
    """A waterfall for each of the caller's turns of which the agent reported a stage."""
    budget = {} if scenario is None else {name: 1000.0 * most for name, most in scenario.budget.items()}
    sure = FRAME_MS + 1000.0 * conversation.resolution
    return tuple(_turn(fall, budget, sure) for fall in waterfalls(conversation))


def _turn(fall: Waterfall, budget: Mapping[str, float], sure: float) -> TurnBars:
    bars: list[Bar] = []
    at = 0.0
    for name in (name for name in STAGES if name in fall.stages):
        bars.append(Bar(name, at, fall.stages[name], budget.get(name)))
        at += fall.stages[name]
    left = fall.unattributed
    if left is None:
        note = f"no response latency: {fall.exchange.standing}"
    elif -sure <= left < 0:
        note = f"all accounted for, to {-left:.0f} ms"
    elif left < 0:
        note = f"{-left:.0f} ms more than the wait: {TOO_MUCH}"
    else:
        bars.append(Bar(UNATTRIBUTED, at, left))
        note = f"{left:.0f} ms that no stage accounts for" + (" (> 20 % or 300 ms)" if fall.warned else "")
    turn = fall.exchange.turn
    return TurnBars(
        turn.end / RATE, turn.text or "", fall.response, tuple(bars), note, fall.warned or (left or 0) < -sure
    )


def waterfall_html(turns: tuple[TurnBars, ...]) -> str:
    """The waterfalls as a table, all on one scale."""
    scale = max(
        [1.0, *(bar.start + bar.length for turn in turns for bar in turn.bars), *(t.response or 0 for t in turns)]
    )
    rows = "".join(_row(turn, scale) for turn in turns)
    head = "<tr><th>caller's end</th><th style='width:52%'>stages</th><th>wait</th><th>rest</th></tr>"
    return f'<table class="v-table">{head}{rows}</table>'


def _row(turn: TurnBars, scale: float) -> str:
    wait = "–" if turn.response is None else f"{turn.response:.0f} ms"
    tone = "v-bad" if turn.wanting else "v-dim"
    return (
        f'<tr><td class="v-t" title="{escape(turn.text)}">{clock(turn.at)}</td><td>{"".join(_bars(turn, scale))}</td>'
        f'<td class="v-t">{wait}</td><td class="{tone}">{escape(turn.note)}</td></tr>'
    )


def _bars(turn: TurnBars, scale: float) -> Iterator[str]:
    for bar in turn.bars:
        kind = "over" if bar.over else "rest" if bar.stage == UNATTRIBUTED else "stage"
        limit = f", budget {bar.budget:.0f} ms" if bar.budget is not None else ""
        mark = "✗ " if bar.over else ""
        yield (
            f'<div class="v-fall"><i class="v-{kind}" style="margin-left:{100 * bar.start / scale:.2f}%;'
            f'width:{max(0.2, 100 * bar.length / scale):.2f}%"></i>'
            f"<span>{mark}{bar.stage} {bar.length:.0f} ms{limit}</span></div>"
        )
