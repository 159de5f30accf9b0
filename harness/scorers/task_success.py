"""Whether what the caller called for was done."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from harness.audio import RATE
from harness.conversation import Conversation
from harness.scenario import Scenario, Truth
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._packets import plain_name
from harness.scorers._speech import events
from harness.text.entities import kind_of, same
from harness.text.hedging import leaves_open
from harness.timeline import AgentState, HandedOff, MessageSent, ToolCalled

_OF_ITS_ACTS = (ToolCalled, AgentState, HandedOff, MessageSent)
"""An agent that tells any of these tells of what it does: then a call that isn't told wasn't made."""


@scorer(unit="ratio", better="higher", version=2)
def task_success(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """1 where the agent's final tool calls are those of the scenario's `truth.outcome`, else 0.

    Of each tool the last call that didn't fail (by its result's error, status or words) is the final
    one; its arguments are compared as
    facts ("the thirteenth of March" is 2026-03-13; a variant that the truth's entity of that name
    accepts is right), further arguments are free. Unscored where the scenario states no outcome,
    and where the agent tells nothing of what it does.

    Source: the score catalogue, docs/metrics.md.
    """
    outcome = scenario.truth.outcome
    if not outcome:
        return Unscored("the scenario states no outcome")
    if not any(events(conversation, kind) for kind in _OF_ITS_ACTS):
        return Unscored("the agent tells nothing of what it does")
    calls = {plain_name(call.name): call for call in events(conversation, ToolCalled) if not _failed(call.result)}
    wrong: list[str] = []
    spans: list[Span] = []
    for tool, arguments in outcome.items():
        call = calls.get(plain_name(tool))
        found = [f"{tool} was never called"]
        if call is not None:
            found = list(_differences(tool, arguments, call.arguments, scenario.truth))
        wrong += found
        if call is not None:
            note = "; ".join(found) or f"{tool} as it should be"
            spans.append(Span(call.at / RATE, call.at / RATE, note))
    return Score(0.0 if wrong else 1.0, "ratio", 1, spans=tuple(spans), detail="; ".join(wrong) or None)


def _failed(result: Any) -> bool:
    """Whether a tool said that it did nothing: by its error, its status, or in words."""
    if isinstance(result, str):
        text = result.strip()
        try:
            result = json.loads(text)
        except (ValueError, RecursionError):
            return _SAYS_FAILED.match(text) is not None
    if result is False:
        return True
    if not isinstance(result, Mapping):
        return False
    plain = {plain_name(str(name)): value for name, value in result.items()}
    if any(plain.get(word) not in _NO_ERROR for word in ("error", "errors", "errormessage", "exception")):
        return True
    if any(str(plain.get(word)).casefold() in ("false", "no", "0") for word in ("ok", "success", "successful")):
        return True
    return any(_bad_status(plain.get(word)) for word in ("status", "statuscode", "result", "outcome", "state"))


_NO_ERROR: tuple[Any, ...] = (None, "", False, 0, [], {}, "none", "null")
_SAYS_FAILED = re.compile(
    r"\W*(?:error|failed|failure|exception|traceback|denied|rejected|refused|timed? ?out|timeout|could ?n[o']t|"
    r"unable to|not (?:found|available|booked|possible))\b",
    re.IGNORECASE,
)


def _bad_status(status: Any) -> bool:
    if isinstance(status, bool):
        return False
    text = str(status).strip()
    return (text.isdecimal() and 400 <= int(text[:4]) < 600 and len(text) == 3) or _SAYS_FAILED.match(text) is not None


def _differences(tool: str, due: Mapping[str, str], given: Mapping[str, Any], truth: Truth) -> Iterator[str]:
    accepted = {plain_name(entity.name): entity.accepted for entity in truth.entities}
    types = {plain_name(entity.name): entity.type for entity in truth.entities}
    named = {plain_name(name): value for name, value in given.items()}
    for name, value in due.items():
        key = plain_name(name)
        have = named.get(key)
        kind = kind_of(name, value, types.get(key))
        if have is None:
            yield f"{tool} without {name}"
        elif leaves_open(str(have), kind) and not leaves_open(value, kind):
            yield f"{tool} with {name} {str(have)!r}, which leaves it open, instead of {value!r}"
        elif not any(same(str(have), right, kind) for right in (value, *accepted.get(key, ()))):
            yield f"{tool} with {name} {str(have)!r} instead of {value!r}"
