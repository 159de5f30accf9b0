"""How often an agent that was interrupted finds its way: gives way, answers, and keeps what it was told."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Scenario
from harness.score import Score, Unscored, scorer
from harness.scorers._recoveries import PARTS, Recovery, recoveries
from harness.scorers._yields import tallied, unmeasured, yields


@scorer(unit="ratio", better="higher", version=1)
def interruption_recovery(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """Share of true interruptions for which all that apply hold; each part is shown.

    (a) `yielded` within 0.8 s; (b) `answered` within 3.5 s of the caller's last voiced sample, and
    not before it (the limits of the profile `production`); (c) `addressed`: the answer has the
    scenario's facts that the caller named, or takes up its words, and doesn't go on with the old
    answer; (d) `kept`: for a correction, the last tool call, handoff, state or message that holds
    the fact has the corrected value (`truth.entities`, with what it `was`); (e) `not_repeated`:
    nothing of 2.0 s or 8 words that was heard already is said again, a request to `clarify` and a
    read-back with the corrected value exempt. A `stop_request` may be answered by silence. Where (a)
    is broken the rest is not due.

    Any part broken is no recovery; else any part unknown (words that nobody knows, a yield that
    nothing proves, a fact that nothing holds) leaves the event out, counted; with more of those
    than of known ones nothing is measured. Speech that ended on its own, and interruptions into
    silence, are no events. Later speech alone is no recovery. `values`: 1 for a recovery, else 0.

    Source: the score catalogue, docs/metrics.md.
    """
    found = recoveries(conversation, scenario)
    if not found:
        nothing = unmeasured(conversation)
        return (
            nothing
            if nothing and not yields(conversation)
            else Unscored(f"no interruption was there to recover from: {tallied(conversation)}")
        )
    known = [one for one in found if one.recovered is not None]
    unknown = [one for one in found if one.recovered is None]
    if len(unknown) > len(known):
        return Unscored(f"{len(unknown)} of {len(found)} interruptions can't be told: {_shown(found)}")
    back = [one for one in known if one.recovered]
    return Score(
        len(back) / len(known),
        "ratio",
        len(known),
        spans=tuple(one.span for one in sorted(found, key=lambda one: bool(one.recovered))),
        resolution=conversation.resolution,
        detail=f"{len(back)} of {len(known)} recovered"
        + (f", {len(unknown)} unknown" if unknown else "")
        + f": {_shown(found)}",
        values=tuple(float(one in back) for one in known),
        few=len(known) < 10,
    )


def _shown(found: tuple[Recovery, ...]) -> str:
    """Each part: how often it held of how often it was due and known, and why it didn't."""
    notes: list[str] = []
    for name in PARTS:
        parts = [one.parts[name] for one in found]
        due = [part for part in parts if part[0] in ("holds", "broken")]
        unknown = [why for standing, why in parts if standing == "unknown"]
        if due or unknown:
            held = sum(standing == "holds" for standing, _ in due)
            why = dict.fromkeys([why for standing, why in due if standing == "broken"] + unknown)
            notes.append(f"{name} {held}/{len(due)}" + (f" ({'; '.join(why)})" if why else ""))
    return ", ".join(notes)
