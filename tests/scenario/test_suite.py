from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import BadInput
from harness.scenario import Effect, Expectation
from harness.scenario.suite import read_suite
from harness.score import Limit
from harness.statistics import seed_from
from tests.scenario.writing import PLAIN, adding, write


def refusal(*paths: Path, tags: frozenset[str] = frozenset()) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_suite(paths, tags=tags)
    return caught.value


# ---- which files ----


def test_a_folder_is_every_scenario_below_it_but_for_personas_and_the_suites_own_file(tmp_path: Path) -> None:
    write(tmp_path, "suite: Ours\n", "suite.yaml")
    write(tmp_path / "personas", "manners: {breath: 1s}\n", "dev.yaml")
    write(tmp_path / "smoke", PLAIN, "b.yaml")
    write(tmp_path / "smoke", PLAIN, "notes.txt")
    write(tmp_path, PLAIN, "a.yaml")
    suite = read_suite([tmp_path])
    assert [one.id for one in suite.scenarios] == ["a-0", "b-0"]
    assert suite.root == tmp_path


def test_a_file_told_twice_is_called_once(tmp_path: Path) -> None:
    path = write(tmp_path, PLAIN, "a.yaml")
    assert [one.id for one in read_suite([tmp_path, path]).scenarios] == ["a-0"]


def test_a_file_is_shown_from_the_working_directory_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "ours", PLAIN, "a.yaml")
    monkeypatch.chdir(tmp_path)
    assert read_suite([tmp_path / "ours"]).scenarios[0].file == "ours/a.yaml"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    problem = refusal(tmp_path / "empty")
    assert (problem.file, problem.value, problem.problem) == (
        str(tmp_path / "empty"),
        "empty/*.yaml",
        "no scenario in the folder",
    )


def test_a_path_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, PLAIN, "booking.yaml")
    problem = refusal(tmp_path / "bookin.yaml")
    assert (problem.value, problem.nearest) == (tmp_path / "bookin.yaml", str(path))
    assert refusal(tmp_path / "nowhere" / "at" / "all").nearest is None


def test_no_path_at_all_is_refused() -> None:
    assert refusal().problem == "no scenario: name a file or a folder"


def test_a_suites_own_file_is_no_scenario(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, "suite: Ours\n", "suite.yaml")).value == "suite.yaml"


def test_one_bad_scenario_refuses_the_whole_suite(tmp_path: Path) -> None:
    write(tmp_path, PLAIN, "a.yaml")
    bad = write(tmp_path, PLAIN + "worlds: {}\n", "z.yaml")
    assert (refusal(tmp_path).file, refusal(tmp_path).line) == (str(bad), 4)


# ---- what they are called ----


def test_scenarios_of_one_name_take_their_folders_names(tmp_path: Path) -> None:
    for folder in ("smoke", "noise", "deep/noise"):
        write(tmp_path / folder, PLAIN, "booking.yaml")
    write(tmp_path / "smoke", PLAIN, "moving.yaml")
    ids = [one.id for one in read_suite([tmp_path]).scenarios]
    assert ids == ["deep-noise-booking-0", "noise-booking-0", "smoke-booking-0", "moving-0"]


def test_calls_that_would_share_a_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, PLAIN, "a-agent.yaml")
    write(tmp_path, adding("matrix: {first: [agent, caller]}"), "a.yaml")
    write(tmp_path, PLAIN, "देस.yaml")
    write(tmp_path, PLAIN, "A_agent.yaml")
    ids = [one.id for one in read_suite([tmp_path]).scenarios]
    assert len(set(ids)) == 5
    assert all(id_.isascii() and "/" not in id_ and not id_.startswith(".") for id_ in ids)


# ---- seeds, repeats, digests ----


def test_a_calls_seed_is_of_the_runs_seed_its_file_and_its_repeat(tmp_path: Path) -> None:
    write(tmp_path, "suite: Ours\n", "suite.yaml")
    path = write(tmp_path / "smoke", adding("repeat: 2"), "a.yaml")
    seeds = [one.seed for one in read_suite([path], seed=7).scenarios]
    assert seeds == [seed_from(7, "smoke/a.yaml", 0), seed_from(7, "smoke/a.yaml", 1)]
    assert [one.seed for one in read_suite([tmp_path], seed=7).scenarios] == seeds
    assert [one.seed for one in read_suite([tmp_path], seed=8).scenarios] != seeds


def test_a_scenarios_own_seed_stands_in_for_the_runs(tmp_path: Path) -> None:
    path = write(tmp_path, adding("seed: 5"), "a.yaml")
    assert read_suite([path], seed=1).scenarios == read_suite([path], seed=2).scenarios
    assert read_suite([path]).scenarios[0].seed == seed_from(5, "a.yaml", 0)


def test_a_run_may_say_how_often_each_call_is_made(tmp_path: Path) -> None:
    path = write(tmp_path, adding("repeat: 2"), "a.yaml")
    assert [one.id for one in read_suite([path], repeat=3).scenarios] == ["a-0", "a-1", "a-2"]


def test_a_digest_is_of_all_that_a_scenario_was_read_from(tmp_path: Path) -> None:
    def digest() -> str:
        return read_suite([tmp_path]).scenarios[0].digest

    persona = write(tmp_path / "personas", "manners: {breath: 1s}\n", "dev.yaml")
    path = write(tmp_path, adding("caller: dev"), "a.yaml")
    digests = [digest()]
    persona.write_text("manners: {breath: 2s}\n")
    digests.append(digest())
    path.write_text(adding("caller: dev", "tags: [x]"))
    digests.append(digest())
    write(tmp_path, "defaults: {first: caller}\n", "suite.yaml")
    digests.append(digest())
    assert len(set(digests)) == 4
    write(tmp_path, "defaults: {first: caller}\ngates: {pass_rate: '>= 90%'}\n", "suite.yaml")
    assert digest() == digests[-1]


# ---- which calls ----


def test_tags_choose_the_scenarios_that_have_any_of_them(tmp_path: Path) -> None:
    write(tmp_path, adding("tags: [smoke, booking]"), "a.yaml")
    write(tmp_path, adding("tags: [noise]"), "b.yaml")
    write(tmp_path, PLAIN, "c.yaml")
    chosen = read_suite([tmp_path], tags=frozenset({"booking", "noise"})).scenarios
    assert [one.id for one in chosen] == ["a-0", "b-0"]


def test_tags_that_nothing_has_are_refused_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, adding("tags: [smoke]"), "a.yaml")
    problem = refusal(tmp_path, tags=frozenset({"smok"}))
    assert (problem.value, problem.nearest) == ("smok", "smoke")


# ---- a suite's own file ----


def test_a_suite_holds_what_its_scenarios_have_where_they_do_not_say(tmp_path: Path) -> None:
    write(
        tmp_path,
        "suite: Ours\n"
        "defaults:\n"
        "  language: en-GB\n"
        "  world: {line: {codec: mulaw}}\n"
        '  expect: {wer: "<= 15%", unanswered_turns: "== 0"}\n',
        "suite.yaml",
    )
    write(tmp_path, adding("world: {packet_loss: {loss: 1%}}", 'expect: {wer: "<= 30%"}'), "a.yaml")
    write(tmp_path, adding("language: en-US"), "b.yaml")
    a, b = read_suite([tmp_path]).scenarios
    assert (a.language, b.language) == ("en-GB", "en-US")
    assert [effect.name for effect in a.world] == ["telephone", "packet_loss"]
    assert b.world == (Effect("telephone", {"codec": "mulaw"}),)
    assert {one.score: one.limit.text for one in a.expect} == {"wer": "<= 30%", "unanswered_turns": "== 0"}
    assert {one.score: one.limit.text for one in b.expect} == {"wer": "<= 15%", "unanswered_turns": "== 0"}


def test_gates_are_on_the_whole_run_where_p95_may_stand(tmp_path: Path) -> None:
    text = 'gates:\n  response_latency.p95: "<= 3.5s"\n  pass_rate: ">= 90%"\n'
    write(tmp_path, text, "suite.yaml")
    path = write(tmp_path / "deep", PLAIN, "a.yaml")
    assert read_suite([path]).gates == (
        Expectation("response_latency.p95", Limit("<= 3.5s", "<=", 3.5, "s"), 2),
        Expectation("pass_rate", Limit(">= 90%", ">=", 0.9, "%"), 3),
    )


@pytest.mark.parametrize(
    ("text", "line", "value", "nearest"),
    [
        ("gate: {}\n", 1, "gate", "gates"),
        ("gates:\n  pass_rat: '>= 90%'\n", 2, "pass_rat", "pass_rate"),
        ("gates:\n  pass_rate: '>= 0.9'\n", 2, ">= 0.9", None),
        ("gates:\n  response_latency: '<= 1s'\n", 2, "response_latency", "response_latency.p95"),
        ("defaults:\n  langage: en\n", 2, "langage", "language"),
        ("defaults:\n  scenario: a\n", 2, "scenario", None),
        ("defaults:\n  caller: patient-pirya\n", 2, "patient-pirya", "patient-priya"),
        ("- a\n", 1, "[a]", None),
    ],
)
def test_what_is_wrong_in_a_suites_own_file_is_refused(
    tmp_path: Path, text: str, line: int, value: str, nearest: str | None
) -> None:
    path = write(tmp_path, text, "suite.yaml")
    write(tmp_path, PLAIN, "a.yaml")
    problem = refusal(tmp_path)
    assert (problem.file, problem.line, problem.value, problem.nearest) == (str(path), line, value, nearest)


def test_what_a_default_does_to_a_scenario_is_shown_where_the_default_stands(tmp_path: Path) -> None:
    path = write(tmp_path, "defaults:\n  caller:\n    voice: {engine: pico}\n", "suite.yaml")
    write(tmp_path, "scenario: a\nlanguage: hi\nscript:\n  - say: नमस्ते\n", "a.yaml")
    problem = refusal(tmp_path)
    assert (problem.file, problem.line, problem.value) == (str(path), 3, "hi")
