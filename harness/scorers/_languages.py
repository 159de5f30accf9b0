"""Which language each of the agent's turns was in, beside the one that the caller spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.audio import RATE
from harness.conversation import Conversation, Turn
from harness.score import Span, Unscored
from harness.scorers._exchanges import exchanges
from harness.scorers._once import once_a_call
from harness.scorers._opening import primary
from harness.scorers._speech import caller_turns, events
from harness.text.language import language_of
from harness.timeline import AgentSaid, LineSaid, Party


def spoken_in(conversation: Conversation, turn: Turn) -> str | None:
    """The language of a turn of the agent's, as a primary tag; None where nobody is sure.

    Its text decides; the agent's own word for it only where the text shows too little.
    """
    if not turn.text:
        return None
    found, sure = language_of(turn.text)
    if sure and found is not None:
        return primary(found)
    told = [said for said in events(conversation, AgentSaid) if said.language and said.text.strip()]
    tags = {primary(said.language or "") for said in told if said.text.strip() in turn.text}
    return tags.pop() if len(tags) == 1 else None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the agent's: the languages that the caller's turn was in, and its own; None where nobody is sure.

    since: the end of the caller's turn; at: the onset of the reply. first: whether the caller's
    language is another than what was spoken before.
    """

    wanted: frozenset[str]
    got: str | None
    since: int
    at: int
    end: int
    first: bool

    @property
    def fits(self) -> bool | None:
        """Whether it is in the caller's language."""
        return None if self.got is None else self.got in self.wanted

    @property
    def span(self) -> Span:
        """The reply, and what became of it."""
        note = f"{self.got or 'unsure'} to {'+'.join(sorted(self.wanted))}"
        return Span(self.at / RATE, self.end / RATE, note)


@once_a_call
def replies(conversation: Conversation) -> tuple[Reply, ...]:
    """The agent's answers, in order; a turn that was given none has none."""
    agent = conversation.of(Party.AGENT)
    before = _greeted_in(conversation, agent)
    made: list[Reply] = []
    switched = False
    for exchange in exchanges(conversation):
        wanted = _languages(conversation, exchange.turn)
        if not wanted:
            continue
        switched = switched or (bool(before) and wanted.isdisjoint(before))
        before = wanted
        if exchange.reply is None:
            continue
        at = exchange.reply[0]
        turn = next((one for one in agent if one.start <= at < one.end), None)
        got = None if turn is None else spoken_in(conversation, turn)
        made.append(
            Reply(wanted, got, exchange.turn.end, at, exchange.reply[1] if turn is None else turn.end, switched)
        )
        switched = False
    return tuple(made)


def _greeted_in(conversation: Conversation, agent: Sequence[Turn]) -> frozenset[str]:
    """What the agent spoke before the caller did: a caller who begins in another language has switched."""
    turns = caller_turns(conversation)
    greeting = next((one for one in agent if not turns or one.start < turns[0].start), None)
    found = None if greeting is None else spoken_in(conversation, greeting)
    return frozenset({found} if found else ())


def _languages(conversation: Conversation, turn: Turn) -> frozenset[str]:
    """The languages that a turn of the caller's was in: several where it mixes them."""
    lines = (
        line for line in events(conversation, LineSaid) if turn.start <= line.at < turn.end and line.kind == turn.kind
    )
    return frozenset(primary(tag) for line in lines for tag in line.language.split("+") if tag)


def unknown(conversation: Conversation) -> Unscored | None:
    """Why nothing can be said of the agent's language; None where something can."""
    found = replies(conversation)
    if not found:
        return Unscored("the agent answered nothing" if caller_turns(conversation) else "the caller said nothing")
    unsure = sum(one.got is None for one in found)
    if not any(turn.text for turn in conversation.of(Party.AGENT)):
        return Unscored("nobody knows what the agent said")
    if unsure > len(found) - unsure:
        return Unscored(f"of {len(found)} replies {unsure} show no language for sure")
    return None
