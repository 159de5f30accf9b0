"""Raw PCM over a WebSocket, byte for byte."""

from __future__ import annotations

import numpy as np
import pytest

from harness.audio import FRAME, Samples
from harness.call.line import Arrived, Audio, Closed, Frame, Mark, Telling, Withdrawn
from harness.transports import Message
from harness.transports.pcm import AgentEnd, CallerEnd

QUIET: Samples = np.zeros(FRAME, np.float32)
NONE: Samples = np.zeros(0, np.float32)
LEVELS = np.array([0.0, 1.0, -1.0, 2.0, -2.0, 1 / 32767, -1 / 32767, 0.5], np.float32)

CALLER_SENDS: list[tuple[Frame, list[Message]]] = [
    (Frame(0, QUIET), [bytes(640)]),
    (Frame(0, LEVELS), [bytes.fromhex("0000 ff7f 0180 ff7f 0180 0100 ffff 0040")]),
    (Frame(1, NONE), []),
    (Frame(2, NONE, keys="1#"), ['{"type":"dtmf","digits":"1#"}']),
    (
        Frame(3, QUIET, keys="9", marks=(("a", False), ("b", True))),
        [
            '{"type":"mark","name":"a"}',
            '{"type":"mark","name":"b","withdrawn":true}',
            '{"type":"dtmf","digits":"9"}',
            bytes(640),
        ],
    ),
    (Frame(4, QUIET, hung_up=True), ['{"type":"hangup"}', bytes(640)]),
]

AGENT_SENDS: list[tuple[Arrived, list[Message]]] = [
    (Arrived(320, Audio(LEVELS[:3])), [bytes.fromhex("0000 ff7f 0180")]),
    (Arrived(320, Audio(LEVELS[:1], last=True)), [bytes(2), '{"type":"end"}']),
    (Arrived(320, Audio(NONE, last=True)), ['{"type":"end"}']),
    (Arrived(320, Withdrawn()), ['{"type":"clear"}']),
    (Arrived(320, Mark("here")), ['{"type":"mark","name":"here"}']),
    (
        Arrived(24000, Telling("user.transcript", {"text": "जी, धन्यवाद।", "final": True})),
        ['{"event":"x-vahness","v":1,"type":"user.transcript","at":1.5,"attrs":{"text":"जी, धन्यवाद।","final":true}}'],
    ),
    (Arrived(320, Closed("bye")), []),
]


@pytest.mark.parametrize(("frame", "messages"), CALLER_SENDS)
def test_what_a_frame_of_the_caller_is_on_the_wire(frame: Frame, messages: list[Message]) -> None:
    assert CallerEnd().outgoing(frame) == messages


@pytest.mark.parametrize(("given", "messages"), AGENT_SENDS)
def test_what_the_agent_gives_is_on_the_wire(given: Arrived, messages: list[Message]) -> None:
    assert AgentEnd().outgoing(given) == messages
