"""What an agent file makes of a recording."""

from __future__ import annotations

import numpy as np

from harness.audio import FRAME
from harness.recording import Recording
from harness.run.agent_file import AgentFile, Tool
from harness.run.declared import as_declared
from harness.run.targets import Target
from harness.timeline import AgentState, Event, HandedOff, ToolCalled


def made(*events: Event) -> Recording:
    silence = np.zeros(FRAME * 50, np.float32)
    return Recording(silence, silence, silence, events, np.zeros(0, np.float32), {"call": "a-0"})


def desk(**fields: object) -> AgentFile:
    return AgentFile("desk", "desk.yaml", Target("demo", "agent", "demo", {}), **fields)  # type: ignore[arg-type]


def handoffs(recording: Recording) -> list[HandedOff]:
    return [event for event in recording.events if isinstance(event, HandedOff)]


def test_the_channels_of_the_file_are_declared_from_the_first_sample_on() -> None:
    recording = as_declared(made(), desk(handoff=("webhook",), messages=("sms",), port=0), intake=True)
    assert recording.events == (AgentState(0, {"handoff": ["webhook"], "messages": ["sms"], "from": "desk.yaml"}),)
    assert recording.provenance["watched"] == ["in-band", "webhook"]
    assert recording.provenance["listened_after"] == 5.0


def test_without_an_intake_nobody_watches_webhooks() -> None:
    recording = as_declared(made(), desk(handoff=("webhook",)), intake=False)
    assert recording.provenance["watched"] == ["in-band"]
    assert "listened_after" not in recording.provenance


def test_the_call_of_a_tool_with_a_packet_is_a_handoff_in_our_names() -> None:
    tools = {"transfer": Tool(packet={"reason": "why", "entities.date": "slots.0.day"}), "book": Tool()}
    arguments = {"why": "a refund", "slots": [{"day": "2026-03-13"}], "queue": "orders"}
    called = ToolCalled(640, "transfer", arguments, {"ticket": "T9"})
    recording = as_declared(made(called, ToolCalled(960, "book", {"why": "x"})), desk(tools=tools), intake=False)
    (handed,) = handoffs(recording)
    assert (handed.at, handed.to, handed.receipt, handed.channel) == (640, "orders", "T9", "tool")
    assert handed.packet["reason"] == "a refund"
    assert handed.packet["entities"]["date"] == "2026-03-13"
    assert "why" not in handed.packet
    assert recording.provenance["watched"] == ["in-band", "tool"]


def test_a_tool_that_shows_nothing_of_the_other_side_gives_no_receipt() -> None:
    tools = {"transfer": Tool(packet={"reason": "why"})}
    for result in (None, "ok", {"ok": True}, {"id": ""}):
        (handed,) = handoffs(as_declared(made(ToolCalled(0, "transfer", {}, result)), desk(tools=tools), intake=False))
        assert handed.receipt is None


def test_a_posted_packet_is_put_into_our_names_and_one_told_on_the_line_is_left() -> None:
    sent = {"data": {"why": "a refund"}}
    told = (HandedOff(0, None, sent, "r", "webhook"), HandedOff(1, None, sent))
    recording = as_declared(made(*told), desk(packet={"reason": "data.why"}, port=0), intake=True)
    assert [handed.packet.get("reason") for handed in handoffs(recording)] == ["a refund", None]


def test_a_mapped_destination_is_where_the_call_goes() -> None:
    told = HandedOff(0, None, {"data": {"desk": "orders"}}, "r", "webhook")
    recording = as_declared(made(told), desk(packet={"to": "data.desk"}, port=0), intake=True)
    assert [handed.to for handed in handoffs(recording)] == ["orders"]
