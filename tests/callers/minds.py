"""Minds of a few lines, which decide in the call by what the agent said."""

from __future__ import annotations

from collections.abc import Sequence

from harness.call.call import Call
from harness.call.line import Agent
from harness.callers.improvised import Begin, at_once, improvised
from harness.minds import Mind, Move, Question
from harness.recording import Recording
from harness.run.simulated import simulate
from harness.scenario import Entity, Interrupt, Line, Manners, Persona, Piece, Say, Scenario, Truth, VoiceSpec
from harness.speech import Speech
from tests.agents.calling import british

DATE = Entity("date", "2026-03-13", was=("2026-03-12",))
WANTS = Scenario(
    "books-0",
    "Somebody books, and corrects what is read back wrong",
    "books.yaml",
    1,
    language="en-GB",
    persona=Persona(voice=VoiceSpec("pico", {"accent": "en-GB"}), manners=Manners(breath=0.4, patience=6.0)),
    goal="Book an appointment on the thirteenth of March.",
    facts=(DATE,),
    truth=Truth(entities=(DATE,)),
)
ASKS = "I would like an appointment on the twelfth of March please"
CORRECTS = "No sorry not the twelfth I meant the thirteenth of March please"


def line(text: str) -> Line:
    return (Piece(text, "en-GB"),)


def say(text: str) -> Move:
    return Move((Say(line(text)),))


def speak(_voice: VoiceSpec, said: Line) -> Speech:
    return british(said[0].text)


class Corrects:
    """Asks for one day, and cuts in with another where the agent reads the first one back."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Move:
        self.asked.append(question)
        last = question.so_far[-1]
        if question.moment == "the agent is speaking":
            wrong = "twelfth of March" in last and not any(CORRECTS in earlier for earlier in question.so_far)
            return Move((Interrupt(line(CORRECTS), phrase="twelfth of March"),)) if wrong else Move()
        if not any(one.startswith("you:") for one in question.so_far):
            return say(ASKS)
        return Move(hang_up=True)


class Answers:
    """Says what it knows of what it is asked for."""

    def __init__(self, knows: Sequence[tuple[str, str]], opening: str) -> None:
        self._knows = knows
        self._opening = opening

    def __call__(self, question: Question) -> Move:
        if question.moment == "the agent is speaking":
            return Move()
        if not any(one.startswith("you:") for one in question.so_far):
            return say(self._opening)
        asked = question.so_far[-1].lower()
        return next((say(answer) for word, answer in self._knows if word in asked), Move(hang_up=True))


def rung(
    agent: Agent, mind: Mind, scenario: Scenario = WANTS, begin: Begin = at_once, limit: float = 60.0
) -> tuple[Recording, improvised]:
    """A call, and who made it."""
    caller = improvised(scenario, speak=speak, mind=mind, begin=begin)
    manners, first = scenario.persona.manners, scenario.first
    call = Call(caller, manners=manners, seed=scenario.seed, first=first, limit=limit, rates=caller.rates)
    simulate(call, agent)
    return call.recording({}), caller
