"""A call is a function of what arrived: the floor, the anchors, and whose fault an end is."""

from __future__ import annotations

import numpy as np

from harness.audio import RATE, Samples
from harness.call.acts import CutIn, PressKeys, SayIt, StaySilent
from harness.call.call import Call
from harness.call.floor import _NEXT, Floor, Signal, State
from harness.call.line import Arrived, Audio, Broken, Closed, Frame, Telling, Withdrawn
from harness.run.simulated import simulate
from harness.scenario import Manners
from harness.timeline import (
    HeardAs,
    HungUp,
    Interrupted,
    KeysPressed,
    LanguageSwitched,
    LineSaid,
    MissedByPlan,
    Murmured,
    Party,
    ProtocolBroken,
    StayedSilent,
    Told,
)
from tests.call.lines import MANNERS, Acts, Timetable, of, rung, speech, spoken, tone


def test_the_caller_waits_for_the_greeting_to_end_and_takes_a_breath() -> None:
    recording = rung(Timetable(speech(8000, 1.0)), SayIt(0, spoken(1.0)))
    (line,) = of(recording, LineSaid)
    # 0.6 s of quiet make sure that the greeting has ended; the next frame is the first to know.
    assert 24000 + 9600 <= line.at <= 24000 + 9600 + 640
    assert not recording.sent[: line.at].any()
    assert recording.sent[line.at] != 0


def test_a_longer_breath_is_kept_to_the_sample() -> None:
    recording = rung(Timetable(speech(8000, 1.0)), SayIt(0, spoken(1.0)), manners=Manners(breath=1.5, patience=3.0))
    (line,) = of(recording, LineSaid)
    assert 0 <= line.at - (24000 + 24000) <= 320


def test_the_first_voiced_sample_of_a_line_is_where_its_event_says() -> None:
    recording = rung(Timetable(speech(0, 1.0)), SayIt(0, spoken(0.5, "mm hm")))
    (line,) = of(recording, LineSaid)
    assert isinstance(line, LineSaid)
    voiced = np.flatnonzero(recording.sent)
    assert (line.at, line.end) == (voiced[0], voiced[-1] + 1)
    assert [word for word, _, _ in line.words] == ["mm", "hm"]
    assert line.words[0][1] == line.at


def test_an_agent_that_never_speaks_is_waited_for_with_patience_then_spoken_to_then_left() -> None:
    recording = rung(Timetable(), SayIt(0, spoken(1.0)))
    (line,) = of(recording, LineSaid)
    (end,) = of(recording, HungUp)
    assert line.at == 3 * RATE
    assert 3 * RATE <= end.at - (line.at + RATE) <= 3 * RATE + 320


def test_who_calls_first_does_not_wait() -> None:
    recording = rung(Timetable(), SayIt(0, spoken(1.0)), first="caller")
    (line,) = of(recording, LineSaid)
    assert line.at == round(0.4 * RATE)


def test_an_interruption_falls_on_its_planned_sample() -> None:
    agent = Timetable(speech(8000, 5.0))
    recording = rung(agent, CutIn(0, spoken(1.0), 19200, "correction"))
    (event,) = of(recording, Interrupted)
    (line,) = of(recording, LineSaid)
    assert isinstance(event, Interrupted)
    assert abs(event.planned - (8000 + 19200)) <= 2
    assert event.at == line.at == event.planned
    assert event.knowable < event.planned


def test_a_backchannel_leaves_the_floor_with_the_agent() -> None:
    agent = Timetable(speech(8000, 4.0), speech(8000 + 80000, 1.0))
    recording = rung(agent, CutIn(0, spoken(0.3), 8000, "backchannel"), SayIt(1, spoken(0.5)))
    assert len(of(recording, Murmured)) == 1
    murmur, line = of(recording, LineSaid)
    assert murmur.at < 72000 < line.at


def test_an_anchor_that_never_comes_is_missed_by_plan() -> None:
    recording = rung(Timetable(speech(8000, 1.0)), CutIn(0, spoken(1.0), 5 * RATE, "correction"))
    (missed,) = of(recording, MissedByPlan)
    assert isinstance(missed, MissedByPlan)
    assert "ended 4.0 s before" in missed.reason
    assert of(recording, LineSaid) == []
    silent = rung(Timetable(), CutIn(0, spoken(1.0), 5 * RATE, "correction"))
    assert len(of(silent, MissedByPlan)) == 1


def test_silence_on_purpose_lasts_as_long_as_it_was_meant_to() -> None:
    recording = rung(Timetable(speech(8000, 1.0)), StaySilent(0, 5 * RATE), SayIt(1, spoken(0.5)))
    (silence,) = of(recording, StayedSilent)
    (line,) = of(recording, LineSaid)
    assert isinstance(silence, StayedSilent)
    assert silence.end - silence.at == 5 * RATE
    assert 0 <= line.at - silence.end <= 640


def test_keys_go_out_with_their_frame_and_the_agent_owes_an_answer() -> None:
    agent = Timetable(speech(8000, 1.0))
    recording = rung(agent, PressKeys(0, "1"), SayIt(1, spoken(0.5)))
    (pressed,) = of(recording, KeysPressed)
    (frame,) = [f for f in agent.heard if f.keys]
    assert frame.keys == "1"
    assert frame.number * 320 <= pressed.at < (frame.number + 1) * 320
    (line,) = of(recording, LineSaid)
    assert line.at - pressed.at >= 3 * RATE


def test_an_agent_that_hangs_up_mid_word_is_an_event_and_the_line_goes_dead_there() -> None:
    agent = Timetable(speech(8000, 3.0), Arrived(24007, Closed("gone")), speech(25000, 1.0))
    recording = rung(agent, SayIt(0, spoken(1.0)))
    (end,) = of(recording, HungUp)
    assert isinstance(end, HungUp)
    assert (end.at, end.party) == (24007, Party.AGENT)
    assert "2.0 s of its audio unheard" in end.reason
    assert recording.heard[24006] != 0
    assert not recording.heard[24007:].any()


def test_a_line_that_the_agent_hangs_up_on_is_cut_to_the_words_begun() -> None:
    agent = Timetable(Arrived(4000, Telling("state", {})), Arrived(8000 + 16000, Closed()))
    recording = rung(agent, SayIt(0, spoken(3.0, "a b c", lead=0)), first="caller")
    (line,) = of(recording, LineSaid)
    assert isinstance(line, LineSaid)
    assert line.cut
    assert line.end == 24000
    assert [word for word, _, _ in line.words] == ["a", "b"]


def test_after_the_caller_hangs_up_the_agent_is_still_listened_to_for_a_second() -> None:
    agent = Timetable(speech(0, 0.5), Arrived(10 * RATE, Telling("state", {})))
    recording = rung(agent, SayIt(0, spoken(0.5)))
    (end,) = of(recording, HungUp)
    frames = [f for f in agent.heard if f.hung_up]
    assert isinstance(end, HungUp)
    assert end.party is Party.CALLER
    assert len(frames) == 50
    assert not any(f.samples.any() for f in frames)


def test_the_same_breach_is_one_event_with_a_count() -> None:
    agent = Timetable(*(Arrived(k * 320, Broken("odd")) for k in range(5, 15)))
    recording = rung(agent, SayIt(0, spoken(0.5)))
    assert of(recording, ProtocolBroken) == [ProtocolBroken(5 * 320, "odd", 10)]


def test_what_the_agent_tells_becomes_events_and_what_is_not_understood_is_kept() -> None:
    agent = Timetable(
        Arrived(500, Telling("user.transcript", {"text": "hi", "final": True})),
        Arrived(600, Telling("user.transcript", {"text": 7})),
        Arrived(700, Telling("weather", {"sun": 1})),
    )
    recording = rung(agent)
    assert of(recording, HeardAs) == [HeardAs(500, "hi", True, None)]
    assert [event.at for event in of(recording, Told)] == [600, 700]


def test_an_agent_whose_code_fails_is_the_agents_failure() -> None:
    class Fails:
        def step(self, said: Frame) -> list[Arrived]:
            if said.number == 50:
                raise KeyError("slot")
            return []

    recording = rung(Fails(), SayIt(0, spoken(1.0)))
    (broken,) = of(recording, ProtocolBroken)
    (end,) = of(recording, HungUp)
    assert isinstance(broken, ProtocolBroken)
    assert isinstance(end, HungUp)
    assert "KeyError" in broken.why
    assert end.party is Party.AGENT


def test_sound_that_is_no_number_is_a_breach_and_heard_as_silence() -> None:
    agent = Timetable(Arrived(8000, Audio(np.full(1600, np.nan, np.float32))), Arrived(16000, Audio(tone(0.5))))
    recording = rung(agent, SayIt(0, spoken(0.5)))
    assert [event.at for event in of(recording, ProtocolBroken)] == [8000]
    assert np.isfinite(recording.heard).all()
    assert recording.heard[16000:24000].any()


def test_a_call_ends_at_its_limit_whatever_the_agent_does() -> None:
    agent = Timetable(*(speech(k * RATE, 1.0) for k in range(20)))
    recording = rung(agent, SayIt(0, spoken(0.5)), limit=5.0)
    (end,) = of(recording, HungUp)
    assert isinstance(end, HungUp)
    assert end.at == 5 * RATE
    assert "limit" in end.reason


def test_a_change_of_language_is_an_event() -> None:
    recording = rung(Timetable(), SayIt(0, spoken(0.5)), SayIt(1, spoken(0.5, language="hi-IN")))
    (switch,) = of(recording, LanguageSwitched)
    second = of(recording, LineSaid)[1]
    assert (switch.at, getattr(switch, "language", None)) == (second.at, "hi-IN")


def test_the_three_tracks_are_of_equal_length_and_on_the_sixteen_bit_grid() -> None:
    recording = rung(Timetable(speech(0, 1.0), Arrived(4000, Withdrawn())), SayIt(0, spoken(0.5)))
    assert len(recording.clean) == len(recording.sent) == len(recording.heard)
    for track in (recording.clean, recording.sent, recording.heard):
        grid = track * 32767
        np.testing.assert_allclose(grid, np.round(grid), atol=2e-3)


def test_an_effect_that_delays_shifts_the_edges_by_what_it_declares() -> None:
    class Late:
        delay = 40

        def __init__(self) -> None:
            self._held = np.zeros(40, np.float32)

        def __call__(self, frame: Samples) -> Samples:
            whole = np.concatenate([self._held, frame])
            self._held = whole[-40:]
            return whole[:320]

        def band(self, sound: Samples) -> Samples:
            return sound

    call = Call(Acts(SayIt(0, spoken(0.5))), manners=MANNERS, seed=1, effects=[Late()], first="caller")
    simulate(call, Timetable())
    recording = call.recording({})
    (line,) = of(recording, LineSaid)
    assert line.at == np.flatnonzero(recording.sent)[0] == np.flatnonzero(recording.clean)[0] + 40


def test_the_floor_is_over_from_every_state_once_someone_hangs_up() -> None:
    for state in State:
        floor = Floor(state)
        floor.move(Signal.HANG_UP, 1)
        assert floor.state is State.OVER
    assert not any(state is State.OVER and following is not State.OVER for (state, _), following in _NEXT.items())


def test_a_signal_that_means_nothing_leaves_the_floor_as_it_is() -> None:
    floor = Floor(State.AWAIT)
    assert not floor.move(Signal.AGENT_OFF, 5)
    assert (floor.state, floor.since) == (State.AWAIT, 0)
