"""How soon the agent follows a caller into another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._languages import Reply, replies, unknown

PARTS = ("turns", "seconds")


@dataclass(frozen=True, slots=True)
class _Switch:
    """Replies in another language before the first that followed, and that one; None where none did."""

    before: int
    followed: Reply | None
    first: Reply
    last: Reply

    @property
    def seconds(self) -> float:
        """From the end of the turn that switched to the reply that followed, or the last that didn't."""
        return ((self.followed or self.last).at - self.first.since) / RATE


@scorer(unit="s", better="lower", version=2, parts=PARTS, units={"turns": "count"})
def language_switch_lag(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """Until the agent answers in the language that the caller has switched to: the worst switch of the call.

    turns: replies in another language before the first in the new one; 0 where the very next reply
    is in it. seconds: from the end of the caller's turn that switched to the onset of that reply.
    A caller who begins in another language than the agent greeted in has switched too. Censored
    where the agent never followed before the next switch or the call's end. Languages as in
    `reply_language`; a switch behind which a reply shows no language for sure before one follows is
    left out, counted.

    Source: the score catalogue, docs/metrics.md.
    """
    reason = unknown(conversation)
    if reason is not None:
        return dict.fromkeys(PARTS, reason)
    stretches = list(_stretches(replies(conversation)))
    if not stretches:
        return dict.fromkeys(PARTS, Unscored("the caller never switched to another language"))
    found = [one for stretch in stretches if (one := _switch(stretch)) is not None]
    if not found:
        return dict.fromkeys(PARTS, Unscored("after no switch is it sure which language the agent answered in"))
    left_out = len(stretches) - len(found)
    detail = f"{left_out} switches left out: language unsure" if left_out else None
    n = len(found)
    return {
        "turns": _worst([(float(one.before), one) for one in found], "count", n, detail),
        "seconds": _worst([(one.seconds, one) for one in found], "s", n, detail, conversation.resolution),
    }


def _stretches(found: Sequence[Reply]) -> Iterator[list[Reply]]:
    """The replies from each switch up to the next."""
    starts = [number for number, one in enumerate(found) if one.first]
    for start, end in pairwise([*starts, len(found)]):
        yield list(found[start:end])


def _switch(stretch: Sequence[Reply]) -> _Switch | None:
    for number, one in enumerate(stretch):
        if one.fits is None:
            return None
        if one.fits:
            return _Switch(number, one, stretch[0], one)
    return _Switch(len(stretch), None, stretch[0], stretch[-1])


def _worst(
    lags: Sequence[tuple[float, _Switch]], unit: str, n: int, detail: str | None, resolution: float | None = None
) -> Score:
    value, worst = max(lags, key=lambda pair: (pair[1].followed is None, pair[0]))
    spans = tuple(Span(one.first.since / RATE, (one.followed or one.last).at / RATE, _note(one)) for _, one in lags)
    values = tuple(None if one.followed is None else lag for lag, one in lags)
    return Score(value, unit, n, spans, resolution, detail, censored=worst.followed is None, values=values)


def _note(one: _Switch) -> str:
    wanted = "+".join(sorted(one.first.wanted))
    return f"never answered in {wanted}" if one.followed is None else f"answered in {wanted} after {one.before} replies"
