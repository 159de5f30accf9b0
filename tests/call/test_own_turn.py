"""The caller's own turn: thought over, begun anew, added to, talked over by the agent; and a hold."""

from __future__ import annotations

from harness.audio import RATE
from harness.call.acts import AddOn, GoOn, SayIt, StaySilent
from harness.scenario import Manners
from harness.timeline import HungUp, LineSaid, MissedByPlan, Murmured, StayedSilent
from tests.call.lines import Timetable, of, rung, speech, spoken

BREATH = 4800
THOUGHT = (
    SayIt(0, spoken(1.0, "I want"), held=True),
    GoOn(1, spoken(0.3, "um"), BREATH, "filler", held=True),
    GoOn(2, spoken(1.0, "a room"), 19200, "say"),
)


def manners(yields: str) -> Manners:
    return Manners(breath=0.4, patience=3.0, yields=yields)  # type: ignore[arg-type]


def test_a_thought_is_a_pause_in_ones_own_turn_of_exactly_its_length() -> None:
    recording = rung(Timetable(speech(0, 1.0)), *THOUGHT)
    before, filler, after = of(recording, LineSaid)
    assert (before.held, filler.kind, after.held) == (True, "filler", False)
    assert (filler.at - before.end, after.at - filler.end) == (BREATH, 19200)
    (event,) = of(recording, Murmured)
    assert (event.at, event.planned, event.knowable) == (filler.at, filler.at, before.end)


def test_the_line_behind_a_thought_comes_whatever_the_agent_does() -> None:
    quiet = of(rung(Timetable(speech(0, 1.0)), *THOUGHT), LineSaid)
    hasty = of(rung(Timetable(speech(0, 1.0), speech(quiet[0].end + 12000, 5.0)), *THOUGHT), LineSaid)
    assert [(line.at, line.end) for line in hasty] == [(line.at, line.end) for line in quiet]


def test_a_false_start_is_held_and_begun_anew() -> None:
    acts = SayIt(0, spoken(0.5, "I want to"), held=True), GoOn(1, spoken(1.0, "a room"), 8000)
    first, second = of(rung(Timetable(speech(0, 1.0)), *acts), LineSaid)
    assert (first.held, second.held, second.at - first.end) == (True, False, 8000)


def test_an_added_turn_comes_without_waiting_for_the_agent() -> None:
    acts = SayIt(0, spoken(0.5)), AddOn(1, spoken(0.5), 12800)
    first, second = of(rung(Timetable(speech(0, 1.0)), *acts), LineSaid)
    assert (first.held, second.at - first.end) == (False, 12800)


def test_a_turn_is_not_added_where_the_agent_has_begun() -> None:
    agent = Timetable(speech(0, 1.0), speech(3 * RATE, 1.0))
    recording = rung(agent, SayIt(0, spoken(0.5)), AddOn(1, spoken(0.5), 24000), SayIt(2, spoken(0.5)))
    (missed,) = of(recording, MissedByPlan)
    assert (missed.step, missed.kind, missed.reason) == (1, "add", "the agent had begun to speak")
    assert [line.step for line in of(recording, LineSaid)] == [0, 2]


def test_a_hold_begins_where_its_line_ends_and_the_caller_goes_on_by_itself() -> None:
    agent = Timetable(speech(0, 1.0))
    recording = rung(agent, SayIt(0, spoken(0.5)), StaySilent(0, 8 * RATE, "hold"), SayIt(1, spoken(0.5)))
    asked, after = of(recording, LineSaid)
    (hold,) = of(recording, StayedSilent)
    assert (hold.kind, hold.at, hold.end) == ("hold", asked.end, asked.end + 8 * RATE)
    assert 0 <= after.at - (hold.end + 6400) <= 320


def talked_over(yields: str, seconds: float) -> list[LineSaid]:
    """A line of four seconds, one word each, over which the agent speaks from its second 1.2 on."""
    agent = Timetable(speech(6400 + 19200, seconds))
    return of(rung(agent, SayIt(0, spoken(4.0, "a b c d")), manners=manners(yields), first="caller"), LineSaid)


def test_who_finishes_says_its_line_to_the_end() -> None:
    (line,) = talked_over("finishes", 5.0)
    assert (line.cut, line.end - line.at) == (False, 4 * RATE)


def test_who_gives_way_stops_at_the_end_of_a_word_once_it_has_heard_the_agent() -> None:
    (line,) = talked_over("gives_way", 2.0)
    # The agent is heard from second 1.2 to 1.6; the word that is being said then ends at 2.
    assert line.cut
    assert [word for word, _, _ in line.words] == ["a", "b"]
    assert line.end - line.at == 2 * RATE == line.words[-1][2] - line.at


def test_nothing_is_sent_behind_where_the_caller_gave_way() -> None:
    agent = Timetable(speech(6400 + 19200, 2.0))
    recording = rung(agent, SayIt(0, spoken(4.0, "a b c d")), manners=manners("gives_way"), first="caller")
    (line,) = of(recording, LineSaid)
    assert recording.sent[line.end - 1] != 0
    assert not recording.sent[line.end :].any()


def test_nobody_gives_way_to_a_murmur_of_the_agents() -> None:
    (line,) = talked_over("gives_way", 0.3)
    assert not line.cut


def test_who_insists_says_the_line_again_when_the_agent_has_spoken_through_it() -> None:
    first, again = talked_over("insists", 5.0)
    assert not first.cut
    assert again.text == first.text
    assert again.at > 6400 + 19200 + 5 * RATE


def test_who_insists_lets_it_be_when_the_agent_stopped_in_time() -> None:
    assert len(talked_over("insists", 0.5)) == 1


def test_who_gives_way_in_a_thought_breaks_off_the_line_that_goes_on() -> None:
    (first, *_) = of(rung(Timetable(speech(0, 1.0)), *THOUGHT), LineSaid)
    agent = Timetable(speech(0, 1.0), speech(first.end + 12000, 9.0))
    lines = of(rung(agent, *THOUGHT, manners=manners("gives_way")), LineSaid)
    assert [(line.text, line.cut) for line in lines] == [("I want", False), ("um", False), ("a room", True)]
    assert lines[2].end - lines[2].at == RATE // 2


def test_a_call_that_ends_in_a_thought_ends_there() -> None:
    recording = rung(Timetable(speech(0, 1.0)), *THOUGHT, limit=3.0)
    (end,) = of(recording, HungUp)
    assert "limit" in end.reason
