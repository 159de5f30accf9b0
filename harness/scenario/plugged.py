"""What a scenario may name because a plug-in is there: voices and effects, with their options.

A plug-in's signature is the schema of its options and its docstring is their help; nothing is
listed here a second time.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from harness import plugins
from harness.errors import BadInput, PartMissing, VahnessError
from harness.scenario import Effect, VoiceSpec, kinds
from harness.scenario.kinds import Field, Fields, Kind, Schema
from harness.scenario.places import Place
from harness.scenario.positions import Mark, Node, bad
from harness.text.quantities import OneOf, Quantity

_LATER_EFFECTS = ("room", "comfort_noise", "bandwidth", "clipping", "gain", "jitter")
_LATER_OF_THE_LINE = ("jitter", "delay", "drop")


def kind_of(annotation: Any, what: str) -> Kind[Any]:
    """The kind that an option's annotation asks for."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(arguments, what)
    if origin is Literal:
        return kinds.one_of(what, lambda: [str(name) for name in arguments])
    if origin in (Union, types.UnionType):
        inner = [argument for argument in arguments if argument is not type(None)]
        if len(inner) == 1:
            return kind_of(inner[0], what)
    plain: dict[Any, Kind[Any]] = {
        str: kinds.text(what),
        int: kinds.whole(what, -(10**9), 10**9),
        float: kinds.number(what),
        bool: kinds.yes_or_no(what),
    }
    if annotation not in plain:
        raise VahnessError(f"{what} is of a type that no scenario can give: {annotation}")
    return plain[annotation]


def _annotated(arguments: tuple[Any, ...], what: str) -> Kind[Any]:
    for told in arguments[1:]:
        if isinstance(told, Kind):
            return told
        if isinstance(told, Quantity):
            return kinds.quantity(told)
        if isinstance(told, OneOf):
            return kinds.one_of(told.what, told.names)
    return kind_of(arguments[0], what)


def option_fields(family: str, name: str) -> Fields:
    """The options of a plug-in as fields, from its signature and its docstring."""
    member = plugins.load(family, name)
    document = inspect.getdoc(member) or ""
    fields: dict[str, Field] = {}
    for option, parameter in plugins.options(member).items():
        told = re.search(rf"^\s*`*{option}`*: (.+)$", document, re.MULTILINE)
        help_ = told[1] if told else f"{option} of {name}: {plugins.summary(member)}"
        required = parameter.default is inspect.Parameter.empty
        if not required and parameter.default is not None:
            help_ = f"{help_} (default {parameter.default})"
        fields[option] = Field(kind_of(parameter.annotation, f"{option} of {name}"), help_, required)
    return fields


def options(family: str, name: str) -> Kind[dict[str, Any]]:
    """The options of a plug-in, as a table; loaded when it's read."""
    return kinds.table(name, lambda: option_fields(family, name))


# ---- the voice ----


_RECORDED = "recorded"
"""The voice of recorded lines, which is no caller's."""


def _engines() -> tuple[str, ...]:
    return tuple(name for name in plugins.names("voices") if name != _RECORDED)


def _read_voice(node: Node, place: Place) -> VoiceSpec:
    found = dict(kinds.entries(node, "a voice"))
    engine = VoiceSpec().engine
    if "engine" in found:
        engine = kinds.one_of("a voice's engine", _engines).read(found["engine"][1], place)
    fields = {"engine": Field(kinds.text("an engine"), "Which voice speaks"), **option_fields("voices", engine)}
    read = kinds.table(f"the voice {engine}", lambda: fields).read(node, place)
    read.pop("engine", None)
    spec = VoiceSpec(engine, read)
    _check_spoken(spec, place.language, {key: value for key, (_, value) in found.items()}, node)
    return spec


def check_voice(spec: VoiceSpec, place: Place, node: Node) -> VoiceSpec:
    """The voice, if it can be had with its options and speaks the scenario's language; BadInput at the node if not."""
    _check_spoken(spec, place.language, {}, node)
    return spec


def check_spoken(spec: VoiceSpec, language: str, node: Node) -> None:
    """Raise the BadInput that speaking a language in this voice would, at the node that asks for it."""
    _check_spoken(spec, language, {}, node)


def _check_spoken(spec: VoiceSpec, language: str, written: Mapping[str, Node], node: Node) -> None:
    """Ask the voice itself; what it refuses is shown where its value is written."""
    check = getattr(plugins.load("voices", spec.engine), "check", None)
    if check is None:
        return
    try:
        check(language, **spec.options)
    except BadInput as problem:
        option = next((key for key, value in spec.options.items() if value == problem.value), "")
        at = written.get(option, node)
        raise bad(problem.problem, at.mark, problem.value, [problem.nearest] if problem.nearest else ()) from problem


def check_recorded(audio: str, text: str, language: str, node: Node) -> None:
    """Raise the BadInput that playing a recorded line would, at the node that names it."""
    try:
        plugins.load("voices", _RECORDED)(text, language, audio=audio)
    except BadInput as problem:
        raise bad(f"can't use the recording ({problem.problem})", node) from problem
    except PartMissing as problem:
        raise bad(f"can't read the recording's format here ({problem})", node) from problem


def _voice_schema() -> Schema:
    def of(engine: str) -> Schema:
        schema = kinds.object_schema(option_fields("voices", engine))
        default = engine == VoiceSpec().engine
        schema["properties"] = {
            "engine": {"const": engine, "description": plugins.summary(plugins.load("voices", engine))},
            **schema["properties"],
        }
        return schema if default else {**schema, "required": ["engine", *schema.get("required", [])]}

    return {"anyOf": [of(engine) for engine in _engines()]}


voice: Kind[VoiceSpec] = Kind(_read_voice, _voice_schema)
"""An engine by name, and that engine's options."""


# ---- the world ----


def _line_fields() -> Fields:
    telephone, loss = option_fields("effects", "telephone"), option_fields("effects", "packet_loss")
    both = {**telephone, **loss}
    return {key: Field(field.kind, field.help) for key, field in both.items()}


_line = kinds.table("the line", _line_fields, later=_LATER_OF_THE_LINE)


def _read_line(node: Node, place: Place) -> list[Effect]:
    """The telephone where its codec is named, lost packets where a loss is."""
    values = _line.read(node, place)
    made: list[Effect] = []
    for name in ("telephone", "packet_loss"):
        fields = option_fields("effects", name)
        chosen = {key: values[key] for key in fields if key in values}
        missing = [key for key, field in fields.items() if field.required and key not in chosen]
        if chosen and missing:
            raise bad(f"the line names {next(iter(chosen))}, and needs a key that isn't there", node.mark, missing[0])
        if chosen:
            _check_together(name, chosen, node)
            made.append(Effect(name, chosen))
    if not made:
        raise bad("the line says nothing: name its codec or its loss", node)
    return made


def _effect(name: str, node: Node, place: Place) -> Effect:
    """An effect with its options, which it has checked together where it can (`check(*, options)`)."""
    values = options("effects", name).read(node, place)
    _check_together(name, values, node)
    return Effect(name, values)


def _check_together(name: str, values: Mapping[str, Any], node: Node) -> None:
    check = getattr(plugins.load("effects", name), "check", None)
    if check is None:
        return
    try:
        check(**values)
    except BadInput as problem:
        raise bad(problem.problem, node.mark, problem.value) from problem


def _read_world(node: Node, place: Place) -> tuple[Effect, ...]:
    made: list[tuple[Mark, Effect]] = []
    known = (*plugins.names("effects"), "line")
    for key, (mark, value) in kinds.entries(node, "the world").items():
        if key == "line":
            made += [(mark, effect) for effect in _read_line(value, place)]
            continue
        if key not in known:
            problem = "isn't built yet" if key in _LATER_EFFECTS else "no such effect in the world"
            raise bad(problem, mark, key, () if key in _LATER_EFFECTS else known)
        made.append((mark, _effect(key, value, place)))
    for i, (mark, effect) in enumerate(made):
        if effect.name in [other.name for _, other in made[:i]]:
            raise bad("the same effect twice (`line` makes telephone and packet_loss)", mark, effect.name)
    return tuple(effect for _, effect in made)


def _world_schema() -> Schema:
    line = {"description": "The telephone line: its codec, and packets lost in bursts", **_line.schema()}
    effects = {
        name: {
            "description": plugins.summary(plugins.load("effects", name)),
            **kinds.object_schema(option_fields("effects", name)),
        }
        for name in plugins.names("effects")
    }
    return {"type": "object", "properties": {"line": line, **effects}, "additionalProperties": False}


world: Kind[tuple[Effect, ...]] = Kind(_read_world, _world_schema)
"""What the world does to the caller's sound, in the order written."""
