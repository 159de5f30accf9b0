"""Score | Unscored, the Verdict on a limit, and the Scorecard of a call.

Scorers measure; limits judge. What wasn't measured is `Unscored` with a reason, and a limit on it
is NOT_MEASURED: never a pass.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, get_args

from harness.errors import BadInput

NEVER_TAKEN = "the agent never took the call"
"""How the reason begins where nobody was ever on the line."""


class Verdict(StrEnum):
    """What a limit says of a score. Three-valued: unknown is not true."""

    PASS = "pass"
    FAIL = "fail"
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the recording, in seconds, that a report plays as evidence."""

    start: float
    end: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A number that was measured, with its evidence.

    value: in `unit` (s, ratio, words, count, ms, dB); never NaN. n: how many things it rests on.
    spans: where in the recording. resolution: how sure its timing is, in seconds. detail: a
    category's name (`missed`) or what else a reader needs. censored: the true value is greater
    than `value`, so every `<=` fails. values: the raw measurements behind it, None where one was
    censored. few: a rate over fewer than ten events.
    """

    value: float
    unit: str
    n: int
    spans: tuple[Span, ...] = ()
    resolution: float | None = None
    detail: str | None = None
    censored: bool = False
    values: tuple[float | None, ...] = ()
    few: bool = False
    version: int = 1

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"a score is a finite number, not {self.value!r}: use Unscored or censored")

    def to_json(self) -> dict[str, Any]:
        """The score as a cell of `calls.jsonl`; what is empty is left out."""
        row: dict[str, Any] = {"value": self.value, "unit": self.unit, "n": self.n, "version": self.version}
        if self.resolution is not None:
            row["resolution"] = self.resolution
        row["spans"] = [[span.start, span.end, span.note] for span in self.spans]
        for name in ("detail", "censored", "few"):
            if getattr(self, name):
                row[name] = getattr(self, name)
        if self.values:
            row["values"] = list(self.values)
        return row


@dataclass(frozen=True, slots=True)
class Unscored:
    """Nothing was measured, and why. Never counted as a pass."""

    reason: str

    def to_json(self) -> dict[str, Any]:
        """As a cell of `calls.jsonl`."""
        return {"unscored": self.reason}


Outcome: TypeAlias = Score | Unscored


def outcome_from_json(cell: Mapping[str, Any]) -> Outcome:
    """The outcome that a cell of `calls.jsonl` holds.

    Raises KeyError, TypeError or ValueError for what is none.
    """
    if "unscored" in cell:
        return Unscored(str(cell["unscored"]))
    plain = dict(cell)
    plain["spans"] = tuple(Span(float(start), float(end), str(note)) for start, end, note in cell.get("spans", ()))
    plain["values"] = tuple(cell.get("values", ()))
    return Score(**plain)


Outcomes: TypeAlias = Mapping[str, Outcome]
"""What a scorer of several parts gives: part name → outcome. The score's id is `scorer.part`."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A text that a judge is shown, under a name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a judge is asked where words alone can't tell.

    ask: in a sentence. scale: each value that may be given, and what it means. judged: the text in
    question. beside: what else was said in the call or handed over. known: what is so, by the
    scenario: nobody said it, and it is no evidence.
    """

    ask: str
    scale: Mapping[float, str]
    judged: Exhibit
    beside: tuple[Exhibit, ...] = ()
    known: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge found.

    value: one of the question's scale. quotes: the words that it rests on; each stands in the call or in
    what was handed over, and one of them in what was judged. why: in a sentence. by: who judged.
    """

    value: float
    quotes: tuple[str, ...]
    why: str
    by: str


class Judge(Protocol):
    """Says what words alone can't; a scorer that asks one has it as a keyword `judge`, None where there is nobody."""

    def __call__(self, question: Question, /) -> Judgement | Unscored:
        """The judgement; Unscored, with the reason, where there is none that can be relied on."""
        ...


NO_JUDGE = Unscored("it takes a judge, and there is none: give --model")
"""What a score that asks a judge is without one, whatever the words tell by themselves."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What stands beside a scorer as data: its unit, which way is better, and its version.

    `parts` names what a scorer of several parts gives; empty for a scorer of one value. `units`
    holds the unit of each part that has another one than `unit`.
    """

    unit: str
    better: Literal["lower", "higher"]
    version: int
    parts: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)

    def unit_of(self, part: str | None) -> str:
        """The unit of a part, or of the one value."""
        return self.unit if part is None else self.units.get(part, self.unit)


Scorer = TypeVar("Scorer", bound=Callable[..., Any])


def scorer(
    *,
    unit: str,
    better: Literal["lower", "higher"],
    version: int,
    parts: Sequence[str] = (),
    units: Mapping[str, str] | None = None,
) -> Callable[[Scorer], Scorer]:
    """Mark a function as a scorer: `(Conversation, Scenario) -> Score | Unscored | {part: …}`.

    One that asks a judge takes it as a keyword besides: `judge: Judge | None = None`.
    Its name is the score's id, its docstring the metric's reference.
    """

    def mark(function: Scorer) -> Scorer:
        function.metric = Metric(unit, better, version, tuple(parts), dict(units or {}))  # type: ignore[attr-defined]
        return function

    return mark


def stamped(outcome: Outcome, metric: Metric) -> Outcome:
    """The outcome carrying its scorer's version."""
    return replace(outcome, version=metric.version) if isinstance(outcome, Score) else outcome


_LIMIT = re.compile(r"^(<=|>=|==|<|>)\s*(-?\d{1,12}(?:\.\d{1,12})?)\s*(ms|s|dB|%)?$")
_SCALE = {"ms": 0.001, "%": 0.01}
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "==": lambda a, b: a == b,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """What a score is held against, as its author wrote it: `<= 800ms`, `>= 90%`, or `pass`.

    number is in the score's base unit: seconds, ratio, dB, or a bare count.
    """

    text: str
    compare: str
    number: float
    unit: str

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read a limit. Raises BadInput (without file and line) where it isn't one."""
        if text.strip() == "pass":
            return cls("pass", "==", 1.0, "")
        found = _LIMIT.match(text.strip())
        if not found:
            raise BadInput("not a limit: write (<=|>=|<|>|==) number[ms|s|dB|%], or pass", value=text)
        compare, number, unit = found.groups()
        return cls(text.strip(), compare, round(float(number) * _SCALE.get(unit or "", 1.0), 9), unit or "")

    def judge(self, outcome: Outcome | None) -> Verdict:
        """PASS or FAIL on what was measured; NOT_MEASURED on what wasn't."""
        if not isinstance(outcome, Score):
            return Verdict.NOT_MEASURED
        # A limit's times are in seconds; a score that is published in milliseconds is held against those.
        number = self.number * 1000.0 if outcome.unit == "ms" else self.number
        if outcome.censored:
            return Verdict.PASS if self.compare in (">", ">=") and outcome.value >= number else Verdict.FAIL
        return Verdict.PASS if _COMPARE[self.compare](outcome.value, number) else Verdict.FAIL


@dataclass(frozen=True, slots=True)
class Profile:
    """Limits, in seconds, that scores refer to where a limit is a matter of taste; it adds no gates."""

    response_p50: float
    response_p95: float
    greeting: float
    yield_p95: float


PROFILES: Mapping[str, Profile] = {
    "human": Profile(response_p50=0.5, response_p95=0.8, greeting=0.8, yield_p95=0.6),
    "production": Profile(response_p50=1.5, response_p95=3.5, greeting=1.5, yield_p95=0.8),
    "floor": Profile(response_p50=2.0, response_p95=5.0, greeting=3.0, yield_p95=1.5),
}
"""The named profiles; `production` is the default."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A limit that a scenario set on a score, and what came of it."""

    score: str
    limit: str
    verdict: Verdict


Status: TypeAlias = Literal["scored", "void", "invalid", "not_run"]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What came of one call: a row of `calls.jsonl`.

    call: its id, `slug-condition-repeat`. condition: the axes of the matrix this call stands on.
    status: scored; void (our side failed); invalid (the case itself was bad); not_run. why: the
    reason where it isn't scored, or what failed it. origin: of a recording that somebody else made,
    how it was read, and what of it is estimated; empty for a call of our own. situation: what the
    call was like (language, accent, noise, line), by which a run's scores are told apart.
    """

    call: str
    scenario: str
    file: str
    agent: str
    seed: int
    shell: str
    status: Status = "scored"
    why: str | None = None
    condition: Mapping[str, str] = field(default_factory=dict)
    repeat: int = 0
    seconds: float = 0.0
    scores: Outcomes = field(default_factory=dict)
    expect: tuple[Judged, ...] = ()
    origin: Mapping[str, Any] = field(default_factory=dict)
    situation: Mapping[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The conjunction of the limits: any false is false; else any unknown, unknown.

        Without limits nothing was asked: not measured.
        """
        verdicts = {judged.verdict for judged in self.expect}
        if Verdict.FAIL in verdicts:
            return Verdict.FAIL
        return Verdict.PASS if verdicts == {Verdict.PASS} and self.status == "scored" else Verdict.NOT_MEASURED

    @property
    def never_taken(self) -> bool:
        """Whether nobody was ever on the line."""
        return (self.why or "").startswith(NEVER_TAKEN)

    def to_json(self) -> dict[str, Any]:
        """The row, as plain data with finite numbers only."""
        return {
            "call": self.call,
            "scenario": self.scenario,
            "file": self.file,
            "condition": dict(self.condition),
            "repeat": self.repeat,
            "seed": self.seed,
            "agent": self.agent,
            "shell": self.shell,
            "status": self.status,
            "why": self.why,
            "seconds": self.seconds,
            "verdict": self.verdict.value,
            "scores": {name: outcome.to_json() for name, outcome in self.scores.items()},
            "expect": [{"score": j.score, "limit": j.limit, "verdict": j.verdict.value} for j in self.expect],
            **({"origin": dict(self.origin)} if self.origin else {}),
            **({"situation": dict(self.situation)} if self.situation else {}),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Scorecard:
        """The scorecard that a row holds; its verdict follows from its limits.

        Raises KeyError, TypeError or ValueError for what is no row.
        """
        plain = {name: value for name, value in row.items() if name != "verdict"}
        plain["scores"] = {name: outcome_from_json(cell) for name, cell in row["scores"].items()}
        plain["expect"] = tuple(Judged(j["score"], j["limit"], Verdict(j["verdict"])) for j in row["expect"])
        return cls(**plain)


def row_schema() -> dict[str, Any]:
    """The JSON Schema of a row of `calls.jsonl`, as `Scorecard.to_json` writes it."""
    text, number, count, flag = ({"type": name} for name in ("string", "number", "integer", "boolean"))
    span = {"type": "array", "prefixItems": [number, number, text], "minItems": 3, "maxItems": 3}
    score = {
        "value": {**number, "description": "The measurement, in its unit"},
        "unit": {**text, "description": "s, ms, ratio, dB, count, words…; a rate is a fraction of 1"},
        "n": {**count, "description": "How many things it rests on"},
        "version": {**count, "description": "The version of the score's definition"},
        "resolution": {**number, "description": "How sure its timing is, in seconds"},
        "spans": {"type": "array", "items": span, "description": "Evidence: start and end in seconds, and a note"},
        "detail": {**text, "description": "The category's name, where the value is 1 or 0"},
        "censored": {**flag, "description": "The true value is greater than this one"},
        "few": {**flag, "description": "A rate over fewer than ten events"},
        "values": {"type": "array", "items": {"type": ["number", "null"]}, "description": "The raw measurements"},
    }
    judged = {"score": text, "limit": text, "verdict": {"enum": [verdict.value for verdict in Verdict]}}
    row = {
        "call": {**text, "description": "The call's id: slug-condition-repeat"},
        "scenario": text,
        "file": {**text, "description": "The scenario's file, as the run was told it"},
        "condition": {"type": "object", "additionalProperties": text, "description": "Its point of the matrix"},
        "repeat": count,
        "seed": count,
        "agent": text,
        "shell": {"enum": ["simulated", "live", "recorded"]},
        "status": {"enum": list(get_args(Status))},
        "why": {"type": ["string", "null"], "description": "Why it isn't scored, or what failed it"},
        "seconds": {**number, "description": "How long the call was"},
        "verdict": judged["verdict"],
        "scores": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    _closed(score, ("value", "unit", "n", "version", "spans")),
                    _closed({"unscored": {**text, "description": "Why it wasn't measured"}}),
                ]
            },
        },
        "expect": {"type": "array", "items": _closed(judged)},
    }
    origin = {"type": "object", "description": "Of somebody else's recording: how it was read, what is estimated"}
    situation = {"type": "object", "additionalProperties": text, "description": "Language, accent, noise, line"}
    return _closed({**row, "origin": origin, "situation": situation}, tuple(row))


def _closed(properties: Mapping[str, Any], required: Sequence[str] | None = None) -> dict[str, Any]:
    """An object with these properties and no others, all required unless told."""
    names = list(properties if required is None else required)
    return {"type": "object", "properties": dict(properties), "required": names, "additionalProperties": False}
