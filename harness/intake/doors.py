"""The intake's doors: what a request to each means, and what it is answered.

| POST | what comes in | it is answered as |
|---|---|---|
| `/handoff` | a packet, by whatever carries it | a webhook: a receipt |
| `/tools/NAME` | the arguments of a tool | the tool: what the agent file returns |
| `/v21.0/PHONE/messages`, `/hooks/whatsapp/PHONE/messages` | a text or a template | the WhatsApp Cloud API |
| `/2010-04-01/Accounts/SID/Messages.json` | a form | Twilio's REST API |
| `/v1/events` | JSON lines, as they are told on the line | 204 |

Nothing is looked up and nobody is asked: a request gives its answer and what was told.
Source: WhatsApp Cloud API, Messages; Twilio REST API, Messages resource.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from harness.call.line import Telling
from harness.handoff import read_destination
from harness.text.strict_json import read_json

CALL_HEADER = "x-vahness-call"
CALL_NAME = "vahness_call"


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request. path: with its query. headers: by their names in small letters."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a request: its answer, and what was told, each with the call it names (None: it names none)."""

    status: int
    answer: Any = None
    told: tuple[tuple[str | None, Telling], ...] = ()


def take(request: Request, tools: Mapping[str, Any], number: int) -> Taken:
    """What a request means. tools: what each stand-in returns. number: of the request, for the ids it is given.

    Never raises: what can't be read is answered with a status from 400 on, and tells nothing.
    """
    if request.method != "POST":
        return Taken(405, {"error": "only POST has a door here"})
    path, content = urlsplit(request.path).path, _content(request)
    if path in ("/handoff", "/hooks/generic"):
        return _handoff(request, content, number)
    if tool := re.fullmatch(r"/tools/([^/]+)", path):
        return _tool(request, tool[1], content, tools)
    if re.fullmatch(r"(/v\d+(\.\d+)?|/hooks/whatsapp)/[^/]+/messages", path):
        return _whatsapp(request, content, number)
    if re.fullmatch(r"/2010-04-01/Accounts/[^/]+/Messages(\.json)?", path):
        return _twilio(request, content, number)
    if path == "/v1/events":
        return _events(request)
    return Taken(404, {"error": f"no door at {path}: /handoff, /tools/NAME, /v1/events, …/messages"})


def _content(request: Request) -> Any:
    """The body as JSON, as a form, or as the text that it is; None where it isn't UTF-8."""
    try:
        text = request.body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    value = read_json(text)
    # JSON that is said to be a form, as curl says of all it posts, is JSON: no form begins with a bracket.
    if isinstance(value, dict | list):
        return value
    if "application/x-www-form-urlencoded" in request.headers.get("content-type", ""):
        return dict(parse_qsl(text, keep_blank_values=True))
    return text if value is None else value


def _call(request: Request, content: Any) -> str | None:
    """The call that a request names: in a header, in its query, or in its body."""
    named = request.headers.get(CALL_HEADER) or next(
        iter(parse_qs(urlsplit(request.path).query).get(CALL_NAME, ())), None
    )
    if named:
        return named
    if isinstance(content, Mapping):
        custom = content.get("customParameters")
        for place in (content, custom if isinstance(custom, Mapping) else {}):
            if isinstance(place.get(CALL_NAME), str):
                return str(place[CALL_NAME])
    return None


def _own(content: Any) -> Any:
    """The content without our own name for the call, which is nobody's fact."""
    if not isinstance(content, Mapping):
        return content
    custom = content.get("customParameters")
    own = {name: value for name, value in content.items() if name != CALL_NAME}
    return {**own, "customParameters": _own(custom)} if isinstance(custom, Mapping) else own


def _handoff(request: Request, content: Any, number: int) -> Taken:
    if content is None or content == "":
        return Taken(400, {"error": "a packet in UTF-8 is due"})
    receipt, packet = f"vahness-{number}", _own(content)
    told = Telling(
        "handoff", {"to": read_destination(packet), "packet": packet, "receipt": receipt, "channel": "webhook"}
    )
    return Taken(200, {"receipt": receipt}, ((_call(request, content), told),))


def _tool(request: Request, name: str, content: Any, tools: Mapping[str, Any]) -> Taken:
    if name not in tools:
        return Taken(404, {"error": f"the agent file has no tool {name!r}", "tools": sorted(tools)})
    own = _own(content)
    if not isinstance(own, Mapping):
        return Taken(400, {"error": "the arguments of a tool are a JSON object"})
    told = Telling("tool.call", {"name": name, "arguments": own, "result": tools[name]})
    return Taken(200, tools[name], ((_call(request, content), told),))


def _whatsapp(request: Request, content: Any, number: int) -> Taken:
    known = content if isinstance(content, Mapping) else {}
    to, text, template = known.get("to"), known.get("text"), known.get("template")
    body = text.get("body") if isinstance(text, Mapping) else None
    named = template.get("name") if isinstance(template, Mapping) else None
    if known.get("messaging_product") != "whatsapp" or not to or not (body or named):
        why = "(#100) messaging_product, to, and text.body or template.name are due"
        return Taken(400, {"error": {"message": why, "type": "OAuthException", "code": 100}})
    words = str(body) if body else _filled_in(template)
    told = Telling("message", {"channel": "whatsapp", "to": str(to), "text": words, "template": named})
    answer = {
        "messaging_product": "whatsapp",
        "contacts": [{"input": str(to), "wa_id": str(to).lstrip("+")}],
        "messages": [{"id": f"wamid.vahness-{number}"}],
    }
    return Taken(200, answer, ((_call(request, content), told),))


def _filled_in(template: Any) -> str | None:
    """What is known of a template's words: the values that fill it in. The template itself lies with WhatsApp."""
    components = template.get("components") if isinstance(template, Mapping) else None
    values = [
        str(parameter["text"])
        for component in (components if isinstance(components, list) else ())
        if isinstance(component, Mapping) and isinstance(component.get("parameters"), list)
        for parameter in component["parameters"]
        if isinstance(parameter, Mapping) and "text" in parameter
    ]
    return " ".join(values) or None


def _twilio(request: Request, content: Any, number: int) -> Taken:
    known = content if isinstance(content, Mapping) else {}
    to, body, template = str(known.get("To", "")), known.get("Body"), known.get("ContentSid")
    if not to or not (body or template):
        return Taken(400, {"code": 21604, "message": "To, and Body or ContentSid, are due", "status": 400})
    channel, _, number_of = to.rpartition(":")
    told = Telling("message", {"channel": channel or "sms", "to": number_of, "text": body, "template": template})
    answer = {"sid": f"SM{number:032x}", "status": "queued", "to": to, "body": body, "error_code": None}
    return Taken(201, answer, ((_call(request, content), told),))


def _events(request: Request) -> Taken:
    told: list[tuple[str | None, Telling]] = []
    default = _call(request, None)
    for number, line in enumerate(request.body.splitlines(), 1):
        if not line.strip():
            continue
        row = read_json(line.decode("utf-8", "replace"))
        known = isinstance(row, Mapping) and row.get("event") == "x-vahness" and row.get("v") == 1
        attrs = row.get("attrs", {}) if known else None
        if not known or not isinstance(row.get("type"), str) or not isinstance(attrs, Mapping):
            return Taken(400, {"error": f'line {number} is no {{"event":"x-vahness","v":1,"type":…,"attrs":{{…}}}}'})
        call = row.get("call")
        told.append((call if isinstance(call, str) else default, Telling(row["type"], dict(attrs))))
    return Taken(204, None, tuple(told))
