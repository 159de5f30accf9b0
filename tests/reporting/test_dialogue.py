from harness.reporting.dialogue import dialogue, dialogue_html
from harness.timeline import Party
from tests.reporting.runs import planted
from tests.scorers.calls import Said, call


def test_a_turn_stands_with_how_long_its_answer_took() -> None:
    lines = dialogue(planted())
    assert [(line.who, line.note) for line in lines if line.who == "caller"] == [
        ("caller", "answered after 1.20 s"),
        ("caller", "answered after 1.20 s"),
    ]
    assert [line.start for line in lines] == sorted(line.start for line in lines)


def test_what_happened_between_turns_is_told_at_its_second() -> None:
    told = [(line.start, line.text) for line in dialogue(planted()) if not line.who]
    assert told == [
        (11.6, "the agent withdrew 2.00 s that were not yet heard"),
        (13.2, "tool book_table(date: 2026-03-12) → status: booked"),
        (13.6, "handed over to front desk"),
        (16.0, "the caller hangs up: said all"),
        (16.2, "whatsapp to caller: Your table is booked."),
    ]


def test_a_turn_that_was_not_answered_is_a_complaint_in_words() -> None:
    made = call([Said(1, 2)], [], seconds=9, hung_up=Party.CALLER)
    line = dialogue(made)[0]
    assert (line.note, line.wanting) == ("unanswered for 7.0 s", True)
    assert "✗ unanswered for 7.0 s" in dialogue_html((line,))


def test_words_that_nobody_knows_are_not_made_up() -> None:
    made = call([], [(1, 2)])
    assert dialogue(made)[0].text == "(nobody knows the words)"
