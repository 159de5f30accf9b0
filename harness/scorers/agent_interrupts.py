"""How often the agent begins to speak while the caller has the floor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.audio import RATE, samples
from harness.conversation import Conversation, Turn
from harness.scenario import Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._exchanges import COLLISION, PREMATURE, Exchange, exchanges, is_murmur
from harness.scorers._lateness import spoiled
from harness.scorers._speech import onsets, pieces

PARTS = ("rate", "premature_endpoint", "overlap")


@dataclass(frozen=True, slots=True)
class CutIn:
    """An onset of the agent's inside a caller's turn, in samples. in_pause: the caller was not sounding."""

    at: int
    turn: Turn
    in_pause: bool


@scorer(unit="ratio", better="lower", version=2, parts=PARTS)
def agent_interrupts(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """Onsets of the agent's during a caller's turn ÷ the caller's turns.

    `rate`: all of them; `premature_endpoint`: those in a pause of the caller's own (or within 0.3 s
    of its going on, which nobody can react to); `overlap`: those over its speech. A turn that the
    caller paused in, or that a filler filled, is one turn. Speech that was running when the turn
    began is none, nor its going on before 1.0 s of silence; a new cut-in after that is. Collisions
    (within 0.3 s of the turn's onset) and the agent's murmurs (1 s at most inside the turn,
    pieces less than 1 s apart taken together) are apart, and so is what begins within 0.1 s of the turn's
    end. A turn in which our own frames were late is left out.

    Source: the score catalogue, docs/metrics.md.
    """
    found = exchanges(conversation)
    if not found:
        return dict.fromkeys(PARTS, Unscored("the caller said nothing"))
    timed = [one for one in found if spoiled(conversation.recording, one.turn.start, one.turn.end) is None]
    if not timed:
        return dict.fromkeys(PARTS, Unscored("harness was late in every turn"))
    cuts = [cut for exchange in timed for cut in cut_ins(conversation, exchange)]
    left = len(found) - len(timed)
    chosen = {
        "rate": cuts,
        "premature_endpoint": [cut for cut in cuts if cut.in_pause],
        "overlap": [cut for cut in cuts if not cut.in_pause],
    }
    return {
        part: Score(
            len(some) / len(timed),
            "ratio",
            len(timed),
            spans=tuple(_span(cut) for cut in some),
            resolution=conversation.resolution,
            detail=f"{len(some)} in {len(timed)} turns" + (f", {left} left out: harness was late" if left else ""),
            few=len(timed) < 10,
        )
        for part, some in chosen.items()
    }


def cut_ins(conversation: Conversation, exchange: Exchange) -> Iterator[CutIn]:
    """The onsets of the agent's that cut into a turn of the caller's."""
    turn = exchange.turn
    starting = {piece[0]: piece for piece in pieces(conversation)}
    for onset in onsets(conversation):
        if not max(exchange.held, turn.start + COLLISION) < onset < turn.end + samples(PREMATURE):
            continue
        if not is_murmur(conversation, starting[onset], turn):
            sounding = any(start + (COLLISION if i else 0) <= onset < end for i, (start, end) in enumerate(turn.spurts))
            yield CutIn(onset, turn, in_pause=not sounding)


def _span(cut: CutIn) -> Span:
    what = "in the caller's pause" if cut.in_pause else "over the caller's speech"
    return Span(cut.at / RATE, max(cut.at, cut.turn.end) / RATE, f"began {what}")
