from __future__ import annotations

import sys
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from harness.run.human_leg import keep_leg
from harness.score import Score
from harness.timeline import StageTimed
from tests.reporting.cards import FAILS, PASSES, UNKNOWN, row
from tests.reporting.runs import SCENARIO, TOLD, keep_call, keep_run, planted, rewrite_line
from tests.scorers.calls import at

if TYPE_CHECKING:
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent / "app.py"


@cache
def components() -> BidiComponentManager:
    """The components that are installed: each page would look for them in all that is, for a third of a second."""
    from streamlit.components.v2.component_manager import BidiComponentManager

    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


def app(reports: Path, **address: str) -> AppTest:
    """The app, opened at this address of this reports folder."""
    # Imported here, since each process that collects these tests would wait for it, and few run them.
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_file(str(APP), default_timeout=30)
    page._bidi_component_manager = components()
    page.session_state["reports"] = str(reports)
    for name, value in address.items():
        page.query_params[name] = value
    return page.run()


def text(page: AppTest) -> str:
    """All that the page says, markup included."""
    assert not page.exception
    kinds = ("html", "iframe")
    raw = [
        str(getattr(one.proto, "body", "") or getattr(one.proto, "srcdoc", "")) for k in kinds for one in page.get(k)
    ]
    shown = [page.info, page.warning, page.error, page.header, page.subheader, page.caption, page.markdown, page.code]
    return "\n".join([*raw, *(str(one.value) for of in shown for one in of)])


def test_without_a_run_the_app_says_how_to_make_one(tmp_path: Path) -> None:
    page = app(tmp_path / "nothing")
    assert page.main.header[0].value == "No runs yet"
    assert "vahness run scenarios/" in text(page)


def test_a_run_is_shown_with_its_totals_its_gates_and_its_calls(tmp_path: Path) -> None:
    gates = [{"score": "pass_rate", "limit": ">= 80%", "verdict": "not_measured"}]
    rows = [row("one-0", FAILS), row("two-0", PASSES), row("three-0", UNKNOWN)]
    keep_run(tmp_path, rows, gates=gates)
    said = text(app(tmp_path))
    assert "<b>3 calls:</b>" in said
    assert "✓ 1 pass" in said
    assert "✗ 1 FAIL" in said
    assert "? 1 not measured" in said
    assert "pass_rate &gt;= 80%: not measured: 1 of 3 calls could not be judged" in said
    assert "p50 " not in said.partition("over the run")[2].partition("yield_delay")[0]


def test_filters_narrow_the_calls(tmp_path: Path) -> None:
    keep_run(tmp_path, [row("one-0", FAILS), row("two-0", PASSES, scenario="Wants a human")])
    page = app(tmp_path)
    assert page.main.subheader[0].value == "2 of 2 calls"
    page.text_input(key="text").set_value("human").run()
    assert page.main.subheader[0].value == "1 of 2 calls"
    page.multiselect(key="standings").set_value(["fail"]).run()
    assert "No call is as the sidebar asks" in text(page)
    page.text_input(key="text").set_value("").run()
    assert page.main.subheader[0].value == "1 of 2 calls"


def test_a_call_opens_by_its_address_with_all_there_is_of_it(tmp_path: Path) -> None:
    keep_run(tmp_path)
    page = app(tmp_path, run="one", call="one-0")
    said = text(page)
    assert "✗ FAIL</span>  Books an appointment" in said
    assert "01:14.2–01:17.2: went on speaking" in said
    assert "<del>book</del>" in said
    assert "✗ stale" in said
    assert "the truth sets no outcome" in said
    assert "8155007195701190865" in said
    assert 'class="mark withdrawn boxed"' in said
    assert "data:audio/flac;base64," in said
    assert len(page.get("audio")) == 2 + 4
    assert [tab.label for tab in page.tabs][:4] == ["Dialogue", "Words", "Handoff and tools", "Beginning and stages"]
    assert "the agent reported none of its stages" in said


def test_the_opening_is_a_card_and_each_replys_time_a_waterfall(tmp_path: Path) -> None:
    beginning = {"first_ten_seconds.ai_disclosure": Score(0.0, "ratio", 1, detail="not said")}
    run = keep_run(tmp_path, [row("one-0", PASSES, scores=beginning)])
    keep_call(run, "one-0", planted([*TOLD, StageTimed(at(9.2), "stt", 321)]))
    said = text(app(tmp_path, call="one-0"))
    assert "disclosed that it is an AI" in said
    assert "stt 321 ms" in said


def test_the_sound_of_a_stretch_is_drawn_where_it_is_asked_for_and_can_be_heard(tmp_path: Path) -> None:
    keep_run(tmp_path)
    page = app(tmp_path, call="one-0")
    assert "data:image/png" not in text(page)
    assert len(page.get("audio")) == 2 + 4
    page.toggle(key="spectrogram").set_value(True).run()
    first = text(page)
    assert first.count("data:image/png;base64,") == 2
    assert len(page.get("audio")) == 2 + 4 + 1
    page.selectbox(key="stretch-one-0").select_index(3).run()
    assert page.selectbox(key="stretch-one-0").value == 3
    assert text(page).count("data:image/png;base64,") == 2
    assert text(page) != first


def test_without_librosa_a_call_opens_and_its_picture_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "librosa", None)
    keep_run(tmp_path)
    page = app(tmp_path, call="one-0")
    assert "pip install" not in text(page)
    page.toggle(key="spectrogram").set_value(True).run()
    assert "a picture of the sound needs librosa: pip install 'vahness[audio]'" in [one.value for one in page.info]
    assert "<del>book</del>" in text(page)


def test_what_the_human_asked_who_took_over_stands_under_the_packet_to_be_read_and_heard(tmp_path: Path) -> None:
    run = keep_run(tmp_path)
    keep_leg(planted(), SCENARIO, run.call("one-0"))
    page = app(tmp_path, call="one-0")
    assert "date: stale; the caller had said it" in text(page)
    assert len(page.get("audio")) == 2 + 4 + 1


def test_a_call_is_opened_stepped_from_and_left(tmp_path: Path) -> None:
    keep_run(tmp_path, [row("one-0", FAILS), row("two-0", PASSES)])
    page = app(tmp_path)
    page.main.selectbox[0].select("one-0").run()
    assert "one-0" in page.query_params["call"]
    buttons = {button.label: button for button in page.button}
    assert buttons["Previous"].disabled
    buttons["Next"].click().run()
    assert "two-0" in page.query_params["call"]
    next(button for button in page.button if button.label == "All calls").click().run()
    assert "call" not in page.query_params
    assert page.main.subheader[0].value == "2 of 2 calls"


def test_another_run_is_chosen_and_stands_in_the_address(tmp_path: Path) -> None:
    keep_run(tmp_path, [row()], name="first")
    keep_run(tmp_path, [row(), row("two-0")], name="second")
    page = app(tmp_path, run="first", call="one-0")
    other = next(path for path in page.sidebar.selectbox[0].options if path == "second")
    page.sidebar.selectbox[0].select(other).run()
    assert "second" in page.query_params["run"]
    assert "call" not in page.query_params
    assert page.main.subheader[0].value == "2 of 2 calls"


def test_a_run_elsewhere_opens_by_its_path(tmp_path: Path) -> None:
    run = keep_run(tmp_path / "far", [row()], name="away")
    assert "away</p>" in text(app(tmp_path / "nothing", run=str(run.path)))


def test_a_run_that_changed_is_read_again(tmp_path: Path) -> None:
    run = keep_run(tmp_path, [row()], status="running")
    page = app(tmp_path)
    assert "still running" in text(page)
    run.append(row("two-0"))
    page.run()
    assert page.main.subheader[0].value == "2 of 2 calls"


def test_a_call_whose_sound_is_missing_says_so_and_shows_the_rest(tmp_path: Path) -> None:
    run = keep_run(tmp_path)
    (run.call("one-0") / "call.wav").unlink()
    page = app(tmp_path, call="one-0")
    said = text(page)
    assert "no such recording" in page.warning[0].value
    assert "There is no recording of this call to hear." in said
    assert not page.get("audio")
    assert "<del>book</del>" in said


def test_a_void_call_says_why_and_is_no_failure(tmp_path: Path) -> None:
    keep_run(tmp_path, [row("two-0", PASSES, scores={}, status="void", why="the line broke")])
    said = text(app(tmp_path, call="two-0"))
    assert "! void" in said
    assert "the line broke" in said
    assert "Nothing was recorded of this call." in said
    assert "FAIL" not in said


@pytest.mark.parametrize("name", ["timeline.jsonl", "scenario.json", "conversation.json"])
def test_a_damaged_part_of_a_call_is_named_and_nothing_is_raised(tmp_path: Path, name: str) -> None:
    run = keep_run(tmp_path)
    (run.call("one-0") / name).write_bytes(b"\x00garbage{")
    page = app(tmp_path, call="one-0")
    assert name in text(page)
    assert page.warning


def test_a_broken_row_is_named_with_its_line_and_the_rest_of_the_run_is_shown(tmp_path: Path) -> None:
    gates = [{"score": "pass_rate", "limit": ">= 80%", "verdict": "not_measured"}]
    run = keep_run(tmp_path, [row(), row("two-0", PASSES), row("three-0")], gates=gates)
    rewrite_line(run.path / "calls.jsonl", 2, "{broken")
    page = app(tmp_path)
    assert f"{run.path}/calls.jsonl:3: not a row of a run: '{{broken'" in page.warning[0].value
    assert page.main.subheader[0].value == "2 of 2 calls"
    assert "pass_rate >= 80%: not measured: one of its rows can't be read" in unescape(text(page))


def test_a_run_that_is_none_is_named_with_its_file(tmp_path: Path) -> None:
    run = keep_run(tmp_path, [row()])
    (run.path / "run.json").write_text("{broken")
    assert f"{run.path}/run.json: not a run" in app(tmp_path).error[0].value


def test_a_run_of_which_no_call_has_ended_says_so(tmp_path: Path) -> None:
    run = keep_run(tmp_path, [row()])
    run.rewrite([])
    assert "No call of this run has ended yet" in text(app(tmp_path))


def test_an_address_that_leads_nowhere_says_so(tmp_path: Path) -> None:
    keep_run(tmp_path)
    assert "There is no run `gone` here" in text(app(tmp_path, run="gone"))
    assert "This run has no call `gone`" in text(app(tmp_path, call="gone"))


def test_a_call_without_a_transcript_has_its_words_not_measured(tmp_path: Path) -> None:
    run = keep_run(tmp_path, [row("one-0", PASSES)])
    keep_call(run, "one-0", planted([event for event in TOLD if type(event).__name__ != "HeardAs"]))
    assert "Not measured: the agent told no transcript" in text(app(tmp_path, call="one-0"))
