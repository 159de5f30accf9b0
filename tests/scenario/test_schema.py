from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.scenario.places import shipped
from harness.scenario.schema import calls_schema, persona_schema, schema, suite_schema
from harness.score import Judged, Score, Scorecard, Span, Unscored, Verdict

FILES = sorted(shipped().rglob("*.yaml"))


@cache
def validator(schema_of: Callable[[], dict[str, Any]]) -> Any:
    """What holds documents against a schema, which is one itself."""
    kind = import_module("jsonschema").Draft202012Validator
    kind.check_schema(schema_of())
    return kind(schema_of())


def errors(document: Any, schema_of: Callable[[], dict[str, Any]]) -> list[str]:
    """What a JSON Schema validator finds wrong."""
    return [error.message for error in validator(schema_of).iter_errors(document)]


def as_an_editor_reads(text: str) -> Any:
    """YAML as an editor has it: version 1.2, in which days and times are texts."""
    loader: Any = type("Loader", (yaml.SafeLoader,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in resolvers if tag not in ("tag:yaml.org,2002:timestamp",)]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, loader)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_what_its_schema_says(path: Path) -> None:
    kind = persona_schema if path.parent.name == "personas" else schema
    kind = suite_schema if path.name == "suite.yaml" else kind
    assert errors(as_an_editor_reads(path.read_text(encoding="utf-8")), kind) == []


PLAIN: dict[str, Any] = {"scenario": "a", "script": [{"say": "Hello."}]}


@pytest.mark.parametrize(
    "more",
    [
        {"worlds": {}},
        {"script": []},
        {"script": [{"sing": "la"}]},
        {"script": [{"say": "a", "press": "1"}]},
        {"script": [{"silence": "10"}]},
        {"script": [{"silence": 10}]},
        {"script": [{"interrupt": {"after": "1s"}}]},
        {"script": [{"interrupt": {"after": "1s", "say": "a", "kind": "cough"}}]},
        {"script": [{"say": {"audio": "a.wav"}}]},
        {"script": [{"press": "one"}]},
        {"caller": {"voice": {"engine": "espaek"}}},
        {"caller": {"voice": {"engine": "espeak", "rate": "fast"}}},
        {"caller": {"manners": {"breath": "-1s"}}},
        {"world": {"noise": {"bed": "cafe"}}},
        {"world": {"noise": {"bed": "cafe", "snr": "10"}}},
        {"world": {"line": {"codec": "mulow"}}},
        {"truth": {"tone": "angy"}},
        {"truth": {"handoff": {"to": "a"}}},
        {"expect": {"wr": "<= 15%"}},
        {"expect": {"wer": "<= 0.15"}},
        {"expect": {"response_latency.p95": "<= 1s"}},
        {"expect": {"response_latency.p50": "pass"}},
        {"first": "nobody"},
        {"repeat": 0},
        {"matrix": {}},
    ],
)
def test_the_schema_refuses_what_reading_refuses(more: dict[str, Any]) -> None:
    assert errors(PLAIN, schema) == []
    assert errors({**PLAIN, **more}, schema) != []


def test_every_key_of_the_schema_is_described() -> None:
    def undescribed(node: Any, path: str) -> list[str]:
        if not isinstance(node, dict):
            return []
        found = [
            f"{path}.{key}"
            for key, value in node.get("properties", {}).items()
            if not (isinstance(value, dict) and value.get("description"))
        ]
        inside = [(f"{path}.{key}", value) for key, value in node.get("properties", {}).items()]
        inside += [(path, value) for value in (*node.get("anyOf", ()), node.get("items"))]
        return found + [key for where, value in inside for key in undescribed(value, where)]

    assert undescribed(schema(), "scenario") == []


def test_the_schema_has_every_score_and_every_effect_there_is() -> None:
    properties = schema()["properties"]
    assert {"wer", "response_latency.p50", "handoff_decision", "task_success"} <= set(
        properties["expect"]["properties"]
    )
    assert {"line", "noise", "telephone", "packet_loss"} <= set(properties["world"]["properties"])


def test_a_row_is_what_its_schema_says() -> None:
    card = Scorecard(
        call="a-0",
        scenario="a",
        file="a.yaml",
        agent="demo",
        seed=1,
        shell="simulated",
        why=None,
        condition={"world.noise.snr": "10dB"},
        seconds=41.2,
        scores={
            "response_latency.p50": Score(0.7, "s", 6, (Span(3.1, 3.8, "a"),), 0.002, values=(0.7, None)),
            "handoff_decision": Score(0.0, "ratio", 1, detail="missed", few=True),
            "yield_delay.max": Score(3.0, "s", 1, censored=True),
            "wer": Unscored("the agent told no transcript"),
        },
        expect=(Judged("wer", "<= 15%", Verdict.NOT_MEASURED),),
    )
    assert errors(card.to_json(), calls_schema) == []
    assert errors({**card.to_json(), "verdict": "maybe"}, calls_schema) != []
    assert errors({**card.to_json(), "colour": "red"}, calls_schema) != []
    assert errors({key: value for key, value in card.to_json().items() if key != "seed"}, calls_schema) != []
