from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.reporting.situations import apart
from harness.reporting.totals import totals
from harness.run.situation import situation
from harness.scenario import Effect, Persona, VoiceSpec
from harness.score import Score, Unscored
from tests.reporting.cards import row
from tests.scorers.calls import SCENARIO, Said, call


def heard(wer: float | None, n: int = 100, noise: str = "none", **changed: Any) -> dict[str, Any]:
    """A call of `n` words with this error rate in this noise."""
    about = {"language": changed.pop("language", "en-US"), "noise": noise, "line": changed.pop("line", "none")}
    outcome = Unscored("no transcript") if wer is None else Score(wer, "ratio", n)
    return row(f"c-{noise}-{wer}", scores={"wer": outcome}, situation=about, **changed)


def told(*rows: dict[str, Any]) -> dict[str, str]:
    return {total.name: str(total) for total in apart(rows)}


def test_errors_are_told_apart_by_language_as_over_one_corpus() -> None:
    found = told(heard(0.1, 100), heard(0.5, 300, language="hi"), heard(0.1, 100, language="hi"))
    assert found == {"wer by language": "en-US 10.0 % (n 100) · hi 40.0 % (n 400)"}


def test_one_kind_of_call_is_not_told_apart() -> None:
    assert told(heard(0.1), heard(0.2)) == {}


def test_the_ratio_of_noise_is_over_the_same_lines_only() -> None:
    noisy = heard(0.4, 100, "cafe 10 dB", condition={"world.noise.snr": "10dB"})
    other = heard(0.9, 100, "cafe 10 dB", file="scenarios/other.yaml")
    found = told(heard(0.2, 100), noisy, other)
    assert found["noise_ratio"] == "cafe 10 dB 2 (n 100)"


def test_each_noise_has_its_ratio_and_other_axes_are_kept_apart() -> None:
    rows = [
        heard(0.2, 100, condition={"caller": "ann"}),
        heard(0.3, 100, "cafe 10 dB", condition={"caller": "ann"}),
        heard(0.5, 100, "cafe 5 dB", condition={"caller": "ann"}),
        heard(0.9, 100, "cafe 5 dB", condition={"caller": "ben"}),
        heard(0.9, 100, "cafe 5 dB", condition={"caller": "ann"}, line="telephone mulaw"),
    ]
    assert told(*rows)["noise_ratio"] == "cafe 10 dB 1.50 · cafe 5 dB 2.50 (n 100 each)"


def test_below_ten_errors_without_noise_there_is_no_ratio() -> None:
    found = told(heard(0.09, 100), heard(0.4, 100, "cafe 10 dB"))
    assert found["noise_ratio"].startswith("not measured: fewer than 10 errors without noise")


def test_without_a_clean_call_of_the_same_lines_nothing_is_said_of_noise() -> None:
    assert "noise_ratio" not in told(heard(0.1, 100, "cafe 5 dB"), heard(0.4, 100, "cafe 10 dB"))
    assert "noise_ratio" not in told(heard(None), heard(0.4, 100, "cafe 10 dB"))


def test_a_runs_totals_hold_what_its_calls_were_like() -> None:
    rows = [heard(0.1, 100), heard(0.5, 100, language="hi"), row("old", scores={"wer": Score(0.0, "ratio", 10)})]
    assert [total.name for total in totals(rows)] == ["wer", "wer by language"]


def test_a_calls_situation_is_its_languages_its_accent_its_noise_and_its_line() -> None:
    talk = call([Said(2, 3, "hello"), Said(5, 6, "नमस्ते जी", language="en-US+hi")])
    assert situation(talk, SCENARIO) == {"language": "en-US+hi", "noise": "none", "line": "none"}
    made = replace(
        SCENARIO,
        persona=Persona(voice=VoiceSpec("espeak", {"accent": "en-gb-scotland"})),
        world=(
            Effect("noise", {"bed": "cafe", "snr": 10.0}),
            Effect("packet_loss", {"loss": 0.02}),
            Effect("room of somebody else's", {"size": 2.5}),
        ),
    )
    assert situation(call(), made) == {
        "language": "en-US",
        "accent": "en-gb-scotland",
        "noise": "cafe 10 dB",
        "line": "packet loss: loss 2 % + room of somebody else's: size 2.5",
    }
