from __future__ import annotations

from pathlib import Path

import pytest

from harness.scenario import Manners, Persona, Piece, Rate, VoiceSpec
from tests.scenario.writing import adding, read, refused


def who(tmp_path: Path, caller: str) -> Persona:
    return read(tmp_path, adding(f"caller: {caller}")).persona


def test_a_temperament_is_manners_with_numbers_and_a_rate(tmp_path: Path) -> None:
    hurried = who(tmp_path, "{manners: {temperament: hurried}}")
    assert hurried.manners == Manners(0.15, 0.05, 6.0, "insists")
    assert hurried.voice == VoiceSpec("espeak", {"rate": 198})


def test_a_single_key_overrides_a_temperament(tmp_path: Path) -> None:
    slow = who(tmp_path, "{manners: {temperament: elderly_slow, breath: 300ms, yields: insists, rate: 1}}")
    # A hesitation that wasn't written is never longer than the breath.
    assert slow.manners == Manners(0.3, 0.3, 20.0, "insists")
    assert slow.voice == VoiceSpec()


def test_a_rate_is_a_factor_on_the_voices_own(tmp_path: Path) -> None:
    found = who(tmp_path, "{voice: {engine: pico, rate: 0.8}, manners: {rate: 1.25}}")
    assert found.voice == VoiceSpec("pico", {"rate": 1.0})


@pytest.mark.parametrize("name", ["patient", "hurried", "talkative", "elderly_slow", "hard_of_hearing"])
def test_every_temperament_can_be_had(tmp_path: Path, name: str) -> None:
    manners = who(tmp_path, f"{{manners: {{temperament: {name}}}}}").manners
    assert 0 <= manners.hesitation <= manners.breath


@pytest.mark.parametrize(
    ("caller", "value", "cure"),
    [
        ("{manners: {temperament: hurred}}", "hurred", "not a temperament"),
        ("{manners: {yields: never}}", "never", "not a manner of yielding"),
        ("{manners: {rate: 3}}", "3", "0.5 to 2 times"),
        ("{manners: {rate: -1}}", "-1", "0.5 to 2 times"),
        ("{voice: {rate: 400}, manners: {rate: 2}}", 800, "80 to 450"),
        ("{manners: {temperament: hurried, hesitation: 1s}}", "{temperament: hurried, hesitation: 1s}", "longer than"),
    ],
)
def test_manners_that_nobody_can_have_are_refused(tmp_path: Path, caller: str, value: object, cure: str) -> None:
    problem = refused(tmp_path, adding(f"caller: {caller}"))
    assert problem.line == 4
    assert str(problem.value) == str(value)
    assert cure in problem.problem


def test_a_rate_of_interruptions_has_lines_of_its_own_or_english_ones(tmp_path: Path) -> None:
    found = read(tmp_path, adding("interrupts: every 30s", "backchannels: {every: 8s, say: [yes, I see]}"))
    assert found.interrupts is not None
    assert (found.interrupts.every, found.interrupts.kind, len(found.interrupts.lines)) == (30.0, "clarify", 3)
    lines = (Piece("yes", "en-US"),), (Piece("I see", "en-US"),)
    assert found.backchannels == Rate(8.0, lines, "backchannel")


@pytest.mark.parametrize(
    ("line", "value", "cure"),
    [
        ("interrupts: 30s", "30s", "every 30s"),
        ("interrupts: every 30", "30", "without its unit"),
        ("interrupts: every 0s", "0s", "2s at least"),
        ("interrupts: {every: 10s, kind: cough}", "cough", "a step of its own"),
        ("backchannels: {every: 10s, kind: clarify}", "kind", "no such key"),
        ("interrupts: {kind: clarify}", "every", "needs a key"),
        ("language: hi\ninterrupts: every 30s", "hi", "add `say`"),
    ],
)
def test_a_rate_that_cannot_be_kept_is_refused(tmp_path: Path, line: str, value: str, cure: str) -> None:
    problem = refused(tmp_path, adding(line))
    assert problem.value == value
    assert cure in problem.problem
