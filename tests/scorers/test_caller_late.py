"""What our own caller is late by is never the agent's: the call scores as the one in which it wasn't late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from harness.audio import samples
from harness.conversation import Conversation
from harness.run.scoring import measure
from harness.scenario import Entity, Truth
from harness.score import Outcome, Score
from harness.scorers.brevity import brevity
from harness.scorers.dead_air import dead_air
from harness.timeline import AgentSaid, AudioWithdrawn, CallerLate, Event, Party
from tests.scorers.calls import SCENARIO, Said, call

FACTS = replace(SCENARIO, truth=Truth(entities=(Entity("date", "2026-03-12"),)))
ASKS = Said(3.0, 5.0, "I want the twelfth of March")
HELLO = (0.5, 2.0)


@dataclass(frozen=True)
class Situation:
    """What was before the caller's next line was due, at `due`, and what the agent says after that line."""

    due: float
    caller: Sequence[Said]
    agent: Sequence[tuple[float, float]]
    told: Mapping[float, str]
    events: Sequence[Event] = ()

    def held(self, late: float) -> Conversation:
        """The call, its next line late by so many seconds."""
        start = self.due + late
        line = Said(start, start + 2.0, "So what about my appointment", step=9)
        reply = (start + 2.7, start + 5.0)
        told = {0.5: "Hello, this is Ada.", **self.told, reply[0]: "It is booked for the twelfth of March."}
        events: list[Event] = [AgentSaid(samples(at), text) for at, text in told.items()]
        events += self.events
        if late:
            events.append(CallerLate(samples(self.due), samples(late)))
        return call(
            [*self.caller, line],
            [HELLO, *self.agent, reply],
            events,
            seconds=reply[1] + 1.0,
            hung_up=Party.CALLER,
            texts=dict(enumerate(told.values())),
        )


MURMUR = Said(8.0, 8.4, "mm", kind="backchannel", step=1)

SITUATIONS = {
    "the agent says nothing, until patience is over": Situation(13.0, [ASKS], [], {}),
    "the agent says nothing, for a short while": Situation(6.0, [ASKS], [], {}),
    "the agent says one moment, and no more": Situation(9.0, [ASKS], [(5.7, 6.7)], {5.7: "One moment please."}),
    "the agent has answered": Situation(9.5, [ASKS], [(5.7, 8.7)], {5.7: "That is fine, and what time?"}),
    "the agent stops at a murmur": Situation(
        9.8,
        [ASKS, MURMUR],
        [(5.7, 8.6)],
        {5.7: "That is fine, and here is a great deal more to tell you."},
        [AudioWithdrawn(samples(8.6), samples(3.0))],
    ),
    "the agent goes on through a murmur and stalls": Situation(
        12.5, [ASKS, MURMUR], [(5.7, 11.5)], {5.7: "That is fine, and here is more. " + "And yet some more. " * 12}
    ),
    "the agent was cut into and stops": Situation(
        16.5,
        [ASKS, Said(8.0, 9.5, "no sorry the thirteenth", kind="correction", step=1)],
        [(5.7, 8.6)],
        {5.7: "That is fine, and here is a great deal more to tell you."},
    ),
}


def values(found: Mapping[str, Outcome]) -> dict[str, object]:
    return {name: (one.value, one.values) if isinstance(one, Score) else type(one) for name, one in found.items()}


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
@pytest.mark.parametrize("late", [1.0, 9.0])
def test_every_score_is_the_same_whether_the_caller_was_late_or_not(situation: Situation, late: float) -> None:
    prompt, later = (values(measure(situation.held(by), FACTS)) for by in (0.0, late))
    assert prompt == later


def test_the_same_silence_is_dead_air_where_the_caller_was_not_late() -> None:
    made = SITUATIONS["the agent says nothing, for a short while"].held(9.0)
    blamed = replace(
        made, recording=replace(made.recording, events=tuple(e for e in made.recording.events if not _late(e)))
    )
    counts = [dead_air(one, FACTS)["count"] for one in (made, blamed)]
    assert [one.value for one in counts if isinstance(one, Score)] == [0.0, 1.0]


def _late(event: Event) -> bool:
    return isinstance(event, CallerLate)


def test_an_agent_that_asks_whether_anybody_is_there_while_the_caller_is_late_is_not_long_winded() -> None:
    agent = [HELLO, (5.7, 7.0), (12.0, 13.5)]
    caller = [ASKS, Said(15.0, 16.0)]
    late = CallerLate(samples(7.6), samples(4.4))
    patient, blamed = (brevity(call(caller, agent, events, seconds=17.0), FACTS)["seconds"] for events in ([late], []))
    assert isinstance(patient, Score)
    assert isinstance(blamed, Score)
    assert patient.values == (1.5,)
    assert blamed.values == pytest.approx((1.5, 2.8))
