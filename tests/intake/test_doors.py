"""What a request to each of the intake's doors means, and what it is answered, without a socket."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.call.line import Telling
from harness.call.telling import event_told
from harness.intake.doors import Request, Taken, take
from harness.timeline import HandedOff, MessageSent, ToolCalled

FORM = {"content-type": "application/x-www-form-urlencoded"}
PACKET = {"reason": "a refund", "entities": {"order": "1234"}, "queue": "orders"}


def post(
    path: str, body: object, headers: Mapping[str, str] | None = None, tools: Mapping[str, Any] | None = None
) -> Taken:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return take(Request("POST", path, headers or {}, content), tools or {}, 7)


def only(taken: Taken) -> Telling:
    ((_, told),) = taken.told
    return told


# --- a handoff


@pytest.mark.parametrize("path", ["/handoff", "/hooks/generic", "/handoff?from=vendor"])
def test_a_posted_packet_is_a_handoff_by_webhook_and_gets_a_receipt(path: str) -> None:
    taken = post(path, PACKET)
    event = event_told(320, only(taken))
    assert event == HandedOff(320, "orders", PACKET, "vahness-7", "webhook")
    assert (taken.status, taken.answer) == (200, {"receipt": "vahness-7"})


def test_a_packet_that_is_a_text_or_broken_json_is_kept_as_the_text_it_is() -> None:
    assert only(post("/handoff", b"Reason: a refund")).attrs["packet"] == "Reason: a refund"
    assert only(post("/handoff", b'{"reason": ')).attrs["packet"] == '{"reason": '


def test_a_packet_may_come_as_a_form() -> None:
    assert only(post("/handoff", urlencode({"reason": "a refund"}).encode(), FORM)).attrs["packet"] == {
        "reason": "a refund"
    }


def test_json_that_is_said_to_be_a_form_is_json() -> None:
    body = json.dumps({"reason": "a refund"}).encode()
    assert only(post("/handoff", body, FORM)).attrs["packet"] == {"reason": "a refund"}
    assert only(post("/tools/book", b'{"day": 1}', FORM, {"book": None})).attrs["arguments"] == {"day": 1}


@pytest.mark.parametrize("body", [b"", b"\xff\xfe"])
def test_no_packet_is_no_handoff(body: bytes) -> None:
    taken = post("/handoff", body)
    assert (taken.status, taken.told) == (400, ())


# --- which call


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/handoff", {"x-vahness-call": "a-0"}, {"reason": "x"}),
        ("/handoff?vahness_call=a-0", {}, {"reason": "x"}),
        ("/handoff", {}, {"reason": "x", "vahness_call": "a-0"}),
        ("/handoff", {}, {"reason": "x", "customParameters": {"vahness_call": "a-0"}}),
    ],
)
def test_the_call_is_named_by_header_query_or_body_and_is_no_fact_of_the_packet(
    path: str, headers: Mapping[str, str], body: object
) -> None:
    ((named, told),) = post(path, body, headers).told
    assert named == "a-0"
    assert "vahness_call" not in json.dumps(told.attrs["packet"])


def test_what_names_no_call_says_so() -> None:
    ((named, _),) = post("/handoff", PACKET).told
    assert named is None


# --- a tool


def test_a_tool_answers_what_the_agent_file_says_and_its_call_is_told() -> None:
    taken = post("/tools/book", {"date": "2026-03-13"}, tools={"book": {"id": "B1"}})
    assert event_told(0, only(taken)) == ToolCalled(0, "book", {"date": "2026-03-13"}, {"id": "B1"})
    assert (taken.status, taken.answer) == (200, {"id": "B1"})


def test_a_tool_that_no_file_names_is_refused_with_those_there_are() -> None:
    taken = post("/tools/cancel", {}, tools={"book": None})
    assert (taken.status, taken.told) == (404, ())
    assert taken.answer["tools"] == ["book"]


@pytest.mark.parametrize("arguments", [[1], "text", 3, None])
def test_arguments_that_are_no_object_are_refused(arguments: object) -> None:
    taken = post("/tools/book", arguments, tools={"book": None})
    assert (taken.status, taken.told) == (400, ())


# --- a message to the caller


@pytest.mark.parametrize("path", ["/v21.0/4711/messages", "/v9/4711/messages", "/hooks/whatsapp/4711/messages"])
def test_a_whatsapp_text_is_a_message_and_is_answered_as_the_cloud_api_does(path: str) -> None:
    sent = {
        "messaging_product": "whatsapp",
        "to": "+4915112345678",
        "type": "text",
        "text": {"body": "See you on the 13th."},
    }
    taken = post(path, sent)
    assert event_told(0, only(taken)) == MessageSent(0, "whatsapp", "+4915112345678", "See you on the 13th.", None)
    assert taken.answer["messages"] == [{"id": "wamid.vahness-7"}]
    assert taken.answer["contacts"] == [{"input": "+4915112345678", "wa_id": "4915112345678"}]


def test_of_a_whatsapp_template_its_name_and_what_fills_it_in_are_known() -> None:
    body = {"type": "body", "parameters": [{"type": "text", "text": "13 March"}, {"type": "text", "text": "3 pm"}]}
    sent = {"messaging_product": "whatsapp", "to": "49151", "template": {"name": "booked", "components": [body]}}
    assert event_told(0, only(post("/v21.0/1/messages", sent))) == MessageSent(
        0, "whatsapp", "49151", "13 March 3 pm", "booked"
    )


@pytest.mark.parametrize(
    "sent",
    [
        {},
        [],
        "text",
        {"to": "49151", "text": {"body": "x"}},
        {"messaging_product": "whatsapp", "text": {"body": "x"}},
        {"messaging_product": "whatsapp", "to": "49151"},
        {"messaging_product": "whatsapp", "to": "49151", "text": {"body": ""}},
    ],
)
def test_a_whatsapp_message_that_is_none_is_refused_and_told_nobody(sent: object) -> None:
    taken = post("/v21.0/1/messages", sent)
    assert (taken.status, taken.told) == (400, ())
    assert taken.answer["error"]["code"] == 100


def test_an_sms_by_twilio_is_a_message() -> None:
    form = urlencode({"To": "+49151", "From": "+49800", "Body": "See you."}).encode()
    taken = post("/2010-04-01/Accounts/AC1/Messages.json", form, FORM)
    assert event_told(0, only(taken)) == MessageSent(0, "sms", "+49151", "See you.", None)
    assert (taken.status, taken.answer["status"]) == (201, "queued")


def test_whatsapp_by_twilio_is_told_from_sms() -> None:
    form = urlencode({"To": "whatsapp:+49151", "Body": "See you."}).encode()
    assert only(post("/2010-04-01/Accounts/AC1/Messages.json", form, FORM)).attrs["channel"] == "whatsapp"


# --- events, as on the line


def row(**fields: object) -> bytes:
    return json.dumps(
        {"event": "x-vahness", "v": 1, "type": "user.transcript", "attrs": {"text": "hi"}, **fields}
    ).encode()


def test_events_come_in_as_they_are_told_on_the_line() -> None:
    taken = post("/v1/events", row() + b"\n\n" + row(call="b-0"), {"x-vahness-call": "a-0"})
    assert [(named, told.type) for named, told in taken.told] == [
        ("a-0", "user.transcript"),
        ("b-0", "user.transcript"),
    ]
    assert (taken.status, taken.answer) == (204, None)


@pytest.mark.parametrize("bad", [b"{", row(v=2), row(event="other"), row(type=3), row(attrs=[])])
def test_one_bad_line_refuses_the_whole_batch_and_says_which(bad: bytes) -> None:
    taken = post("/v1/events", row() + b"\n" + bad)
    assert (taken.status, taken.told) == (400, ())
    assert "line 2" in taken.answer["error"]


# --- anything


def test_only_post_has_a_door_and_an_unknown_door_names_those_there_are() -> None:
    assert take(Request("GET", "/handoff"), {}, 1).status == 405
    taken = post("/handof", PACKET)
    assert taken.status == 404
    assert "/handoff" in taken.answer["error"]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
DOORS = ["/handoff", "/tools/book", "/v21.0/1/messages", "/2010-04-01/Accounts/A/Messages.json", "/v1/events", "/x"]


@given(
    path=st.sampled_from(DOORS),
    body=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()),
    form=st.booleans(),
)
def test_whatever_comes_in_is_told_and_can_be_kept_or_is_refused(path: str, body: bytes, form: bool) -> None:
    taken = post(path, body, FORM if form else {}, {"book": None})
    json.dumps(taken.answer)
    assert 200 <= taken.status < 500
    assert not taken.told or taken.status < 300
    for _, told in taken.told:
        json.dumps(event_told(5, told).to_json(), allow_nan=False).encode()
