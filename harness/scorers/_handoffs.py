"""Whether the agent handed over to a human, and whether we could have seen it if it had."""

from __future__ import annotations

from collections.abc import Sequence

from harness.conversation import Conversation
from harness.handoff import Packet, read_destination, read_packet
from harness.scenario import Scenario
from harness.score import Unscored
from harness.scorers._speech import events
from harness.timeline import AgentState, HandedOff

WATCHED = ("in-band",)
"""The channels on which a handoff reaches us where the recording names no others (`watched`)."""


def declared(conversation: Conversation) -> frozenset[str]:
    """The channels by which the agent says it hands over."""
    found: set[str] = set()
    for state in events(conversation, AgentState):
        channels = state.attrs.get("handoff")
        if isinstance(channels, str):
            found.add(channels)
        elif isinstance(channels, list | tuple):
            found.update(str(channel) for channel in channels)
    return frozenset(found)


def handoffs(conversation: Conversation) -> tuple[HandedOff, ...] | Unscored:
    """The handoffs of a call, none where there was none; Unscored where that couldn't be known.

    A handoff that was seen proves its channel. An absence is known only on channels that the agent
    declared and that we watch: a silent black box neither handed over nor refrained.
    """
    seen = events(conversation, HandedOff)
    channels = declared(conversation)
    if seen:
        return seen
    if not channels:
        return Unscored("the agent declared no channel to hand over by, and proved none")
    watched = frozenset(map(str, conversation.recording.provenance.get("watched", WATCHED)))
    if channels - watched:
        unseen = ", ".join(sorted(channels - watched))
        return Unscored(f"the agent may hand over by {unseen}, where we don't see it")
    return ()


def handed_over(conversation: Conversation, scenario: Scenario) -> tuple[HandedOff, ...] | Unscored:
    """The handoffs of a call in which there was one; Unscored where there was none, or where that couldn't be known."""
    seen = handoffs(conversation)
    if isinstance(seen, Unscored) or seen:
        return seen
    truth = scenario.truth.handoff
    if truth is not None and truth.decision == "required":
        return Unscored("nothing was handed over, though it had to be: that is handoff_decision's")
    return Unscored("nothing was handed over, and nothing had to be")


def inherited(seen: Sequence[HandedOff]) -> Packet:
    """The packet that the human has: the last that was sent; an empty one where none was."""
    for known, read in _kept:
        if known is seen:
            return read
    packets = [packet for handoff in seen if (packet := read_packet(handoff.packet)) is not None]
    packet = packets[-1] if packets else Packet()
    _kept[:] = [(seen, packet)]
    return packet


_kept: list[tuple[Sequence[HandedOff], Packet]] = []
"""What was read last: several scores ask for the same packet."""


def destination(handoff: HandedOff) -> str | None:
    """Where a handoff went, as the agent or its packet says."""
    return handoff.to if handoff.to and handoff.to.strip() else read_destination(handoff.packet)
