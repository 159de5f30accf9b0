"""Asking a model through the real client, at an endpoint of the loopback; and giving again what it answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.chat import BASE, KEY, Answer, Kept, Replayed, keyless, language_model, read_rows, write_rows
from harness.errors import BadInput, CallVoid
from tests.endpoint import Reply, Request, endpoint, fails, says

ASKED = ({"role": "system", "content": "You are terse."}, {"role": "user", "content": "Well?"})


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.delenv(BASE, raising=False)


def test_a_model_is_asked_at_temperature_0_with_the_seed_and_for_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "secret")
    with endpoint(lambda _request: says('{"listen": true}')) as served:
        chat = language_model("tiny", url=served.url, seed=2**31 + 5)
        assert chat(ASKED) == Answer('{"listen": true}', "tiny")
    (request,) = served.requests
    assert request == {
        "model": "tiny",
        "messages": list(ASKED),
        "temperature": 0.0,
        "seed": 5,
        "response_format": {"type": "json_object"},
    }
    assert served.keys == ["secret"]


def test_a_model_that_knows_no_temperature_is_asked_without_it() -> None:
    def choosy(request: Request) -> Reply:
        known = "temperature" not in request
        return says("yes") if known else fails(400, "no such parameter", "temperature")

    with endpoint(choosy) as served:
        chat = language_model("tiny", url=served.url)
        assert [chat(ASKED).text, chat(ASKED).text] == ["yes", "yes"]
    assert ["temperature" in request for request in served.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (fails(500, "out of order"), "did not answer: .*out of order"),
        (fails(401, "no such key"), "did not answer: .*no such key"),
        (fails(400, "too long", "messages"), "refused the question: .*too long"),
        (Reply(200, {"choices": []}), "is no chat completion"),
        (Reply(200, ["hello"]), "is no chat completion"),
    ],
)
def test_what_an_endpoint_fails_by_is_our_failing_and_says_why(reply: Reply, why: str) -> None:
    with endpoint(lambda _request: reply) as served, pytest.raises(CallVoid, match=f"model tiny.*{why}"):
        language_model("tiny", url=served.url)(ASKED)


def test_callers_and_judges_of_a_process_share_what_connects_them_to_an_endpoint() -> None:
    with endpoint(lambda _request: says("yes")) as served:
        assert [language_model("tiny", url=served.url, seed=seed)(ASKED).text for seed in (1, 2, 3)] == ["yes"] * 3
    assert [request["seed"] for request in served.requests] == [1, 2, 3]
    assert served.connections == 1


def test_half_a_character_in_an_answer_can_be_kept_as_a_question_mark(tmp_path: Path) -> None:
    with endpoint(lambda _request: says("so\ud83d so")) as served:
        kept = Kept(language_model("tiny", url=served.url))
        assert kept(ASKED) == Answer("so? so", "tiny")
    write_rows(tmp_path / "caller.jsonl", kept.rows)
    assert read_rows(tmp_path / "caller.jsonl") == kept.rows


def test_without_a_key_only_an_endpoint_by_url_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keyless(None) == "there is no key for the model: set OPENAI_API_KEY"
    assert keyless("http://127.0.0.1:1/v1") is None
    monkeypatch.setenv(KEY, "secret")
    assert keyless(None) is None


def test_what_was_answered_is_given_again_to_the_same_question_and_to_no_other(tmp_path: Path) -> None:
    answers = iter(["one", "two", "three"])
    kept = Kept(lambda _messages: Answer(next(answers), "tiny"))
    other = (ASKED[0], {"role": "user", "content": "And then\u2028?"})
    assert [kept(one).text for one in (ASKED, other, ASKED)] == ["one", "two", "three"]
    write_rows(tmp_path / "caller.jsonl", kept.rows)
    rows = read_rows(tmp_path / "caller.jsonl")
    assert rows == kept.rows
    assert [row["question"] for row in rows] == ["Well?", "And then\u2028?", "Well?"]
    again = Replayed(rows)
    assert [again(one) for one in (ASKED, ASKED, other)] == [Answer(text, "tiny") for text in ("one", "three", "two")]
    with pytest.raises(CallVoid, match="another way"):
        again(ASKED[1:])
    assert Replayed(rows, lambda _messages: Answer("new", "big"))(ASKED[1:]) == Answer("new", "big")


@pytest.mark.parametrize("line", ["{", "[]", '{"asked": "a", "question": "b", "answer": "c", "by": 3}', ""])
def test_a_file_that_holds_no_answers_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "caller.jsonl"
    path.write_text(f'{{"asked": "a", "question": "b", "answer": "c", "by": "d"}}\n{line}\n')
    with pytest.raises(BadInput, match=re.escape(f"{path}:2: not what a model was asked and answered")):
        read_rows(path)
