"""Whether the call went to those who can help."""

from __future__ import annotations

import re

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff.names import plain_name
from harness.scenario import Scenario
from harness.score import Score, Span, Unscored, scorer
from harness.scorers._handoffs import destination, handed_over
from harness.text.entities import same


@scorer(unit="ratio", better="higher", version=1)
def handoff_destination(conversation: Conversation, scenario: Scenario) -> Score | Unscored:
    """1 where the call was handed to the queue or number that the scenario expects, else 0.

    Names are compared without the way they are written, numbers as telephone numbers, addresses
    (`sip:orders@desk`) by whom they name. The last handoff counts. Unscored where the scenario
    names no destination, where nothing was handed over, and where nobody says where to.

    Source: the score catalogue, docs/metrics.md.
    """
    due = scenario.truth.handoff
    if due is None or due.to is None:
        return Unscored("the scenario doesn't say where the call should go")
    seen = handed_over(conversation, scenario)
    if isinstance(seen, Unscored):
        return seen
    to = destination(seen[-1])
    if to is None:
        return Unscored("the agent doesn't say where it handed the call to")
    right = is_destination(to, due.to)
    detail = f"to {to}" if right else f"to {to} instead of {due.to}"
    at = seen[-1].at / RATE
    return Score(float(right), "ratio", 1, (Span(at, at, detail),), detail=detail)


_ADDRESS = re.compile(r"^(?:sips?|tel):([^@;?>]+)(?:@|;|\?|$)", re.IGNORECASE)


def is_destination(to: str, due: str) -> bool:
    """Whether two names of a queue, or two numbers, are the same."""
    one, other = (_ADDRESS.sub(r"\1 ", name.strip("<> ")).split(" ")[0] if ":" in name else name for name in (to, due))
    figures = all(sum(char.isdecimal() for char in name) >= 5 for name in (one, other))
    if figures:
        return same(one, other, "phone")
    return bool(plain_name(one)) and _queue(one) == _queue(other)


def _queue(name: str) -> str:
    """A queue's name without the word that says that it is one."""
    plain = plain_name(name)
    for word in ("queue", "department", "dept", "team"):
        if plain.endswith(word) and plain != word:
            plain = plain.removesuffix(word)
    return plain
