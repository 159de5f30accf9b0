"""The app: choose a run, see its scorecard, open a call, look at it and hear it.

    streamlit run app.py -- --reports reports

It draws what is on disk and computes nothing of its own: everything shown comes from
`harness.reporting`, from the same rows as the terminal's scorecard.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
import streamlit as st

from harness.errors import PartMissing, VahnessError
from harness.reporting import (
    beginning,
    clips,
    dialogue,
    grid,
    human_leg,
    inheritance,
    opened,
    overview,
    scores,
    spectrum,
    transcript,
    waterfall,
)
from harness.reporting.eventlist import events_table
from harness.reporting.opened import OpenCall, OpenRun
from harness.reporting.outcome import standing
from harness.reporting.reasons import Row, called
from harness.reporting.timeline.page import timeline_page
from harness.run.human_leg import HumanLeg
from harness.text.counting import counted

# Pixels of a row of the calls' table: above 64 streamlit goes on in a next line with a name or reason that is too long.
ROW = 65
SHOWN = 9

FILTERS = ("standings", "folders", "tags", "text", "failing")


def main() -> None:
    """Draw the page that the address asks for."""
    st.set_page_config("vahness", layout="wide", initial_sidebar_state="expanded")
    st.html(Path(opened.__file__).with_name("app.css"))
    try:
        _page()
    except VahnessError as problem:
        st.error(str(problem), icon=":material/error:")
        st.caption("Nothing was changed. `vahness run scenarios/` makes a new run.")


def _page() -> None:
    path = _choose_run()
    if path is None:
        return
    run = _run(str(path), opened.stamp(path))
    for problem in run.problems:
        st.warning(problem, icon=":material/warning:")
    if not run.rows:
        st.html(overview.run_heading(run))
        st.info("No call of this run has ended yet. Load the page again in a while.")
        return
    rows = grid.chosen(run, _filters(run))
    asked = st.query_params.get("call")
    row = None if asked is None else run.row(asked)
    if row is not None:
        _call_page(run, row, rows)
        return
    if asked is not None:
        st.warning(f"This run has no call `{asked}`. These are the ones it has.")
    _run_page(run, rows)


@st.cache_resource(max_entries=4, show_spinner="Reading the run…")
def _run(path: str, stamp: tuple[int, ...]) -> OpenRun:
    del stamp  # What is kept is kept under it: a run that changed is another.
    return opened.read_run(Path(path))


@st.cache_resource(max_entries=8, show_spinner="Reading the call…")
def _call(path: str, stamp: tuple[int, ...], call: str) -> OpenCall:
    run = _run(path, stamp)
    row = run.row(call)
    assert row is not None
    return opened.read_call(run.folder, row)


@st.cache_data(max_entries=8, show_spinner="Drawing the time line…")
def _timeline(path: str, stamp: tuple[int, ...], call: str) -> tuple[str, int]:
    found = _call(path, stamp, call)
    sound = clips.clip(found.recording) if found.audible and found.recording is not None else None
    return timeline_page(found, sound)


@st.cache_data(max_entries=32, show_spinner="Drawing the sound…")
def _spectrum(path: str, stamp: tuple[int, ...], call: str, index: int) -> str:
    found = _call(path, stamp, call)
    assert found.recording is not None
    return spectrum.spectrum_html(found.recording, spectrum.stretches(found)[index])


# --- the sidebar: which run, and which of its calls


def _choose_run() -> Path | None:
    given = argparse.ArgumentParser()
    given.add_argument("--reports", default="reports")
    reports = st.sidebar.text_input("Reports folder", given.parse_known_args()[0].reports, key="reports")
    found = list(opened.found_runs(Path(reports).expanduser()))
    asked = st.query_params.get("run")
    chosen = next((path for path in found if asked in (path.name, str(path))), None)
    if asked and chosen is None and (Path(asked).expanduser() / "run.json").is_file():
        chosen = Path(asked).expanduser()
        found.insert(0, chosen)
    if not found:
        st.header("No runs yet")
        st.markdown(
            f"There is no run in `{reports}`. Make one with\n\n    vahness run scenarios/\n\n"
            "or say in the sidebar where your reports are."
        )
        return None
    if asked and chosen is None:
        st.warning(f"There is no run `{asked}` here. This is the newest one.")
    index = found.index(chosen) if chosen else 0
    picked = st.sidebar.selectbox("Run", found, index=index, format_func=lambda path: path.name)
    if asked != picked.name and asked != str(picked):
        st.query_params["run"] = picked.name if picked.parent == Path(reports).expanduser() else str(picked)
        if chosen is not None and "call" in st.query_params:
            del st.query_params["call"]
    return picked


def _filters(run: OpenRun) -> grid.Wanted:
    """What the reader wants to see. Always drawn, so that it is kept while a call is open."""
    there = grid.choices(run)
    side = st.sidebar
    side.subheader("Calls", divider="gray")
    text = side.text_input("Search", key="text", placeholder="scenario, file or reason")
    marks = {standing(row): grid.stands(row) for row in run.rows}
    wanted = {
        "standings": side.multiselect("Verdict", there["standings"], key="standings", format_func=marks.__getitem__),
        "failing": side.multiselect("Limit not passed", there["failing"], key="failing"),
        "folders": side.multiselect("Folder", there["folders"], key="folders"),
        "tags": side.multiselect("Tag", there["tags"], key="tags"),
    }
    return grid.Wanted(text=text.strip(), **{name: tuple(picked) for name, picked in wanted.items()})


# --- a run


def _run_page(run: OpenRun, rows: tuple[Row, ...]) -> None:
    st.html(overview.run_heading(run) + overview.run_sums(run))
    _calls(run, rows)
    left, right = st.columns([5, 6], gap="medium")
    left.html(overview.totals_html(run))
    with right.container(height=340):
        st.html(overview.scenarios_html(run))
    if apart := overview.situations_html(run):
        right.html(apart)


def _calls(run: OpenRun, rows: tuple[Row, ...]) -> None:
    """The calls that are wanted, those that didn't pass first: what a reader comes for."""
    st.subheader(f"{len(rows)} of {counted(len(run.rows), 'call')}", divider="gray")
    if not rows:
        st.info("No call is as the sidebar asks. Take a filter away.")
        return
    _open_by_name(rows)
    event = st.dataframe(
        grid.calls_table(rows),
        hide_index=True,
        placeholder="–",
        height="content" if len(rows) < SHOWN else SHOWN * ROW,
        row_height=ROW,
        on_select="rerun",
        selection_mode="single-row",
        key=f"calls-{_visit()}",
        column_config={
            "call": st.column_config.TextColumn(width=220),
            "why": st.column_config.TextColumn(width=310, help="What kept it from passing"),
            **{heading: st.column_config.Column(help=scores.reference(score)) for heading, score in grid.KEYS},
        },
    )
    st.caption("–: not measured. The key numbers are the scores that each heading names when pointed at.")
    picked = event["selection"]["rows"]
    if picked and picked[0] < len(rows):
        _go(str(rows[picked[0]]["call"]))


def _open_by_name(rows: tuple[Row, ...]) -> None:
    names = {str(row["call"]): f"{grid.stands(row)}  {called(row)}" for row in rows}
    picked = st.selectbox(
        "Open a call",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Open a call by its name, or choose a line of the table",
        label_visibility="collapsed",
        key=f"open-{_visit()}",
    )
    if picked:
        _go(picked)


def _visit() -> int:
    """How often a call was opened or left: a table that is come back to has no line chosen."""
    return int(st.session_state.get("visit", 0))


def _go(call: str | None) -> None:
    st.session_state["visit"] = _visit() + 1
    if call is None:
        del st.query_params["call"]
    else:
        st.query_params["call"] = call
    st.rerun()


# --- a call


def _call_page(run: OpenRun, row: Row, rows: tuple[Row, ...]) -> None:
    _steps(row, rows)
    path, stamp = str(run.folder.path), opened.stamp(run.folder.path)
    call = _call(path, stamp, str(row["call"]))
    st.html(overview.call_heading(call, called(row)))
    if row["why"]:
        st.warning(str(row["why"]))
    for problem in call.problems:
        st.warning(problem, icon=":material/warning:")
    st.html(scores.reasons_html(row))
    if call.recording is not None or call.peaks is not None:
        page, height = _timeline(path, stamp, str(row["call"]))
        st.iframe(page, height=height)
    if call.recording is not None and call.audible:
        _see(path, stamp, call)
    titles = (
        *("Dialogue", "Words", "Handoff and tools", "Beginning and stages"),
        *("Scores", "Hear it", "Events", "How it was made"),
    )
    for tab, draw in zip(
        st.tabs(titles), (_dialogue, _words, _handoff, _beginning, _scores, _sound, _events, _provenance), strict=True
    ):
        with tab:
            draw(call)


def _see(path: str, stamp: tuple[int, ...], call: OpenCall) -> None:
    """The sound of a stretch as a picture, drawn only where it's asked for."""
    if not st.toggle("Spectrogram", key="spectrogram", help="See the line: its band, its noise, what it lost"):
        return
    found = spectrum.stretches(call)
    name = str(call.row["call"])
    titles = [one.title for one in found]
    index = st.selectbox("Stretch", range(len(found)), format_func=titles.__getitem__, key=f"stretch-{name}")
    try:
        st.html(_spectrum(path, stamp, name, index))
    except PartMissing as problem:
        st.info(str(problem))
        return
    st.caption(spectrum.HOW_TO_READ)
    assert call.recording is not None
    st.audio(clips.clip(call.recording, "both", found[index].start, found[index].end), format="audio/flac")


def _steps(row: Row, rows: tuple[Row, ...]) -> None:
    """Back to the run, and to the calls before and after among those that are wanted."""
    before, after = grid.neighbours(rows, str(row["call"]))
    back, left, right, _ = st.columns([2, 2, 2, 6])
    if back.button("All calls", icon=":material/arrow_back:", width="stretch"):
        _go(None)
    if left.button("Previous", disabled=before is None, width="stretch") and before:
        _go(before)
    if right.button("Next", disabled=after is None, width="stretch") and after:
        _go(after)


def _dialogue(call: OpenCall) -> None:
    if call.conversation is None:
        st.info("Not known: the call was not listened to.")
        return
    lines = dialogue.dialogue(call.conversation)
    if not lines:
        st.info("Nobody said anything.")
        return
    st.html(dialogue.dialogue_html(lines))
    st.caption(dialogue.how_sure(call.conversation))


def _words(call: OpenCall) -> None:
    lines = None if call.conversation is None else transcript.marked_lines(call.conversation)
    if call.conversation is None or lines is None:
        st.info("Not measured: the agent told no transcript of the caller, so there is nothing to compare.")
        return
    st.html(transcript.words_html(lines))
    st.html(transcript.transcripts_html(call.conversation))


def _handoff(call: OpenCall) -> None:
    if call.conversation is None or call.scenario is None:
        st.info("Not known: the scenario or the conversation can't be read.")
        return
    found = inheritance.inheritance(call.conversation, call.scenario, call.row)
    st.html(inheritance.handoff_html(found))
    for sent in found.sent:
        with st.expander(sent.title):
            st.code(opened.indented(sent.packet), language="json")
    if call.leg is not None:
        _human_leg(call.leg, call.folder)
    tools = inheritance.outcome_html(call.conversation, call.scenario)
    st.subheader("Tools", divider="gray")
    st.html(tools or "<p class='v-dim'>No tool was called, and none was due.</p>")


def _human_leg(leg: HumanLeg, folder: Path) -> None:
    st.subheader("The human who took over", divider="gray")
    st.html(human_leg.leg_html(leg))
    sound = human_leg.leg_sound(folder)
    if sound is None:
        st.info(f"There is no sound of it: {leg.unspoken or 'its file is missing'}.")
    else:
        st.audio(sound, format="audio/wav")
    st.caption("Played after the call, from the packet and the scenario's truth: the caller left, the human right.")


def _beginning(call: OpenCall) -> None:
    st.subheader("The first ten seconds", divider="gray")
    st.html(beginning.card_html(call.row, call.scenario) or "<p class='v-dim'>Not scored.</p>")
    st.subheader("Where each reply's time went", divider="gray")
    turns = () if call.conversation is None else waterfall.turn_bars(call.conversation, call.scenario)
    if not turns:
        st.info("Not measured: the agent reported none of its stages.")
        return
    st.html(waterfall.waterfall_html(turns))
    st.caption("As the agent reports them, drawn one behind the other: it says how long a stage took, not when.")


def _scores(call: OpenCall) -> None:
    lines = scores.score_lines(call.row)
    if not lines:
        st.info("Nothing was scored.")
        return
    st.caption("Point at a score's name, or open it, to read what it is. few: a rate over fewer than ten events.")
    st.html(scores.scores_html(lines))


def _sound(call: OpenCall) -> None:
    if call.recording is None or not call.audible:
        st.info("There is no recording of this call to hear.")
        return
    for piece in scores.missed(call.row):
        st.markdown(f"**{piece.title}**".replace("~", "\\~"))
        st.audio(clips.evidence(call.recording, piece.span), format="audio/flac")
    if scores.missed(call.row):
        st.caption(f"The evidence of each limit that was missed, with {clips.AROUND:g} s before and after.")
    tracks: dict[str, clips.Track] = {
        "The whole call, caller left and agent right": "both",
        "The caller as sent, with the line's effects": "sent",
        "The caller before any effect": "clean",
        "The agent as heard": "heard",
    }
    columns = [*st.columns(2), *st.columns(2)]
    for column, (title, track) in zip(columns, tracks.items(), strict=True):
        column.markdown(f"**{title}**")
        column.audio(clips.clip(call.recording, track), format="audio/flac")


def _events(call: OpenCall) -> None:
    if call.recording is None:
        st.info("Not known: the time line can't be read.")
        return
    table = pd.DataFrame(events_table(call.recording))
    exact = st.column_config.NumberColumn(format="%.4f")
    st.dataframe(table, hide_index=True, height=420, column_config={"second": exact})
    st.caption("Every event of the call, at its second. Of what the agent told, the times are our arrival clock's.")


def _provenance(call: OpenCall) -> None:
    st.caption(str(call.folder))
    st.code(opened.indented(opened.made_of(call)), language="json")


main()
