"""An agent file: whom to ring, with what, and by which channels what the agent does reaches us."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness import plugins
from harness.errors import BadInput
from harness.run.targets import Target, read_target
from harness.scenario.kinds import (
    Field,
    Fields,
    Kind,
    Schema,
    entries,
    list_of,
    one_of,
    quantity,
    table,
    table_of,
    text,
    whole,
)
from harness.scenario.places import Place, told
from harness.scenario.positions import Listing, Node, Table, Text, bad, parse, read_bytes
from harness.scenario.script import TIME

FOLDER = Path("agents")
"""Where `--agent NAME` looks for NAME.yaml."""

CHANNELS = ("in-band", "tool", "webhook", "transfer")
"""How an agent may hand over: it tells so on the line, calls a tool, posts a packet, transfers the call."""

AFTER = 5.0
"""Seconds for which the intake still listens behind a call, where the file doesn't say."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One of the agent's tools. returns: what its stand-in answers. packet: our field → its path in the arguments."""

    returns: Any = None
    packet: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class AgentFile:
    """An agent as its file has it.

    headers: sent when it is rung, secrets filled in from the environment. handoff: the channels it
    hands over by; messages: those it writes to the caller on. port: where the intake listens, None
    for no intake; after: for how many seconds behind a call; packet: of a posted handoff, our field → its path.
    """

    name: str
    file: str
    target: Target
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    tools: Mapping[str, Tool] = field(default_factory=dict)
    handoff: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    port: int | None = None
    after: float = AFTER
    packet: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""

    def to_json(self) -> dict[str, Any]:
        """The file as plain data for run.json: no header, no secret."""
        return {
            "name": self.name,
            "file": self.file,
            "digest": self.digest,
            "handoff": list(self.handoff),
            "messages": list(self.messages),
            "tools": sorted(self.tools),
            "intake": self.port is not None,
        }

    @property
    def stand_ins(self) -> Mapping[str, Any]:
        """Each tool and what it returns."""
        return {name: tool.returns for name, tool in self.tools.items()}


def agent_file(name: str) -> AgentFile | None:
    """The agent file that `--agent NAME` means: a path that ends in .yaml, or agents/NAME.yaml; None for neither.

    Raises BadInput where the file can't be used, or its name is a built-in agent's too.
    """
    if name.endswith((".yaml", ".yml")):
        return read_agent_file(Path(name))
    beside = FOLDER / f"{name}.yaml"
    if not re.fullmatch(r"[\w.-]+", name) or not beside.is_file():
        return None
    if name in plugins.names("agents"):
        raise BadInput(f"a built-in agent has this name too: write {beside}, or rename the file", value=name)
    return read_agent_file(beside)


def read_agent_file(path: Path) -> AgentFile:
    """Read an agent file. Raises BadInput with the file and line of what can't be used."""
    shown = told(path)
    content = read_bytes(path, shown)
    node = parse(content, shown)
    if not isinstance(node, Table):
        raise bad("an agent file is written as keys and values", node)
    values = AGENT.read(node, Place(path.absolute().parent, path.absolute().parent))
    found = AgentFile(
        name=values["agent"],
        file=shown,
        target=values["target"],
        headers=values.get("headers", {}),
        tools=values.get("tools", {}),
        handoff=values.get("handoff", ()),
        messages=values.get("messages", ()),
        digest=hashlib.sha256(content).hexdigest(),
        **values.get("intake", {}),
    )
    if "tool" in found.handoff and not any(tool.packet for tool in found.tools.values()):
        where = node.entries["handoff"][1]
        raise bad("handing over by a tool needs the tool's packet: tools: {NAME: {packet: {…}}}", where, "tool")
    return found


# --- what may stand in the file

_SECRET = re.compile(r"(?i)authori[sz]ation|cookie|token|secret|password|key|signature")
_VARIABLE = re.compile(r"\$\{([^}]*)\}")


def _target() -> Kind[Target]:
    def read(node: Node, _place: Place) -> Target:
        written = text("a target").read(node, _place)
        try:
            return read_target(written)
        except BadInput as problem:
            near = [problem.nearest] if problem.nearest else []
            raise bad(problem.problem, node, problem.value, near) from problem

    return Kind(read, lambda: {"type": "string"})


def _headers() -> Kind[dict[str, str]]:
    def read(node: Node, place: Place) -> dict[str, str]:
        found = {}
        for name, (mark, value) in entries(node, "headers").items():
            if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name):
                raise bad("not a header's name", mark, name)
            found[name] = _filled(text("a header").read(value, place), name, value)
        return found

    return Kind(read, lambda: {"type": "object", "additionalProperties": {"type": "string"}})


def _filled(written: str, name: str, node: Node) -> str:
    """A header with its ${VARIABLES} from the environment."""
    if _SECRET.search(name) and not _VARIABLE.search(written):
        raise bad("a secret doesn't stand in a file: write ${NAME}, and set it in the environment", node, "…")
    for variable in _VARIABLE.findall(written):
        if not re.fullmatch(r"[A-Za-z_]\w*", variable):
            raise bad("not the name of a variable", node, "${" + variable + "}")
        if not os.environ.get(variable):
            raise bad("the environment doesn't have this variable", node, variable)
    return _VARIABLE.sub(lambda found: os.environ[found[1]], written)


def _anything() -> Kind[Any]:
    """Any JSON, written as YAML: an unquoted number, true, false or null is that, all else a text."""

    def read(node: Node, place: Place) -> Any:
        if isinstance(node, Listing):
            return [read(item, place) for item in node.items]
        if isinstance(node, Table):
            return {key: read(value, place) for key, (_, value) in node.entries.items()}
        return _scalar(node)

    def schema() -> Schema:
        return {}

    return Kind(read, schema)


def _scalar(node: Text) -> Any:
    if not node.plain:
        return node.value
    if node.value in _WORDS:
        return _WORDS[node.value]
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", node.value):
        return int(node.value)
    return float(node.value) if re.fullmatch(r"-?[0-9]{1,17}\.[0-9]{1,17}", node.value) else node.value


_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

_FIELDS = ("reason", "tone", "urgency", "summary", "tried", "promised", "next_action", "language", "consent")


def _packet() -> Kind[dict[str, str]]:
    paths = table_of(text("a path"), "a packet")

    def read(node: Node, place: Place) -> dict[str, str]:
        for name, (mark, _) in entries(node, "a packet").items():
            if name not in (*_FIELDS, "transcript", "entities", "to") and not re.fullmatch(r"entities\.\S+", name):
                raise bad("no such field of a packet", mark, name, known=(*_FIELDS, "entities.NAME", "to"))
        return paths.read(node, place)

    return Kind(read, paths.schema)


def _tool(node: Node, place: Place) -> Tool:
    return Tool(**_TOOL.read(node, place))


_TOOL = table(
    "a tool",
    lambda: {
        "returns": Field(_anything(), "what its stand-in at the intake's /tools/NAME answers"),
        "packet": Field(_packet(), "a call of it hands over: our field → its dotted path in the arguments"),
    },
)


def _fields() -> Fields:
    intake = table(
        "intake",
        lambda: {
            "port": Field(
                whole("a port", 0, 65535), "where webhooks come to on the loopback; 0 takes a free port", required=True
            ),
            "after": Field(quantity(TIME, 600.0), "for how long behind a call, 5s where it isn't written"),
            "packet": Field(_packet(), "of a posted handoff: our field → its dotted path"),
        },
    )
    return {
        "agent": Field(text("a name"), "the agent's name", required=True),
        "target": Field(_target(), "whom to ring: pcm+ws://host:port/path, a built-in, python:…", required=True),
        "headers": Field(_headers(), "sent when the agent is rung; secrets as ${NAME} from the environment"),
        "handoff": Field(
            list_of(one_of("a channel", lambda: CHANNELS), "channels"), "the channels it hands over by, all of them"
        ),
        "messages": Field(
            list_of(text("a channel"), "channels"), "the channels it writes to callers on: whatsapp, sms"
        ),
        "tools": Field(table_of(Kind(_tool, _TOOL.schema), "tools"), "its tools by name"),
        "intake": Field(intake, "where what it tells from outside the line comes in (live calls)"),
    }


AGENT = table("an agent file", _fields)


def schema() -> dict[str, Any]:
    """The JSON Schema of an agent file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A vahness agent file",
        **AGENT.schema(),
    }
