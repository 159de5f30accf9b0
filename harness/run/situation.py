"""What a call was like, by which a run's scores are told apart: languages, accent, noise and the rest of the line."""

from __future__ import annotations

from harness.conversation import Conversation
from harness.scenario import Effect, Scenario
from harness.scenario.written import in_words
from harness.timeline import LineSaid

NONE = "none"


def situation(conversation: Conversation, scenario: Scenario) -> dict[str, str]:
    """language: what the caller spoke, several joined by "+". accent: its voice's, where the voice was given one.

    noise: the bed and its level against the caller's speech; line: the other effects, as their author set them;
    `none` where there was none.
    """
    lines = [event for event in conversation.recording.events if isinstance(event, LineSaid) and event.text]
    said = {tag for line in lines for tag in line.language.split("+")}
    accent = scenario.persona.voice.options.get("accent")
    noises = [_noise(effect) for effect in scenario.world if effect.name == "noise"]
    others = [in_words(effect) for effect in scenario.world if effect.name != "noise"]
    return {
        "language": "+".join(sorted(said)) or scenario.language,
        **({"accent": str(accent)} if accent else {}),
        "noise": " and ".join(noises) or NONE,
        "line": " + ".join(others) or NONE,
    }


def _noise(effect: Effect) -> str:
    snr = effect.options.get("snr")
    level = f" {snr:g} dB" if isinstance(snr, int | float) else ""
    return f"{effect.options.get('bed', 'noise')}{level}"
