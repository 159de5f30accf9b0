"""From scenario files to a folder and an exit code, and back from the folder to the same scores."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.calling import Said, vahness

SCENARIO = """\
scenario: {name}
language: en-US
caller:
  voice: {{engine: pico}}
script:
  - say: Hello, where is my order?
  - say: Thank you, goodbye.
expect:
  response_latency.max: "{limit}"
"""

LONG = """\
scenario: Says nothing for five minutes
caller:
  voice: {engine: pico}
script:
  - silence: 280s
"""

ROOT = Path(__file__).parent.parent.parent

AGENT = "python:tests.cli.agents:talker?delay=0.7"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    (folder / "quick.yaml").write_text(SCENARIO.format(name="Is answered in time", limit="<= 1.5s"))
    (folder / "slow.yaml").write_text(SCENARIO.format(name="Is answered too late", limit="<= 100ms"))
    return folder


@pytest.fixture(scope="module", autouse=True)
def _narrow() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        yield


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def ran(suite: Path, reports: Path) -> Said:
    return vahness("run", suite, "--agent", AGENT, "--reports", reports, "--run", "first", "--workers", 1, "--json")


@pytest.fixture(scope="module")
def again(ran: Said, reports: Path) -> Said:
    return vahness("score", reports / "first")


def rows(run: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (run / "calls.jsonl").read_text().splitlines()]


def test_a_failed_limit_is_exit_1_and_json_is_one_document_and_nothing_else_on_standard_output(
    ran: Said, reports: Path
) -> None:
    told = ran.document
    assert (ran.code, told["exit"], told["standing"]) == (1, 1, {"pass": 1, "fail": 1})
    assert (told["run"], told["interrupted"]) == (f"{reports}/first", False)
    assert told["totals"]["response_latency"]["max"]["n"] == 4


def test_progress_goes_to_standard_error(ran: Said) -> None:
    assert "[1/2]" in ran.err
    assert "[2/2]" in ran.err


def test_a_run_leaves_its_folder(ran: Said, reports: Path) -> None:
    run = reports / "first"
    assert {
        "run.json",
        "calls.jsonl",
        "junit.xml",
        "summary.md",
        "calls.parquet",
        "scores.parquet",
        "turns.parquet",
    } <= {path.name for path in run.iterdir()}
    assert sorted(path.name for path in (run / "calls").iterdir()) == ["quick-0", "slow-0"]
    root = ElementTree.fromstring((run / "junit.xml").read_text())
    assert (root.get("tests"), root.get("failures")) == ("2", "1")


def test_a_name_that_is_taken_is_refused_and_nothing_is_written(ran: Said, suite: Path, reports: Path) -> None:
    before = sorted(path.name for path in reports.rglob("*"))
    refused = vahness("run", suite, "--agent", AGENT, "--reports", reports, "--run", "first")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"{reports}/first: there is a run of this name already\n"
    assert sorted(path.name for path in reports.rglob("*")) == before


def test_a_run_is_scored_again_to_the_same_rows(ran: Said, again: Said, reports: Path) -> None:
    assert again.code == 1
    assert rows(reports / "first") == ran.document["calls"]


def test_a_half_written_row_hides_no_other_and_is_named_and_kept(ran: Said, reports: Path) -> None:
    run = shutil.copytree(reports / "first", reports / "cut-off")
    half = '{"call": "slow-0", "scen'
    kept = next(line for line in (run / "calls.jsonl").read_text().splitlines() if '"quick-0"' in line)
    (run / "calls.jsonl").write_text(f"{kept}\n{half}")
    said = vahness("score", run)
    assert (said.code, "✓ pass quick " in said.out) == (1, True)
    assert f"{run}/calls.jsonl:2: " in said.err
    assert (run / "calls.jsonl").read_text().splitlines()[1] == half


def test_the_scorecard_says_why_and_where(again: Said, reports: Path) -> None:
    assert "✓ pass quick " in again.out
    assert "✗ FAIL slow " in again.out
    assert "✗ Is answered too late" in again.out
    assert "✗ response_latency.max is 0.7" in again.out
    assert ", limit <= 100ms (n 2)" in again.out
    assert f"listen: {reports}/first/calls/slow-0/call.wav" in again.out.replace("\n", "")


def test_what_is_piped_is_not_wrapped_as_a_narrow_terminal_would(
    ran: Said, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS")
    piped = vahness("score", reports / "first" / "calls" / "slow-0" / "call.wav").out
    assert piped.splitlines()[2].startswith(" " * 80)
    assert ", limit <= 100ms (n 2)" in piped
    assert [line for line in piped.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize(("call", "code", "said"), [("quick-0", 0, "✓ pass quick "), ("slow-0", 1, "✗ FAIL slow ")])
def test_one_recording_is_scored_by_itself_and_nothing_is_changed(
    ran: Said, reports: Path, call: str, code: int, said: str
) -> None:
    run = reports / "first"
    before = {path: path.read_bytes() for path in run.rglob("*") if path.is_file()}
    alone = vahness("score", run / "calls" / call / "call.wav")
    assert alone.code == code
    assert said in alone.out
    assert {path: path.read_bytes() for path in before} == before


def test_there_is_nothing_to_score_where_no_recording_is(tmp_path: Path) -> None:
    said = vahness("score", tmp_path)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{tmp_path}: nothing to score")


@contextlib.contextmanager
def rung(
    suite: Path, reports: Path, name: str, *options: str, agent: str = AGENT, workers: int = 2
) -> Iterator[subprocess.Popen[str]]:
    """A run under way in a group of processes of its own."""
    command = [sys.executable, "-m", "harness", "run", str(suite), "--agent", agent, "--workers", str(workers)]
    command += ["--reports", str(reports), "--run", name, *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=ROOT
    ) as process:
        yield process


def test_ctrl_c_keeps_every_finished_call_and_says_so(suite: Path, reports: Path) -> None:
    with rung(suite, reports, "stopped", "--repeat", "200") as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("[3/400]"):
                # A terminal's Ctrl-C reaches every process of the run.
                os.killpg(process.pid, signal.SIGINT)
                break
        out, err = process.communicate()
    assert process.returncode == 130
    kept = rows(reports / "stopped")
    assert len(kept) >= 3
    assert f"stopped: {len(kept)} of 400 calls finished and kept" in err
    assert "Traceback" not in err
    assert f"{len(kept)} calls:" in out
    assert all((reports / "stopped" / "calls" / str(row["call"]) / "call.wav").is_file() for row in kept)
    assert (reports / "stopped" / "junit.xml").is_file()
    made = {folder.name for folder in (reports / "stopped" / "calls").iterdir()}
    assert made == {row["call"] for row in kept}, "a call that was made is kept, and no other is made"
    assert len(kept) < 20


def test_being_told_to_end_keeps_every_finished_call_too(suite: Path, reports: Path) -> None:
    with rung(suite, reports, "told", "--repeat", "200", workers=1) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("[3/400]"):
                # A supervisor tells the run alone, not its workers.
                process.send_signal(signal.SIGTERM)
                break
        out, err = process.communicate()
    kept = rows(reports / "told")
    assert process.returncode == 130
    assert 3 <= len(kept) < 20
    assert f"interrupted: {len(kept)} of 400 calls" in " ".join(out.split())
    assert "Traceback" not in err
    written = json.loads((reports / "told" / "run.json").read_text())
    assert (written["status"], written["calls"], written["planned"]) == ("interrupted", len(kept), 400)
    assert f"interrupted: {len(kept)} of 400 calls" in (reports / "told" / "summary.md").read_text()


def test_a_second_ctrl_c_does_not_wait_for_the_calls_under_way(tmp_path: Path) -> None:
    (tmp_path / "long.yaml").write_text(LONG)
    under_way = tmp_path / "under-way"
    os.mkfifo(under_way)
    agent = f"python:tests.cli.agents:telling?pipe={under_way}"
    live = rung(tmp_path, tmp_path, "twice", "--live", "--repeat", "2", agent=agent)
    # Kept open: the other call's agent writes to it too, sooner or later.
    with live as process, under_way.open() as told:
        assert told.read(len("stepped")) == "stepped"
        process.send_signal(signal.SIGINT)
        for patience in (1, 20):
            # Two signals that come at once are one: the second is given when the first has been taken.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                break
            process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130, err
    assert out.startswith("interrupted: 0 of 2 calls finished and kept")
    assert "Traceback" not in err
    assert rows(tmp_path / "twice") == [], "a call of five minutes had not ended"
    assert "stopped: 0 of 2 calls" in err


def test_an_agent_is_served_until_ctrl_c() -> None:
    command = [sys.executable, "-m", "harness", "agent", AGENT, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=ROOT
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate()
    assert first.startswith(f"{AGENT}: listening on pcm+ws://127.0.0.1:")
    assert (process.returncode, out, err) == (0, "", "stopped\n")


def test_a_factory_that_gives_no_agent_is_refused_before_any_call(suite: Path, tmp_path: Path) -> None:
    said = vahness("run", suite, "--agent", "python:tests.cli.agents:nothing", "--reports", tmp_path / "reports")
    assert (said.code, said.out) == (2, "")
    assert "the factory gives no agent, which has step(frame), but NoneType" in said.err
    assert not (tmp_path / "reports").exists()
