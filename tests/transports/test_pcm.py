"""What the messages of raw PCM over a WebSocket mean, at either end; and what nonsense does."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import plugins
from harness.audio import FRAME, on_grid
from harness.call.line import Arrived, Audio, Broken, Frame, Mark, Telling, What, Withdrawn
from harness.call.telling import event_told
from harness.transports.pcm import LONGEST_TEXT, MOST_TEXTS, AgentEnd, CallerEnd, from_bytes, pcm, to_bytes
from tests.call.lines import tone

EVERY_SAMPLE = np.arange(-32768, 32768).astype("<i2").tobytes()


def sound(*whats: What) -> bytes:
    return b"".join(to_bytes(what.samples) for what in whats if isinstance(what, Audio))


def test_the_transport_is_found_by_its_name() -> None:
    assert plugins.load("transports", "pcm") is pcm


def test_every_sample_but_the_lowest_comes_back_as_it_was() -> None:
    back = to_bytes(from_bytes(EVERY_SAMPLE))
    assert back[2:] == EVERY_SAMPLE[2:]
    assert back[:2] == bytes.fromhex("0180")


def test_the_wire_is_the_grid_that_recordings_stand_on() -> None:
    loud = tone(0.1, level=0.9)
    assert np.array_equal(from_bytes(to_bytes(loud)), on_grid(loud))


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_sound_is_one_stream_however_it_is_cut_into_messages(pieces: list[bytes]) -> None:
    end = CallerEnd()
    whole = b"".join(pieces)
    expected = sound(Audio(from_bytes(whole[: len(whole) // 2 * 2])))
    assert sound(*[what for piece in pieces for what in end.incoming(piece)]) == expected


def test_a_message_of_an_odd_size_is_a_breach_each_time() -> None:
    end = CallerEnd()
    breaches = [w for piece in (b"abc", b"de", b"f", b"gh") for w in end.incoming(piece) if isinstance(w, Broken)]
    assert breaches == [Broken("an audio message of an odd number of bytes")] * 2


@pytest.mark.parametrize("boundary", ['{"type":"clear"}', '{"type":"end"}'])
def test_an_odd_byte_does_not_outlive_its_utterance(boundary: str) -> None:
    end = CallerEnd()
    end.incoming(b"\x01\x02\x03")
    end.incoming(boundary)
    assert sound(*end.incoming(b"\x04\x05")) == b"\x04\x05"


def test_the_agents_control_messages_are_understood() -> None:
    end = CallerEnd()
    assert end.incoming('{"type":"clear"}') == [Withdrawn()]
    assert end.incoming('{"type": "mark", "name": "m1"}') == [Mark("m1")]
    (last,) = end.incoming('{"type":"end"}')
    assert isinstance(last, Audio)
    assert last.last
    assert not len(last.samples)
    told = {"event": "x-vahness", "v": 1, "type": "latency", "at": 1.5, "attrs": {"stage": "stt", "ms": 250}}
    assert end.incoming(json.dumps(told)) == [Telling("latency", {"stage": "stt", "ms": 250})]


NONSENSE = [
    "",
    "hello",
    "null",
    "[1,2]",
    '"clear"',
    "{",
    '{"type":"mark"}',
    '{"type":"mark","name":7}',
    '{"type":["clear"]}',
    '{"type":"speech.started","id":"7"}',
    '{"event":"x-vahness","v":2,"type":"state","attrs":{}}',
    '{"event":"x-vahness","v":1,"type":3,"attrs":{}}',
    '{"event":"x-vahness","v":1,"type":"state","attrs":[]}',
    '{"event":"x-vahness","v":1,"type":"latency","attrs":{"stage":"stt","ms":NaN}}',
    '{"event":"x-vahness","v":1,"type":"latency","attrs":{"stage":"stt","ms":1e999}}',
    '{"event":"x-vahness","v":1,"type":"agent.text","attrs":{"text":"\\ud800"}}',
    '{"event":"x-vahness","v":1,"type":"state","attrs":' + '{"a":' * 40 + "1" + "}" * 41 + "}",
    "[" * 100_000,
    "9" * 5000,
]


@pytest.mark.parametrize("text", NONSENSE, ids=range(len(NONSENSE)))
def test_text_that_is_not_understood_is_kept_and_ignored(text: str) -> None:
    (what,) = CallerEnd().incoming(text)
    assert what == Telling("text", {"text": text[:500]})
    json.dumps(event_told(0, what).to_json(), ensure_ascii=False, allow_nan=False).encode()


@given(
    st.one_of(
        st.text(),
        st.binary(),
        st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=20).map(json.dumps),
    )
)
def test_no_message_raises(message: str | bytes) -> None:
    CallerEnd().incoming(message)
    AgentEnd().take(message)


def test_deep_and_wide_are_not_the_same() -> None:
    packet = {"event": "x-vahness", "v": 1, "type": "state", "attrs": {"many": [{"n": n} for n in range(100)]}}
    assert CallerEnd().incoming(json.dumps(packet)) == [Telling("state", packet["attrs"])]  # type: ignore[arg-type]


def test_a_huge_text_is_dropped_unread() -> None:
    (what,) = CallerEnd().incoming('{"type":"clear","x":"' + "x" * LONGEST_TEXT + '"}')
    assert isinstance(what, Broken)
    assert "256 KiB" in what.why


def test_texts_without_end_are_dropped_and_said_to_be() -> None:
    end = CallerEnd()
    for _ in range(MOST_TEXTS):
        end.incoming('{"type":"clear"}')
    assert end.incoming('{"type":"clear"}') == [Broken("more than 50000 text messages; the rest was dropped")]


def test_the_caller_hangs_up_once() -> None:
    end = CallerEnd()
    quiet = np.zeros(FRAME, np.float32)
    sent = [end.outgoing(Frame(number, quiet, hung_up=number > 0)) for number in range(3)]
    assert sent == [[bytes(640)], ['{"type":"hangup"}', bytes(640)], [bytes(640)]]


def test_a_frame_crosses_the_wire_whole() -> None:
    ours, theirs = CallerEnd(), AgentEnd()
    said = Frame(0, on_grid(tone(0.02)), "5", (("m", False), ("n", True)), True)
    for message in ours.outgoing(said):
        assert not theirs.ready
        theirs.take(message)
    got = theirs.frame(0)
    assert np.array_equal(got.samples, said.samples)
    assert (got.number, got.keys, got.marks, got.hung_up) == (0, "5", (("m", False), ("n", True)), True)
    again = theirs.frame(1)
    assert (again.keys, again.marks, again.hung_up) == ("", (), True)


@given(st.lists(st.integers(0, 2000), max_size=12))
def test_the_callers_sound_makes_frames_however_it_is_cut(sizes: list[int]) -> None:
    stream = np.random.default_rng(1).integers(0, 256, 24_000, np.uint8).tobytes()
    end, at = AgentEnd(), 0
    for size in sizes:
        end.take(stream[at : at + size])
        at += size
    got = b""
    while end.ready:
        got += to_bytes(end.frame(0).samples)
    assert got == to_bytes(from_bytes(stream[: at // 640 * 640]))


def test_sound_that_is_not_there_is_silence_and_owed() -> None:
    end = AgentEnd()
    assert not end.frame(0).samples.any()
    assert end.owed == 1


def test_silence_that_comes_too_late_is_left_out_and_sound_never_is() -> None:
    end = AgentEnd()
    end.frame(0)
    end.frame(1)
    loud = to_bytes(tone(0.02))
    for piece in (loud, bytes(640), bytes(640), loud):
        end.take(piece)
    heard = []
    while end.ready:
        heard.append(to_bytes(end.frame(2).samples))
    assert heard == [loud, loud]
    assert end.owed == 0


def test_a_telling_crosses_the_wire_whole() -> None:
    telling = Telling("handoff", {"to": "billing", "packet": {"reason": "card", "entities": {"name": "Asha"}}})
    (message,) = AgentEnd().outgoing(Arrived(100, telling))
    assert CallerEnd().incoming(message) == [telling]
