from harness.reporting.transcript import marked_lines, words_html
from harness.timeline import HeardAs
from tests.reporting.runs import planted
from tests.scorers.calls import Said, at, call


def test_each_word_stands_with_what_the_agent_made_of_it() -> None:
    lines = marked_lines(planted())
    assert lines is not None
    first, second = lines
    assert [(s.kind, s.said, s.heard) for s in first.steps if s.kind != "equal"] == [
        ("substitute", "book", "cook"),
        ("insert", "", "please"),
    ]
    assert first.errors == 2
    assert second.errors == 0
    assert (first.start, first.end) == (5.0, 8.0)


def test_a_line_that_was_heard_as_nothing_is_all_missed() -> None:
    made = call([Said(1, 2, "Yes please"), Said(4, 5, "Thank you")], [], [HeardAs(at(5.5), "thank you")])
    lines = marked_lines(made)
    assert lines is not None
    assert [step.kind for step in lines[0].steps] == ["delete", "delete"]
    assert lines[1].errors == 0


def test_without_a_transcript_there_is_nothing_to_compare() -> None:
    assert marked_lines(call([Said(1, 2)], [(3, 4)])) is None


def test_an_error_is_told_by_a_sign_and_markup_in_a_text_is_none() -> None:
    lines = marked_lines(planted())
    assert lines is not None
    html = words_html(lines)
    assert "<del>book</del>&#8201;→&#8201;<ins>cook</ins>" in html
    assert "+please" in html
    made = call([Said(1, 2, "<b>bold</b>")], [], [HeardAs(at(2.5), "no")])
    strange = marked_lines(made)
    assert strange is not None
    assert "<b>" not in words_html(strange)
