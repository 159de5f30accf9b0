import numpy as np

from harness.call.acts import CutIn, PressKeys, SayIt, StaySilent
from harness.callers.scripted import HANGOVER, scripted
from harness.scenario import Backchannel, Interrupt, Line, Persona, Piece, Press, Say, Scenario, Silence, VoiceSpec
from harness.speech import Speech

VOICE = VoiceSpec("espeak", {"accent": "en-us"})


def line(text: str) -> Line:
    return (Piece(text, "en-US"),)


def scenario(*steps: Say | Interrupt | Backchannel | Silence | Press) -> Scenario:
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
