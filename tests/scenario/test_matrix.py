from __future__ import annotations

from pathlib import Path

import pytest

from harness.scenario import Effect, Interrupt
from harness.scenario.suite import Suite, read_suite
from tests.scenario.writing import adding, refused, write

NOISY = ("world:", "  line: {codec: mulaw, loss: 2%}")


def suite(folder: Path, text: str) -> Suite:
    return read_suite([write(folder, text)])


def test_a_matrix_is_the_product_of_its_axes(tmp_path: Path) -> None:
    found = suite(
        tmp_path, adding(*NOISY, "matrix:", "  world.line.codec: [mulaw, alaw]", "  world.line.loss: [1%, 5%]")
    ).scenarios
    assert [(one.id, one.world) for one in found] == [
        (f"call-{codec}-{loss}pc-0", (Effect("telephone", {"codec": codec}), Effect("packet_loss", {"loss": share})))
        for codec in ("mulaw", "alaw")
        for loss, share in ((1, 0.01), (5, 0.05))
    ]
    assert found[0].condition == {"world.line.codec": "mulaw", "world.line.loss": "1%"}


def test_cases_are_overrides_that_go_together(tmp_path: Path) -> None:
    found = suite(
        tmp_path,
        adding("cases:", "  - {world.line.codec: mulaw, first: caller}", "  - {world: {packet_loss: {loss: 3%}}}"),
    ).scenarios
    assert [(one.first, one.world) for one in found] == [
        ("caller", (Effect("telephone", {"codec": "mulaw"}),)),
        ("agent", (Effect("packet_loss", {"loss": 0.03}),)),
    ]
    assert [one.id for one in found] == ["call-mulaw-caller-0", "call-packet-loss-loss-3pc-0"]


def test_a_matrix_and_cases_are_crossed(tmp_path: Path) -> None:
    text = adding("matrix: {first: [agent, caller]}", "cases:", "  - {language: en-US}", "  - {language: en-GB}")
    found = suite(tmp_path, text).scenarios
    assert [(one.first, one.language) for one in found] == [
        ("agent", "en-US"),
        ("agent", "en-GB"),
        ("caller", "en-US"),
        ("caller", "en-GB"),
    ]


def test_an_axis_leads_into_a_step_by_its_number(tmp_path: Path) -> None:
    text = (
        "scenario: a\nscript:\n  - say: Hi.\n  - interrupt: {after: 1s, say: no}\n"
        "matrix: {script.2.interrupt.after: [0.5s, 2s]}\n"
    )
    steps = [one.steps[1] for one in suite(tmp_path, text).scenarios]
    assert [step.after for step in steps if isinstance(step, Interrupt)] == [0.5, 2.0]


def test_conditions_are_compared_on_the_same_draws(tmp_path: Path) -> None:
    found = suite(tmp_path, adding("matrix: {first: [agent, caller]}", "repeat: 2")).scenarios
    assert [one.repeat for one in found] == [0, 1, 0, 1]
    seeds = [one.seed for one in found]
    assert seeds[:2] == seeds[2:]
    assert seeds[0] != seeds[1]


def test_a_text_is_not_made_anything_else_on_its_way_onto_an_axis(tmp_path: Path) -> None:
    text = adding("truth: {entities: {code: x}}", "matrix: {truth.entities.code: [0123, no, 15:00]}")
    values = [one.truth.entities[0].value for one in suite(tmp_path, text).scenarios]
    assert values == ["0123", "no", "15:00"]


def test_conditions_that_look_alike_are_numbered(tmp_path: Path) -> None:
    text = adding("truth: {reason: a}", "matrix: {truth.reason: ['a b', 'a-b']}")
    assert [one.id for one in suite(tmp_path, text).scenarios] == ["call-c1-0", "call-c2-0"]


@pytest.mark.parametrize(
    ("lines", "line", "value", "cure", "nearest"),
    [
        (("matrix:", "  wrld.line.loss: [1%]"), 5, "wrld", "no such key in a scenario", "world"),
        (("matrix:", "  world.lin.loss: [1%]"), 5, "lin", "no such effect", "line"),
        (("matrix:", "  world.line.los: [1%]"), 5, "los", "no such key in the line", "loss"),
        (("matrix:", "  world.line.loss:", "    - 1%", "    - 10"), 7, "10", "without its unit", None),
        (("matrix:", "  world.line.loss: 1%"), 5, "1%", "a list of values", None),
        (("matrix:", "  world.line.loss: []"), 5, "[]", "an empty list", None),
        (("matrix:", "  world.line.loss: [1%, 1%]"), 5, "1%", "the same value twice", None),
        (("matrix: {}",), 4, "{}", "a matrix without an axis", None),
        (("matrix: [a]",), 4, "[a]", "written as keys and values", None),
        (("matrix:", "  repeat: [1, 2]"), 5, "repeat", "the same in every condition", None),
        (("matrix:", "  world..loss: [1%]"), 5, "world..loss", "a path like", None),
        (("matrix:", "  script.2.say: [a, b]"), 5, "script.2.say", "name an item by its number", None),
        (("matrix:", "  script.say: [a, b]"), 5, "script.say", "name an item by its number", None),
        (("matrix:", "  script.1.say.x: [a]"), 5, "script.1.say.x", "leads into a text", None),
        (("matrix:", "  world: [{}]", "  world.line.loss: [1%]"), 6, "world.line.loss", "inside another", None),
        (("cases: []",), 4, "[]", "an empty list", None),
        (("cases:", "  - {}"), 5, "{}", "a case that changes nothing", None),
        (("cases:", "  - first"), 5, "first", "written as keys and values", None),
        (("cases:", "  - {first: agent}", "  - {first: agent}"), 6, "{first: agent}", "the same case twice", None),
        (("matrix: {first: [agent]}", "cases:", "  - {first: agent}"), 6, "first", "inside another", None),
    ],
)
def test_an_axis_that_leads_nowhere_is_refused(
    tmp_path: Path, lines: tuple[str, ...], line: int, value: str, cure: str, nearest: str | None
) -> None:
    problem = refused(tmp_path, adding(*lines))
    assert (problem.line, problem.value, problem.nearest) == (line, value, nearest)
    assert cure in problem.problem


def test_a_matrix_of_too_many_calls_is_refused_before_they_are_read(tmp_path: Path) -> None:
    axes = [f"  truth.entities.e{i}: [{', '.join(str(n) for n in range(20))}]" for i in range(12)]
    problem = refused(tmp_path, adding("matrix:", *axes))
    assert problem.value == f"{20**12} calls"
    problem = refused(tmp_path, adding(f"matrix: {{seed.x: [{', '.join(str(n) for n in range(20))}]}}", "repeat: 1000"))
    assert problem.line == 4
    many = f"matrix: {{truth.reason: [{', '.join(str(n) for n in range(20))}]}}"
    assert refused(tmp_path, adding(many, "repeat: 1000")).value == "20000 calls"
