from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from harness.conversation import Conversation
from harness.handoff import read_packet
from harness.scenario import Entity, HandoffTruth, MessageTruth, Promises, Scenario
from harness.score import Limit, Outcome, Unscored, Verdict
from harness.scorers.confirmation import confirmation
from harness.scorers.escalation_triggers import escalation_triggers
from harness.scorers.handoff_delay import handoff_delay
from harness.scorers.handoff_destination import handoff_destination
from harness.scorers.handoff_faithfulness import handoff_faithfulness
from harness.scorers.handoff_fields import compared, handoff_fields
from harness.scorers.handoff_receipt import handoff_receipt
from harness.scorers.handoff_summary_quality import handoff_summary_quality
from harness.scorers.post_call_message import post_call_message
from harness.scorers.repeated_questions import repeated_questions
from harness.scorers.resolved_without_transfer import resolved_without_transfer
from harness.scorers.transfer_success_with_summary import transfer_success_with_summary
from harness.timeline import (
    AgentSaid,
    AgentState,
    Event,
    HandedOff,
    KeysPressed,
    LineSaid,
    MessageSent,
    Party,
    ToolCalled,
)
from tests.scorers.calls import Said, at, call, reason, scored, with_truth

DECLARED = AgentState(0, {"handoff": ["in-band"]})
ENTITIES = (
    Entity("date", "2026-03-13", was=("2026-03-12",), critical=True),
    Entity("order", "9266", type="code"),
    Entity("name", "Asha Rao"),
)
LINES = (
    Said(2.0, 4.0, "I'd like it on the twelfth of March, I am Asha Rao"),
    Said(6.0, 8.0, "Sorry, not the twelfth, the thirteenth of March"),
    Said(10.0, 13.0, "My order is nine two six six. I want to speak to a person please"),
)
GOOD = {"date": "2026-03-13", "order": "9266", "name": "Asha Rao"}
SUMMARY = "Asha Rao wants order 9266 on the 13th of March, not the 12th of March."


def handed(
    packet: Any = None, seconds: float = 16.0, *, to: str | None = "orders", receipt: str | None = "Q-1", **more: Any
) -> HandedOff:
    return HandedOff(at(seconds), to, packet, receipt, **more)


def whole(**packet: Any) -> HandedOff:
    return handed({"entities": GOOD, "summary": SUMMARY, **packet})


def due(decision: Any = "required", **truth: Any) -> Scenario:
    handoff = HandoffTruth(
        decision, to=truth.pop("to", "orders"), cue=truth.pop("cue", {}), within=truth.pop("within", None)
    )
    return with_truth(handoff=handoff, entities=truth.pop("entities", ENTITIES), **truth)


def talk(
    *events: Event, agent: Sequence[tuple[float, float]] = (), texts: Mapping[int, str] | None = None, **more: Any
) -> Conversation:
    return call(LINES, agent, events, texts=texts, **{"seconds": 20.0, **more})


# ---- how soon ----


def test_the_delay_runs_from_the_cue_s_last_sample_to_the_transfer_and_counts_the_turns_between() -> None:
    made = talk(handed(seconds=16.0), agent=[(4.5, 5.5), (13.5, 14.0), (14.5, 15.5)])
    found = handoff_delay(made, due(within=2))
    assert scored(found["seconds"]).value == pytest.approx(3.0)
    assert scored(found["turns"]).value == 1
    assert "within 2 turns was asked" in str(scored(found["turns"]).detail)


def test_a_cue_that_the_scenario_names_goes_before_one_that_is_found() -> None:
    made = talk(handed(seconds=16.0))
    lines = [event for event in made.recording.events if isinstance(event, LineSaid)]
    steps: tuple[Event, ...] = tuple(replace(line, step=number) for number, line in enumerate(lines))
    made = replace(made, recording=replace(made.recording, events=(*steps, handed(seconds=16.0))))
    found = handoff_delay(made, due(cue={"2": "anger"}))
    assert scored(found["seconds"]).value == pytest.approx(8.0)
    assert str(scored(found["seconds"]).detail).startswith("anger")


def test_a_transfer_that_never_came_is_censored_at_the_end_and_passes_no_limit() -> None:
    found = handoff_delay(talk(DECLARED, agent=[(13.5, 15.0)]), due())
    assert scored(found["seconds"]).censored
    assert scored(found["seconds"]).value == pytest.approx(7.0)
    assert Limit.parse("<= 100s").judge(found["seconds"]) is Verdict.FAIL
    assert Limit.parse("<= 2").judge(found["turns"]) is Verdict.FAIL


def test_no_delay_is_known_without_a_cue_or_before_it_or_from_a_batch() -> None:
    assert "before its cue" in reason(handoff_delay(talk(handed(seconds=5.0)), due())["seconds"])
    assert "traces" in reason(handoff_delay(talk(handed(channel="traces")), due())["turns"])
    nobody = call(LINES[:2], [], [handed()])
    assert reason(handoff_delay(nobody, due())["seconds"]) == "the caller gave no cue for a human"
    assert "nothing had to be" in reason(handoff_delay(talk(DECLARED), due("allowed"))["seconds"])


def test_cues_count_by_whether_they_led_to_a_human() -> None:
    assert scored(escalation_triggers(talk(handed()), due())).value == 1.0
    missed = scored(escalation_triggers(talk(DECLARED), due()))
    assert (missed.value, missed.detail) == (0.0, "human 0 of 1")
    assert missed.spans[0].start == 10.0
    late = talk(handed(seconds=19.0), agent=[(13.2, 14.0), (14.5, 15.0), (16.0, 17.0)])
    assert scored(escalation_triggers(late, due(within=1))).value == 1.0
    asked_again = call(
        [*LINES, Said(15.0, 15.5, "a human please")], [(13.5, 14.5), (16.0, 17.0)], [handed(seconds=18.0)]
    )
    found = scored(escalation_triggers(asked_again, due(within=1)))
    assert (found.value, found.n, found.detail) == (0.5, 2, "human 1 of 2")
    assert "doesn't ask" in reason(escalation_triggers(talk(handed()), due("allowed")))


# ---- where to, and whether anyone took it ----


@pytest.mark.parametrize(
    ("to", "expected", "right"),
    [
        ("orders", "orders", 1),
        ("Orders Queue", "orders", 1),
        ("sip:orders@desk.example", "orders", 1),
        ("+1 415 555 0123", "4155550123", 1),
        ("tel:+14155550123", "415 555 0123", 1),
        ("billing", "orders", 0),
        ("4155550124", "4155550123", 0),
    ],
)
def test_a_destination_is_compared_as_what_it_is(to: str, expected: str, right: int) -> None:
    assert scored(handoff_destination(talk(handed(to=to)), due(to=expected))).value == right


def test_a_destination_may_stand_in_the_packet_and_is_unknown_where_nobody_says() -> None:
    assert scored(handoff_destination(talk(handed({"queue": "orders"}, to=None)), due())).value == 1.0
    assert "doesn't say where" in reason(handoff_destination(talk(handed({}, to=None)), due()))
    assert "doesn't say where" in reason(handoff_destination(talk(handed()), due(to=None)))


@pytest.mark.parametrize(("receipt", "value"), [("Q-1", 1), (None, 0), ("", 0), ("none", 0), ("pending", 0)])
def test_no_receipt_is_transfer_theatre(receipt: str | None, value: int) -> None:
    assert scored(handoff_receipt(talk(handed(receipt=receipt)), due())).value == value


# ---- what the human reads ----


def faith(summary: str, *events: Event, **truth: Any) -> Outcome:
    return handoff_faithfulness(talk(handed({"summary": summary}), *events), due(**truth))


def test_facts_of_a_summary_are_held_against_the_call() -> None:
    assert scored(faith(SUMMARY)).value == 1.0
    half = scored(faith("Order 9266, at 5 pm."))
    assert (half.value, half.n) == (0.5, 2)
    assert "unsupported: 5 pm" in str(half.detail)
    assert "no model read the rest" in str(half.detail)
    from_tool = ToolCalled(at(14.0), "look_up", {}, {"slot": "17:00"})
    assert scored(faith("Order 9266, at 5 pm.", from_tool)).value == 1.0


def test_one_contradiction_fails() -> None:
    stale = scored(faith("Asha Rao, order 9266, on the 12th of March."))
    assert stale.value == 0.0
    assert "contradiction" in str(stale.detail)
    assert stale.spans[0].start == pytest.approx(7.25, abs=0.6)
    assert scored(faith("Asha Rao, order 9266, on the 20th of May.")).value == 0.0


def test_the_scores_of_one_packet_agree_on_what_the_agent_misheard() -> None:
    said = AgentSaid(at(5.0), "Monday the ninth of March, Ms. Usher Row. It takes us until the 2nd of April.")
    packet = {"entities": {**GOOD, "date": "2026-03-09", "name": "Usher Row"}}
    wrong = talk(handed({**packet, "summary": "Order 9266. Known: date 2026-03-09."}), said)
    fields = scored(handoff_fields(wrong, due())["recall"])
    assert "wrong: date '2026-03-09'" in str(fields.detail)
    assert "wrong: name 'Usher Row'" in str(fields.detail)
    assert scored(handoff_summary_quality(wrong, due())["entities"]).detail == "1 of 3 right, 2 wrong"
    faithful = scored(handoff_faithfulness(wrong, due()))
    assert (faithful.value, str(faithful.detail).partition(";")[0]) == (0.0, "contradiction: 2026-03-09")
    named = scored(handoff_faithfulness(talk(handed({**packet, "summary": "Usher Row has order 9266."}), said), due()))
    assert (named.value, str(named.detail).partition(";")[0]) == (0.0, "contradiction: Usher Row")
    until = talk(handed({"entities": GOOD, "summary": "Order 9266 comes by the 2nd of April."}), said)
    assert scored(handoff_faithfulness(until, due())).value == 1.0


def test_promises_are_held_against_what_the_agent_said() -> None:
    packet = {"summary": "Agent promised we will call back tomorrow."}
    kept = talk(handed(packet), agent=[(14, 15)], texts={0: "We will call you back tomorrow."})
    made_up = talk(handed(packet), agent=[(14, 15)], texts={0: "I'm putting you through."})
    silent = talk(handed(packet), agent=[(14, 15)])
    assert scored(handoff_faithfulness(kept, due())).value == 1.0
    assert scored(handoff_faithfulness(made_up, due())).value == 0.0
    assert "nothing that can be checked" in reason(handoff_faithfulness(silent, due()))
    forbidden = due(promises=Promises(must_not=("call back",)))
    assert "contradiction" in str(scored(handoff_faithfulness(kept, forbidden)).detail)


def test_without_a_summary_or_a_claim_nothing_is_faithful() -> None:
    assert reason(handoff_faithfulness(talk(handed({"entities": GOOD})), due())) == "the packet has no summary"
    assert "nothing that can be checked" in reason(faith("A caller."))


def test_points_of_a_summary_follow_how_far_it_is_off() -> None:
    truth = {"reason": "late order refund", "tone": "angry", "urgency": "high", "next_action": "call the caller back"}
    scenario = due(**truth)

    def points(**packet: Any) -> dict[str, float]:
        found = handoff_summary_quality(talk(handed(packet)), scenario)
        return {part: scored(outcome).value for part, outcome in found.items()}

    assert points(**truth, entities=GOOD) == {"reason": 5, "entities": 5, "tone_urgency": 5, "next_action": 5}
    assert points() == {"reason": 1, "entities": 1, "tone_urgency": 1, "next_action": 1}
    some = points(
        reason="late order",
        tone="frustrated",
        urgency="normal",
        next_action="never call back",
        entities={"order": "9266"},
    )
    assert some == pytest.approx({"reason": 1 + 8 / 3, "entities": 1 + 4 / 3, "tone_urgency": 3, "next_action": 1})
    assert points(entities={**GOOD, "date": "2026-03-12"})["entities"] == 2
    assert isinstance(handoff_summary_quality(talk(handed({})), due())["reason"], Unscored)


def test_a_fact_that_no_field_gives_counts_where_the_free_text_has_it() -> None:
    found = {f.field: f.verdict for f in compared_with("Asha Rao wants order 9266 on March 13.")}
    assert found == {"date": "right", "order": "right", "name": "right"}
    assert {f.field: f.verdict for f in compared_with("On March 12.")}["date"] == "stale"
    assert {f.field: f.verdict for f in compared_with("On May 20.")}["date"] == "invented"
    assert {f.field: f.verdict for f in compared_with("On March 12 or March 13.")}["date"] == "wrong"
    assert {f.field: f.verdict for f in compared_with("On March 13, not March 12.")}["date"] == "right"
    assert {f.field: f.verdict for f in compared_with("Somebody called.")} == dict.fromkeys(GOOD, "missing")
    assert {f.field: f.verdict for f in compared_with("At 5 pm.")}["time"] == "invented"


def compared_with(sent: Any) -> Any:
    made = talk(handed(sent))
    packet = read_packet(sent)
    assert packet is not None
    return compared(packet, due().truth, made)


def test_two_values_for_one_fact_are_a_contradiction_and_wrong() -> None:
    for entities in ({"date": ["2026-03-12", "2026-03-13"]}, {"date": "2026-03-13", "new_date": "2026-03-12"}):
        found = compared_with({"entities": entities})[0]
        assert (found.verdict, found.note) == ("wrong", "contradiction: several values for one fact")


def test_a_field_by_another_name_is_the_fact_that_it_can_only_be() -> None:
    found = compared_with(
        {"entities": {"order_id": "9266", "customerName": "Asha Rao", "appointment_date": "March 13"}}
    )
    assert [(f.field, f.verdict) for f in found] == [("date", "right"), ("order", "right"), ("name", "right")]


def test_what_was_tried_already_is_a_field() -> None:
    truth = due(tried=("restarted the router",))
    packet = {"entities": GOOD, "tried": ["Restarted router"]}
    assert "tried" in str(scored(handoff_fields(talk(handed(packet)), truth)["recall"]).detail)
    assert scored(handoff_fields(talk(handed(packet)), truth)["recall"]).value == 1.0
    assert scored(handoff_fields(talk(handed({"entities": GOOD})), truth)["recall"]).value == 0.75


# ---- all of it ----


def test_a_transfer_succeeds_where_all_of_it_holds() -> None:
    assert scored(transfer_success_with_summary(talk(whole()), due())).value == 1.0


@pytest.mark.parametrize(
    ("event", "what"),
    [
        (handed({"entities": GOOD, "summary": SUMMARY}, to="billing"), "destination"),
        (handed({"entities": GOOD, "summary": SUMMARY}, receipt=None), "receipt"),
        (handed({"entities": {"order": "9266"}, "summary": "Order 9266."}), "completeness"),
        (handed({"entities": GOOD, "summary": "On the 12th of March."}), "faithfulness"),
    ],
)
def test_a_transfer_fails_where_one_part_does(event: HandedOff, what: str) -> None:
    found = scored(transfer_success_with_summary(talk(event), due()))
    assert (found.value, found.detail) == (0.0, f"failed: {what}")


def test_a_transfer_that_is_missed_or_unnecessary_fails_and_one_half_known_is_not_measured() -> None:
    assert scored(transfer_success_with_summary(talk(DECLARED), due())).value == 0.0
    assert scored(transfer_success_with_summary(talk(whole()), due("forbidden"))).detail == "failed: decision"
    assert "faithfulness" in reason(transfer_success_with_summary(talk(handed({"entities": GOOD})), due()))
    assert "nothing had to be" in reason(transfer_success_with_summary(talk(DECLARED), due("allowed")))


def test_alone_and_done_counts_only_where_it_was_allowed() -> None:
    outcome = {"book": {"date": "2026-03-13"}}
    done, undone = (
        ToolCalled(at(14), "book", {"date": "2026-03-13"}),
        ToolCalled(at(14), "book", {"date": "2026-03-12"}),
    )
    allowed = due("allowed", outcome=outcome)
    assert scored(resolved_without_transfer(talk(DECLARED, done), allowed)).value == 1.0
    assert scored(resolved_without_transfer(talk(DECLARED, undone), allowed)).value == 0.0
    assert scored(resolved_without_transfer(talk(done, handed()), allowed)).value == 0.0
    assert scored(resolved_without_transfer(talk(undone), allowed)).value == 0.0
    assert "no channel" in reason(resolved_without_transfer(talk(done), allowed))
    assert "had to be brought in" in reason(resolved_without_transfer(talk(DECLARED, done), due(outcome=outcome)))
    assert "no outcome" in reason(resolved_without_transfer(talk(DECLARED, done), due("allowed")))


# ---- what the caller lived through ----


def asked(*texts: str, events: Sequence[Event] = (), start: float = 13.5) -> Conversation:
    spurts = [(4.2, 5.8), (start, start + 2.0)]
    return talk(*events, agent=spurts, texts=dict(enumerate(("Thank you.", *texts))))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Which date would you like?", 1),
        ("What's your order number?", 1),
        ("Could I have your name, and the date?", 2),
        ("So that's Friday the 13th of March, is that the right date?", 0),
        ("And what's your telephone number?", 0),
        ("I have your order and the date here.", 0),
        ("Sorry, what was your name again", 1),
        ("¿Qué día prefiere?", 1),
    ],
)
def test_a_question_for_what_was_given_already_is_counted(text: str, times: int) -> None:
    found = scored(repeated_questions(asked(text), due()))
    assert (found.value, found.n) == (times, 3)


def test_a_question_before_the_fact_was_given_is_none_and_one_behind_the_handoff_is_marked() -> None:
    early = talk(agent=[(0.2, 1.5)], texts={0: "Which date would you like, and what is your name?"})
    assert scored(repeated_questions(early, due())).value == 0.0
    after = asked("What's your order number?", events=[handed(seconds=13.2)])
    assert scored(repeated_questions(after, due())).spans[0].note == "order again, after the handoff"
    assert "nobody knows" in reason(repeated_questions(talk(agent=[(14.0, 15.0)]), due()))
    assert "none of the facts" in reason(repeated_questions(call([Said(1, 2, "hello")]), due()))


def test_keys_that_were_pressed_gave_a_fact() -> None:
    made = call(
        [], [(5.0, 6.0)], [KeysPressed(at(2.0), 0, "9266", at(2.0), at(2.0))], texts={0: "What is your order number?"}
    )
    assert scored(repeated_questions(made, due())).value == 1.0


def test_critical_facts_are_confirmed_where_they_are_read_back_behind_the_caller() -> None:
    assert scored(confirmation(asked("So, the thirteenth of March."), due())).value == 1.0
    missed = scored(confirmation(asked("So, the twelfth of March."), due()))
    assert (missed.value, missed.n) == (0.0, 1)
    before = talk(agent=[(0.1, 1.0)], texts={0: "We have the thirteenth of March."})
    assert scored(confirmation(before, due())).value == 0.0
    assert "nobody knows" in reason(confirmation(talk(agent=[(14.0, 15.0)]), due()))
    assert "no critical" in reason(confirmation(talk(), with_truth(entities=(Entity("order", "9266"),))))
    assert "said no critical" in reason(confirmation(call([Said(1, 2, "hello")]), due()))


MESSAGE = MessageTruth("whatsapp", within=1.0, language="en-GB", facts=("date",))


def message(text: str | None, seconds: float = 20.4, channel: str = "whatsapp") -> MessageSent:
    return MessageSent(at(seconds), channel, "4155550123", text)


def messaged(
    *events: Event, due_message: MessageTruth = MESSAGE, listened_after: float | None = None, **truth: Any
) -> Any:
    made = talk(*events, seconds=20.0, hung_up=Party.CALLER)
    track = np.zeros(at(21.0), np.float32)
    listened = {} if listened_after is None else {"listened_after": listened_after}
    recording = replace(made.recording, clean=track, sent=track, heard=track, provenance=listened)
    return post_call_message(replace(made, recording=recording), due(message=due_message, **truth))


RIGHT = "Thank you for calling. Your appointment is on the 13th of March."


def test_a_message_is_right_where_all_of_it_is() -> None:
    assert scored(messaged(message(RIGHT))).value == 1.0


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (message(RIGHT, seconds=22.0), "in time"),
        (message("Su cita es el 13 de marzo, gracias por su llamada."), "language"),
        (message("धन्यवाद। आपकी बुकिंग 2026-03-13 को है।"), "language"),
        (message("Thank you for calling. We have your booking."), "date isn't"),
        (message(f"{RIGHT} Moved from March 13 to the 12th of March."), "corrected"),
        (message("Your appointment is on the 20th of March, thank you."), "facts"),
    ],
)
def test_a_message_that_is_wrong_in_one_thing_is_wrong(sent: MessageSent, why: str) -> None:
    found = scored(messaged(sent))
    assert found.value == 0.0
    assert why in str(found.detail)


def test_a_message_promises_only_what_it_may() -> None:
    text = f"{RIGHT} We will refund all of it."
    assert "mustn't" in str(scored(messaged(message(text), promises=Promises(must_not=("refund",)))).detail)
    assert scored(messaged(message(text), promises=Promises(may=("refund",)))).value == 1.0
    assert "nobody said" in reason(messaged(message(text)))


def test_a_message_that_never_came_is_known_only_where_one_could_have_been_seen() -> None:
    declares = AgentState(0, {"messages": ["whatsapp"]})
    assert "declared no channel for messages" in reason(messaged())
    assert scored(messaged(declares)).value == 0.0
    assert scored(messaged(message(RIGHT, channel="sms"))).value == 0.0
    assert "may come later" in reason(messaged(declares, due_message=replace(MESSAGE, within=60.0)))
    assert "asks for no message" in reason(post_call_message(talk(), due()))


def test_a_message_that_only_the_agents_file_speaks_of_is_missed_only_where_somebody_listened() -> None:
    by_file = AgentState(0, {"messages": ["whatsapp"], "from": "desk.yaml"})
    assert "nobody listened" in reason(messaged(by_file))
    assert scored(messaged(by_file, listened_after=0.5)).value == 0.0
    assert scored(messaged(by_file, AgentState(0, {"messages": ["whatsapp"]}))).value == 0.0
    patient = replace(MESSAGE, within=30.0)
    assert "in the 6.0 s that we watched" in reason(messaged(by_file, due_message=patient, listened_after=5.0))
    assert scored(messaged(by_file, due_message=patient, listened_after=29.5)).value == 0.0


# ---- an agent that tells nothing ----

EVERY = (
    handoff_delay,
    handoff_destination,
    handoff_receipt,
    handoff_fields,
    handoff_faithfulness,
    handoff_summary_quality,
    transfer_success_with_summary,
    resolved_without_transfer,
    escalation_triggers,
    confirmation,
    repeated_questions,
    post_call_message,
)


@pytest.mark.parametrize("decision", ["required", "allowed", "forbidden"])
def test_nothing_is_measured_of_an_agent_that_tells_nothing_and_no_gate_passes(decision: Any) -> None:
    scenario = due(
        decision, message=MESSAGE, reason="order", tone="calm", next_action="call back", outcome={"book": {}}
    )
    silent = talk(agent=[(0.2, 1.0), (14.0, 16.0)])
    for scorer in EVERY:
        found = scorer(silent, scenario)
        for outcome in found.values() if isinstance(found, Mapping) else (found,):
            assert reason(outcome)
            for limit in ("<= 100", ">= 0", "pass", "== 0"):
                assert Limit.parse(limit).judge(outcome) is Verdict.NOT_MEASURED
