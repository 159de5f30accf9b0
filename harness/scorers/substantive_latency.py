"""How long a caller waits until the agent says something that matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Span, Unscored, scorer
from harness.scorers._exchanges import WAITED, Exchange, exchanges, is_murmur
from harness.scorers._holds import known, only_holds
from harness.scorers._ranking import SHARES, Reading, ranked
from harness.scorers._speech import Stretch, pieces
from harness.scorers._words_told import knows_words

PARTS = ("p50", "p90", "p95", "max")


@scorer(unit="s", better="lower", version=2, parts=PARTS)
def substantive_latency(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """Seconds from the caller's last voiced sample to the first spurt of the reply that is no filler and no hold.

    "Hmm, let me see" and "one moment" answer nothing: the time runs on. By the agent's own text,
    else by what was recognised; a turn whose words nobody knows, or that begins
    with words that weren't told where later ones were, is left out, counted, and where no
    turn's are known nothing is measured. A premature reply, a turn that was not answered and one
    that got nothing but a hold in 1.5 s or more rank above every latency, as in `response_latency`.

    Source: the score catalogue, docs/metrics.md.
    """
    found = exchanges(conversation)
    if not found:
        return dict.fromkeys(PARTS, Unscored("the caller said nothing"))
    readings: list[Reading] = []
    unknown = late = 0
    for exchange in found:
        if exchange.late is not None:
            late += 1
        elif exchange.reply is not None and not _words_known(conversation, exchange, exchange.reply):
            unknown += 1
        else:
            readings += _readings(conversation, exchange)
    notes = [f"{unknown} whose words nobody knows" if unknown else "", f"{late} harness was late" if late else ""]
    note = ", ".join(filter(None, notes)) or None
    if not readings or (unknown and not any(reading.value is not None for reading in readings)):
        return dict.fromkeys(PARTS, Unscored(f"no turn has a latency: {note or 'none was answered'}"))
    return {part: ranked(readings, SHARES[part], conversation.resolution, note) for part in PARTS}


def _readings(conversation: Conversation, exchange: Exchange) -> Iterator[Reading]:
    """The reading of a turn, none where the caller didn't wait for one."""
    end = exchange.turn.end
    if exchange.latency is None or exchange.reply is None:
        if exchange.unanswered:
            yield _never(end, exchange.due, f"unanswered for {exchange.waited:.1f} s")
    elif exchange.standing == "premature":
        why = f"a premature reply ({exchange.latency:.2f} s)"
        yield Reading(None, Span(exchange.reply[0] / RATE, end / RATE, why), 0.0, why)
    else:
        said = _substance(conversation, exchange, exchange.reply)
        if said is not None:
            start = said[0][0]
            waited = (start - end) / RATE
            yield Reading(waited, Span(min(start, end) / RATE, max(start, end) / RATE, f"{waited:.2f} s"))
        elif exchange.due - end >= WAITED:
            yield _never(end, exchange.due, f"nothing but a hold in {exchange.waited:.1f} s")


def _never(end: int, until: int, why: str) -> Reading:
    return Reading(None, Span(end / RATE, until / RATE, why), (until - end) / RATE, why)


def _words_known(conversation: Conversation, exchange: Exchange, reply: Stretch) -> bool:
    """Whether the words are known of what the agent said first that isn't known for a hold."""
    if not knows_words(conversation, reply[0]):
        return False
    if exchange.standing == "premature":
        return True
    said = _substance(conversation, exchange, reply)
    return said is None or known(conversation, _since(exchange, reply), said[0], said[1])


def _since(exchange: Exchange, reply: Stretch) -> int:
    return min(exchange.turn.end, reply[0])


def _substance(conversation: Conversation, exchange: Exchange, reply: Stretch) -> tuple[Stretch, int] | None:
    """The piece in which the agent says something, and where the next begins; None where it only held."""
    heard = [piece for piece in pieces(conversation) if reply[0] <= piece[0] < exchange.until]
    heard = [piece for piece in heard if not is_murmur(conversation, piece, exchange.turn)]
    for piece, following in pairwise([*heard, (exchange.until, exchange.until)]):
        if not only_holds(conversation, _since(exchange, reply), piece, following[0]):
            return piece, following[0]
    return None
