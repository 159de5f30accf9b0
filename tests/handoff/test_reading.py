from __future__ import annotations

import json
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.handoff import LARGEST, Packet, in_our_names, read_destination, read_packet
from harness.handoff.reading import DEEPEST


def read(sent: Any, mapping: dict[str, str] | None = None) -> Packet:
    packet = read_packet(sent, mapping)
    assert packet is not None
    return packet


def test_our_own_names_are_read_as_they_stand() -> None:
    sent = {
        "reason": "refund",
        "entities": {"order": "9266", "amount": 250, "gift": True, "none": None},
        "tone": "angry",
        "urgency": "high",
        "summary": "Wants money back.",
        "tried": ["asked twice"],
        "promised": ["a call back"],
        "next_action": "decide",
        "language": "en",
        "consent": True,
        "transcript": [{"role": "user", "content": "hello"}, {"role": "assistant", "content": [{"text": "hi"}]}],
    }
    assert read(sent) == Packet(
        "refund",
        {"order": "9266", "amount": "250", "gift": "yes"},
        "angry",
        "high",
        "Wants money back.",
        ("asked twice",),
        ("a call back",),
        "decide",
        "en",
        "yes",
        "user: hello\nassistant: hi",
    )


@pytest.mark.parametrize(
    ("theirs", "ours", "value"),
    [
        ("callReason", "reason", "refund"),
        ("Transfer Reason", "reason", "refund"),
        ("customer_sentiment", "tone", "angry"),
        ("Priority", "urgency", "high"),
        ("conversationSummary", "summary", "Wants money back"),
        ("recommended-action", "next_action", "decide"),
        ("locale", "language", "es-MX"),
    ],
)
def test_common_names_are_guessed_however_they_are_written(theirs: str, ours: str, value: str) -> None:
    assert getattr(read({theirs: value}), ours) == value


def test_a_mapping_names_the_paths_and_what_it_names_is_not_guessed() -> None:
    sent = {"args": {"why": "refund", "when": [{"day": "2026-03-13"}]}, "reason": "not this one"}
    packet = read(sent, {"reason": "args.why", "entities.date": "args.when.0.day"})
    assert packet.entities == {"date": "2026-03-13"}
    assert packet.reason == "refund"
    assert (
        read({"slots": json.dumps({"d": "2026-03-13"})}, {"entities.date": "slots.d"}).entities["date"] == "2026-03-13"
    )
    assert read({"tone": "calm"}, {"reason": "no.such.path"}) == Packet(tone="calm")


@pytest.mark.parametrize("encode", [lambda sent: sent, json.dumps, lambda sent: json.dumps(json.dumps(sent))])
def test_put_into_our_names_a_packet_is_read_without_its_mapping_as_it_was_with_it(encode: Any) -> None:
    sent = encode({"args": {"why": "refund", "when": [{"day": "2026-03-13"}], "desk": "orders"}, "sentiment": "upset"})
    mapping = {"reason": "args.why", "entities.date": "args.when.0.day", "to": "args.desk"}
    ours = in_our_names(sent, mapping)
    assert (read(ours).reason, read(ours).entities, read(ours).tone) == ("refund", {"date": "2026-03-13"}, "frustrated")
    assert read_destination(ours) == "orders"
    without = {name: path for name, path in mapping.items() if name != "to"}
    assert read(in_our_names(sent, without)) == read(sent, without)


def test_a_mapped_table_of_facts_joins_those_that_have_a_name_of_their_own() -> None:
    sent = {"data": {"facts": {"order": "1234"}}, "day": "2026-03-13"}
    ours = in_our_names(sent, {"entities": "data.facts", "entities.date": "day"})
    assert read(ours).entities == {"order": "1234", "date": "2026-03-13"}


@pytest.mark.parametrize("sent", [None, 3, "", "words", [1], {"a": {"b": 1}}])
def test_a_path_that_leads_nowhere_adds_nothing(sent: Any) -> None:
    assert read_packet(in_our_names(sent, {"reason": "no.such"})) == read_packet(sent)


@pytest.mark.parametrize(
    ("value", "ours"),
    [("Irate", "angry"), ("upset", "frustrated"), ("neutral", "calm"), ("enojado", "angry"), ("blue", "blue")],
)
def test_tones_have_other_words_and_what_is_none_of_them_stays(value: str, ours: str) -> None:
    assert read({"sentiment": value}).tone == ours


@pytest.mark.parametrize(("value", "ours"), [("urgent", "high"), ("Medium", "normal"), ("critical", "emergency")])
def test_urgencies_have_other_words(value: str, ours: str) -> None:
    assert read({"priority": value}).urgency == ours


ARGUMENTS = {"reason": "refund", "order_id": "9266"}


@pytest.mark.parametrize(
    "sent",
    [
        {
            "type": "response.function_call_arguments.done",
            "name": "transfer",
            "call_id": "c1",
            "arguments": json.dumps(ARGUMENTS),
        },
        {
            "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "transfer", "arguments": json.dumps(ARGUMENTS)}}
            ]
        },
        {
            "label": "rtvi-ai",
            "type": "llm-function-call",
            "id": "7",
            "data": {"function_name": "transfer", "tool_call_id": "c1", "args": ARGUMENTS},
        },
        {
            "type": "function_tools_executed",
            "function_calls": [{"name": "transfer", "call_id": "c", "arguments": json.dumps(ARGUMENTS)}],
        },
        {"type": "end", "handoffData": json.dumps({"reasonCode": "live-agent-handoff", **ARGUMENTS})},
        {"event": "start", "start": {"customParameters": ARGUMENTS, "callSid": "CA1"}},
        {"parameters": [{"name": "reason", "value": "refund"}, {"name": "order_id", "value": "9266"}]},
        {"packet": json.dumps(json.dumps(ARGUMENTS))},
        json.dumps(json.dumps(json.dumps(ARGUMENTS))),
        json.dumps(ARGUMENTS).encode(),
        [ARGUMENTS],
        "reason=refund&order_id=9266",
        '<Response><Dial><Sip>sip:x@y</Sip></Dial><Parameter name="reason" value="refund"/>'
        "<Parameter name='order_id' value='9266'/></Response>",
        {"X-Reason": "refund", "X-Order-Id": "9266", "Call-ID": "abc"},
        {"User-to-User": json.dumps(ARGUMENTS).encode().hex() + ";encoding=hex"},
        {"User-to-User": "00" + json.dumps(ARGUMENTS).encode().hex()},
        {"User-to-User": "reason%3Drefund%26order_id%3D9266;encoding=ascii"},
        "REFER sip:agent@host SIP/2.0\r\nCall-ID: 1\r\nRefer-To: <sip:orders@desk>\r\n"
        "X-Reason: refund\r\nX-Order-Id: 9266\r\n",
        "Refer-To: <sip:orders@desk?X-Reason=refund&X-Order-Id=9266>",
    ],
)
def test_each_carrier_is_opened(sent: Any) -> None:
    packet = read(sent)
    assert packet.reason == "refund"
    assert {name.lower().replace("-", "_"): value for name, value in packet.entities.items()} == {"order_id": "9266"}


@pytest.mark.parametrize(
    ("sent", "to"),
    [
        ({"queue": "orders", "reason": "refund"}, "orders"),
        ({"arguments": '{"transfer_to": "+14155550123"}'}, "+14155550123"),
        ("Refer-To: <sip:orders@desk;transport=tcp>", "sip:orders@desk"),
        ("<Response><Dial>+14155550123</Dial></Response>", "+14155550123"),
        ({"reason": "refund"}, None),
        ("no more than a text", None),
    ],
)
def test_a_packet_may_say_where_the_call_goes(sent: Any, to: str | None) -> None:
    assert read_destination(sent) == to


def test_labels_in_a_free_text_are_fields() -> None:
    packet = read("Reason: move an appointment. Date: 2026-03-13, Time: 15:00\nName: Asha Rao\nTone: upset")
    assert (packet.reason, packet.tone) == ("move an appointment", "frustrated")
    assert packet.entities == {"Date": "2026-03-13", "Time": "15:00", "Name": "Asha Rao"}


def test_prose_is_a_summary_with_the_typed_facts_that_it_holds() -> None:
    text = "Worried caller. Order three one seven nine, two hundred and fifty dollars, wants the 13th of March at 3 pm."
    packet = read(text)
    assert (packet.summary, packet.tone, packet.entities) == (text, "worried", {})
    assert sorted((fact.kind, fact.value) for fact in packet.facts) == [
        ("amount", "250 dollars"),
        ("code", "3179"),
        ("date", "--03-13"),
        ("time", "15:00"),
    ]
    assert [fact.value for fact in read("Order 9266 on March 13, 2026.").facts] == ["2026-03-13", "9266"]
    assert read("Call +1 (415) 555-0123 or asha.rao@gmail.com").facts[0].value == "asha.rao@gmail.com"
    assert read("el 13 de marzo").facts[0].value == "--03-13"


@pytest.mark.parametrize("number", ["43142", "4 3 1 4 2", "four three one four two", "1234567890123456"])
def test_a_code_of_any_length_is_one_fact(number: str) -> None:
    (fact,) = read(f"The order is order {number}.").facts
    assert (fact.kind, fact.value) == ("code", "1234567890123456" if len(number) == 16 else "43142")


def test_what_a_text_takes_back_no_longer_holds() -> None:
    facts = {f.value: f.dropped for f in read("On March 13, not March 12. It was moved from 3 pm to 4 pm.").facts}
    assert facts == {"--03-13": False, "--03-12": True, "15:00": True, "16:00": False}


def test_an_amount_that_only_bounds_is_no_fact_of_the_call() -> None:
    text = "A refund of more than 100 dollars needs approval. Amount: 250 dollars."
    assert [fact.value for fact in read(text).facts] == ["250 dollars"]


def test_a_denied_or_doubtful_tone_is_none() -> None:
    assert read("The caller is not angry.").tone is None
    assert read("First calm, then angry.").tone is None


@pytest.mark.parametrize(
    "sent",
    [
        {"entities": {"date": ["2026-03-12", "2026-03-13"]}},
        {"entities": {"date": "2026-03-12", "Date": "2026-03-13"}},
        {"date": "2026-03-12", "slots": {"date": "2026-03-13"}},
        "Date: 2026-03-12. Date: 2026-03-13",
    ],
)
def test_two_values_for_one_fact_are_both_kept(sent: Any) -> None:
    packet = read(sent)
    assert [*packet.entities.values()] == ["2026-03-12"]
    assert [*packet.also.values()] == [("2026-03-13",)]


def test_the_same_fact_written_twice_is_no_contradiction() -> None:
    assert not read({"date": "March 13", "slots": {"date": "2026-03-13"}}).also
    assert read({"tone": "calm", "packet": {"tone": "angry"}}).also == {"tone": ("angry",)}


@pytest.mark.parametrize(
    "sent", [None, 17, 1.5, True, {}, [], "", "  ", b"", {"entities": None}, {"type": "end"}, "{}"]
)
def test_nothing_is_nothing(sent: Any) -> None:
    assert read_packet(sent) is None


def test_what_is_larger_than_64_kib_is_cut_with_a_note() -> None:
    for sent in ("word " * 40_000, {"summary": "word " * 40_000}, json.dumps({"summary": "word " * 40_000})):
        packet = read(sent)
        assert len(packet.summary or "") <= LARGEST
        assert any("64 KiB" in note for note in packet.notes)
    many = read({"entities": {f"f{i}": "x" for i in range(5000)}})
    assert len(many.entities) < 5000
    assert any("2048 values" in note for note in many.notes)


def test_what_is_nested_deeper_than_anyone_reads_is_left_aside_with_a_note() -> None:
    sent: Any = {"date": "2026-03-13"}
    for _ in range(DEEPEST + 3):
        sent = {"packet": sent}
    assert read_packet({"reason": "refund", "packet": sent}) == Packet(
        reason="refund", notes=("nested deeper than 12 levels: the rest is left aside",)
    )
    assert read("[" * 60_000).summary == "[" * 60_000


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
names = st.sampled_from(["reason", "tone", "entities", "packet", "X-Date", "User-to-User", "value", "name", "tried"])
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=max(300, settings().max_examples))
@given(anything, st.booleans(), st.dictionaries(names, st.text("abc.0", max_size=6), max_size=2))
def test_whatever_is_sent_is_read_without_a_crash(sent: Any, as_text: bool, mapping: dict[str, str]) -> None:
    packet = read_packet(json.dumps(sent) if as_text else sent, mapping)
    assert packet is None or all(isinstance(value, str) and value for value in packet.entities.values())


@example("\uff01 \uff21\uff1a1")
@given(st.text(max_size=200) | st.text("Date: 123/-.@+X\r\n<>&=;\"'{}[]", max_size=80))
def test_whatever_text_is_sent_is_read_without_a_crash(sent: str) -> None:
    packet = read_packet(sent)
    # The full-width characters of East Asian type are read as plain ones.
    plain = "".join(normalize("NFKC", one) if "\uff01" <= one <= "\uff5e" else one for one in sent)
    if plain.strip() and not set(plain) & set('{["<=:'):
        assert packet is not None
        assert packet.summary == plain.strip()


@given(
    st.dictionaries(
        st.sampled_from(["date", "order", "city"]),
        st.text("abcdef 0123456789", min_size=1).map(str.strip).filter(bool),
        min_size=1,
    ),
    st.integers(0, 3),
    st.sampled_from(["packet", "arguments", "handoffData", "payload"]),
)
def test_the_same_packet_is_read_however_often_it_was_encoded_and_wrapped(
    facts: dict[str, str], times: int, name: str
) -> None:
    sent: Any = {"reason": "refund", "entities": facts}
    for _ in range(times):
        sent = {name: json.dumps(sent)}
    packet = read(sent)
    assert (packet.reason, packet.entities) == ("refund", facts)
