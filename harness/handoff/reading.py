"""A packet read from whatever an agent sent: any naming, any nesting, any carrier."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from harness.handoff.carriers import carried, is_header, opened
from harness.handoff.names import LISTS, OURS, TEXTS, chosen, is_destination, is_no_fact, plain_name, wraps
from harness.handoff.packet import LARGEST, Packet
from harness.handoff.prose import LONGEST, facts_in, labelled, tone_in, urgency_in
from harness.text.entities import kind_of, same

DEEPEST = 12
"""So many containers within each other are read."""

MOST = 2048
"""So many values are read."""

_LONGEST_JSON = 1 << 22
"""Characters that are read as JSON."""


def read_packet(sent: Any, mapping: Mapping[str, str] | None = None) -> Packet | None:
    """The packet in what an agent sent, None where there is none.

    sent: the arguments of a tool call, a webhook's or a carrier's message (LiveKit, RTVI, Realtime,
    ConversationRelay, Twilio), SIP headers, JSON, also encoded twice, or free text. mapping: our
    field (`reason`, `entities.date`) → the dotted path at which the agent has it; a field that no
    path names is looked for by the names it commonly has. What is beyond 64 KiB, 12 levels or 2048
    values is left aside, and a note says so. A text that is none of these is a summary; the fields
    it labels and the typed facts it holds are read.
    """
    found = _Reading()
    whole = _decoded(sent)
    for path, value in _mapped(whole, mapping or {}):
        found.put_at(path, value)
    found.take(whole, claimed=frozenset(plain_name((mapping or {})[ours].split(".")[0]) for ours in mapping or ()))
    return found.packet()


def in_our_names(sent: Any, mapping: Mapping[str, str]) -> Any:
    """What an agent sent, with what a mapping names under our names, so that it is read without the mapping.

    Names at the top that the mapping speaks of are gone from it; the others stand as they were.
    """
    whole = _decoded(sent)
    claimed = {plain_name(path.split(".")[0]) for path in mapping.values()}
    rest = dict(whole) if isinstance(whole, Mapping) else {"packet": whole}
    ours: dict[str, Any] = {name: value for name, value in rest.items() if plain_name(str(name)) not in claimed}
    facts: dict[str, Any] = {}
    for path, value in _mapped(whole, mapping):
        field, _, name = path.partition(".")
        if field == "entities":
            facts.update({name: value} if name else value if isinstance(value, Mapping) else {"entities": value})
        else:
            ours[field] = value
    return {**ours, "entities": {**_facts_of(ours.get("entities")), **facts}} if facts else ours


def _facts_of(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def read_destination(sent: Any) -> str | None:
    """Where a packet itself says that the call goes; None where it doesn't."""
    found = _Reading()
    found.take(_decoded(sent))
    return found.destination


def _decoded(sent: Any, times: int = 4) -> Any:
    """What a text encodes, however often it was encoded; anything else as it is."""
    for _ in range(times):
        if isinstance(sent, bytes | bytearray):
            sent = bytes(sent).decode("utf-8", "replace")
        if not isinstance(sent, str) or len(sent) > _LONGEST_JSON or sent.lstrip()[:1] not in ("{", "[", '"'):
            break
        try:
            sent = json.loads(sent)
        except (ValueError, RecursionError):
            break
    return sent


def _mapped(sent: Any, mapping: Mapping[str, str]) -> Iterable[tuple[str, Any]]:
    for ours, path in mapping.items():
        value = sent
        for step in path.split("."):
            value = _step(_decoded(value), step)
        if value is not None:
            yield ours, value


def _step(value: Any, step: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, Sequence) and not isinstance(value, str) and step.isdecimal() and int(step) < len(value):
        return value[int(step)]
    return None


_TOO_LARGE = "larger than 64 KiB or 2048 values: the rest is left aside"
_TOO_DEEP = "nested deeper than 12 levels: the rest is left aside"


class _Reading:
    """The fields found so far, each with all its values, and what of the allowance is left."""

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {}
        self._lists: dict[str, list[str]] = {}
        self._entities: dict[str, tuple[str, list[str]]] = {}
        self._notes: dict[str, None] = {}
        self._left, self._values = LARGEST, MOST
        self._free = False
        self.destination: str | None = None

    # ---- taking in ----

    def take(self, value: Any, depth: int = 0, claimed: frozenset[str] = frozenset()) -> None:
        """Read a container, or a text that stands alone. claimed: names that a mapping speaks of."""
        value = _decoded(value)
        if depth > DEEPEST:
            self._notes[_TOO_DEEP] = None
        elif isinstance(value, Mapping):
            called = any(plain_name(str(name)) in _ARGUMENTS for name in value)
            for name, inner in value.items():
                if plain_name(str(name)) not in claimed and not (called and str(name).lower() == "name"):
                    self._named(str(name), inner, depth)
        elif isinstance(value, list | tuple):
            for inner in value:
                if not self._pair(inner, depth):
                    self.take(inner, depth + 1)
        elif isinstance(value, str):
            self._text(value, depth)

    def put_at(self, path: str, value: Any) -> None:
        """Put a value where a mapping says: `reason`, `entities`, `entities.date`."""
        field, _, name = path.partition(".")
        if field == "entities" and name:
            self._entity(name, value, 0)
        elif field == "entities":
            self._facts(value, 0)
        elif field in TEXTS or field in LISTS:
            self._field(field, value, 0)

    def _named(self, name: str, value: Any, depth: int) -> None:
        if is_header(name) and isinstance(value, str):
            for inner_name, inner in opened(name, value):
                self._named(inner_name, inner, depth + 1)
            return
        ours = OURS.get(plain_name(name))
        inner = _decoded(value) if isinstance(value, str) and value.lstrip()[:1] in ("{", "[") else value
        container = isinstance(inner, Mapping | list | tuple)
        if is_destination(name) and not container and inner is not None:
            self.destination = self.destination or self._cut(str(inner)) or None
        if ours == "entities" and container:
            self._facts(inner, depth + 1)
        elif ours is not None and ours != "entities":
            self._field(ours, inner, depth)
        elif wraps(name) or (ours == "entities" and not container):
            self.take(inner, depth + 1)
        elif not is_no_fact(name):
            if isinstance(inner, Mapping) and not _is_value(inner):
                self.take(inner, depth + 1)
            elif not isinstance(inner, bool):
                self._entity(name, inner, depth)

    def _pair(self, value: Any, depth: int) -> bool:
        """Whether an item is a name and its value, as Twilio and forms list them."""
        if not isinstance(value, Mapping):
            return False
        plain = {plain_name(str(name)): inner for name, inner in value.items()}
        name = plain.get("name", plain.get("key"))
        if not isinstance(name, str) or "value" not in plain:
            return False
        self._named(name, plain["value"], depth + 1)
        return True

    def _facts(self, value: Any, depth: int) -> None:
        """Read a container of facts: what stands in it is a fact, save our own fields beside the facts."""
        value = _decoded(value)
        if depth > DEEPEST:
            self._notes[_TOO_DEEP] = None
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                ours = OURS.get(plain_name(str(name)))
                if isinstance(inner, Mapping) and not _is_value(inner):
                    self._facts(inner, depth + 1)
                elif ours in (*TEXTS, *LISTS) and str(name) != "language" and ours != "transcript":
                    self._field(str(ours), inner, depth)
                else:
                    self._entity(str(name), inner, depth)
        elif isinstance(value, list | tuple):
            for inner in value:
                if not self._pair(inner, depth):
                    self._facts(inner, depth + 1)

    def _field(self, ours: str, value: Any, depth: int) -> None:
        if ours == "transcript":
            if text := self._cut(_spoken(value)):
                self._texts.setdefault(ours, []).append(text)
        elif ours in LISTS:
            items = value if isinstance(value, list | tuple) else [value]
            kept = [text for item in items if (text := self._cut(_written(item)))]
            self._lists.setdefault(ours, []).extend(kept)
        elif isinstance(value, Mapping) and not _is_value(value):
            self.take(value, depth + 1)
        else:
            for text in self._values_of(value):
                self._texts.setdefault(ours, []).append(chosen(ours, text) if ours in ("tone", "urgency") else text)

    def _entity(self, name: str, value: Any, _depth: int) -> None:
        for text in self._values_of(value):
            self._entities.setdefault(plain_name(name), (name, []))[1].append(text)

    def _values_of(self, value: Any) -> list[str]:
        """The texts that a value is: one, or several where it contradicts itself."""
        if isinstance(value, Mapping):
            value = next((inner for name, inner in value.items() if str(name).lower() == "value"), None)
        items = value if isinstance(value, list | tuple) else [value]
        return [text for item in items[:MOST] if (text := self._cut(_written(item)))]

    def _text(self, text: str, depth: int) -> None:
        if len(text) > LARGEST:
            self._notes[_TOO_LARGE] = None
            text = text[:LARGEST]
        pairs = carried(text)
        for name, value in pairs:
            self._named(name, value, depth + 1)
        if pairs:
            return
        text = self._cut(text).strip()
        if not text:
            return
        self._texts.setdefault("summary", []).append(text)
        self._free = True
        for label, value in labelled(text):
            ours = OURS.get(plain_name(label))
            if ours in LISTS:
                self._lists.setdefault(ours, []).extend(item.strip() for item in value.split(",") if item.strip())
            elif ours in TEXTS and ours != "summary":
                self._texts.setdefault(ours, []).append(chosen(ours, value) if ours in ("tone", "urgency") else value)
            elif ours is None and not is_no_fact(label) and kind_of(label, value) != "text":
                self._entity(label, value, depth)

    def _cut(self, text: str) -> str:
        """A text as far as the allowance goes, the full-width letters and figures of East Asian type as plain ones."""
        if self._left <= 0 or self._values <= 0:
            self._notes[_TOO_LARGE] = None
            return ""
        self._values -= 1
        if len(text) > self._left:
            self._notes[_TOO_LARGE] = None
            text = text[: self._left]
        self._left -= len(text)
        return text.translate(_PLAIN_WIDTH)

    # ---- giving out ----

    def packet(self) -> Packet | None:
        """All that was found; None where that is nothing."""
        texts = {name: values[0] for name, values in self._texts.items()}
        lists = {name: tuple(dict.fromkeys(values)) for name, values in self._lists.items() if values}
        entities = {name: values[0] for name, values in self._entities.values()}
        if not (texts or lists or entities):
            return None
        summary = texts.get("summary", "")
        if len(summary) > LONGEST:
            self._notes["facts are looked for in the first 8 KiB of the summary"] = None
        if self._free:
            for field, named in (("tone", tone_in(summary)), ("urgency", urgency_in(summary))):
                if named:
                    texts.setdefault(field, named)
            self._notes["read from free text"] = None
        return Packet(
            entities=entities,
            also=self._also(),
            facts=facts_in(summary),
            notes=tuple(self._notes),
            **texts,  # type: ignore[arg-type]
            **lists,  # type: ignore[arg-type]
        )

    def _also(self) -> dict[str, tuple[str, ...]]:
        """Where one field has several values that aren't the same fact: those beyond the first."""
        found: dict[str, tuple[str, ...]] = {}
        for name, values in self._entities.values():
            kind = kind_of(name, values[0])
            if others := tuple(dict.fromkeys(value for value in values[1:] if not same(values[0], value, kind))):
                found[name] = others
        for field in ("reason", "tone", "urgency", "next_action"):
            values = self._texts.get(field, [])
            if others := tuple(dict.fromkeys(v for v in values[1:] if plain_name(v) != plain_name(values[0]))):
                found[field] = others
        return found


_PLAIN_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_ARGUMENTS = frozenset({"arguments", "args", "input", "parameters"})


def _is_value(value: Mapping[Any, Any]) -> bool:
    """Whether a mapping is one value with what is known of it: {"value": …, "confidence": …}."""
    return any(str(name).lower() == "value" for name in value)


def _written(value: Any) -> str:
    """A scalar as it is written; nothing for a container or for none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    try:
        return str(value)
    except ValueError:  # a whole number of thousands of digits
        return ""


def _spoken(value: Any) -> str:
    """A transcript as text: messages become lines, each behind who said it."""
    value = _decoded(value)
    if not isinstance(value, list | tuple):
        return _written(value)
    return "\n".join(line for item in value[:MOST] if (line := _message(item)))


def _message(item: Any) -> str:
    if not isinstance(item, Mapping):
        return _written(item)
    plain = {plain_name(str(name)): inner for name, inner in item.items()}
    who = _written(plain.get("role", plain.get("speaker", plain.get("who"))))
    text = next((t for name in ("content", "text", "message", "transcript") if (t := _said(plain.get(name)))), "")
    return f"{who}: {text}" if who and text else text


def _said(content: Any) -> str:
    if isinstance(content, list | tuple):
        return " ".join(text for item in content if (text := _said(item)))
    if isinstance(content, Mapping):
        return _written(content.get("text", content.get("transcript")))
    return _written(content)
