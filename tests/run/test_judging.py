"""A judge in a run: asked through the real client, kept with the call, given again without it; it voids nothing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.chat import KEY, read_rows
from harness.errors import BadInput
from harness.run.judging import NO_JUDGING, Judging, judging_by
from harness.score import Exhibit, Judgement, Question, Unscored
from tests.cli.calling import Said, vahness
from tests.endpoint import Reply, Request, endpoint, fails, says

SCENARIO = """
scenario: Somebody asks for a person
caller: {voice: {engine: pico}, manners: {breath: 0.5s, patience: 6s}}
script:
  - say: I'd like to book an appointment for the twelfth of March at three p.m.
  - say: I want to speak to a real person, please.
truth:
  reason: see the doctor
  next_action: help with the appointment
  handoff: {decision: required}
expect:
  judged_summary_quality.reason: ">= 4"
"""
CALL = "calls/person-0"
REASON = "judged_summary_quality.reason"


def gives(points: int) -> Callable[[Request], Reply]:
    """A judge at an endpoint that gives the same points to everything, and quotes all of it."""

    def answer(request: Request) -> Reply:
        shown = request["messages"][-1]["content"]
        judged = re.search(r"\(the text in question\)\n(.*?)\n\w+ >>>", shown, re.DOTALL)
        assert judged is not None
        return says(json.dumps({"quotes": [judged[1]], "why": "It says so.", "points": points}))

    return answer


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("suite")
    (folder / "person.yaml").write_text(SCENARIO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAHNESS_CACHE", str(folder / "cache"))
        yield folder / "person.yaml"


def rung(person: Path, reports: Path, *options: object) -> Said:
    return vahness("run", person, "--reports", reports, "--run", "run", "--workers", 1, "--json", *options)


@pytest.fixture(scope="module")
def first(person: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A run that a judge gave five points in, and its row; the endpoint is gone."""
    reports = tmp_path_factory.mktemp("first")
    with endpoint(gives(5)) as served:
        said = rung(person, reports, "--model", "tiny", "--model-url", served.url)
    assert len(served.requests) == len(read_rows(reports / "run" / CALL / "judge.jsonl")) > 0
    (row,) = said.document["calls"]
    return reports / "run", row


@pytest.fixture
def copied(first: tuple[Path, Any], tmp_path: Path) -> Path:
    return Path(shutil.copytree(first[0], tmp_path / "run"))


def again(run: Path, *options: object) -> tuple[int, Any]:
    said = vahness("score", run, "--json", *options)
    (row,) = said.document["calls"]
    return said.code, row


def test_a_judged_score_says_who_judged_and_is_held_against_its_limit(first: tuple[Path, Any]) -> None:
    run, row = first
    assert (row["status"], row["verdict"]) == ("scored", "pass")
    judged = row["scores"][REASON]
    assert (judged["value"], judged["detail"]) == (5.0, "judged by tiny: It says so.")
    assert row["scores"]["handoff_summary_quality.reason"]["value"] == 1.0
    described = json.loads((run / "run.json").read_text())["judge"]
    assert described["model"] == "tiny"


def test_scored_again_without_the_model_the_judgements_are_the_same(copied: Path, first: tuple[Path, Any]) -> None:
    before = (copied / CALL / "judge.jsonl").read_bytes()
    code, row = again(copied)
    assert (code, row["scores"]) == (0, first[1]["scores"])
    assert (copied / CALL / "judge.jsonl").read_bytes() == before


def test_a_run_that_is_replayed_is_judged_the_same_without_the_model(
    person: Path, first: tuple[Path, Any], tmp_path: Path
) -> None:
    said = rung(person, tmp_path, "--replay", first[0])
    assert said.document["calls"] == [first[1]]
    kept = (tmp_path / "run" / CALL / "judge.jsonl").read_bytes()
    assert kept == (first[0] / CALL / "judge.jsonl").read_bytes()


def test_another_model_is_asked_anew_and_takes_the_place_of_the_first(copied: Path) -> None:
    with endpoint(gives(2)) as served:
        code, row = again(copied, "--model", "other", "--model-url", served.url)
    assert (code, row["verdict"], row["scores"][REASON]["value"]) == (1, "fail", 2.0)
    assert {kept["by"] for kept in read_rows(copied / CALL / "judge.jsonl")} == {"other"}
    assert again(copied)[1]["scores"] == row["scores"]
    assert json.loads((copied / "run.json").read_text())["rescored"][0]["judge"]["model"] == "other"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (fails(404, "no such model"), "no judgement: the model other did not answer: Error code: 404"),
        (says("I'd rather not."), "the judge other gave no judgement twice running"),
        (says('{"quotes": ["see the doctor"], "why": "a", "points": 5}'), "the judge other quoted what nobody said"),
    ],
)
def test_a_judge_that_fails_voids_no_call_and_passes_nothing_and_one_that_is_gone_leaves_what_was_kept(
    copied: Path, first: tuple[Path, Any], reply: Reply, why: str
) -> None:
    with endpoint(lambda _request: reply) as served:
        code, row = again(copied, "--model", "other", "--model-url", served.url)
    assert (code, row["status"], row["verdict"]) == (1, "scored", "not_measured")
    assert row["scores"][REASON]["unscored"].startswith(why)
    if reply.status != 200:
        assert again(copied)[1]["scores"] == first[1]["scores"]


def test_without_a_judge_the_limit_is_not_measured_and_the_call_is_fine(person: Path, tmp_path: Path) -> None:
    said = rung(person, tmp_path)
    (row,) = said.document["calls"]
    assert (said.code, row["status"], row["verdict"]) == (1, "scored", "not_measured")
    assert row["scores"][REASON] == {"unscored": "it takes a judge, and there is none: give --model"}
    assert not (tmp_path / "run" / CALL / "judge.jsonl").exists()
    assert "judge" not in json.loads((tmp_path / "run" / "run.json").read_text())


def test_a_model_without_a_key_judges_nothing_and_says_so(copied: Path) -> None:
    code, row = again(copied, "--model", "tiny")
    assert (code, row["status"]) == (1, "scored")
    assert row["scores"][REASON]["unscored"] == "no judgement: there is no key for the model: set OPENAI_API_KEY"


QUESTION = Question("Well?", {1.0: "yes"}, Exhibit("said", "Yes."))
OTHER = Question("Really?", {1.0: "yes"}, Exhibit("said", "Yes."))


def test_a_judge_that_had_nothing_to_say_is_remembered_and_has_no_answer_to_a_new_question(tmp_path: Path) -> None:
    with Judging("tiny", "http://127.0.0.1:1/v1").of(tmp_path) as judge:
        assert judge is not None
    assert (tmp_path / "judge.jsonl").read_bytes() == b""
    with NO_JUDGING.of(tmp_path) as judge:
        assert judge is not None
        assert judge(QUESTION) == Unscored("no judgement: what is asked now was never asked of a judge: give --model")


def test_a_replay_gives_again_only_what_the_model_that_is_named_has_answered(tmp_path: Path) -> None:
    call = tmp_path / "earlier" / "calls" / "a-0"
    here = tmp_path / "a-0"
    call.mkdir(parents=True)
    here.mkdir()
    with endpoint(gives(1)) as served:
        with Judging("tiny", served.url).of(call) as judge:
            assert isinstance(judge and judge(QUESTION), Judgement)
        for model, asked in (("tiny", 1), ("other", 2)):
            before = len(served.requests)
            with Judging(model, served.url, tmp_path / "earlier").of(here) as judge:
                assert judge is not None
                assert [judge(one) for one in (QUESTION, OTHER)] == [
                    Judgement(1.0, ("Yes.",), "It says so.", model)
                ] * 2
            assert len(served.requests) - before == asked
    assert {row["by"] for row in read_rows(here / "judge.jsonl")} == {"other"}


def test_who_is_to_judge_is_checked_before_anyone_is_rung(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="give --model too"):
        judging_by(None, "http://127.0.0.1:1/v1")
    for url in ("127.0.0.1:1", "http://host:port/v1", "http://[::1/v1", "http:///v1", "ftp://host/v1"):
        with pytest.raises(BadInput, match="not the URL of an endpoint"):
            judging_by("tiny", url)
    assert judging_by("tiny", "http://[::1]:80/v1") == Judging("tiny", "http://[::1]:80/v1")
    said = vahness("score", tmp_path / "call.wav", "--caller", "left", "--model", "tiny")
    assert (said.code, said.out) == (2, "")
    assert "--model is for vahness's own recordings: leave out --caller" in said.err


def test_kept_judgements_that_cannot_be_read_are_refused_with_their_line(copied: Path) -> None:
    (copied / CALL / "judge.jsonl").write_text("{\n")
    said = vahness("score", copied)
    assert said.code == 2
    assert "judge.jsonl:1: not what a model was asked and answered" in said.err
