"""Calls to agents whose faults are planted: what is placed, and what the agent logged of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.agents.planted import planted
from harness.call.call import Call
from harness.callers.scripted import scripted
from harness.conversation import Conversation
from harness.listening.turns import listen
from harness.run.scoring import measure
from harness.run.simulated import simulate
from harness.scenario import Interrupt, Manners, Persona, Piece, Say, Scenario, Step, VoiceSpec
from harness.score import Outcome
from harness.voices import speak, voice_for

# Without a comma: an agent that is sure of an end after 0.15 s would answer into a pause for breath.
LINES = (
    "I would like to book an appointment please",
    "on Friday the thirteenth of March",
    "my name is John Smith",
    "thank you very much for your help",
)


@dataclass(frozen=True, slots=True)
class Planting:
    """One call to a planted agent: what was understood and scored, and the agent's own log, (what, sample)."""

    conversation: Conversation
    scores: dict[str, Outcome]
    log: Sequence[tuple[str, int]]

    def logged(self, what: str) -> list[int]:
        """The samples at which the agent did something."""
        return [at for name, at in self.log if name == what]


def scenario(*steps: Step, seed: int = 1, patience: float = 6.0) -> Scenario:
    """A plain caller with a Pico voice who does these steps."""
    persona = Persona(voice=VoiceSpec("pico", {"accent": "en-GB"}), manners=Manners(breath=0.7, patience=patience))
    return Scenario(id="planted-0", name="planted", file="planted.yaml", seed=seed, persona=persona, steps=steps)


def says(text: str) -> Say:
    """A step that says a line in English."""
    return Say((Piece(text, "en-GB"),))


def cuts_in(text: str, after: float, kind: str = "correction") -> Interrupt:
    """A step that interrupts."""
    return Interrupt((Piece(text, "en-GB"),), after, kind)


def prepared(call: Scenario) -> Call:
    """The engine, ready for a scenario of this module's."""
    return Call(scripted(call, speak=speak), manners=call.persona.manners, seed=call.seed)


def rung(call: Scenario, **options: str) -> Planting:
    """Ring a planted agent in simulated time."""
    agent = planted(voice=voice_for("pico"), **options)
    engine = prepared(call)
    simulate(engine, agent)
    understood = listen(engine.recording({}))
    return Planting(understood, measure(understood, call), [(entry.what, entry.at) for entry in agent.log])
