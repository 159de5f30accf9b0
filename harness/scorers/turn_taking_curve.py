"""How well the agent's replies are timed, as one number."""

from __future__ import annotations

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._exchanges import Exchange, exchanges

EARLY, PROMPT = -0.5, 0.5
"""Seconds: a reply this early is worth nothing, one from here on everything."""

LATE, LATE_WITH_TOOLS = 2.0, 3.0
"""Seconds up to which a reply is worth everything."""

GONE, GONE_WITH_TOOLS = 3.5, 5.0
"""Seconds from which on it is worth nothing."""


@scorer(unit="ratio", better="higher", version=2)
def turn_taking_curve(conversation: Conversation, _scenario: Scenario) -> Score | Unscored:
    """Mean over the caller's turns of what the reply's timing is worth, from 0 to 1.

    0 for a latency of -0.5 s or less, rising to 1 at 0.5 s, 1 up to 2.0 s (3.0 s for a turn in
    which the agent called a tool), falling to 0 at 3.5 s (5.0 s). A turn that was not answered is
    0. Overlapped turns, collisions, goodbyes and turns whose timing our own lateness spoiled are
    left out and counted. `values` holds each turn's worth. A score to compare by, not to gate on.

    Source: EVA, arXiv 2605.13841; the score catalogue, docs/metrics.md.
    """
    found = exchanges(conversation)
    if not found:
        return Unscored("the caller said nothing")
    worth = [(exchange, value) for exchange in found if (value := _worth(exchange)) is not None]
    apart = len(found) - len(worth)
    if not worth:
        return Unscored(f"no turn has a timing: {apart} left out")
    spans = tuple(_span(exchange, value) for exchange, value in sorted(worth, key=lambda pair: pair[1]))
    return Score(
        sum(value for _, value in worth) / len(worth),
        "ratio",
        len(worth),
        spans=spans,
        resolution=conversation.resolution,
        detail=f"{apart} left out" if apart else None,
        values=tuple(value for _, value in worth),
    )


def _worth(exchange: Exchange) -> float | None:
    """What the timing of a reply is worth; None for a turn that is left out."""
    if exchange.late is not None:
        return None
    if exchange.latency is None:
        return 0.0 if exchange.unanswered else None
    return curve(exchange.latency, tools=exchange.tools)


def curve(latency: float, *, tools: bool = False) -> float:
    """The worth of a reply at this latency in seconds, from 0 to 1. tools: the agent called one meanwhile."""
    late, gone = (LATE_WITH_TOOLS, GONE_WITH_TOOLS) if tools else (LATE, GONE)
    if latency < PROMPT:
        return max(0.0, (latency - EARLY) / (PROMPT - EARLY))
    return 1.0 if latency <= late else max(0.0, (gone - latency) / (gone - late))


def _span(exchange: Exchange, value: float) -> Span:
    end = exchange.turn.end / RATE
    reply = exchange.until / RATE if exchange.reply is None else exchange.reply[0] / RATE
    what = "unanswered" if exchange.latency is None else f"{exchange.latency:.2f} s"
    return Span(min(end, reply), max(end, reply), f"{what}: worth {value:.2f}")
