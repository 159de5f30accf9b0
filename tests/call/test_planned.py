"""What is planned for an instant falls on it: by time, by a share of the turn, by a phrase, in a silence, at a rate."""

from __future__ import annotations

import pytest

from harness.audio import RATE, Samples
from harness.call.acts import CutIn, InSilence, Rate, SayIt
from harness.call.call import Call
from harness.call.line import Arrived, Audio, Telling
from harness.call.overhearing import Ears
from harness.run.simulated import simulate
from harness.scenario import MURMURS
from harness.speech import Speech
from harness.timeline import HungUp, Interrupted, LineSaid, MissedByPlan, Murmured
from tests.call.lines import MANNERS, Acts, Timetable, of, rung, speech, spoken, streamed, told, tone

BEFORE, BEHIND = "Good day and welcome to your order", "which came at last"
TEXT = f"{BEFORE} {BEHIND}"
SHARE_TO_ORDER = len(BEFORE.replace(" ", "")) / len(TEXT.replace(" ", ""))


def one_miss(*acts: CutIn | InSilence | SayIt, agent: Timetable, ears: Ears | None = None) -> MissedByPlan:
    (missed,) = of(rung(agent, *acts, ears=ears), MissedByPlan)
    return missed


@pytest.mark.parametrize("share", [0.1, 0.4, 0.9])
def test_a_share_of_a_turn_whose_audio_is_all_there_is_exact(share: float) -> None:
    recording = rung(Timetable(speech(8000, 5.0)), CutIn(0, spoken(1.0), 0, "correction", share=share))
    (event,) = of(recording, Interrupted)
    assert abs(event.at - (8000 + share * 80000)) <= 2
    assert event.at == event.planned >= event.knowable


def test_a_share_of_a_turn_that_is_still_sent_is_reckoned_from_its_text() -> None:
    # 60 letters at 15 a second are 4 s: the agent in fact takes 5.
    agent = Timetable(told(7000, "abcde " * 12), *streamed(8000, 5.0))
    (event,) = of(rung(agent, CutIn(0, spoken(1.0), 0, "correction", share=0.5)), Interrupted)
    assert abs(event.at - (8000 + 2 * RATE)) <= 2
    assert event.at == event.planned >= event.knowable


def test_the_agents_own_pace_is_learnt_from_its_turns() -> None:
    # Two seconds for sixty letters: 30 a second.
    agent = Timetable(
        told(7000, "abcde " * 12), *streamed(8000, 2.0), told(5 * RATE, "abcde " * 12), *streamed(6 * RATE, 2.0)
    )
    acts = SayIt(0, spoken(1.0)), CutIn(1, spoken(1.0), 0, "correction", share=0.5)
    (event,) = of(rung(agent, *acts), Interrupted)
    assert abs(event.at - 7 * RATE) <= 800


def test_a_share_of_a_turn_that_nobody_can_know_is_missed() -> None:
    missed = one_miss(CutIn(0, spoken(1.0), 0, "correction", share=0.5), agent=Timetable(*streamed(8000, 2.0)))
    assert "known too late" in missed.reason


def test_a_phrase_is_waited_for_in_what_the_agent_tells() -> None:
    agent = Timetable(told(7000, TEXT), speech(8000, 5.0))
    (event,) = of(rung(agent, CutIn(0, spoken(1.0), 0, "correction", phrase="Your order")), Interrupted)
    assert abs(event.at - (8000 + SHARE_TO_ORDER * 80000)) <= 2
    assert event.knowable < event.planned == event.at


def test_a_phrase_that_is_told_late_is_cut_into_as_soon_as_it_is_known() -> None:
    agent = Timetable(*streamed(8000, 4.0), told(8000 + 48000, "your order is here"))
    (event,) = of(rung(agent, CutIn(0, spoken(1.0), 0, "correction", phrase="your order")), Interrupted)
    assert event.planned < event.knowable
    assert 0 <= event.at - event.knowable <= 320


def test_a_phrase_that_is_not_said_or_told_is_missed_with_its_reason() -> None:
    act = CutIn(0, spoken(1.0), 0, "correction", phrase="refund")
    said = one_miss(act, agent=Timetable(told(7000, TEXT), speech(8000, 2.0)))
    assert said.reason == "the agent never said 'refund'"
    untold = one_miss(act, agent=Timetable(speech(8000, 2.0)))
    assert "tells no text" in untold.reason


class Listener:
    """Ears that know what a track says: the phrase is over after so many samples of it, and hearing takes a while."""

    def __init__(self, over: int, takes: int = 4800) -> None:
        self._over, self._takes = over, takes
        self._ready = 0
        self._text = ""
        self.asked: list[tuple[int, int]] = []

    def ask(self, now: int, sound: Samples) -> None:
        self.asked.append((now, len(sound)))
        self._text, self._ready = "well, your order" if len(sound) >= self._over else "well, your", now + self._takes

    def answer(self, now: int) -> str | None:
        return self._text if now >= self._ready else None


def test_an_agent_that_tells_no_text_is_listened_to_for_the_phrase() -> None:
    ears = Listener(over=2 * RATE)
    act = CutIn(0, spoken(1.0), 0, "correction", phrase="your order")
    (event,) = of(rung(Timetable(*streamed(8000, 6.0)), act, ears=ears), Interrupted)
    said = 8000 + 2 * RATE
    assert said + 4800 <= event.at <= said + RATE // 2 + 4800 + 640
    assert event.planned == event.knowable == event.at
    gaps = [later - earlier for (earlier, _), (later, _) in zip(ears.asked, ears.asked[1:], strict=False)]
    assert min(gaps) >= RATE // 2
    assert all(length <= now - 8000 for now, length in ears.asked), "nothing is heard before it was said"


def test_what_is_told_is_not_listened_to() -> None:
    ears = Listener(over=0)
    agent = Timetable(told(7000, TEXT), speech(8000, 5.0))
    (event,) = of(rung(agent, CutIn(0, spoken(1.0), 0, "correction", phrase="your order"), ears=ears), Interrupted)
    assert abs(event.at - (8000 + SHARE_TO_ORDER * 80000)) <= 2
    assert ears.asked == []


def test_a_phrase_that_is_not_heard_is_missed_with_its_reason() -> None:
    ears = Listener(over=60 * RATE)
    act = CutIn(0, spoken(1.0), 0, "correction", phrase="your order")
    missed = one_miss(act, agent=Timetable(*streamed(8000, 3.0)), ears=ears)
    assert missed.reason == "the agent was not heard to say 'your order', and tells no text"


def test_an_answer_about_an_earlier_turn_is_none_about_this_one() -> None:
    ears = Listener(over=RATE // 2, takes=3 * RATE)
    acts = (
        CutIn(0, spoken(1.0), 0, "correction", phrase="your order"),
        CutIn(1, spoken(1.0), 0, "clarify", phrase="x"),
    )
    agent = Timetable(*streamed(8000, 1.5), *streamed(8000 + 4 * RATE, 2.0))
    assert of(rung(agent, *acts, ears=ears), Interrupted) == []


def test_text_that_was_withdrawn_or_never_spoken_is_no_text() -> None:
    attrs = {"interrupted": True}, {"spoken": False}
    texts = [Arrived(7000, Telling("agent.text", {"text": "your order", **more})) for more in attrs]
    agent = Timetable(*texts, speech(8000, 2.0))
    assert "tells no text" in one_miss(CutIn(0, spoken(1.0), 0, "clarify", phrase="order"), agent=agent).reason


def test_an_agent_that_ends_no_reply_and_tells_nothing_has_no_share() -> None:
    agent = Timetable(Arrived(8000, Audio(tone(2.0))))
    missed = one_miss(CutIn(0, spoken(1.0), 0, "correction", share=0.5), agent=agent)
    assert "neither its text nor" in missed.reason


@pytest.mark.parametrize("kind", MURMURS)
def test_a_murmur_of_any_kind_falls_where_it_was_planned_and_takes_no_floor(kind: str) -> None:
    agent = Timetable(speech(8000, 4.0))
    recording = rung(agent, CutIn(0, spoken(0.3), 16000, kind), SayIt(1, spoken(0.5)))
    (murmur,) = of(recording, Murmured)
    assert (murmur.kind, murmur.at) == (kind, murmur.planned)
    assert abs(murmur.at - 24000) <= 2
    line = of(recording, LineSaid)[1]
    assert line.at >= 72000


def test_two_murmurs_may_fall_over_one_turn() -> None:
    agent = Timetable(speech(8000, 6.0))
    recording = rung(agent, CutIn(0, spoken(0.3), 16000, "cough"), CutIn(1, spoken(0.3), 48000, "backchannel"))
    assert [round((event.at - 8000) / RATE, 3) for event in of(recording, Murmured)] == [1.0, 3.0]


def test_a_plan_that_the_line_before_runs_into_is_missed_not_late() -> None:
    agent = Timetable(speech(8000, 6.0))
    recording = rung(agent, CutIn(0, spoken(2.0), 16000, "backchannel"), CutIn(1, spoken(0.3), 32000, "correction"))
    (missed,) = of(recording, MissedByPlan)
    assert (missed.step, missed.kind) == (1, "correction")
    assert "still busy with the step before" in missed.reason


def test_a_sound_in_a_silence_falls_so_long_after_the_callers_own_line() -> None:
    agent = Timetable(speech(0, 1.0), speech(9 * RATE // 2, 1.0))
    recording = rung(agent, SayIt(0, spoken(0.5)), InSilence(1, spoken(0.3), 16000, "cough"), SayIt(2, spoken(0.5)))
    (murmur,) = of(recording, Murmured)
    line, cough, after = of(recording, LineSaid)
    assert murmur.at == cough.at == line.end + 16000 == murmur.planned
    assert murmur.knowable == line.end
    assert after.at > 11 * RATE // 2


def test_a_sound_for_a_silence_in_which_the_agent_speaks_is_missed() -> None:
    agent = Timetable(speech(0, 1.0), speech(3 * RATE, 2.0))
    missed = one_miss(SayIt(0, spoken(0.5)), InSilence(1, spoken(0.3), 24000, "noise_burst"), agent=agent)
    assert (missed.kind, missed.reason) == ("noise_burst", "the agent was speaking")


def test_a_sound_without_words_changes_no_language() -> None:
    silent = spoken(0.3)
    cough = Speech(silent.samples, "", "xx", (), silent.onset, silent.end, "cough")
    agent = Timetable(speech(8000, 4.0))
    recording = rung(agent, CutIn(0, cough, 16000, "cough"))
    assert {type(event).__name__ for event in recording.events} == {
        "SpeechStarted",
        "SpeechStopped",
        "Murmured",
        "LineSaid",
        "HungUp",
        "ReplyEnded",
    }


def talkative(seconds: int) -> Timetable:
    """An agent that speaks three of every five seconds."""
    return Timetable(*(speech(at * RATE, 3.0) for at in range(0, seconds, 5)))


LINES = tuple(SayIt(i, spoken(0.2, "well")) for i in range(40))


def test_a_rate_cuts_in_about_so_often_the_same_way_for_the_same_seed() -> None:
    rate = Rate("clarify", 10 * RATE, (spoken(0.4, "what"), spoken(0.4, "pardon")), 40)
    calls = [rung(talkative(200), *LINES, rates=(rate,), seed=seed, limit=180.0) for seed in (1, 1, 2)]
    first, again, other = ([event.at for event in of(call, Interrupted)] for call in calls)
    assert first == again != other
    assert 8 <= len(first) <= 30
    assert [event.step for event in of(calls[0], Interrupted)] == list(range(40, 40 + len(first)))
    texts = [line.text for line in of(calls[0], LineSaid) if line.kind == "clarify"]
    assert texts[:4] == ["what", "pardon", "what", "pardon"]


def test_what_is_done_at_a_rate_falls_over_the_agents_speech_and_on_its_instant() -> None:
    rate = Rate("backchannel", 6 * RATE, (spoken(0.3, "yes"),), 40)
    recording = rung(talkative(100), *LINES, rates=(rate,), limit=90.0)
    found = of(recording, Murmured)
    assert len(found) > 5
    for event in found:
        assert event.at % (5 * RATE) < 3 * RATE + 12 * 320
        assert event.at == event.planned >= event.knowable


def test_a_rate_leaves_the_script_as_it_is() -> None:
    rate = Rate("backchannel", 2 * RATE, (spoken(0.3, "yes"),), 2)
    recording = rung(talkative(40), SayIt(0, spoken(0.5, "one")), SayIt(1, spoken(0.5, "two")), rates=(rate,))
    assert [line.text for line in of(recording, LineSaid) if line.kind == "say"] == ["one", "two"]
    (end,) = of(recording, HungUp)
    assert end.reason == "said all it had to say"


def test_a_call_that_leaves_out_one_of_a_rate_is_the_same_up_to_it() -> None:
    rate = Rate("clarify", 8 * RATE, (spoken(0.4, "what"),), 40)

    def cut(until: int | None) -> list[int]:
        call = Call(Acts(*LINES), manners=MANNERS, seed=1, limit=60.0, rates=(rate,), rates_until=until)
        simulate(call, talkative(70))
        return [event.at for event in of(call.recording({}), Interrupted)]

    whole = cut(None)
    assert len(whole) > 3
    assert cut(42) == whole[:2]
