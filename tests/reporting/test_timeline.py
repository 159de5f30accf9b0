import re
from dataclasses import replace
from pathlib import Path

import pytest

from harness.reporting.clips import clip
from harness.reporting.opened import OpenCall, read_call, read_run
from harness.reporting.timeline.lanes import Mark, marks, spoken_words
from harness.reporting.timeline.page import Placed, place, timeline_page
from harness.timeline import Controlled
from tests.reporting.cards import row
from tests.reporting.runs import keep_run


@pytest.fixture
def opened(tmp_path: Path) -> OpenCall:
    run = keep_run(tmp_path)
    return read_call(read_run(run.path).folder, run.rows()[0])


def found(call: OpenCall, kind: str) -> list[tuple[float, float, str]]:
    return [(round(m.start, 4), round(m.end, 4), m.label) for m in marks(call) if m.kind == kind]


def test_every_turn_is_drawn_where_it_was(opened: OpenCall) -> None:
    turns = [(m.lane, m.start, m.end) for m in marks(opened) if m.boxed and m.kind.startswith("turn")]
    assert ("caller", 5.0, 8.0) in turns
    assert ("caller", 11.0, 12.5) in turns
    assert ("agent", 9.2, 11.6) in turns
    assert found(opened, "turn cutin") == [(11.0, 12.5, "[correction] Sorry, the thirteenth.")]
    assert len(found(opened, "spurt")) == 3


def test_a_planned_interruption_is_drawn_where_it_was_planned_and_where_it_came(opened: OpenCall) -> None:
    assert (10.8, 10.8, "") in found(opened, "planned")
    assert (11.0, 11.0, "correction, +200 ms") in found(opened, "actual")
    assert (10.8, 11.0, "") in found(opened, "slip")
    title = next(m.title for m in marks(opened) if m.kind == "actual" and "correction" in m.label)
    assert "planned 10.800 s, knowable 9.200 s, actual 11.000 s, off by 200.0 ms" in title


def test_a_plan_whose_anchor_never_came_is_drawn_as_missed(opened: OpenCall) -> None:
    assert found(opened, "never") == [(15.0, 15.0, "✗ backchannel missed by plan")]


def test_what_a_control_call_showed_is_drawn_for_as_long_as_the_agent_would_have_spoken(opened: OpenCall) -> None:
    assert opened.recording is not None
    events = (*opened.recording.events, Controlled(176_000, 2, left=32_000), Controlled(192_000, 3, 0, next=8_000))
    settled = replace(opened, recording=replace(opened.recording, events=events))
    assert found(settled, "control") == [(11.0, 13.0, "by itself: 2.00 s more"), (12.0, 12.0, "")]
    titles = [mark.title for mark in marks(settled) if mark.kind == "control"]
    assert titles[1] == "without this event the agent would have begun 0.50 s later (control call)"


def test_waiting_and_yielding_are_drawn_with_their_seconds(opened: OpenCall) -> None:
    assert found(opened, "wait") == [(8.0, 9.2, "1.20 s"), (12.5, 13.7, "1.20 s")]
    assert found(opened, "yield") == [(11.0, 11.6, "yield 0.60 s")]


def test_what_was_withdrawn_and_never_heard_is_drawn_where_it_would_have_been(opened: OpenCall) -> None:
    assert found(opened, "withdrawn") == [(11.6, 13.6, "withdrawn 2.00 s")]


def test_tool_handoff_message_hang_up_and_breach_are_on_the_line(opened: OpenCall) -> None:
    assert found(opened, "tool") == [(13.2, 13.2, "tool book_table")]
    assert found(opened, "handoff") == [(13.6, 13.6, "handoff → front desk")]
    assert found(opened, "message") == [(16.2, 16.2, "whatsapp sent")]
    assert found(opened, "hangup") == [(16.0, 16.0, "caller hangs up")]
    assert found(opened, "broken") == [(15.2, 15.2, "protocol broken ×3")]
    assert (14.5, 14.7, "starved") in found(opened, "wanting")


def test_a_missed_limit_is_drawn_over_its_evidence(opened: OpenCall) -> None:
    assert [label for _, _, label in found(opened, "missed")] == [
        "✗ response_latency.max 2.310 s",
        "✗ yield_delay.max > 3.000 s",
    ]


def test_no_two_labels_of_a_lane_meet() -> None:
    crowd = [Mark("events", i * 0.3, i * 0.3, "tool", "a label of some length", "") for i in range(40)]
    placed = place(crowd, 12.0, 70.0)
    assert len(placed) == 40
    taken: dict[int, list[tuple[float, float]]] = {}
    for one in placed:
        left, right = reach(one, 70.0)
        assert left >= 0
        assert all(right <= a or left >= b for a, b in taken.get(one.row, []))
        taken.setdefault(one.row, []).append((left, right))


def test_a_boxed_label_meets_none_but_over_a_wave() -> None:
    plans = [
        Mark("plan", 3.0, 3.0, "actual", "correction on plan", ""),
        Mark("plan", 3.0, 6.0, "control", "by itself: 3.00 s more", "", boxed=True),
        Mark("plan", 7.0, 7.0, "planned", "", ""),
    ]
    assert [one.row for one in place(plans, 12.0, 70.0)] == [0, 1, 0]
    turns = [Mark("agent", at, at + 3.0, "turn", "Hello", "", boxed=True) for at in (0.0, 2.0)]
    assert [one.row for one in place(turns, 12.0, 70.0)] == [0, 0]


def reach(one: Placed, scale: float) -> tuple[float, float]:
    """The pixels that a label takes, at 7 a letter."""
    at, wide = one.mark.start * scale, len(one.mark.label) * 7.0
    return (at - wide, at) if one.flip else (at, at + wide)


def test_the_page_needs_nothing_from_anywhere(opened: OpenCall) -> None:
    assert opened.recording is not None
    page, height = timeline_page(opened, clip(opened.recording))
    assert set(re.findall(r"\b(?:src|href)=(.{6})", page)) == {'"data:'}
    assert "http" not in page
    assert 300 < height < 900
    assert page.count("<path d=") == 2


def test_every_tick_knows_what_room_is_left_for_its_label(opened: OpenCall) -> None:
    page, _ = timeline_page(opened, None)
    left = re.findall(r'class="tick \w+" style="left:calc\(var\(--s\)\*(\d+)px\);--left:([\d.]+)"', page)
    assert {round(float(second) + float(room), 3) for second, room in left} == {opened.row["seconds"]}


def test_what_somebody_said_is_no_markup_in_the_page(opened: OpenCall) -> None:
    strange = replace(opened, row=row(expect={"wer": "<= 1%"}, why="</script>"))
    assert strange.conversation is not None
    turns = tuple(replace(turn, text="<script>alert(1)</script>") for turn in strange.conversation.turns)
    page, _ = timeline_page(replace(strange, conversation=replace(strange.conversation, turns=turns)), None)
    assert "<script>alert" not in page
    assert page.count("<script>") == 1


def test_without_a_waveform_the_page_says_so(opened: OpenCall) -> None:
    page, _ = timeline_page(replace(opened, peaks=None), None)
    assert page.count("the waveform is missing") == 2
    assert "there is no sound of this call" in page


def test_words_lie_within_their_line(opened: OpenCall) -> None:
    words = list(spoken_words(opened))
    assert words[0][0] == "I"
    assert words[0][1] == 5.0
    assert all(start < end for _, start, end in words)
    assert [word for word, _, _ in words][-1] == "thirteenth."
