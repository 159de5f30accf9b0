"""The caller that improvises: it wants something, knows a few things, and answers what it hears."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from harness.audio import Samples
from harness.call.acts import Act, Decision, Leave, LetTalk, Undecided
from harness.callers._acts import Speak, acts_of
from harness.callers._overheard import Overheard
from harness.callers.scripted import end_to_end, rates_of
from harness.errors import BadInput, CallVoid
from harness.minds import Mind, Moment, Move, Question
from harness.scenario import Line, Piece, Scenario, Step
from harness.speech import Speech
from harness.timeline import Event

ASIDE = 1_000_000
"""The number of the first step that is done at a rate: behind any that is improvised."""


@dataclass(frozen=True, slots=True)
class Thought:
    """A move with its lines as sound; failed: why there is none."""

    move: Move
    acts: tuple[Act, ...] = ()
    failed: str | None = None


Begin: TypeAlias = Callable[[Callable[[], Thought]], "Future[Thought]"]
"""Begins to think: in simulated time the world waits for the thought, live it comes from beside the call."""


def at_once(think: Callable[[], Thought]) -> Future[Thought]:
    """Think while the world waits."""
    done: Future[Thought] = Future()
    done.set_result(think())
    return done


class improvised:  # noqa: N801  (a member of a family bears its module's name)
    """Asks a mind what to do, when it is the caller's to speak and whenever the agent has said something more.

    speak: makes a line in a voice into sound. mind: decides; it is asked once more where its answer
    can't be used, and the call is given up where that can't be either. begin: how it is let think.
    steps: what it has done so far, as a script would have it; an act's `step` counts them from 0.
    """

    def __init__(self, scenario: Scenario, *, speak: Speak, mind: Mind, begin: Begin = at_once) -> None:
        self.steps: tuple[Step, ...] = ()
        self._scenario = scenario
        self._speak = speak
        self._mind = mind
        self._begin = begin
        self.rates = rates_of(scenario, self._said, ASIDE)
        self._heard = Overheard()
        self._wanted = False
        self._asked: Moment = "your turn"
        self._thought: Future[Thought] | None = None
        self._acts: deque[Act | LetTalk | Leave] = deque()
        self._moves = 0

    def speech(self) -> Samples:
        """Its goal in its own voice: as loud as what it will say, and what the levels of the world are set against."""
        goal = self._scenario.goal or ""
        return end_to_end([self._said((Piece(goal, self._scenario.language),)).samples])

    def witness(self, event: Event) -> None:
        """Something happened: what a caller could know of it is kept."""
        self._heard.witness(event)
        self._wanted = self._wanted and not self._heard.agent_speaks

    def overhears(self, text: str) -> None:
        """The words of the agent's turn, as a recogniser had them."""
        self._heard.agent_said(text)

    def wants_line(self, _at: int) -> None:
        """It is the caller's to speak."""
        self._heard.turn()
        self._wanted = True

    def next_act(self) -> Decision:
        """The next act, as soon as the caller has made up its mind."""
        while not self._acts:
            if self._thought is None:
                moment = self._moment()
                if moment is None:
                    return Undecided()
                self._asked = moment
                self._thought = self._begin(partial(self._think, Question(moment, self._heard.take())))
            if not self._thought.done():
                return Undecided()
            thought, self._thought = self._thought.result(), None
            self._take(thought)
        return self._acts.popleft()

    def _moment(self) -> Moment | None:
        """What there is to decide now, if anything."""
        if self._wanted:
            return "your turn"
        return "the agent is speaking" if self._heard.agent_speaks and self._heard.news else None

    def _take(self, thought: Thought) -> None:
        """Do as was decided, unless the moment for it is over."""
        if thought.failed is not None:
            self._acts.append(Leave(thought.failed, failed=True))
            return
        if self._asked == "the agent is speaking" and not self._heard.agent_speaks:
            return
        move = thought.move
        if not move.steps and not move.hang_up and self._asked == "the agent is speaking":
            return
        self._wanted = False
        self._moves += 1
        self.steps = (*self.steps, *move.steps)
        self._acts.extend(thought.acts if move.steps or move.hang_up else (LetTalk(),))
        if move.hang_up:
            self._acts.append(Leave("had said all it had to say"))
        elif self._moves >= self._scenario.moves:
            self._acts.append(Leave(f"had made all {self._moves} moves that it may"))

    def _think(self, question: Question) -> Thought:
        """Ask the mind, once more where its answer can't be used, and make what it says into sound."""
        try:
            return self._decided(question)
        except BadInput as problem:
            again = replace(question, problem=str(problem))
        except CallVoid as problem:
            return Thought(Move(), failed=str(problem))
        try:
            return self._decided(again)
        except BadInput as problem:
            return Thought(Move(), failed=f"our caller's mind gave no move twice running: {problem}")
        except CallVoid as problem:
            return Thought(Move(), failed=str(problem))

    def _decided(self, question: Question) -> Thought:
        move = self._mind(question)
        first = len(self.steps)
        acts = acts_of(self._scenario, move.steps, said=self._said, speak=self._speak, first=first)
        return Thought(move, tuple(acts))

    def _said(self, line: Line) -> Speech:
        return self._speak(self._scenario.persona.voice, line)
