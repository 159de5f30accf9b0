"""Asking a language model, at any endpoint that speaks as OpenAI's does; or giving again what one once answered."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from harness.errors import BadInput, CallVoid, PartMissing

if TYPE_CHECKING:
    import openai

Message: TypeAlias = Mapping[str, str]
"""`role` (system, user or assistant) and `content`."""

Row: TypeAlias = dict[str, str]
"""`asked` (a hash of all the messages), `question` (the last of them), `answer`, and `by`: the model that gave it."""

_FIELDS = ("asked", "question", "answer", "by")

KEY = "OPENAI_API_KEY"
"""The environment variable that holds the key."""

OPENAI = "https://api.openai.com/v1"
"""The endpoint where none is named."""

BASE = "OPENAI_BASE_URL"
"""The environment variable that holds an endpoint, for whom none is named."""

WITHIN = 30.0
"""Seconds an answer may take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and by which model."""

    text: str
    by: str


class Chat(Protocol):
    """Whoever answers."""

    def __call__(self, messages: Sequence[Message], /) -> Answer:
        """The answer. Raises CallVoid where there is none."""
        ...


def keyless(url: str | None) -> str | None:
    """Why no model can be asked at this endpoint (None is OpenAI's own); None where one can."""
    if url or os.environ.get(BASE) or os.environ.get(KEY):
        return None
    return f"there is no key for the model: set {KEY}"


def language_model(name: str, *, url: str | None = None, seed: int = 0, within: float = WITHIN) -> Chat:
    """A model by its name, at OpenAI or at the URL of an endpoint that speaks as it does (`http://host:port/v1`).

    It is asked at temperature 0 with the seed, and for a JSON object. The key is OPENAI_API_KEY's; an
    endpoint by URL may do without one. Raises PartMissing where the package isn't installed.

    Source: OpenAI, API reference, chat completions.
    """
    try:
        import openai
    except ImportError as problem:
        raise PartMissing("a language model is asked through the package openai: pip install openai") from problem

    wishes: dict[str, Any] = {
        "temperature": 0.0,
        "seed": seed % 2**31,
        "response_format": {"type": "json_object"},
    }
    client = _client().with_options(
        api_key=os.environ.get(KEY) or "none", base_url=url or os.environ.get(BASE) or None, timeout=within
    )
    ask: Any = client.chat.completions.create

    def chat(messages: Sequence[Message]) -> Answer:
        while True:
            try:
                answer = ask(model=name, messages=[dict(message) for message in messages], **wishes)
                return Answer(whole(str(answer.choices[0].message.content or "")), name)
            except openai.BadRequestError as problem:
                # Some models know no temperature, some servers no seed: they are asked without it.
                if problem.param not in wishes:
                    raise CallVoid(f"the model {name} refused the question: {_said(problem)}") from problem
                del wishes[problem.param]
            except openai.OpenAIError as problem:
                raise CallVoid(f"the model {name} did not answer: {_said(problem)}") from problem
            except (AttributeError, IndexError, TypeError) as problem:
                raise CallVoid(f"what the model {name} sent is no chat completion") from problem

    return chat


@cache
def _client() -> openai.OpenAI:
    """What every endpoint is asked through, made once a process: what is trusted is read, and connections serve on."""
    import openai

    return openai.OpenAI(api_key="none", base_url=OPENAI)


def whole(text: str) -> str:
    """A text as it can be written: half of a character that takes two (a lone surrogate) is a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_json(text: str) -> Any:
    """The JSON that a model answered with, without the fence that models like to put around code.

    Raises ValueError or RecursionError where it is none.
    """
    lines = text.strip().splitlines()
    fenced = len(lines) > 2 and lines[0].startswith("```") and lines[-1].strip() == "```"
    return json.loads("\n".join(lines[1:-1]) if fenced else text)


def check_endpoint(url: str | None, model: str | None, option: str) -> None:
    """Raises BadInput for a URL that is none, or that goes with no model. option: the one that names the model."""
    if url is None:
        return
    if model is None:
        raise BadInput(f"an endpoint answers for a model: give {option} too", value=url)
    try:
        port_is_one = urlsplit(url).port != 0
    except ValueError:
        port_is_one = False
    if not url.startswith(("http://", "https://")) or not port_is_one or not urlsplit(url).hostname:
        raise BadInput("not the URL of an endpoint: write http://host:port/v1", value=url)


def _said(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200]


class Kept:
    """Asks another, and keeps what was asked and answered: `rows`, in order."""

    def __init__(self, chat: Chat) -> None:
        self.rows: list[Row] = []
        self._chat = chat

    def __call__(self, messages: Sequence[Message]) -> Answer:
        """What the other answers."""
        answer = self._chat(messages)
        said = _digest(messages), messages[-1]["content"], answer.text, answer.by
        self.rows.append(dict(zip(_FIELDS, said, strict=True)))
        return answer


class Replayed:
    """Gives again what was once answered to the very same messages.

    otherwise: whom to ask what was never asked.
    """

    def __init__(self, rows: Sequence[Row], otherwise: Chat | None = None) -> None:
        self._answers: dict[str, list[Answer]] = {}
        for row in rows:
            self._answers.setdefault(row["asked"], []).append(Answer(row["answer"], row["by"]))
        self._otherwise = otherwise

    def __call__(self, messages: Sequence[Message]) -> Answer:
        """The answer that was kept; of several to the same question, in order, the last again and again."""
        kept = self._answers.get(_digest(messages))
        if kept:
            return kept.pop(0) if len(kept) > 1 else kept[0]
        if self._otherwise is None:
            raise CallVoid("the call went another way than the one that is replayed, and no model is there to ask")
        return self._otherwise(messages)


def _digest(messages: Sequence[Message]) -> str:
    plain = json.dumps([dict(message) for message in messages], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write what was kept, a line each."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def read_rows(path: Path) -> list[Row]:
    """Read back what was kept. Raises BadInput, with file and line, for what is no such row."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput("can't read what was answered", file=path, value=problem) from problem
    rows: list[Row] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        try:
            row = json.loads(line)
            whole = all(isinstance(row[name], str) for name in _FIELDS)
        except (ValueError, KeyError, TypeError, RecursionError):
            whole = False
        if not whole:
            raise BadInput("not what a model was asked and answered", file=path, line=number, value=line[:80])
        rows.append(row)
    return rows
