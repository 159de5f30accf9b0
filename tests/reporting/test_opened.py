import json
from pathlib import Path

import numpy as np
import pytest

from harness.reporting.opened import OpenCall, found_runs, indented, made_of, read_call, read_run
from tests.reporting.cards import FAILS, PASSES, row
from tests.reporting.runs import keep_call, keep_run


def opened(reports: Path) -> OpenCall:
    run = read_run(reports / "one")
    return read_call(run.folder, run.rows[0])


def test_a_call_that_is_whole_is_read_whole(tmp_path: Path) -> None:
    keep_run(tmp_path)
    call = opened(tmp_path)
    assert call.problems == ()
    assert call.audible
    assert call.conversation is not None
    assert call.scenario is not None
    assert call.peaks is not None
    assert call.peaks.shape == (2, 2, 1650)


def test_a_call_without_its_sound_keeps_what_happened(tmp_path: Path) -> None:
    run = keep_run(tmp_path)
    (run.call("one-0") / "call.wav").unlink()
    call = opened(tmp_path)
    assert not call.audible
    assert call.conversation is not None
    assert len(call.conversation.recording.events) > 10
    assert call.peaks is not None
    assert "call.wav" in call.problems[0]


def test_a_damaged_file_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    run = keep_run(tmp_path)
    (run.call("one-0") / "conversation.json").write_text("{}")
    call = opened(tmp_path)
    assert call.conversation is None
    assert call.audible
    assert any("conversation.json" in problem for problem in call.problems)


def test_peaks_that_are_missing_are_taken_from_the_sound(tmp_path: Path) -> None:
    run = keep_run(tmp_path)
    kept = np.load(run.call("one-0") / "peaks.npy")
    (run.call("one-0") / "peaks.npy").write_bytes(b"no array")
    call = opened(tmp_path)
    assert call.peaks is not None
    np.testing.assert_array_equal(call.peaks, kept)
    assert call.problems == ()


def test_a_call_that_was_never_recorded_says_so(tmp_path: Path) -> None:
    keep_run(tmp_path, [row("two-0", status="void", why="the line broke")])
    assert opened(tmp_path).problems == ("Nothing was recorded of this call.",)


def test_the_tags_of_a_call_are_its_scenarios(tmp_path: Path) -> None:
    run = keep_run(tmp_path, [row("one-0"), row("two-0")])
    keep_call(run)
    assert read_run(run.path).tags == {"one-0": ("booking", "interruption"), "two-0": ()}


@pytest.mark.parametrize(
    "change",
    [{"status": "eaten"}, {"scores": {"wer": {"value": "much"}}}, {"scores": []}, {"expect": [{"score": "wer"}]}],
)
def test_a_row_that_this_version_cannot_read_is_named_and_the_others_are_read(
    tmp_path: Path, change: dict[str, object]
) -> None:
    run = keep_run(tmp_path, [row("one-0", PASSES), {**row("two-0", FAILS), **change}])
    opened = read_run(run.path)
    assert [one["call"] for one in opened.rows] == ["one-0"]
    assert f"{run.path}/calls.jsonl:2: not a row of a run" in opened.problems[0]


def test_a_folder_that_is_a_run_is_the_only_run_in_it(tmp_path: Path) -> None:
    run = keep_run(tmp_path)
    assert found_runs(tmp_path) == (run.path,)
    assert found_runs(run.path) == (run.path,)
    assert found_runs(tmp_path / "nowhere") == ()


def test_a_seed_is_shown_to_its_last_digit(tmp_path: Path) -> None:
    keep_run(tmp_path)
    text = indented(made_of(opened(tmp_path)))
    assert "8155007195701190865" in text
    assert json.loads(text)["recording"] == {"agent": "demo"}


@pytest.mark.parametrize("name", ["call.wav", "clean.flac", "timeline.jsonl", "scenario.json", "conversation.json"])
@pytest.mark.parametrize("garbage", [None, b"", b"\x00garbage{", b"[3]\n"])
def test_whatever_is_damaged_is_named_and_nothing_is_raised(tmp_path: Path, name: str, garbage: bytes | None) -> None:
    run = keep_run(tmp_path)
    part = run.call("one-0") / name
    part.unlink()
    if garbage is not None:
        part.write_bytes(garbage)
    problems = opened(tmp_path).problems
    assert any(name in problem for problem in problems)
