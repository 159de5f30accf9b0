"""What the agent reports of its own stages, turn by turn, beside what its caller waited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import STAGES
from harness.scorers._exchanges import Exchange, exchanges
from harness.scorers._once import once_a_call
from harness.scorers._speech import call_end, events
from harness.timeline import StageTimed

SHARE = 0.20
"""Of a response, unaccounted for: more is warned of."""

GAP = 300.0
"""ms unaccounted for: more is warned of."""


TOO_MUCH = "stages overlap, a clock is wrong, or the agent's endpointing began before the caller's last voiced sample"
"""Why stages can be more than the wait: in noise an agent may hear the end of a quiet last word sooner than it is."""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A turn of the caller's, with what the agent says went into its reply.

    stages: stage → ms, in the order in which a reply goes through them; those it reported.
    response: ms from the caller's last voiced sample to the reply's first; None where there is
    none whose timing holds. unattributed: the part of it that no stage accounts for, in ms,
    negative where the stages are more than the whole: see `TOO_MUCH`.
    """

    exchange: Exchange
    stages: Mapping[str, float]
    response: float | None
    unattributed: float | None

    @property
    def warned(self) -> bool:
        """Whether what no stage accounts for is more than 20 % of the response, or than 300 ms."""
        if self.unattributed is None or self.response is None:
            return False
        return self.unattributed > min(GAP, SHARE * self.response)

    @property
    def overdone(self) -> bool:
        """Whether the stages are more than the whole by more than 300 ms: they can't be what its parts took."""
        return self.unattributed is not None and self.unattributed < -GAP


@once_a_call
def waterfalls(conversation: Conversation) -> tuple[Waterfall, ...]:
    """One for each of the caller's turns of which the agent reported a stage, in order."""
    found = exchanges(conversation)
    told: dict[int, list[StageTimed]] = {}
    for event in usable(conversation):
        turn = _turn_of(event, found)
        if turn is not None:
            told.setdefault(turn, []).append(event)
    return tuple(_waterfall(found[turn], told[turn]) for turn in sorted(told))


@once_a_call
def usable(conversation: Conversation) -> tuple[StageTimed, ...]:
    """The reports of a known stage that are a duration and were told while the call lasted.

    What is told after it can't be told to turns.
    """
    over = call_end(conversation)
    return tuple(e for e in events(conversation, StageTimed) if e.at < over and e.stage in STAGES and _lasting(e))


def apart(conversation: Conversation) -> str | None:
    """What else the agent reported, and why it counts for nothing here."""
    told = events(conversation, StageTimed)
    over = call_end(conversation)
    strange = sorted({event.stage for event in told if event.stage not in STAGES})
    late = sum(event.at >= over and event.stage in STAGES for event in told)
    odd = sum(event.stage in STAGES and not _lasting(event) for event in told)
    notes = [
        f"also reported: {', '.join(strange[:4])}{' …' if len(strange) > 4 else ''}" if strange else "",
        f"{late} told after the call" if late else "",
        f"{odd} that are no duration" if odd else "",
    ]
    return ", ".join(filter(None, notes)) or None


def _lasting(event: StageTimed) -> bool:
    return isfinite(event.ms) and event.ms >= 0.0


def _turn_of(event: StageTimed, found: tuple[Exchange, ...]) -> int | None:
    """The turn that a report is about.

    The last one that had ended by then; while the caller still speaks, that turn if its reply has
    begun too soon. Reports from before the caller's first turn are of the greeting.
    """
    ended = None
    for number, exchange in enumerate(found):
        reply = exchange.reply
        began = exchange.turn.end if reply is None else min(exchange.turn.end, max(reply[0], exchange.turn.start))
        if began <= event.at:
            ended = number
    return ended


def _waterfall(exchange: Exchange, told: Iterable[StageTimed]) -> Waterfall:
    """Of several reports of a stage the last by the reply's first sound counts, else the first behind it.

    What was begun and thrown away has no part in the reply, and neither have its later sentences.
    """
    heard = None if exchange.reply is None else exchange.reply[0]
    stages: dict[str, float] = {}
    for event in told:
        if event.stage not in stages or heard is None or event.at <= heard:
            stages[event.stage] = event.ms
    stages = {name: stages[name] for name in STAGES if name in stages}
    latency = exchange.latency if exchange.standing == "answered" and exchange.late is None else None
    if latency is None:
        return Waterfall(exchange, stages, None, None)
    response = round(1000.0 * latency, 3)
    return Waterfall(exchange, stages, response, round(response - sum(stages.values()), 3))


def span_of(fall: Waterfall) -> tuple[float, float]:
    """From the caller's last voiced sample to the reply's first, in seconds; without one, to the end of its turn."""
    exchange = fall.exchange
    end = exchange.until if exchange.reply is None else exchange.reply[0]
    return min(exchange.turn.end, end) / RATE, max(exchange.turn.end, end) / RATE
