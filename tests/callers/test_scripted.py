import numpy as np

from harness.audio.level import SPEECH, active_level
from harness.call.acts import AddOn, CutIn, GoOn, InSilence, PressKeys, SayIt, StaySilent
from harness.callers.scripted import HANGOVER, scripted
from harness.scenario import (
    Add,
    Backchannel,
    Cough,
    FalseStart,
    Filler,
    Hold,
    Interrupt,
    Line,
    NoiseBurst,
    Persona,
    Piece,
    Press,
    Rate,
    Say,
    Scenario,
    SideSpeech,
    Silence,
    Step,
    VoiceSpec,
)
from harness.speech import Speech

VOICE = VoiceSpec("espeak", {"accent": "en-us"})


def line(text: str) -> Line:
    return (Piece(text, "en-US"),)


def scenario(*steps: Step) -> Scenario:
    return Scenario("a-0", "A call", "a.yaml", 1, persona=Persona(voice=VOICE), steps=steps)


def say(spec: VoiceSpec, said: Line) -> Speech:
    """A voice whose sound is as long as its text, each sample one over that length."""
    text = " ".join(piece.text for piece in said)
    return Speech(np.full(len(text), 1 / len(text), np.float32), text, said[0].language, (), 0, len(text), spec.engine)


def test_every_step_becomes_its_act_in_order_with_times_in_samples() -> None:
    caller = scripted(
        scenario(
            Say(line("hello")),
            Interrupt(line("sorry"), 1.2, "correction"),
            Backchannel(line("mm"), 0.75),
            Silence(4.0),
            Press("1#"),
        ),
        speak=say,
    )
    acts = [caller.next_act() for _ in range(6)]
    assert [type(act) for act in acts] == [SayIt, CutIn, CutIn, StaySilent, PressKeys, type(None)]
    hello, sorry, murmur, silence, keys, _ = acts
    assert isinstance(hello, SayIt)
    assert (hello.step, hello.speech.text, hello.speech.voice) == (0, "hello", "espeak")
    assert isinstance(sorry, CutIn)
    assert (sorry.step, sorry.speech.text, sorry.after, sorry.kind) == (1, "sorry", 19_200, "correction")
    assert isinstance(murmur, CutIn)
    assert (murmur.step, murmur.after, murmur.kind) == (2, 12_000, "backchannel")
    assert silence == StaySilent(3, 64_000)
    assert keys == PressKeys(4, "1#")


def test_a_script_that_is_through_stays_through() -> None:
    caller = scripted(scenario(Press("1")), speak=say)
    assert caller.next_act() is not None
    assert caller.next_act() is None
    assert caller.next_act() is None


def test_every_line_is_sound_before_the_call_begins() -> None:
    said: list[str] = []

    def listened(spec: VoiceSpec, words: Line) -> Speech:
        said.append(words[0].text)
        return say(spec, words)

    caller = scripted(scenario(Say(line("one")), Interrupt(line("two"), 1.0), Backchannel(line("mm"))), speak=listened)
    assert said == ["one", "two", "mm"]
    while caller.next_act():
        pass
    assert said == ["one", "two", "mm"]


def test_the_speech_is_all_lines_with_a_meters_hangover_behind_each() -> None:
    caller = scripted(scenario(Say(line("one")), Press("1"), Interrupt(line("three"), 1.0)), speak=say)
    silence = [0.0] * HANGOVER
    assert np.allclose(caller.speech(), [1 / 3] * 3 + silence + [1 / 5] * 5 + silence)
    caller.next_act()
    assert len(caller.speech()) == 8 + 2 * HANGOVER


def test_a_caller_without_lines_has_no_speech() -> None:
    assert len(scripted(scenario(Silence(4.0)), speak=say).speech()) == 0


def test_a_line_before_a_thought_is_held_and_the_one_behind_it_goes_on_so_much_later() -> None:
    steps = Say(line("I want")), Filler(line("um"), 1.5), FalseStart(line("to")), Say(line("a room"))
    first, um, broken, last = scripted(scenario(*steps), speak=say).acts
    assert isinstance(first, SayIt)
    assert first.held
    assert isinstance(um, GoOn)
    assert (um.kind, um.gap, um.held) == ("filler", 4_800, True)
    assert isinstance(broken, GoOn)
    assert (broken.kind, broken.gap, broken.held) == ("say", 24_000, True)
    assert isinstance(last, GoOn)
    assert (last.kind, last.gap, last.held) == ("say", 8_000, False)


def test_a_false_start_waits_for_the_agent_as_any_line_does() -> None:
    first, last = scripted(scenario(FalseStart(line("I")), Say(line("a room"))), speak=say).acts
    assert isinstance(first, SayIt)
    assert (first.held, first.step) == (True, 0)
    assert isinstance(last, GoOn)


def test_a_hold_is_a_line_and_a_silence_of_one_step_and_an_added_turn_comes_by_itself() -> None:
    asked, hold, added = scripted(scenario(Hold(line("wait"), 6.0), Add(line("and"), 0.5)), speak=say).acts
    assert isinstance(asked, SayIt)
    assert not asked.held
    assert hold == StaySilent(0, 96_000, "hold")
    assert isinstance(added, AddOn)
    assert (added.step, added.gap) == (1, 8_000)


def test_a_planned_sound_keeps_its_anchor_and_its_kind() -> None:
    steps = (
        Cough(0.5, during="silence"),
        NoiseBurst(at=0.4),
        SideSpeech(line("come in"), phrase="order"),
        Interrupt(line("no"), at=0.25, kind="clarify"),
    )
    cough, burst, aside, no = scripted(scenario(*steps), speak=say).acts
    assert isinstance(cough, InSilence)
    assert (cough.after, cough.kind) == (8_000, "cough")
    planned = [(act.kind, act.share, act.phrase) for act in (burst, aside, no) if isinstance(act, CutIn)]
    assert planned == [("noise_burst", 0.4, None), ("side_speech", None, "order"), ("clarify", 0.25, None)]


def test_a_cough_has_its_level_against_speech_and_is_the_same_for_the_same_seed() -> None:
    def sound(step: Step, seed: int = 1) -> Speech:
        (act,) = scripted(Scenario("a-0", "A call", "a.yaml", seed, steps=(step,)), speak=say).acts
        assert isinstance(act, CutIn)
        assert act.speech.text == ""
        return act.speech

    assert abs(active_level(sound(Cough()).samples).dbov - SPEECH) < 0.1
    assert abs(active_level(sound(NoiseBurst(kind="horn", level=-10.0)).samples).dbov - (SPEECH - 10)) < 0.1
    assert np.array_equal(sound(Cough()).samples, sound(Cough()).samples)
    assert not np.array_equal(sound(Cough()).samples, sound(Cough(), seed=2).samples)


def test_side_speech_is_in_its_own_voice_and_so_much_below() -> None:
    other = VoiceSpec("pico")
    (act,) = scripted(scenario(SideSpeech(line("come in"), voice=other, level=-20.0)), speak=say).acts
    assert isinstance(act, CutIn)
    assert act.speech.voice == "pico"
    assert np.allclose(act.speech.samples, 0.1 / 7)


def test_the_world_is_set_against_the_callers_own_lines_alone() -> None:
    caller = scripted(scenario(Say(line("one")), Cough(), SideSpeech(line("come in"))), speak=say)
    assert len(caller.speech()) == 3 + HANGOVER


def test_a_rate_is_its_lines_as_sound_and_its_steps_follow_the_scripts() -> None:
    soak = Scenario(
        "a-0",
        "A call",
        "a.yaml",
        1,
        steps=(Say(line("one")),),
        interrupts=Rate(30.0, (line("a"), line("b")), "clarify"),
    )
    (rate,) = scripted(soak, speak=say).rates
    assert (rate.kind, rate.every, rate.step) == ("clarify", 480_000, 1)
    assert [speech.text for speech in rate.speeches] == ["a", "b"]
