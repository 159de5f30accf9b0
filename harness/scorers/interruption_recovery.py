"""How often an agent that was interrupted finds its way: gives way, answers, and keeps what it was told."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._recovered import share_recovered
from harness.scorers._recoveries import recoveries


@scorer(unit="ratio", better="higher", version=2)
def interruption_recovery(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Share of true interruptions for which all that apply hold; each part is shown.

    (a) `yielded` within 0.8 s; (b) `answered` within 3.5 s of the caller's last voiced sample, and
    not before it (the limits of the profile `production`); (c) `addressed`: the answer has the
    scenario's facts that the caller named, or takes up its words, and doesn't go on with the old
    answer; what its words leave open is unknown here, and a judge's in `judged_recovery`; (d) `kept`:
    for a correction, the last tool call, handoff, state or message that holds the fact has the
    corrected value (`truth.entities`, with what it `was`); (e) `not_repeated`: nothing of 2.0 s or 8
    words that was heard already is said again, a request to `clarify` and a read-back with the
    corrected value exempt. A `stop_request` may be answered by silence. Where (a) is broken the rest
    is not due.

    Any part broken is no recovery; else any part unknown (words that nobody knows, a yield that
    nothing proves, a fact that nothing holds) leaves the event out, counted; with more of those
    than of known ones nothing is measured. Speech that ended on its own, and interruptions into
    silence, are no events. Later speech alone is no recovery. `values`: 1 for a recovery, else 0.

    Source: the score catalogue, docs/metrics.md.
    """
    return share_recovered(conversation, recoveries(conversation, scenario))
