from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bench.packets import SCORES
from harness import plugins
from harness.scenario import Entity, HandoffTruth, MessageTruth, Promises
from harness.score import Score, Unscored
from harness.timeline import HandedOff, MessageSent
from tests.scorers.calls import Said, at, call, with_truth

SCENARIO = with_truth(
    reason="book an appointment",
    entities=(Entity("date", "2026-03-13", was=("2026-03-12",), critical=True), Entity("name", "Asha Rao")),
    tone="angry",
    urgency="high",
    next_action="call back",
    tried=("restarted it",),
    promises=Promises(("call back",), ("full refund",)),
    message=MessageTruth("whatsapp", 1.0, "en", ("date",)),
    handoff=HandoffTruth("required", to="orders", within=2),
    outcome={"book": {"date": "2026-03-13"}},
)
words = st.sampled_from(
    [
        "",
        "March 13",
        "not March 12",
        "12 or 13",
        "angry",
        "Asha Rao",
        "🙂",
        "१३ मार्च",
        "\x00",
        "9" * 400,
        "- -",
        "NaN",
        "{",
    ]
)
names = st.sampled_from(
    ["date", "Date", "name", "tone", "urgency", "summary", "reason", "entities", "promised", "x", ""]
)
anything = st.recursive(
    words | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(anything, st.none() | words, st.none() | words, st.none() | st.text(max_size=40))
def test_whatever_is_handed_over_is_scored_or_said_not_to_be(
    packet: Any, to: str | None, receipt: str | None, text: str | None
) -> None:
    events = [HandedOff(at(9.0), to, packet, receipt), MessageSent(at(9.5), "whatsapp", None, text)]
    talk = call(
        [Said(1.0, 3.0, "on the thirteenth of March, I am Asha Rao"), Said(4.0, 5.0, "agent please")], [(6, 8)], events
    )
    for name in SCORES:
        found = plugins.load("scorers", name)(talk, SCENARIO)
        for outcome in found.values() if isinstance(found, Mapping) else (found,):
            assert isinstance(outcome, Score | Unscored)
            if isinstance(outcome, Score) and outcome.unit == "ratio":
                assert 0.0 <= outcome.value <= 1.0
