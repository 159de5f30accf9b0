"""What a row of `calls.jsonl` looks like, for those who read it with something else: its JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal["pass", "fail", "not_measured"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Scored(_Strict):
    """A score that was measured."""

    value: Annotated[float, Field(allow_inf_nan=False, description="in `unit`; a rate is a fraction, unit `ratio`")]
    unit: str
    n: Annotated[int, Field(ge=0, description="how many things the value rests on")]
    version: Annotated[int, Field(ge=1, description="of the score's definition")]
    resolution: Annotated[float | None, Field(description="how sure its timing is, in seconds")] = None
    spans: Annotated[
        list[Annotated[list[float | str], Field(min_length=3, max_length=3)]],
        Field(description="evidence: [start, end, note], in seconds of the recording"),
    ]
    detail: Annotated[str | None, Field(description="a category's name: `missed`")] = None
    censored: Annotated[bool, Field(description="the true value is greater than `value`")] = False
    few: Annotated[bool, Field(description="a rate over fewer than ten events")] = False
    values: Annotated[list[float | None], Field(description="raw measurements; null where one was censored")] = []


class Unscored(_Strict):
    """A score that was not measured, and why: never counted as a pass."""

    unscored: str


class Judged(_Strict):
    """A limit of the scenario, and what came of it."""

    score: str
    limit: Annotated[str, Field(description="(<=|>=|<|>|==) number[ms|s|dB|%], or `pass`")]
    verdict: Verdict


class CallRow(_Strict):
    """A row of `calls.jsonl`: what came of one call."""

    call: Annotated[str, Field(description="its id: slug-condition-repeat; its folder is calls/<call>")]
    scenario: str
    file: str
    condition: Annotated[dict[str, str], Field(description="axis of the scenario's matrix → value")]
    repeat: Annotated[int, Field(ge=0)]
    seed: int
    agent: Annotated[str, Field(description="the target that was rung, as it was written")]
    shell: Annotated[str, Field(description="`simulated` or `live`")]
    status: Annotated[
        Literal["scored", "void", "invalid", "not_run"],
        Field(
            description="void: our side failed; invalid: the case itself was bad; neither says anything of the agent"
        ),
    ]
    why: Annotated[str | None, Field(description="why it wasn't scored")]
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    verdict: Verdict
    scores: dict[str, Scored | Unscored]
    expect: list[Judged]


def calls_schema() -> dict[str, Any]:
    """The JSON Schema of a row of `calls.jsonl`."""
    schema = CallRow.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "A row of calls.jsonl"}
