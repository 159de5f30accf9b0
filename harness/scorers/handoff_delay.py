"""How long a caller who needs a human waits to be passed on."""

from __future__ import annotations

from collections.abc import Mapping

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._cues import Cue, cues
from harness.scorers._handoffs import handoffs
from harness.scorers._speech import call_end
from harness.timeline import HandedOff, Party

PARTS = ("seconds", "turns")

BATCHED = frozenset({"traces"})
"""Channels that tell of a handoff long after it was."""


@scorer(unit="s", better="lower", version=1, parts=PARTS, units={"turns": "count"})
def handoff_delay(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """From the cue that calls for a human to the begin of the transfer: seconds, and turns of the agent's.

    The cue is the first that the scenario names (`truth.handoff.cue`), else the first line in which
    the caller asks for a human; it is counted from its last voiced sample to the instant at which
    the transfer reached us. turns: those that the agent began after the cue and before the
    transfer (2 at most are good after an explicit ask). Where a human had to be brought in and
    wasn't, both are censored at the end of the call. Unscored where the transfer came before its
    cue, and where it was only told of in a batch.

    Source: the score catalogue, docs/metrics.md.
    """
    seen = handoffs(conversation)
    if isinstance(seen, Unscored):
        return dict.fromkeys(PARTS, seen)
    found = cues(conversation, scenario)
    if not found:
        return dict.fromkeys(PARTS, Unscored("the caller gave no cue for a human"))
    cue = found[0]
    due = scenario.truth.handoff
    if not seen:
        if due is None or due.decision != "required":
            return dict.fromkeys(PARTS, Unscored("nothing was handed over, and nothing had to be"))
        return _measured(conversation, cue, call_end(conversation), "no transfer", censored=True)
    transfer = next((one for one in seen if one.at >= cue.start), None)
    if transfer is None:
        return dict.fromkeys(PARTS, Unscored("the transfer came before its cue"))
    if transfer.channel in BATCHED:
        return dict.fromkeys(PARTS, Unscored(f"the transfer was told of in {transfer.channel}, later than it was"))
    return _measured(conversation, cue, transfer.at, _note(cue, transfer, due.within if due else None))


def _note(cue: Cue, transfer: HandedOff, within: int | None) -> str:
    asked = "" if within is None else f"; within {within} turns was asked"
    return f"{cue.kind}: handed over to {transfer.to or 'a human'}{asked}"


def _measured(
    conversation: Conversation, cue: Cue, at: int, note: str, *, censored: bool = False
) -> dict[str, Outcome]:
    turns = sum(cue.end <= turn.start < at for turn in conversation.of(Party.AGENT))
    span = Span(cue.end / RATE, max(at, cue.end) / RATE, note)
    return {
        "seconds": Score((at - cue.end) / RATE, "s", 1, (span,), detail=note, censored=censored),
        "turns": Score(float(turns), "count", 1, (span,), detail=note, censored=censored),
    }
