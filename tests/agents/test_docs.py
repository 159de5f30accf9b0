import re
from pathlib import Path
from typing import Any

from harness.agents._desks import DESKS
from harness.agents._names import CUSTOMERS
from harness.plugins import load, options
from tests.agents.calling import Script, line_ends, onsets, ring, voice

PAGE = (Path(__file__).parents[2] / "docs" / "agents.md").read_text(encoding="utf-8")


def test_the_agent_that_the_page_shows_runs() -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    page: dict[str, Any] = {}
    exec(shown, page)
    recording = ring(
        page["polite"](voice=voice, text="Hello."), Script("Where is my order?"), limit=20.0, first="caller"
    )
    assert onsets(recording.heard)[0] > line_ends(recording)[0]


def test_the_page_names_every_option_task_slot_and_customer() -> None:
    handed = {"voice", "recogniser", "charge"}
    named = [name for agent in ("demo", "planted") for name in options(load("agents", agent)) if name not in handed]
    tasks = [task for desk in DESKS for task in desk.tasks]
    named += [task.tool for task in tasks] + [task.reason for task in tasks]
    named += [slot.name for task in tasks for slot in task.slots]
    flat = re.sub(r"\s+", " ", PAGE)
    assert [name for name in [*named, *CUSTOMERS] if name not in flat] == []
