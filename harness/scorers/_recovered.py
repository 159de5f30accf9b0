"""Shares of several recoveries: of all that applies to each, and of one part."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.score import Score, Unscored
from harness.scorers._recoveries import PARTS, Recovery
from harness.scorers._yields import tallied, unmeasured, yields


def share_recovered(conversation: Conversation, found: tuple[Recovery, ...]) -> Score | Unscored:
    """The share of interruptions for which all that apply hold, each part shown.

    Unknown ones are left out and counted; where they outnumber the known nothing is measured.
    """
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


def share_of(conversation: Conversation, found: tuple[Recovery, ...], part: str) -> Score | Unscored:
    """The share in which a part holds, of the interruptions for which it is due and known."""
    due = [one for one in found if one.parts[part][0] in ("holds", "broken")]
    unknown = [one.parts[part][1] for one in found if one.parts[part][0] == "unknown"]
    if not due:
        why = dict.fromkeys(unknown or [one.parts[part][1] for one in found])
        return Unscored("; ".join(why) or "no interruption was there to recover from")
    held = [one for one in due if one.parts[part][0] == "holds"]
    return Score(
        len(held) / len(due),
        "ratio",
        len(due),
        spans=tuple(one.span for one in sorted(due, key=lambda one: one in held)),
        resolution=conversation.resolution,
        detail=f"{len(held)} of {len(due)}" + (f", {len(unknown)} unknown" if unknown else ""),
        few=len(due) < 10,
    )
