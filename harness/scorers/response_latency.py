"""How long a caller waits for the agent's reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Span, Unscored, scorer
from harness.scorers._exchanges import Exchange, Standing, exchanges
from harness.scorers._ranking import SHARES, Reading, ranked
from harness.statistics import nearest_rank

__all__ = ["Exchange", "exchanges", "response_latency"]

PARTS = ("p50", "p90", "p95", "max")


@scorer(unit="s", better="lower", version=2, parts=PARTS)
def response_latency(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """Seconds from the end of the caller's last voiced sample to the reply's first audible sample.

    Taken at the caller's ear: silence that leads a reply counts, audio that arrived but wasn't
    heard yet doesn't. The reply is the agent's first spurt that starts after the caller's onset;
    its murmurs (1 s at most inside the caller's turn, pieces less than 1 s apart taken together) are
    apart, and so is speech that was running from before (`overlapped`) or that began within 0.3 s of the
    caller (`collision`). A reply that came before the end has a negative latency.

    A premature reply (before -0.1 s) and a turn that was not answered rank above every latency:
    neither flatters a percentile, and a percentile that falls on one is censored. `values` holds
    each turn's latency, None for those; spans hold where each was. Percentiles are nearest-rank.
    A turn in which our own frames were late is left out, and said to be.

    Source: the score catalogue, docs/metrics.md.
    """
    found = exchanges(conversation)
    if not found:
        return dict.fromkeys(PARTS, Unscored("the caller said nothing"))
    readings = list(_readings(found))
    tally = _tally(found)
    if not readings:
        late = next((exchange.late for exchange in found if exchange.late is not None), None)
        reason = f"harness was late: {late}" if late else f"no turn has a latency: {tally}"
        return dict.fromkeys(PARTS, Unscored(reason))
    return {part: ranked(readings, SHARES[part], conversation.resolution, tally) for part in PARTS}


def _readings(found: tuple[Exchange, ...]) -> Iterator[Reading]:
    for exchange in found:
        latency, end = exchange.latency, exchange.turn.end / RATE
        if exchange.late is not None:
            continue
        if latency is None:
            if exchange.unanswered:
                why = f"unanswered for {exchange.waited:.1f} s"
                yield Reading(None, Span(end, exchange.due / RATE, why), exchange.waited, why)
            continue
        if exchange.standing == "premature":
            why = f"a premature reply ({latency:.2f} s)"
            yield Reading(None, Span(end + latency, end, why), 0.0, why)
        else:
            yield Reading(latency, Span(min(end, end + latency), max(end, end + latency), f"{latency:.2f} s"))


def _tally(found: tuple[Exchange, ...]) -> str | None:
    """What else there is to know: turns that rank above, turns apart, and turns with tools."""
    seen = Counter(exchange.standing for exchange in found)
    first: tuple[Standing, ...] = ("premature", "unanswered", "overlapped", "collision")
    names: tuple[Standing, ...] = (*first, "farewell", "on_hold", "undecided")
    notes = [f"{seen[name]} {name.replace('_', ' ')}" for name in names if seen[name]]
    late = sum(exchange.late is not None for exchange in found)
    if late:
        notes.append(f"{late} left out: harness was late")
    with_tools = [e.latency for e in found if e.tools and e.latency is not None and e.standing == "answered"]
    if with_tools:
        notes.append(f"with tools p50 {nearest_rank(with_tools, 0.5):.2f} s of {len(with_tools)}")
    return ", ".join(notes) or None
