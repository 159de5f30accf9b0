from datetime import date

import pytest

from harness.agents._desks import DESKS
from harness.agents._dialogue import Act, Dialogue, Flaws, HandOver, HangUp, Say, State, Use, sentences

TODAY = date(2026, 3, 1)


def talk(*lines: str, flaws: Flaws | None = None, desk: str | None = None) -> tuple[State, list[tuple[Act, ...]]]:
    """What a caller's lines lead to, one after another; `#417` presses keys."""
    desks = tuple(known for known in DESKS if desk in (None, known.name))
    dialogue = Dialogue(desks, TODAY, flaws or Flaws())
    state, answers = State(), []
    for line in lines:
        state, acts = dialogue.keyed(state, line[1:]) if line[0] == "#" else dialogue.answer(state, line)
        answers.append(acts)
    return state, answers


def said(acts: tuple[Act, ...]) -> str:
    return " ".join(act.text for act in acts if isinstance(act, Say))


def tools(answers: list[tuple[Act, ...]]) -> list[Use]:
    return [act for acts in answers for act in acts if isinstance(act, Use)]


def handover(answers: list[tuple[Act, ...]]) -> HandOver:
    (found,) = [act for acts in answers for act in acts if isinstance(act, HandOver)]
    return found


def handed_over(answers: list[tuple[Act, ...]]) -> bool:
    return any(isinstance(act, HandOver) for acts in answers for act in acts)


BOOKING = (
    "Hi, I'd like an appointment on the twelfth of March.",
    "Three p.m. please.",
    "My name is Asha Rao.",
    "Yes, that's right.",
)


def test_a_booking_is_read_back_before_the_tool_is_called_with_canonical_values() -> None:
    _, answers = talk(*BOOKING)
    assert said(answers[2]) == "So that's Thursday the twelfth of March at three p.m., for Asha Rao. Is that right?"
    assert [(use.tool, use.arguments) for use in tools(answers)] == [
        ("book_appointment", {"date": "2026-03-12", "time": "15:00", "name": "Asha Rao"})
    ]
    assert not handed_over(answers)


def test_all_that_is_given_at_once_is_not_asked_for_again() -> None:
    _, answers = talk("I'd like an appointment for Asha Rao on March 12th at 3 p.m.", "Yes")
    assert "Is that right?" in said(answers[0])
    assert tools(answers)[0].arguments == {"date": "2026-03-12", "time": "15:00", "name": "Asha Rao"}


@pytest.mark.parametrize(
    "correction",
    ["Sorry, not the twelfth, the thirteenth.", "No, I said the thirteenth.", "The thirteenth, not the 12th"],
)
@pytest.mark.parametrize("when", [1, 2, 3])
def test_a_correction_is_taken_at_any_turn_and_read_back(correction: str, when: int) -> None:
    lines = [*BOOKING[:when], correction, *BOOKING[when:]]
    _, answers = talk(*lines)
    assert "thirteenth of March" in said(answers[when])
    assert tools(answers)[-1].arguments["date"] == "2026-03-13"


def test_a_no_to_the_read_back_asks_which_part_and_takes_the_part() -> None:
    _, answers = talk(*BOOKING[:3], "No.", "The time.", "Eleven a.m.", "Yes.")
    assert [said(acts) for acts in answers[3:5]] == ["Which part should I change?", "What time would suit you?"]
    assert tools(answers)[0].arguments["time"] == "11:00"


def test_what_was_booked_is_booked_anew_when_it_is_corrected_afterwards() -> None:
    _, answers = talk(*BOOKING, "Sorry, not the twelfth, the thirteenth.", "Yes")
    assert [use.arguments["date"] for use in tools(answers)] == ["2026-03-12", "2026-03-13"]


def test_an_appointment_is_moved() -> None:
    lines = ("I need to move my appointment.", "Ewan Stewart.", "The fifteenth of April", "half past ten", "Yes")
    _, answers = talk(*lines)
    assert tools(answers)[0].tool == "move_appointment"
    assert tools(answers)[0].arguments == {"name": "Ewan Stewart", "date": "2026-04-15", "time": "10:30"}


def test_an_order_is_looked_up_without_a_confirmation_and_again_when_it_was_misheard() -> None:
    _, answers = talk("Where is my order?", "It's four four one seven.", "No, I said four four one eight.")
    assert [use.arguments for use in tools(answers)] == [{"order": "4417"}, {"order": "4418"}]
    assert said(answers[2]).startswith("Order 4 4 1 8")


def test_a_small_refund_is_given_and_a_large_one_is_for_a_human() -> None:
    _, small = talk("I want a refund", "4417", "eighty dollars", "yes")
    assert tools(small)[0].arguments == {"order": "4417", "amount": "80"}
    assert not handed_over(small)
    _, large = talk("I want a refund of two hundred and fifty dollars", "4417")
    packet = handover(large).packet
    assert (handover(large).to, packet["reason"], packet["entities"]) == (
        "orders",
        "refund",
        {"order": "4417", "amount": "250"},
    )
    assert not tools(large)


def test_a_fault_is_narrowed_down_to_a_ticket() -> None:
    lines = ("My internet isn't working.", "It comes and goes.", "Five five five, oh one seven eight.", "Yes")
    _, answers = talk(*lines)
    assert tools(answers)[0].arguments == {"fault": "no internet", "extent": "intermittent", "phone": "5550178"}


def test_a_message_is_taken_as_it_was_said() -> None:
    message = "Please tell the doctor that I'll be late on the twelfth."
    _, answers = talk("Can I leave a message?", message, "Asha Rao", "five five five oh one two three", "yes please")
    assert tools(answers)[0].arguments == {"message": message, "name": "Asha Rao", "phone": "5550123"}


def test_a_caller_may_change_the_subject_in_the_middle() -> None:
    _, answers = talk("I'd like to book an appointment", "Actually, where is my order 4417?")
    assert [use.tool for use in tools(answers)] == ["order_status"]


@pytest.mark.parametrize(
    ("line", "to", "tone", "urgency"),
    [
        ("Can I speak to a human, please?", "front desk", "calm", "normal"),
        ("I want to talk to somebody about my order 4417", "orders", "calm", "normal"),
        ("Operator!", "front desk", "calm", "normal"),
        ("This is ridiculous, where is my order?", "orders", "angry", "high"),
        ("I'm still waiting, this is the third time, where is my order?", "orders", "frustrated", "high"),
        ("I can smell gas in my kitchen", "emergency", "worried", "emergency"),
        ("There are sparks coming out of the socket", "emergency", "worried", "emergency"),
        ("I want to make a complaint", "complaints", "frustrated", "high"),
        ("You will hear from my lawyer", "complaints", "frustrated", "high"),
        ("I urgently need to speak to a person", "front desk", "calm", "high"),
    ],
)
def test_policy_hands_over_at_once_to_the_right_queue(line: str, to: str, tone: str, urgency: str) -> None:
    _, answers = talk(line)
    packet = handover(answers).packet
    assert (handover(answers).to, packet["tone"], packet["urgency"]) == (to, tone, urgency)


@pytest.mark.parametrize(
    "line",
    [
        "It's not an emergency, my internet is down",
        "I don't need a human, where is my order?",
        "I need someone to fix my heating",
        "I'm a bit annoyed, my order is late",
        "Can I leave a message for the manager?",
        "I need an appointment with the agent for the twelfth",
    ],
)
def test_what_only_sounds_like_policy_hands_nothing_over(line: str) -> None:
    _, answers = talk(line)
    assert not handed_over(answers)


def test_two_failures_to_understand_in_a_row_hand_over_honestly() -> None:
    _, answers = talk("Ola, who should resurrect a city", "No aglow humbleness")
    assert "didn't catch" in said(answers[0])
    packet = handover(answers).packet
    assert packet["language"] == "unknown"
    assert "another language" in packet["reason"]
    assert "tone" not in packet


def test_a_failure_between_answers_that_were_understood_hands_nothing_over() -> None:
    _, answers = talk("Blah blah", BOOKING[0], "Blah blah", BOOKING[1], "Blah blah", *BOOKING[2:])
    assert not handed_over(answers)
    assert tools(answers)


def test_the_packet_holds_what_was_said_so_far_and_the_summary_says_it() -> None:
    _, answers = talk(*BOOKING[:3], "Actually, can I speak to a human?")
    packet = handover(answers).packet
    assert packet["reason"] == "book an appointment"
    assert packet["entities"] == {"date": "2026-03-12", "time": "15:00", "name": "Asha Rao"}
    assert packet["next_action"] == "book the appointment"
    assert "2026-03-12" in packet["summary"]
    assert "asked for a human" in packet["summary"]


def test_nothing_is_said_after_the_call_was_handed_over() -> None:
    _, answers = talk("Can I speak to a human?", "Hello?")
    assert answers[1] == ()


def test_the_call_closes_when_there_is_nothing_else() -> None:
    state, answers = talk(*BOOKING, "No thanks, bye.")
    assert said(answers[-1]) == "Thank you for calling. Goodbye."
    assert answers[-1][-1] == HangUp("said goodbye")
    message = Dialogue(DESKS, TODAY).message(state)
    assert message is not None
    assert all(fact in message for fact in ("2026-03-12", "15:00", "Asha Rao"))


def test_without_a_deed_there_is_no_message() -> None:
    state, _ = talk("Hello", "Goodbye")
    assert Dialogue(DESKS, TODAY).message(state) is None


def test_keys_ask_for_a_human_choose_and_give_numbers() -> None:
    _, answers = talk("#2", "#4417#", "#2")
    assert tools(answers)[0].arguments == {"order": "4417"}
    assert isinstance(answers[2][-1], HangUp)
    _, answers = talk("#1", "#0")
    assert handover(answers).packet["reason"] == "book an appointment"
    _, answers = talk("#3", "the heating", "#2", "5550123", "#1")
    assert tools(answers)[0].arguments["extent"] == "complete"


@pytest.mark.parametrize("murmur", ["Mm-hmm.", "Okay.", "Yeah", "I see.", "Oh,", "Amendment.", "I am in them.", "No,"])
def test_a_murmur_does_not_want_the_floor(murmur: str) -> None:
    state, _ = talk(*BOOKING[:1])
    assert not Dialogue(DESKS, TODAY).matters(state, murmur, finishing=False)


@pytest.mark.parametrize("words", ["Stop.", "Wait.", "Sorry, the thirteenth", "Hold on.", "Operator.", "At three p.m."])
def test_a_short_plea_wants_the_floor(words: str) -> None:
    state, _ = talk(*BOOKING[:1])
    assert Dialogue(DESKS, TODAY).matters(state, words, finishing=False)


def test_a_yes_at_the_end_of_the_question_is_its_answer() -> None:
    state, _ = talk(*BOOKING[:3])
    dialogue = Dialogue(DESKS, TODAY)
    assert dialogue.matters(state, "Yes.", finishing=True)
    assert not dialogue.matters(state, "Yes.", finishing=False)


def test_what_was_asked_for_is_an_answer_even_where_it_begins_before_the_question_ends() -> None:
    state, _ = talk(*BOOKING[:1])
    dialogue = Dialogue(DESKS, TODAY)
    assert dialogue.matters(state, "Three.", finishing=True)
    assert not dialogue.matters(state, "Three.", finishing=False)
    assert not dialogue.matters(state, "Y'all,", finishing=True)


def test_turns_are_short_and_mostly_ask_one_question() -> None:
    scripts = [
        BOOKING,
        ("I need to move my appointment.", "Ewan Stewart.", "The fifteenth of April", "half past ten", "Yes"),
        ("My internet isn't working.", "It comes and goes.", "Five five five, oh one seven eight.", "Yes"),
        ("Where is my order?", "It's four four one seven."),
        ("gibberish", "gibberish"),
    ]
    turns = [said(acts) for script in scripts for acts in talk(*script)[1]]
    assert max(len(turn.split()) for turn in turns) <= 25
    assert max(turn.count("?") for turn in turns) == 1


def test_a_desk_of_its_own_knows_nothing_of_the_others() -> None:
    _, answers = talk("Where is my order?", "Where is my order?", desk="booking")
    assert not tools(answers)
    assert handover(answers).to == "appointments"


def test_a_lost_slot_is_in_no_packet_and_no_tool_call() -> None:
    _, answers = talk(*BOOKING, flaws=Flaws(lose="date"))
    assert tools(answers)[0].arguments == {"time": "15:00", "name": "Asha Rao"}
    _, answers = talk(*BOOKING[:2], "a human please", flaws=Flaws(lose="date"))
    assert handover(answers).packet["entities"] == {"time": "15:00"}


def test_an_invented_slot_is_in_the_packet() -> None:
    _, answers = talk("a human please", flaws=Flaws(invent=("phone", "5550000")))
    assert handover(answers).packet["entities"] == {"phone": "5550000"}


def test_swapped_slots_are_in_each_others_place_in_the_packet_alone() -> None:
    _, answers = talk(*BOOKING, flaws=Flaws(swap=("date", "name")))
    assert tools(answers)[0].arguments == {"date": "2026-03-12", "time": "15:00", "name": "Asha Rao"}
    _, answers = talk(*BOOKING[:2], "a human please", flaws=Flaws(swap=("date", "time")))
    assert handover(answers).packet["entities"] == {"date": "15:00", "time": "2026-03-12"}
    _, answers = talk(*BOOKING[:2], "a human please", flaws=Flaws(swap=("date", "name")))
    assert handover(answers).packet["entities"] == {"date": "2026-03-12", "time": "15:00"}


def test_a_misjudged_field_a_wrong_place_and_a_missing_receipt_are_as_they_were_planted() -> None:
    flaws = Flaws(misjudge=("tone", "angry"), wrong_place="billing", no_receipt=True)
    flawed = handover(talk("a human please", flaws=flaws)[1])
    good = handover(talk("a human please")[1])
    assert (flawed.to, flawed.acknowledged, good.acknowledged) == ("billing", False, True)
    assert flawed.packet == {**good.packet, "tone": "angry"}


def test_a_stale_agent_says_the_corrected_value_and_passes_on_the_old_one() -> None:
    _, answers = talk(BOOKING[0], "Sorry, not the twelfth, the thirteenth.", *BOOKING[1:], flaws=Flaws(stale=True))
    assert "thirteenth" in said(answers[1])
    assert tools(answers)[0].arguments["date"] == "2026-03-12"


def test_an_agent_that_never_hands_over_does_not_and_one_that_always_does_does() -> None:
    _, answers = talk("Can I speak to a human?", "This is ridiculous!", "blah", flaws=Flaws(never_hand_over=True))
    assert not handed_over(answers)
    _, answers = talk("Where is my order?", flaws=Flaws(always_hand_over=True))
    assert handover(answers).packet["reason"] == "order status"


def test_the_greeting_says_who_speaks_and_that_it_is_an_ai_unless_that_is_planted() -> None:
    assert "AI" in Dialogue(DESKS, TODAY).greeting()
    hidden = Dialogue(DESKS, TODAY, Flaws(no_ai_disclosure=True)).greeting()
    assert "Larkfield" in hidden
    assert "AI" not in hidden


def test_a_long_winded_agent_says_more_than_forty_words_a_turn() -> None:
    _, answers = talk(*BOOKING, flaws=Flaws(long_winded=True))
    assert min(len(said(acts).split()) for acts in answers) > 40


def test_a_reply_is_said_sentence_by_sentence_and_half_past_ten_is_in_one() -> None:
    assert sentences("At ten a.m. on Friday. Is that right?") == ["At ten a.m. on Friday.", "Is that right?"]


def test_a_value_alone_says_what_the_call_is_about_where_nothing_else_was_understood() -> None:
    _, answers = talk("Can you call me there my older piece?", "The number is 7305.")
    assert tools(answers)[0].arguments == {"order": "7305"}
    _, answers = talk("mumble mumble the twelfth of March")
    assert said(answers[0]) == "Thursday the twelfth of March. What time would suit you?"
