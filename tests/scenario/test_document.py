from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from harness.audio.files import write_wav
from harness.errors import BadInput
from harness.scenario import (
    Effect,
    Entity,
    Expectation,
    HandoffTruth,
    Manners,
    Persona,
    Truth,
    VoiceSpec,
)
from harness.scenario.suite import read_suite
from harness.score import Limit
from tests.scenario.writing import PLAIN, adding, read, refused, write

# ---- who calls ----


def test_a_caller_is_a_voice_with_its_options_and_manners(tmp_path: Path) -> None:
    text = adding(
        "caller:",
        "  voice: {engine: espeak, accent: en-gb-scotland, variant: f3, rate: 150}",
        "  manners: {breath: 400ms, hesitation: 0.1s, patience: 8s}",
    )
    voice = VoiceSpec("espeak", {"accent": "en-gb-scotland", "variant": "f3", "rate": 150})
    assert read(tmp_path, text).persona == Persona(None, voice, Manners(0.4, 0.1, 8.0))


def test_a_caller_by_name_is_looked_for_beside_the_scenario_first(tmp_path: Path) -> None:
    write(tmp_path / "personas", "voice: {engine: pico, rate: 1.2}\n", "dev.yaml")
    found = read(tmp_path, adding("caller: dev")).persona
    assert found == Persona("dev", VoiceSpec("pico", {"rate": 1.2}), Manners())


def test_then_at_the_suites_root_then_in_the_package(tmp_path: Path) -> None:
    write(tmp_path, "suite: Ours\n", "suite.yaml")
    write(tmp_path / "personas", "manners: {breath: 1s}\n", "dev.yaml")
    dev = write(tmp_path / "deep", adding("caller: dev"), "a.yaml")
    priya = write(tmp_path / "deep", adding("caller: patient-priya"), "b.yaml")
    found = [scenario.persona for scenario in read_suite([dev, priya]).scenarios]
    assert (found[0].manners.breath, found[1].name) == (1.0, "patient-priya")


def test_a_persona_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path / "personas", "manners: {breath: 1s}\n", "slow-joe.yaml")
    problem = refused(tmp_path, adding("caller: slow-jo"))
    assert (problem.line, problem.value, problem.nearest) == (4, "slow-jo", "slow-joe")
    assert refused(tmp_path, adding("caller: patient-pria")).nearest == "patient-priya"


def test_what_is_wrong_in_a_personas_file_is_shown_there(tmp_path: Path) -> None:
    path = write(tmp_path / "personas", "manners:\n  breth: 1s\n", "dev.yaml")
    with pytest.raises(BadInput) as caught:
        read_suite([write(tmp_path, adding("caller: dev"))])
    problem = caught.value
    assert (problem.file, problem.line, problem.value, problem.nearest) == (str(path), 2, "breth", "breath")


def test_a_persona_is_no_path(tmp_path: Path) -> None:
    write(tmp_path, "manners: {breath: 1s}\n", "dev.yaml")
    assert refused(tmp_path, adding("caller: ../dev")).value == "../dev"


@pytest.mark.parametrize(
    ("voice", "value", "nearest"),
    [
        ("{engine: espaek}", "espaek", "espeak"),
        ("{engine: espeak, acent: en-us}", "acent", "accent"),
        ("{engine: espeak, accent: en-gb-scotlnd}", "en-gb-scotlnd", "en-gb-scotland"),
        ("{engine: pico, accent: en-UK}", "en-UK", "en-US"),
    ],
)
def test_a_voice_that_is_not_there_is_refused_with_the_nearest(
    tmp_path: Path, voice: str, value: str, nearest: str
) -> None:
    problem = refused(tmp_path, adding("caller:", f"  voice: {voice}"))
    assert (problem.line, problem.value, problem.nearest) == (5, value, nearest)


@pytest.mark.parametrize(
    ("lines", "line", "value", "cure"),
    [
        (("caller:", "  voice: {engine: espeak, rate: fast}"), 5, "fast", "write a whole number"),
        (("caller:", "  voice:", "    rate: 1000"), 6, 1000, "80 to 450"),
        (("caller:", "  voice: {engine: pico, rate: 1.2s}"), 5, "1.2s", "write a number"),
        (("caller:", "  voice: {engine: recorded, audio: a.wav}"), 5, "recorded", "not a voice's engine"),
        (("caller:", "  voice: espeak"), 5, "espeak", "a voice is written as keys and values"),
        (("caller:", "  manners: {breath: -1s}"), 5, "-1s", "can't be less than 0"),
        (("caller:", "  manners: {patience: 12}"), 5, "12", "a time without its unit"),
        (("caller:", "  manners:", "    breath: 0.1s", "    hesitation: 0.5s"), 6, None, "longer than the breath"),
        (("caller:",), 4, "", "nothing is written where a persona should stand"),
        (("caller: []",), 4, "[]", "a persona is written as keys and values"),
    ],
)
def test_a_caller_that_cannot_call_is_refused(
    tmp_path: Path, lines: tuple[str, ...], line: int, value: object, cure: str
) -> None:
    problem = refused(tmp_path, adding(*lines))
    assert problem.line == line
    assert value in (None, problem.value)
    assert cure in problem.problem


def test_a_language_that_the_voice_does_not_speak_is_refused_at_the_line(tmp_path: Path) -> None:
    text = "scenario: a\ncaller: {voice: {engine: pico}}\nscript:\n  - say: Hello.\n  - say: {hi: धन्यवाद}\n"
    problem = refused(tmp_path, text)
    assert (problem.line, problem.value, problem.problem) == (5, "hi", "pico doesn't speak this language")


# ---- the world ----


def test_the_world_is_effects_in_the_order_written(tmp_path: Path) -> None:
    text = adding(
        "world:",
        "  noise: {bed: cafe, snr: 10dB}",
        "  line: {codec: mulaw, loss: 2%, burst: 80ms}",
    )
    assert read(tmp_path, text).world == (
        Effect("noise", {"bed": "cafe", "snr": 10.0}),
        Effect("telephone", {"codec": "mulaw"}),
        Effect("packet_loss", {"loss": 0.02, "burst": 0.08}),
    )


def test_a_line_is_no_more_than_it_says(tmp_path: Path) -> None:
    assert read(tmp_path, adding("world: {line: {loss: 5%}}")).world == (Effect("packet_loss", {"loss": 0.05}),)
    assert read(tmp_path, adding("world: {line: {codec: alaw}}")).world == (Effect("telephone", {"codec": "alaw"}),)


def test_any_effect_is_there_by_its_own_name(tmp_path: Path) -> None:
    assert read(tmp_path, adding("world: {packet_loss: {loss: 1%}}")).world == (Effect("packet_loss", {"loss": 0.01}),)


@pytest.mark.parametrize(
    ("world", "value", "nearest"),
    [
        ("nose: {bed: cafe, snr: 10dB}", "nose", "noise"),
        ("lines: {codec: mulaw}", "lines", "line"),
        ("noise: {bed: caffe, snr: 10dB}", "caffe", "cafe"),
        ("noise: {bed: cafe, sn: 10dB}", "sn", "snr"),
        ("line: {codec: mulow}", "mulow", "mulaw"),
        ("line: {coder: mulaw}", "coder", "codec"),
    ],
)
def test_an_effect_that_is_not_there_is_refused_with_the_nearest(
    tmp_path: Path, world: str, value: str, nearest: str
) -> None:
    problem = refused(tmp_path, adding("world:", f"  {world}"))
    assert (problem.line, problem.value, problem.nearest) == (5, value, nearest)


@pytest.mark.parametrize(
    ("world", "value", "cure"),
    [
        ("noise: {bed: cafe, snr: 10}", "10", "a level without its unit"),
        ("noise: {bed: cafe, snr: 10%}", "10%", "a level is written in dB"),
        ("noise: {bed: cafe}", "snr", "needs a key that isn't there"),
        ("noise: cafe", "cafe", "noise is written as keys and values"),
        ("line: {codec: mulaw, loss: -2%}", "-2%", "can't be less than 0"),
        ("line: {burst: 80ms}", "loss", "the line names burst, and needs a key that isn't there"),
        ("line: {}", "{}", "the line says nothing"),
        ("line: {codec: mulaw, jitter: 30ms}", "jitter", "isn't built yet"),
        ("room: {size: hall}", "room", "isn't built yet"),
        ("echo: {loss: -6dB, delay: 120ms}", "-6dB", "an echo's loss can't be less than 0"),
        ("echo: {loss: 80dB, delay: 120ms}", "80dB", "an echo's loss is from 0dB to 60dB"),
        ("echo: {loss: 20dB, delay: 5ms}", "5ms", "an echo's delay can't be less than 0.02"),
        ("echo: {loss: 20dB, delay: 2s}", "2000ms", "an echo's delay is from 20ms to 400ms"),
        ("echo: {loss: 20dB}", "delay", "needs a key that isn't there"),
        ("line: {echo: 20dB}", "echo", "no such key"),
    ],
)
def test_an_effect_that_cannot_be_made_is_refused(tmp_path: Path, world: str, value: str, cure: str) -> None:
    problem = refused(tmp_path, adding("world:", f"  {world}"))
    assert (problem.line, problem.value) == (5, value)
    assert cure in problem.problem


def test_one_effect_stands_once(tmp_path: Path) -> None:
    problem = refused(tmp_path, adding("world:", "  line: {codec: mulaw}", "  telephone: {codec: alaw}"))
    assert (problem.line, problem.value) == (6, "telephone")


# ---- what is so ----


def test_the_truth_is_what_the_scenario_says_is_so(tmp_path: Path) -> None:
    text = adding(
        "truth:",
        "  reason: book an appointment",
        "  tone: worried",
        "  urgency: high",
        "  next_action: book it",
        "  entities:",
        "    date: {value: 2026-03-13, was: 2026-03-12, accepted: [13 March, the 13th], type: date}",
        "    name: Asha Rao",
        "    code: 0123",
        "  handoff: {decision: required, to: front desk, within: 2 turns, critical: [date, name]}",
        "  outcome:",
        "    book_appointment: {date: 2026-03-13, time: 15:00}",
    )
    assert read(tmp_path, text).truth == Truth(
        "book an appointment",
        (
            Entity("date", "2026-03-13", ("2026-03-12",), ("13 March", "the 13th"), "date"),
            Entity("name", "Asha Rao"),
            Entity("code", "0123"),
        ),
        "worried",
        "high",
        "book it",
        HandoffTruth("required", "front desk", 2, ("date", "name")),
        {"book_appointment": {"date": "2026-03-13", "time": "15:00"}},
    )


@pytest.mark.parametrize(
    ("truth", "value", "nearest"),
    [
        ("reson: book", "reson", "reason"),
        ("tone: angy", "angy", "angry"),
        ("urgency: hihg", "hihg", "high"),
        ("entities: {date: {valu: 2026-03-13}}", "valu", "value"),
        ("entities: {date: {value: x, type: dat}}", "dat", "date"),
        ("handoff: {decision: require}", "require", "required"),
        ("handoff: {decison: required}", "decison", "decision"),
        ("{entities: {date: a}, handoff: {decision: required, critical: [dates]}}", "dates", "date"),
    ],
)
def test_a_truth_that_is_misspelt_is_refused_with_the_nearest(
    tmp_path: Path, truth: str, value: str, nearest: str
) -> None:
    problem = refused(tmp_path, adding("truth:", f"  {truth}"))
    assert (problem.line, problem.value, problem.nearest) == (5, value, nearest)


@pytest.mark.parametrize(
    ("truth", "value", "cure"),
    [
        ("handoff: {to: front desk}", "decision", "needs a key that isn't there"),
        ("handoff: {decision: required, within: 2}", "2", 'write it like "2 turns"'),
        ("handoff: {decision: required, within: -1 turns}", "-1 turns", 'write it like "2 turns"'),
        ("entities: [date]", "[date]", "written as keys and values"),
        ("entities: {date: }", "", "nothing is written"),
        ("entities: {date: {was: 2026-03-12}}", "value", "needs a key that isn't there"),
        ("outcome: book_appointment", "book_appointment", "written as keys and values"),
        ("outcome: {book_appointment: {date: [a]}}", "[a]", "a list where a value should stand"),
    ],
)
def test_a_truth_that_says_nothing_is_refused(tmp_path: Path, truth: str, value: str, cure: str) -> None:
    problem = refused(tmp_path, adding("truth:", f"  {truth}"))
    assert (problem.line, problem.value) == (5, value)
    assert cure in problem.problem


# ---- what is expected ----


def test_what_is_expected_is_a_limit_on_a_score(tmp_path: Path) -> None:
    text = adding(
        "expect:",
        '  response_latency.p50: "<= 1500ms"',
        '  wer: "<= 15%"',
        "  handoff_decision: pass",
        '  unanswered_turns: "== 0"',
    )
    assert read(tmp_path, text).expect == (
        Expectation("response_latency.p50", Limit("<= 1500ms", "<=", 1.5, "ms"), 5),
        Expectation("wer", Limit("<= 15%", "<=", 0.15, "%"), 6),
        Expectation("handoff_decision", Limit("pass", "==", 1.0, ""), 7),
        Expectation("unanswered_turns", Limit("== 0", "==", 0.0, ""), 8),
    )


def test_an_unquoted_limit_that_yaml_leaves_alone_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, adding("expect:", "  wer: <= 15%")).expect[0].limit.number == 0.15


@pytest.mark.parametrize(
    ("expected", "value", "nearest"),
    [
        ('wr: "<= 15%"', "wr", "wer"),
        ('response_latencies.p50: "<= 1s"', "response_latencies.p50", "response_latency.p50"),
        ('response_latency.p5: "<= 1s"', "response_latency.p5", "response_latency.p50"),
        ('response_latency: "<= 1s"', "response_latency", "response_latency.p50"),
        ('response_latency.p95: "<= 1s"', "response_latency.p95", "response_latency.p50"),
        ('response_latency.p90: "<= 1s"', "response_latency.p90", "response_latency.p50"),
    ],
)
def test_a_score_that_one_call_does_not_give_is_refused_with_the_nearest(
    tmp_path: Path, expected: str, value: str, nearest: str
) -> None:
    problem = refused(tmp_path, adding("expect:", f"  {expected}"))
    assert (problem.line, problem.value, problem.nearest) == (5, value, nearest)


@pytest.mark.parametrize(
    ("expected", "value", "cure"),
    [
        ('response_latency.p50: "<= 1.5"', "<= 1.5", "a number with ms or s (its unit is left out)"),
        ('response_latency.p50: "<= 15%"', "<= 15%", "a number with ms or s"),
        ('wer: "<= 0.15"', "<= 0.15", "a number with % (its unit is left out)"),
        ('wer: "<= 1s"', "<= 1s", "a number with %"),
        ('unanswered_turns: "== 0%"', "== 0%", "a bare number"),
        ("response_latency.p50: pass", "pass", "doesn't pass or fail by itself"),
        ('wer: "15%"', "15%", "not a limit"),
        ('wer: "=< 15%"', "=< 15%", "not a limit"),
        ("wer: [pass]", "[pass]", "a list where a limit should stand"),
        ("wer: |\n    pass", "pass\n", "YAML's block text"),
        ('pass_rate: ">= 90%"', "pass_rate", "a gate in suite.yaml"),
    ],
)
def test_a_limit_that_does_not_fit_its_score_is_refused(tmp_path: Path, expected: str, value: str, cure: str) -> None:
    problem = refused(tmp_path, adding("expect:", f"  {expected}"))
    assert (problem.line, problem.value) == (5, value)
    assert cure in problem.problem


# ---- the whole ----


@pytest.mark.parametrize(
    ("text", "line", "value", "nearest"),
    [
        (PLAIN + "worlds: {}\n", 4, "worlds", "world"),
        (PLAIN + "langauge: en\n", 4, "langauge", "language"),
        (PLAIN + "first: agnet\n", 4, "agnet", "agent"),
    ],
)
def test_a_key_that_is_not_known_is_refused_with_the_nearest(
    tmp_path: Path, text: str, line: int, value: str, nearest: str
) -> None:
    problem = refused(tmp_path, text)
    assert (problem.line, problem.value, problem.nearest) == (line, value, nearest)


@pytest.mark.parametrize(
    ("text", "line", "value", "cure"),
    [
        ("script:\n  - say: a\n", 1, "scenario", "needs a key that isn't there"),
        ("# why\nscenario: a\n", 2, "script", "needs a key that isn't there"),
        ("Hello.\n", 1, "Hello.", "written as keys and values"),
        ("- a\n", 1, "[a]", "written as keys and values"),
        (PLAIN + "language: English\n", 4, "English", "BCP-47"),
        (PLAIN + "language: tlh\n", 3, "tlh", "doesn't speak this language"),
        (PLAIN + "tags: smoke\n", 4, "smoke", "a list of tags"),
        (PLAIN + "tags: [two words]\n", 4, "two words", "one word"),
        (PLAIN + "repeat: 0\n", 4, "0", "lies between 1 and 1000"),
        (PLAIN + "repeat: twice\n", 4, "twice", "write a whole number"),
        (PLAIN + "repeat: 1.5\n", 4, "1.5", "write a whole number"),
        (PLAIN + "seed: -1\n", 4, "-1", "lies between 0"),
    ],
)
def test_a_scenario_that_is_not_whole_is_refused(tmp_path: Path, text: str, line: int, value: str, cure: str) -> None:
    problem = refused(tmp_path, text)
    assert (problem.line, problem.value) == (line, value)
    assert cure in problem.problem


# ---- noise beds ----


def sound(seconds: float, level: float = 0.1) -> NDArray[np.float32]:
    return (level * np.sin(np.arange(round(seconds * 16000)) / 7)).astype(np.float32)


def test_a_bed_of_ones_own_lies_beside_the_scenario_or_at_the_suites_root(tmp_path: Path) -> None:
    write(tmp_path, "suite: Ours\n", "suite.yaml")
    for folder in (tmp_path / "noise", tmp_path / "deep" / "noise"):
        folder.mkdir(parents=True)
    write_wav(tmp_path / "noise" / "rain.wav", sound(1.5))
    write_wav(tmp_path / "deep" / "noise" / "drill.wav", sound(1.5))
    worlds = [
        read_suite([write(tmp_path / "deep", adding(f"world: {{noise: {{bed: {bed}, snr: 10dB}}}}"))]).scenarios[0]
        for bed in ("rain", "drill")
    ]
    assert [one.world[0].options["bed"] for one in worlds] == ["rain", "drill"]
    assert worlds[0].digest != worlds[1].digest


def test_a_scenarios_digest_covers_a_bed_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "noise").mkdir()
    digests = []
    for level in (0.1, 0.2):
        write_wav(tmp_path / "noise" / "rain.wav", sound(1.5, level))
        digests.append(read(tmp_path, adding("world: {noise: {bed: rain, snr: 10dB}}")).digest)
    assert digests[0] != digests[1]


@pytest.mark.parametrize(
    ("content", "cure"), [(None, "is silent"), (0.5, "at least a second long"), (b"no sound", "damaged")]
)
def test_a_bed_that_cannot_be_used_is_refused_where_it_is_named(
    tmp_path: Path, content: float | bytes | None, cure: str
) -> None:
    path = write(tmp_path / "noise", content if isinstance(content, bytes) else b"", "rain.wav")
    if not isinstance(content, bytes):
        write_wav(path, sound(content or 2.0, 0.0 if content is None else 0.1))
    problem = refused(tmp_path, adding("world:", "  noise: {bed: rain, snr: 10dB}"))
    assert (problem.line, problem.value) == (5, "rain")
    assert cure in problem.problem


def test_options_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, adding("world:", "  line: {loss: 90%, burst: 40ms}"))
    assert (problem.line, problem.value) == (5, "90.0% at 40ms")
    assert refused(tmp_path, adding("world:", "  packet_loss: {loss: 120%}")).value == "120%"
