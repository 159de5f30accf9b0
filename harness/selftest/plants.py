"""A plant: an agent with a fault, and a caller whose script brings it out, both drawn from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

import numpy as np

from harness.scenario import Effect, Interrupt, Manners, Opening, Persona, Piece, Say, Scenario, Step, Truth, VoiceSpec
from harness.statistics import generator

SENTENCES = (
    "Certainly, let me look into that for you.",
    "I have a free slot on Monday afternoon.",
    "The doctor is in until five, and the desk opens at eight.",
    "You will get a message with all of that in a minute.",
    "Please bring a letter from your own doctor, if you have one.",
    "The parcel left our warehouse on Tuesday morning.",
    "There is a car park right behind the building.",
    "We can also call you back tomorrow, whenever it suits you.",
    "A new router would be with you by the end of the week.",
    "The whole visit takes about twenty minutes.",
)
"""What an agent answers is put together from these: two to three and a half seconds each."""

LINES = (
    "I would like to book an appointment please",
    "my name is John Smith",
    "thank you very much for your help",
    "could you tell me where you are",
    "I need to move my appointment to Friday",
)
"""Without a comma: an agent that is sure of an end after 0.15 s would answer into a pause for breath."""

CUT_INS = (
    "Sorry, not the twelfth, I meant the thirteenth of March please.",
    "No wait, that is not what I asked for, I need the other one.",
    "Excuse me, could I just say something about that first please?",
)
"""What a caller cuts in with: long enough to be no murmur."""


BRITISH = VoiceSpec("pico", {"accent": "en-GB"})
"""Who the caller is, as a rule."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was drawn for one call: the agent's options, the caller's steps, voice and line, what is so and due."""

    options: Mapping[str, str]
    steps: tuple[Step, ...]
    patience: float = 4.0
    truth: Truth = field(default_factory=Truth)
    world: tuple[Effect, ...] = ()
    opening: Opening = field(default_factory=Opening)
    voice: VoiceSpec = BRITISH


@dataclass(frozen=True, slots=True)
class Plant:
    """One call to be made. number: its place among the plants of a seed. agent: the TARGET that `run` takes too."""

    number: int
    seed: int
    kind: str
    agent: str
    scenario: Scenario
    noisy: bool = False


class Draw:
    """The draws of one plant."""

    def __init__(self, seed: int, number: int) -> None:
        self._generator: np.random.Generator = generator(seed, f"plant {number}")

    def number(self, low: float, high: float) -> float:
        """A number of the range, to a thousandth."""
        return round(float(self._generator.uniform(low, high)), 3)

    def time(self, low: float, high: float) -> str:
        """A time of the range, in seconds, as an option is written."""
        return f"{round(1000 * self.number(low, high))}ms"

    def whole(self, low: int, high: int) -> int:
        """A whole number of the range, both ends included."""
        return int(self._generator.integers(low, high + 1))

    def one(self, *of: str) -> str:
        """One of several."""
        return of[int(self._generator.integers(len(of)))]

    def text(self, sentences: int) -> str:
        """So many sentences, no two the same."""
        order = self._generator.permutation(len(SENTENCES))[:sentences]
        return " ".join(SENTENCES[k] for k in order)

    def lines(self, count: int) -> tuple[Say, ...]:
        """Steps that say so many lines."""
        order = self._generator.permutation(len(LINES))[:count]
        return tuple(says(LINES[k]) for k in order)

    def cut_in(self, low: float, high: float, kind: str = "correction") -> Interrupt:
        """A step that interrupts so many seconds into the agent's turn."""
        return Interrupt((Piece(self.one(*CUT_INS), "en-GB"),), self.number(low, high), kind)


def says(text: str, language: str = "en-GB") -> Say:
    """A step that says a line, in English unless it is another language's."""
    return Say((Piece(text, language),))


def target(agent: str, options: Mapping[str, str]) -> str:
    """An agent and its options as a TARGET."""
    return f"{agent}?{urlencode(options, quote_via=quote)}" if options else agent


def scenario(number: int, seed: int, kind: str, plan: Plan) -> Scenario:
    """The call of a plant: a plain caller, on a line that takes nothing away unless the plan says so."""
    persona = Persona(voice=plan.voice, manners=Manners(breath=0.7, patience=plan.patience))
    name = f"plant-{number}-of-{seed}"
    made = Scenario(id=name, name=kind, file="selftest", seed=seed, persona=persona, steps=plan.steps)
    return replace(made, truth=plan.truth, opening=plan.opening, world=plan.world)
