"""A language model as the mind of a caller: what it is told, and reading the move that it answers with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.chat import Chat, Message, read_json
from harness.errors import BadInput
from harness.minds import Mind, Move, Question
from harness.scenario import Entity, Scenario, kinds
from harness.scenario.kinds import Field
from harness.scenario.manners import TEMPERAMENTS
from harness.scenario.places import Place
from harness.scenario.positions import Listing, Mark, Node, Table, Text
from harness.scenario.script import script

_ANSWER = Mark("the caller's answer", 0)

_MOVE = kinds.table(
    "a move",
    lambda: {
        "steps": Field(script, "What the caller does, as a script has it"),
        "listen": Field(kinds.yes_or_no("a yes or no"), "Say nothing, and let the agent talk"),
        "hang_up": Field(kinds.yes_or_no("a yes or no"), "Hang up, behind the steps where there are any"),
    },
)

EXAMPLES = (
    ("say a line when the agent has finished", {"steps": [{"say": "Hi, I'd like to book a table."}]}),
    ("press telephone keys", {"steps": [{"press": "1"}]}),
    (
        "cut into what the agent is saying, as soon as it has said these words; `kind` is correction, clarify, "
        "topic_switch, stop_request or escalate",
        {"steps": [{"interrupt": {"after_phrase": "the twelfth", "kind": "correction", "say": "No, the thirteenth."}}]},
    ),
    (
        "cut in so long after it began to speak (or `at`, a share of its turn: 40%)",
        {"steps": [{"interrupt": {"after": "1.5s", "kind": "stop_request", "say": "Stop, please."}}]},
    ),
    (
        "murmur along, which wants no answer",
        {"steps": [{"backchannel": {"after": "1s", "say": "Mm-hmm."}}]},
    ),
    (
        "think aloud, start anew, or add a turn to your own",
        {
            "steps": [
                {"false_start": {"say": "I wanted", "pause": "500ms"}},
                {"say": "I want the one on"},
                {"filler": {"say": "um", "pause": "1.2s"}},
                {"say": "Friday."},
                {"add": {"after": "800ms", "say": "If that's all right."}},
            ]
        },
    ),
    ("ask the agent to wait", {"steps": [{"hold": {"say": "One moment, please.", "for": "8s"}}]}),
    ("say nothing for a while", {"steps": [{"silence": "6s"}]}),
    (
        "cough, speak to someone in the room, or have something make a noise",
        {
            "steps": [
                {"cough": {"after": "1s"}},
                {"side_speech": {"after": "2s", "say": "Coming!"}},
                {"noise_burst": {"after": "4s", "kind": "door"}},
            ]
        },
    ),
    ("let the agent talk", {"listen": True}),
    ("say goodbye and hang up", {"steps": [{"say": "Thank you, goodbye."}], "hang_up": True}),
)
"""What a model is shown of the moves there are."""


def model(scenario: Scenario, chat: Chat) -> Mind:
    """A mind that asks a language model, and tells it all it is to know.

    Raises, when it is asked, BadInput for an answer that is no move, and what the chat raises.
    """
    system = briefing(scenario)
    place = Place(Path(), Path(), language=scenario.language, voice=scenario.persona.voice)

    def mind(question: Question) -> Move:
        asked: list[Message] = [{"role": "system", "content": system}, {"role": "user", "content": _asked(question)}]
        return read_move(chat(asked).text, place)

    return mind


def briefing(scenario: Scenario) -> str:
    """All that a model is told before the call: who it is, what it wants and knows, and how it answers."""
    facts = "\n".join(map(_fact, scenario.facts)) or "- nothing that you could be asked for"
    moves = "\n".join(f"- {what}: {json.dumps(move, ensure_ascii=False)}" for what, move in EXAMPLES)
    who = f" You are known as {scenario.persona.name}." if scenario.persona.name else ""
    temperament = next((name for name, (one, _) in TEMPERAMENTS.items() if one == scenario.persona.manners), None)
    who += f" Your temperament: {temperament.replace('_', ' ')}." if temperament else ""
    return (
        f"You are a person on the telephone who has rung a company's voice agent.{who} You are the caller, never the "
        f"agent.\n\nWhat you want: {scenario.goal}\n\nWhat you know:\n{facts}\n\n"
        "You know nothing else. Where you are asked for something that isn't there, say that you don't know it; make "
        "nothing up. Tell what you know as it is asked for, not all at once. If the agent gets it wrong, correct "
        f"it. Speak {scenario.language}, as people talk: a sentence or two, no lists, no markup, no stage "
        "directions. When you have what you want, or see that you won't get it, say goodbye and hang up.\n\n"
        f"Answer with one JSON object, which is your next move. These are the moves:\n{moves}\n\n"
        "Where the agent is still speaking, listen, unless there is a reason to murmur along or to cut in."
    )


def _fact(fact: Entity) -> str:
    first = f" (at first you say {' or '.join(fact.was)}, and correct it later)" if fact.was else ""
    return f"- {fact.name}: {fact.value}{first}"


def _asked(question: Question) -> str:
    so_far = "\n".join(question.so_far) or "(nobody has said anything yet)"
    now = "It is your turn." if question.moment == "your turn" else "The agent is still speaking."
    wrong = "" if question.problem is None else f"\n\nYour last answer can't be used: {question.problem}"
    return f"The call so far:\n{so_far}\n\n{now} What do you do?{wrong}"


def read_move(text: str, place: Place) -> Move:
    """The move that a model answered with. Raises BadInput, as a scenario's reading does, where it is none."""
    try:
        written = _node(read_json(text))
    except (ValueError, RecursionError) as problem:
        raise BadInput("the caller's answer is no JSON", value=text[:80]) from problem
    values = _MOVE.read(written, place)
    steps, hang_up, listen = values.get("steps", ()), values.get("hang_up", False), values.get("listen", False)
    if listen == bool(steps or hang_up):
        raise BadInput("a move is steps, hang_up, or listen alone", value=text[:80])
    return Move(steps, hang_up)


def _node(plain: Any) -> Node:
    """JSON as what a scenario's file is read from; a key with nothing behind it is as good as none."""
    if isinstance(plain, dict):
        if "audio" in plain:
            raise BadInput("a caller that improvises speaks its lines, and plays none", value=plain["audio"])
        return Table(_ANSWER, {str(key): (_ANSWER, _node(value)) for key, value in plain.items() if value is not None})
    if isinstance(plain, list):
        return Listing(_ANSWER, tuple(map(_node, plain)))
    return Text(
        _ANSWER, str(plain).lower() if isinstance(plain, bool) else "" if plain is None else str(plain), plain=False
    )
