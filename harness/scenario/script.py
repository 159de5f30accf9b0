"""What the caller does, step by step, and the lines it says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from harness.audio.sounds import BURSTS
from harness.scenario import (
    INTERRUPTIONS,
    MURMURS,
    Add,
    Backchannel,
    Cough,
    FalseStart,
    Filler,
    Hold,
    Interrupt,
    Line,
    NoiseBurst,
    Piece,
    Press,
    Say,
    SideSpeech,
    Silence,
    Step,
    VoiceSpec,
    kinds,
)
from harness.scenario.kinds import Field, Fields, Kind, Schema
from harness.scenario.order import check_order
from harness.scenario.places import Place, told
from harness.scenario.plugged import check_recorded, check_spoken, voice
from harness.scenario.positions import Listing, Node, Table, Text, bad
from harness.text.normalising import words as normal_form
from harness.text.quantities import Quantity, Seconds

LONGEST = 300.0
"""Seconds: no time in a script is longer than a call may be."""

TIME: Quantity = Seconds.__metadata__[0]  # type: ignore[attr-defined]

_LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*"

seconds: Kind[float] = kinds.quantity(TIME, LONGEST)
language: Kind[str] = kinds.text("a language", _LANGUAGE, "write its BCP-47 tag, like en-IN or hi")

# ---- a line ----

_RECORDED = kinds.table(
    "a recorded line",
    lambda: {
        "audio": Field(kinds.text("a recording"), "A sound file beside the scenario", required=True),
        "text": Field(kinds.text("the text of a recording"), "What is said in it", required=True),
        "language": Field(language, "What it is said in, where that isn't the scenario's language"),
    },
)


def _piece(node: Node, place: Place) -> Piece:
    if not isinstance(node, Table):
        check_spoken(place.voice, place.language, node)
        return Piece(kinds.words(node, "a line", spoken=True), place.language)
    if "audio" in node.entries or "text" in node.entries:
        return _recorded(node, place)
    if len(node.entries) != 1:
        raise bad("a line in a language has one key, the language: write a list to say more than one", node)
    ((key, (mark, value)),) = node.entries.items()
    spoken_in = language.read(Text(mark, key), place)
    check_spoken(place.voice, spoken_in, value)
    return Piece(kinds.words(value, "a line", spoken=True), spoken_in)


def _recorded(node: Table, place: Place) -> Piece:
    values = _RECORDED.read(node, place)
    named = kinds.scalar(node.entries["audio"][1], "a recording")
    path = place.file(dataclasses.replace(named, value=values["audio"]))
    place.take(path)
    piece = Piece(values["text"], values.get("language", place.language), told(path))
    check_recorded(str(path), piece.text, piece.language, named)
    return piece


def _read_line(node: Node, place: Place) -> Line:
    if isinstance(node, Listing):
        return tuple(_piece(item, place) for item in kinds.items(node, "pieces of a line"))
    return (_piece(node, place),)


def _line_schema() -> Schema:
    plain: Schema = {"type": ["string", "number", "boolean"], "description": "What is said, in the scenario's language"}
    spoken: Schema = {
        "type": "object",
        "description": "What is said, behind its language",
        "patternProperties": {f"^{_LANGUAGE}$": {"type": ["string", "number", "boolean"]}},
        "propertyNames": {"not": {"enum": ["audio", "text"]}},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    piece: Schema = {"anyOf": [plain, spoken, _RECORDED.schema()]}
    mixed = {"type": "array", "items": piece, "minItems": 1, "description": "A line that switches language inside"}
    return {"anyOf": [*piece["anyOf"], mixed]}


line: Kind[Line] = Kind(_read_line, _line_schema)
"""A text, a text behind its language, a recording with its text, or a list of these."""

# ---- when: an instant of the agent's turn, or a silence ----

_LEVEL = Quantity("a level", (("dB", 1.0),), least=-40.0)
_SHARE = Quantity("a share of the agent's turn", (("%", 0.01),), least=0.0)
_ANCHORS = ("after", "at", "after_phrase")


def _share(value: float, node: Node, _place: Place) -> float:
    if value > 1.0:
        raise bad("a share of the agent's turn is 100% at most: an instant behind its end never comes", node)
    return value


def _phrase(value: str, node: Node, _place: Place) -> str:
    if not normal_form(value):
        raise bad("a phrase without a word in it can't be waited for", node)
    return value


def _anchors(during: tuple[str, ...] = ("next turn",)) -> Fields:
    """When something falls that sounds over the agent's turn: one of three ways to say it."""
    return {
        "during": Field(kinds.one_of("a time", lambda: during), f"{' or '.join(during)} (default next turn)"),
        "after": Field(seconds, "How long after the onset of that turn (default 1s); in silence, of the step before"),
        "at": Field(kinds.made(kinds.quantity(_SHARE), _share), "At which share of that turn, like 40%"),
        "after_phrase": Field(
            kinds.made(kinds.text("a phrase"), _phrase), "Once the agent has said these words in that turn"
        ),
    }


def _anchored(
    what: str, fields: Callable[[], Fields], *, needed: bool = False, during: tuple[str, ...] = ("next turn",)
) -> Kind[dict[str, Any]]:
    """Keys and values with an anchor among them."""
    table = kinds.table(what, lambda: {**_anchors(during), **fields()})

    def read(node: Node, place: Place) -> dict[str, Any]:
        values = table.read(node, place)
        named = [key for key in _ANCHORS if key in values]
        if needed and not named:
            raise bad(f"{what} needs a key that isn't there: after (or at, or after_phrase)", node.mark, "after")
        if len(named) > 1:
            raise bad(f"{what} falls at one instant: {named[0]} or {named[1]}, not both", node)
        if values.get("during") == "silence" and named not in ([], ["after"]):
            raise bad("in a silence there is no turn of the agent's: only `after` can say when", node)
        if "after_phrase" in values:
            values["phrase"] = values.pop("after_phrase")
        if needed or values.get("during") == "next turn":
            values.pop("during", None)
        return values

    def schema() -> Schema:
        either = [{"required": [key]} for key in _ANCHORS]
        both = [{"required": [a, b]} for a, b in combinations(_ANCHORS, 2)]
        return {**table.schema(), "not": {"anyOf": both}, **({"anyOf": either} if needed else {})}

    return Kind(read, schema)


# ---- the steps ----

_UNBUILT_STEPS = ("switch", "hang_up", "wait", "goal")


def interruption(node: Node, place: Place) -> str:
    """What the caller wants with an interruption; a murmur, which wants nothing, is refused."""
    if isinstance(node, Text) and node.value in MURMURS:
        raise bad(f"{node.value} is a step of its own, which wants no floor: write `- {node.value}: {{…}}`", node)
    return interruption_kind.read(node, place)


interruption_kind = kinds.one_of("a kind of interruption", lambda: INTERRUPTIONS)

_INTERRUPT = _anchored(
    "an interruption",
    lambda: {
        "kind": Field(Kind(interruption, interruption_kind.schema), "What the caller wants (default correction)"),
        "say": Field(line, "What the caller says", required=True),
    },
    needed=True,
)

_BACKCHANNEL = _anchored("a backchannel", lambda: {"say": Field(line, "What the caller murmurs", required=True)})

_ANYWHERE = ("next turn", "silence")


def _level(default: str) -> Field:
    return Field(kinds.quantity(_LEVEL, 20.0), f"How loud, against the caller's speech (default {default})")


_COUGH = _anchored("a cough", lambda: {"level": _level("0dB")}, during=_ANYWHERE)

_NOISE_BURST = _anchored(
    "a burst of noise",
    lambda: {
        "kind": Field(kinds.one_of("a burst of noise", lambda: BURSTS), "What makes it (default door)"),
        "level": _level("0dB"),
    },
    during=_ANYWHERE,
)

_SIDE_SPEECH = _anchored(
    "side speech",
    lambda: {
        "say": Field(line, "What is said, though not to the agent", required=True),
        "voice": Field(voice, "Who says it (default: a voice that isn't the caller's)"),
        "level": _level("-12dB"),
    },
    during=_ANYWHERE,
)


def _read_side_speech(node: Node, place: Place) -> SideSpeech:
    """The line is in the other's voice, so that is what must speak its language."""
    other = VoiceSpec("espeak", {"variant": "f2" if place.voice.options.get("variant") != "f2" else "m3"})
    if isinstance(node, Table) and "voice" in node.entries:
        other = voice.read(node.entries["voice"][1], place)
    values = _SIDE_SPEECH.read(node, dataclasses.replace(place, voice=other))
    return SideSpeech(values.pop("say"), **{**values, "voice": other})


def _saying(what: str, help_: str, key: str, when: str) -> Kind[dict[str, Any]]:
    """A line and one time."""
    return kinds.table(what, lambda: {"say": Field(line, help_, required=True), key: Field(seconds, when)})


_FILLER = _saying("a filler", "What the caller thinks aloud: um", "pause", "How long it then thinks on (default 1.2s)")
_FALSE_START = _saying("a false start", "What is broken off", "pause", "How long until it starts anew (default 500ms)")
_ADD = _saying("an added turn", "What the caller adds", "after", "How long after its line before (default 800ms)")
_HOLD = _saying("a hold", "How the caller asks to wait", "for", "How long it then says nothing (default 8s)")

_KEYS = kinds.text("telephone keys", r"[0-9*#A-D]{1,32}", "0 to 9, *, # and A to D, in quotes")

_STEPS: Mapping[str, tuple[Field, Callable[[Any], Step]]] = {
    "say": (Field(line, "Say a line once the agent's turn has ended, after a breath"), Say),
    "interrupt": (
        Field(_INTERRUPT, "Cut into the agent's next turn: the agent should yield"),
        lambda values: Interrupt(values.pop("say"), **values),
    ),
    "backchannel": (
        Field(_BACKCHANNEL, "Murmur over the agent's next turn: the agent should go on"),
        lambda values: Backchannel(values.pop("say"), **values),
    ),
    "cough": (Field(_COUGH, "Cough: the agent should go on, or go on waiting"), lambda values: Cough(**values)),
    "noise_burst": (
        Field(_NOISE_BURST, "A noise in the room: the agent should go on, or go on waiting"),
        lambda values: NoiseBurst(**values),
    ),
    "side_speech": (
        Field(Kind(_read_side_speech, _SIDE_SPEECH.schema), "Words that nobody on the line is meant by"),
        lambda step: step,
    ),
    "filler": (
        Field(_FILLER, "Think aloud inside one's own turn, between two lines: it isn't over"),
        lambda values: Filler(values.pop("say"), **values),
    ),
    "false_start": (
        Field(_FALSE_START, "Begin a line and break it off; the next line is the same turn"),
        lambda values: FalseStart(values.pop("say"), **values),
    ),
    "add": (
        Field(_ADD, "Add a turn of one's own to the last, unless the agent has begun"),
        lambda values: Add(values.pop("say"), **values),
    ),
    "hold": (
        Field(_HOLD, "Ask the agent to wait, and say nothing for so long"),
        lambda values: Hold(values["say"], **({"seconds": values["for"]} if "for" in values else {})),
    ),
    "silence": (Field(seconds, "Say nothing for so long once the agent's turn has ended, like 10s"), Silence),
    "press": (Field(_KEYS, 'Press telephone keys once the agent\'s turn has ended, like "1"'), Press),
}


def _read_step(node: Node, place: Place) -> Step:
    if not isinstance(node, Table):
        raise bad(f"a step is one of {', '.join(_STEPS)}, and a colon", node, known=_STEPS)
    if len(node.entries) != 1:
        raise bad("a step does one thing: begin each with a dash of its own", node)
    ((key, (mark, value)),) = node.entries.items()
    if key in _UNBUILT_STEPS:
        raise bad("isn't built yet", mark, key)
    if key not in _STEPS:
        raise bad(f"no such step: it's one of {', '.join(_STEPS)}", mark, key, _STEPS)
    field, make = _STEPS[key]
    return make(field.kind.read(value, place))


def _step_schema() -> Schema:
    schema = kinds.object_schema({key: field for key, (field, _) in _STEPS.items()})
    return {**schema, "minProperties": 1, "maxProperties": 1}


def _in_order(steps: tuple[Step, ...], node: Node, _place: Place) -> tuple[Step, ...]:
    check_order(steps, kinds.items(node, "steps"))
    return steps


script: Kind[tuple[Step, ...]] = kinds.made(kinds.list_of(Kind(_read_step, _step_schema), "steps"), _in_order)
"""The steps, in order, which go together."""
