"""Asking a recogniser besides what listening needs: it costs time, so only where a score is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from harness.conversation import Conversation
from harness.listening.overhearing import overhear
from harness.scenario import Scenario
from harness.speech import Recogniser

TRACKS: Mapping[str, str] = {"agent_intelligibility": "heard", "audibility_wer": "sent", "caller_audibility": "clean"}
"""Score → the track that its recogniser listens to."""


def recognised_as_asked(
    conversation: Conversation, scenario: Scenario, recogniser: Recogniser, *, everything: bool = False
) -> Conversation:
    """The conversation with what a recogniser hears on the tracks that the scenario's `expect` names a score of.

    everything: on all of them. Moonshine knows English: what is in another language isn't asked for.
    """
    asked = {TRACKS[held.score] for held in scenario.expect if held.score in TRACKS}
    tracks = set(TRACKS.values()) if everything else asked
    return overhear(conversation, recogniser, tracks, agent=scenario.language) if tracks else conversation
